"""Whether the versions of a document agree: the same paragraphs, notes, symbols and numbers in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Literal

import msgspec
import regex
from rapidfuzz.fuzz import ratio

from unresolve.model import Document

from .units import Unit
from .versions import Row, Version, rows, versions

__all__ = ["Disagreement", "DisagreementKind", "agree", "by_symbol", "disagreements"]

DisagreementKind = Literal["missing", "number", "symbol", "figure"]
_Cause = tuple[object, ...]
"""What all reports of one cause share."""

_INSTEAD = ", not "
_LISTED = 3  # places are named one by one, more by the first and the last
_ALIKE = 60.0
"""Likeness, of 100, of a symbol to the one it stands for: A/RES/46/17 for A/HRC/RES/46/17, A/75/265 for A/76/265."""


class Disagreement(msgspec.Struct, frozen=True, order=True):
    """One thing on which the versions differ, told of the fewer of them.

    ``kind`` is ``missing`` (a paragraph, heading, row of a table or note that is not in ``versions``; in them alone if
    ``extra``), ``number`` (``versions`` print another number, or marker, than the others: ``value``), ``symbol``
    (``versions`` do not cite the document ``value``, cite it alone if ``extra``, or cite it in the place of another,
    "A/RES/46/17, not A/HRC/RES/46/17"), ``figure`` (``versions`` print ``value`` where the others have another number
    or date). ``places`` are the ids of the blocks and notes: what has one cause is told once.
    """

    places: tuple[str, ...]
    kind: DisagreementKind
    versions: tuple[str, ...]
    value: str = ""
    extra: bool = False

    def __str__(self) -> str:
        names, where = ", ".join(self.versions), self._where()
        match self.kind:
            case "missing":
                return f"{where}: only in {names}" if self.extra else f"{where}: not in {names}"
            case "symbol" if self.extra:
                return f"{where}: {self.value} is cited in {names} only"
            case "symbol" if _INSTEAD in self.value:
                return f"{where}: {names} has {self.value}"
            case "symbol":
                return f"{where}: {self.value} is not cited in {names}"
            case "number":
                return f"{where}: is {self.value} in {names}"
            case _:
                return f"{where}: {names} has {self.value}"

    def _where(self) -> str:
        if len(self.places) <= _LISTED:
            return ", ".join(self.places)
        return f"{self.places[0]} … {self.places[-1]} ({len(self.places)} places)"


def agree(documents: Iterable[Document], names: Sequence[str] | None = None) -> list[Disagreement]:
    """Everything on which the language versions of one document differ, in reading order; empty if they agree.

    Raises ValueError for fewer than two documents, or names that are not one for each.
    """
    listed = versions(documents, names)
    if len(listed) < 2:
        raise ValueError("one document alone cannot disagree: give at least two")
    return disagreements(listed, rows(listed))


def by_symbol(documents: Iterable[Document], names: Iterable[str]) -> dict[str, list[Document]]:
    """The documents by their symbol, in the order in which each comes first.

    Letters that name all parts are left out: "A/RES/77/256" in one language is "A/RES/77/256 A-B" in another. One that
    prints no symbol goes by the name of its file up to the first full stop: ``wells`` of ``wells.fr.md``.
    """
    groups: dict[str, list[Document]] = {}
    for document, name in zip(documents, names, strict=True):
        symbol, stem = document.masthead.symbol, PurePath(name).name.partition(".")[0]
        printed = (symbol.value or str(symbol.text)) if symbol is not None else stem
        groups.setdefault(_ALL_PARTS.sub("", printed), []).append(document)
    return groups


def disagreements(of: Sequence[Version], found: Iterable[Row]) -> list[Disagreement]:
    """What differs in the rows of the versions, in reading order, each cause once.

    Texts that follow one another and are missing in the same versions are one gap. So are numbers that the same
    versions do not print, or count otherwise by as much, in one list; and one symbol that is the same slip in several
    places.
    """
    names = [version.name for version in of]
    causes: dict[_Cause, list[Disagreement]] = {}
    gap = 0
    before: Disagreement | None = None
    for row in found:
        each = _missing(row, names)
        if each is not None and (before is None or (before.versions, before.extra) != (each.versions, each.extra)):
            gap += 1
        before = each
        if each is not None:
            causes.setdefault(("missing", each.versions, gap), []).append(each)
        for cause, other in _compared(row):
            causes.setdefault(cause, []).append(other)
    return [
        msgspec.structs.replace(same[0], places=tuple(dict.fromkeys(each.places[0] for each in same)))
        for same in causes.values()
    ]


def _missing(row: Row, names: list[str]) -> Disagreement | None:
    lacking = [name for name in names if name not in row.units]
    extra = len(lacking) * 2 > len(names)
    if not lacking:
        return None
    return Disagreement((row.place,), "missing", tuple(row.units if extra else lacking), extra=extra)


def _compared(row: Row) -> Iterator[tuple[_Cause, Disagreement]]:
    """What differs between the versions that have a text, and what tells it from other causes."""
    if len(row.units) < 2:
        return
    yield from _numbers(row)
    untitled = tuple(name for name, unit in row.units.items() if _is_label(unit))
    if 0 < len(untitled) < len(row.units):
        extra = 2 * len(untitled) > len(row.units)
        names = tuple(name for name in row.units if name not in untitled) if extra else untitled
        yield ("title", names, row.place), Disagreement((f"{row.place}/heading",), "missing", names, extra=extra)
    for each in _symbols(row):
        yield ("symbol", each.versions, each.value, each.extra), each
    for each in _figures(row):
        yield ("figure", each.versions, each.value, row.place), each


def _is_label(unit: Unit) -> bool:
    """Whether a heading is a label alone, "A" or "Rule 1", without the title that stands below it."""
    return bool(unit.parts) and all(part.place.endswith("/label") for part in unit.parts)


def _numbers(row: Row) -> Iterator[tuple[_Cause, Disagreement]]:
    """Versions whose number is not the one that most print."""
    tokens = {name: unit.token or "" for name, unit in row.units.items()}
    most = _most(tokens.values())
    for token in sorted(set(tokens.values()) - {most}):
        if not token and all(unit.number is None for unit in row.units.values()):
            continue  # the others have it on a line of its own, which is told as missing
        having = tuple(name for name, own in tokens.items() if own == token)
        away = int(token) - int(most) if token.isdecimal() and most.isdecimal() else (token or None)
        scope = row.place.rpartition("__")[0]
        yield (
            ("number", having, away, scope),
            Disagreement((row.place,), "number", having, token or "unnumbered"),
        )


_ALL_PARTS = regex.compile(r"(?<=/\d{1,4}) ?A-[B-Z]$")
_PART = regex.compile(r"(?<=\d)[A-Z](?:-[A-Z])?$")


def _symbols(row: Row) -> Iterator[Disagreement]:
    """Documents whose symbol or number stands in some versions.

    What is cited by its name or by "Ibid." is left out: "2030 Agenda" is "خطة عام 2030", or a defined name in one
    language and none in the next. So are the letters of parts, "75/245" for "75/245 B", which links often lack. A
    document that a version cites alone in the place of one that it lacks is told with it.
    """
    cited = {name: {_PART.sub("", symbol) for symbol in unit.printed} for name, unit in row.units.items()}
    count = Counter(symbol for own in cited.values() for symbol in own)
    usual = {symbol for symbol, times in count.items() if 2 * times >= len(cited)}
    told: dict[tuple[str, bool], list[str]] = {}
    for name, own in cited.items():
        lost, added = usual - own, own - usual
        for unlike, one, other in sorted((-_likeness(one, other), one, other) for one in added for other in lost):
            if -unlike >= _ALIKE and one in added and other in lost:
                added.remove(one)
                lost.remove(other)
                told.setdefault((f"{one}{_INSTEAD}{other}", False), []).append(name)
        for symbol in added:
            told.setdefault((symbol, True), []).append(name)
        for symbol in lost:
            told.setdefault((symbol, False), []).append(name)
    for (value, extra), having in sorted(told.items()):
        yield Disagreement((row.place,), "symbol", tuple(having), value, extra)


def _likeness(one: str, other: str) -> float:
    """Of 100; a symbol is like another that it is the beginning of: "A/76/6" for "A/76/6(Introduction)"."""
    return 100.0 if other.startswith(one) or one.startswith(other) else ratio(one, other)


def _figures(row: Row) -> Iterator[Disagreement]:
    """Versions with a number that none of the others has, in the place of one that all of them have.

    A number that is only missing, or only there, says nothing: what is "five" here is "5" there. Nor do two of
    another length: "seventy-five" stands in one sentence with 2030.
    """
    for at, (name, unit) in enumerate(row.units.items()):
        others = [other for key, other in row.units.items() if key != name]
        if len(others) == 1 and at == 0:
            continue  # of two versions neither is the odd one: told once
        lost = set(others[0].figures).intersection(*(other.figures for other in others)) - set(unit.figures)
        own = set(unit.figures).difference(*(other.figures for other in others))
        for one, other in zip(sorted(lost), sorted(own), strict=False):
            if len(one) == len(other):
                yield Disagreement((row.place,), "figure", (name,), f"{other}{_INSTEAD}{one}")


def _most(values: Iterable[str]) -> str:
    listed = list(values)
    return max(listed, key=lambda value: (listed.count(value), bool(value)))
