"""Lines to pieces: what stands between two breaks on the page, put together over page ends.

A piece is a paragraph, a point or a heading as the eye sees it. Its breaks are seen in the spaces above,
the indents and the styles; where the file is tagged, its paragraphs decide instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from unresolve.layout.join import Hyphens, join
from unresolve.layout.lines import Line
from unresolve.model import Box, Text
from unresolve.patterns import late

from .labels import Counts, counts_of, is_label, leads
from .margins import BREAK, INDENT, Margins, ends, is_set_off
from .markers import Marker, marker_of
from .tags import Tagging

if TYPE_CHECKING:
    from unresolve.languages import Enumerator, Pack

__all__ = ["Piece", "boxes_of", "pieces_of"]

SMALL = 0.82
"""The call of a note is at most this share of the size of the text: 0.65 in LibreOffice."""

NEAR = 0.45
"""Lines begin at one place if no more than so many sizes part them."""

TYPED = 2.5
"""The widest leading of a typewriter, in sizes: a line left free between two."""

_LONGEST_CAPITALS = 4  # lines of a typed heading
_LONGEST_TITLE = 4  # lines on top of a page
_CALL = late(r"\d{1,3}|\*{1,3}")
_COMMA = late(r"[,،，]\s*$")


class Piece(msgspec.Struct, frozen=True):
    """Lines that belong together, their marker, and their text without it.

    ``label`` is true for a piece that only names what follows: "I", "A", "Rule 1", "一"; ``counts`` is what one with a
    word counts, ``("article", "16")``, and what a heading that begins with one does. ``flush`` is true for one that
    stands where headings do: at the edge, where paragraphs are indented, and without a full stop or a semicolon;
    ``plain`` where the file has no bold for its script, so that this alone shows a heading; ``capitals`` is true for
    one in capitals where a typewriter has nothing else for a heading.
    """

    lines: tuple[Line, ...]
    text: Text
    marker: Marker | None = None
    label: bool = False
    flush: bool = False
    plain: bool = False
    counts: Counts | None = None
    capitals: bool = False

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]

    @property
    def heading(self) -> bool:
        """Whether it is set as a heading: bold, italic, underlined or typed in capitals throughout, or at its place."""
        return self.bold or self.italic or self.underlined or self.capitals or (self.flush and self.plain)

    @property
    def bold(self) -> bool:
        """All of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def italic(self) -> bool:
        """All of it is italic."""
        return all(line.italic for line in self.lines)

    @property
    def underlined(self) -> bool:
        """All of it is underlined."""
        return all(line.underlined for line in self.lines)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """One box a page or column."""
        return boxes_of(self.lines)


def boxes_of(lines: Iterable[Line]) -> tuple[Box, ...]:
    """The boxes that lines cover, one a page, or a column where the page has two."""
    found: dict[tuple[int, int], Box] = {}
    for line in lines:
        place = line.page, line.column
        box = found.get(place)
        found[place] = (
            Box(line.page, line.x0, line.y0, line.x1, line.y1)
            if box is None
            else Box(line.page, min(box.x0, line.x0), min(box.y0, line.y0), max(box.x1, line.x1), max(box.y1, line.y1))
        )
    return tuple(found.values())


def pieces_of(lines: Sequence[Line], margins: Margins, pack: Pack, hyphens: Hyphens, tagging: Tagging) -> list[Piece]:
    """The pieces of consecutive lines of the body; ``margins`` are those of all its lines."""
    lines = list(_with_wrapped_calls(lines))
    groups: list[list[Line]] = []
    number: Enumerator | None = None
    for at, line in enumerate(lines):
        if groups and not _counts_on(number, groups[-1][-1], line, pack):
            goes_on = not _starts(groups[-1], line, margins, pack, tagging)
            goes_on = goes_on and not _is_title_on_top(groups[-1][-1], lines[at : at + _LONGEST_TITLE + 1], margins)
            if goes_on or _hangs(groups[-1], lines[at : at + 2], margins, pack):
                groups[-1].append(line)
                continue
        groups.append([line])
        marker = marker_of(line.text, pack)
        number = marker.enumerator if marker is not None and marker.enumerator.kind == "decimal" else number
    return [_piece(group, margins, pack, hyphens) for group in groups]


def _place(line: Line) -> tuple[int, int]:
    return line.page, line.column


def _is_title_on_top(last: Line, lines: Sequence[Line], margins: Margins) -> bool:
    """Whether a page or column begins with a title, though the text before it ended in bold and with a full line.

    Reports of the Advisory Committee print their recommendations in bold; the title of a table may follow.
    """
    if _place(lines[0]) == _place(last):
        return False
    apart = (
        at
        for at, (line, below) in enumerate(pairwise(lines), 1)
        if _place(below) != _place(line) or below.baseline - line.baseline > margins.break_ * line.size
    )
    taken = next(apart, len(lines))
    title = lines[:taken]
    return taken <= _LONGEST_TITLE and ends(last) and all(is_set_off(line) for line in title) and not ends(title[-1])


def _hangs(piece: Sequence[Line], lines: Sequence[Line], margins: Margins, pack: Pack) -> bool:
    """Whether a line and the next one stand below a first line that begins left of both: "Present: President A, B".

    The first line of a paragraph of its own would stand right of the next.
    """
    if len(lines) < 2 or len(piece) > 1 or marker_of(lines[0].text, pack) is not None:
        return False
    last, line, below = piece[0], *lines
    near = all(
        _place(b) == _place(a) and 0 < b.baseline - a.baseline <= margins.break_ * a.size and abs(b.size - a.size) < 0.5
        for a, b in ((last, line), (line, below))
    )
    unfinished = not ends(last) or last.text.rstrip().endswith(",")
    indented = line.start - last.start > INDENT * line.size and abs(below.start - line.start) < 0.3 * line.size
    return near and unfinished and indented and not is_set_off(line) and not last.rtl


def _counts_on(number: Enumerator | None, last: Line, line: Line, pack: Pack) -> bool:
    """Whether the first line of a page bears the number after the last one: "3." behind a list without full stops."""
    if number is None or _place(line) == _place(last):
        return False
    marker = marker_of(line.text, pack)
    return marker is not None and marker.enumerator.kind == "decimal" and _next(number, marker.enumerator)


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


def _starts(piece: list[Line], line: Line, margins: Margins, pack: Pack, tagging: Tagging) -> bool:
    """Whether a line begins a piece of its own.

    Space decides first. Where there is none, two lines that are tagged as one paragraph stay together, and
    lines tagged as two are parted where the first ends short.
    """
    last = piece[-1]
    if line.page == last.page and (line.column > 0) != (last.column > 0):
        return True  # text across the page stands for itself
    if _place(line) != _place(last):
        return _starts_on_page(piece, line, margins, pack)
    size = max(line.size, last.size)
    gap = line.baseline - last.baseline
    if not 0 < gap <= margins.break_ * size:
        return gap <= 0 or not _typed_wide(piece, line, margins, pack)
    before, here = tagging.paragraph(last, last=True), tagging.paragraph(line)
    if before is not None and here is not None:
        if before == here:
            return False
        if margins.short(last):
            return True
    if abs(line.size - last.size) > 1.0:
        return True
    if is_set_off(line) != is_set_off(last) and (margins.short(last) or margins.indent(line) > INDENT):
        return is_set_off(last) or ends(last)  # what stands in bold behind an unfinished line goes on with it
    if is_set_off(last) and len(piece) == 1 and is_label(last.text, pack):
        return True
    indented = margins.indent(line) > margins.indent(last) + INDENT and not _on_one_axis(last, line)
    hanging = len(piece) == 1 and marker_of(last.text, pack) is not None
    if indented and not hanging and margins.short(last):
        return True
    if margins.short(last) or (indented and ends(last)):
        marker = marker_of(line.text, pack)
        return marker is not None and _follows(piece, marker, pack)
    return False


def _typed_wide(piece: Sequence[Line], line: Line, margins: Margins, pack: Pack) -> bool:
    """Whether a line goes on with a full one far above it, as in a draft typed with a line left free.

    The paragraph must be indented: else lines of their own that run full would be put together.
    """
    last = piece[-1]
    return (
        line.baseline - last.baseline <= TYPED * max(line.size, last.size)
        and abs(line.size - last.size) < 0.5
        and not (margins.short(last) or ends(last))
        and line.text[0].islower()
        and marker_of(line.text, pack) is None
        and piece[0].start - line.start > INDENT * line.size
        and margins.indent(line) < INDENT
        and not (is_set_off(line) or is_set_off(last))
    )


def _on_one_axis(last: Line, line: Line) -> bool:
    """Whether two lines of a title are centred on each other, as those of a title are."""
    return is_set_off(last) and is_set_off(line) and abs((last.x0 + last.x1) - (line.x0 + line.x1)) < line.size


def _follows(piece: list[Line], marker: Marker, pack: Pack) -> bool:
    """A marker with no space above it begins a point only after another, or a text that announces it."""
    before = marker_of(piece[0].text, pack)
    if before is not None and _next(before.enumerator, marker.enumerator):
        return True
    return piece[-1].text.rstrip().endswith((":", "：", ";", "；", "؛")) and 1 in marker.enumerator.ordinals


def _next(before: Enumerator, after: Enumerator) -> bool:
    return before.form == after.form and any(b + 1 == a for b in before.ordinals for a in after.ordinals)


def _starts_on_page(piece: list[Line], line: Line, margins: Margins, pack: Pack) -> bool:
    """Whether the first line of a page or column begins a piece: it does unless it goes on with the one before."""
    last = piece[-1]
    if abs(line.size - last.size) > 1.0 or (is_set_off(line) and not is_set_off(last)):
        return True
    broken_off = not ends(last) and line.text[:1].islower()  # lines of marked text are not filled
    if (margins.had_room(last, line) and not broken_off) or (is_set_off(last) and margins.short(last)):
        return True  # also behind the last words of a heading
    closed = ends(last) and margins.short(last) and not _goes_on_flush(piece, line, margins)
    if marker_of(line.text, pack) is not None and (closed or margins.indent(line) > INDENT or ends(last)):
        return True
    if margins.indent(line) > INDENT and not _begins_beside(piece, line, margins):
        closed = ends(last) or (margins.short(last) and not line.text[:1].islower())
    return closed or (is_set_off(last) and not is_set_off(line))


def _begins_beside(piece: list[Line], line: Line, margins: Margins) -> bool:
    """Whether a line begins where the lines of a piece do, counted from the edge of its page or as it stands.

    The edge of a page whose lines all hang is not that of the next. A first line alone has no line to begin beside.
    """
    if len(piece) == 1:
        return margins.indent(piece[0]) <= INDENT and abs(margins.indent(line) - margins.indent(piece[0])) <= NEAR
    apart = margins.indent(line) - margins.indent(piece[1])
    return min(abs(apart), abs(line.start - piece[1].start) / line.size) <= NEAR


def _goes_on_flush(piece: list[Line], line: Line, margins: Margins) -> bool:
    """Whether a line stands at the edge behind a comma, in a text whose paragraphs begin with an indent.

    Unjustified lines are short where the next word is long: "en cada contexto nacional," "aprovechando …".
    """
    indented = len(piece) > 1 and margins.indent(piece[0]) > margins.indent(piece[1]) + INDENT
    return indented and abs(margins.indent(line)) < INDENT and ends(piece[-1], _COMMA)


def _piece(lines: list[Line], margins: Margins, pack: Pack, hyphens: Hyphens) -> Piece:
    text = join(lines, hyphens)
    marker = marker_of(text.content, pack)
    if marker is not None and any(character.isalnum() for character in text.content[len(marker.printed) :]):
        text = text.slice(len(marker.printed)).strip()
    else:  # a row of stars is no list
        marker = None
    label = marker is None and is_label(text.content, pack)
    flush = (
        margins.flush(lines[0])
        and margins.short(lines[-1])
        and not ends(lines[-1])
        and "；" not in text.content
        and (marker is None or marker.enumerator.kind != "decimal")
    )
    counts = counts_of(text.content, pack) if label else leads(text.content, pack) if marker is None else None
    capitals = margins.typed and len(lines) <= _LONGEST_CAPITALS and text.content.isupper() and not ends(lines[-1])
    return Piece(tuple(lines), text, marker, label, flush, margins.plain, counts, capitals)
