"""The columns of a table: where its ruling lines are broken, or a lane between two white ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from unresolve.readers.pages import Rule

from .lines import Line

__all__ = ["COLUMN_GAP", "WORD_GAP", "Level", "column_of", "edges_of"]

COLUMN_GAP = 0.9
"""Text this many sizes apart stands in two columns."""

WORD_GAP = 0.4
"""Text this many sizes apart may stand in two columns, if the other rows leave the same lane."""

LANE = 3.0
"""A white lane between two columns is at least this wide (points)."""

SPACER = 8.0
"""A piece of a rule narrower than this (points) that no text stands under keeps two columns apart."""


class Level(msgspec.Struct, frozen=True):
    """Ruling lines at one height, from left to right."""

    y: float
    pieces: tuple[Rule, ...]

    @property
    def x0(self) -> float:
        """The left end of the first."""
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        """The right end of the last."""
        return self.pieces[-1].x1

    @property
    def drawn(self) -> bool:
        """Printed, not supposed where a table goes on."""
        return self.pieces[0].y1 > self.pieces[0].y0

    @property
    def thick(self) -> bool:
        """Set as the rules below the header and at the end of a table are."""
        return max(rule.y1 - rule.y0 for rule in self.pieces) >= 1.2


def edges_of(group: Sequence[Level], lines: Sequence[Line]) -> tuple[float, ...]:
    """The left edges of the columns, and the right edge of the table."""
    found = [level for level in (_without_spacers(level, lines) for level in group) if level.pieces]
    if not found:
        return ()
    most = max(found, key=lambda level: len(level.pieces))
    if len(most.pieces) > 1:
        return (*(piece.x0 for piece in most.pieces), most.x1)
    rows = [line for line in lines if not line.italic] or lines  # a header may be wider than its column
    parts = [[part for part in line.columns(WORD_GAP) if _narrow(part, line, most)] for line in rows]
    spans = sorted((part.x0, part.x1) for row in parts for part in row)
    edges = [most.x0]
    reach = spans[0][1] if spans else most.x1
    for x0, x1 in spans[1:]:
        if x0 - reach >= LANE:
            edges.append((reach + x0) / 2)
        reach = max(reach, x1)
    return (most.x0, *_lanes([*edges, most.x1], parts), most.x1)


def _lanes(edges: Sequence[float], rows: Sequence[Sequence[Line]]) -> Iterator[float]:
    """The inner edges that rows show: one as wide as a column's gap, or else half of them.

    Word spaces that happen to stand below one another part nothing.
    """
    seen: dict[int, int] = {}
    wide: set[int] = set()
    for row in rows:
        for before, after in pairwise(sorted(row, key=lambda part: part.x0)):
            at = column_of(after.x0 + 1.0, edges)
            if column_of(before.x0 + 1.0, edges) == at - 1:
                seen[at] = seen.get(at, 0) + 1
                if after.x0 - before.x1 >= COLUMN_GAP * after.size:
                    wide.add(at)
    for at, edge in enumerate(edges[1:-1], 1):
        alone = at not in seen  # of rows that leave one of the two columns empty
        if alone or at in wide or 2 * seen[at] >= len(rows):
            yield edge


def _without_spacers(level: Level, lines: Sequence[Line]) -> Level:
    inked = [part for line in lines for part in line.columns(WORD_GAP)]
    kept = [
        piece
        for piece in level.pieces
        if piece.x1 - piece.x0 >= SPACER or any(piece.x0 <= (part.x0 + part.x1) / 2 <= piece.x1 for part in inked)
    ]
    return Level(level.y, tuple(kept))


def _narrow(part: Line, line: Line, level: Level) -> bool:
    """Whether a part may tell of a column: a line that is one part may be a heading across the table."""
    return part.text != line.text or part.x1 - part.x0 < 0.3 * (level.x1 - level.x0)


def column_of(x: float, edges: Sequence[float]) -> int:
    """The number of the column that ``x`` (points) stands in, given the edges; the last one beyond them."""
    for at, (_, right) in enumerate(pairwise(edges)):
        if x < right:
            return at
    return len(edges) - 2
