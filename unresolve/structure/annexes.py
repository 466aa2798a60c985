"""Annexes: each begins with a heading that says so ("Annex", "Annexe II") and runs to the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from unresolve.model import Table

from .margins import ends
from .pieces import Piece

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["split_annexes"]


def split_annexes(pieces: Sequence[Piece | Table], pack: Pack) -> tuple[list[Piece | Table], list[list[Piece | Table]]]:
    """The pieces of the main text, and those of each annex, its label first."""
    starts = [
        at
        for at, piece in enumerate(pieces)
        if isinstance(piece, Piece) and _is_label(piece, pack) and (piece.heading or not at or _closed(pieces[at - 1]))
    ]
    if not starts:
        return list(pieces), []
    bounds = [*starts, len(pieces)]
    return list(pieces[: starts[0]]), [list(pieces[a:b]) for a, b in pairwise(bounds)]


def _closed(piece: Piece | Table) -> bool:
    """Whether what stands above a label in plain type has ended; else the word goes on with it."""
    return isinstance(piece, Table) or ends(piece.lines[-1])


def _is_label(piece: Piece, pack: Pack) -> bool:
    return (
        (piece.heading or piece.flush) and piece.marker is None and pack.read("annex", piece.text.content) is not None
    )
