"""Grids of lines to tables of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from unresolve.layout.aligned import aligned_grids
from unresolve.layout.grid import Grid, GridCell, join_grids
from unresolve.layout.join import Hyphens, join
from unresolve.layout.lines import Line
from unresolve.layout.tables import grids_of
from unresolve.layout.zones import Layout, Sheet
from unresolve.model import Cell, Row, Table, Text

from .notes import Calls, Found
from .pieces import boxes_of

__all__ = ["table_of", "tables_of"]


def tables_of(layout: Layout, lines: Sequence[Line]) -> list[Grid]:
    """The tables among the lines of the body; those that a page end cut are joined."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        if not line.column:
            pages.setdefault(line.page, []).append(line)
    grids: list[Grid] = []
    for sheet in layout.sheets:
        body = pages.get(sheet.page, [])
        cut = grids[-1] if grids and _cut(grids[-1], sheet) else None
        ruled = grids_of(sheet, body, layout.body_size, cut)
        for grid in sorted([*ruled, *_without_rules(body, ruled, layout.body_size)], key=lambda grid: _top(grid)):
            tops = grid.lines[0] is sheet.body[0]
            joined = join_grids(grids[-1], grid) if grids and tops else None
            if joined is not None:
                grids[-1] = joined
            else:
                grids.append(grid)
    return grids


def _without_rules(body: Sequence[Line], ruled: Sequence[Grid], body_size: float) -> Iterator[Grid]:
    """The tables without rules between those that have them."""
    taken = {id(line) for grid in ruled for line in grid.lines}
    for ours, stretch in groupby(body, key=lambda line: id(line) not in taken):
        if ours:
            yield from aligned_grids(list(stretch), body_size)


def _top(grid: Grid) -> float:
    return grid.lines[0].baseline


def _cut(grid: Grid, sheet: Sheet) -> bool:
    """Whether a table stands open at the end of the page before."""
    return not grid.closed and grid.lines[-1].page == sheet.page - 1


Place = Callable[[Text, int], Text]
"""Puts the calls of notes into a text that begins on a page."""


def table_of(grid: Grid, caption: Sequence[Line], hyphens: Hyphens, calls: Calls, notes: Sequence[Found] = ()) -> Table:
    """The table of a grid, of the lines of its caption and of its own notes; its id is given later."""
    own = Calls(notes)

    def place(text: Text, page: int) -> Text:
        return calls.place(own.place(text, page), page)

    return Table(
        "",
        tuple(Row(tuple(_cell(cell, hyphens, place) for cell in row)) for row in grid.rows),
        place(join(caption, hyphens), caption[0].page) if caption else None,
        boxes_of([*caption, *grid.lines]),
        tuple(found.note.id for found in notes),
    )


def _cell(cell: GridCell, hyphens: Hyphens, place: Place) -> Cell:
    if not cell.lines:
        return Cell((), cell.header, cell.colspan, cell.rowspan)
    text = place(join(cell.lines, hyphens), cell.lines[0].page)
    return Cell((text,), cell.header, cell.colspan, cell.rowspan)
