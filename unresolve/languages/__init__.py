"""Language packs: dates, numbers, masthead words, list markers and openers of the six official languages."""

from .detect import detect
from .enumerators import Enumerator, EnumeratorKind
from .pack import CODES, Pack, available, load, read_any

__all__ = ["CODES", "Enumerator", "EnumeratorKind", "Pack", "available", "detect", "load", "read_any"]
