"""Running text in two columns, read one column after the other.

Official records, summary records and some bulletins and information papers are set so: below a heading across the
page two columns of one width, parted by a gutter that no line crosses. What crosses it (a heading, a figure, a rule)
ends the two columns, and others may begin below. Tables, the head of the first page and signatures side by side leave
a white lane too: their parts do not fill the columns, or their rows stand side by side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from unresolve.patterns import late
from unresolve.readers.pages import Rule

from .line import Line
from .mirror import mirrored

__all__ = ["Gutter", "gutters_of", "in_columns"]

LANE = 8.0
"""The gutter is at least this wide (points): 12 in records of the 1950s, 18 to 36 in Word."""

MIDDLE = 0.07
"""It stands in the middle of the text: so far from it at most, as a share of the text's width."""

LEAST = 8
"""Lines in each column that show a gutter."""

AGAIN = 3
"""Lines in each column that show it where another page has it at the same place."""

FILLED, SHARE = 0.72, 0.5
"""Half of the lines of a column fill this share of its width: cells and signatures do not."""

APART = 3.0
"""White across both columns, in sizes, that ends them: a heading's space is at most 2.5."""

ALIKE = 0.8
"""The narrower column has at least this share of the width of the other."""

LETTERS = 0.6
"""At least this share of the signs are letters: a page of figures is no text."""

CELLS = 0.1
"""Lines with white inside are those of cells if they are more than this share."""

_NUMBER = late(r"[(（]?[\p{L}\p{N}]{1,5}\s?[.)）、–-]|[•–—-]")

SAME = 2.5
"""Baselines this near (points) are of one row."""


class Gutter(msgspec.Struct, frozen=True):
    """A gutter: the white lane from ``x0`` to ``x1`` and the baselines of the first and the last line beside it."""

    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def lane(self) -> tuple[float, float]:
        """Its two sides."""
        return self.x0, self.x1


def gutters_of(lines: Sequence[Line], rules: Sequence[Rule], known: Sequence[Gutter] = ()) -> list[Gutter]:
    """The gutters of a page from top to bottom, given its lines without head and foot.

    ``known`` are those of other pages: where one stands at the same place, a few lines show it.
    """
    lane = _lane(lines) or next((known_.lane for known_ in known if _white(lines, known_)), None)
    if lane is None:
        return []
    again = any(abs(gutter.x1 - lane[1]) <= LANE / 2 for gutter in known)
    found = []
    for stretch in _stretches(lines, rules, lane):
        stretch = _without_head(stretch)
        columns = _columns(stretch, lane)
        begun = again and stretch == list(lines) and not columns[1]  # the last page may fill one column only
        if begun or _in_two(columns, AGAIN if again else LEAST):
            found.append(Gutter(*lane, stretch[0].baseline, stretch[-1].baseline))
    return found


def in_columns(lines: Iterable[Line], gutters: Sequence[Gutter]) -> list[Line]:
    """The lines in the order of reading: beside a gutter first those of one column, then those of the other."""
    ordered: list[Line] = []
    sides: tuple[list[Line], list[Line]] = ([], [])
    current: Gutter | None = None
    for line in lines:
        here = next((gutter for gutter in gutters if gutter.top <= line.baseline <= gutter.bottom), None)
        if here is not current:
            ordered += [*sides[0], *sides[1]]
            sides, current = ([], []), here
        if here is None:
            ordered.append(line)
            continue
        for part in _halves(line, here.lane):
            column = (part.x0 > here.x0) != part.rtl
            sides[column].append(msgspec.structs.replace(part, column=column + 1))
    return [*ordered, *sides[0], *sides[1]]


def _halves(line: Line, lane: tuple[float, float]) -> Iterator[Line]:
    """The parts of a line on both sides of a lane that it does not cross."""
    cuts = [after.start for before, after in pairwise(line.spans) if (before.x0 < lane[0]) != (after.x0 < lane[0])]
    return (part for a, b in pairwise([0, *cuts, len(line.text)]) if (part := line.part(a, b)).text)


def _lane(lines: Sequence[Line]) -> tuple[float, float] | None:
    """The lane in front of the second column, if enough lines begin there."""
    if 2 * sum(line.rtl for line in lines) > len(lines):
        lane = _lane([mirrored(line) for line in lines])
        return (-lane[1], -lane[0]) if lane else None
    if len(lines) < LEAST:
        return None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    middle, off = (left + right) / 2, MIDDLE * (right - left)
    starts: Counter[int] = Counter()
    for line in lines:
        spans = sorted(line.spans, key=lambda span: span.x0)
        # The baselines of the columns need not agree, so that a line may stand in the second alone.
        ends = [float("-inf"), *(span.x1 for span in spans)]
        for end, span in zip(ends, spans, strict=False):
            if span.x0 - end >= LANE and middle - off <= span.x0 <= middle + off + LANE:
                starts[round(span.x0)] += 1
    edge = max(starts, key=lambda x: (starts[x], -x), default=0)
    beside = sum(count for x, count in starts.items() if x >= edge - 1)
    return (edge - 1.0 - LANE, edge - 2.0) if beside >= LEAST else None


def _white(lines: Sequence[Line], gutter: Gutter) -> bool:
    return any(not _crosses(line, gutter.lane) for line in lines)


def _crosses(line: Line, lane: tuple[float, float]) -> bool:
    return any(span.x0 < lane[1] and span.x1 > lane[0] for span in line.spans)


def _stretches(lines: Sequence[Line], rules: Sequence[Rule], lane: tuple[float, float]) -> Iterator[list[Line]]:
    """Lines one after the other that leave the lane white, with no rule across it and no wide space between."""
    across = [rule.y0 for rule in rules if rule.y1 - rule.y0 <= 3.0 and rule.x0 < lane[0] and rule.x1 > lane[1]]
    stretch: list[Line] = []
    for line in lines:
        if stretch:
            last = stretch[-1]
            ruled = any(last.baseline < y < line.baseline for y in across)
            apart = line.baseline - last.baseline > APART * max(line.size, last.size)
            notes = line.size < last.size - 0.4  # at the foot of both columns
            if ruled or (apart and not notes):
                yield stretch
                stretch = []
        if _crosses(line, lane):
            yield stretch
            stretch = []
        else:
            stretch.append(line)
    yield stretch


def _without_head(stretch: list[Line]) -> list[Line]:
    """The lines without those in larger type at their head: names and titles, as on the first page."""
    size = median(line.size for line in stretch) if stretch else 0.0
    at = next((len(stretch) - n for n, line in enumerate(reversed(stretch)) if line.size > size + 2.0), 0)
    return stretch[at:]


def _columns(stretch: Sequence[Line], lane: tuple[float, float]) -> tuple[list[Line], list[Line]]:
    """The parts of lines on both sides of a lane, in the order of reading."""
    columns: tuple[list[Line], list[Line]] = ([], [])
    for line in stretch:
        for part in _halves(line, lane):
            columns[(part.x0 > lane[0]) != part.rtl].append(part)
    return columns


def _in_two(columns: tuple[Sequence[Line], Sequence[Line]], least: int) -> bool:
    """Whether lines are two columns of running text."""
    if min(map(len, columns)) < least:
        return False
    widths = [max(line.x1 for line in column) - min(line.x0 for line in column) for column in columns]
    if min(widths) < ALIKE * max(widths):
        return False
    text = "".join(line.text for column in columns for line in column).replace(" ", "")
    letters = sum(character.isalpha() for character in text) >= LETTERS * len(text)
    full = all(_fills(column, width) for column, width in zip(columns, widths, strict=True))
    cells = any(_has_holes(column) or _has_cells(column) for column in columns)
    return letters and full and not cells and not _side_by_side(columns)


def _fills(column: Sequence[Line], width: float) -> bool:
    """Whether most lines fill their column, in one piece."""
    longest = (max(part.x1 - part.x0 for part in line.columns()) for line in column)
    return sum(length >= FILLED * width for length in longest) >= SHARE * len(column)


def _has_holes(column: Sequence[Line]) -> bool:
    """Whether white parts the lines of a column, as below a cell that is shorter than the one beside it."""
    return any(
        line.baseline - last.baseline > APART * last.size and line.size >= last.size - 0.4
        for last, line in pairwise(column)
    )


def _has_cells(column: Sequence[Line]) -> bool:
    """Whether many lines have white inside, but for that behind the number of a paragraph."""
    return sum(len(line.columns()) > 1 + _is_numbered(line) for line in column) > CELLS * len(column)


def _is_numbered(line: Line) -> bool:
    return _NUMBER.fullmatch(line.columns()[0].text) is not None


def _side_by_side(columns: tuple[Sequence[Line], Sequence[Line]]) -> bool:
    """Whether what begins in one column begins in the other at the same height, as the rows of a table do."""
    starts = [_starts(column) for column in columns]
    fewer, more = sorted(starts, key=len)
    if len(fewer) < 2:
        return False
    together = sum(any(abs(y - other) <= SAME for other in more) for y in fewer)
    return together >= 0.8 * len(more)


def _starts(column: Sequence[Line]) -> list[float]:
    """The heights at which there is more space above a line than between most lines."""
    gaps = [line.baseline - last.baseline for last, line in pairwise(column)]
    usual = median(gaps)
    return [line.baseline for gap, line in zip(gaps, column[1:], strict=True) if gap > 1.25 * usual]
