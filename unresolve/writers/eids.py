"""Element ids (``eId``) of Akoma Ntoso, from the language-neutral ids of the model.

After the OASIS Naming Convention 1.0: ``[prefix__]element_number``, from the printed number without its
punctuation. The model's id of a point is a path through its paragraphs (``para_11__point_a``); in Akoma
Ntoso a point stands in a list, so that a ``list_1`` goes between: ``para_11__list_1__point_a``.
"""

from __future__ import annotations

import regex

__all__ = ["EIds", "agrees", "eid_of", "id_of", "neutral"]

_PLAIN = regex.compile(r"[A-Za-z0-9]{1,9}")
_EDGE = regex.compile(r"^[\W_]+|[\W_]+$")
_BAD = regex.compile(r"[^\w.~-]+")


def eid_of(path: str) -> str:
    """``para_11__point_a`` → ``para_11__list_1__point_a``; what an id may not hold becomes an underscore."""
    return _BAD.sub("_", path.replace("__point_", "__list_1__point_")) or "block"


def id_of(eid: str) -> str:
    """The reverse of :func:`eid_of`: ``para_11__list_1__point_a`` → ``para_11__point_a``."""
    return eid.replace("__list_1__point_", "__point_")


def neutral(number: str | None) -> str | None:
    """A printed number as it stands in an eId: ``11.`` → ``11``, ``(a)`` → ``a``, ``II`` → ``II``.

    None where the number is not plain Latin letters and digits (``(أ)``, ``第一``, ``Part one``): there the
    model's id, which comes from the language's own order of letters, has the word.
    """
    bare = _EDGE.sub("", number or "")
    return bare if _PLAIN.fullmatch(bare) else None


def agrees(eid: str, number: str | None) -> bool:
    """Does the last part of an eId say the printed number?

    A number printed twice in one place is told apart by a suffix: ``para_3_2`` agrees with ``3.``.
    """
    wanted = neutral(number)
    if wanted is None:
        return True
    said = eid.rpartition("__")[2].partition("_")[2].casefold()
    wanted = wanted.casefold()
    return said == wanted or (said.startswith(wanted) and said[len(wanted)] in "_-")


class EIds:
    """Gives every element an eId that is unique in the file."""

    def __init__(self, taken: tuple[str, ...] = ()) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def claim(self, path: str, number: str | None = None) -> str:
        """The eId for the block of a model id, made to agree with its number, unique by a suffix."""
        eid = eid_of(path)
        if not agrees(eid, number):
            above, _, last = eid.rpartition("__")
            name = last.partition("_")[0] or "block"
            eid = f"{above}__{name}_{neutral(number)}" if above else f"{name}_{neutral(number)}"
        return self.unique(eid)

    def unique(self, eid: str) -> str:
        """``eid``, or ``eid_2``, ``eid_3`` … if it is taken."""
        if eid in self._taken:
            count = self._next.get(eid, 2)
            while f"{eid}_{count}" in self._taken:
                count += 1
            self._next[eid] = count + 1
            eid = f"{eid}_{count}"
        self._taken.add(eid)
        return eid

    def __contains__(self, eid: str) -> bool:
        return eid in self._taken
