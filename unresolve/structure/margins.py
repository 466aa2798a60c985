"""The edges of the text on each page or column, and what lines show by where they begin and end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import regex

from unresolve.layout.lines import Line
from unresolve.model.script import has_han
from unresolve.patterns import late

__all__ = ["BREAK", "INDENT", "Margins", "ends", "is_set_off"]

BREAK = 1.45
"""Baselines further apart than this many sizes belong to two pieces: leading is 1.0 to 1.25, a break 1.75."""

LEADS, SHARE = 6, 0.2
"""A distance between lines is the leading if at least so many, and this share of all, have it."""

WIDEST = 1.9
"""No leading is wider, in sizes: the widest of the corpus, LibreOffice's Arabic, is 1.75."""

LOOSE = 1.18
"""Where the leading itself is wide, a break is that much wider."""

INDENT = 0.9
"""A first line is indented by at least this many sizes: 2.4 in Word, 3.6 in the typewriter layout."""

EDGE = 0.05
"""The edge of the text is the outermost start of at least this share of its lines."""

FLUSH = 0.3
"""A heading in plain type begins no further than so many sizes from the edge, where paragraphs are indented."""

ROOM = 4.0
"""Sizes of room behind the first word of the next line that show that a line is the last of its paragraph."""

_CLOSED = late(r"[.;:,!?。；：，、؛،»”\"\])…]\s*$")


class _Edges:
    """Both edges of the text on each page, of one of its columns or of text that is not set in columns."""

    def __init__(self, lines: Sequence[Line]) -> None:
        left: dict[int, Counter[int]] = {}
        right: dict[int, list[float]] = {}
        everywhere: Counter[int] = Counter()
        for line in lines:
            left.setdefault(line.page, Counter())[round(line.start)] += 1
            right.setdefault(line.page, []).append(line.end)
            everywhere[round(line.start)] += 1
        common = max(everywhere, key=lambda x: (everywhere[x], -x), default=0)
        enough = EDGE * everywhere.total()
        self.outermost = float(min((x for x, count in everywhere.items() if count >= enough), default=common))
        self.left = {
            page: float(max(counts, key=lambda x: (counts[x], -x)) if sum(counts.values()) > 8 else common)
            for page, counts in left.items()
        }
        self.right = _right_edges(right)


class Margins:
    """Both edges of the text on each page, counted as :attr:`Line.start` is: mirrored where read from the right."""

    def __init__(self, lines: Sequence[Line]) -> None:
        columns: dict[int, list[Line]] = {}
        for line in lines:
            columns.setdefault(line.column, []).append(line)
        self._edges = {column: _Edges(inside) for column, inside in columns.items()}
        self.break_ = max(BREAK, LOOSE * self._leading(lines))
        han = [line for line in lines if has_han(line.text)]
        self.typed = any(span.underlined for line in lines for span in line.spans) and not any(_bold(x) for x in lines)
        """Underlined words and nothing bold: a typewriter, whose headings are underlined or in capitals."""
        self.plain = bool(han) and not any(_bold_han(line) for line in han)
        """Chinese without any bold: its face has none, and headings show by their place alone."""

    def _leading(self, lines: Sequence[Line]) -> float:
        """The leading, in sizes, where enough full lines show it: Arabic and Chinese are set wide, with up to 1.75.

        It is the smallest distance of any share: the space between paragraphs also follows full lines.
        """
        wide = sum(line.rtl or has_han(line.text) for line in lines) > len(lines) / 2
        steps = Counter(
            round((line.baseline - last.baseline) / last.size, 1)
            for last, line in pairwise(lines)
            if last.page == line.page and abs(last.size - line.size) < 0.5 and not self.short(last)
            if not wide or (not ends(last) and self.indent(line) < INDENT)
        )
        enough = SHARE * steps.total() if wide else max(LEADS, SHARE * steps.total())
        return min((step for step, count in steps.items() if 0 < step < WIDEST and count >= enough), default=0.0)

    def indent(self, line: Line) -> float:
        """How far a line begins from the left edge, in sizes."""
        return (line.start - self._edges[line.column].left[line.page]) / line.size

    def flush(self, line: Line) -> bool:
        """Whether a line begins at the outermost edge, where headings do if paragraphs are indented."""
        return abs(line.start - self._edges[line.column].outermost) < FLUSH * line.size

    def short(self, line: Line) -> bool:
        """Whether a line ends well before the right edge."""
        return line.end < self._edges[line.column].right[line.page] - 2.5 * line.size

    def had_room(self, last: Line, line: Line) -> bool:
        """Whether the first word of a line would well have stood on the one before: what that ends does not go on."""
        word = 1 if has_han(line.text[:1]) else len(line.text.split()[0])
        width = (line.x1 - line.x0) * word / len(line.text)
        return self._edges[last.column].right[last.page] - last.end > width + ROOM * last.size


def _right_edges(ends: dict[int, list[float]]) -> dict[int, float]:
    """The edge that the full lines of each page reach; a page of short lines has that of the other pages."""
    own = {page: sorted(edges)[int(0.9 * (len(edges) - 1))] for page, edges in ends.items()}
    usual = median(own.values()) if own else 0.0
    return {page: max(edge, usual) for page, edge in own.items()}


def _bold(line: Line) -> bool:
    return any(span.bold and not span.raised for span in line.spans)


def _bold_han(line: Line) -> bool:
    return any(span.bold and has_han(line.text[span.start : span.end]) for span in line.spans)


def ends(line: Line, how: regex.Pattern[str] = _CLOSED) -> bool:
    """Whether a line closes with punctuation, note calls behind it left aside."""
    end = len(line.text)
    for span in reversed(line.spans):
        if not span.raised:
            break
        end = span.start
    return how.search(line.text[:end]) is not None


def is_set_off(line: Line) -> bool:
    """Whether a line is set as headings are: bold, or underlined by a typewriter."""
    return line.bold or line.underlined
