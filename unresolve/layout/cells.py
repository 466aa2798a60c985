"""The cells of a table: its rows, and what spans several of its columns or rows.

A row begins where a line stands further below the last one than the leading inside a cell, in its own column: beside
"164" a cell of three lines goes on. Where the space leaves it in doubt, a row begins where the line above had room for
more. In the header the ruling lines say what spans columns ("Variance" above "Amount" and "Percentage") and what spans
rows ("Category" beside both).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
import regex

from unresolve.patterns import late
from unresolve.readers.pages import Rule

from .columns import WORD_GAP, Level, column_of
from .lines import Line

__all__ = ["GridCell", "cells_of"]

ROW_GAP = (1.28, 1.36)
"""Lines less than so many sizes apart stand in one row, those further apart than the second in two: leading in a cell
is at most 1.25, rows 1.4."""

WIDE_ROW_GAP = (1.22, 1.9)
"""The same in Arabic and Chinese: leading in a cell is up to 1.74 in LibreOffice, rows 1.3 in Typst."""

_FIGURES = late(r"[\d .,()–-]+")
_UNIT = late(r"[(（][^()（）]{2,80}[)）]")
_HAN = regex.compile(r"\p{Han}")
_WIDE = late(r"[\p{Han}\p{Arabic}]")

LEVEL = 2.0
"""Baselines this near to one another (points) stand beside one another."""


class GridCell(msgspec.Struct, frozen=True):
    """The lines of a cell and how many columns and rows it spans."""

    lines: tuple[Line, ...] = ()
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


Row = dict[int, "_Entry"]
"""The entries of a row by the column they begin in."""


class _Entry(msgspec.Struct):
    """What stands in a row from one column on."""

    lines: list[Line]
    colspan: int = 1
    rowspan: int = 1


def cells_of(
    lines: Sequence[Line], edges: Sequence[float], group: Sequence[Level], inner: Sequence[Rule], heads: float | None
) -> tuple[tuple[GridCell, ...], ...]:
    """The rows of a table.

    ``group`` are the rules across it, ``inner`` those inside its header, which cover all of its columns or some.
    Rows above the height ``heads`` are the header; without one, those at the top that are set in italics throughout.
    """
    leading = _Leading(lines, edges)
    chunks = list(_chunks(lines, group, leading))
    head = _header_chunks(chunks, heads)
    top = [line for chunk in chunks[:head] for line in chunk]
    rows = _banded(top, edges, inner) if inner and top else _loose([_row(chunk, edges) for chunk in chunks[:head]])
    for row, rules in zip(rows, [group[0].pieces if group else (), *_bands(inner)], strict=False):
        for rule in rules:
            _widen(row, _covered(rule, edges))
    rows = [row for row in rows if row]
    count = len(rows)
    for chunk in chunks[head:]:
        rows.extend(_split(_row(chunk, edges), leading))
    kept = [at for at in range(len(edges) - 1) if any(at in row for row in rows)]
    return tuple(_frozen(rows, kept, count))


def _chunks(lines: Sequence[Line], group: Sequence[Level], leading: _Leading) -> Iterator[list[Line]]:
    """Lines that no rule and no room parts."""
    chunk: list[Line] = []
    for line in lines:
        if chunk:
            last = chunk[-1]
            ruled = last.page != line.page or any(last.baseline < level.y < line.baseline for level in group)
            if ruled or leading.apart(last, line):
                yield chunk
                chunk = []
        chunk.append(line)
    if chunk:
        yield chunk


class _Leading:
    """Tells rows from the lines of a cell: the space between them decides, or else the room the upper one left."""

    def __init__(self, lines: Sequence[Line], edges: Sequence[float]) -> None:
        self._edges = edges
        self._ends = list(edges[1:])
        apart = sum(_gap(a, b) >= _range(a, b)[1] for a, b in pairwise(lines))
        if 3 * apart >= len(lines):  # with rows set wide, the fullest cell tells how wide the column is
            parts = [part for line in lines for part in _parts(line, edges)]
            for at in range(len(self._ends)):
                inside = [part.x1 for part in parts if column_of(part.x0 + 1.0, edges) == at]
                self._ends[at] = min(self._ends[at], max(inside, default=self._ends[at]))

    def apart(self, last: Line, line: Line) -> bool:
        """Whether a line, or the part of one, stands in another row than the one above."""
        gap = _gap(last, line)
        least, most = _range(last, line)
        if not least < gap < most:
            return gap >= most
        above = {column_of(part.x0 + 1.0, self._edges): part for part in _parts(last, self._edges)}
        parts = {column_of(part.x0 + 1.0, self._edges): part for part in _parts(line, self._edges)}
        return any(at not in above or self._had_room(above[at], part, at) for at, part in parts.items())

    def _had_room(self, above: Line, part: Line, column: int) -> bool:
        """Whether the first word of a part would have stood beside the part above it; figures are not broken."""
        if _FIGURES.fullmatch(part.text) and _FIGURES.fullmatch(above.text):
            return True
        word = 1 if _HAN.match(part.text) else len(part.text.split()[0])
        width = (part.x1 - part.x0) * word / len(part.text) + WORD_GAP * part.size
        return self._ends[column] - above.x1 > width + 1.5 * part.size  # the end of a part is estimated


def _gap(last: Line, line: Line) -> float:
    return (line.baseline - last.baseline) / max(line.size, last.size)


def _range(last: Line, line: Line) -> tuple[float, float]:
    return WIDE_ROW_GAP if _WIDE.search(line.text + last.text) else ROW_GAP


def _header_chunks(chunks: Sequence[Sequence[Line]], heads: float | None) -> int:
    if heads is not None:
        above = sum(chunk[-1].baseline <= heads + 1.0 for chunk in chunks)
        if 0 < above < len(chunks):
            return above
    count = 0
    while count < len(chunks) and all(line.italic for line in chunks[count]):
        count += 1
    return count


def _row(lines: Sequence[Line], edges: Sequence[float]) -> Row:
    row: Row = {}
    for line in lines:
        for part in _parts(line, edges):
            first = column_of(part.x0 + 1.0, edges)
            last = column_of(part.x1 - 1.0, edges)
            if last > first and not _really(part, edges, first):
                first = last
            entry = row.setdefault(first, _Entry([]))
            entry.lines.append(part)
            entry.colspan = max(entry.colspan, last - first + 1)
    for first, entry in row.items():
        while entry.colspan > 1 and any(first + k in row for k in range(1, entry.colspan)):
            entry.colspan -= 1
    return row


def _parts(line: Line, edges: Sequence[float]) -> list[Line]:
    """The parts of a line by columns; a wide word space inside a column parts nothing."""
    cuts = [0]
    for before, after in pairwise(line.spans):
        apart = after.x0 - before.x1 >= WORD_GAP * line.size
        if apart and column_of((before.x0 + before.x1) / 2, edges) != column_of((after.x0 + after.x1) / 2, edges):
            cuts.append(after.start)
    return [part for a, b in pairwise([*cuts, len(line.text)]) if (part := line.part(a, b)).text]


def _really(part: Line, edges: Sequence[float], first: int) -> bool:
    """Whether a part begins in its first column by more than a hair: right-aligned figures may hang over."""
    return edges[first + 1] - part.x0 > 0.3 * (part.x1 - part.x0)


def _split(row: Row, leading: _Leading) -> list[Row]:
    """The rows that stand in one stretch of lines without room between them.

    The column that shows most of them leads: "419" and "5 500" stand in two rows, though "Ratio 1:13" stands
    between them, in a cell of both.
    """
    starts = max((_starts(entry.lines, leading) for entry in row.values()), key=len)
    if len(starts) == 1:
        return [row]
    rows: list[Row] = [{} for _ in starts]
    for column, entry in row.items():
        for cluster in _clusters(entry.lines, leading):
            first, last = _place(cluster, starts)
            if column in rows[first]:
                rows[first][column].lines.extend(cluster)
            else:
                rows[first][column] = _Entry(cluster, entry.colspan, last - first + 1)
    for at, row in enumerate(rows):  # a cell ends above the next one of its column
        for column, entry in row.items():
            taken = [k for k in range(at + 1, at + entry.rowspan) if column in rows[k]]
            entry.rowspan = min(taken, default=at + entry.rowspan) - at
    return rows if all(rows) else [row]


def _clusters(lines: Sequence[Line], leading: _Leading) -> Iterator[list[Line]]:
    cluster: list[Line] = []
    for line in lines:
        if cluster and leading.apart(cluster[-1], line):
            yield cluster
            cluster = []
        cluster.append(line)
    yield cluster


def _starts(lines: Sequence[Line], leading: _Leading) -> list[float]:
    return [cluster[0].baseline for cluster in _clusters(lines, leading)]


def _place(cluster: Sequence[Line], starts: Sequence[float]) -> tuple[int, int]:
    """The first and the last of the rows a cell stands in."""
    top, bottom = cluster[0].baseline, cluster[-1].baseline
    first = max((at for at, y in enumerate(starts) if y <= top + LEVEL), default=0)
    last = max((at for at, y in enumerate(starts) if y <= bottom + LEVEL), default=first)
    beside = any(abs(top - y) <= LEVEL for y in starts)
    if (
        not beside
        and first == last
        and first + 1 < len(starts)
        and starts[first + 1] - bottom <= bottom - starts[first]
    ):
        last = first + 1
    return first, last


def _bands(inner: Sequence[Rule]) -> list[list[Rule]]:
    """Rules by their height, from top to bottom."""
    bands: list[list[Rule]] = []
    for rule in sorted(inner, key=lambda rule: rule.y0):
        if bands and rule.y0 - bands[-1][0].y0 <= LEVEL:
            bands[-1].append(rule)
        else:
            bands.append([rule])
    return bands


def _banded(lines: Sequence[Line], edges: Sequence[float], inner: Sequence[Rule]) -> list[Row]:
    """The rows of a header with rules inside: a cell reaches down to the next rule in its columns."""
    bands = _bands(inner)
    rows: list[Row] = [{} for _ in range(len(bands) + 1)]
    for line in lines:
        for column, entry in _row([line], edges).items():
            cuts = [
                0,
                *(at for at, band in enumerate(bands, 1) if any(column in _covered(rule, edges) for rule in band)),
            ]
            first = max(cut for cut in cuts if not cut or bands[cut - 1][0].y0 < line.baseline)
            span = min((cut for cut in cuts if cut > first), default=len(rows)) - first
            known = rows[first].setdefault(column, _Entry([], entry.colspan, span))
            known.lines.extend(entry.lines)
            known.colspan = max(known.colspan, entry.colspan)
    return rows


def _loose(rows: list[Row]) -> list[Row]:
    """The rows of a header without rules inside: what stands in the lower one alone in its column spans both.

    Units in brackets below what they measure, "Amount" and "(United States dollars)", are no row of their own.
    """
    for upper, lower in reversed(list(pairwise(rows))):
        if all(column in upper and _is_unit(entry) for column, entry in lower.items()):
            for column, entry in lower.items():
                upper[column].lines.extend(entry.lines)
            lower.clear()
        taken = {first + k for first, entry in upper.items() for k in range(entry.colspan)}
        for column in [
            column for column, entry in lower.items() if not taken & set(range(column, column + entry.colspan))
        ]:
            if len(lower) > 1:
                entry = lower.pop(column)
                entry.rowspan += 1
                upper[column] = entry
    return rows


def _is_unit(entry: _Entry) -> bool:
    return _UNIT.fullmatch(" ".join(line.text for line in entry.lines)) is not None


def _covered(rule: Rule, edges: Sequence[float]) -> range:
    columns = [at for at, (a, b) in enumerate(pairwise(edges)) if rule.x0 <= (a + b) / 2 <= rule.x1]
    return range(columns[0], columns[-1] + 1) if columns else range(0)


def _widen(row: Row, columns: range) -> None:
    inside = [column for column in columns if column in row]
    if len(columns) > 1 and len(inside) == 1:
        entry = row.pop(inside[0])
        entry.colspan = len(columns)
        row[columns[0]] = entry


def _frozen(rows: Sequence[Row], kept: Sequence[int], heads: int) -> Iterator[tuple[GridCell, ...]]:
    """The rows with their cells in order, the empty ones too; columns without text in any row are left out."""
    covered: dict[int, int] = {}
    for number, row in enumerate(rows):
        cells: list[GridCell] = []
        skip = 0
        for column in kept:
            if skip:
                skip -= 1
            elif covered.get(column, 0):
                covered[column] -= 1
            else:
                entry = row.get(column, _Entry([]))
                span = sum(column <= other < column + entry.colspan for other in kept)
                cells.append(GridCell(tuple(entry.lines), number < heads, span, entry.rowspan))
                for other in kept:
                    if column <= other < column + entry.colspan and entry.rowspan > 1:
                        covered[other] = covered.get(other, 0) + entry.rowspan - 1
                skip = span - 1
        yield tuple(cells)
