"""Tables: lines between ruling lines, put into rows and columns.

United Nations tables are ruled across: above and below the header and at the end, seldom between rows and
never between columns. A column's edges are where Word breaks the rules, or else the white lanes that no
text crosses. A row begins where the space above a line is larger than the leading inside a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from unresolve.readers.pages import Rule

from .lines import Line
from .mirror import mirrored, mirrored_rule
from .zones import Sheet

__all__ = ["Grid", "GridCell", "grids_of", "join_grids"]

ROW_GAP = 1.32
"""Lines further apart than this many sizes stand in two rows: leading in a cell is at most 1.25, rows 1.4."""

COLUMN_GAP = 0.9
"""Text this many sizes apart stands in two columns."""

WORD_GAP = 0.4
"""Text this many sizes apart may stand in two columns, if the other rows leave the same lane."""

LANE = 3.0
"""A white lane between two columns is at least this wide (points)."""

LONGEST = 60
"""Characters of a line in a cell set as large as the text; a line of a paragraph has some 85."""

WIDE = 0.4
"""A table is at least this share of the page wide."""


class GridCell(msgspec.Struct, frozen=True):
    """The lines of a cell and how many columns it spans."""

    lines: tuple[Line, ...] = ()
    header: bool = False
    colspan: int = 1


class Grid(msgspec.Struct, frozen=True):
    """A table on one page, or joined over several: ``lines`` are all it took from the body."""

    lines: tuple[Line, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    columns: int
    closed: bool = True

    @property
    def header(self) -> tuple[tuple[GridCell, ...], ...]:
        """Its header rows."""
        return tuple(row for row in self.rows if row and row[0].header)


class _Level(msgspec.Struct, frozen=True):
    """Ruling lines at one height."""

    y: float
    pieces: tuple[Rule, ...]

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return self.pieces[-1].x1


def grids_of(sheet: Sheet, body: Sequence[Line], body_size: float) -> list[Grid]:
    """The tables among lines of a page's body (the masthead left out), from top to bottom.

    Columns are in the order of reading: from the right on a right-to-left page, which is looked at in a mirror.
    """
    if 2 * sum(line.rtl for line in body) <= len(body):
        return _grids(sheet, body, body_size)
    seen = [mirrored(line) for line in body]
    page = {id(there): here for there, here in zip(seen, body, strict=True)}
    sheet = msgspec.structs.replace(sheet, rules=tuple(mirrored_rule(rule) for rule in sheet.rules))
    return [
        msgspec.structs.replace(
            grid, lines=tuple(page[id(line)] for line in grid.lines), rows=tuple(map(_from_mirror, grid.rows))
        )
        for grid in _grids(sheet, seen, body_size)
    ]


def _from_mirror(row: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
    return tuple(msgspec.structs.replace(cell, lines=tuple(map(mirrored, cell.lines))) for cell in row)


def _grids(sheet: Sheet, body: Sequence[Line], body_size: float) -> list[Grid]:
    levels = list(_levels(sheet, body))
    grids: list[Grid] = []
    group: list[_Level] = []
    for level in levels:
        if group and not _tabular(_between(body, group[-1].y, level.y), body_size):
            above = [line for line in body if line.baseline <= level.y]
            grids.extend(_grid(group, above, body_size, last=False))
            group = []
        group.append(level)
    grids.extend(_grid(group, body, body_size))
    return grids


def join_grids(before: Grid, after: Grid) -> Grid | None:
    """One table of two that stand at the end of a page and the top of the next; None if they are two tables."""
    if before.columns != after.columns or before.closed:
        return None
    rows = after.rows
    header = before.header or before.rows[:1]
    if header and [_words(row) for row in rows[: len(header)]] == [_words(row) for row in header]:
        rows = rows[len(header) :]
    elif after.header and before.header:
        return None
    return Grid((*before.lines, *after.lines), (*before.rows, *rows), before.columns, after.closed)


def _words(row: tuple[GridCell, ...]) -> tuple[str, ...]:
    return tuple(" ".join(line.text for line in cell.lines) for cell in row)


def _levels(sheet: Sheet, body: Sequence[Line]) -> Iterator[_Level]:
    """Heights at which rules cover the width of a table, below head and masthead and above the notes."""
    if not body:
        return
    top = max((line.baseline for line in sheet.head), default=body[0].y0 - 2 * body[0].size) + 8.0
    bottom = (sheet.note_rule or sheet.height) - 0.5
    rules = sorted(
        (r for r in sheet.rules if r.y1 - r.y0 <= 3.0 and r.x1 - r.x0 > 3.0 and top < r.y0 < bottom),
        key=lambda r: (round(r.y0), r.x0),
    )
    level: list[Rule] = []
    for rule in rules:
        if level and abs(rule.y0 - level[-1].y0) > 1.5:
            yield from _level(level, sheet)
            level = []
        level.append(rule)
    yield from _level(level, sheet)


def _level(rules: list[Rule], sheet: Sheet) -> Iterator[_Level]:
    rules = sorted(rules, key=lambda r: r.x0)
    if rules and rules[-1].x1 - rules[0].x0 >= WIDE * sheet.width:
        yield _Level(rules[0].y0, tuple(rules))


def _between(lines: Sequence[Line], top: float, bottom: float) -> list[Line]:
    return [line for line in lines if top - 1.0 < line.baseline <= bottom + 1.0]


def _tabular(lines: Sequence[Line], body_size: float) -> bool:
    """Whether lines between two rules belong to one table: set in columns or smaller than the text.

    A long line in the size of the text is a paragraph, also where a tab parts its number from it, and a line
    in one piece among smaller ones is the title of the next table.
    """
    smaller = [line.size < body_size - 0.8 for line in lines]
    if all(smaller):
        return True
    parts = [line.columns(COLUMN_GAP) for line in lines]
    prose = any(part.size > body_size - 0.5 and len(part.text) > LONGEST for columns in parts for part in columns)
    title = any(smaller) and any(len(columns) == 1 and not small for columns, small in zip(parts, smaller, strict=True))
    return any(len(columns) > 1 for columns in parts) and not prose and not title


def _grid(group: Sequence[_Level], body: Sequence[Line], body_size: float, *, last: bool = True) -> Iterator[Grid]:
    if not group:
        return
    lines = _between(body, group[0].y, group[-1].y) + _tail(body, group, body_size, last)
    if not any(len(line.columns(COLUMN_GAP)) > 1 for line in lines):
        return
    edges = _edges(group, lines)
    if len(edges) < 3:
        return
    found = _rows(lines, group)
    heads = _header_rows(found, group)
    rows = tuple(_row(row, edges, at < heads) for at, row in enumerate(found))
    yield Grid(tuple(lines), rows, len(edges) - 1, closed=body[-1] is not lines[-1])


def _header_rows(rows: Sequence[Sequence[Line]], group: Sequence[_Level]) -> int:
    """How many rows are the header: those above the second rule, else those set in italics throughout."""
    if len(group) > 1:
        above = sum(row[-1].baseline <= group[1].y + 1.0 for row in rows)
        if 0 < above < len(rows):
            return above
    heads = 0
    while heads < len(rows) and all(line.italic for line in rows[heads]):
        heads += 1
    return heads


def _tail(body: Sequence[Line], group: Sequence[_Level], body_size: float, last: bool) -> list[Line]:
    """Rows below the last rule: the table goes on over the page, or another one follows.

    They are set smaller than the text, or each of their parts stands within one column of the broken rules.
    """
    tail: list[Line] = []
    pieces = max((level.pieces for level in group), key=len)
    for line in body:
        if line.baseline <= group[-1].y + 1.0:
            continue
        parts = line.columns(COLUMN_GAP)
        inside = line.x0 >= group[-1].x0 - 3.0 and line.x1 <= group[-1].x1 + 3.0
        fits = len(pieces) > 1 and all(
            any(piece.x0 - 3.0 <= part.x0 and part.x1 <= piece.x1 + 3.0 for piece in pieces) for part in parts
        )
        alike = last or not tail or abs(line.size - tail[0].size) < 0.8  # what follows may be a title
        if not (inside and alike and (line.size < body_size - 0.8 or fits)) or (not tail and len(parts) < 2):
            break
        tail.append(line)
    return tail if tail and (tail[-1] is body[-1] or not last) else []


def _edges(group: Sequence[_Level], lines: Sequence[Line]) -> list[float]:
    """The left edges of the columns, and the right edge of the table."""
    most = max(group, key=lambda level: len(level.pieces))
    if len(most.pieces) > 1:
        return [*(piece.x0 for piece in most.pieces), most.x1]
    rows = [line for line in lines if not line.italic] or lines  # a header may be wider than its column
    spans = sorted((part.x0, part.x1) for line in rows for part in line.columns(WORD_GAP) if _narrow(part, line, most))
    edges = [most.x0]
    reach = spans[0][1] if spans else most.x1
    for x0, x1 in spans[1:]:
        if x0 - reach >= LANE:
            edges.append((reach + x0) / 2)
        reach = max(reach, x1)
    return [*edges, most.x1]


def _narrow(part: Line, line: Line, level: _Level) -> bool:
    """Whether a part may tell of a column: a line that is one part may be a heading across the table."""
    return part.text != line.text or part.x1 - part.x0 < 0.3 * (level.x1 - level.x0)


def _rows(lines: Sequence[Line], group: Sequence[_Level]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in lines:
        if rows:
            last = rows[-1][-1]
            ruled = any(last.baseline < level.y < line.baseline for level in group)
            if not ruled and line.baseline - last.baseline <= ROW_GAP * max(line.size, last.size):
                rows[-1].append(line)
                continue
        rows.append([line])
    return rows


def _row(lines: Sequence[Line], edges: Sequence[float], header: bool) -> tuple[GridCell, ...]:
    cells: dict[int, list[Line]] = {}
    spans: dict[int, int] = {}
    for line in lines:
        for part in _parts(line, edges):
            first = _column(part.x0 + 1.0, edges)
            last = _column(part.x1 - 1.0, edges)
            if last > first and not _really(part, edges, first):
                first, last = last, last
            cells.setdefault(first, []).append(part)
            spans[first] = max(spans.get(first, 1), last - first + 1)
    row: list[GridCell] = []
    at = 0
    while at < len(edges) - 1:
        span = min(spans.get(at, 1), len(edges) - 1 - at)
        while span > 1 and any(at + k in cells for k in range(1, span)):
            span -= 1
        row.append(GridCell(tuple(cells.get(at, ())), header, span))
        at += span
    return tuple(row)


def _parts(line: Line, edges: Sequence[float]) -> list[Line]:
    """The parts of a line by columns; a wide word space inside a column parts nothing."""
    cuts = [0]
    for before, after in pairwise(line.spans):
        apart = after.x0 - before.x1 >= WORD_GAP * line.size
        if apart and _column((before.x0 + before.x1) / 2, edges) != _column((after.x0 + after.x1) / 2, edges):
            cuts.append(after.start)
    return [part for a, b in pairwise([*cuts, len(line.text)]) if (part := line.part(a, b)).text]


def _really(part: Line, edges: Sequence[float], first: int) -> bool:
    """Whether a part begins in its first column by more than a hair: right-aligned figures may hang over."""
    return edges[first + 1] - part.x0 > 0.3 * (part.x1 - part.x0)


def _column(x: float, edges: Sequence[float]) -> int:
    for at, (_, right) in enumerate(pairwise(edges)):
        if x < right:
            return at
    return len(edges) - 2
