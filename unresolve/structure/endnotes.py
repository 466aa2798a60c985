"""Notes printed together behind the text, below the word "Notes", as reports of the Secretariat have them.

They go to the notes of their page, where those at the foot of a page stand; the word above them, like the rule above
footnotes, is no part of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec
import regex

from unresolve.layout.lines import Line
from unresolve.layout.zones import Layout
from unresolve.patterns import late

from .margins import is_set_off

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["with_endnotes"]

_RAISED = late(r"\(?(\d{1,3})\)?")
_TYPED = regex.compile(r"(\d{1,3})/\s")
_SMALLER = 0.4  # points below the size of the text


def with_endnotes(layout: Layout, pack: Pack) -> tuple[Layout, frozenset[int]]:
    """The layout with such notes among those of their pages, and the pages on which they stand."""
    lines = [line for sheet in layout.sheets for line in sheet.body]
    gone: set[int] = set()
    taken: set[int] = set()
    for at, line in enumerate(lines[:-1]):
        if _number(lines[at + 1]) == 1 and id(line) not in gone and pack.read("endnotes", line.text) is not None:
            notes = list(_notes(lines[at + 1 :], layout.body_size, pack))
            gone.update(map(id, (line, *notes)))
            taken.update(map(id, notes))
    if not taken:
        return layout, frozenset()
    sheets = tuple(
        msgspec.structs.replace(
            sheet,
            body=tuple(line for line in sheet.body if id(line) not in gone),
            notes=(*(line for line in sheet.body if id(line) in taken), *sheet.notes),
        )
        for sheet in layout.sheets
    )
    return msgspec.structs.replace(layout, sheets=sheets), frozenset(x.page for x in lines if id(x) in taken)


def _notes(lines: Sequence[Line], body_size: float, pack: Pack) -> Iterator[Line]:
    """The lines of the notes, from the first: up to the type of the text, or up to what is set off, if set alike."""
    small = lines[0].size < body_size - _SMALLER
    last = 0
    for line in lines:
        number = _number(line)
        ended = line.size >= body_size - _SMALLER if small else _begins_part(line, pack)
        if number == last + 1:
            last = number
        elif ended:
            return
        yield line


def _begins_part(line: Line, pack: Pack) -> bool:
    return is_set_off(line) or pack.read("annex", line.text) is not None


def _number(line: Line) -> int | None:
    """The number of the note that a line begins; None if it begins none."""
    first = line.spans[0]
    raised = _RAISED.fullmatch(line.text[first.start : first.end].strip()) if first.raised > 0 else None
    match = raised or _TYPED.match(line.text)
    return int(match[1]) if match else None
