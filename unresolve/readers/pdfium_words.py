"""Text objects that hold nothing but Arabic words, read without a look at every glyph's ink.

Of the glyphs of an Arabic page nine in ten stand in such objects. Their letters follow one another from the right, so
that where each is drawn from is enough; figures, brackets, Latin and marks over letters need more
(:mod:`.pdfium_glyphs`). What is asked of every character is asked in one sweep over the page.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, compress, islice, pairwise, repeat
from operator import eq, gt, ne
from typing import NamedTuple

import regex

from unresolve.patterns import late

from .pdfium_calls import loose_box, text_object
from .pdfium_glyphs import origins_of_characters
from .pdfium_objects import Type, types_of
from .visual import in_glyph_order

__all__ = ["Drawn", "Words", "drawn_by", "plain_words"]

_LETTERS = r"\u0620-\u064a\ufe80-\ufefc"
_PLAIN = late(rf" ?+(?:[{_LETTERS}]++[،؛؟.:]?+(?: |$))++")
"""Words, each with at most one sign at its end: of two the engine may have turned about the order."""

APART = 0.6
"""Words this share of the size apart are runs of their own: a number may stand between."""

TOUCHING = 0.1
"""Objects no further apart than this share of the size, or overlapping by as much, are parts of one word."""

WORD_GAP = 0.15
"""Objects this share of the size apart are two words where neither has a space: justified, Typst closes it to 0.16."""

BESIDE = 6.0
"""What stands within so many points above or below may stand between words, as the sign in كانون الثاني/يناير."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points, y upwards."""


class Drawn(NamedTuple):
    """The characters of a text page, and the objects that drew them.

    ``owners`` names the object of each character, None for what PDFium supposed; ``stretches`` the characters
    ``[start, end)`` of each object, objects in the order of their first one.
    """

    textpage: int
    string: str
    owners: list[int | None]
    stretches: dict[int, list[tuple[int, int]]]
    types: dict[int, Type]


class Words(NamedTuple):
    """Words as they stand from the left, with the spaces at their ends, of one object or of several in a row.

    The box is in points, y upwards, without those spaces.
    """

    objects: list[int]
    type: Type
    text: str
    x0: float
    y0: float
    x1: float
    y1: float


def drawn_by(textpage: int, string: str) -> Drawn:
    """Which object drew which character; ``string`` has the characters of the text page one for one."""
    owners: list[int | None] = list(map(text_object, repeat(textpage), range(len(string))))
    edges = compress(range(1, len(owners)), map(ne, owners, islice(owners, 1, None)))
    stretches: dict[int, list[tuple[int, int]]] = {}
    for start, end in pairwise((0, *edges, len(owners))):
        if owner := owners[start]:
            stretches.setdefault(owner, []).append((start, end))
    types = dict(zip(stretches, types_of(list(stretches)), strict=True))
    return Drawn(textpage, string, owners, stretches, types)


def plain_words(drawn: Drawn, boxes: Mapping[int, Box]) -> Iterator[Words]:
    """The words of those objects that hold nothing but Arabic words and draw them from the right.

    ``boxes`` has the objects that may be taken, in the order of their characters, each with all of them in one stretch.
    Words of several objects that follow one another on a line come as one.
    """
    string, stretches = drawn.string, drawn.stretches
    left, right = _sides(drawn.textpage, len(string))
    turned = _turned(drawn.owners, left, right)
    plain = [obj for obj in boxes if obj not in turned and _PLAIN.fullmatch(string, *stretches[obj][0])]
    page = _Page(drawn, plain, left, right)
    row: _Row | None = None
    for obj in plain:
        type_ = drawn.types[obj]
        _, low, _, high = boxes[obj]
        for start, end in page.parts(obj, type_):
            piece = page.text[start:end]
            x0, x1 = page.pen(end - 1 - (piece[-1] == " ")), right[start + (piece[0] == " ")]
            if row is None or not page.goes_on(row, type_, start, piece, x1):
                if row is not None:
                    yield row.words
                row = _Row(type_, x1, low, high)
            row.add(obj, piece, end, x0, low, high)
    if row is not None:
        yield row.words


def _turned(owners: Sequence[int | None], left: Sequence[float], right: Sequence[float]) -> set[int | None]:
    """The objects of which a character stands at the right of the one before, or has no width."""
    rising = compress(range(1, len(left)), map(gt, islice(left, 1, None), left))
    return {owners[at] for at in rising if owners[at] == owners[at - 1]} | set(compress(owners, map(eq, left, right)))


class _Row:
    """Words that follow one another from the right, while they are put together."""

    __slots__ = ("end", "high", "low", "objects", "pieces", "type", "x0", "x1")

    def __init__(self, type_: Type, x1: float, low: float, high: float) -> None:
        self.objects: list[int] = []
        self.pieces: list[str] = []
        self.type = type_
        self.end = 0
        self.x0 = self.x1 = x1
        self.low, self.high = low, high

    def add(self, obj: int, piece: str, end: int, x0: float, low: float, high: float) -> None:
        """Adds what stands at the left."""
        self.objects.append(obj)
        self.pieces.append(piece)
        self.end = end
        self.x0 = x0
        self.low = min(self.low, low)
        self.high = max(self.high, high)

    @property
    def words(self) -> Words:
        """What has been put together."""
        return Words(self.objects, self.type, "".join(self.pieces)[::-1], self.x0, self.low, self.x1, self.high)


class _Page:
    """The plain objects of a page among the others; ``text`` has the letters in the order of reading."""

    def __init__(self, drawn: Drawn, plain: Sequence[int], left: Sequence[float], right: Sequence[float]) -> None:
        self.text = _in_order(drawn.string, drawn.owners, left)
        self._drawn = drawn
        self._left, self._right = left, right
        last = [end - 1 - (drawn.string[end - 1] == " ") for _, end in (drawn.stretches[obj][0] for obj in plain)]
        self._pens = dict(zip(last, origins_of_characters(drawn.textpage, last)[0], strict=True))
        others = drawn.stretches.keys() - set(plain)
        self._others = [(drawn.types[obj].baseline, obj) for obj in others]
        self._beside: dict[float, list[float]] = {}

    def pen(self, at: int) -> float:
        """Where the room of a letter ends at the left; PDFium reckons the tail of a letter such as ر to its room."""
        return self._pens.get(at, self._left[at])

    def parts(self, obj: int, type_: Type) -> list[tuple[int, int]]:
        """The characters of an object, cut where words are too far apart, or at all if something stands among them."""
        start, end = self._drawn.stretches[obj][0]
        left, right = self._left, self._right
        if self.text.find(" ", start + 1, end - 1) < 0:
            return [(start, end)]
        apart = 0.0 if self._between(left[end - 1], left[start], type_.baseline) else APART * type_.size
        inner = (match.start() for match in _SPACE.finditer(self.text, start + 1, end - 1))
        wide = [at for at in inner if left[at - 1] - right[at + 1] > apart]
        return list(pairwise((start, *wide, end)))  # the space between two belongs to the one on its left

    def goes_on(self, row: _Row, type_: Type, start: int, piece: str, x1: float) -> bool:
        """Whether a piece goes on with a row, to which the space between them is given if the piece has none."""
        if type_ != row.type or start - row.end > 1 or (start > row.end and self._drawn.owners[row.end]):
            return False
        gap = row.x0 - x1
        before = row.pieces[-1]
        first = piece[0] == " "
        spaced = first or (before[-1] == " " and gap > 0.0) or gap > WORD_GAP * type_.size
        if not -TOUCHING * type_.size <= gap < (APART if spaced else TOUCHING) * type_.size:
            return False
        if self._between(x1 - TOUCHING * type_.size, row.x0 + TOUCHING * type_.size, type_.baseline):
            return False
        if first or not spaced:
            row.pieces[-1] = before.rstrip(" ")
        elif before[-1] != " ":
            row.pieces.append(" ")
        return True

    def _between(self, x0: float, x1: float, line: float) -> bool:
        """Whether anything but plain words is drawn between two points of a line."""
        beside = self._beside.get(line)
        if beside is None:
            near = (self._drawn.stretches[obj] for height, obj in self._others if abs(height - line) <= BESIDE)
            beside = sorted(chain.from_iterable(self._left[start:end] for parts in near for start, end in parts))
            self._beside[line] = beside
        first = bisect_right(beside, x0)
        return first < len(beside) and beside[first] < x1


_SPACE = regex.compile(" ")


def _in_order(string: str, owners: Sequence[int | None], pens: Sequence[float]) -> str:
    """The characters, the letters of one glyph, which are drawn from one point, in the order of reading.

    A space may be drawn over the last letter of a line, and stays behind it.
    """
    alike = compress(range(1, len(pens)), map(eq, islice(pens, 1, None), pens))
    same = (at for at in alike if owners[at] == owners[at - 1] and " " not in string[at - 1 : at + 1])
    out = list(string)
    start = end = 0
    for at in (*same, len(string) + 1):
        if at == end:
            end += 1
            continue
        if end:
            out[start:end] = in_glyph_order(string[start:end])[::-1]
        start, end = at - 1, at + 1
    return "".join(out)


_FLOATS = 4
_WIDE = ctypes.sizeof(ctypes.c_float)


def _sides(textpage: int, count: int) -> tuple[list[float], list[float]]:
    """Where the room of each character of a text page begins and ends."""
    cells = (ctypes.c_float * (_FLOATS * count))()
    first, step = ctypes.addressof(cells), _FLOATS * _WIDE
    deque(map(loose_box, repeat(textpage), range(count), range(first, first + step * count, step)), maxlen=0)
    return cells[0::_FLOATS], cells[2::_FLOATS]
