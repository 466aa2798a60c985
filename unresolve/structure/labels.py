"""Lines that name what follows: "I", "A", "Rule 1", "Part II", "第16条", "الباب 29 ألف", and headings that begin so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import regex

from unresolve.languages.numbers import roman, roman_value
from unresolve.patterns import late

if TYPE_CHECKING:
    from unresolve.languages import Pack
    from unresolve.languages.enumerators import EnumeratorKind

__all__ = ["Counts", "counts_of", "in_figures", "is_label", "leads", "lettered"]

Counts = tuple[str, str]
"""What a label with a word names, and its number in figures or letters of every language: ``("article", "16")``."""

_LONGEST = 32
_LABEL = regex.compile(r"[IVXLC]{1,6}\.?|\p{Lu}\.?|\p{Lu}[\p{L}]{2,11}\s(?:\d{1,3}|[IVXLC]{1,6})")
_LED = regex.compile(r"(?P<label>(?P<word>\p{Lu}\p{L}{2,11})\s(?P<number>\d{1,3}\p{Lu}?|[IVXLC]{1,6}))[.:]?\s")
_LETTERED = late(r"(\p{Lu}|[IVXLC]{1,6})\s(?=\p{Lu})")
_DIVISIONS = ("part", "chapter", "section", "article")


def is_label(text: str, pack: Pack) -> bool:
    """Whether a line names a division and does nothing else ("I", "Rule 1", "一", "المادة 16")."""
    if _LABEL.fullmatch(text) is not None or counts_of(text, pack) is not None:
        return True
    enumerator = pack.enumerator(text) if len(text) < 16 and not text.isascii() else None
    return enumerator is not None and enumerator.kind in ("upper-roman", "upper-letter")


def counts_of(text: str, pack: Pack) -> Counts | None:
    """What a label counts: "المادة 16" is ``("article", "16")``, "الجزء الأول" ``("part", "I")``; "I" is none."""
    if len(text) > _LONGEST:
        return None
    return _division(text, pack) or _numeral(text, pack) or _counted(_LED.fullmatch(f"{text} "), pack)


def _division(text: str, pack: Pack) -> Counts | None:
    return next(((rule, number) for rule in _DIVISIONS if (number := pack.read(rule, text)) is not None), None)


def _numeral(text: str, pack: Pack) -> Counts | None:
    """What a label counts that is a numeral in words or signs of its own: "تاسع عشر", "十九"."""
    read = pack.enumerator(text) if not text.isascii() else None
    return ("numeral", roman(read.ordinals[0])) if read is not None and read.kind == "upper-roman" else None


def leads(text: str, pack: Pack) -> Counts | None:
    """What a heading counts whose label stands in one line with it: "Часть I Общее …" is ``("part", "I")``."""
    return _counted(_LED.match(text), pack)


def _counted(found: regex.Match[str] | None, pack: Pack) -> Counts | None:
    if found is None:
        return None
    return _division(found["label"], pack) or (found["word"].casefold(), found["number"])


def in_figures(counts: Counts | None, others: Iterable[Counts]) -> Counts | None:
    """The same in figures where others of its kind are: "Chapitre premier" is 1 beside "Chapitre 2", else I."""
    place = roman_value(counts[1]) if counts is not None else None
    if counts is None or not place or not any(name == counts[0] and number.isdecimal() for name, number in others):
        return counts
    return counts[0], str(place)


def lettered(headings: Sequence[str], pack: Pack) -> dict[int, Counts]:
    """Which of the headings of a text begin with a letter or numeral of a series: "A Barème …", "B Évolution …".

    One alone is none: "A New Agenda for Peace".
    """
    found: dict[int, Counts] = {}
    kinds: tuple[tuple[EnumeratorKind, str], ...] = (("upper-letter", "letter"), ("upper-roman", "numeral"))
    for kind, name in kinds:
        series: list[int] = []
        for at, text in enumerate(headings):
            printed = _LETTERED.match(text)
            read = pack.enumerator(f"{printed[1]}.") if printed is not None else None
            readings = list(zip(read.ordinals, read.kinds, strict=True)) if read is not None else []
            if (len(series) + 1, kind) in readings:
                series.append(at)
        if len(series) > 1:
            write = roman if kind == "upper-roman" else lambda place: chr(ord("A") + place - 1)
            found |= {at: (name, write(place)) for place, at in enumerate(series, 1)}
    return found
