"""The number of a resolution as it stands at the head of its title."""

from __future__ import annotations

from functools import cached_property

import msgspec
import regex

__all__ = ["TitleNumber"]


class TitleNumber(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """How a language prints the number before the title of a resolution: "79/95.", "46/18 A to C.", "72/1 -".

    ``pattern`` begins at the head of the line and holds the number as the group ``number``, with the letters of its
    parts; ``examples`` are heads of lines with the number in them.
    """

    pattern: str
    examples: dict[str, str]
    counter_examples: tuple[str, ...] = ()

    def match(self, text: str) -> regex.Match[str] | None:
        """The match at the head of a line, with the group ``number``; None where no number stands there."""
        return self._compiled.match(text)

    @cached_property
    def _compiled(self) -> regex.Pattern[str]:
        return regex.compile(self.pattern)
