"""Where notes are called: every text that can call one, and the notes with their calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from unresolve.model import (
    AdoptedText,
    Anchor,
    Block,
    Diagnostic,
    Document,
    Field,
    Heading,
    Note,
    Paragraph,
    Section,
    Table,
    Text,
)

from .notes import Found

__all__ = ["with_notes"]


def with_notes(document: Document, found: Sequence[Found]) -> Document:
    """The document with its notes, each with the places that call it; a note that none calls is reported."""
    anchors: dict[str, list[Anchor]] = {}
    for block, text in _texts(document):
        for mark in text.marks:
            if mark.kind == "call" and mark.target is not None:
                anchors.setdefault(mark.target, []).append(Anchor(block, mark.start))
    notes = [msgspec.structs.replace(item.note, calls=tuple(anchors.get(item.note.id, ()))) for item in found]
    plain = {id_ for table in document.blocks() if isinstance(table, Table) for id_ in table.notes}
    uncalled = [_uncalled(note) for note in notes if not note.calls and (note.marker or note.id not in plain)]
    return msgspec.structs.replace(document, notes=tuple(notes), diagnostics=(*document.diagnostics, *uncalled))


def _uncalled(note: Note) -> Diagnostic:
    message = f"no call of note {note.marker} was found in the text"
    return Diagnostic("note-not-called", message, note.page or None, note.boxes[0] if note.boxes else None)


def _texts(document: Document) -> Iterator[tuple[str, Text]]:
    """Every text that can call a note, with the name an anchor gives it."""
    for name in ("symbol", "heading", "proponent", "number", "title"):
        field: Field | None = getattr(document.masthead, name)
        if field is not None:
            yield name, field.text
    for number, item in enumerate(document.masthead.agenda):
        yield f"agenda/{number}", item.label.text
    for block in (*document.preamble.blocks, *document.body):
        yield from _block_texts(block)
    for annex in document.annexes:
        yield f"{annex.id}/label", annex.label
        if annex.heading is not None:
            yield f"{annex.id}/heading", annex.heading
        for block in annex.blocks:
            yield from _block_texts(block)


def _block_texts(block: Block) -> Iterator[tuple[str, Text]]:
    match block:
        case Paragraph():
            yield block.id, block.text
            for point in block.points:
                yield from _block_texts(point)
            if block.closing is not None:
                yield f"{block.id}/closing", block.closing
        case Table():
            yield from _table_texts(block)
        case Heading():
            yield block.id, block.text
        case Section() | AdoptedText():
            if isinstance(block, Section) and block.label is not None:
                yield f"{block.id}/label", block.label
            if block.heading is not None:
                yield f"{block.id}/heading", block.heading
            for child in block.blocks:
                yield from _block_texts(child)


def _table_texts(table: Table) -> Iterator[tuple[str, Text]]:
    if table.caption is not None:
        yield f"{table.id}/caption", table.caption
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            yield f"{table.id}/{r}/{c}", Text.join(cell.paragraphs, "\n")
