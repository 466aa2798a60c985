"""Where words of a block stand on its pages: the boxes of a citation inside a paragraph."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import regex

from unresolve.model import Box

from .line import Line, Span
from .zones import Layout

__all__ = ["Places"]

_LOOSE = regex.compile(r"[\s\-\u00ad\u2010\u2011\u200b-\u200f\u202a-\u202e]+")
"""What may differ between the words of lines and those of a text: white space, line-end hyphens, invisible signs."""

_NARROW = frozenset(" iljtfrI.,;:!|/()[]'’-")

_SLACK = 2.0
"""Points by which a line may stand out of the box of its block."""


class Places:
    """Finds words on the pages of a document that has been laid out."""

    def __init__(self, layout: Layout) -> None:
        self._lines = {
            sheet.page: sorted((*sheet.head, *sheet.body, *sheet.notes), key=lambda line: line.baseline)
            for sheet in layout.sheets
        }

    def find(self, words: str, boxes: Sequence[Box], share: float) -> tuple[Box, ...]:
        """The boxes of ``words`` within ``boxes``, one a line, in PDF points; none where they are not found.

        Words that stand there several times are taken where they are nearest to ``share``: 0 for the beginning
        of the block, 1 for its end.
        """
        wanted = _LOOSE.sub("", words)
        lines = [line for box in boxes for line in self._inside(box)]
        squeezed, starts, places = _squeeze(lines)
        found = [match.start() for match in regex.finditer(regex.escape(wanted), squeezed)] if wanted else []
        if not found:
            return ()
        start = min(found, key=lambda at: (abs(at - share * len(squeezed)), at))
        end = start + len(wanted)
        first, last = (bisect_right(starts, at) - 1 for at in (start, end - 1))
        made = []
        for index in range(first, last + 1):
            inside = places[max(start, starts[index]) : end]
            offsets = inside[: starts[index + 1] - max(start, starts[index])] if index < last else inside
            made.append(_box(lines[index], offsets[0], offsets[-1] + 1))
        return tuple(made)

    def _inside(self, box: Box) -> Iterable[Line]:
        for line in self._lines.get(box.page, ()):
            middle = (line.y0 + line.y1) / 2
            if box.y0 - _SLACK < middle < box.y1 + _SLACK:
                part = _between(line, box)
                if part is not None:
                    yield part


def _between(line: Line, box: Box) -> Line | None:
    """The part of a line that stands in the box: in the masthead, a column of it."""
    if box.x0 - _SLACK <= line.x0 and line.x1 <= box.x1 + _SLACK:
        return line
    spans = [span for span in line.spans if span.x1 > box.x0 - _SLACK and span.x0 < box.x1 + _SLACK]
    return line.part(min(span.start for span in spans), max(span.end for span in spans)) if spans else None


def _squeeze(lines: Sequence[Line]) -> tuple[str, list[int], list[int]]:
    """The lines without loose signs and note calls; where each begins there; each character's offset in its line."""
    text: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    for line in lines:
        starts.append(len(places))
        raised = {at for span in line.spans if span.raised > 0 for at in range(span.start, span.end)}
        for offset, character in enumerate(line.text):
            call = (
                offset in raised and not character.isalpha()
            )  # a raised letter belongs to its word, as in "Supplément no 7"
            if not call and not _LOOSE.match(character):
                text.append(character)
                places.append(offset)
    return "".join(text), starts, places


def _box(line: Line, start: int, end: int) -> Box:
    edges = [
        edge for span in line.spans if span.start < end and span.end > start for edge in _edges(line, span, start, end)
    ]
    x0, x1 = min(edges, default=line.x0), max(edges, default=line.x1)
    return Box(line.page, round(x0, 2), line.y0, round(x1, 2), line.y1)


def _edges(line: Line, span: Span, start: int, end: int) -> tuple[float, float]:
    """From where to where the characters ``[start, end)`` reach in a span, supposing the widths of a common face."""
    widths = [_width(character) for character in line.text[span.start : span.end]]
    each = (span.x1 - span.x0) / (sum(widths) or 1.0)
    before = each * sum(widths[: max(start - span.start, 0)])
    after = each * sum(widths[max(end - span.start, 0) :])
    return (span.x0 + after, span.x1 - before) if span.rtl else (span.x0 + before, span.x1 - after)


def _width(character: str) -> float:
    """The width of a character as a share of the size, as Times and its like have it."""
    if character in _NARROW:
        return 0.28
    if character in "mwMWЖШЩЮжшщюмМ" or character > "\u2e80":
        return 0.78 if character < "\u2e80" else 1.0
    return 0.66 if character.isupper() else 0.47
