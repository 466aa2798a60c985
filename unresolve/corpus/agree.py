"""Whether the versions of a document agree: the same paragraphs, notes, symbols and numbers in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Literal

import msgspec
import regex

from unresolve.model import Document

from .versions import Row, Version, rows, versions

__all__ = ["Disagreement", "DisagreementKind", "agree", "by_symbol", "disagreements"]

DisagreementKind = Literal["missing", "number", "symbol", "figure"]


class Disagreement(msgspec.Struct, frozen=True, order=True):
    """One thing on which the versions differ, told of the fewer of them.

    ``kind`` is ``missing`` (a paragraph, heading, cell or note that is not in ``versions``), ``number`` (``versions``
    print another number, or marker, than the others: ``value``), ``symbol`` (the document ``value`` is cited in the
    others and not in ``versions``; in ``versions`` alone if ``extra``), ``figure`` (``versions`` print ``value``
    where the others have another number or date). ``place`` is the id of the block or note.
    """

    place: str
    kind: DisagreementKind
    versions: tuple[str, ...]
    value: str = ""
    extra: bool = False

    def __str__(self) -> str:
        names = ", ".join(self.versions)
        match self.kind:
            case "missing" if self.extra:
                return f"{self.place}: only in {names}"
            case "missing":
                return f"{self.place}: not in {names}"
            case "symbol" if self.extra:
                return f"{self.place}: {self.value} is cited in {names} only"
            case "symbol":
                return f"{self.place}: {self.value} is not cited in {names}"
            case "number":
                return f"{self.place}: is {self.value} in {names}"
            case _:
                return f"{self.place}: {names} has {self.value}"


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

    One that prints no symbol goes by the name of its file up to the first full stop: ``wells`` of ``wells.fr.md``.
    """
    groups: dict[str, list[Document]] = {}
    for document, name in zip(documents, names, strict=True):
        symbol, stem = document.masthead.symbol, PurePath(name).name.partition(".")[0]
        groups.setdefault((symbol.value or str(symbol.text)) if symbol is not None else stem, []).append(document)
    return groups


def disagreements(of: Sequence[Version], found: Iterable[Row]) -> list[Disagreement]:
    """What differs in the rows of the versions."""
    names = [version.name for version in of]
    return [each for row in found for each in _row(row, names)]


def _row(row: Row, names: list[str]) -> Iterator[Disagreement]:
    lacking = [name for name in names if name not in row.units]
    if lacking:
        extra = len(lacking) * 2 > len(names)
        yield Disagreement(row.place, "missing", tuple(row.units if extra else lacking), extra=extra)
    if len(row.units) < 2:
        return
    yield from _numbers(row)
    yield from _symbols(row)
    yield from _figures(row)


def _numbers(row: Row) -> Iterator[Disagreement]:
    """Versions whose number is not the one that most print."""
    tokens = {name: unit.token or "" for name, unit in row.units.items()}
    most = _most(tokens.values())
    for token in sorted(set(tokens.values()) - {most}):
        if not token and all(unit.number is None for unit in row.units.values()):
            continue  # the others have it on a line of its own, which is told as missing
        having = tuple(name for name, own in tokens.items() if own == token)
        yield Disagreement(row.place, "number", having, token or "unnumbered")


_PART = regex.compile(r"(?<=\d)[A-Z](?:-[A-Z])?$")


def _symbols(row: Row) -> Iterator[Disagreement]:
    """Documents whose symbol or number stands in some versions.

    What is cited by its name or by "Ibid." is left out: "2030 Agenda" is "خطة عام 2030", or a defined name in one
    language and none in the next. So are the letters of parts, "75/245" for "75/245 B", which links often lack.
    """
    cited = {name: {_PART.sub("", symbol) for symbol in unit.printed} for name, unit in row.units.items()}
    for symbol in sorted(set().union(*cited.values())):
        having = tuple(name for name, own in cited.items() if symbol in own)
        lacking = tuple(name for name in cited if name not in having)
        if lacking:
            extra = len(having) < len(lacking)
            yield Disagreement(row.place, "symbol", having if extra else lacking, symbol, extra)


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
                yield Disagreement(row.place, "figure", (name,), f"{other}, not {one}")


def _most(values: Iterable[str]) -> str:
    listed = list(values)
    return max(listed, key=lambda value: (listed.count(value), bool(value)))
