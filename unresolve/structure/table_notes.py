"""Notes below tables: "a  Funded under …", "* Estimate", "Source: …", "Abbreviations: …".

They stand right below the last row in smaller type, above the rule of the page's notes, and are the table's own: each
table begins with "a" again. In the typewriter layout they are set like the text, and told by a marker that a cell
calls ("a/").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec
import regex

from unresolve.layout.grid import Grid
from unresolve.layout.line import Line
from unresolve.patterns import late

from .notes import Style

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["TableNote", "is_unit", "notes_below"]

SMALLER = 0.8
"""Notes are set smaller than the text by at least so many points."""

APART = 3.6
"""They stand no further below the table, or one another, in sizes."""

LEADING, WIDE_LEADING = 1.45, 1.8
"""A line of a note set like the text is no further below the one above, in sizes; wide in Arabic and Chinese."""

_RAISED = late(r"[(]?(?P<marker>\p{L}{1,2}|\d{1,2}|\*{1,4}|[†‡§])[)]?/?")
_PLAIN = late(r"(?:(?P<marker>\p{Ll}|\d{1,2}|\*{1,4}|[†‡§])(?P<stroke>/?)|\((?P<letter>\p{Arabic})\))(?=\s)\s*")
_CALL = late(r"(?<![\p{L}\p{N}/])(\p{Ll}|\d{1,2})/|(?<=\S)(\*{1,4}|[†‡§])(?=\s|$)")
_WIDE = regex.compile(r"[\p{Han}\p{Arabic}]")
_UNIT = late(r"[(（].{3,160}[)）]")


class TableNote(msgspec.Struct, frozen=True):
    """A note as printed: its marker ("" for "Source: …"), how that is set, and its lines without it."""

    marker: str
    style: Style
    lines: list[Line]
    taken: list[Line]
    brackets: bool = False


def is_unit(text: str) -> bool:
    """Whether a line says what a table counts in, as it stands below the title: "(Thousands of dollars)"."""
    return _UNIT.fullmatch(text) is not None


def notes_below(grid: Grid, lines: Sequence[Line], body_size: float, pack: Pack) -> list[TableNote]:
    """The notes below a table; ``lines`` are those of the body behind it, up to the next table."""
    called = set(_called(grid))
    found: list[TableNote] = []
    last = grid.lines[-1]
    for line in lines:
        if (line.page, line.column) != (last.page, last.column) or line.baseline - last.baseline > APART * line.size:
            break
        small = line.size < body_size - SMALLER
        if line.bold or is_unit(line.text) or pack.read("table", line.text) is not None:
            break  # the title of the next table, or its unit
        note = _begun(line, called, pack, small=small)
        if note is not None:
            found.append(note)
        elif (
            found
            and abs(line.size - last.size) < 0.6
            and (small or line.baseline - last.baseline < _leading(line) * line.size)
        ):
            found[-1].lines.append(line)
            found[-1].taken.append(line)
        else:
            break
        last = line
    return found


def _begun(line: Line, called: set[str], pack: Pack, *, small: bool) -> TableNote | None:
    """The note that a line begins, None if it begins none."""
    first = line.spans[0]
    match = _RAISED.fullmatch(line.text[first.start : first.end].strip()) if first.raised > 0 else None
    if match is not None and (small or match["marker"] in called):
        brackets = "(" in match[0]
        return TableNote(match["marker"], "raised", [line.part(first.end)], [line], brackets)
    plain = _PLAIN.match(line.text)
    marker = (plain["marker"] or plain["letter"]) if plain is not None else ""
    if plain is not None and marker in called and not marker.isdigit():
        style: Style = "typewriter" if plain["stroke"] else "plain"
        return TableNote(marker, style, [line.part(plain.end())], [line], bool(plain["letter"]))
    if pack.read("table_note", line.text) is not None:
        return TableNote("", "plain", [line], [line])
    return None


def _leading(line: Line) -> float:
    return WIDE_LEADING if _WIDE.search(line.text) else LEADING


def _called(grid: Grid) -> Iterator[str]:
    """What is printed in the cells, or behind the title, as notes are called."""
    for line in grid.lines:
        for span in line.spans:
            if span.raised > 0:
                yield from regex.findall(r"\p{L}+|\d+|[*†‡§]+", line.text[span.start : span.end])
        for match in _CALL.finditer(line.text):
            yield match[1] or match[2]
