"""Numbers written in words: "Seventy-second", "septuagésimo sexto", "Семьдесят второй", "الثانية والسبعون".

The words of a language are composed once into a table from 1 to 199: a number is a form of its own, or a
head ("seventy-") before a smaller number, or a tail (" والسبعون") after one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import product

import msgspec
import regex

from unresolve.patterns import late

from .fold import fold_line, fold_pattern

__all__ = ["Affix", "Numerals", "roman", "roman_value"]

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_APART = "\x1f"  # no word has a unit separator
_ROMAN_SHAPE = late(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


class Affix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is set before or after the words of 1 … ``upto`` to add ``value`` to them."""

    value: int
    forms: tuple[str, ...]
    upto: int = 9


class Numerals(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The number words of a language, as its grammar file gives them.

    ``forms`` maps a number to its words; a bar parts a stem from a key of ``endings`` ("втор|ой" stands for
    all cases and genders). ``before`` lists what may stand before the whole ("第"); ``digits`` is the
    pattern of a number in digits, whose first group is the number ("1st", "1er", "1.ª").
    """

    forms: dict[str, tuple[str, ...]]
    digits: str
    heads: tuple[Affix, ...] = ()
    tails: tuple[Affix, ...] = ()
    endings: dict[str, tuple[str, ...]] = {}
    before: tuple[str, ...] = ("",)
    examples: dict[str, int] = {}
    counter_examples: tuple[str, ...] = ()

    def read(self, text: str) -> int | None:
        """The number a word or a group of words stands for; None if it is no number from 1 to 199."""
        folded = fold_line(text).lower()
        if match := self._digits.fullmatch(folded):
            value = int(match[1])
            return value if 1 <= value <= 199 else None
        return self._words.get(folded)

    def words(self, number: int) -> tuple[str, ...]:
        """All the words of a number, folded and in small letters; empty above 199."""
        return tuple(word for word, value in self._words.items() if value == number)

    @cached_property
    def _digits(self) -> regex.Pattern[str]:
        return regex.compile(fold_pattern(self.digits), regex.IGNORECASE)

    @cached_property
    def _words(self) -> dict[str, int]:
        words: defaultdict[int, list[str]] = defaultdict(list)
        for number, forms in self.forms.items():
            words[int(number)].extend(self._inflect(forms))
        affixes = [(a, True) for a in self.heads] + [(a, False) for a in self.tails]
        for affix, first in sorted(affixes, key=lambda pair: pair[0].value):
            for unit in range(1, affix.upto + 1):
                for fixed, word in product(affix.forms, tuple(words[unit])):
                    words[affix.value + unit].append(fixed + word if first else word + fixed)
        printed = [
            (before + form, number)
            for number in sorted(words, reverse=True)
            for form in words[number]
            for before in self.before
        ]
        # Hundreds of short strings are folded as one, which takes a tenth of the time.
        folded = fold_line(_APART.join(form for form, _ in printed)).lower().split(_APART)
        return dict(zip(folded, (number for _, number in printed), strict=True))

    def _inflect(self, forms: Iterable[str]) -> Iterable[str]:
        for form in forms:
            stem, bar, key = form.partition("|")
            yield from (stem + ending for ending in self.endings[key]) if bar else (form,)


def roman(number: int) -> str:
    """A number from 1 to 399 as a Roman numeral."""
    digits = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        digits.append(letters * count)
    return "".join(digits)


def roman_value(text: str) -> int | None:
    """The number of a well-formed Roman numeral in capitals; None for anything else ("IIII", "")."""
    if not text or not _ROMAN_SHAPE.fullmatch(text):
        return None
    total, rest = 0, text
    for value, letters in _ROMAN:
        while rest.startswith(letters):
            total, rest = total + value, rest[len(letters) :]
    return total
