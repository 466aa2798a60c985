"""Tables: lines between ruling lines, put into rows and columns.

United Nations tables are ruled across: above and below the header and at the end, seldom between rows and
never between columns. A table that its page cuts goes on below the repeated header or, where the header is not
repeated, with lines that stand in the same columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from unresolve.readers.pages import Rule

from .cells import cells_of
from .columns import COLUMN_GAP, Level, edges_of
from .grid import Grid, from_mirror
from .lines import Line
from .mirror import mirrored, mirrored_rule
from .zones import Sheet

__all__ = ["grids_of"]

LONGEST = 60
"""Characters of a line in a cell set as large as the text; a line of a paragraph has some 85."""

WIDE = 0.4
"""A table is at least this share of the page wide."""

BESIDE = 0.2
"""Of the lines of a page that goes on with a table without a rule, at least this share stand in several columns."""


def grids_of(sheet: Sheet, body: Sequence[Line], body_size: float, cut: Grid | None = None) -> list[Grid]:
    """The tables among lines of a page's body (the masthead left out), from top to bottom.

    ``cut`` is the table that the page before left open. Columns are in the order of reading: from the right on a
    right-to-left page, which is looked at in a mirror.
    """
    if 2 * sum(line.rtl for line in body) <= len(body):
        return list(_grids(sheet, body, body_size, cut))
    seen = [mirrored(line) for line in body]
    page = {id(there): here for there, here in zip(seen, body, strict=True)}
    sheet = msgspec.structs.replace(sheet, rules=tuple(mirrored_rule(rule) for rule in sheet.rules))
    return [from_mirror(grid, page) for grid in _grids(sheet, seen, body_size, cut)]


def _grids(sheet: Sheet, body: Sequence[Line], body_size: float, cut: Grid | None) -> Iterator[Grid]:
    if not body:
        return
    levels = list(_levels(sheet, body))
    if cut is not None and _goes_on(cut, body[0]) and not (levels and levels[0].y < body[0].baseline):
        levels.insert(0, _edge_of(cut, body[0]))
    group: list[Level] = []
    for level in levels:
        if group and (_ended(group) or not _reaches(body, group, level, body_size)):
            above = [line for line in body if line.baseline <= level.y]
            yield from _grid(group, above, body_size, sheet, last=False)
            group = []
        group.append(level)
    yield from _grid(group, body, body_size, sheet, last=True)


def _goes_on(cut: Grid, first: Line) -> bool:
    """Whether the first line of a page may stand in the table that the page before left open, below no new header."""
    return first.text != cut.lines[0].text and abs(first.size - cut.lines[-1].size) < 0.8


def _edge_of(cut: Grid, first: Line) -> Level:
    """The columns of a table that goes on without a rule, as if there were one above the page's first line."""
    y = first.baseline - 2 * first.size
    edges = cut.edges
    return Level(y, tuple(Rule(a, y, b, y) for a, b in pairwise(edges)))


def _reaches(body: Sequence[Line], group: Sequence[Level], level: Level, body_size: float) -> bool:
    """Whether a table reaches down to the next rule: a line as large as the text is the title of another table."""
    between = _between(body, group[-1].y, level.y)
    above = _between(body, group[0].y, group[-1].y)
    small = bool(above) and all(line.size < body_size - 0.8 for line in above)
    titled = any(line.size > body_size - 0.5 for line in between)
    return not (small and titled) and _tabular(between, body_size)


def _levels(sheet: Sheet, body: Sequence[Line]) -> Iterator[Level]:
    """Heights at which rules cover the width of a table, below head and masthead and above the notes."""
    top = max((line.baseline for line in sheet.head), default=body[0].y0 - 2 * body[0].size) + 8.0
    bottom = (sheet.note_rule or sheet.height) - 0.5
    rules = sorted(
        (rule for rule in _flat(sheet) if top < rule.y0 < bottom), key=lambda rule: (round(rule.y0), rule.x0)
    )
    found: list[list[Rule]] = []
    for rule in rules:
        if found and abs(rule.y0 - found[-1][-1].y0) <= 1.5:
            found[-1].append(rule)
        else:
            found.append([rule])
    levels = [Level(level[0].y0, tuple(sorted(level, key=lambda rule: rule.x0))) for level in found]
    for at, level in enumerate(levels):
        if level.x1 - level.x0 >= WIDE * sheet.width:
            yield level
        elif at + 1 < len(levels) and (over := _over(level, levels[at + 1], body)) is not None:
            yield over


def _over(level: Level, below: Level, body: Sequence[Line]) -> Level | None:
    """Rules over the last columns of a table that has none over its first, raised above what is printed there.

    ``Variance`` stands so above two columns of figures, over the name of what varies.
    """
    edges = {round(piece.x0) for piece in below.pieces}
    if len(level.pieces) < 2 or not all(any(abs(piece.x0 - x) <= 2 for x in edges) for piece in level.pieces):
        return None
    title = [line for line in body if line.baseline <= level.y + 1.0][-1:]
    if not _between(body, level.y, below.y) or not title or level.y - title[0].baseline > title[0].size:
        return None
    inside = level.x0 - 3.0 <= title[0].x0 and title[0].x1 <= level.x1 + 3.0
    return Level(title[0].y0 - title[0].size, level.pieces) if inside else None


def _flat(sheet: Sheet) -> Iterator[Rule]:
    """The rules of a page that lie, but for the shortest."""
    return (rule for rule in sheet.rules if rule.y1 - rule.y0 <= 3.0 and rule.x1 - rule.x0 > 3.0)


def _inside(rule: Rule, edges: Sequence[float]) -> bool:
    return edges[0] - 3.0 <= rule.x0 and rule.x1 <= edges[-1] + 3.0


def _between(lines: Sequence[Line], top: float, bottom: float) -> list[Line]:
    return [line for line in lines if top - 1.0 < line.baseline <= bottom + 1.0]


def _tabular(lines: Sequence[Line], body_size: float) -> bool:
    """Whether lines between two rules belong to one table: set in columns or smaller than the text.

    A long line in the size of the text is a paragraph, also where a tab parts its number from it. Among smaller
    lines one in one piece, or in bold (``B. Pension administration``), is the title of the next table.
    """
    smaller = [line.size < body_size - 0.8 for line in lines]
    if all(smaller):
        return True
    if any(line.size > body_size + 0.8 for line in lines):  # a heading
        return False
    parts = [line.columns(COLUMN_GAP) for line in lines]
    whole = [  # figures in bold are those of a total, and may be of a larger face
        len(columns) == 1 or (line.bold and not columns[-1].text[-1:].isdigit())
        for columns, line in zip(parts, lines, strict=True)
    ]
    title = any(smaller) and any(one and not small for one, small in zip(whole, smaller, strict=True))
    prose = any(_prose(line, body_size) for line in lines)
    return any(len(columns) > 1 for columns in parts) and not prose and not title


def _prose(line: Line, body_size: float) -> bool:
    """Whether a line is too long for a cell that is set as large as the text."""
    return any(part.size > body_size - 0.5 and len(part.text) > LONGEST for part in line.columns(COLUMN_GAP))


def _grid(
    group: Sequence[Level], body: Sequence[Line], body_size: float, sheet: Sheet, *, last: bool
) -> Iterator[Grid]:
    if not group:
        return
    lines = _between(body, group[0].y, group[-1].y)
    tail = _tail(body, group, body_size, last)
    lines += tail
    if not any(len(line.columns(COLUMN_GAP)) > 1 for line in lines):
        return
    edges = edges_of(group, lines)
    if len(edges) < 3:
        return
    heads = _heads(group)
    inner = [rule for rule in _flat(sheet) if heads and group[0].y + 2 < rule.y0 < heads - 2 and _inside(rule, edges)]
    rows = cells_of(lines, edges, group, inner, heads)
    yield Grid(tuple(lines), rows, edges, closed=body[-1] is not lines[-1] or (not tail and _ended(group)))


def _heads(group: Sequence[Level]) -> float | None:
    """The height of the rule below the header: the first thick one after that at the top, else the second."""
    return next((level.y for level in group[1:] if level.thick), group[1].y) if len(group) > 1 else None


def _ended(group: Sequence[Level]) -> bool:
    """Whether the last rule is one that ends a table: as thick as the rule below the header, on this page or before."""
    before = len(group) > 2 and any(level.thick for level in group[:-1])
    return len(group) > 1 and group[-1].thick and (before or not group[0].drawn)


def _tail(body: Sequence[Line], group: Sequence[Level], body_size: float, last: bool) -> list[Line]:
    """Rows below the last rule: the table goes on over the page, or another one follows.

    They are set smaller than the text, or each of their parts stands within one column of the broken rules.
    """
    if _ended(group):
        return []
    tail: list[Line] = []
    pieces = max((level.pieces for level in group), key=len)
    rows = _between(body, _heads(group) or 0.0, group[-1].y)[-1:] if len(group) > 2 else []  # those above the tail
    for line in body:
        if line.baseline <= group[-1].y + 1.0:
            continue
        parts = line.columns(COLUMN_GAP)
        inside = line.x0 >= group[-1].x0 - 3.0 and line.x1 <= group[-1].x1 + 3.0
        fits = len(pieces) > 1 and all(
            any(piece.x0 - 3.0 <= part.x0 and part.x1 <= piece.x1 + 3.0 for piece in pieces) for part in parts
        )
        small = line.size < body_size - 0.8
        alike = all(abs(line.size - other.size) < 0.8 for other in (*rows, *(() if last else tail[:1])))
        prose = not last and _prose(line, body_size)
        if (
            not (inside and alike and (small or fits))
            or line.size > body_size + 0.8
            or prose
            or (not tail and _note(line))
        ):
            break
        tail.append(line)
    beside = sum(len(line.columns(COLUMN_GAP)) > 1 for line in tail)
    if beside < (1 if group[0].drawn else max(1.0, BESIDE * len(tail))):
        return []
    return tail if tail[-1] is body[-1] or not last else []


def _note(line: Line) -> bool:
    """Whether a line below a table explains a mark in it: "a Funded under …"."""
    return bool(line.spans) and line.spans[0].raised > 0
