"""What changed between two versions in one language: a draft and its adopted text, last year's and this year's."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
import regex
from rapidfuzz.distance import Indel

from unresolve.model import Document

from .sequences import heaviest_rising
from .units import Unit, units

__all__ = ["Change", "ChangeKind", "Comparison", "Words", "changed_words", "compare", "redline"]

ChangeKind = Literal["same", "changed", "added", "dropped"]

_ALIKE = 0.5
"""Likeness of words from which two texts are one that changed, wherever they stand."""
_ALIKE_IN_PLACE = 0.3
"""The same for texts alone between the same neighbours."""
_ALIKE_BY_NUMBER = 0.4
"""The same for several texts between the same neighbours, of which one has the number it had."""
_COMMON = 24  # A pair of words that stands in more texts than this tells none of them.
_CANDIDATES = 4
_WORD = regex.compile(r"\p{Han}|[\p{L}\p{M}\p{N}]+(?:[’'/.-][\p{L}\p{M}\p{N}]+)*|[^\s]")
_FOLD = str.maketrans(dict.fromkeys("’‘", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("–—‑", "-"))


class Words(msgspec.Struct, frozen=True):
    """A run of a changed text: ``old`` is what stood there, ``new`` what stands there; both are one where kept."""

    old: str
    new: str

    @property
    def kept(self) -> bool:
        """Whether nothing but typography changed."""
        return _folded(self.old) == _folded(self.new)

    def __str__(self) -> str:
        if self.kept:
            return self.new
        return (f"[-{self.old}-]" if self.old else "") + (f"{{+{self.new}+}}" if self.new else "")


class Change(msgspec.Struct, frozen=True):
    """What became of one paragraph, heading, cell or note.

    ``moved`` says that it stands in another order among the others; ``renumbered`` that its number is another.
    ``words`` are the runs of a changed text, in order; joined, their ``new`` is the new text.
    """

    kind: ChangeKind
    old: Unit | None
    new: Unit | None
    moved: bool = False
    renumbered: bool = False
    words: tuple[Words, ...] = ()


class Comparison(msgspec.Struct, frozen=True):
    """All changes in the order of the new text, what was dropped where it stood."""

    old: str
    new: str
    changes: tuple[Change, ...]

    def counts(self) -> dict[str, int]:
        """How many texts are the same, changed, added, dropped; and how many are moved, renumbered."""
        counted: dict[str, int] = dict.fromkeys(("same", "changed", "added", "dropped", "moved", "renumbered"), 0)
        for change in self.changes:
            counted[change.kind] += 1
            counted["moved"] += change.moved
            counted["renumbered"] += change.renumbered
        return counted


def compare(old: Document, new: Document) -> Comparison:
    """What changed from ``old`` to ``new``; closing lines and masthead, but for the title, are left out.

    Texts are paired first if they are equal, then if they share enough rare pairs of words, then if they alone are
    left between the same neighbours. A number that is another one is no change of the text.
    """
    left, right = _texts(old), _texts(new)
    matched = _matched(left, right)
    moved = _moved(matched, left, right)
    changes = [_change(left[i], right[j], moved=j in moved) for j, i in matched.items()]
    by_new = dict(zip(matched, changes, strict=True))
    return Comparison(_name(old), _name(new), tuple(_ordered(left, right, matched, by_new, moved)))


def _texts(document: Document) -> list[_Text]:
    return [_Text(unit) for unit in units(document) if unit.kind != "closing" and unit.text.strip()]


def _name(document: Document) -> str:
    symbol = document.masthead.symbol
    return (symbol.value or str(symbol.text)) if symbol is not None else ""


class _Text:
    """A unit with its words and the pairs of words by which it is found again."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.kind = "text" if unit.kind in ("paragraph", "heading") else unit.kind
        self.folded = _folded(unit.text)
        self.words = _WORD.findall(self.folded.casefold())
        self.pairs = {(self.kind, *pair) for pair in zip(["", *self.words], self.words, strict=False)}

    def likeness(self, other: _Text) -> float:
        return Indel.normalized_similarity(self.words, other.words)


def _matched(left: list[_Text], right: list[_Text]) -> dict[int, int]:
    """The place in ``left`` of each place in ``right`` that was there before."""
    matched = _equal(left, right)
    taken = set(matched.values())
    for likeness, i, j in sorted(_candidates(left, right, matched), key=lambda found: (-found[0], *found[1:])):
        if likeness >= _ALIKE and j not in matched and i not in taken:
            matched[j] = i
            taken.add(i)
    for i, j, least in list(_left_alone(left, right, matched)):
        if left[i].kind == right[j].kind and left[i].likeness(right[j]) >= least:
            matched[j] = i
    matched.update(_notes_called_alike(left, right, matched))
    return dict(sorted(matched.items()))


def _notes_called_alike(left: list[_Text], right: list[_Text], matched: dict[int, int]) -> dict[int, int]:
    """The first unmatched note of a paragraph with the first of the paragraph it was before, and so on.

    Two notes that cite documents share no words at all: "A/78/596 and A/78/725." is "A/79/597 and A/79/752." now.
    """
    taken = set(matched.values())
    before: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(left):
        if i not in taken and text.unit.called:
            before[text.unit.called].append(i)
    was = {right[j].unit.place: left[i].unit.place for j, i in matched.items()}
    found: dict[int, int] = {}
    for j, text in enumerate(right):
        waiting = before.get(was.get(text.unit.called or "", ""))
        if j not in matched and waiting:
            found[j] = waiting.pop(0)
    return found


def _equal(left: list[_Text], right: list[_Text]) -> dict[int, int]:
    """Equal texts; of those that stand several times the first with the first, the second with the second."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, text in enumerate(left):
        places[text.kind, text.folded].append(i)
    matched: dict[int, int] = {}
    for j, text in enumerate(right):
        if waiting := places.get((text.kind, text.folded)):
            matched[j] = waiting.pop(0)
    return matched


def _candidates(left: list[_Text], right: list[_Text], matched: dict[int, int]) -> Iterator[tuple[float, int, int]]:
    """Pairs of unmatched texts that share the most rare pairs of words, with their likeness."""
    taken = set(matched.values())
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, text in enumerate(left):
        if i not in taken:
            for pair in text.pairs:
                index[pair].append(i)
    for j, text in enumerate(right):
        if j not in matched:
            shared = Counter[int]()
            for pair in text.pairs:
                if len(found := index.get(pair, ())) <= _COMMON:
                    shared.update(found)
            best = sorted(shared.items(), key=lambda item: (-item[1], abs(item[0] - j)))[:_CANDIDATES]
            yield from ((left[i].likeness(text), i, j) for i, _ in best)


def _left_alone(left: list[_Text], right: list[_Text], matched: dict[int, int]) -> Iterator[tuple[int, int, float]]:
    """Pairs of texts left between the same neighbours: the only ones of both sides, else those of one place.

    With each stands how alike they must be. Paragraph 2 adds one sum to the budget of a year, and another sum, for
    another purpose, to that of the next.
    """
    taken = set(matched.values())
    rest: list[int] = []
    before = -1
    for j in range(len(right) + 1):
        if j < len(right) and j not in matched:
            rest.append(j)
            continue
        after = matched.get(j, len(left))
        gap = range(before + 1, after)
        if rest and gap and not any(i in taken for i in gap):
            yield from _paired(left, right, gap, rest)
        before, rest = after, []


def _paired(
    left: list[_Text], right: list[_Text], gap: Sequence[int], rest: Sequence[int]
) -> Iterator[tuple[int, int, float]]:
    """The pairs of one gap, with how alike they must be."""
    if len(gap) == len(rest) == 1:
        yield gap[0], rest[0], _ALIKE_IN_PLACE
        return
    # The number of a note says where it is called, not what it is.
    places = {left[i].unit.place: i for i in gap if left[i].kind == "text"}
    yield from ((places[place], j, _ALIKE_BY_NUMBER) for j in rest if (place := right[j].unit.place) in places)


def _moved(matched: dict[int, int], left: list[_Text], right: list[_Text]) -> set[int]:
    """The places in ``right`` that are out of order: as little text as can be."""
    order = list(matched)
    kept = heaviest_rising([matched[j] for j in order], [len(right[j].folded) + 1 for j in order])
    moved = {j for at, j in enumerate(order) if at not in kept}
    # A point that went with its paragraph has not moved in it.
    new_places = {text.unit.place: j for j, text in enumerate(right)}
    old_places = {text.unit.place: i for i, text in enumerate(left)}
    for j in list(moved):
        parent = new_places.get(_parent(right[j].unit))
        if parent in moved and matched[parent] == old_places.get(_parent(left[matched[j]].unit)):
            moved.discard(j)
    return moved


def _parent(unit: Unit) -> str:
    head, point, _ = unit.place.rpartition("__point_")
    return head if point else unit.place.removesuffix("/closing") if unit.place.endswith("/closing") else ""


def _change(old: _Text, new: _Text, *, moved: bool) -> Change:
    renumbered = _number(old.unit) != _number(new.unit)
    if old.folded == new.folded:
        return Change("same", old.unit, new.unit, moved, renumbered)
    return Change("changed", old.unit, new.unit, moved, renumbered, tuple(changed_words(old.unit.text, new.unit.text)))


def _number(unit: Unit) -> str:
    return "" if unit.number is None else regex.sub(r"[\s.():、-]", "", unit.number)


def _ordered(
    left: list[_Text], right: list[_Text], matched: dict[int, int], changes: dict[int, Change], moved: set[int]
) -> Iterator[Change]:
    """The changes in the order of the new text; what was dropped follows what it followed."""
    dropped: dict[int, list[Change]] = defaultdict(list)
    staying = {i: j for j, i in matched.items() if j not in moved}
    gone = set(range(len(left))) - set(matched.values())
    last = -1
    for i, text in enumerate(left):
        last = staying.get(i, last)
        if i in gone:
            dropped[last].append(Change("dropped", text.unit, None))
    yield from dropped[-1]
    for j, text in enumerate(right):
        yield changes.get(j) or Change("added", None, text.unit)
        yield from dropped[j]


def changed_words(old: str, new: str) -> list[Words]:
    """The runs of two texts, by words; a word or two that were kept between two changes go with them."""
    left, right = _runs(old), _runs(new)
    runs: list[tuple[bool, str, str]] = []
    for code in Indel.opcodes([_folded(word) for word in left], [_folded(word) for word in right]):
        kept = code.tag == "equal"
        before, after = "".join(left[code.src_start : code.src_end]), "".join(right[code.dest_start : code.dest_end])
        small = kept and len(_WORD.findall(after)) < 2 and bool(runs) and len(after) < 5
        if runs and (small or runs[-1][0] == kept):
            runs[-1] = (runs[-1][0] and kept, runs[-1][1] + before, runs[-1][2] + after)
        else:
            runs.append((kept, before, after))
    return [Words(before, after) for _, before, after in runs]


def redline(old: str, new: str) -> str:
    """The new text with what was dropped and put in: ``in [-2023-]{+2024+}``."""
    return "".join(map(str, changed_words(old, new)))


def _runs(text: str) -> list[str]:
    """The words of a text, each with the space behind it."""
    ends = [match.start() for match in _WORD.finditer(text)]
    return [text[a:b] for a, b in zip([0, *ends[1:]], [*ends[1:], len(text)], strict=False)] if ends else [text]


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).translate(_FOLD).split())
