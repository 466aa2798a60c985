"""Lines to pieces: what stands between two breaks on the page, put together over page ends.

A piece is a paragraph, a point or a heading as the eye sees it. Its breaks are seen in the spaces above,
the indents and the styles; where the file is tagged, its paragraphs decide instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec
import regex

from unresolve.layout.join import Hyphens, join
from unresolve.layout.lines import Line
from unresolve.model import Box, Text

from .labels import Counts, counts_of, is_label, leads
from .margins import BREAK, INDENT, Margins, ends
from .markers import Marker, marker_of
from .tags import Tagging

if TYPE_CHECKING:
    from unresolve.languages import Enumerator, Pack

__all__ = ["Piece", "boxes_of", "pieces_of"]

SMALL = 0.82
"""The call of a note is at most this share of the size of the text: 0.65 in LibreOffice."""

_CALL = regex.compile(r"\d{1,3}|\*{1,3}")


class Piece(msgspec.Struct, frozen=True):
    """Lines that belong together, their marker, and their text without it.

    ``label`` is true for a piece that only names what follows: "I", "A", "Rule 1", "一"; ``counts`` is what one with a
    word counts, ``("article", "16")``, and what a heading that begins with one does. ``flush`` is true for one that
    stands where headings do: at the edge, where paragraphs are indented, and without a full stop or a semicolon;
    ``plain`` where the file has no bold for its script, so that this alone shows a heading.
    """

    lines: tuple[Line, ...]
    text: Text
    marker: Marker | None = None
    label: bool = False
    flush: bool = False
    plain: bool = False
    counts: Counts | None = None

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
    groups: list[list[Line]] = []
    number: Enumerator | None = None
    for line in _with_wrapped_calls(lines):
        counts_on = bool(groups) and _counts_on(number, groups[-1][-1], line, pack)
        if groups and not counts_on and not _starts(groups[-1], line, margins, pack, tagging):
            groups[-1].append(line)
            continue
        groups.append([line])
        marker = marker_of(line.text, pack)
        number = marker.enumerator if marker is not None and marker.enumerator.kind == "decimal" else number
    return [_piece(group, margins, pack, hyphens) for group in groups]


def _counts_on(number: Enumerator | None, last: Line, line: Line, pack: Pack) -> bool:
    """Whether the first line of a page bears the number after the last one: "3." behind a list without full stops."""
    if number is None or (line.page, line.column) == (last.page, last.column):
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
    if (line.page, line.column) != (last.page, last.column):
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
    if margins.short(last) or (indented and ends(last)):
        marker = marker_of(line.text, pack)
        return marker is not None and _follows(piece, marker, pack)
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
    """Whether the first line of a page or column begins a piece: it does unless it goes on with the one before."""
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
    return Piece(tuple(lines), text, marker, label, flush, margins.plain, counts)
