"""A line of a page in reading order, and the spans of one style it is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby, pairwise

import msgspec

from unresolve.model import Mark, MarkKind, Text

__all__ = ["COLUMN_GAP", "Line", "Span", "cut", "main_size", "restyled"]

COLUMN_GAP = 1.6
"""A gap of this many sizes parts two columns: a tab, the other side of the masthead."""


class Span(msgspec.Struct, frozen=True):
    """A stretch ``[start, end)`` of a line's text in one style; ``x0, x1`` are points from the left.

    ``raised`` is 1 for a superscript, -1 for a subscript. ``tag`` is the marked-content id, -1 if none.
    ``rtl`` says that its characters follow one another from the right. ``link`` is the address they lead to.
    """

    start: int
    end: int
    x0: float
    x1: float
    size: float
    bold: bool = False
    italic: bool = False
    raised: int = 0
    tag: int = -1
    rtl: bool = False
    link: str = ""
    underlined: bool = False


class Line(msgspec.Struct, frozen=True):
    """A line of a page in reading order; points from the top left, ``size`` is that of most of its text.

    ``rtl`` says that it is read from the right, as a whole: its spans follow one another from there. ``column`` is 1
    or 2, in the order of reading, where the page is set in two columns there, else 0.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    size: float
    text: str
    spans: tuple[Span, ...]
    rtl: bool = False
    column: int = 0

    @property
    def start(self) -> float:
        """Where the line begins: points towards its end, so from the left, or in a right-to-left line minus those."""
        return -self.x1 if self.rtl else self.x0

    @property
    def end(self) -> float:
        """Where the line ends, counted as ``start`` is."""
        return -self.x0 if self.rtl else self.x1

    @property
    def bold(self) -> bool:
        """All of it is bold, but for white space and superscripts."""
        return all(s.bold for s in self.spans if not s.raised and self.text[s.start : s.end].strip())

    @property
    def italic(self) -> bool:
        """All of it is italic, but for white space and superscripts."""
        return all(s.italic for s in self.spans if not s.raised and self.text[s.start : s.end].strip())

    @property
    def underlined(self) -> bool:
        """All of it is underlined, but for white space, signs at its end and superscripts."""
        if not any(s.underlined for s in self.spans):
            return False
        words = [s for s in self.spans if not s.raised and any(c.isalnum() for c in self.text[s.start : s.end])]
        return bool(words) and all(s.underlined for s in words)

    @property
    def tag(self) -> int:
        """The marked-content id of its first tagged span, -1 if none."""
        return next((s.tag for s in self.spans if s.tag >= 0), -1)

    def part(self, start: int, end: int | None = None) -> Line:
        """The line of the characters ``[start, end)``, without white space at its ends."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start == 0 and end == len(self.text) and self.spans:
            return self
        # White space at the ends of a line takes no room: the boxes are those of the ink.
        left = start if self.text[:start].strip() else 0
        right = end if self.text[end:].strip() else len(self.text)
        spans = tuple(
            # Most spans are whole and stay as they are.
            s
            if start == 0 and s.start >= left and s.end <= end
            else msgspec.structs.replace(
                cut(s, left, right), start=max(s.start, start) - start, end=min(s.end, end) - start
            )
            for s in self.spans
            if s.start < end and s.end > start
        )
        x0 = min([s.x0 for s in spans], default=self.x0)
        x1 = max([s.x1 for s in spans], default=self.x1)
        size = main_size(spans) if spans else self.size
        return msgspec.structs.replace(self, x0=x0, x1=x1, size=size, text=self.text[start:end], spans=spans)

    def columns(self, gap: float = COLUMN_GAP) -> list[Line]:
        """The line cut at every gap of at least ``gap`` sizes; the columns follow one another as they are read."""
        cuts = [0]
        spans = self.spans
        for at in range(1, len(spans)):
            before, after = spans[at - 1], spans[at]
            room = _room(spans, at) if self.rtl else after.x0 - before.x1
            if room >= gap * min(self.size, max(before.size, after.size)):
                cuts.append(after.start)
        cuts.append(len(self.text))
        parts = [self.part(a, b) for a, b in pairwise(cuts)]
        return [part for part in parts if part.text]

    def rich(self) -> Text:
        """The text with its emphasis, superscripts and links as marks."""
        if not any(s.italic or s.bold or s.underlined or s.raised or s.link for s in self.spans):
            return Text(self.text)
        marks: list[Mark] = []
        for kind, test in _STYLES:
            for on, group in groupby((s for s in self.spans if s.end > s.start), key=test):
                if on:
                    spans = list(group)
                    marks.append(Mark(spans[0].start, spans[-1].end, kind))
        marks.extend(Mark(s.start, s.end, "link", s.link) for s in self.spans if s.link)
        return Text(self.text, tuple(sorted(marks)))


def cut(span: Span, start: int, end: int) -> Span:
    """The part of a span within ``[start, end)``, offsets from ``start``; edges inside it in proportion."""
    a, b = max(span.start, start), min(span.end, end)
    x0, x1 = span.x0, span.x1
    if (a, b) != (span.start, span.end):
        each = (span.x1 - span.x0) / (span.end - span.start)
        left, right = a - span.start, span.end - b
        if span.rtl:
            left, right = right, left
        x0, x1 = span.x0 + left * each, span.x1 - right * each
    return msgspec.structs.replace(span, start=a - start, end=b - start, x0=x0, x1=x1)


def restyled(line: Line, start: int, end: int, *, link: str | None = None, underlined: bool | None = None) -> Line:
    """The line with its spans cut at ``start`` and ``end``, and what stands between linked or underlined."""
    spans: list[Span] = []
    for span in line.spans:
        for a, b in ((span.start, start), (start, end), (end, span.end)):
            a, b = max(a, span.start), min(b, span.end)
            if a < b:
                part = msgspec.structs.replace(cut(span, a, b), start=a, end=b)
                if start <= a and b <= end:
                    part = msgspec.structs.replace(
                        part,
                        link=part.link if link is None else link,
                        underlined=part.underlined if underlined is None else underlined,
                    )
                spans.append(part)
    return msgspec.structs.replace(line, spans=tuple(spans))


def _room(spans: Sequence[Span], at: int) -> float:
    """The room between the spans before ``at``, which stand at the right, and those from there on."""
    return min(span.x0 for span in spans[:at]) - max(span.x1 for span in spans[at:])


def _italic(span: Span) -> bool:
    return span.italic


def _bold(span: Span) -> bool:
    return span.bold


def _underlined(span: Span) -> bool:
    return span.underlined


def _superscript(span: Span) -> bool:
    return span.raised > 0


def _subscript(span: Span) -> bool:
    return span.raised < 0


_STYLES: tuple[tuple[MarkKind, Callable[[Span], bool]], ...] = (
    ("italic", _italic),
    ("bold", _bold),
    ("underline", _underlined),
    ("superscript", _superscript),
    ("subscript", _subscript),
)


def main_size(spans: Sequence[Span]) -> float:
    """The size of most of the text, superscripts left aside."""
    if len({span.size for span in spans}) == 1:  # so it is in most lines
        return spans[0].size
    weight: dict[float, int] = {}
    for span in spans:
        if not span.raised:
            weight[span.size] = weight.get(span.size, 0) + span.end - span.start
    return max(weight, key=lambda size: (weight[size], size)) if weight else spans[0].size
