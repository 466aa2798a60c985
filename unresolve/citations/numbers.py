"""Resolution and decision numbers as printed, and the symbol each of them means.

The shape of a number says most of it: ``1325 (2000)`` is the Security Council's, ``2000/3`` the Economic
and Social Council's, ``2200 A (XXI)`` the Assembly's before 1976. ``39/2`` can be the Assembly's or the
Human Rights Council's: the date printed with it decides, then the organ named beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import regex

from unresolve.symbols import Symbol, try_parse

__all__ = ["Number", "numbers", "organ_by_year", "symbol_of"]

_LETTER = r"[A-ZАВСЕН]|ألف|باء|جيم|دال|هاء|واو|زاي|حاء|طاء|ياء|كاف|لام|ميم|نون"
_AND = r"\s?(?:-|–|—|,|and|to|et|à|y|a|e|и|و|和|至|إلى)\s?"
_SPECIAL = r"ES|S|دإط|داط|دإ|دا"

_PATTERN = rf"""
    (?<![\p{{N}}A-Za-zА-Яа-я/.,:\-‑–])
    (?:
        (?:(?P<special>{_SPECIAL})\s?[-‑–]\s?)?
        (?P<session>\d{{1,4}})\s?/\s?(?P<number>\d{{1,4}})
        (?:[\s]{{0,2}}(?P<letters>(?:{_LETTER})(?:{_AND}(?:{_LETTER})){{0,2}})(?![\p{{L}}\p{{N}}/'’.(]))?
        (?![\p{{N}}/]|[.,-]\d)
      |
        (?P<number>\d{{1,4}})
        (?:\s{{0,2}}(?P<letters>{_LETTER})(?!\p{{L}}))?
        \s{{0,3}}[(（]\s?
        (?:(?P<year>(?:19[4-9]|20\d)\d)|(?:(?P<special>ES|S)[-‑–])?(?P<roman>[IVXLCХ]{{1,8}})
          |(?P<special>د|{_SPECIAL})\s?[-‑–]\s?(?P<arabic>\d{{1,2}}))
        \s?[)）]
    )
"""


class Number(NamedTuple):
    """A number in text: ``shape`` is session, year (of a yearly organ), roman or council (1325 (2000))."""

    start: int
    end: int
    text: str
    shape: str
    session: str
    number: str
    letters: str


@cache
def _pattern() -> regex.Pattern[str]:
    return regex.compile(_PATTERN, regex.VERBOSE)


def numbers(text: str) -> Iterator[Number]:
    """Everything in a text that has the shape of a resolution's number, whatever it is."""
    for found in _pattern().finditer(text):
        number = _read(found)
        if number:
            yield number


def _read(found: regex.Match[str]) -> Number | None:
    groups = found.groupdict()
    special = {"ES": "ES-", "S": "S-", "دإط": "ES-", "داط": "ES-", "دإ": "S-", "دا": "S-"}.get(groups["special"] or "", "")
    span = (*found.span(), found[0])
    letters = regex.sub(r"\s", "", groups["letters"] or "")
    if groups["year"]:
        return Number(*span, "council", groups["year"], groups["number"], letters)
    if groups["roman"]:
        return Number(*span, "roman", special + groups["roman"].replace("Х", "X"), groups["number"], letters)
    if groups["arabic"]:
        return Number(*span, "roman", f"({groups['special']}-{groups['arabic']})", groups["number"], letters)
    session, number = groups["session"], groups["number"]
    if not int(session) or not int(number) or number.startswith("0") or session.startswith("0"):
        return None
    if len(session) < 4:
        if int(session) > 150:
            return None
        return Number(*span, "session", special + session, number, letters)
    if special or not 1946 <= int(session) <= 2100 or len(number) == 4:
        return None  # 2019/2020 is a biennium
    return Number(*span, "year", session, number, letters)


def organ_by_year(session: str, year: int) -> str | None:
    """GA or HRC by the year a resolution of that session was adopted in; None if it fits neither.

    The Assembly's session N runs from the autumn of 1945 + N to the next; the Human Rights Council has
    held about three a year since June 2006.
    """
    if not session.isdecimal():
        return None
    if year - 1945 - int(session) in (0, 1):
        return "GA"
    if abs(2006 + (int(session) - 1) / 3 - year) <= 1.5:
        return "HRC"
    return None


def symbol_of(number: Number, organ: str, kind: str = "resolution") -> Symbol | None:
    """The symbol a number stands for; ``organ`` is GA, HRC, SC, ESC or "" (a body that has no symbols).

    Only numbers whose shape does not say the organ need it.
    """
    series = "DEC" if kind == "decision" else "RES"
    if number.shape == "council":
        return try_parse(f"S/{series}/{number.number}({number.session})")
    if number.shape == "year":
        return try_parse(f"E/{series}/{number.session}/{number.number}{number.letters}") if organ else None
    if number.shape == "roman":
        return _roman(number, organ, series)
    if not organ:
        return None
    body = "A/HRC" if organ == "HRC" else "A"
    letters = number.letters
    if not regex.fullmatch(r"\p{L}{0,4}|[A-Z]-[A-Z]", letters):
        letters = letters[:1]  # "A and B", "A, B and C": the page of the first
    return try_parse(f"{body}/{series}/{number.session}/{number.number}{letters}")


def _roman(number: Number, organ: str, series: str) -> Symbol | None:
    session = number.session if number.session.startswith("(") else f"({number.session})"
    symbol = try_parse(f"A/{series}/{number.number}{number.letters}{session}")
    if symbol is None or symbol.session is None:
        return symbol
    # The Assembly wrote Roman sessions up to XXX (1975), the Economic and Social Council up to LXIII.
    if organ == "ESC" or regex.match(r"XXX[IVX]|XL|L", symbol.session):
        return try_parse(f"E/{series}/{number.number}{number.letters}({symbol.session})")
    return symbol
