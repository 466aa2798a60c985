"""Every glyph of a page through PDFium, asked for in one sweep.

A page has some 2,500 glyphs. Two calls each, with the answers written side by side into one array and read back at
once, cost a third of what single calls cost.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from itertools import compress, repeat
from operator import lt

from .pdfium_calls import char_box, char_origin
from .visual import CONTROLS, Row, rows_of

__all__ = ["rows_by_object"]

_CELLS = 6
"""Numbers a glyph: left, right, bottom, top, and the two of its origin."""

_WIDE = ctypes.sizeof(ctypes.c_double)


def rows_by_object(textpage: int, string: str, owners: Sequence[int | None]) -> dict[int, Row]:
    """The glyphs that each text object drew, left to right; objects in the order of the text page.

    ``textpage`` is its address and ``string`` its characters, one for one, ``owners`` the object that drew each, None
    for those not asked for. Spaces that PDFium supposed, which have no width, and what is no text are left out.
    """
    if not CONTROLS.isdisjoint(string):
        owners = [None if character in CONTROLS else owner for owner, character in zip(owners, string, strict=True)]
    places = list(compress(range(len(string)), owners))
    left, right, bottom, top, x, y = _boxes(textpage, places)
    wide = list(map(lt, left, right))
    columns = compress(string, owners), left, bottom, right, top, x, y
    glyphs = Row._make([list(compress(column, wide)) for column in columns])
    return rows_of(glyphs, list(compress(filter(None, owners), wide)))


def _boxes(textpage: int, places: list[int]) -> list[list[float]]:
    """Six columns for the characters at some places: left, right, bottom, top, x and y of the origin."""
    cells = (ctypes.c_double * (_CELLS * len(places)))()
    first = ctypes.addressof(cells)
    step = _CELLS * _WIDE
    targets = [range(first + at * _WIDE, first + at * _WIDE + step * len(places), step) for at in range(_CELLS)]
    for _ in map(char_box, repeat(textpage), places, *targets[:4]):
        pass
    for _ in map(char_origin, repeat(textpage), places, *targets[4:]):
        pass
    return [cells[at::_CELLS] for at in range(_CELLS)]
