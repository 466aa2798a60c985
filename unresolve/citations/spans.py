"""Spans that are taken: sorted, none overlapping another, asked by bisection."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from unresolve.model import Citation

__all__ = ["by_block", "is_free", "spans"]


def by_block(citations: Iterable[Citation]) -> dict[str, list[Citation]]:
    """The citations of each block, in their order; no block for which there is none."""
    blocks: dict[str, list[Citation]] = {}
    for citation in citations:
        blocks.setdefault(citation.block, []).append(citation)
    return blocks


def spans(citations: Iterable[Citation]) -> list[tuple[int, int]]:
    """The spans of citations of one text, sorted."""
    return sorted((citation.start, citation.end) for citation in citations)


def is_free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether no span of a sorted list overlaps ``[start, end)``."""
    at = bisect_right(taken, start, key=lambda span: span[0])
    return (at == 0 or taken[at - 1][1] <= start) and (at == len(taken) or taken[at][0] >= end)
