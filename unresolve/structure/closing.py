"""The closing lines: "47th plenary meeting" and the date below it, at the right of the last page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import regex

from unresolve.layout.join import join
from unresolve.layout.lines import Line
from unresolve.model import Closing, Field

from .pieces import boxes_of

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["closing_of"]


_YEAR = regex.compile(r"\b(?:19|20)\d\d\b")
_LONGEST = 60


def closing_of(lines: Sequence[Line], pack: Pack) -> tuple[Closing, range]:
    """The closing, and which of the lines it takes; an empty range where there is none.

    The meeting may run over two lines and the date stands on the next one. Of several (A, B parts) the last
    counts. A date that is misprinted ("21 أبلول/سبتمبر 2020", for أيلول) has no value.
    """
    for at in range(len(lines) - 1, 0, -1):
        date = pack.read("date", lines[at].text)
        if date is None and not _like_a_date(lines[at]):
            continue
        for length in (1, 2):
            above = lines[max(at - length, 0) : at]
            meeting = pack.read("meeting", " ".join(line.text for line in above))
            if meeting is not None:
                return (
                    Closing(
                        Field(join(above), meeting, boxes_of(above)),
                        Field(lines[at].rich(), date, boxes_of([lines[at]])),
                    ),
                    range(at - len(above), at + 1),
                )
    return Closing(), range(0)


def _like_a_date(line: Line) -> bool:
    return len(line.text) < _LONGEST and _YEAR.search(line.text) is not None
