"""Language-neutral ids, and the frozen blocks that carry them.

``para_11__point_a__point_i`` comes from the printed numbers, letters told by their place in the alphabet,
so that "(b)", "б)" and "(ب)" are all ``point_b``. What has no number is counted: ``para_nn_1``. The paragraphs of a
section, and of the sections in it, get its id before theirs only where its own numbering starts again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
import regex

from unresolve.model import Block, Paragraph, Section, Table, Text
from unresolve.patterns import late

from .blocks import Division, Item
from .markers import Marker
from .pieces import boxes_of

__all__ = ["Ids", "freeze"]

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LABEL_NUMBER = late(r"(?:^|\s)(?P<number>\d{1,3}|[IVXLC]{1,6}|\p{Lu})\.?$")


class Ids:
    """Hands out ids that are unique in the document."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """The id itself, or with ``_2``, ``_3`` … behind it where it is taken."""
        count = self._taken.get(wanted, 0) + 1
        self._taken[wanted] = count
        return wanted if count == 1 else self.take(f"{wanted}_{count}")

    def free(self, wanted: str) -> bool:
        """Whether an id is not taken yet."""
        return wanted not in self._taken


def freeze(division: Division, ids: Ids, prefix: str = "") -> tuple[Block, ...]:
    """The blocks under a division, with their ids; ``prefix`` is what stands before them ("att_1")."""
    return _Freezer(ids, prefix).content(division.content, prefix, 1)


class _Freezer:
    def __init__(self, ids: Ids, scope: str) -> None:
        self._ids = ids
        self._scope = scope

    def content(self, content: Sequence[Item | Division | Table], prefix: str, level: int) -> tuple[Block, ...]:
        blocks: list[Block] = []
        for part in content:
            if isinstance(part, Item):
                blocks.append(self._paragraph(part, prefix))
            elif isinstance(part, Table):
                blocks.append(msgspec.structs.replace(part, id=self._counted(_under(prefix, part.id or "table_1"))))
            else:
                blocks.append(self._section(part, prefix, level))
        return tuple(blocks)

    def _section(self, division: Division, prefix: str, level: int) -> Section:
        id_ = self._counted(_under(self._scope, _section_name(division)))
        first = _first_number(division.content)
        if first is not None and not self._ids.free(_under(prefix, f"para_{_token(first)}")):
            prefix = id_
        return Section(
            id_,
            level,
            division.marker.printed if division.marker else None,
            division.label,
            division.heading,
            self.content(division.content, prefix, level + 1),
            boxes_of(division.lines),
        )

    def _paragraph(self, item: Item, prefix: str) -> Paragraph:
        name = f"para_{_token(item.marker)}" if item.marker else "para_nn_1"
        id_ = self._counted(_under(prefix, name))
        return self._paragraph_of(item, id_)

    def _paragraph_of(self, item: Item, id_: str) -> Paragraph:
        points = tuple(
            self._paragraph_of(point, self._counted(f"{id_}__point_{_token(point.marker)}")) for point in item.points
        )
        return Paragraph(
            id_,
            item.text,
            item.marker.printed if item.marker else None,
            None,
            points,
            item.closing,
            boxes_of(item.lines),
        )

    def _counted(self, wanted: str) -> str:
        """The id, with the next free number where it counts what has none."""
        if wanted.endswith(("nn_1", "table_1")):
            stem, count = wanted[:-1], 1
            while not self._ids.free(f"{stem}{count}"):
                count += 1
            return self._ids.take(f"{stem}{count}")
        return self._ids.take(wanted)


def _first_number(content: Iterable[Item | Division | Table]) -> Marker | None:
    """The number of the first numbered paragraph of a section: it shows whether the numbering starts again."""
    return next((part.marker for part in content if isinstance(part, Item) and part.marker is not None), None)


def _under(prefix: str, name: str) -> str:
    return f"{prefix}__{name}" if prefix else name


def _token(marker: Marker | None) -> str:
    """The language-neutral form of a marker: figures stay, letters become Latin, Roman numerals small."""
    if marker is None:
        return "nn_1"
    if (number := marker.printed.strip(".")) and "." in number:  # "2.1"
        return number.replace(".", "-")
    place = marker.place or marker.enumerator.ordinals[0]
    kind = marker.kind or marker.enumerator.kind
    match kind:
        case "letter":
            return _letter(place)
        case "upper-letter":
            return _letter(place).upper()
        case "roman":
            return _roman(place)
        case "upper-roman":
            return _roman(place).upper()
        case "bullet":
            return "nn_1"
    return str(place)


def _letter(place: int) -> str:
    return chr(ord("a") + (place - 1) % 26) * ((place - 1) // 26 + 1)


def _roman(place: int) -> str:
    out = "c" * (place // 100) + ("xc" if place % 100 >= 90 else "l" if 50 <= place % 100 < 90 else "")
    rest = place % 100
    rest -= 90 if rest >= 90 else 50 if rest >= 50 else 0
    if rest >= 40:
        out, rest = out + "xl", rest - 40
    for value, sign in _ROMAN:
        while rest >= value:
            out, rest = out + sign, rest - value
    return out


def _section_name(division: Division) -> str:
    if division.marker is not None:
        return f"sec_{_token(division.marker)}"
    if division.named is not None:
        return f"sec_{_token(division.named)}"
    if division.counted is not None:
        return f"sec_{division.counted}"
    if division.label is not None or _is_numeral(division.heading):
        match = _LABEL_NUMBER.search(str(division.label or division.heading))
        if match is not None:
            return f"sec_{match['number']}"
    return "sec_nn_1"


def _is_numeral(heading: Text | None) -> bool:
    return heading is not None and regex.fullmatch(r"[IVXLC]{1,6}|\p{Lu}", heading.content) is not None
