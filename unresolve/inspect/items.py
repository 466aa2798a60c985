"""What a stage found, as a flat list of items: the one view that is both printed and drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from unresolve.model import Box, Citation, Document, Field, Heading, Paragraph, Table
from unresolve.readers.pages import Pages

if TYPE_CHECKING:
    from unresolve.layout.zones import Layout
    from unresolve.pipeline import Stages

__all__ = ["Item", "items", "of_citations", "of_document", "of_layout", "of_pages"]


class Item(msgspec.Struct, frozen=True):
    """One thing on the page: its ``kind`` gives the colour, its ``label`` the words beside the box.

    ``boxes`` are in PDF points, origin top left; a thing that runs over pages has one a page.
    """

    kind: str
    label: str
    text: str
    boxes: tuple[Box, ...] = ()

    def __str__(self) -> str:
        """``p1 [72 90 523 104] paragraph para_1: Decides …``, on one line."""
        places = " ".join(f"p{b.page} [{b.x0:.0f} {b.y0:.0f} {b.x1:.0f} {b.y1:.0f}]" for b in self.boxes)
        words = " ".join(part for part in (places, self.kind, self.label) if part)
        return f"{words}: {' '.join(self.text.split())}"


def items(stages: Stages, stage: str) -> list[Item]:
    """What ``stage`` (pages, layout, structure, citations) found; only the stages up to it are run."""
    match stage:
        case "pages":
            return list(of_pages(stages.pages))
        case "layout":
            return list(of_layout(stages.layout))
        case "structure":
            return list(of_document(stages.structure))
        case _:
            return list(of_citations(stages.citations))


def of_pages(pages: Pages) -> Iterator[Item]:
    """The runs, rules and links of each page, in the order of the content stream."""
    for page in pages.pages:
        for run in page.runs:
            label = f"{run.font.name} {run.size:g}" + (f" tag {run.tag}" if run.tag >= 0 else "")
            yield Item("run", label, run.text, (Box(page.number, run.x0, run.y0, run.x1, run.y1),))
        for rule in page.rules:
            yield Item("rule", "", "", (Box(page.number, rule.x0, rule.y0, rule.x1, rule.y1),))
        for link in page.links:
            yield Item("link", "", link.uri, (Box(page.number, link.x0, link.y0, link.x1, link.y1),))


def of_layout(layout: Layout) -> Iterator[Item]:
    """The lines of each page by zone: head, body, notes, foot."""
    for sheet in layout.sheets:
        for zone, lines in (("head", sheet.head), ("body", sheet.body), ("notes", sheet.notes), ("foot", sheet.foot)):
            for line in lines:
                yield Item(zone, "", line.text, (Box(sheet.page, line.x0, line.y0, line.x1, line.y1),))


def of_document(document: Document) -> Iterator[Item]:
    """Masthead fields, blocks, annex labels, closing fields and notes, in reading order."""
    yield from _fields(document.masthead)
    if document.preamble.formula is not None:
        yield _field("formula", document.preamble.formula)
    annexes = {annex.blocks[0].id: annex for annex in document.annexes if annex.blocks}
    for block in document.blocks():
        if annex := annexes.get(block.id):
            yield Item("annex", annex.id, f"{annex.label} {annex.heading or ''}", annex.boxes)
        match block:
            case Paragraph(number=number, text=text):
                yield Item("paragraph", block.id, f"{number} {text}" if number else str(text), block.boxes)
            case Heading(text=text):
                yield Item("heading", block.id, str(text), block.boxes)
            case Table(rows=rows):
                cells = " | ".join(str(text) for row in rows for cell in row.cells for text in cell.paragraphs)
                yield Item("table", block.id, cells, block.boxes)
            case _:
                kind = block.__struct_config__.tag
                yield Item(str(kind), block.id, str(block.heading or ""), block.boxes)
    yield from _fields(document.closing)
    for note in document.notes:
        yield Item("note", note.id, f"{note.marker} {note.text}", note.boxes)


def of_citations(document: Document) -> Iterator[Item]:
    """The citations in the order of the text, each with the boxes of the field, block or note it stands in."""
    places: dict[str, tuple[Box, ...]] = {
        name: field.boxes
        for name in document.masthead.__struct_fields__
        if isinstance(field := getattr(document.masthead, name), Field)
    }
    places.update((place.id, place.boxes) for place in (*document.blocks(), *document.annexes, *document.notes))
    for citation in document.citations:
        # "para_1/closing", "table_1/2/0": a part of a block stands where the block does.
        boxes = places.get(citation.block.partition("/")[0], ())
        yield Item(citation.kind, _target(citation), citation.text, boxes)


def _target(citation: Citation) -> str:
    pinpoint = f" {citation.pinpoint}" if citation.pinpoint else ""
    return f"{citation.block} → {citation.target or '?'}{pinpoint}"


def _fields(holder: msgspec.Struct) -> Iterator[Item]:
    for name in holder.__struct_fields__:
        value = getattr(holder, name)
        if isinstance(value, Field):
            yield _field(name, value)
        elif name == "agenda":
            for item in value:
                yield _field("agenda", item.label)
                if item.title is not None:
                    yield _field("agenda title", item.title)


def _field(name: str, field: Field) -> Item:
    meaning = f" ({field.value})" if field.value is not None else ""
    return Item("field", name, f"{field.text}{meaning}", field.boxes)
