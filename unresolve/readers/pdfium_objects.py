"""What PDFium tells of the objects of a page, asked for in one sweep over all of them.

A page has some three hundred objects. The answers to one question are written side by side into one array and read
back at once, which costs a third of single calls.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import NamedTuple

from .pdfium_calls import (
    count_objects,
    font_of_object,
    font_size,
    matrix_of,
    object_at,
    object_bounds,
    object_kind,
    object_mark,
    render_mode,
)

__all__ = ["Type", "boxes_of", "objects_of_kind", "types_of"]

_STROKED = (2, 6)
"""Text render modes that fill and stroke (ISO 32000-1, table 106)."""

_WIDE = ctypes.sizeof(ctypes.c_float)


class Type(NamedTuple):
    """What all glyphs of a text object share.

    ``size`` and ``baseline`` are in points, ``font`` is an address, ``slant`` the shear that an upright face is drawn
    with, ``mark`` the marked-content id.
    """

    size: float
    baseline: float
    font: int
    slant: float
    stroked: bool
    mark: int


def objects_of_kind(page: int, *kinds: int) -> list[list[int]]:
    """The objects of a page that are of each kind, in the order of the content stream."""
    objects = list(map(object_at, repeat(page), range(count_objects(page))))
    found = list(map(object_kind, objects))
    return [[obj for obj, own in zip(objects, found, strict=True) if own == kind] for kind in kinds]


def boxes_of(objects: Sequence[int]) -> list[tuple[float, float, float, float] | None]:
    """Left, bottom, right and top of each object in points, y upwards; None for one that has no box."""
    cells = (ctypes.c_float * (4 * len(objects)))()
    have = list(map(object_bounds, objects, *(_places(cells, 4, at) for at in range(4))))
    boxes = zip(have, cells[0::4], cells[1::4], cells[2::4], cells[3::4], strict=True)
    return [(left, bottom, right, top) if has else None for has, left, bottom, right, top in boxes]


def types_of(objects: Sequence[int]) -> list[Type]:
    """The type of each text object."""
    sizes = _answers(font_size, objects, 1)
    matrices = _answers(matrix_of, objects, 6)  # a b c d e f
    b, c, d, f = (matrices[at::6] for at in (1, 2, 3, 5))
    fonts, modes, marks = (map(call, objects) for call in (font_of_object, render_mode, object_mark))
    return [
        Type(
            size * ((c * c + d * d) ** 0.5 or 1.0),
            baseline,
            font,
            round(c / d, 2) if c and d and not b else 0.0,
            mode in _STROKED,
            mark,
        )
        for size, b, c, d, baseline, font, mode, mark in zip(sizes, b, c, d, f, fonts, modes, marks, strict=True)
    ]


def _answers(call: Callable[..., object], objects: Sequence[int], count: int) -> list[float]:
    """So many numbers of each object, one after the other."""
    cells = (ctypes.c_float * (count * len(objects)))()
    for _ in map(call, objects, _places(cells, count, 0)):
        pass
    return list(cells)


def _places(cells: ctypes.Array[ctypes.c_float], count: int, at: int) -> range:
    """The addresses of the number ``at`` of every object, where each has ``count``."""
    first = ctypes.addressof(cells) + at * _WIDE
    return range(first, first + len(cells) * _WIDE, count * _WIDE)
