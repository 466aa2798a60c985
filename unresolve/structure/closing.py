"""The closing lines: "47th plenary meeting" and the date below it, at the right of the last page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from unresolve.layout.join import join
from unresolve.layout.lines import Line
from unresolve.model import Closing, Field, Sitting
from unresolve.patterns import late

from .pieces import boxes_of

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["closing_of"]


_YEAR = late(r"\b(?:19|20)\d\d\b")
_LONGEST = 60


def closing_of(lines: Sequence[Line], pack: Pack) -> tuple[Closing, range]:
    """The closing, and which of the lines it takes; an empty range where there is none.

    Of several (A, B parts) the last counts; several one below the other are those of a decision taken at several
    meetings.
    """
    sittings: list[Sitting] = []
    taken = range(0)
    for at in range(len(lines), 1, -1):
        found = _sitting(lines, at, pack)
        if found is None:
            continue
        end = at
        while found is not None:
            sittings.insert(0, found[0])
            end -= found[1]
            found = _sitting(lines, end, pack)
        taken = range(end, at)
        break
    return Closing.of(sittings), taken


def _sitting(lines: Sequence[Line], end: int, pack: Pack) -> tuple[Sitting, int] | None:
    """The meeting and the date that stand before line ``end``, and how many lines they take.

    The meeting may run over two lines and the date stands on the next one. A date that is misprinted ("21
    أبلول/سبتمبر 2020", for أيلول) has no value.
    """
    if end < 2:
        return None
    last = lines[end - 1]
    date = pack.read("date", last.text)
    if date is None and not _like_a_date(last):
        return None
    for length in (1, 2):
        above = lines[max(end - 1 - length, 0) : end - 1]
        meeting = pack.read("meeting", " ".join(line.text for line in above))
        if meeting is not None:
            printed = Field(join(above), meeting, boxes_of(above))
            return Sitting(printed, Field(last.rich(), date, boxes_of([last]))), len(above) + 1
    return None


def _like_a_date(line: Line) -> bool:
    return len(line.text) < _LONGEST and _YEAR.search(line.text) is not None
