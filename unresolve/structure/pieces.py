"""Lines to pieces: what stands between two breaks on the page, put together over page ends.

A piece is a paragraph, a point or a heading as the eye sees it. Its breaks are seen in the spaces above,
the indents and the styles; where the file is tagged, its paragraphs decide instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import msgspec
import regex

from unresolve.layout.join import Hyphens, join
from unresolve.layout.lines import Line
from unresolve.model import Box, Text

from .tags import Tagging

if TYPE_CHECKING:
    from unresolve.languages import Enumerator, Pack

__all__ = ["Margins", "Marker", "Piece", "boxes_of", "ends", "marker_of", "pieces_of"]

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

SMALL = 0.82
"""The call of a note is at most this share of the size of the text: 0.65 in LibreOffice."""

_LONGEST_LABEL = 32

_MARKER = regex.compile(
    r"""(?: \p{N}{1,3}\s?[-–.]
        | \p{L}{3,8}(?:\s\p{L}{3,8})?\s[-–]
        | [(\['"‘’]? \s? (?:\p{N}{1,3}|\p{L}{1,5}|\p{L}\s\p{L}) \s? [)\]'"’‘]? [.):\]]?
        | \p{Han}{1,4}、
        | [•●▪–—*-] )(?=\s|(?<=、)|(?<=[)）])(?=\p{Han}))""",
    regex.VERBOSE,
)
_CALL = regex.compile(r"\d{1,3}|\*{1,3}")
_HAN = regex.compile(r"\p{Han}")
_LABEL = regex.compile(r"[IVXLC]{1,6}|\p{Lu}|\p{Lu}[\p{L}]{2,11}\s(?:\d{1,3}|[IVXLC]{1,6})")
_DIVISIONS = ("part", "chapter", "section", "article")
_CLOSED = regex.compile(r"[.;:,!?。；：，、؛،»”\"\])…]\s*$")


class Marker(msgspec.Struct, frozen=True):
    """A printed list marker at the head of a piece and what it can count.

    ``place`` and ``kind`` are the reading that its neighbours leave, once they are known.
    """

    printed: str
    enumerator: Enumerator
    place: int = 0
    kind: str = ""


class Piece(msgspec.Struct, frozen=True):
    """Lines that belong together, their marker, and their text without it.

    ``label`` is true for a piece that only names what follows: "I", "A", "Rule 1", "一"; ``counts`` is what one with a
    word counts, ``("article", "16")``. ``flush`` is true for one that stands where headings do: at the edge, where
    paragraphs are indented, and without a full stop; ``plain`` where the file has no bold for its script, so that this
    alone shows a heading.
    """

    lines: tuple[Line, ...]
    text: Text
    marker: Marker | None = None
    label: bool = False
    flush: bool = False
    plain: bool = False
    counts: tuple[str, str] | None = None

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]

    @property
    def heading(self) -> bool:
        """Whether it is set as a heading: all of it bold, or all of it italic, or where a heading stands."""
        return self.bold or self.italic or (self.flush and self.plain)

    @property
    def bold(self) -> bool:
        """All of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def italic(self) -> bool:
        """All of it is italic."""
        return all(line.italic for line in self.lines)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """One box a page."""
        return boxes_of(self.lines)


def boxes_of(lines: Iterable[Line]) -> tuple[Box, ...]:
    """The boxes that lines cover, one a page."""
    found: dict[int, Box] = {}
    for line in lines:
        box = found.get(line.page)
        found[line.page] = (
            Box(line.page, line.x0, line.y0, line.x1, line.y1)
            if box is None
            else Box(line.page, min(box.x0, line.x0), min(box.y0, line.y0), max(box.x1, line.x1), max(box.y1, line.y1))
        )
    return tuple(found.values())


def _counts(text: str, pack: Pack) -> tuple[str, str] | None:
    """What a label with a word names, and its number in figures or letters of every language.

    "第16条" and "المادة 16" are ``("article", "16")``, "الجزء الأول" is ``("part", "I")``.
    """
    if len(text) > _LONGEST_LABEL:
        return None
    return next(((rule, number) for rule in _DIVISIONS if (number := pack.read(rule, text)) is not None), None)


def is_label(text: str, pack: Pack) -> bool:
    """Whether a line names a division and does nothing else ("I", "Rule 1", "一", "المادة 16")."""
    if _LABEL.fullmatch(text) is not None or _counts(text, pack) is not None:
        return True
    enumerator = pack.enumerator(text) if len(text) < 16 and not text.isascii() else None
    return enumerator is not None and enumerator.kind in ("upper-roman", "upper-letter")


def pieces_of(lines: Sequence[Line], margins: Margins, pack: Pack, hyphens: Hyphens, tagging: Tagging) -> list[Piece]:
    """The pieces of consecutive lines of the body; ``margins`` are those of all its lines."""
    groups: list[list[Line]] = []
    for line in _with_wrapped_calls(lines):
        if groups and not _starts(groups[-1], line, margins, pack, tagging):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_piece(group, margins, pack, hyphens) for group in groups]


def _with_wrapped_calls(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, the call of a note that alone stands on the next line ("决定草案，" "¹") put back to its word."""
    waiting: Line | None = None
    for line in lines:
        if waiting is not None:
            if _is_wrapped_call(line, waiting):
                waiting = _called(waiting, line)
                continue
            yield waiting
        waiting = line
    if waiting is not None:
        yield waiting


def _is_wrapped_call(line: Line, last: Line) -> bool:
    small = line.size <= SMALL * last.size and line.page == last.page
    near = 0 < line.baseline - last.baseline < BREAK * last.size and line.start <= last.start + last.size
    return small and near and _CALL.fullmatch(line.text) is not None


def _called(line: Line, call: Line) -> Line:
    at = len(line.text)
    x1 = line.spans[-1].x1  # where it is printed says nothing: it belongs to the end of this line
    span = msgspec.structs.replace(call.spans[0], start=at, end=at + len(call.text), x0=x1, x1=x1, raised=1)
    return msgspec.structs.replace(line, text=line.text + call.text, spans=(*line.spans, span))


class Margins:
    """Both edges of the text on each page, counted as :attr:`Line.start` is: mirrored where read from the right."""

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
        self.edge = float(min((x for x, count in everywhere.items() if count >= enough), default=common))
        self._left = {
            page: float(max(counts, key=lambda x: (counts[x], -x)) if sum(counts.values()) > 8 else common)
            for page, counts in left.items()
        }
        self._right = _right_edges(right)
        self.break_ = max(BREAK, LOOSE * self._leading(lines))
        han = [line for line in lines if _HAN.search(line.text)]
        self.plain = bool(han) and not any(_bold_han(line) for line in han)
        """Chinese without any bold: its face has none, and headings show by their place alone."""

    def _leading(self, lines: Sequence[Line]) -> float:
        """The leading, in sizes, where enough full lines show it: Arabic and Chinese are set wide, with up to 1.75.

        It is the smallest distance of any share: the space between paragraphs also follows full lines.
        """
        wide = sum(line.rtl or _HAN.search(line.text) is not None for line in lines) > len(lines) / 2
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
        return (line.start - self._left[line.page]) / line.size

    def short(self, line: Line) -> bool:
        """Whether a line ends well before the right edge."""
        return line.end < self._right[line.page] - 2.5 * line.size

    def had_room(self, last: Line, line: Line) -> bool:
        """Whether the first word of a line would well have stood on the one before: what that ends does not go on."""
        word = 1 if _HAN.match(line.text) else len(line.text.split()[0])
        width = (line.x1 - line.x0) * word / len(line.text)
        return self._right[last.page] - last.end > width + ROOM * last.size


def _right_edges(ends: dict[int, list[float]]) -> dict[int, float]:
    """The edge that the full lines of each page reach; a page of short lines has that of the other pages."""
    own = {page: sorted(edges)[int(0.9 * (len(edges) - 1))] for page, edges in ends.items()}
    usual = median(own.values()) if own else 0.0
    return {page: max(edge, usual) for page, edge in own.items()}


def _bold_han(line: Line) -> bool:
    return any(span.bold and _HAN.search(line.text[span.start : span.end]) for span in line.spans)


def marker_of(text: str, pack: Pack) -> Marker | None:
    """The list marker at the head of a line, None if there is none."""
    match = _MARKER.match(text)
    if match is None:
        return None
    enumerator = pack.enumerator(match[0])
    if enumerator is None or not enumerator.form:  # "حادي عشر" is no "حادي" with a text behind it
        return None
    return Marker(match[0], enumerator)


def _starts(piece: list[Line], line: Line, margins: Margins, pack: Pack, tagging: Tagging) -> bool:
    """Whether a line begins a piece of its own.

    Space decides first. Where there is none, two lines that are tagged as one paragraph stay together, and
    lines tagged as two are parted where the first ends short.
    """
    last = piece[-1]
    if line.page != last.page:
        return _starts_on_page(piece, line, margins, pack)
    size = max(line.size, last.size)
    if line.baseline - last.baseline > margins.break_ * size or line.baseline <= last.baseline:
        return True
    before, here = tagging.paragraph(last, last=True), tagging.paragraph(line)
    if before is not None and here is not None:
        if before == here:
            return False
        if margins.short(last):
            return True
    if abs(line.size - last.size) > 1.0:
        return True
    if line.bold != last.bold and (margins.short(last) or margins.indent(line) > INDENT):
        return True
    if last.bold and len(piece) == 1 and is_label(last.text, pack):
        return True
    indented = margins.indent(line) > margins.indent(last) + INDENT and not _on_one_axis(last, line)
    hanging = len(piece) == 1 and marker_of(last.text, pack) is not None
    if indented and not hanging and margins.short(last):
        return True
    if margins.short(last) and (marker := marker_of(line.text, pack)):
        return _follows(piece, marker, pack)
    return False


def _on_one_axis(last: Line, line: Line) -> bool:
    """Whether two bold lines are centred on each other, as those of a title are."""
    return last.bold and line.bold and abs((last.x0 + last.x1) - (line.x0 + line.x1)) < line.size


def _follows(piece: list[Line], marker: Marker, pack: Pack) -> bool:
    """A marker with no space above it begins a point only after another, or a text that announces it."""
    before = marker_of(piece[0].text, pack)
    if before is not None and _next(before.enumerator, marker.enumerator):
        return True
    return piece[-1].text.rstrip().endswith((":", "：", ";", "；", "؛")) and 1 in marker.enumerator.ordinals


def _next(before: Enumerator, after: Enumerator) -> bool:
    return before.form == after.form and any(b + 1 == a for b in before.ordinals for a in after.ordinals)


def _starts_on_page(piece: list[Line], line: Line, margins: Margins, pack: Pack) -> bool:
    """Whether the first line of a page begins a piece: it does unless it goes on with the one before."""
    last = piece[-1]
    if abs(line.size - last.size) > 1.0 or (line.bold != last.bold and line.bold):
        return True
    broken_off = not ends(last) and line.text[:1].islower()  # lines of marked text are not filled
    if (margins.had_room(last, line) and not broken_off) or (last.bold and margins.short(last)):
        return True  # also behind the last words of a heading
    closed = ends(last) and margins.short(last)
    if marker_of(line.text, pack) is not None and (closed or margins.indent(line) > INDENT or ends(last)):
        return True
    hanging = margins.indent(piece[1] if len(piece) > 1 else last)
    if margins.indent(line) > INDENT and abs(margins.indent(line) - hanging) > 0.5 * INDENT:
        closed = ends(last) or (margins.short(last) and not line.text[:1].islower())
    return closed or (last.bold and not line.bold)


def ends(line: Line) -> bool:
    """Whether a line closes with punctuation, note calls behind it left aside."""
    end = len(line.text)
    for span in reversed(line.spans):
        if not span.raised:
            break
        end = span.start
    return _CLOSED.search(line.text[:end]) is not None


def _piece(lines: list[Line], margins: Margins, pack: Pack, hyphens: Hyphens) -> Piece:
    text = join(lines, hyphens)
    marker = marker_of(text.content, pack)
    if marker is not None and any(character.isalnum() for character in text.content[len(marker.printed) :]):
        text = text.slice(len(marker.printed)).strip()
    else:  # a row of stars is no list
        marker = None
    label = marker is None and is_label(text.content, pack)
    flush = (
        abs(lines[0].start - margins.edge) < FLUSH * lines[0].size
        and margins.short(lines[-1])
        and not ends(lines[-1])
        and (marker is None or marker.enumerator.kind != "decimal")
    )
    counts = _counts(text.content, pack) if label else None
    return Piece(tuple(lines), text, marker, label, flush, margins.plain, counts)
