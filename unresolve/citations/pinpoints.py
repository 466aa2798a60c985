"""Places inside a cited document: "section III, paragraph 5 (a), of", "annex II, sect. III.B, para. 12".

A pinpoint is written the same way from all six languages: ``annex II, sect. III.B, para. 5(a), para. 7-9``.
"""

from __future__ import annotations

from functools import cache, cached_property

import regex

from unresolve.languages import load
from unresolve.languages.numbers import roman
from unresolve.symbols.tokens import ARABIC_LETTERS

from .grammar import Grammar, grammar, spaced

__all__ = ["is_within", "numerals", "pinpoint_after", "pinpoint_before"]

_UNITS = ("annex", "appendix", "part", "chap", "sect", "art", "para")
_NAMES = {
    "annex": "annex",
    "appendix": "appendix",
    "part": "part",
    "chap": "chap.",
    "sect": "sect.",
    "art": "art.",
    "para": "para.",
}
_AND = r"(?:\s?(?:,|،|、)\s?|\s?(?:-|–|—)\s?|\s(?:and|or|to|et|ou|à|y|o|a|и|или|إلى)\s"
_AND += r"|\s?(?:和|至|及)\s?(?:第\s?)?|\sو\s?)"
_POINT = r"(?:\s?\((?:\p{L}{1,4}|\d)\)|\s\p{Ll}{1,4}\))"
_ROMAN = r"[IVXLC]{1,7}(?:\.[A-Z])?"
_BETWEEN = r"(?:[^\W\d_]{1,22}[\s'’]{1,2}){0,9}"
_BEFORE = 160  # characters looked at before a number for "paragraphs 5 (a) and 7 to 9 of its resolution"
_AFTER = 90
_CYRILLIC = "абвгдежзиклмнопрстуф"
_ARABIC = "أبجدهوزحطيكلمن"


class _Patterns:
    """The pinpoint patterns of a language."""

    def __init__(self, words: Grammar) -> None:
        units = {unit: spaced(words.pinpoints[unit]) for unit in _UNITS if unit in words.pinpoints}
        item = rf"(?:\d{{1,4}}{_POINT}{{0,3}}|(?-i:{_ROMAN})(?!\p{{L}})|(?-i:[A-Z])(?![\p{{L}}’'])"
        if words.ordinal:  # السابع is one, الفرع is the next unit
            item += rf"|(?!(?:{'|'.join(units.values())})(?!\p{{L}}))(?:{spaced(words.ordinal)})(?:\.[A-Z])?"
        if words.lang == "ar":
            item += rf"|(?:{'|'.join(ARABIC_LETTERS)})(?!\p{{L}})"
        item += ")"
        run = r"(?&item)(?:(?&and)(?&item)){0,7}"
        if words.noun_follows:
            tail = {unit: word for unit, word in units.items() if unit not in ("annex", "appendix")}
            head = {unit: word for unit, word in units.items() if unit in ("annex", "appendix")}
            place = "|".join(
                [rf"(?P<{unit}>{word})(?P<run>{run})?" for unit, word in head.items()]
                + [rf"第\s?(?P<run>{run})\s?(?P<{unit}>{word})" for unit, word in tail.items()]
            )
        else:
            place = "|".join(rf"(?P<{unit}>{word})" for unit, word in units.items())
            joined = "[وفبلك]?" if words.lang == "ar" else ""  # والفقرة: "and the paragraph"
            place = rf"(?<!\p{{L}}){joined}(?:{place})(?:\s{{1,2}}(?P<run>{run}))?(?!\p{{L}})"
        # What every pattern calls by name, so that it is compiled once in each.
        self._terms = rf"(?(DEFINE)(?P<item>{item})(?P<and>{_AND})"
        self._place = place
        self._places = rf"{self._terms}(?P<place>{regex.sub(r'[(][?]P<[a-z]+>', '(?:', place)}))"
        self._terms += ")"
        self._noun = spaced(words.pattern("resolution").pattern)
        self._act = f"{self._noun}|{spaced(words.pattern('decision').pattern)}"
        self._noun_follows = words.noun_follows

    # Each is long, and compiled when it is first asked for: many documents need two of them or none.

    @cached_property
    def place(self) -> regex.Pattern[str]:
        """One unit with its numbers."""
        return regex.compile(self._terms + self._place, regex.IGNORECASE)

    @cached_property
    def after(self) -> regex.Pattern[str]:
        """The places behind a citation."""
        lead = rf"^[)）]?\s?号?\s?(?:{self._noun})?[,，]?\s?" if self._noun_follows else r"^[)\]]?[,،]?\s{1,2}"
        places = r"(?P<places>(?&place)(?:[,،，]?\s?(?&place)){0,4})"
        return regex.compile(self._places + lead + places, regex.IGNORECASE)

    @cached_property
    def before(self) -> regex.Pattern[str]:
        """The places that lead to a citation."""
        places = r"(?P<places>(?&place)(?:(?:[,،]|(?&and))?\s?(?&place)){0,3})"
        return regex.compile(rf"{self._places}{places}(?P<between>[,،]?\s{_BETWEEN})(?:\(?)$", regex.IGNORECASE)

    @cached_property
    def within(self) -> regex.Pattern[str]:
        """A place of the document that a number is within."""
        return regex.compile(rf"{self._places}(?&place)[,،，]\s?(?:{self._act})?\s?第?$", regex.IGNORECASE)

    @cached_property
    def item(self) -> regex.Pattern[str]:
        """One number of a run, or what joins two."""
        return regex.compile(rf"{self._terms}(?P<one>(?&item))|(?&and)", regex.IGNORECASE)


@cache
def _patterns(lang: str) -> _Patterns:
    return _Patterns(grammar(lang))


def pinpoint_after(text: str, end: int, words: Grammar) -> str | None:
    """The pinpoint that follows a citation ending at ``end``."""
    rest = text[end : end + _AFTER]
    date = words.pattern("date").match(rest) if not words.noun_follows else None
    if date:
        rest = rest[date.end() :]
    patterns = _patterns(words.lang)
    found = patterns.after.match(rest)
    return _canonical(found["places"], patterns, words) if found else None


def pinpoint_before(text: str, start: int, words: Grammar) -> str | None:
    """The pinpoint that leads to a citation beginning at ``start``."""
    if words.noun_follows:
        return None
    patterns = _patterns(words.lang)
    found = patterns.before.search(text[max(0, start - _BEFORE) : start])
    if not found or not words.pattern("inside").match(found["between"]):
        return None
    return _canonical(found["places"], patterns, words)


def is_within(text: str, start: int, words: Grammar) -> bool:
    """Whether a number is a piece of the document before it: "annex II, resolution 14/221"."""
    return _patterns(words.lang).within.search(text[max(0, start - 60) : start]) is not None


def numerals(run: str, unit: str, words: Grammar) -> str:
    """The numbers of a run as every language shares them: "5 а) и 7–9" is ``5(a), 7-9``."""
    return _run(run, unit, _patterns(words.lang), words)


def _canonical(places: str, patterns: _Patterns, words: Grammar) -> str | None:
    found = []
    for place in patterns.place.finditer(places):
        unit = next(name for name, text in place.groupdict().items() if name in _NAMES and text)
        run = place["run"]
        found.append(_NAMES[unit] + (f" {_run(run, unit, patterns, words)}" if run else ""))
    return ", ".join(found) or None


def _run(run: str, unit: str, patterns: _Patterns, words: Grammar) -> str:
    out = ""
    for piece in patterns.item.finditer(run):
        if piece["one"]:
            out += _item(piece["one"], unit, words)
        else:
            out += "-" if regex.search(r"[-–—至]|\b(?:to|à|a)\b|إلى", piece[0]) else ", "
    return out


def _item(item: str, unit: str, words: Grammar) -> str:
    if item in ARABIC_LETTERS:
        return ARABIC_LETTERS[item]
    number, _, letter = item.partition(".")
    known = load(words.lang).number(number) if words.ordinal and not number.isascii() else None
    if known is not None:
        base = str(known) if unit in ("para", "art") else roman(known)
        return base + (f".{letter}" if letter else "")
    return str(regex.sub(r"\s?\(?\s?(\p{L}{1,4}|\d)\)", lambda m: f"({_latin(m[1])})", item))


def _latin(letter: str) -> str:
    """The letter of a point by its place in the script's own order: в is c, ج is c."""
    for alphabet in (_CYRILLIC, _ARABIC):
        if len(letter) == 1 and letter in alphabet:
            return chr(ord("a") + alphabet.index(letter))
    return letter
