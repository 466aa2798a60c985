"""The texts of a document in which citations are looked for, each with the id its citations carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from unresolve.model import AdoptedText, Annex, Block, Document, Heading, Mark, Paragraph, Section, Table, Text

__all__ = ["Passage", "passages"]


class Passage(NamedTuple):
    """``block`` is the id as in :class:`~unresolve.model.Anchor`; ``opener`` the phrase the text stands under."""

    block: str
    text: str
    opener: str | None = None
    marks: tuple[Mark, ...] = ()

    @classmethod
    def of(cls, block: str, text: Text, opener: str | None = None) -> Passage:
        """The passage of a text of the document."""
        return cls(block, text.content, opener, text.marks)


def passages(document: Document) -> Iterator[Passage]:
    """Title and proponent, preamble, body, annexes and notes, in this order; texts without content left out."""
    return (passage for passage in _all(document) if passage.text)


def _all(document: Document) -> Iterator[Passage]:
    head = document.masthead
    for name, field in (("title", head.title), ("proponent", head.proponent)):
        if field:
            yield Passage.of(name, field.text)
    for block in (*document.preamble.blocks, *document.body):
        yield from _block(block)
    for annex in document.annexes:
        yield from _annex(annex)
    for note in document.notes:
        yield Passage.of(note.id, note.text)


def _annex(annex: Annex) -> Iterator[Passage]:
    if annex.heading:
        yield Passage.of(f"{annex.id}/heading", annex.heading)
    for block in annex.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[Passage]:
    match block:
        case Paragraph():
            yield from _paragraph(block, None)
        case Heading():
            yield Passage.of(block.id, block.text)
        case Section() | AdoptedText():
            if block.heading:
                yield Passage.of(f"{block.id}/heading", block.heading)
            for child in block.blocks:
                yield from _block(child)
        case Table():
            yield from _table(block)


def _paragraph(paragraph: Paragraph, above: str | None) -> Iterator[Passage]:
    """A point without an opener of its own stands under its paragraph's."""
    opener = paragraph.opener or above or _head(paragraph.text.content)
    yield Passage.of(paragraph.id, paragraph.text, opener)
    for point in paragraph.points:
        yield from _paragraph(point, opener)
    if paragraph.closing:
        yield Passage.of(f"{paragraph.id}/closing", paragraph.closing, opener)


def _head(text: str) -> str:
    """What stands where an opener would, if none is set apart: the first words."""
    return text[:160]


def _table(table: Table) -> Iterator[Passage]:
    if table.caption:
        yield Passage.of(f"{table.id}/caption", table.caption)
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            yield Passage.of(f"{table.id}/{r}/{c}", Text.join(cell.paragraphs, "\n"))
