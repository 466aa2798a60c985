"""Weight and slant of a face: what its name says, and what the file makes of it."""

from __future__ import annotations

from functools import cache

import msgspec
import regex

from .pages import Font

__all__ = ["drawn_as", "font_of"]

SLANT = (0.1, 0.6)
"""A slant between these is an italic: Word's is 0.33, LibreOffice's 0.27."""

_SUBSET = regex.compile(r"\A[A-Z]{6}\+")
_BOLD = regex.compile(r"bold|black|heavy|demi|,b", regex.IGNORECASE)
_ITALIC = regex.compile(r"ital|obliq|kursiv|slant|,i", regex.IGNORECASE)
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


@cache
def drawn_as(font: Font, slant: float, *, stroked: bool) -> Font:
    """The face as it is drawn: bold where its outlines are stroked too, italic where they are slanted.

    Word and LibreOffice draw so what a face does not have: bold of many Chinese faces, italics of Arabic and Chinese
    ones. ``slant`` is how far the top of a letter one unit high is moved.
    """
    italic = font.italic or SLANT[0] < slant < SLANT[1]
    bold = font.bold or stroked
    if (bold, italic) == (font.bold, font.italic):
        return font
    return msgspec.structs.replace(font, bold=bold, italic=italic)
