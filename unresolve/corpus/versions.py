"""The language versions of one document, their units row by row."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from unresolve.languages import CODES
from unresolve.model import Document

from .sequences import heaviest_rising, pairs
from .units import Unit, units
from .wholes import parts_of, wholes

__all__ = ["Row", "Version", "parted", "rows", "versions"]

# What a pair of units gains. A pair that gains nothing is none: its units stand in rows of their own.
_BASE = 0.25
_SAME_NUMBER, _OTHER_NUMBER, _NO_NUMBER = 1.0, -1.5, -0.3
_SAME_PLACE, _SAME_COUNT = 0.4, 0.1  # a count is shifted by whatever one version lacks
_SAME_OPENER, _OTHER_OPENER = 0.6, -0.3
_CUES, _NO_CUE = 1.5, -0.25
# A heading of one version may have been read as a paragraph in another; a cell or a note never.
_OTHER_TEXT, _OTHER_KIND = -0.25, -9.0
_TEXTS = {"heading", "paragraph"}
_MEMBERS = 2  # of a row are asked: the two versions that come first
_PADDING = 5  # characters, so that "Annex" and "附件" are of one length


class Version(msgspec.Struct, frozen=True):
    """One version: its name (the language code, or what tells it from another of that language) and its document."""

    name: str
    document: Document


class Row(msgspec.Struct, frozen=True):
    """Units that say the same, by the name of their version; a version without one is not in it."""

    units: dict[str, Unit]

    @property
    def place(self) -> str:
        """The id that most versions give; of several the one that comes first in the order of the versions."""
        places = [unit.place for unit in self.units.values()]
        return max(places, key=places.count)


def versions(documents: Iterable[Document], names: Sequence[str] | None = None) -> list[Version]:
    """The documents with names: those given, else their languages, ``en``, ``en-2`` … for several of one.

    Raises ValueError if a name is given twice or there are not as many names as documents.
    """
    listed = list(documents)
    if names is None:
        seen: dict[str, int] = {}
        made = []
        for document in listed:
            seen[document.language] = count = seen.get(document.language, 0) + 1
            made.append(document.language if count == 1 else f"{document.language}-{count}")
        names = made
    if len(set(names)) != len(names):
        raise ValueError("every version needs a name of its own")
    return [Version(name, document) for name, document in zip(names, listed, strict=True)]


def rows(of: Sequence[Version]) -> list[Row]:
    """The rows of all texts of the versions, in reading order; a row of a table or a heading with its label is one.

    Units of one id that also share their symbols and numbers are put together first; what lies between is paired by
    dynamic programming over number, id, kind, length, opener, and the symbols and numbers that a translation keeps.
    The order in which the versions are given makes no difference to the rows.
    """
    found: list[_Row] = []
    for version in sorted(of, key=_rank):
        found = _joined(found, version.name, list(wholes(units(version.document))))
    order = [version.name for version in of]
    return [_ordered(row.units, order) for row in found]


def parted(found: Iterable[Row], of: Sequence[Version]) -> Iterator[Row]:
    """The rows cell by cell, label and heading apart.

    Where versions have as many parts as most have, these are paired by their order, all others as whole texts are.
    """
    order = [version.name for version in of]
    ranked = [version.name for version in sorted(of, key=_rank)]
    for row in found:
        if not any(unit.parts for unit in row.units.values()):
            yield row
            continue
        parts = {name: parts_of(row.units[name]) for name in ranked if name in row.units}
        counts = [len(own) for own in parts.values()]
        most = max(counts, key=lambda count: (counts.count(count), count))
        regular = [name for name, own in parts.items() if len(own) == most]
        made = [_Row(regular[0], part) for part in parts[regular[0]]]
        for name in regular[1:]:
            for one, part in zip(made, parts[name], strict=True):
                one.units[name] = part
        for name, own in parts.items():
            if len(own) != most:
                made = _joined(made, name, list(own))
        yield from (_ordered(one.units, order) for one in made)


def _ordered(units: dict[str, Unit], order: Iterable[str]) -> Row:
    return Row({name: units[name] for name in order if name in units})


def _rank(version: Version) -> tuple[int, str]:
    """English first, of which most others are translations, then the order of the codes."""
    code = version.document.language
    place = CODES.index(code) if code in CODES else len(CODES)
    return (0 if code == "en" else 1 + place, version.name)


class _Row:
    """A row while it grows."""

    def __init__(self, name: str, unit: Unit) -> None:
        self.units = {name: unit}


def _joined(before: list[_Row], name: str, own: list[Unit]) -> list[_Row]:
    """The rows with the units of one more version in them."""
    if not before:
        return [_Row(name, unit) for unit in own]
    out: list[_Row] = []
    i = j = 0
    for a, b in [*_paired(before, own, _Scale(before, own)), (len(before), len(own))]:
        out += before[i:a]
        out += (_Row(name, unit) for unit in own[j:b])
        if a < len(before):
            before[a].units[name] = own[b]
            out.append(before[a])
        i, j = a + 1, b + 1
    return out


def _paired(before: list[_Row], own: list[Unit], scale: _Scale) -> Iterator[tuple[int, int]]:
    i = j = 0
    found: list[tuple[int, int]] = []
    for a, b in [*_anchors(before, own), (len(before), len(own))]:
        found += [(i + di, j + dj) for di, dj in pairs(a - i, b - j, scale.between(before[i:a], own[j:b]))]
        found += [(a, b)] if a < len(before) else []
        i, j = a + 1, b + 1
    i = j = 0
    for a, b in [*found, (len(before), len(own))]:
        if (a - i, b - j) == (1, 1) and _may_pair(next(iter(before[i].units.values())), own[j]):
            yield i, j
        if a < len(before):
            yield a, b
        i, j = a + 1, b + 1


def _may_pair(one: Unit, other: Unit) -> bool:
    """Whether two texts that stand alone between the same neighbours may say the same: nothing speaks against it."""
    alike = one.kind == other.kind or {one.kind, other.kind} == _TEXTS
    number = not (one.token and other.token) or one.token == other.token
    return alike and number and not (one.cues and other.cues and one.cues.isdisjoint(other.cues))


def _anchors(before: list[_Row], own: list[Unit]) -> list[tuple[int, int]]:
    """Pairs of which no context need be asked, in rising order.

    Units of one id that share most of their symbols and numbers, or of one place in which nothing else stands; and
    units with three or more cues that no other unit has.
    """
    found: dict[int, int] = {}
    for name in (_id, _signature):
        left = _once((key, i) for i, row in enumerate(before) for unit in row.units.values() if (key := name(unit)))
        right = _once((key, j) for j, unit in enumerate(own) if (key := name(unit)))
        for key, j in right.items():
            if key in left:
                found.setdefault(j, left[key])
    # Two units may claim one row: the first has it.
    listed = list({i: (i, j) for j, i in sorted(found.items(), reverse=True)}.values())
    listed.sort(key=lambda pair: pair[1])
    kept = heaviest_rising([i for i, _ in listed], [1.0] * len(listed))
    return [pair for at, pair in enumerate(listed) if at in kept]


def _id(unit: Unit) -> tuple[object, ...] | None:
    if unit.kind in ("title", "formula", "closing"):
        return (unit.place,)
    return (unit.key, unit.cues) if unit.key and unit.cues else None


def _signature(unit: Unit) -> tuple[object, ...] | None:
    return (unit.kind, unit.cues) if len(unit.cues) >= 3 else None


def _once(keys: Iterable[tuple[tuple[object, ...], int]]) -> dict[tuple[object, ...], int]:
    """Where each key stands that stands in one place only."""
    places: dict[tuple[object, ...], set[int]] = {}
    for key, at in keys:
        places.setdefault(key, set()).add(at)
    return {key: next(iter(at)) for key, at in places.items() if len(at) == 1}


class _Scale:
    """What a pair of units gains, given how long the texts of the versions are."""

    def __init__(self, before: list[_Row], own: list[Unit]) -> None:
        self._own = _length(own)
        self._lengths = Counter[str]()
        for row in before:
            for name, unit in row.units.items():
                self._lengths[name] += len(unit.text)

    def between(self, before: list[_Row], own: list[Unit]) -> Callable[[int, int], float]:
        """The mean gain of a unit over the units of a row, by their places in these lists."""

        def gain(i: int, j: int) -> float:
            members = list(before[i].units.items())[:_MEMBERS]
            return sum(self._pair(name, unit, own[j]) for name, unit in members) / len(members)

        return gain

    def _pair(self, name: str, one: Unit, other: Unit) -> float:
        gain = _BASE + self._length_fit(name, one, other) + _cues(one, other)
        if one.kind != other.kind:
            gain += _OTHER_TEXT if {one.kind, other.kind} == _TEXTS else _OTHER_KIND
        if one.token and other.token:
            gain += _SAME_NUMBER if one.token == other.token else _OTHER_NUMBER
        elif one.token or other.token:
            gain += _NO_NUMBER
        if one.place == other.place:
            gain += _SAME_PLACE if one.key else _SAME_COUNT
        if one.relation and other.relation:
            gain += _SAME_OPENER if one.relation == other.relation else _OTHER_OPENER
        return gain

    def _length_fit(self, name: str, one: Unit, other: Unit) -> float:
        """From 0.5 for texts as long as can be expected down to -0.5."""
        expected = (len(one.text) + _PADDING) * self._own / max(1, self._lengths[name])
        own = len(other.text) + _PADDING * self._own / max(1, self._lengths[name])
        return 0.5 - min(1.0, abs(math.log(own / expected)))


def _cues(one: Unit, other: Unit) -> float:
    either = one.cues | other.cues
    if not either:
        return 0.0
    shared = len(one.cues & other.cues) / len(either)
    return _CUES * shared if shared else _NO_CUE


def _length(own: list[Unit]) -> int:
    return max(1, sum(len(unit.text) for unit in own))
