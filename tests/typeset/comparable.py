"""The form in which a parsed document is held against the one that was set: plain values a person can read.

It keeps kind, language, masthead (what is printed and what it means), blocks with their printed numbers,
openers, points and closing texts, tables, annexes, closing lines and notes. Note calls stand in the text as
``[^1]``. It leaves out what a setter cannot know or the page does not fix: source, boxes, ids, diagnostics,
citations, emphasis and page ends. No-break spaces count as spaces. Of a field's meaning it keeps what the
model defines: dates, numbers, symbols, the original language.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from unresolve.model import AdoptedText, Block, Document, Field, Heading, Masthead, Paragraph, Section, Table, Text

__all__ = ["comparable"]

_WITHOUT_VALUE = frozenset({"publisher", "organ", "distribution", "proponent", "title"})


def comparable(document: Document) -> dict[str, Any]:
    """A JSON-ready tree; fields that are absent are left out."""
    return _Comparable(document).tree()


class _Comparable:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.markers = {note.id: note.marker for note in document.notes}

    def tree(self) -> dict[str, Any]:
        document = self.document
        return _present(
            kind=document.kind,
            language=document.language,
            masthead=self.masthead(document.masthead),
            formula=self.optional_text(document.preamble.formula),
            preamble=self.blocks(document.preamble.blocks),
            body=self.blocks(document.body),
            annexes=[
                _present(label=self.text(a.label), heading=self.text(a.heading), blocks=self.blocks(a.blocks))
                for a in document.annexes
            ],
            meeting=self.field(document.closing.meeting),
            date=self.field(document.closing.date),
            notes=[{"marker": note.marker, "text": self.text(note.text)} for note in document.notes],
        )

    def masthead(self, masthead: Masthead) -> dict[str, Any]:
        fields = {name: getattr(masthead, name) for name in masthead.__struct_fields__}
        agenda = [
            _present(label=self.field(item.label), title=self.optional_text(item.title))
            for item in fields.pop("agenda")
        ]
        originating = list(fields.pop("originating"))
        printed = {name: self.optional_text(fields.pop(name)) for name in sorted(_WITHOUT_VALUE)}
        meant = {name: self.field(field) for name, field in fields.items()}
        return _present(**printed, **meant, agenda=agenda, originating=originating)

    def field(self, field: Field | None) -> dict[str, Any] | None:
        return None if field is None else _present(text=self.text(field.text), value=field.value)

    def optional_text(self, field: Field | None) -> str | None:
        return None if field is None else self.text(field.text)

    def blocks(self, blocks: Iterable[Block]) -> list[dict[str, Any]]:
        return [self.block(block) for block in blocks]

    def block(self, block: Block) -> dict[str, Any]:
        match block:
            case Paragraph():
                return _present(
                    number=block.number,
                    opener=block.opener,
                    text=self.text(block.text),
                    points=self.blocks(block.points),
                    closing=self.text(block.closing),
                )
            case Heading():
                return _present(heading=self.text(block.text))
            case Section():
                return _present(
                    section=block.number or self.text(block.label) or "",
                    level=block.level,
                    heading=self.text(block.heading),
                    blocks=self.blocks(block.blocks),
                )
            case AdoptedText():
                return _present(adopted=block.name, heading=self.text(block.heading), blocks=self.blocks(block.blocks))
            case Table():
                return _present(
                    caption=self.text(block.caption),
                    rows=[
                        ["\n".join(filter(None, map(self.text, c.paragraphs))) for c in row.cells] for row in block.rows
                    ],
                    notes=[self.markers.get(id_, "?") for id_ in block.notes],
                )

    def text(self, text: Text | None) -> str | None:
        """The text with its note calls in place: ``"the Agenda[^1] and"``."""
        if text is None:
            return None
        pieces, at = [], 0
        for mark in text.marks:
            if mark.kind == "call":
                pieces += [text.content[at : mark.start], f"[^{self.markers.get(mark.target or '', '?')}]"]
                at = mark.start
        return "".join((*pieces, text.content[at:])).replace("\u00a0", " ").replace("\u202f", " ")


def _present(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None and value != []}
