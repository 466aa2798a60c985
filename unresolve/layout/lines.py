"""Glyph runs to lines of text: one line a baseline, superscripts and word spaces put where they belong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from unresolve.model import Mark, MarkKind, Text
from unresolve.readers.pages import Page, Run

__all__ = ["Line", "Span", "lines_of"]

SAME_BASELINE = 1.2
"""Runs whose baselines differ by no more than this (points) stand on one line: Word rounds to 0.24."""

SMALL = 0.82
"""A superscript is at most this share of the size beside it: Word uses 0.65, LibreOffice 0.58, Typst 0.6."""

RAISED = (0.08, 0.75)
"""How far above (or below) the line a superscript stands, as a share of the line's size."""

WORD_GAP = 0.24
"""Ink this share of the size apart belongs to two words where the file has no space of its own there."""

_CLINGING = frozenset("-\u2010,.")
"""Signs that no space comes before unless the file has one: Typst hangs a line-end hyphen into the margin."""

SPAN_GAP = 0.4
"""A gap of this many sizes begins a new span, so that columns can be told later."""

COLUMN_GAP = 1.6
"""A gap of this many sizes parts two columns: a tab, the other side of the masthead."""


class Span(msgspec.Struct, frozen=True):
    """A stretch ``[start, end)`` of a line's text in one style; ``x0, x1`` are points from the left.

    ``raised`` is 1 for a superscript, -1 for a subscript. ``tag`` is the marked-content id, -1 if none.
    """

    start: int
    end: int
    x0: float
    x1: float
    size: float
    bold: bool = False
    italic: bool = False
    raised: int = 0
    tag: int = -1


class Line(msgspec.Struct, frozen=True):
    """A line of a page in reading order; points from the top left, ``size`` is that of most of its text."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    size: float
    text: str
    spans: tuple[Span, ...]

    @property
    def bold(self) -> bool:
        """All of it is bold, but for white space and superscripts."""
        return all(s.bold for s in self.spans if not s.raised and self.text[s.start : s.end].strip())

    @property
    def italic(self) -> bool:
        """All of it is italic, but for white space and superscripts."""
        return all(s.italic for s in self.spans if not s.raised and self.text[s.start : s.end].strip())

    @property
    def tag(self) -> int:
        """The marked-content id of its first tagged span, -1 if none."""
        return next((s.tag for s in self.spans if s.tag >= 0), -1)

    def x_at(self, offset: int) -> float:
        """The left edge, in points, of the character at an offset: exact at span edges, else in proportion."""
        for span in self.spans:
            if span.start <= offset < span.end:
                return span.x0 + (span.x1 - span.x0) * (offset - span.start) / (span.end - span.start)
        return self.x1

    def part(self, start: int, end: int | None = None) -> Line:
        """The line of the characters ``[start, end)``, without white space at its ends."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        spans = tuple(
            msgspec.structs.replace(
                s,
                start=max(s.start, start) - start,
                end=min(s.end, end) - start,
                x0=s.x0 if s.start >= start else self.x_at(start),
                x1=s.x1 if not self.text[end : s.end].strip() else self.x_at(end),
            )
            for s in self.spans
            if s.start < end and s.end > start
        )
        x0 = min((s.x0 for s in spans), default=self.x0)
        x1 = max((s.x1 for s in spans), default=self.x1)
        size = _main_size(spans) if spans else self.size
        return msgspec.structs.replace(self, x0=x0, x1=x1, size=size, text=self.text[start:end], spans=spans)

    def columns(self, gap: float = COLUMN_GAP) -> list[Line]:
        """The line cut at every gap of at least ``gap`` sizes."""
        cuts = [0]
        for before, after in zip(self.spans, self.spans[1:], strict=False):
            if after.x0 - before.x1 >= gap * min(self.size, max(before.size, after.size)):
                cuts.append(after.start)
        cuts.append(len(self.text))
        parts = [self.part(a, b) for a, b in zip(cuts, cuts[1:], strict=False)]
        return [part for part in parts if part.text]

    def rich(self) -> Text:
        """The text with its emphasis and superscripts as marks."""
        marks: list[Mark] = []
        for kind, test in _STYLES:
            for on, group in groupby((s for s in self.spans if s.end > s.start), key=test):
                if on:
                    spans = list(group)
                    marks.append(Mark(spans[0].start, spans[-1].end, kind))
        return Text(self.text, tuple(sorted(marks)))


def _italic(span: Span) -> bool:
    return span.italic


def _bold(span: Span) -> bool:
    return span.bold


def _superscript(span: Span) -> bool:
    return span.raised > 0


def _subscript(span: Span) -> bool:
    return span.raised < 0


_STYLES: tuple[tuple[MarkKind, Callable[[Span], bool]], ...] = (("italic", _italic), ("bold", _bold), ("superscript", _superscript), ("subscript", _subscript))


def lines_of(page: Page) -> list[Line]:
    """The lines of a page from top to bottom."""
    rows = _attach_small(_rows(page.runs))
    lines = (_line(page.number, row) for row in rows)
    return [line for line in lines if line is not None]


class _Row:
    """Runs on one baseline, before they are a line."""

    __slots__ = ("baseline", "runs", "size", "small")

    def __init__(self, runs: list[Run]) -> None:
        self.runs = runs
        self.small: dict[int, int] = {}
        inked = [run for run in runs if not run.text.isspace()]
        self.size = max((run.size for run in inked), default=0.0)
        self.baseline = inked[0].baseline if inked else runs[0].baseline

    @property
    def inked(self) -> list[Run]:
        return [run for run in self.runs if not run.text.isspace()]


def _rows(runs: Iterable[Run]) -> list[_Row]:
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.baseline):
        if rows and run.baseline - rows[-1][-1].baseline <= SAME_BASELINE:
            rows[-1].append(run)
        else:
            rows.append([run])
    return [row for row in map(_Row, rows) if row.size]


def _attach_small(rows: list[_Row]) -> list[_Row]:
    """Moves superscripts to the line below them and subscripts to the line above."""
    for at, row in enumerate(rows):
        for raised, near in ((1, rows[at + 1 : at + 3]), (-1, rows[max(at - 2, 0) : at])):
            for other in near:
                moved = [run for run in row.inked if _is_small_on(run, other, raised)]
                for run in moved:
                    row.runs.remove(run)
                    other.runs.append(run)
                    other.small[id(run)] = raised
    return [row for row in rows if row.inked]


def _is_small_on(run: Run, row: _Row, raised: int) -> bool:
    offset = (row.baseline - run.baseline) * raised
    for other in row.runs:
        if (
            run.size <= SMALL * other.size
            and RAISED[0] * other.size <= offset <= RAISED[1] * other.size
            and id(other) not in row.small
            and other.x0 - 2 * other.size <= run.x1
            and run.x0 <= other.x1 + 2 * other.size
            and not other.text.isspace()
        ):
            return True
    return False


def _line(page: int, row: _Row) -> Line | None:
    runs = list(_without_reprints(sorted(row.runs, key=lambda run: (run.x0, run.x1))))
    text: list[str] = []
    spans: list[Span] = []
    length = 0
    last: Run | None = None  # the last run with ink
    spaced = True
    for run in runs:
        if run.text.isspace():
            spaced = spaced or (last is not None and _adds_space(run, last))
            if last is not None and not text[-1].endswith(" ") and spaced:
                text.append(" ")
                length += 1
            continue
        content = " ".join(run.text.replace("\u00a0", " ").split(" "))
        if last is not None and not spaced and not content.startswith(" "):
            gap = run.x0 - last.x1
            if gap > WORD_GAP * max(run.size, last.size) and run.text not in _CLINGING:
                text.append(" ")
                length += 1
                spaced = True
        if spaced:
            content = content.lstrip(" ")
        while "  " in content:
            content = content.replace("  ", " ")
        span = Span(
            length,
            length + len(content),
            run.x0,
            run.x1,
            run.size,
            run.font.bold,
            run.font.italic,
            row.small.get(id(run), 0),
            run.tag,
        )
        _add_span(spans, span)
        text.append(content)
        length += len(content)
        spaced = content.endswith(" ")
        last = run
    joined = "".join(text)
    if not joined.strip():
        return None
    inked = [run for run in runs if not run.text.isspace()]
    line = Line(
        page,
        min(run.x0 for run in inked),
        min(run.y0 for run in inked),
        max(run.x1 for run in inked),
        max(run.y1 for run in inked),
        row.baseline,
        _main_size(spans),
        joined,
        tuple(spans),
    )
    return line.part(0)


def _adds_space(space: Run, last: Run) -> bool:
    """Whether a run of white space stands between words: always, but where it lies inside the run before it."""
    return space.x0 >= last.x1 - 0.3 * last.size


def _without_reprints(runs: Sequence[Run]) -> Iterator[Run]:
    """The runs without those printed twice at one place, which is how some programs make bold."""
    last: Run | None = None
    for run in runs:
        if last is not None and run.text == last.text and run.text.strip() and abs(run.x0 - last.x0) < 0.1 * run.size:
            continue
        last = run
        yield run


def _add_span(spans: list[Span], span: Span) -> None:
    if spans:
        last = spans[-1]
        same = (
            (last.bold, last.italic, last.raised, last.tag) == (span.bold, span.italic, span.raised, span.tag)
            and abs(last.size - span.size) < 0.1
            and span.x0 - last.x1 < SPAN_GAP * span.size
        )
        if same:
            spans[-1] = msgspec.structs.replace(last, end=span.end, x1=max(last.x1, span.x1))
            return
        if span.start > last.end:  # the space between belongs to the span before it
            spans[-1] = msgspec.structs.replace(last, end=span.start)
    spans.append(span)


def _main_size(spans: Sequence[Span]) -> float:
    weight: dict[float, int] = {}
    for span in spans:
        if not span.raised:
            weight[span.size] = weight.get(span.size, 0) + span.end - span.start
    return max(weight, key=lambda size: (weight[size], size)) if weight else spans[0].size
