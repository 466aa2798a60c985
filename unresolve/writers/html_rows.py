"""A document as rows: what the columns of a web page have side by side, and the list under each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from unresolve.model import (
    AdoptedText,
    Annex,
    Block,
    Box,
    Document,
    Field,
    Heading,
    Mark,
    Paragraph,
    Section,
    Table,
    Text,
)

__all__ = ["Row", "aligned", "rows"]

_LABELS = (
    ("publisher", "Publisher"),
    ("symbol", "Symbol"),
    ("organ", "Organ"),
    ("distribution", "Distribution"),
    ("issued", "Issued"),
    ("original_language", "Original"),
    ("session", "Session"),
)
_MEANT = frozenset({"issued", "session", "heading"})
"""Fields whose meaning says more than what is printed: a date, the number of a session in words."""

_DEEPEST = 6


class Row(msgspec.Struct, frozen=True):
    """A text with the place it has in the document.

    ``key`` is the same in all languages; ``name`` is what citations and notes call the text. ``kind`` is field,
    title, formula, paragraph, heading, table, closing or note. ``level`` is the depth of a point or heading, from 0
    and from 1. ``label`` is the heading of a masthead field, ``value`` its meaning.
    """

    key: str
    kind: str
    text: Text = Text()
    name: str = ""
    number: str | None = None
    level: int = 0
    label: str = ""
    value: str | None = None
    boxes: tuple[Box, ...] = ()
    table: Table | None = None


def rows(document: Document) -> Iterator[Row]:
    """Every row of a document but its notes, in reading order."""
    head = document.masthead
    for name, label in _LABELS:
        yield from _field(name, label, getattr(head, name))
    for n, item in enumerate(head.agenda, 1):
        yield from _field(f"agenda-{n}", "Agenda", item.label)
        yield from _field(f"agenda-{n}-title", "", item.title)
    for name, label in (("heading", "Adopted"), ("proponent", "Proponent"), ("job_number", "Job number")):
        yield from _field(name, label, getattr(head, name))
    if head.title is not None or head.number is not None:
        yield _title(head.number, head.title)
    if head_formula := document.preamble.formula:
        yield Row("formula", "formula", head_formula.text, "formula", boxes=head_formula.boxes)
    yield from _blocks(document.preamble.blocks, 1)
    yield from _blocks(document.body, 1)
    for name, field in document.closing.fields():
        yield Row(name, "closing", field.text, name, value=field.value, boxes=field.boxes)
    for annex in document.annexes:
        yield from _annex(annex)


def aligned(columns: Sequence[Iterable[Row]]) -> list[list[Row | None]]:
    """The rows of several documents side by side, one list a row: None where a document has no such key.

    What only some have stands behind the row it follows there.
    """
    found = [{row.key: row for row in column} for column in columns]
    order: list[str] = []
    known: set[str] = set()
    for keys in found:
        at = 0
        for key in keys:
            if key not in known:
                order.insert(at, key)
                known.add(key)
                at += 1
            elif (place := _index(order, key, at)) is not None:
                at = place + 1
    return [[keys.get(key) for keys in found] for key in order]


def _index(order: Sequence[str], key: str, start: int) -> int | None:
    return next((at for at in range(start, len(order)) if order[at] == key), None)


def _field(name: str, label: str, field: Field | None) -> Iterator[Row]:
    if field is not None:
        value = field.value if name in _MEANT else None
        yield Row(name, "field", field.text, name, label=label, value=value, boxes=field.boxes)


def _title(number: Field | None, title: Field | None) -> Row:
    boxes = (*(number.boxes if number else ()), *(title.boxes if title else ()))
    printed = str(number.text) if number else None
    return Row("title", "title", title.text if title else Text(), "title", printed, 1, boxes=boxes)


def _annex(annex: Annex) -> Iterator[Row]:
    yield Row(annex.id, "heading", annex.label, f"{annex.id}/label", level=1, boxes=annex.boxes)
    if annex.heading is not None:
        yield Row(f"{annex.id}/heading", "heading", annex.heading, f"{annex.id}/heading", level=1)
    yield from _blocks(annex.blocks, 2)


def _blocks(blocks: Iterable[Block], level: int) -> Iterator[Row]:
    for block in blocks:
        match block:
            case Paragraph():
                yield from _paragraph(block, 0)
            case Heading():
                yield Row(block.id, "heading", block.text, block.id, level=min(level, _DEEPEST), boxes=block.boxes)
            case Section() | AdoptedText():
                yield from _headings(block, min(level, _DEEPEST))
                yield from _blocks(block.blocks, level + 1)
            case Table():
                caption = block.caption or Text()
                yield Row(block.id, "table", caption, f"{block.id}/caption", boxes=block.boxes, table=block)


def _headings(block: Section | AdoptedText, level: int) -> Iterator[Row]:
    """The label above and the heading of a division; the first of them carries its id."""
    key = block.id
    if isinstance(block, Section) and block.label is not None:
        yield Row(key, "heading", block.label, f"{block.id}/label", level=level, boxes=block.boxes)
        key = f"{block.id}/heading"
    number = block.number if isinstance(block, Section) else None
    if block.heading is not None or number is not None:
        heading = block.heading or Text()
        boxes = block.boxes if key == block.id else ()
        yield Row(key, "heading", heading, f"{block.id}/heading", number, level, boxes=boxes)


def _paragraph(block: Paragraph, depth: int) -> Iterator[Row]:
    yield Row(block.id, "paragraph", _opened(block), block.id, block.number, depth, boxes=block.boxes)
    for point in block.points:
        yield from _paragraph(point, depth + 1)
    if block.closing is not None:
        name = f"{block.id}/closing"
        yield Row(name, "paragraph", block.closing, name, level=depth, boxes=block.boxes)


def _opened(block: Paragraph) -> Text:
    """The text with its opener set apart, also where no face says so: Chinese openers made bold by drawing."""
    text, opener = block.text, block.opener
    if not opener or not text.content.startswith(opener) or any(mark.start == 0 < mark.end for mark in text.marks):
        return text
    return Text(text.content, tuple(sorted((Mark(0, len(opener), "bold"), *text.marks))))
