"""What one version sets as one text and another as several: the cells of a row, a heading and the label above it.

"Section 1", "Overall policymaking" are two cells in English and one in Russian, "Rule 16" and its title two lines in
one language and one in another. Such texts are paired whole first, then part by part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec

from .units import Unit

__all__ = ["parts_of", "wholes"]

_HEADS = ("/label", "/heading")


def wholes(units: Iterable[Unit]) -> Iterator[Unit]:
    """The units in their order, those of one row or one heading as one that has them as its ``parts``.

    Cells without text are left out, and so is a row of such cells. A heading goes by the id of what it heads.
    """
    for place, group in groupby(units, _whole):
        parts = tuple(unit for unit in group if unit.kind != "cell" or unit.text.strip())
        if parts and place != parts[0].place:
            yield _joined(place, parts)
        else:
            yield from parts


def parts_of(unit: Unit) -> tuple[Unit, ...]:
    """The texts that a unit was made of; itself where it was always one."""
    return unit.parts or (unit,)


def _whole(unit: Unit) -> str:
    """The place of the row or of the headed division that a unit belongs to; its own where it stands alone."""
    if unit.kind == "cell":
        return unit.place.rpartition("/")[0]
    if unit.kind == "heading" and unit.place.endswith(_HEADS):
        return unit.place.rpartition("/")[0]
    return unit.place


def _joined(place: str, parts: tuple[Unit, ...]) -> Unit:
    """One unit with all that its parts hold."""
    return msgspec.structs.replace(
        parts[-1],
        place=place,
        kind="row" if parts[0].kind == "cell" else parts[0].kind,
        text="\n".join(part.text for part in parts),
        cited=tuple(sorted({symbol for part in parts for symbol in part.cited})),
        printed=tuple(sorted({symbol for part in parts for symbol in part.printed})),
        figures=tuple(sorted(figure for part in parts for figure in part.figures)),
        parts=parts,
    )
