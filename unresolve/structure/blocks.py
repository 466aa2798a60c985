"""Pieces to blocks: points under their paragraphs, paragraphs under their headings.

Points nest by their markers: one that follows the last marker of an open list goes on with it, one that is
the first of its kind opens a list below. Headings nest by their looks: a heading set like one that is open
ends that one, one set larger or bolder ends those set smaller, any other stands below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

import msgspec
import regex

from unresolve.layout.lines import Line
from unresolve.model import Table, Text
from unresolve.patterns import late

from .decimals import with_decimals
from .labels import in_figures, lettered
from .margins import ends
from .markers import Marker
from .notes import Calls
from .pieces import Piece

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["Division", "Item", "Tree", "grow"]

OUTDENT = 1.2
"""Text that goes on behind points begins so many sizes before its paragraph: 2.4 in Word."""

_LONGEST_HEADING = 420
_LONGEST_TITLE = 4  # lines, below a numeral, where both are set like the text
_HAN = regex.compile(r"\p{Han}")
_UNFINISHED = late(r"[,;:，；：،؛]\s*$")


@dataclass
class Item:
    """A paragraph or point that is still growing."""

    text: Text
    lines: list[Line]
    marker: Marker | None = None
    points: list[Item] = field(default_factory=list)
    closing: Text | None = None


@dataclass
class Division:
    """A heading and what stands under it, still growing; the outermost has no heading."""

    heading: Text | None = None
    label: Text | None = None
    marker: Marker | None = None
    named: Marker | None = None
    """What the label counts: "A" in "A" and "ألف", for the id."""
    counted: str | None = None
    """The same of a label with a word: "16" in "第16条" and "المادة 16"."""
    look: Look = (False, False, False, 0, None)
    lines: list[Line] = field(default_factory=list)
    content: list[Item | Division | Table] = field(default_factory=list)


@dataclass
class _Level:
    """An open list: how its markers look and count, and how far it has counted."""

    form: str
    kind: str
    place: int
    item: Item
    start: float


class Tree:
    """The blocks of one stretch of the document (the body, an annex) while they grow."""

    def __init__(self, pack: Pack, calls: Calls) -> None:
        self.root = Division()
        self._pack = pack
        self._calls = calls
        self._divisions: list[Division] = [self.root]
        self._levels: list[_Level] = []
        self._label: Piece | None = None

    def add(self, piece: Piece | Table, below: Piece | Table | None = None) -> None:
        """Puts the next piece where it belongs; ``below`` is the one that follows."""
        if isinstance(piece, Table):
            self._flush()
            self._divisions[-1].content.append(piece)
            self._levels.clear()  # what follows cannot go back before the table
            return
        if is_heading(piece) or self._heads_plainly(piece) or _heads_paragraphs(piece, below):
            self._heading(piece)
            return
        self._flush()
        if piece.marker is None:
            self._plain(piece)
        elif piece.marker.enumerator.kind == "decimal" and piece.marker.enumerator.form != "()":
            self._paragraph(piece)
        else:
            self._point(piece)

    def close(self) -> Division:
        """The finished tree."""
        self._flush()
        return self.root

    def _text(self, piece: Piece) -> Text:
        return self._calls.place(piece.text, piece.first.page)

    def _flush(self) -> None:
        """A label that no heading followed is a heading of its own."""
        if self._label is not None:
            piece, self._label = self._label, None
            named = self._named(piece)
            counted = piece.counts and piece.counts[1]
            self._open(Division(self._text(piece), None, None, named, counted, look_of(piece), list(piece.lines)))

    def _heading(self, piece: Piece) -> None:
        if piece.marker is not None:
            piece = msgspec.structs.replace(piece, marker=self._counted(piece.marker))
        if piece.label and self._label is None:
            self._label = piece
            return
        label, self._label = self._label, None
        lines = [*(label.lines if label else ()), *piece.lines]
        look = look_of(piece)
        if label is not None:  # typed smaller than its title at times
            bold, italic, underlined, size, kind = look_of(label)
            look = (bold, italic, underlined, max(size, look[3]), kind)
        number = self._number(label, piece) if label else None
        if number is not None:
            self._open(Division(self._text(piece), None, number, look=look, lines=lines))
            return
        if label is None:
            counted = piece.counts and piece.counts[1]
            self._open(Division(self._text(piece), None, piece.marker, None, counted, look, lines))
            return
        text, named, counts = self._text(label), self._named(label), label.counts
        self._open(Division(self._text(piece), text, piece.marker, named, counts and counts[1], look, lines))

    def _counted(self, marker: Marker) -> Marker:
        """The marker of a heading, read as what follows on an open one: "I." is the ninth letter below "H."."""
        readings: dict[str, int] = dict(zip(marker.enumerator.kinds, marker.enumerator.ordinals, strict=False))
        for open_ in reversed(self._divisions):
            above = open_.marker
            if above is not None and above.kind and readings.get(above.kind) == above.place + 1:
                return msgspec.structs.replace(marker, kind=above.kind, place=above.place + 1)
        return msgspec.structs.replace(marker, kind=marker.enumerator.kind, place=marker.enumerator.ordinals[0])

    def _heads_plainly(self, piece: Piece) -> bool:
        """Whether a piece set like the text is a heading: "一" or "A" on a line of its own, or the title below it."""
        under = self._label is not None and not is_heading(self._label) and len(piece.lines) <= _LONGEST_TITLE
        return piece.marker is None and (piece.label or (under and not ends(piece.lines[-1])))

    def _named(self, label: Piece) -> Marker | None:
        """What a label counts that is one letter or numeral, in the letters of any language."""
        text = label.text.content
        enumerator = self._pack.enumerator(text) or self._pack.enumerator(f"{text}.")
        return None if enumerator is None else Marker(text, enumerator)

    def _number(self, label: Piece, heading: Piece) -> Marker | None:
        """A numeral above a heading from the same edge is its number (75/253 C); centred, it is a line of its own."""
        if not is_heading(label):  # set like the text, where they begin says nothing
            return None
        if heading.marker is not None or abs(label.first.start - heading.first.start) > 0.5 * heading.first.size:
            return None
        enumerator = self._pack.enumerator(f"{label.text.content}.")
        return None if enumerator is None else Marker(label.text.content, enumerator)

    def _open(self, division: Division) -> None:
        looks = [open_.look for open_ in self._divisions]
        if division.look in looks:
            del self._divisions[looks.index(division.look) :]
        while len(self._divisions) > 1 and rank_of(self._divisions[-1]) < rank_of(division):
            self._divisions.pop()
        self._divisions[-1].content.append(division)
        self._divisions.append(division)
        self._levels.clear()

    def _paragraph(self, piece: Piece) -> None:
        item = Item(self._text(piece), list(piece.lines), piece.marker)
        self._divisions[-1].content.append(item)
        assert piece.marker is not None
        enumerator = piece.marker.enumerator
        self._levels[:] = [_Level(enumerator.form, "decimal", enumerator.ordinals[0], item, piece.first.start)]

    def _plain(self, piece: Piece) -> None:
        text = self._text(piece)
        above = self._levels[0].item if self._levels else None
        if above is not None and above.points and _goes_on(piece, above):
            above.closing = text if above.closing is None else Text.join((above.closing, text))
            above.lines.extend(piece.lines)
            del self._levels[1:]
            return
        item = Item(text, list(piece.lines))
        self._divisions[-1].content.append(item)
        self._levels[:] = [_Level("", "", 0, item, piece.first.start)]

    def _point(self, piece: Piece) -> None:
        assert piece.marker is not None
        depth, kind, place = self._place(piece, piece.marker)
        marker = msgspec.structs.replace(piece.marker, place=place, kind=kind)
        item = Item(self._text(piece), list(piece.lines), marker)
        del self._levels[depth:]
        if depth:
            self._levels[-1].item.points.append(item)
        else:
            self._divisions[-1].content.append(item)
        self._levels.append(_Level(piece.marker.enumerator.form, kind, place, item, piece.first.start))

    def _place(self, piece: Piece, marker: Marker) -> tuple[int, str, int]:
        """How deep a point stands, how its marker counts, and to what."""
        enumerator = marker.enumerator
        readings = list(zip(enumerator.ordinals, enumerator.kinds or (enumerator.kind,), strict=False))
        deeper = bool(self._levels) and self._levels[-1].item.text.content.rstrip().endswith((":", "："))
        firsts = [kind for place, kind in readings if place == 1]
        if deeper and firsts and self._levels[-1].form != "":
            follows = self._follower(enumerator.form, readings)
            if follows is None or piece.first.start > self._levels[-1].start + piece.first.size:
                return len(self._levels), firsts[0], 1
        follows = self._follower(enumerator.form, readings)
        if follows is not None:
            return follows
        if firsts:
            return len(self._levels), firsts[0], 1
        for depth in range(len(self._levels) - 1, -1, -1):
            level = self._levels[depth]
            if level.form == enumerator.form and any(kind == level.kind for _, kind in readings):
                place = next(place for place, kind in readings if kind == level.kind)
                return depth, level.kind, place
        place, kind = readings[0]
        return len(self._levels), kind, place

    def _follower(self, form: str, readings: Sequence[tuple[int, str]]) -> tuple[int, str, int] | None:
        for depth in range(len(self._levels) - 1, -1, -1):
            level = self._levels[depth]
            if level.form != form:
                continue
            if level.kind == "bullet" and any(kind == "bullet" for _, kind in readings):
                return depth, "bullet", level.place + 1
            if (level.place + 1, level.kind) in readings:
                return depth, level.kind, level.place + 1
        return None


def _goes_on(piece: Piece, above: Item) -> bool:
    """Whether a piece goes on with the paragraph whose points stand between: it begins in lower case.

    In scripts without case it begins at the edge of the text where its paragraph was indented.
    """
    letter = next((character for character in piece.text.content if character.isalpha()), "")
    if letter.islower() or letter.isupper():
        return piece.text.content[:1].islower()
    return above.lines[0].start - piece.first.start > OUTDENT * piece.first.size


def is_heading(piece: Piece) -> bool:
    """Whether a piece is a heading: set off throughout, no list's point, not broken off, no sentence in italics."""
    text = piece.text.content
    if not piece.heading or len(text) > _LONGEST_HEADING or not any(c.isalpha() for c in text):
        return False
    if piece.marker is not None and piece.marker.enumerator.form == "()":
        return False
    if piece.italic and not piece.bold and text.rstrip().endswith("."):
        return False
    return _UNFINISHED.search(text) is None or (piece.bold and text.rstrip().endswith((":", "：")))


def _heads_paragraphs(piece: Piece, below: Piece | Table | None) -> bool:
    """Whether a point set off as a heading is one: "(a) Human resources" over a paragraph with a number."""
    if not isinstance(below, Piece) or below.heading or below.marker is None or not piece.heading:
        return False
    numbered = below.marker.enumerator.kind == "decimal" and below.marker.enumerator.form == "."
    return numbered and piece.marker is not None and not ends(piece.lines[-1])


Look = tuple[bool, bool, bool, int, object]
"""Weight, slant, underline, size and kind of number of a heading."""


def rank_of(division: Division) -> tuple[int, bool, bool]:
    """How high a heading ranks by its type: size first, then weight; typed, capitals before what is underlined."""
    bold, _, underlined, size, _ = division.look
    return (size, bold, not underlined)


def look_of(piece: Piece) -> Look:
    """What tells headings of one rank from those of another."""
    kind: object = (piece.marker.kind or piece.marker.enumerator.kind) if piece.marker else ""
    if piece.label:
        text = piece.text.content
        word = regex.match(r"\p{L}{2,}(?=\s)", text)
        letter = len(text) == 1 and text not in "IVX"
        kind = word[0].casefold() if word else "letter" if letter else "numeral"
    if piece.counts is not None:
        kind = piece.counts[0]
    return (piece.bold, piece.italic, piece.underlined, round(piece.first.size), kind)


def grow(pieces: Iterable[Piece | Table], pack: Pack, calls: Calls) -> Division:
    """The blocks of one stretch of the document."""
    tree = Tree(pack, calls)
    settled = list(_settled(with_decimals(list(pieces)), pack))
    for piece, below in zip_longest(settled, settled[1:]):
        tree.add(piece, below)
    return tree.close()


def _settled(pieces: list[Piece | Table], pack: Pack) -> Iterator[Piece | Table]:
    """The pieces, with what only their neighbours show: headings in plain type, and what labels count."""
    pieces = [
        msgspec.structs.replace(piece, plain=True)
        if isinstance(piece, Piece) and not piece.heading and _stands_as_heading(pieces, at, piece)
        else piece
        for at, piece in enumerate(pieces)
    ]
    heads = [(at, piece) for at, piece in enumerate(pieces) if isinstance(piece, Piece) and is_heading(piece)]
    series = [(at, piece.text.content) for at, piece in heads if piece.marker is None]
    found = {series[n][0]: counts for n, counts in lettered([text for _, text in series], pack).items()}
    all_counts = [piece.counts for piece in pieces if isinstance(piece, Piece) and piece.counts is not None]
    for at, piece in enumerate(pieces):
        if isinstance(piece, Piece) and (piece.counts is not None or at in found):
            counts = in_figures(piece.counts, all_counts) if piece.counts is not None else found[at]
            yield msgspec.structs.replace(piece, counts=counts)
        else:
            yield piece


def _stands_as_heading(pieces: Sequence[Piece | Table], at: int, piece: Piece) -> bool:
    """Whether a Chinese line in plain type stands between others as a heading does.

    Chinese sets its lower headings in a face of their own instead of italics: "一. 工作安排", or a line between what
    has ended and a numbered paragraph.
    """
    if not piece.flush or _HAN.search(piece.text.content) is None:
        return False
    if piece.marker is not None:
        return piece.marker.enumerator.kind in ("upper-roman", "upper-letter")
    before, after = pieces[at - 1] if at else None, pieces[at + 1] if at + 1 < len(pieces) else None
    ended = not isinstance(before, Piece) or before.heading or ends(before.lines[-1])
    kind = after.marker.enumerator.kind if isinstance(after, Piece) and after.marker is not None else ""
    return not piece.label and ended and kind == "decimal"
