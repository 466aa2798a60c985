"""Dates in running text to ISO 8601."""

from __future__ import annotations

import datetime
from functools import cached_property

import msgspec
import regex

from .fold import fold, fold_line, fold_pattern

__all__ = ["Dates"]

# Han figures written one by one: 一九九四年
_HAN_FIGURES = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_FIGURES, _HAN = r"(?:19|20)\d\d", "[〇零○一二三四五六七八九]{4}"
_YEAR = regex.compile(f"{_FIGURES}|{_HAN}")
_HAN_TEN = regex.compile(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)")


class Dates(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """How a language prints a date.

    ``months`` lists twelve patterns, January first; ``patterns`` are patterns in which ``{day}``,
    ``{month}`` and ``{year}`` stand for the parts in figures, ``{han_day}`` and ``{han_year}`` for Han figures.
    """

    months: tuple[str, ...]
    patterns: tuple[str, ...]
    examples: dict[str, str] = {}
    counter_examples: tuple[str, ...] = ()

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Every full date as (start, end, ISO date), left to right; the offsets are those of ``text``.

        A preposition before the date is not part of the span. Of a range ("4–15 September 1995") the last
        day is found. A day that the calendar does not have is no date.
        """
        folded, at = fold(text)
        if not _YEAR.search(folded):  # most texts have no year and so no date
            return []
        matches = (match for pattern in self._compiled for match in pattern.finditer(folded))
        return sorted((at[m.start()], at[m.end()], iso) for m in matches if (iso := self._iso(m)))

    def read(self, text: str) -> str | None:
        """The ISO date of a field that holds a date and nothing else, else None."""
        folded = fold_line(text)
        return next((iso for p in self._compiled if (m := p.fullmatch(folded)) and (iso := self._iso(m))), None)

    @cached_property
    def _compiled(self) -> tuple[regex.Pattern[str], ...]:
        months = "|".join(f"(?P<m{i}>{month})" for i, month in enumerate(self.months, 1))
        parts = {
            "{day}": r"(?P<day>\d{1,2})",
            "{han_day}": "(?P<day>[一二三四五六七八九十]{1,3})",
            "{month}": f"(?:{months})",
            "{year}": f"(?P<year>{_FIGURES})",
            "{han_year}": f"(?P<year>{_HAN})",
        }
        compiled = []
        for pattern in self.patterns:
            for name, part in parts.items():
                pattern = pattern.replace(name, part)
            whole = rf"(?<![\d/.])(?:{pattern})(?!\d)"
            compiled.append(regex.compile(fold_pattern(whole), regex.IGNORECASE))
        return tuple(compiled)

    @staticmethod
    def _iso(match: regex.Match[str]) -> str | None:
        groups = match.groupdict()
        month = next(i for i in range(1, 13) if groups[f"m{i}"])
        try:
            return datetime.date(_figures(groups["year"]), month, _figures(groups["day"])).isoformat()
        except ValueError:
            return None


def _figures(text: str) -> int:
    """Figures, European or Han ("十二", "二十"); ValueError if they are none."""
    if match := _HAN_TEN.fullmatch(text):
        tens, units = (part.translate(_HAN_FIGURES) for part in match.groups())
        return int(tens or 1) * 10 + int(units or 0)
    return int(text.translate(_HAN_FIGURES))
