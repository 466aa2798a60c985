"""Ranges: "resolutions 48/16 to 48/18", « résolutions 48/16 à 48/18 », 第48/16号至第48/18号决议."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import structs

from unresolve.model import Citation
from unresolve.symbols import Symbol, try_parse

from .grammar import Grammar

__all__ = ["with_ranges"]

_LONGEST = 40  # characters between the two ends; "of 20 December 1993 to" is the longest


def with_ranges(text: str, found: Sequence[Citation], words: Grammar) -> list[Citation]:
    """``found``, sorted, in which the first of every range says in ``through`` where it ends.

    A range is two citations of one series, the number of the second higher, that only the words of the rule
    ``range`` part.
    """
    result = list(found)
    for n, (first, last) in enumerate(pairwise(found)):
        gap = text[first.end : last.start]
        if len(gap) <= _LONGEST and words.pattern("range").fullmatch(gap) and _is_range(first, last):
            result[n] = structs.replace(first, through=last.target)
    return result


def _is_range(first: Citation, last: Citation) -> bool:
    a, b = try_parse(first.target or ""), try_parse(last.target or "")
    if first.kind != last.kind or a is None or b is None or _series(a) != _series(b):
        return False
    return (a.number or "").isdecimal() and (b.number or "").isdecimal() and int(a.number or 0) < int(b.number or 0)


def _series(symbol: Symbol) -> tuple[str | None, ...]:
    """What two symbols share that are numbered one after the other.

    Resolutions of the Security Council, 660 (1990), and of the Assembly up to 1975, 1514 (XV), are numbered through all
    sessions; revisions and parts (Add.1) are no ends of a range.
    """
    running = symbol.kind == "RES" and (symbol.organ == "S" or not (symbol.session or "").split("-")[-1].isdecimal())
    return (symbol.organ, symbol.body, symbol.kind, None if running else symbol.session, *symbol.parts)
