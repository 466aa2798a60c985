"""What the name of a face says of its weight and slant."""

from __future__ import annotations

from functools import cache

import regex

from .pages import Font

__all__ = ["font_of"]

_SUBSET = regex.compile(r"\A[A-Z]{6}\+")
_BOLD = regex.compile(r"bold|black|heavy|demi|,b", regex.IGNORECASE)
_ITALIC = regex.compile(r"ital|obliq|kursiv|,i", regex.IGNORECASE)
_FLAG_ITALIC, _FLAG_BOLD = 1 << 6, 1 << 18
"""Font descriptor flags Italic and ForceBold (ISO 32000-1, table 123)."""


@cache
def font_of(name: str, flags: int = 0) -> Font:
    """The face of a PostScript name such as ``ABCDEF+TimesNewRomanPS-BoldItalicMT``."""
    plain = _SUBSET.sub("", name)
    return Font(
        plain,
        bold=bool(_BOLD.search(plain) or flags & _FLAG_BOLD),
        italic=bool(_ITALIC.search(plain) or flags & _FLAG_ITALIC),
    )
