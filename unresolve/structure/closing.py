"""The closing lines: "47th plenary meeting" and the date below it, at the right of the last page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from unresolve.layout.join import join
from unresolve.layout.lines import Line
from unresolve.model import Closing, Field

from .pieces import boxes_of

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["closing_of"]


def closing_of(lines: Sequence[Line], pack: Pack) -> tuple[Closing, range]:
    """The closing, and which of the lines it takes; an empty range where there is none.

    The meeting may run over two lines and the date stands on the next one. Of several (A, B parts) the last
    counts.
    """
    for at in range(len(lines) - 1, -1, -1):
        date = pack.read("date", lines[at].text)
        if date is None or at == 0:
            continue
        for length in (1, 2):
            above = lines[max(at - length, 0) : at]
            text = " ".join(line.text for line in above)
            meeting = pack.read("meeting", text)
            if meeting is not None:
                return (
                    Closing(
                        Field(join(above), meeting, boxes_of(above)),
                        Field(lines[at].rich(), date, boxes_of([lines[at]])),
                    ),
                    range(at - len(above), at + 1),
                )
    return Closing(), range(0)
