"""Document → PDF: the model's values handed to ``layout.typ`` and set by Typst."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

import typst

from unresolve.model import AdoptedText, Block, Document, Field, Heading, Note, Paragraph, Row, Section, Table, Text

__all__ = ["FONTS", "missing_fonts", "sheet", "typeset"]

LATIN = ("Liberation Serif",)
FONTS = {
    "ar": (*LATIN, "Noto Naskh Arabic"),
    "zh": (*LATIN, "Noto Serif CJK SC"),
    "en": LATIN,
    "fr": LATIN,
    "ru": LATIN,
    "es": LATIN,
}
"""The faces a language is set in; Debian's fonts-liberation, fonts-noto-core and fonts-noto-cjk have them."""


TITLE_FIRST = frozenset({"report", "note", "information", "corrigendum"})
"""Kinds of documents whose title stands above what they are ("Note by the Secretariat")."""


def typeset(
    document: Document, *, hyphenate: bool = False, tags: bool = True, columns: int = 1, ruled: bool = True
) -> bytes:
    """The document as a PDF; the same document gives the same bytes with the same fonts.

    ``hyphenate`` lets words be divided at a line's end, ``tags`` writes the structure tree. The body is set in so many
    ``columns``, its tables with lines where ``ruled``.
    """
    layout = files(__package__).joinpath("layout.typ").read_bytes()
    page = sheet(document, hyphenate=hyphenate) | {"columns": columns, "ruled": ruled}
    inputs = {"sheet": json.dumps(page, ensure_ascii=False)}
    pdf = typst.compile(layout, format="pdf", sys_inputs=inputs, timestamp=0, pdf_tags=tags)
    if not isinstance(pdf, bytes):
        raise TypeError(f"one PDF was asked for, {type(pdf).__name__} came")
    return pdf


def missing_fonts(language: str) -> tuple[str, ...]:
    """The families a document of this language needs and this machine has not."""
    return tuple(family for family in FONTS[language] if family not in _families())


@functools.cache
def _families() -> frozenset[str]:
    return frozenset(typst.Fonts().families())


def sheet(document: Document, *, hyphenate: bool = False) -> dict[str, Any]:
    """What ``layout.typ`` reads: every text cut into runs of one style and note calls."""
    return _Sheet(document.notes).document(document) | {"hyphenate": hyphenate}


class _Sheet:
    """Cuts texts into pieces; remembers which notes were called, for only the first call carries the note."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self.notes = {note.id: note for note in notes}
        self.called: set[str] = set()
        self.below: set[str] = set()

    def document(self, document: Document) -> dict[str, Any]:
        masthead = document.masthead
        self.below = {note for block in document.blocks() if isinstance(block, Table) for note in block.notes}
        symbol = masthead.symbol.text.content if masthead.symbol else ""
        organ, slash, rest = symbol.partition("/")
        job = masthead.job_number.text.content if masthead.job_number else ""
        number, _, language = job.partition(" ")
        return {
            "language": document.language,
            "fonts": FONTS[document.language],
            "title": masthead.title.text.content if masthead.title else "",
            "title_first": document.kind in TITLE_FIRST,
            "symbol": [organ, slash + rest],
            "job": {"printed": job, "number": number, "bars": f"*{number.replace('-', '')}{language.strip('()')}*"},
            "masthead": {
                "publisher": self.field(masthead.publisher),
                "organ": self.field(masthead.organ),
                "distribution": self.field(masthead.distribution),
                "issued": self.field(masthead.issued),
                "original": self.field(masthead.original_language),
                "session": self.field(masthead.session),
                "committee": self.field(masthead.committee),
                "agenda": [
                    {"label": self.field(item.label), "title": self.field(item.title)} for item in masthead.agenda
                ],
                "heading": self.field(masthead.heading),
                "proponent": self.field(masthead.proponent),
                "number": self.field(masthead.number),
                "title": self.field(masthead.title),
            },
            "formula": self.field(document.preamble.formula),
            "preamble": self.blocks(document.preamble.blocks),
            "body": self.blocks(document.body),
            "closing": [self.text(field.text) for field in (document.closing.meeting, document.closing.date) if field],
            "annexes": [
                {"label": self.text(a.label), "heading": self.text(a.heading), "blocks": self.blocks(a.blocks)}
                for a in document.annexes
            ],
        }

    def field(self, field: Field | None) -> list[dict[str, Any]] | None:
        return None if field is None else self.text(field.text)

    def blocks(self, blocks: Iterable[Block]) -> list[dict[str, Any]]:
        return [self.block(block) for block in blocks]

    def block(self, block: Block) -> dict[str, Any]:
        match block:
            case Paragraph():
                return {
                    "kind": "paragraph",
                    "number": block.number,
                    "text": self.text(block.text),
                    "points": self.blocks(block.points),
                    "closing": self.text(block.closing),
                }
            case Heading():
                return {"kind": "heading", "text": self.text(block.text)}
            case Section():
                return {
                    "kind": "section",
                    "number": block.number,
                    "label": self.text(block.label),
                    "heading": self.text(block.heading),
                    "blocks": self.blocks(block.blocks),
                }
            case AdoptedText():
                return {"kind": "adopted", "heading": self.text(block.heading), "blocks": self.blocks(block.blocks)}
            case Table():
                return {
                    "kind": "table",
                    "caption": self.text(block.caption),
                    "columns": sum(cell.colspan for cell in block.rows[0].cells),
                    "rows": [self.row(row) for row in block.rows],
                    "notes": [
                        {"marker": self.notes[id_].marker, "text": self.text(self.notes[id_].text)}
                        for id_ in block.notes
                    ],
                }

    def row(self, row: Row) -> list[dict[str, Any]]:
        return [
            {
                "header": cell.header,
                "colspan": cell.colspan,
                "rowspan": cell.rowspan,
                "paragraphs": [self.text(paragraph) for paragraph in cell.paragraphs],
            }
            for cell in row.cells
        ]

    def text(self, text: Text | None) -> list[dict[str, Any]] | None:
        return None if text is None else list(self.pieces(text))

    def pieces(self, text: Text) -> Iterator[dict[str, Any]]:
        """Runs of one style in order, a call between the runs it divides."""
        cuts = sorted({0, len(text), *(at for mark in text.marks for at in (mark.start, mark.end))})
        for start, end in zip(cuts, [*cuts[1:], None], strict=True):
            for mark in text.marks:
                if mark.kind == "call" and mark.start == start and mark.target:
                    yield self.call(self.notes[mark.target])
            if end is not None:
                style = {mark.kind for mark in text.marks if mark.start <= start and end <= mark.end}
                yield {"text": text.content[start:end], "italic": "italic" in style, "bold": "bold" in style}

    def call(self, note: Note) -> dict[str, Any]:
        first = note.id not in self.called
        self.called.add(note.id)
        body = [Text(part) for part in note.text.content.split("\n")] if "\n" in note.text.content else [note.text]
        return {
            "note": note.id,
            "marker": note.marker,
            "below": note.id in self.below,
            "first": first,
            "body": [self.text(part) for part in body] if first else [],
        }
