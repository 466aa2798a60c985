"""Link annotations laid on the text they cover."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

import regex

from unresolve.readers.pages import Link

from .line import Line, restyled

__all__ = ["with_links"]

# A reference begins and ends with a letter or a figure, at white space, beside punctuation or a Chinese character
# (第72/1号); never inside A/RES/72/1. A bracket that it opens it also closes: 1514 (XV).
_BEGIN = regex.compile(r"(?<![\p{L}\p{N}--\p{Han}])(?<![\p{L}\p{N}][/.\-–])(?=[\p{L}\p{N}])", regex.V1)
_END = regex.compile(r"(?<=[\p{L}\p{N}])(?![\p{L}\p{N}--\p{Han}])(?![/.\-–][\p{L}\p{N}])", regex.V1)

_NEAR = 4
"""Inside a span the place of a character is reckoned from the usual width of its kind, wrong by so many at most."""

_NARROW = frozenset("iljftr.,;:'’|!()[]/-‑ ")


def with_links(line: Line, links: Sequence[Link]) -> Line:
    """The line with its spans cut where a link begins or ends, and marked with the address it leads to."""
    for link in links:
        middle = line.baseline - line.size / 4
        if link.y0 <= middle <= link.y1 and link.x0 < line.x1 and line.x0 < link.x1:
            start, end = _covered(line, link)
            if start < end:
                line = restyled(line, start, end, link=link.uri)
    return line


def _covered(line: Line, link: Link) -> tuple[int, int]:
    """The characters of a line that a link covers; nothing is ``(n, n)``.

    The box of a link is that of the type, a little wider or narrower than the ink.
    """
    slack = line.size / 4
    start, end = len(line.text), 0
    for span in line.spans:
        width = span.x1 - span.x0
        left, right = link.x0 - span.x0, span.x1 - link.x1  # the room of the span outside the link
        if left >= width - slack or right >= width - slack or span.start == span.end:
            continue
        text = line.text[span.start : span.end]
        if span.rtl:
            left, right = right, left
        before = _characters(text, left / width) if left > slack else 0
        after = _characters(text[::-1], right / width) if right > slack else 0
        start, end = min(start, span.start + before), max(end, span.end - after)
    start, end = _nearest(_BEGIN, line.text, start), _nearest(_END, line.text, end)
    opened = line.text[start:end].count("(") > line.text[start:end].count(")")
    if opened and line.text[end : end + 1] == ")":
        end += 1
    return start, max(start, end)


def _characters(text: str, share: float) -> int:
    """How many characters at the head of a text take a share of its width."""
    widths = [_width(character) for character in text]
    room = share * sum(widths)
    for at, width in enumerate(widths):
        if room < width / 2:
            return at
        room -= width
    return len(widths)


def _width(character: str) -> float:
    """The width of a character in a roman face, in sizes."""
    if character.isascii():
        return 0.3 if character in _NARROW else 0.7 if character.isupper() or character in "mw" else 0.48
    return 1.0 if east_asian_width(character) in "WF" else 0.3 if character in _NARROW else 0.5


def _nearest(edge: regex.Pattern[str], text: str, at: int) -> int:
    near = [match.start() for match in edge.finditer(text, max(0, at - _NEAR), min(len(text), at + _NEAR))]
    return min(near, key=lambda place: abs(place - at), default=at)
