"""Tables without rules: rows whose parts stand below one another.

Annexes of budgets and the tables of older reports have none. Only strong evidence makes a table: at least three rows,
columns that every part keeps to by its left edge, its right edge or its middle, white lanes between them that no line
crosses, and figures in one of them, or at least three columns without a gap. Numbered paragraphs, lists of contents
and signatures side by side are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from unresolve.patterns import late
from unresolve.readers.pages import Rule

from .cells import GridCell
from .columns import Level, column_of, edges_of
from .grid import Grid, from_mirror
from .line import Line
from .mirror import mirrored

__all__ = ["aligned_grids"]

ROWS = 3
"""Rows of several parts that show a table."""

NEAR = 2.5
"""Edges this near (points) are one."""

SHARE = 0.8
"""Of the parts of a column so many keep to its edge."""

LONGEST = 60
"""Characters of a part in a column behind the first; a line of a paragraph has more."""

APART = 3.2
"""Rows further apart than so many sizes are of two tables."""

LEADING = 1.36
"""Lines of one cell are nearer to one another, in sizes."""

BESIDE = 0.6
"""Lines beside one another whose baselines differ by less, in sizes, are one row: figures among Arabic by 0.4."""

_FIGURE = late(r"[(−–-]?\s?[$€£]?\s?\p{N}[\p{N}\s.,/٫٬]*\s?[%٪)]?[\p{Ll}*]?|[–—−-]|\.\.|n/a", regex.IGNORECASE)
_MARKER = late(r"[(（]?[\p{L}\p{N}]{1,5}\s?[-–.)）、]{1,2}|[•●▪–—*-]")
_LEADER = regex.compile(r"(?:[.·…]\s?){4,}")


def aligned_grids(lines: Sequence[Line], body_size: float) -> list[Grid]:
    """The tables without rules among lines of a page's body, from top to bottom.

    Columns are in the order of reading; a right-to-left page is looked at in a mirror.
    """
    if 2 * sum(line.rtl for line in lines) <= len(lines):
        return list(_grids(lines, body_size))
    seen = [mirrored(line) for line in lines]
    page = {id(there): here for there, here in zip(seen, lines, strict=True)}
    return [from_mirror(grid, page) for grid in _grids(seen, body_size)]


class _Band:
    """What stands side by side: a line, or two in faces whose figures stand a little higher, in parts from the left."""

    def __init__(self, line: Line) -> None:
        self.lines = [line]
        self.parts = line.columns()

    def takes(self, line: Line) -> bool:
        """Takes a line that stands beside its own, so near to their height that it is no other row."""
        last = self.lines[-1]
        beside = all(part.x1 < line.x0 or part.x0 > line.x1 for part in self.parts)
        if not beside or not 0 <= line.baseline - last.baseline < BESIDE * last.size:
            return False
        self.lines.append(line)
        self.parts = sorted([*self.parts, *line.columns()], key=lambda part: part.x0)
        return True

    @property
    def last(self) -> Line:
        """Its lowest line."""
        return self.lines[-1]


def _grids(lines: Sequence[Line], body_size: float) -> Iterator[Grid]:
    bands: list[_Band] = []
    for line in lines:
        if not (bands and bands[-1].takes(line)):
            bands.append(_Band(line))
    at = 0
    while at < len(bands):
        run = _run(bands, at, body_size)
        grid = _grid(run) if len(run) >= ROWS else None
        if grid is not None:
            yield grid
            at += len(run)
        else:
            at += 1


def _run(bands: Sequence[_Band], start: int, body_size: float) -> list[_Band]:
    """The rows from one of several parts on that may stand in one table with it, the last of them one as well."""
    run: list[_Band] = []
    if len(bands[start].parts) < 2:
        return run
    for band in bands[start:]:
        if run and (_apart(run[-1].last, band.lines[0]) or not _may_stand(band, run, body_size)):
            break
        run.append(band)
    while run and len(run[-1].parts) < 2 and not _goes_on(run[-1].last, run[:-1]):
        run.pop()
    return run


def _apart(last: Line, line: Line) -> bool:
    gap = line.baseline - last.baseline
    return gap <= 0 or gap > APART * max(line.size, last.size) or abs(line.size - last.size) > 1.0


def _may_stand(band: _Band, run: Sequence[_Band], body_size: float) -> bool:
    """Whether a line is set in columns, or is part of the first cell of a row, in the white that the others leave."""
    if any(_LEADER.search(line.text) or line.size > body_size + 0.8 for line in band.lines):
        return False
    if len(band.parts) > 1:
        return True
    second = min(other.parts[1].x0 for other in run if len(other.parts) > 1)
    return band.last.x1 < second - band.last.size


def _goes_on(line: Line, run: Sequence[_Band]) -> bool:
    """Whether a last line of one part belongs to the cell above it."""
    near = bool(run) and line.baseline - run[-1].last.baseline < LEADING * line.size
    return near and line.x0 > run[0].parts[0].x0 + line.size


def _grid(run: list[_Band]) -> Grid | None:
    lines = [line for band in run for line in band.lines]
    left, right, top = min(line.x0 for line in lines), max(line.x1 for line in lines), lines[0].y0
    edges = edges_of([Level(top, (Rule(left, top, right, top),))], lines)
    if len(edges) < 3:
        return None
    rows = [_cells(band, edges) for band in run]
    if any(len(parts) > 1 for row in rows for parts in row.values()):
        return None
    heads = _heads(rows, len(edges) - 1)
    full = [row for row in rows[heads:] if len(row) > 1]
    columns = range(len(edges) - 1)
    cells = {at: [row[at][0] for row in full if at in row] for at in columns}
    if len(full) < ROWS or not _even(cells, full) or _is_list(cells) or not _is_told(cells, full):
        return None
    made = tuple(_frozen(_joined(run, rows, heads), len(columns), bool(heads)))
    return Grid(tuple(lines), made, edges) if len(made) >= ROWS else None


def _cells(band: _Band, edges: Sequence[float]) -> dict[int, list[Line]]:
    """The parts of a row by the column they stand in."""
    found: dict[int, list[Line]] = {}
    for part in band.parts:
        found.setdefault(column_of((part.x0 + part.x1) / 2, edges), []).append(part)
    return found


def _even(cells: dict[int, list[Line]], full: Sequence[object]) -> bool:
    """Whether the parts of every column but the first keep to an edge of it, and none is prose."""
    for at, parts in cells.items():
        if len(parts) < ROWS - 1 or (at and any(len(part.text) > LONGEST for part in parts)):
            return False
        if not any(map(_common, _sides(parts))):
            return False
    return sum(map(len, cells.values())) >= 0.7 * len(cells) * len(full)


def _sides(parts: Sequence[Line]) -> Iterator[list[float]]:
    """The left edges, the right edges and the middles of the parts of a column."""
    yield [part.x0 for part in parts]
    yield [part.x1 for part in parts]
    yield [(part.x0 + part.x1) / 2 for part in parts]


def _common(edges: Sequence[float]) -> bool:
    most = max(sum(abs(edge - other) <= NEAR for other in edges) for edge in edges)
    return most >= SHARE * len(edges)


def _is_list(cells: dict[int, list[Line]]) -> bool:
    """Whether the first column holds the numbers of paragraphs or points, and the second their texts."""
    return len(cells) == 2 and sum(_MARKER.fullmatch(part.text) is not None for part in cells[0]) > 1


def _figures(parts: Sequence[Line]) -> int:
    return sum(_FIGURE.fullmatch(part.text) is not None for part in parts)


def _is_told(cells: dict[int, list[Line]], full: Sequence[object]) -> bool:
    """Whether figures stand below one another, or else every row fills at least three columns."""
    figures = any(at and _figures(parts) >= max(ROWS, 0.7 * len(parts)) for at, parts in cells.items())
    return figures or (len(cells) > 2 and len(full) > ROWS and all(len(parts) == len(full) for parts in cells.values()))


def _heads(rows: Sequence[dict[int, list[Line]]], columns: int) -> int:
    """How many lines at the top are the header: those that have words where all below have figures."""
    for at in range(1, columns):
        parts = [(number, row[at]) for number, row in enumerate(rows) if at in row]
        first = next((number for number, part in parts if _figures(part)), 0)
        below = [part for number, part in parts if number >= first]
        if first and sum(map(_figures, below)) >= max(ROWS, 0.7 * len(below)):
            return max((number + 1 for number, row in enumerate(rows[:first]) if len(row) > 1), default=0)
    return 0


def _joined(run: Sequence[_Band], rows: Sequence[dict[int, list[Line]]], heads: int) -> list[dict[int, list[Line]]]:
    """The rows, each with the lines of one part that belong to a cell of it; the header is one row."""
    made: list[dict[int, list[Line]]] = []
    for at, row in enumerate(rows):
        last, line = run[at - 1].last, run[at].last
        below = at and line.baseline - last.baseline < LEADING * line.size
        on = below and len(row) == 1 and at > heads and _continues(row, made[-1])
        if made and (0 < at < heads or on):
            for column, parts in row.items():
                made[-1].setdefault(column, []).extend(parts)
        else:
            made.append({column: list(parts) for column, parts in row.items()})
    return made


def _continues(row: dict[int, list[Line]], above: dict[int, list[Line]]) -> bool:
    """Whether a line of one part goes on with a cell above: it is indented, or begins with a small letter."""
    (column, (part,)) = next(iter(row.items()))
    if column not in above:
        return False
    first = above[column][0]
    return part.text[:1].islower() or part.x0 > first.x0 + 0.6 * part.size or column > 0


def _frozen(rows: Sequence[dict[int, list[Line]]], columns: int, header: bool) -> Iterator[tuple[GridCell, ...]]:
    for number, row in enumerate(rows):
        yield tuple(GridCell(tuple(row.get(at, ())), header and not number) for at in range(columns))
