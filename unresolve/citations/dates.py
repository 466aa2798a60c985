"""The date printed with a resolution's number, as ISO 8601."""

from __future__ import annotations

import datetime

import regex

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
    return _iso(found, words) if found else None


def _iso(found: regex.Match[str], words: Grammar) -> str | None:
    name = regex.sub(r"\s+", " ", found["month"].lower())
    month = next((n for n, names in enumerate(words.months, 1) if _is_month(name, names)), None)
    if month is None:
        return None
    try:
        return datetime.date(int(found["year"]), month, int(found["day"])).isoformat()
    except ValueError:  # a slip of the typist: 31 June
        return None


def _is_month(name: str, names: frozenset[str]) -> bool:
    """Arabic prints both names (كانون الأول/ديسمبر), Russian declines them (января)."""
    pieces = [piece.strip() for piece in name.split("/")]
    return any(piece == known or (known.isalpha() and _declined(piece, known)) for piece in pieces for known in names)


def _declined(piece: str, known: str) -> bool:
    return "а" <= known[0] <= "я" and piece.startswith(known) and len(piece) <= len(known) + 1
