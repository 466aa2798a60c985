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

from unresolve.languages.numbers import roman_value
from unresolve.symbols import Symbol, try_parse

__all__ = ["MOST_OF_COUNCIL", "Number", "is_of_assembly_session", "numbers", "organs_of", "symbol_of"]

_LETTER = r"[A-ZАВСЕН]|ألف|باء|جيم|دال|هاء|واو|زاي|حاء|طاء|ياء|كاف|لام|ميم|نون"
_AND = r"\s?(?:-|–|—|,|and|to|et|à|y|a|e|и|و|和|至|إلى)\s?"
_SPECIAL = r"ES|S|دإط|داط|دإ|دا"

_PATTERN = rf"""
    (?:(?<![\p{{N}}A-Za-zА-Яа-я/.:\-‑–])|(?<=\d/\d{{1,3}}[-‑–]))  # 48/16–48/18
    (?:
        (?:(?P<special>{_SPECIAL})\s?[-‑–]\s?)?
        (?P<session>\d{{1,4}})\s?/\s?(?P<number>\d{{1,4}})
        (?:[ \u00a0]?(?P<letters>(?:{_LETTER})(?:{_AND}(?:{_LETTER})){{0,2}})
            (?![\p{{Latin}}\p{{Cyrillic}}\p{{Arabic}}\p{{N}}/'’(]))?
        (?:[-‑–](?P<upto>\d{{1,3}})(?![\p{{N}}/]|[-‑–.,]\d))?  # 48/16-18
        (?![\p{{N}}/]|[.,]\d|-\d(?!\d{{0,3}}/\d))
      |
        (?P<number>\d{{1,4}})
        (?:[ \u00a0]{{0,2}}(?P<letters>{_LETTER}))?
        \s{{0,3}}[(（]\s?
        (?:(?P<year>(?:19[4-9]|20\d)\d)|(?:(?P<special>ES|S)[-‑–\s])?(?P<roman>[IVXLCХ]{{1,8}})
          |(?P<special>د|{_SPECIAL})\s?[-‑–]\s?(?P<arabic>\d{{1,2}}))
        \s?(?:[)）]|\((?![\p{{L}}\p{{N}}]))  # or turned about, in a line from the right: 2334 (2016(
    )
"""


class Number(NamedTuple):
    """A number in text: ``shape`` is session, year (of a yearly organ), roman or council (1325 (2000)).

    ``upto`` is the last number of a range printed short, "48/16-18".
    """

    start: int
    end: int
    text: str
    shape: str
    session: str
    number: str
    letters: str
    upto: str = ""


LONGEST_RANGE = 40  # a short range has few numbers: "48/16-2005" and "48/1-200" are something else
MOST_OF_COUNCIL = 60  # resolutions that one session of the Human Rights Council can adopt; the most was 46
# The Assembly's special sessions since the Human Rights Council began to hold its own, and their years.
_SPECIAL_YEARS: dict[int, tuple[int, ...]] = {29: (2014,), 30: (2016,), 31: (2020, 2021), 32: (2021,)}


@cache
def _pattern() -> regex.Pattern[str]:
    return regex.compile(_PATTERN, regex.VERBOSE)


_SIGNS = frozenset("/(（")  # one of them is in every number


def numbers(text: str) -> Iterator[Number]:
    """Everything in a text that has the shape of a resolution's number, whatever it is."""
    if _SIGNS.isdisjoint(text):
        return
    for found in _pattern().finditer(text):
        number = _read(found)
        if number:
            yield number


def _read(found: regex.Match[str]) -> Number | None:
    groups = found.groupdict()
    special = {"ES": "ES-", "S": "S-", "دإط": "ES-", "داط": "ES-", "دإ": "S-", "دا": "S-"}.get(
        groups["special"] or "", ""
    )
    start, end, printed = found.start(), found.end(), found[0]
    letters = regex.split(_AND, groups["letters"] or "")[0]  # "A and B", "A to C": the page is that of the first
    if groups["year"]:
        return Number(start, end, printed, "council", groups["year"], groups["number"], letters)
    if groups["roman"] in ("I", "II", "III") and not special and int(groups["number"]) > 400:
        return None  # the third session ended at 300: "I.C.J. Reports 1996 (I)"
    if groups["roman"]:
        return Number(
            start, end, printed, "roman", special + groups["roman"].replace("Х", "X"), groups["number"], letters
        )
    if groups["arabic"]:
        return Number(
            start, end, printed, "roman", f"({groups['special']}-{groups['arabic']})", groups["number"], letters
        )
    session, number, upto = groups["session"], groups["number"], groups["upto"] or ""
    if upto and not int(number) < int(upto) <= int(number) + LONGEST_RANGE:
        dash = found.start("upto") - 1
        if found.string[dash] == "-":
            return None
        end, printed, upto = dash, printed[: dash - start], ""
    if not int(session) or not int(number) or number.startswith("0") or session.startswith("0"):
        return None
    if len(session) < 4:
        if int(session) > 150 or len(number) == 4:
            return None
        return Number(start, end, printed, "session", special + session, number, letters, upto)
    if special or not 1946 <= int(session) <= 2100 or len(number) == 4:
        return None  # 2019/2020 is a biennium
    return Number(start, end, printed, "year", session, number, letters, upto)


def organs_of(number: Number, year: int | None = None, kind: str = "resolution") -> frozenset[str]:
    """Which of GA and HRC can have adopted what is numbered by session, in that year if it is known.

    The Assembly has numbered by session since its thirty-first (before, "3201 (S-VI)"); session N runs from
    the autumn of 1945 + N to the next. The Human Rights Council has held about three sessions a year since
    June 2006. Its special sessions and the Assembly's share the form S-34; ES-10 is the Assembly's.
    """
    prefix, _, digits = number.session.rpartition("-")
    n = int(digits)
    if prefix == "ES":
        return frozenset({"GA"})
    if prefix == "S":
        years = _SPECIAL_YEARS.get(n, ())
        assembly = n <= 32 if year is None else (year < 2006 or year in years)
        council = year is None or (year >= 2006 and year not in years)
    else:
        assembly = n >= 31 and (year is None or n > 70 or year - 1945 - n in (0, 1))
        many = int(number.number) > MOST_OF_COUNCIL and kind == "resolution"
        council = n <= 65 and not many and (year is None or abs(2006 + (n - 1) / 3 - year) <= 1.5)
    return frozenset(name for name, able in (("GA", assembly), ("HRC", council)) if able)


def is_of_assembly_session(number: Number, year: int) -> bool:
    """Whether a Roman session of the Assembly fell in a year: XXVII is 1972; any year will do for S-VI."""
    symbol = try_parse(f"A/RES/{number.number}({number.session.strip('()')})")
    value = roman_value(symbol.session or "") if symbol else None
    return value is None or year - 1945 - value in (0, 1)


def symbol_of(number: Number, organ: str, kind: str = "resolution") -> Symbol | None:
    """The symbol a number stands for; ``organ`` is GA, HRC, SC, ESC or "" (a body that has no symbols).

    Only numbers whose shape does not say the organ need it.
    """
    series = "DEC" if kind == "decision" else "RES"
    if number.shape == "council":
        return try_parse(f"S/{series}/{number.number}({number.session})")
    if not organ:
        return None
    if number.shape == "year":
        return try_parse(f"E/{series}/{number.session}/{number.number}{number.letters}")
    if number.shape == "roman":
        return _roman(number, organ, series)
    body = "A/HRC" if organ == "HRC" else "A"
    return try_parse(f"{body}/{series}/{number.session}/{number.number}{number.letters}")


def _roman(number: Number, organ: str, series: str) -> Symbol | None:
    session = number.session if number.session.startswith("(") else f"({number.session})"
    symbol = try_parse(f"A/{series}/{number.number}{number.letters}{session}")
    if symbol is None or symbol.session is None:
        return symbol
    # The Assembly wrote Roman sessions up to XXX (1975), the Economic and Social Council up to LXIII.
    if organ == "ESC" or regex.match(r"XXX[IVX]|XL|L", symbol.session):
        return try_parse(f"E/{series}/{number.number}{number.letters}({symbol.session})")
    return symbol
