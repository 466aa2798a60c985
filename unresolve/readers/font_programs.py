"""What a font embedded in a PDF says by itself: its glyphs, their outlines, names and characters.

Subsets made by old Distillers have truncated tables, so each is asked for by itself and may be missing.
"""

from __future__ import annotations

import logging
from functools import cached_property
from io import BytesIO
from typing import Any

import regex

__all__ = ["FontProgram", "character_of_name"]

_log = logging.getLogger(__name__)
_SILENT = logging.NullHandler()
_PADDING = b"\0" * 256
"""Acrobat Distiller 4 cuts the last bytes of a cmap table off."""

Contour = tuple[tuple[str, tuple[tuple[float, float], ...]], ...]


def character_of_name(name: str) -> str:
    """The character a glyph name such as ``f``, ``eacute`` or ``uni0627`` stands for; empty for a mere number."""
    from fontTools.agl import toUnicode

    if regex.fullmatch(r"(?:g|gid|glyph|cid|c|G)\d+", name):
        return ""
    character: str = toUnicode(name)
    return character


class FontProgram:
    """A TrueType program; raises fontTools' errors where it is none."""

    def __init__(self, data: bytes) -> None:
        from fontTools.ttLib import TTFont

        # Odd dates in a subset are of no use to anybody; who has set up logging is still told.
        logging.getLogger("fontTools").addHandler(_SILENT)
        self._font: Any = TTFont(BytesIO(data), lazy=True)
        self.names = self._names()
        self._font.setGlyphOrder([f"glyph{at:05d}" for at in range(self._font["maxp"].numGlyphs)])

    def _names(self) -> list[str]:
        """The names of the glyphs by their number; none but in a table of format 2."""
        if "post" not in self._font or not self._font.reader["post"].startswith(b"\0\2\0\0"):
            return []
        try:
            return list(self._font.getGlyphOrder())
        except Exception as error:  # noqa: BLE001 - a damaged table asserts whatever it lacks
            _log.info("a font's table of names cannot be read: %r", error)
            return []

    @cached_property
    def _cmaps(self) -> dict[tuple[int, int], dict[int, int]]:
        from fontTools.ttLib import newTable

        if "cmap" not in self._font:
            return {}
        table = newTable("cmap")
        try:
            table.decompile(self._font.reader["cmap"] + _PADDING, self._font)
            return {
                (sub.platformID, sub.platEncID): {code: self._font.getGlyphID(name) for code, name in sub.cmap.items()}
                for sub in table.tables
                if sub.isUnicode() or sub.platEncID == 0
            }
        except Exception as error:  # noqa: BLE001 - as above
            _log.info("a font's character map cannot be read: %r", error)
            return {}

    def glyph(self, code: int) -> int:
        """The glyph that a simple symbolic font draws for a code (ISO 32000-1, 9.6.6.4); 0 if none."""
        symbol, mac = self._cmaps.get((3, 0), {}), self._cmaps.get((1, 0), {})
        return symbol.get(0xF000 + code) or symbol.get(code) or mac.get(code) or 0

    @cached_property
    def characters(self) -> dict[int, frozenset[str]]:
        """What the program itself says its glyphs stand for: by its Unicode map, else by their names."""
        found: dict[int, set[str]] = {}
        for (platform, encoding), cmap in self._cmaps.items():
            if platform == 0 or (platform, encoding) in ((3, 1), (3, 10)):
                for code, glyph in cmap.items():
                    found.setdefault(glyph, set()).add(chr(code))
        if not found:
            found = {at: {text} for at, name in enumerate(self.names) if (text := character_of_name(name))}
        return {glyph: frozenset(texts) for glyph, texts in found.items()}

    def outline(self, glyph: int) -> frozenset[Contour]:
        """The contours of a glyph, each from its own first point; a letter's are found again in the accented one."""
        from fontTools.pens.recordingPen import DecomposingRecordingPen

        try:
            glyphs = self._font.getGlyphSet()
            pen = DecomposingRecordingPen(glyphs)
            glyphs[f"glyph{glyph:05d}"].draw(pen)
        except Exception as error:  # noqa: BLE001 - as above
            _log.info("a glyph cannot be drawn: %r", error)
            return frozenset()
        contours: list[list[tuple[str, tuple[tuple[float, float], ...]]]] = []
        x = y = 0.0
        for verb, points in pen.value:
            if verb == "moveTo":
                x, y = points[0]
                contours.append([])
            placed = tuple((point[0] - x, point[1] - y) for point in points if point is not None)
            contours[-1].append((verb, placed))
        return frozenset(map(tuple, contours))
