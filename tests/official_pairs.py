"""Pairs of paragraphs that bear the same official number in two languages, and whether an alignment has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations

import regex
from rapidfuzz import fuzz

from unresolve.corpus.sequences import pairs
from unresolve.corpus.units import Unit, units
from unresolve.corpus.versions import parted, rows, versions
from unresolve.model import Document

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
Key = tuple[str, str]


def aligned_pairs(official: Mapping[str, Document], found: Mapping[str, Document]) -> tuple[Counter[Key], Counter[Key]]:
    """How many official pairs there are of each two languages, and how many stand in one row.

    ``official`` holds the truth by language, ``found`` the versions that are aligned. A paragraph that is not found
    in its own language counts against both of its pairs.
    """
    gold = {code: units(document) for code, document in official.items()}
    place: dict[tuple[str, str], int] = {}
    listed = versions(found.values(), list(found))
    aligned = list(parted(rows(listed), listed))
    for code in found:
        own = [(squash(row.units[code].text), at) for at, row in enumerate(aligned) if code in row.units]
        place |= {(code, name): at for name, at in _places([(squash(u.text), u.place) for u in gold[code]], own)}
    there, hit = Counter[Key](), Counter[Key]()
    for left, right in combinations(found, 2):
        for one, other in _same_number(_numbered(gold[left]), _numbered(gold[right])):
            row = place.get((left, one.place))
            there[left, right] += 1
            hit[left, right] += row is not None and row == place.get((right, other.place))
    return there, hit


def squash(text: str) -> str:
    """The text without spaces and invisible signs."""
    return str(regex.sub(r"[\s\p{Cf}]+", "", text))


def _places(gold: list[tuple[str, str]], own: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The row of each official place, found by its text."""
    likeness: dict[tuple[str, str], float] = {}

    def alike(i: int, j: int) -> float:
        key = gold[i][0], own[j][0]
        if key not in likeness:
            likeness[key] = fuzz.ratio(*key, score_cutoff=70)
        return likeness[key]

    return ((gold[i][1], own[j][1]) for i, j in pairs(len(gold), len(own), alike))


def _numbered(of: list[Unit]) -> list[tuple[tuple[str, str], Unit]]:
    """Paragraphs and points by number: that of the paragraph they follow, and their own.

    Capitals and Roman numerals in capitals are those of headings that stand as paragraphs: they are left out.
    """
    found = []
    paragraph = ""
    for unit in of:
        token = unit.token if unit.kind == "paragraph" and unit.number else None
        if token and not token.isupper():
            paragraph = token if token.isdigit() else paragraph
            found.append(((paragraph, token), unit))
    return found


def _same_number(
    left: list[tuple[tuple[str, str], Unit]], right: list[tuple[tuple[str, str], Unit]]
) -> list[tuple[Unit, Unit]]:
    """One by one where both have the same numbers in the same order; else those that stand once in both.

    None where one file leaves most numbers in the text, as the Arabic ones of sessions 75 to 77 often do: the few
    that it has need not be those of the other ("(1)" for "(i)").
    """
    if 2 * min(len(left), len(right)) < max(len(left), len(right)):
        return []
    if [number for number, _ in left] == [number for number, _ in right]:
        return [(one, other) for (_, one), (_, other) in zip(left, right, strict=True)]
    count_left, count_right = Counter(n for n, _ in left), Counter(n for n, _ in right)
    by_number = dict(right)
    return [(one, by_number[n]) for n, one in left if count_left[n] == 1 == count_right[n]]
