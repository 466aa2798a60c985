"""United Nations document symbols as values: parsed, canonical, ordered, with their addresses."""

from .symbol import Symbol, try_parse

__all__ = ["Symbol", "try_parse"]
