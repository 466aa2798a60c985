"""Sets a document of the model in the United Nations layout, so that parsing can be asked to give it back."""

from __future__ import annotations

from .comparable import comparable
from .manuscript import read_manuscript
from .setter import missing_fonts, typeset

__all__ = ["comparable", "missing_fonts", "read_manuscript", "typeset"]
