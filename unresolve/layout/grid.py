"""What the finders of tables give: lines in rows and columns."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from .cells import GridCell
from .columns import column_of
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
    if before.closed:
        return None
    if before.columns != after.columns:
        widened = _widened(after, before)
        if widened is None:
            return None
        after = widened
    header = before.header or before.rows[:1]
    again = 0
    while again < min(len(header), len(after.rows)) and _said(header[again]) == _said(after.rows[again]):
        again += 1
    if not again and after.header and before.header:
        return None
    return Grid((*before.lines, *after.lines), (*before.rows, *after.rows[again:]), before.edges, after.closed)


def _widened(after: Grid, before: Grid) -> Grid | None:
    """The rows below a repeated header in all columns of the table, where the page has some of them empty."""
    header = before.header or before.rows[:1]
    if before.columns != len(before.edges) - 1 or _said(header[0]) != _said(after.rows[0]):
        return None
    rows = []
    for row in after.rows:
        cells = {column_of(min(line.x0 for line in cell.lines) + 1.0, before.edges): cell for cell in row if cell.lines}
        if len(cells) < len(_said(row)) or any(cell.colspan + cell.rowspan > 2 for cell in row):
            return None
        rows.append(tuple(cells.get(at, GridCell(header=row[0].header)) for at in range(before.columns)))
    return msgspec.structs.replace(after, rows=tuple(rows))


def _said(row: tuple[GridCell, ...]) -> list[str]:
    """What the cells say that say anything."""
    texts = (" ".join(line.text for line in cell.lines) for cell in row)
    return [text for text in texts if text]
