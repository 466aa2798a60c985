"""The printed lines of a document, in the order in which they are read and written."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from unresolve.model import AdoptedText, Block, Document, Field, Heading, Paragraph, Section, Table, Text

__all__ = ["Line", "lines"]


class Line(msgspec.Struct, frozen=True):
    """A number and the text beside it; ``depth`` counts the points a paragraph stands in.

    ``role`` says where the line stands: masthead, title, formula, text, heading, cell, closing.
    """

    role: str
    text: Text
    number: str | None = None
    depth: int = 0


def lines(document: Document) -> Iterator[Line]:
    """Every line of a document but its notes: masthead, title, preamble, body, closing lines, annexes."""
    head = document.masthead
    for field in (head.publisher, head.symbol, head.organ, head.distribution, head.issued, head.original_language):
        yield from _field("masthead", field)
    yield from _field("masthead", head.session)
    yield from _field("masthead", head.committee)
    for item in head.agenda:
        yield from _field("masthead", item.label)
        yield from _field("masthead", item.title)
    for field in (head.heading, head.proponent, head.job_number):
        yield from _field("masthead", field)
    yield from _field("title", head.number)
    yield from _field("title", head.title)
    yield from _field("formula", document.preamble.formula)
    yield from _blocks(document.preamble.blocks)
    yield from _blocks(document.body)
    for _, field in document.closing.fields():
        yield Line("closing", field.text)
    for annex in document.annexes:
        yield Line("heading", annex.label)
        if annex.heading is not None:
            yield Line("heading", annex.heading)
        yield from _blocks(annex.blocks)


def _field(role: str, field: Field | None) -> Iterator[Line]:
    if field is not None:
        yield Line(role, field.text)


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Line]:
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[Line]:
    match block:
        case Paragraph():
            yield from _paragraph(block, 0)
        case Heading():
            yield Line("heading", block.text)
        case Section() | AdoptedText():
            yield from _headings(block)
            yield from _blocks(block.blocks)
        case Table():
            if block.caption is not None:
                yield Line("heading", block.caption)
            for row in block.rows:
                for cell in row.cells:
                    for text in cell.paragraphs:
                        yield Line("cell", text)


def _headings(block: Section | AdoptedText) -> Iterator[Line]:
    number = None
    if isinstance(block, Section):
        number = block.number
        if block.label is not None:
            yield Line("heading", block.label)
    if number is not None or block.heading is not None:
        yield Line("heading", block.heading or Text(), number)


def _paragraph(block: Paragraph, depth: int) -> Iterator[Line]:
    yield Line("text", block.text, block.number, depth)
    for point in block.points:
        yield from _paragraph(point, depth + 1)
    if block.closing is not None:
        yield Line("text", block.closing, None, depth)
