"""What the finders of tables give: lines in rows and columns."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from .cells import GridCell
from .line import Line
from .mirror import mirrored

__all__ = ["Grid", "GridCell", "from_mirror", "join_grids"]


class Grid(msgspec.Struct, frozen=True):
    """A table on one page, or joined over several: ``lines`` are all it took from the body.

    ``edges`` are the left edges of its columns and its right edge, in the mirror where the page is read from
    the right. ``closed`` is false where the page cuts it.
    """

    lines: tuple[Line, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    edges: tuple[float, ...]
    closed: bool = True

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return max(sum(cell.colspan for cell in row) for row in self.rows)

    @property
    def header(self) -> tuple[tuple[GridCell, ...], ...]:
        """Its header rows."""
        return tuple(row for row in self.rows if row and row[0].header)


def from_mirror(grid: Grid, page: Mapping[int, Line]) -> Grid:
    """A grid found in the mirror as it stands on the page; ``page`` gives the line there for the id of one seen."""
    rows = tuple(
        tuple(msgspec.structs.replace(cell, lines=tuple(map(mirrored, cell.lines))) for cell in row)
        for row in grid.rows
    )
    return msgspec.structs.replace(grid, lines=tuple(page[id(line)] for line in grid.lines), rows=rows)


def join_grids(before: Grid, after: Grid) -> Grid | None:
    """One table of two that stand at the end of a page and the top of the next; None if they are two tables."""
    if before.columns != after.columns or before.closed:
        return None
    header = before.header or before.rows[:1]
    again = 0
    while again < min(len(header), len(after.rows)) and _words(header[again]) == _words(after.rows[again]):
        again += 1
    if not again and after.header and before.header:
        return None
    return Grid((*before.lines, *after.lines), (*before.rows, *after.rows[again:]), before.edges, after.closed)


def _words(row: tuple[GridCell, ...]) -> tuple[str, ...]:
    return tuple(" ".join(line.text for line in cell.lines) for cell in row)
