"""The language versions of a document side by side: paragraph by paragraph, sentence by sentence."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import msgspec

from unresolve.languages import CODES, load
from unresolve.languages.sentences import Sentences
from unresolve.model import Document

from .agree import Disagreement, disagreements
from .sequences import Bead, beads
from .units import UnitKind, figures
from .versions import Row, Version, parted, rows, versions

__all__ = ["Aligned", "Alignment", "Segment", "align"]

# Beads and what each costs beside one to one (Gale and Church 1993, table 5, as -100 log of the share).
_SHAPES: dict[Bead, float] = {(1, 1): 0.0, (2, 1): 230.0, (1, 2): 230.0, (2, 2): 440.0, (1, 0): 450.0, (0, 1): 450.0}
_VARIANCE = 6.8
_CUE = 120.0


class Segment(msgspec.Struct, frozen=True):
    """Texts that say the same, by the name of their version: a sentence each, several where one took two."""

    texts: dict[str, str]


class Aligned(msgspec.Struct, frozen=True):
    """A paragraph, heading, cell or note in its versions: ``place`` is its id, ``kind`` what it is.

    ``texts`` are whole, ``places`` the id in each version, ``segments`` the sentences. A version that has none is in
    neither of them.
    """

    place: str
    kind: UnitKind
    texts: dict[str, str]
    places: dict[str, str]
    segments: tuple[Segment, ...]


class Alignment(msgspec.Struct, frozen=True, dict=True):
    """The versions by name with their languages, the rows in reading order, and what the versions disagree on."""

    names: tuple[str, ...]
    languages: tuple[str, ...]
    symbol: str | None
    rows: tuple[Aligned, ...]
    disagreements: tuple[Disagreement, ...] = ()

    @cached_property
    def segments(self) -> tuple[tuple[Aligned, Segment], ...]:
        """Every segment with its row."""
        return tuple((row, segment) for row in self.rows for segment in row.segments)


def align(documents: Iterable[Document], names: Sequence[str] | None = None, *, sentences: bool = True) -> Alignment:
    """The language versions of one document, aligned.

    ``names`` tell the versions apart; else their languages do. Without ``sentences`` each text is one segment. Raises
    ValueError for fewer than two documents, or names that are not one for each.
    """
    listed = versions(documents, names)
    if len(listed) < 2:
        raise ValueError("nothing to align: give at least two language versions")
    found = rows(listed)
    return Alignment(
        tuple(version.name for version in listed),
        tuple(version.document.language for version in listed),
        next((symbol for version in listed if (symbol := _symbol(version.document))), None),
        tuple(_aligned(row, listed, split=sentences) for row in parted(found, listed)),
        tuple(disagreements(listed, found)),
    )


def _symbol(document: Document) -> str | None:
    field = document.masthead.symbol
    return field.value if field is not None else None


def _aligned(row: Row, of: Sequence[Version], *, split: bool) -> Aligned:
    texts = {name: unit.text for name, unit in row.units.items()}
    places = {name: unit.place for name, unit in row.units.items()}
    kinds = [unit.kind for unit in row.units.values()]
    kind = max(kinds, key=kinds.count)
    if split:
        languages = {version.name: version.document.language for version in of}
        segments = tuple(_segments(texts, {name: _cut(text, languages[name]) for name, text in texts.items()}))
    else:
        segments = (Segment(texts),)
    return Aligned(row.place, kind, texts, places, segments)


class _Sentence(msgspec.Struct, frozen=True):
    """A span of the text of its version, with what its translations hold too."""

    start: int
    end: int
    cues: frozenset[str]


def _cut(text: str, language: str) -> list[_Sentence]:
    pack = load(language) if language in CODES else None
    splitter = pack.sentences if pack is not None else Sentences()
    return [_Sentence(a, b, frozenset(figures(text[a:b], pack))) for a, b in splitter.split(text)]


def _segments(texts: dict[str, str], cut: dict[str, list[_Sentence]]) -> Iterator[Segment]:
    """The segments of a row: cut where the cuts of all versions against the longest fall together."""
    cut = {name: sentences for name, sentences in cut.items() if sentences}
    if not cut:
        return
    pivot = max(cut, key=lambda name: len(cut[name]))
    # Where a version can be cut: so many of its sentences stand beside the first i of the pivot.
    joints = {name: _joints(cut[pivot], own) for name, own in cut.items() if name != pivot}
    joints[pivot] = {i: i for i in range(len(cut[pivot]) + 1)}
    common = sorted(set.intersection(*(set(own) for own in joints.values())))
    for i, j in pairwise(common):
        own = {name: sentences[joints[name][i] : joints[name][j]] for name, sentences in cut.items()}
        yield Segment({name: texts[name][span[0].start : span[-1].end] for name, span in own.items() if span})


def _joints(pivot: list[_Sentence], own: list[_Sentence]) -> dict[int, int]:
    """For each end of a bead in the pivot the end in the other version.

    A sentence that stands alone is taken with the one before, or the first with the one after: it says something
    that the other version says there too.
    """
    scale = _length(own) / max(1, _length(pivot))

    def cost(i: int, di: int, j: int, dj: int) -> float:
        left, right = pivot[i : i + di], own[j : j + dj]
        length = _length_cost(_length(left), _length(right), scale)
        shared = _cues(left) & _cues(right)
        return _SHAPES[di, dj] + length - _CUE * len(shared)

    ends = [(left.stop, right.stop) for left, right in beads(len(pivot), len(own), cost, list(_SHAPES))]
    found: dict[int, int] = {0: 0}
    for at, (i, j) in enumerate(ends):
        following = ends[at + 1] if at + 1 < len(ends) else None
        alone = following is not None and (following[0] == i or following[1] == j)
        if i and j and not alone:
            found[i] = j
    found[len(pivot)] = len(own)
    return found


def _length_cost(left: int, right: int, scale: float) -> float:
    """-100 log of the chance that texts of these lengths, in characters, say the same; ``scale`` is right to left."""
    if not (left and right):
        return 0.0
    mean = (left + right / scale) / 2
    delta = abs(right / scale - left) / math.sqrt(mean * _VARIANCE)
    chance = max(math.erfc(delta / math.sqrt(2)), 1e-12)
    return -100 * math.log(chance)


def _cues(sentences: list[_Sentence]) -> frozenset[str]:
    return frozenset[str]().union(*(sentence.cues for sentence in sentences))


def _length(sentences: list[_Sentence]) -> int:
    return sum(sentence.end - sentence.start for sentence in sentences)
