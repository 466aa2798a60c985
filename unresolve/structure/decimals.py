"""Paragraphs numbered within their chapter: "2.1", "2.2" … "3.1", as in views and opinions.

A number with a point inside may as well begin a sentence ("2.5 million people"): only a whole series, from .1 on, is
taken for numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import regex

from unresolve.languages import Enumerator
from unresolve.model import Table

from .markers import Marker
from .pieces import Piece

__all__ = ["with_decimals"]

_DECIMAL = regex.compile(r"(?P<number>(?P<chapter>\d{1,2}(?:\.\d{1,2})?)\.(?P<place>\d{1,2}))\.?(?=\s)")


def with_decimals(pieces: Sequence[Piece | Table]) -> list[Piece | Table]:
    """The pieces, those with numbers like "2.1" that count on without a gap with them as their markers."""
    read = {at: match for at, piece in enumerate(pieces) if (match := _number(piece)) is not None}
    places: dict[str, set[int]] = {}
    for match in read.values():
        places.setdefault(match["chapter"], set()).add(int(match["place"]))
    whole = {chapter for chapter, found in places.items() if len(found) > 1 and found == set(range(1, len(found) + 1))}
    return [
        _marked(piece, read[at]) if isinstance(piece, Piece) and at in read and read[at]["chapter"] in whole else piece
        for at, piece in enumerate(pieces)
    ]


def _number(piece: Piece | Table) -> regex.Match[str] | None:
    if not isinstance(piece, Piece) or piece.marker is not None or piece.heading:
        return None
    return _DECIMAL.match(piece.text.content)


def _marked(piece: Piece, match: regex.Match[str]) -> Piece:
    place = int(match["place"])
    marker = Marker(match[0], Enumerator("decimal", (place,), ("decimal",), "."))
    return msgspec.structs.replace(piece, marker=marker, text=piece.text.slice(match.end()).strip())
