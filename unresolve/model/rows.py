"""A document as rows: one a paragraph, heading or cell, one a note, one a citation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import msgspec

from .document import AdoptedText, Block, Document, Heading, Paragraph, Section, Table
from .provenance import Box
from .text import Text

__all__ = ["TABLES", "CitationRow", "NoteRow", "Part", "TextRow", "citation_rows", "note_rows", "text_rows"]

Part = Literal["title", "preamble", "body", "annex", "closing"]


class TextRow(msgspec.Struct, frozen=True):
    """A text of the document: ``kind`` is paragraph, point, heading, cell, formula, title, meeting or date.

    ``id`` names it as :class:`~unresolve.model.Anchor` does, ``parent`` is the id of the block it stands in; ``page``
    and the box, in PDF points from the top left, are those of its beginning, None where they are not known.
    """

    symbol: str
    language: str
    position: int
    part: Part
    kind: str
    id: str
    parent: str
    number: str
    opener: str
    text: str
    page: int | None
    x0: float | None
    y0: float | None
    x1: float | None
    y1: float | None


class NoteRow(msgspec.Struct, frozen=True):
    """A note: ``block`` and ``offset`` say where it is called first, ``calls`` how often; None where it is not."""

    symbol: str
    language: str
    position: int
    id: str
    marker: str
    text: str
    block: str | None
    offset: int | None
    calls: int
    page: int | None


class CitationRow(msgspec.Struct, frozen=True):
    """A citation: the columns are those of :class:`~unresolve.model.Citation`, ``printed`` its text."""

    symbol: str
    language: str
    position: int
    block: str
    start: int
    end: int
    printed: str
    kind: str
    target: str | None
    url: str | None
    pinpoint: str | None
    date: str | None
    relation: str | None
    resolved: str
    confidence: float


def text_rows(document: Document) -> Iterator[TextRow]:
    """The texts in reading order."""
    symbol = _symbol(document)
    for position, found in enumerate(_texts(document), 1):
        part, kind, id_, parent, number, opener, text, boxes = found
        box = boxes[0] if boxes else None
        sides = (box.page, box.x0, box.y0, box.x1, box.y1) if box is not None else (None,) * 5
        yield TextRow(
            symbol, document.language, position, part, kind, id_, parent, number or "", opener or "", str(text), *sides
        )


def note_rows(document: Document) -> Iterator[NoteRow]:
    """The notes in their order."""
    symbol = _symbol(document)
    for position, note in enumerate(document.notes, 1):
        block, offset = (note.calls[0].block, note.calls[0].offset) if note.calls else (None, None)
        yield NoteRow(
            symbol, document.language, position, note.id, note.marker, str(note.text), block, offset, len(note.calls),
            note.page or None,
        )  # fmt: skip


def citation_rows(document: Document) -> Iterator[CitationRow]:
    """The citations in their order."""
    symbol = _symbol(document)
    for position, c in enumerate(document.citations, 1):
        yield CitationRow(
            symbol, document.language, position, c.block, c.start, c.end, c.text, c.kind, c.target, c.url, c.pinpoint,
            c.date, c.relation, c.resolved, c.confidence,
        )  # fmt: skip


TABLES: dict[str, tuple[type[msgspec.Struct], Callable[[Document], Iterator[msgspec.Struct]]]] = {
    "texts": (TextRow, text_rows),
    "notes": (NoteRow, note_rows),
    "citations": (CitationRow, citation_rows),
}
"""The tables by name: the columns, and what gives the rows."""

_Found = tuple[Part, str, str, str, str | None, str | None, Text, tuple[Box, ...]]


def _symbol(document: Document) -> str:
    field = document.masthead.symbol
    return (field.value or str(field.text)) if field is not None else ""


def _texts(document: Document) -> Iterator[_Found]:
    head, closing = document.masthead, document.closing
    if head.title is not None:
        number = str(head.number.text) if head.number is not None else None
        yield "title", "title", "title", "", number, None, head.title.text, head.title.boxes
    if document.preamble.formula is not None:
        formula = document.preamble.formula
        yield "preamble", "formula", "formula", "", None, None, formula.text, formula.boxes
    for block in document.preamble.blocks:
        yield from _block(block, "preamble", "")
    for block in document.body:
        yield from _block(block, "body", "")
    for name, field in closing.fields():
        yield "closing", name.partition("/")[0], name, "", None, None, field.text, field.boxes
    for annex in document.annexes:
        yield from _heading("annex", f"{annex.id}/label", annex.id, None, annex.label, annex.boxes)
        yield from _heading("annex", f"{annex.id}/heading", annex.id, None, annex.heading, annex.boxes)
        for block in annex.blocks:
            yield from _block(block, "annex", annex.id)


def _heading(
    part: Part, id_: str, parent: str, number: str | None, text: Text | None, boxes: tuple[Box, ...]
) -> Iterator[_Found]:
    if text is not None and (text.content or number):
        yield part, "heading", id_, parent, number, None, text, boxes


def _block(block: Block, part: Part, parent: str, kind: str = "paragraph") -> Iterator[_Found]:
    match block:
        case Paragraph():
            yield part, kind, block.id, parent, block.number, block.opener, block.text, block.boxes
            for point in block.points:
                yield from _block(point, part, block.id, "point")
            if block.closing is not None:
                yield part, kind, f"{block.id}/closing", block.id, None, None, block.closing, block.boxes[-1:]
        case Heading():
            yield from _heading(part, block.id, parent, None, block.text, block.boxes)
        case Section():
            yield from _heading(part, f"{block.id}/label", block.id, None, block.label, block.boxes)
            yield from _heading(part, f"{block.id}/heading", block.id, block.number, block.heading, block.boxes)
            for child in block.blocks:
                yield from _block(child, part, block.id)
        case AdoptedText():
            yield from _heading(part, f"{block.id}/heading", block.id, None, block.heading, block.boxes)
            for child in block.blocks:
                yield from _block(child, part, block.id)
        case Table():
            yield from _heading(part, f"{block.id}/caption", block.id, None, block.caption, block.boxes)
            for r, row in enumerate(block.rows):
                for c, cell in enumerate(row.cells):
                    text = Text.join(cell.paragraphs, "\n")
                    yield part, "cell", f"{block.id}/{r}/{c}", block.id, None, None, text, block.boxes
