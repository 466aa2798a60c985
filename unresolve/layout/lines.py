"""Glyph runs to lines of text: one line a baseline, superscripts and word spaces put where they belong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from unresolve.model.script import is_wide
from unresolve.readers.pages import Page, Run

from .line import Line, Span, main_size
from .links import with_links
from .rtl import is_rtl, line_from_right
from .underlines import with_underlines

__all__ = ["Line", "Span", "lines_of"]

SAME_BASELINE = 1.2
"""Runs whose baselines differ by no more than this (points) stand on one line: Word rounds to 0.24."""

SAME_LINE = 0.18
"""On right-to-left pages the same as a share of the size: Typst sets figures of another face 0.15 lower."""

SMALL = 0.82
"""A superscript is at most this share of the size beside it: Word uses 0.65, LibreOffice 0.58, Typst 0.6."""

LEAST = 0.55
"""Smaller still is a superscript only with a character or three: "Distr. general" stands in 10 points beside
"Consejo Económico y Social" in 20."""

RAISED = (0.08, 0.8)
"""How far above (or below) the line a superscript stands, as a share of the line's size."""

REACH = (2.0, 3.5)
"""How many sizes a superscript stands from the text beside it at most; on right-to-left pages the marker of a
note has brackets and a tab behind it."""

WORD_GAP = 0.24
"""Ink this share of the size apart belongs to two words where the file has no space of its own there."""

FIGURE_GAP = 0.36
"""The same between two figures, which stand in boxes of one width: a 1 leaves a tenth of the size empty on each side,
so that Word's justified "31" has a quarter of it between its ink."""

NO_ROOM = 0.12
"""A space that leaves less than this share of the size between the ink of two runs is none: the narrowest has 0.2."""

HAN_GAP = 0.9
"""The same beside a Chinese character: figures stand apart from it by up to 0.45 without a space."""

_CLINGING = ("-", "\u2010", ",", ".", ";", ":", ")", "]")
"""No space comes before these unless the file has one: Typst hangs a line-end hyphen into the margin."""

SPAN_GAP = 0.4
"""A gap of this many sizes begins a new span, so that columns can be told later."""


def lines_of(page: Page) -> list[Line]:
    """The lines of a page from top to bottom."""
    rtl = is_rtl(page.runs)
    rows = _attach_small(_rows(page.runs, SAME_LINE if rtl else 0.0), REACH[rtl])
    if rtl:
        drawn = {id(run): at for at, run in enumerate(page.runs)}
        lines = [line_from_right(page.number, _from_left(row), row.small, row.baseline, drawn) for row in rows]
    else:
        lines = [line for row in rows if (line := _line(page.number, row)) is not None]
    if page.links:
        lines = [with_links(line, page.links) for line in lines]
    return with_underlines(lines, page.rules)


class _Row:
    """Runs on one baseline, before they are a line."""

    __slots__ = ("baseline", "least", "runs", "size", "small")

    def __init__(self, runs: list[Run]) -> None:
        self.runs = runs
        self.small: dict[int, int] = {}
        inked = [run for run in runs if not run.text.isspace()]
        sizes = [run.size for run in inked]
        self.size = max(sizes, default=0.0)
        self.least = min(sizes, default=0.0)
        self.baseline = inked[0].baseline if inked else runs[0].baseline

    @property
    def inked(self) -> list[Run]:
        return [run for run in self.runs if not run.text.isspace()]


def _rows(runs: Iterable[Run], share: float) -> list[_Row]:
    """Runs on one baseline, within points or a share of the size."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.baseline):
        if rows and run.baseline - rows[-1][-1].baseline <= max(SAME_BASELINE, share * run.size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [row for row in map(_Row, rows) if row.size]


def _attach_small(rows: list[_Row], reach: float) -> list[_Row]:
    """Moves superscripts to the line below them and subscripts to the line above."""
    for at, row in enumerate(rows):
        for raised, near in ((1, rows[at + 1 : at + 3]), (-1, rows[max(at - 2, 0) : at])):
            for other in near:
                if row.least > SMALL * other.size:  # hardly a line has anything small
                    continue
                loose = [run for run in row.inked if id(run) not in row.small]
                moved = [run for run in loose if _is_small_on(run, other, raised, reach)]
                for run in _with_brackets(moved, loose):
                    row.runs.remove(run)
                    other.runs.append(run)
                    other.least = min(other.least, run.size)
                    other.small[id(run)] = raised
    return [row for row in rows if not all(run.text.isspace() for run in row.runs)]


def _with_brackets(moved: Sequence[Run], loose: Sequence[Run]) -> list[Run]:
    """The runs with the brackets that touch them, which may be out of reach: the first one of ``(12)``, in Arabic."""
    out = list(moved)
    for run in loose:
        if run not in out and run.text.strip() in _BRACKETS:
            touching = (near for near in moved if abs(near.size - run.size) < 0.1)
            if any(run.x0 - near.x1 < run.size and near.x0 - run.x1 < run.size for near in touching):
                out.append(run)
    return out


_BRACKETS = frozenset("()[]")


def _is_small_on(run: Run, row: _Row, raised: int, reach: float) -> bool:
    offset = (row.baseline - run.baseline) * raised
    if run.size > SMALL * row.size or not 0.0 < offset <= RAISED[1] * row.size:
        return False
    if run.size < LEAST * row.size and len(run.text) > 3:
        return False
    for other in row.runs:
        if (
            run.size <= SMALL * other.size
            and RAISED[0] * other.size <= offset <= RAISED[1] * other.size
            and id(other) not in row.small
            and other.x0 - reach * other.size <= run.x1
            and run.x0 <= other.x1 + reach * other.size
            and not other.text.isspace()
        ):
            return True
    return False


def _from_left(row: _Row) -> list[Run]:
    return list(_without_reprints(sorted(row.runs, key=lambda run: (run.x0, run.x1))))


def _line(page: int, row: _Row) -> Line | None:
    runs = _from_left(row)
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
        content = run.text.replace("\u00a0", " ")
        if last is not None and spaced and _hyphen_clings("".join(text[-2:]), run, last):
            text[-1] = text[-1].removesuffix(" ")
            length -= 1
            spans[-1] = msgspec.structs.replace(spans[-1], end=min(spans[-1].end, length))
            spaced = False
        elif last is not None and not spaced and not content.startswith(" "):
            gap = run.x0 - last.x1
            least = FIGURE_GAP if text[-1][-1:].isdigit() and content[:1].isdigit() else WORD_GAP
            wide = gap > least * max(run.size, last.size)
            if wide and not _clings(run, row) and (gap > HAN_GAP * run.size or not _beside_han(last, run)):
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
        main_size(spans),
        joined,
        tuple(spans),
    )
    return line.part(0)


def _hyphen_clings(before: str, run: Run, last: Run) -> bool:
    """Whether the space behind a hyphen takes no room: Word's justification writes one after "non-"."""
    return before.endswith(("- ", "\u2010 ", "\u2011 ")) and run.x0 - last.x1 < NO_ROOM * run.size


def _clings(run: Run, row: _Row) -> bool:
    """Whether a run stands at the word before it: superscripts do, and most signs of punctuation."""
    return row.small.get(id(run), 0) > 0 or run.text.startswith(_CLINGING)


def _beside_han(before: Run, after: Run) -> bool:
    """Whether a Chinese character or full-width sign stands at the gap: figures keep off it without a space."""
    return is_wide(before.text[-1:]) or is_wide(after.text[:1])


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
