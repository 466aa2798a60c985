"""List markers: "1.", "(a)", "а)", "(أ)", "(ii)", "1 -", "一、", "•" and what they count."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from typing import Literal

import msgspec
import regex

from .fold import fold_line
from .numbers import Numerals, roman_value

__all__ = ["Enumerator", "EnumeratorKind", "Lists"]

EnumeratorKind = Literal["decimal", "letter", "roman", "upper-letter", "upper-roman", "bullet"]

_LONGEST = 24
_BULLETS = frozenset("•●◦▪■–—-·*○□➢✓")
_CLOSING = {"(": ")", "[": "]", "'": "'", '"': '"'}
_PARTED = regex.compile(
    r"""(?P<open>[(\['"]?)\ ?
        (?:(?P<digits>\d{1,4})|(?P<word>[\p{L}\p{Nl}\p{No}]{1,8}|(?P<twice>\p{L})\ ?(?P=twice)|\p{L}[\p{L}\ ]{1,20}))
        \ ?(?P<close>[)\].'"]{0,2}|[、:\-]|\)?\ ?[.\-:])""",
    regex.VERBOSE,
)


class Enumerator(msgspec.Struct, frozen=True):
    """A list marker read alone.

    ``ordinals`` are the places it may stand for, the smaller (and likelier) first; ``kinds`` says of each
    how it counts: "(i)" is the first by Roman numerals or the ninth letter. ``kind`` is that of the first.
    ``form`` is what stands around it: "()", ")", ".", "-", "、", "''", "" for nothing.
    """

    kind: EnumeratorKind
    ordinals: tuple[int, ...]
    kinds: tuple[EnumeratorKind, ...] = ()
    form: str = ""


class Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The letters a language counts points with.

    ``letters`` are its alphabets in the order of counting: each is tried, so that the Russian "с" is found
    as the third letter (typed for a Latin c) and as the seventeenth. ``names`` are letters written out
    ("ألف"). ``words`` is true where numeral words count: sections alone ("أولا -", "一、"), points in
    parentheses ("(十一)").
    ``quoted_roman`` is true where figures in quotation marks stand for Roman numerals ("'1'").
    """

    letters: tuple[str, ...]
    names: tuple[str, ...] = ()
    words: bool = False
    quoted_roman: bool = False
    examples: dict[str, tuple[str, int]] = {}
    counter_examples: tuple[str, ...] = ()

    def read(self, text: str, numerals: Numerals) -> Enumerator | None:
        """The marker that ``text`` is, alone; None if it is none. Text that is too long is not looked at."""
        if len(text) > _LONGEST or not (text := text.strip()):
            return None
        if text in _BULLETS:
            return Enumerator("bullet", (0,), ("bullet",), text)
        if text[-1].isalnum() and not (self.words or self.names):
            return None
        if "\u3220" <= text <= "\u3229":  # ㈠ … ㈩
            text = unicodedata.normalize("NFKC", text)
        match = _PARTED.fullmatch(fold_line(text))
        if match is None:
            return None
        form = (match["open"] + match["close"]).replace(" ", "")
        if match["open"] and not match["close"].startswith(_CLOSING[match["open"]]):
            return None
        if not match["open"] and match["close"].startswith(("'", '"', "]")):
            return None
        if digits := match["digits"]:
            if not form:
                return None
            kind: EnumeratorKind = "roman" if self.quoted_roman and match["open"] == "'" else "decimal"
            return Enumerator(kind, (int(digits),), (kind,), form)
        found = sorted(self._readings(match["word"], form, numerals))
        if not found:
            return None
        kinds = tuple(kind for _, kind in found)
        return Enumerator(kinds[0], tuple(place for place, _ in found), kinds, form)

    def _readings(self, word: str, form: str, numerals: Numerals) -> set[tuple[int, EnumeratorKind]]:
        compact = word.replace(" ", "")
        found: set[tuple[int, EnumeratorKind]] = set()
        if word in self._names:
            return {(self._names[word], "upper-letter")}
        if self.words and (place := numerals.read(word)):
            return {(place, "upper-roman" if form != "()" else "roman")}
        if not form:
            return found
        if (place := roman_value(compact.upper())) and (len(compact) > 1 or compact in "ivxIVX"):
            found.add((place, "roman" if compact.islower() else "upper-roman"))
        if len(set(compact.lower())) == 1 and len(compact) <= 3:
            for alphabet in self._alphabets:
                at = (alphabet.find(compact[0]) if alphabet.isupper() else alphabet.find(compact[0].lower())) + 1
                if at:
                    upper = compact[0].isupper()
                    place = at + (len(compact) - 1) * min(len(alphabet), 26)
                    found.add((place, "upper-letter" if upper else "letter"))
        return found

    @cached_property
    def _alphabets(self) -> tuple[str, ...]:
        return tuple(fold_line(letters).replace(" ", "") for letters in self.letters)

    @cached_property
    def _names(self) -> dict[str, int]:
        return {fold_line(name): place for place, name in enumerate(self.names, 1)}
