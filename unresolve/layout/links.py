"""Link annotations laid on the text they cover."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import regex

from unresolve.readers.pages import Link

from .line import Line, Span, cut

__all__ = ["with_links"]

# A reference begins and ends with a letter, a figure or a bracket, at white space or beside a Chinese character
# (第72/1号); never inside A/RES/72/1.
_BEGIN = regex.compile(r"(?<![\p{L}\p{N}--\p{Han}])(?<![\p{L}\p{N}][/.\-–])(?=[\p{L}\p{N}])", regex.V1)
_END = regex.compile(r"(?<=[\p{L}\p{N})）])(?![\p{L}\p{N}--\p{Han}])(?![/.\-–][\p{L}\p{N}])", regex.V1)

_NEAR = 4
"""Inside a span the place of a character is reckoned in proportion, which may be wrong by so many."""


def with_links(line: Line, links: Sequence[Link]) -> Line:
    """The line with its spans cut where a link begins or ends, and marked with the address it leads to."""
    for link in links:
        middle = line.baseline - line.size / 4
        if link.y0 <= middle <= link.y1 and link.x0 < line.x1 and line.x0 < link.x1:
            start, end = _covered(line, link)
            if start < end:
                line = _marked(line, start, end, link.uri)
    return line


def _covered(line: Line, link: Link) -> tuple[int, int]:
    """The characters of a line that a link covers; nothing is ``(n, n)``.

    The box of a link is that of the type, a little wider or narrower than the ink.
    """
    slack = line.size / 4
    start, end = len(line.text), 0
    for span in line.spans:
        left, right = link.x0 - span.x0, span.x1 - link.x1  # the room of the span outside the link
        each = (span.x1 - span.x0) / max(1, span.end - span.start)
        if left >= span.x1 - span.x0 - slack or right >= span.x1 - span.x0 - slack or not each:
            continue
        before, after = (round(room / each) if room > slack else 0 for room in (left, right))
        if span.rtl:
            before, after = after, before
        start, end = min(start, span.start + before), max(end, span.end - after)
    start, end = _nearest(_BEGIN, line.text, start), _nearest(_END, line.text, end)
    return start, max(start, end)


def _nearest(edge: regex.Pattern[str], text: str, at: int) -> int:
    near = [match.start() for match in edge.finditer(text, max(0, at - _NEAR), min(len(text), at + _NEAR))]
    return min(near, key=lambda place: abs(place - at), default=at)


def _marked(line: Line, start: int, end: int, uri: str) -> Line:
    spans: list[Span] = []
    for span in line.spans:
        for a, b in ((span.start, start), (max(span.start, start), min(span.end, end)), (end, span.end)):
            a, b = max(a, span.start), min(b, span.end)
            if a < b:
                link = uri if start <= a and b <= end else span.link
                spans.append(msgspec.structs.replace(cut(span, a, b), start=a, end=b, link=link))
    return msgspec.structs.replace(line, spans=tuple(spans))
