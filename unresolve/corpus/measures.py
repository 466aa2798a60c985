"""How near a document is to the official one: nine figures between 0 and 1.

The same figures as in ``docs/accuracy.md``, over :class:`~unresolve.model.Document` on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rapidfuzz import fuzz, process

from .view import FlatBlock, FlatNote, View

__all__ = ["METRICS", "Faults", "Scores", "figures", "in_step", "measure"]

_ALIKE = 95.0
"""Likeness, of 100, from which two blocks or notes are one."""
_FIELD_ALIKE = 97.0
_PLACE_ALIKE = 80.0
_LOOSE = frozenset({"title", "proponent", "agenda"})


class Scores(msgspec.Struct, frozen=True):
    """The figures of a document, or their means over several.

    ``fields`` masthead fields that are right · ``blocks`` F1 of paragraphs, headings and cells, in order, at 95 %
    likeness · ``exact`` official blocks found letter for letter · ``nums`` printed numbers that are right · ``text``
    likeness of the whole body · ``notes`` F1 of footnotes · ``anchors`` the same with the right marker at the right
    words · ``cites_recall`` and ``cites_f1`` linked documents.
    """

    fields: float = 0.0
    blocks: float = 0.0
    exact: float = 0.0
    nums: float = 0.0
    text: float = 0.0
    notes: float = 0.0
    anchors: float = 0.0
    cites_recall: float = 0.0
    cites_f1: float = 0.0


def figures(scores: Scores) -> tuple[float, ...]:
    """The figures in the order of :data:`METRICS`."""
    return tuple(getattr(scores, metric) for metric in METRICS)


METRICS: tuple[str, ...] = Scores.__struct_fields__


class Faults(msgspec.Struct, frozen=True):
    """What cost a document its points, each official one beside what was found; None where there is none."""

    fields: tuple[tuple[str, str, str], ...] = ()
    blocks: tuple[tuple[str | None, str | None], ...] = ()
    notes: tuple[tuple[str | None, str | None], ...] = ()
    missed: dict[str, int] = {}
    extra: dict[str, int] = {}


def measure(official: View, found: View) -> tuple[Scores, Faults]:
    """The figures of ``found`` against the official document, and its faults."""
    wanted = {name: value for name, value in official.fields.items() if value}
    wrong = tuple((n, v, found.fields[n]) for n, v in wanted.items() if not _field_is_right(n, v, found.fields[n]))
    gold, own = official.blocks, found.blocks
    pairs = in_step([block.text for block in gold], [block.text for block in own])
    exact = sum(gold[i].text == own[j].text for i, j in pairs)
    numbers = sum(bool(gold[i].number) and gold[i].number == own[j].number for i, j in pairs)
    note_pairs = in_step([note.text for note in official.notes], [note.text for note in found.notes])
    placed = sum(_is_placed(official.notes[i], found.notes[j]) for i, j in note_pairs)
    hits = (official.links & found.links).total()
    scores = Scores(
        fields=1 - len(wrong) / len(wanted) if wanted else 1.0,
        blocks=_f1(len(pairs), len(gold), len(own)),
        exact=_share(exact, len(gold)),
        nums=_share(numbers, sum(bool(block.number) for block in gold)),
        text=fuzz.ratio("".join(block.text for block in gold), "".join(block.text for block in own)) / 100,
        notes=_f1(len(note_pairs), len(official.notes), len(found.notes)),
        anchors=_f1(placed, len(official.notes), len(found.notes)),
        cites_recall=_share(hits, official.links.total()),
        cites_f1=_f1(hits, official.links.total(), found.links.total()),
    )
    faults = Faults(
        wrong,
        tuple(_unlike(gold, own, pairs)),
        tuple(_unlike(official.notes, found.notes, note_pairs)),
        dict(sorted((official.links - found.links).items())),
        dict(sorted((found.links - official.links).items())),
    )
    return scores, faults


def in_step(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs of at least 95 % likeness, rising in both, whose likenesses have the largest sum."""
    head = _same_head(left, right)
    tail = _same_head(left[head:][::-1], right[head:][::-1])
    between = _by_table(left[head : len(left) - tail], right[head : len(right) - tail])
    return [
        *((k, k) for k in range(head)),
        *((head + i, head + j) for i, j in between),
        *((len(left) - k, len(right) - k) for k in range(tail, 0, -1)),
    ]


def _same_head(left: Sequence[str], right: Sequence[str]) -> int:
    """How many texts are equal from the start: none of them need be looked for elsewhere."""
    unlike = (k for k, (one, other) in enumerate(zip(left, right, strict=False)) if one != other)
    return next(unlike, min(len(left), len(right)))


def _by_table(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    if not left or not right:
        return []
    likeness = process.cdist(left, right, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    width = len(right)
    best = [[0.0] * (width + 1)]
    for row in likeness[::-1].tolist():
        below, here = best[-1], [0.0] * (width + 1)
        for j in range(width - 1, -1, -1):
            value = max(below[j], here[j + 1])
            here[j] = max(value, row[j] + below[j + 1]) if row[j] else value
        best.append(here)
    best.reverse()
    found = []
    i = j = 0
    while i < len(left) and j < width:
        own = float(likeness[i][j])
        if own and abs(best[i][j] - (own + best[i + 1][j + 1])) < 1e-6:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _field_is_right(name: str, wanted: str, found: str) -> bool:
    return fuzz.ratio(wanted, found) >= _FIELD_ALIKE if name in _LOOSE else wanted == found


def _is_placed(wanted: FlatNote, found: FlatNote) -> bool:
    return wanted.marker == found.marker and fuzz.ratio(wanted.before, found.before) > _PLACE_ALIKE


def _unlike(
    gold: Sequence[FlatBlock] | Sequence[FlatNote],
    own: Sequence[FlatBlock] | Sequence[FlatNote],
    pairs: list[tuple[int, int]],
) -> list[tuple[str | None, str | None]]:
    """The texts that are not the same: pairs that differ in letters, then what lies between pairs, in order."""
    found: list[tuple[str | None, str | None]] = []
    i = j = 0
    for a, b in [*pairs, (len(gold), len(own))]:
        left, right = [one.printed for one in gold[i:a]], [one.printed for one in own[j:b]]
        both = min(len(left), len(right))
        found += zip(left[:both], right[:both], strict=True)
        found += ((one, None) for one in left[both:])
        found += ((None, one) for one in right[both:])
        if a < len(gold) and gold[a].text != own[b].text:
            found.append((gold[a].printed, own[b].printed))
        i, j = a + 1, b + 1
    return found


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _f1(hits: int, official: int, found: int) -> float:
    return 2 * hits / (official + found) if official + found else 1.0
