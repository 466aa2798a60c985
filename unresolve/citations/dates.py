"""The date printed with a resolution's number, as ISO 8601."""

from __future__ import annotations

from functools import lru_cache

from unresolve.languages import load

from .grammar import Grammar

__all__ = ["date_near"]

_WINDOW = 70  # characters that the longest date takes, with its preposition


def date_near(text: str, start: int, end: int, words: Grammar) -> str | None:
    """The date that stands beside the number at ``[start, end)``, None if there is none.

    After it ("70/1 of 25 September 2015"), in Chinese before it (2015年9月25日第70/1号).
    """
    pattern = words.pattern("date")
    if words.noun_follows:
        found = pattern.search(text[max(0, start - 2 * _WINDOW) : start])
    else:
        found = pattern.match(text, end, end + _WINDOW)
    return _iso(found["date"], words.lang) if found else None


@lru_cache(maxsize=4096)
def _iso(printed: str, lang: str) -> str | None:
    """None for what only looks like a date, or a slip of the typist: 31 June."""
    return load(lang).calendar.read(printed)
