"""Which faces of a document may lie about their letters, told from the text they give.

A font's Unicode table can be wrong: a face without any f whose text says ``iniorme`` for ``informe``, an Arabic face
in which plain alef reads as alef with hamza below, Mac Roman letters read as Windows ones (``opiniÛn``). A doubt is no
more than a reason to look into the font; healthy files raise none and cost nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import ascii_lowercase

import msgspec

from unresolve.model.script import has_rtl
from unresolve.patterns import late

from .pages import Page

__all__ = ["Doubt", "doubts_of"]

_SHARES = {"b": 0.008, "d": 0.025, "f": 0.006, "g": 0.008, "h": 0.006, "m": 0.02, "p": 0.018, "q": 0.0008, "v": 0.008}
"""The least share of a letter in English, French and Spanish text; of a c e i l n o r s t u it is 0.02 or more."""
_SHARE = 0.02
_COMMON = "abcdefghilmnopqrstuv"

EXPECTED = 6.0
"""A letter that so many times should have been met is missing: by chance once in 400 faces."""

ACCENTS = 3
"""So many capitals with an accent, or spacing accents, between small letters are no slip of the typist."""

ARABIC = 100
"""A face with so many Arabic letters and not one alef: alef is every sixth letter."""

THRICE = 3
"""So many times one Arabic letter three times in a row: strokes that lengthen words and say that they are a letter."""

_ODD = late(r"(?<=\p{Ll})[\u00c0-\u00de\u00b7\u02d9\u02da\u02c6](?=\p{Ll})")
_THRICE = late(r"([\u0620-\u063f\u0641-\u064a])\1\1")
_ALEF = "\u0627"
_ALEFS = frozenset("\u0627\ufe8d\ufe8e")
_ARABIC = late(r"[\u0620-\u064a\ufe80-\ufefc]")


class Doubt(msgspec.Struct, frozen=True):
    """Why a face is under suspicion: letters it never gives, or accents or strokes where there can be none."""

    missing: frozenset[str] = frozenset()
    accents: bool = False
    strokes: bool = False

    def __bool__(self) -> bool:
        return bool(self.missing) or self.accents or self.strokes

    def __str__(self) -> str:
        if self.accents:
            return "accents between small letters"
        if self.strokes:
            return "gives one letter three times in a row"
        return f"never gives {' '.join(sorted(self.missing))}"

    @property
    def grave(self) -> bool:
        """Whether no honest face gives such a text."""
        return self.accents or self.strokes or _ALEF in self.missing


def doubts_of(pages: Iterable[Page]) -> Mapping[str, Doubt]:
    """The faces under suspicion by their names, in the order of the names."""
    texts: dict[str, list[str]] = {}
    for page in pages:
        for run in page.runs:
            texts.setdefault(run.font.name, []).append(run.text)
    doubts = ((name, _doubt(" ".join(texts[name]))) for name in sorted(texts))
    return {name: doubt for name, doubt in doubts if doubt}


def _doubt(text: str) -> Doubt:
    """The doubt that all the text in one face raises."""
    odd = 0 if text.isascii() else len(_ODD.findall(text))
    thrice = 0 if text.isascii() else len(_THRICE.findall(text))
    return Doubt(_missing(text), odd >= ACCENTS, thrice >= THRICE)


def _missing(text: str) -> frozenset[str]:
    """All small Latin letters a face lacks, if one of them is sure to have been printed; alef if that is."""
    counts = {letter: text.count(letter) for letter in ascii_lowercase}
    total = sum(counts.values())
    lacking = {letter for letter in ascii_lowercase if not counts[letter]}
    if any(total * _SHARES.get(letter, _SHARE) >= EXPECTED for letter in lacking.intersection(_COMMON)):
        return frozenset(lacking)
    if has_rtl(text) and _ALEFS.isdisjoint(text) and len(_ARABIC.findall(text)) >= ARABIC:
        return frozenset(_ALEF)
    return frozenset()
