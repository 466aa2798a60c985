"""A row of runs read from the right becomes a line."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from unresolve.model.script import has_rtl
from unresolve.readers.pages import Run

from .bidi import MIRROR, brackets_by_place, order_of
from .line import COLUMN_GAP, Line, Span, main_size

__all__ = ["is_rtl", "line_from_right"]

WORD_GAP = {"letters": 0.2, "mixed": 0.16, "figures": 0.33}
"""Runs this share of the size apart belong to two words where the file has no space of its own there.

PDFium loses a space beside one it supposes itself ("21 كانون" in LibreOffice's justified lines: 0.23). Behind a
figure it may be the room of the figure (0.21).
"""

SPAN_GAP = 0.4
"""A gap of this many sizes begins a new span, so that columns can be told later."""


def is_rtl(runs: Sequence[Run]) -> bool:
    """Whether a page is read from the right: most of its letters are."""
    letters = sum(len(run.text) for run in runs if has_rtl(run.text))
    return letters > 0 and letters > sum(sum(map(str.isalpha, run.text)) for run in runs if run.text.isascii())


class _Cell(NamedTuple):
    """One character as it stands, and the run it belongs to; a space between runs has none."""

    text: str
    x0: float
    x1: float
    run: Run | None = None


def line_from_right(page: int, runs: Sequence[Run], small: Mapping[int, int], baseline: float) -> Line:
    """The line of ``runs`` given from left to right; ``small`` tells the raised ones by their identity."""
    builder = _Builder(small)
    for column in reversed(_columns(runs, small)):
        builder.add(column)
    inked = [run for run in runs if not run.text.isspace()]
    spans = builder.spans
    return Line(
        page,
        min(run.x0 for run in inked),
        min(run.y0 for run in inked),
        max(run.x1 for run in inked),
        max(run.y1 for run in inked),
        baseline,
        main_size(spans),
        "".join(builder.text),
        spans,
        rtl=True,
    ).part(0)


def _columns(runs: Sequence[Run], small: Mapping[int, int]) -> list[list[_Cell]]:
    """The cells of a row, cut where there is the room of a column's edge; none begins or ends with a space."""
    columns: list[list[_Cell]] = []
    last: Run | None = None
    space = ""
    for at, run in enumerate(runs):
        if run.text.isspace():  # one that hangs over the last letter is none
            space = run.text[0] if not space and (last is None or last.x1 < run.x1) else space
            continue
        gap = run.x0 - last.x1 if last is not None else 0.0
        size = max(run.size, last.size) if last is not None else run.size
        if last is None or gap >= COLUMN_GAP * size or _begins_note(at, runs, small):
            columns.append([])
        elif space or (gap > _word_gap(last, run) * size and not _one_call(last, run, small)):
            columns[-1].append(_Cell(space or " ", last.x1, run.x0))
        columns[-1].extend(_cells(run))
        last, space = run, ""
    return columns


def _begins_note(at: int, runs: Sequence[Run], small: Mapping[int, int]) -> bool:
    """Whether the marker of a note, which stands alone at the right end, begins here: "(1)" is no part of its text."""
    return id(runs[at - 1]) not in small and all(id(run) in small for run in runs[at:] if not run.text.isspace())


def _word_gap(before: Run, after: Run) -> float:
    """The gap from which on two runs, given from left to right, are two words."""
    left, right = before.text[-1], after.text[0]
    if has_rtl(left) and has_rtl(right):
        return WORD_GAP["letters"]
    if (left in _FIGURES or left in "([") and (right in _FIGURES or right in ")]"):
        return WORD_GAP["figures"]
    return WORD_GAP["mixed"]


_FIGURES = frozenset("0123456789/.,:-–")


def _one_call(before: Run, after: Run, small: Mapping[int, int]) -> bool:
    """Whether two runs are parts of one superscript: "(", "1"."""
    return id(before) in small and id(after) in small


def _cells(run: Run) -> list[_Cell]:
    text = "".join(map(_folded, run.text))
    each = (run.x1 - run.x0) / len(text)
    return [_Cell(c, run.x0 + at * each, run.x0 + (at + 1) * each, run) for at, c in enumerate(text)]


@cache
def _folded(character: str) -> str:
    """The letters of a presentation form (ﻻ), as they stand from the left; any other character as it is."""
    if not "\ufb1d" <= character <= "\ufefc":
        return character
    return unicodedata.normalize("NFKC", character).strip()[::-1]


class _Builder:
    """The text of a line and its spans, while columns are added in the order of reading."""

    def __init__(self, small: Mapping[int, int]) -> None:
        self.text: list[str] = []
        self._open: list[_Open] = []
        self._small = small
        self._look: tuple[object, ...] | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of the line."""
        return tuple(open_.span for open_ in self._open)

    def add(self, cells: Sequence[_Cell]) -> None:
        """Adds a column, whose cells stand from left to right."""
        visual = self._brackets(cells)
        order = order_of(visual, rtl=has_rtl(visual) or _hangs(visual))
        if self.text:
            self._space()
        self._look = None
        for place, back in order:
            character = visual[place]
            if character.isspace():
                self._space()
            else:
                self._put(MIRROR.get(character, character) if back else character, cells[place], back)

    def _brackets(self, cells: Sequence[_Cell]) -> str:
        """The column with its brackets as they look; those of a call are no neighbours of those of the text."""
        raised = [cell.run is not None and id(cell.run) in self._small for cell in cells]
        text, calls = (
            brackets_by_place("".join(cell.text if up is side else " " for cell, up in zip(cells, raised, strict=True)))
            for side in (False, True)
        )
        return "".join(b if up else a for a, b, up in zip(text, calls, raised, strict=True))

    def _space(self) -> None:
        self.text.append(" ")
        if self._open:
            self._open[-1].end = len(self.text)

    def _put(self, character: str, cell: _Cell, back: bool) -> None:
        run = cell.run
        assert run is not None
        at = len(self.text)
        self.text.append(character)
        raised = self._small.get(id(run), 0)
        size = 0 if raised else round(run.size, 1)  # Typst sets the figure of "(1)" smaller than its brackets
        tag = 0 if raised else run.tag
        look = (run.font.bold, run.font.italic, raised, tag, size, back or raised)
        last = self._open[-1] if self._open else None
        if last is not None and look == self._look and (raised or _near(last, cell, run.size)):
            last.end = at + 1
            last.x0 = min(last.x0, cell.x0)
            last.x1 = max(last.x1, cell.x1)
            last.rtl = last.rtl or back
            return
        self._look = look
        self._open.append(_Open(run, raised, at, at + 1, cell.x0, cell.x1, back))


@dataclass(slots=True)
class _Open:
    """A span that still grows."""

    run: Run
    raised: int
    start: int
    end: int
    x0: float
    x1: float
    rtl: bool

    @property
    def span(self) -> Span:
        run = self.run
        font = run.font
        return Span(
            self.start, self.end, self.x0, self.x1, run.size, font.bold, font.italic, self.raised, run.tag, self.rtl
        )


def _near(span: _Open, cell: _Cell, size: float) -> bool:
    """Whether a cell stands beside a span, on either side."""
    return max(cell.x0 - span.x1, span.x0 - cell.x1) < SPAN_GAP * size


def _hangs(visual: str) -> bool:
    """Whether Latin words stand in a right-to-left paragraph: the sign that ends them hangs at their left.

    ``.United Nations, Treaty Series, vol. 660``
    """
    return visual[0] in ".,;:،؛" or visual[:2] == "- "
