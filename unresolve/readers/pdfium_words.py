"""Text objects that hold nothing but Arabic words, read without a look at every glyph's ink.

Of the glyphs of an Arabic page nine in ten stand in such objects. Their letters follow one another from the right, so
that where each is drawn from is enough; figures, brackets, Latin and marks over letters need more
(:mod:`.pdfium_glyphs`).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise, repeat
from operator import eq, gt

import regex

from .pdfium_calls import char_origin, loose_box, text_object
from .visual import in_glyph_order

__all__ = ["PlainWord", "owners_of", "plain_words", "points_of", "stretches_of_objects"]

_LETTERS = r"\u0620-\u064a\ufe80-\ufefc"
_PLAIN = regex.compile(rf" ?+(?:[{_LETTERS}]++[،؛؟.:]?+(?: |$))++")
"""Words, each with at most one sign at its end: of two the engine may have turned about the order."""

_SIGN = regex.compile(r"[^\p{L}\p{N}\s]")

APART = 0.6
"""Words of one object this share of the size apart are runs of their own: a number may stand between."""

BESIDE = 3.0
"""A sign within so many points above or below may stand between the words of an object, as in كانون الثاني/يناير."""

PlainWord = tuple[str, float, float]
"""Words as they stand from the left, with the spaces at their ends; where they begin and end at the left and right."""


def owners_of(textpage: int, count: int) -> list[int | None]:
    """The text object that drew each character of a text page; None for what PDFium supposed."""
    return list(map(text_object, repeat(textpage), range(count)))


def stretches_of_objects(owners: Sequence[int | None]) -> dict[int, list[tuple[int, int]]]:
    """The stretches of characters ``[start, end)`` of each object, objects in the order of their first character."""
    edges = [at for at, (before, after) in enumerate(pairwise(owners), 1) if before != after]
    found: dict[int, list[tuple[int, int]]] = {}
    for start, end in pairwise((0, *edges, len(owners))):
        if owner := owners[start]:
            found.setdefault(owner, []).append((start, end))
    return found


def plain_words(
    textpage: int,
    string: str,
    stretches: Mapping[int, tuple[int, int]],
    set_at: Mapping[int, tuple[float, float]],
) -> dict[int, list[PlainWord]]:
    """The words of those objects that hold nothing but Arabic words and draw them from the right.

    ``stretches`` names the characters of each object, ``set_at`` the size of its type and the line it stands on.
    """
    plain = {obj: span for obj, span in stretches.items() if _PLAIN.fullmatch(string, *span)}
    places = list(chain.from_iterable(range(*span) for span in plain.values()))
    left, right = _sides(textpage, places)
    own = set(places)
    signs = points_of(textpage, [match.start() for match in _SIGN.finditer(string) if match.start() not in own])
    beside: dict[float, list[float]] = {}
    found: dict[int, list[PlainWord]] = {}
    at = 0
    for obj, (start, end) in plain.items():
        pens, ends = left[at : at + end - start], right[at : at + end - start]
        at += end - start
        if any(map(gt, pens[1:], pens)) or any(map(eq, pens, ends)):  # a supposed space has no width
            continue
        text = string[start:end]
        size, line = set_at[obj]
        if text.find(" ", 1, -1) < 0:  # one word, as Typst draws them
            last = len(text) - 1 - (text[-1] == " ")
            found[obj] = [(_visual(text, pens), pens[last], ends[text[0] == " "])]
            continue
        if line not in beside:
            beside[line] = [x for x, y in signs if abs(y - line) < BESIDE]
        crossed = any(pens[-1] < x < pens[0] for x in beside[line])
        found[obj] = list(_words(text, pens, ends, 0.0 if crossed else APART * size))
    return found


def points_of(textpage: int, places: Sequence[int]) -> list[tuple[float, float]]:
    """The points from which some characters are drawn."""
    cells = (ctypes.c_double * (2 * len(places)))()
    first, wide = ctypes.addressof(cells), ctypes.sizeof(ctypes.c_double)
    for at, place in enumerate(places):
        char_origin(textpage, place, first + 2 * at * wide, first + (2 * at + 1) * wide)
    return list(zip(cells[0::2], cells[1::2], strict=True))


def _words(text: str, pens: Sequence[float], ends: Sequence[float], apart: float) -> Iterator[PlainWord]:
    """The runs of an object whose characters follow one another from the right, cut where words are so far apart."""
    inner = (match.start() for match in _SPACE.finditer(text, 1, len(text) - 1))
    wide = [at for at in inner if pens[at - 1] - ends[at + 1] > apart]
    for start, end in pairwise((0, *wide, len(text))):  # the space between two belongs to the one on its left
        last = end - 1 - (text[end - 1] == " ")
        yield _visual(text[start:end], pens[start:end]), pens[last], ends[start + (text[start] == " ")]


_SPACE = regex.compile(" ")


def _visual(text: str, pens: Sequence[float]) -> str:
    """The text from the left; letters at one point are those of one glyph, and stand from the left already.

    A space at that point hangs over the letter at the end of a line, and goes to its left.
    """
    if len(set(pens)) == len(pens):
        return text[::-1]
    out: list[str] = []
    start = 0
    for end in (*(at for at, (a, b) in enumerate(pairwise(pens), 1) if a != b), len(text)):
        letters = text[start:end].replace(" ", "")
        out.append(" " * (end - start - len(letters)) + in_glyph_order(letters))
        start = end
    return "".join(reversed(out))


_FLOATS = 4
_WIDE = ctypes.sizeof(ctypes.c_float)


def _sides(textpage: int, places: Sequence[int]) -> tuple[list[float], list[float]]:
    """Where the room of each character begins and ends."""
    cells = (ctypes.c_float * (_FLOATS * len(places)))()
    first, step = ctypes.addressof(cells), _FLOATS * _WIDE
    for _ in map(loose_box, repeat(textpage), places, range(first, first + step * len(places), step)):
        pass
    return cells[0::_FLOATS], cells[2::_FLOATS]
