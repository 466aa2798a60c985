"""Wrap the citations of a text in markup of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from unresolve.model import Citation
from unresolve.patterns import late

__all__ = ["annotate"]

_TAG = late(r"<[/!?A-Za-z][^<>]{0,2000}>")


def annotate(
    text: str,
    citations: Iterable[Citation],
    before: str | Callable[[Citation], str],
    after: str | Callable[[Citation], str],
) -> str:
    """``text`` with ``before`` and ``after`` around every citation.

    The text may hold markup of its own. It is never broken: a citation that runs over a tag is wrapped
    piece by piece ("resolution <i>70</i>/1"), one that stands inside a tag (an attribute) is left alone.
    Spans are those of ``text``.
    """
    tags = [match.span() for match in _TAG.finditer(text)]
    out: list[str] = []
    at = 0
    for citation in sorted(citations, key=lambda c: (c.start, c.end)):
        if citation.start < at:
            continue
        for start, end in _pieces(citation.start, citation.end, tags):
            out += (text[at:start], _given(before, citation), text[start:end], _given(after, citation))
            at = end
    out.append(text[at:])
    return "".join(out)


def _given(markup: str | Callable[[Citation], str], citation: Citation) -> str:
    return markup if isinstance(markup, str) else markup(citation)


def _pieces(start: int, end: int, tags: list[tuple[int, int]]) -> list[tuple[int, int]]:
    pieces = []
    for a, b in tags:
        if b <= start or a >= end:
            continue
        if a < start:  # it begins inside a tag
            return []
        if start < a:
            pieces.append((start, a))
        start = b
    if start < end:
        pieces.append((start, end))
    return pieces
