"""Symbols printed in running text: found by shape, then parsed; what does not parse is no citation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from unresolve.patterns import late
from unresolve.symbols import Symbol, try_parse

__all__ = ["printed_symbols"]

# A component may be broken off by white space (A/C.3/72/ L.1, /RES/1514 (XV)); a group in parentheses
# belongs to the symbol when its words say so: (Part I), (Sect. 29A), (Vol. I), the session of a RES.
_SESSION = r"\s{0,2}[(（]\s?(?:(?:E?S[-‑])?[IVXLC]{1,8}|(?:19|20)\d\d|(?:د|دإ|دا|دإط|داط)\s?[-‑–]\s?\d{1,2})\s?[)）]"
_PIECE = (
    r"\s{0,2}[(（]\s?(?:Parts?|Sect|Vols?|Suppl?|Resumption|Plan|Introduction|Annex|Foreword)\b[^()（）/]{0,24}[)）]"
)
_WORD = r"[A-Za-zАВСЕНМОРТ0-9](?:[A-Za-zАВСЕНМОРТ0-9.]|[-‑–](?=[A-Za-z0-9])){0,24}"
_PATTERN = rf"""
    (?<![A-Za-zА-Яа-я0-9/.])
    (?:[AАSSEЕTТ]|[A-Z][A-Z]{{1,11}})(?:\([A-Z]{{2,6}}\)|\.\d{{1,3}})?
    (?:
        \s?/\s?(?i:RES|DEC)\s?/\s?\d{{1,4}}(?:\s?[A-Z](?=\s?[(（]))?{_SESSION}
      |
        (?:/\s?|\s/)(?:{_WORD}(?:\(\d{{1,3}}\))?(?:{_PIECE})?)
    ){{1,9}}
    (?:\s{{1,2}}(?P<letter>[A-Z])(?![\p{{Latin}}\p{{Cyrillic}}\p{{N}}/'’(]))?
"""
_CUT = late(r"[/.\s,;:‑–-][^/.\s,;:‑–-]*\s?$|.$")
_RESOLUTION = late(r"/RES/(?:E?S-)?\d{1,3}/\d{1,4}\s", regex.IGNORECASE)


@cache
def _pattern() -> regex.Pattern[str]:
    return regex.compile(_PATTERN, regex.VERBOSE)


def printed_symbols(text: str) -> Iterator[tuple[int, int, Symbol]]:
    """Start, end and value of every symbol printed in a text, from left to right."""
    if "/" not in text:
        return
    at = 0
    while found := _pattern().search(text, at):
        at = found.end()
        symbol = _longest(found)
        if symbol:
            at = found.start() + len(symbol.printed)
            yield found.start(), at, symbol


def _longest(found: regex.Match[str]) -> Symbol | None:
    """The longest beginning of a match that parses: the point that ends a sentence is none of it."""
    printed = found[0]
    if found["letter"] and not _RESOLUTION.search(printed):
        printed = printed[: -len(found["letter"])]
    for _ in range(8):
        printed = printed.rstrip(" \u00a0\t\n\r.,;:-‑–/")
        symbol = try_parse(printed)
        if symbol:
            return symbol
        cut = _CUT.search(printed)
        if not cut or cut.start() < 3:
            return None
        printed = printed[: cut.start()]
    return None
