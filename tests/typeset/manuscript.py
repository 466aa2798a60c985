"""TOML manuscript → Document: how the documents written for this project are kept.

A text is written with ``*italic*``, ``**bold**``, ``***both***`` and ``[^1]`` where note 1 is called.
The italic (Chinese, Arabic: bold) phrase at the head of a paragraph is its opener. A field is a text, or
``{ text = "…", value = "…" }``. A block is a table of

- ``number`` and ``text``, with ``points`` and ``closing``: a paragraph;
- ``heading``: a heading;
- ``section``, ``heading`` and ``blocks``: a section ("I" stands above its heading, "A." beside it);
- ``adopted``, ``heading`` and ``blocks``: a text adopted in the body;
- ``rows``, ``caption`` and ``notes``: a table, its first row the head, and the markers of the notes below it.

``setting`` says how the pages are set: ``columns`` of the body, and whether tables are ``ruled``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from unresolve.model import (
    AdoptedText,
    AgendaItem,
    Anchor,
    Annex,
    Block,
    Cell,
    Closing,
    Document,
    Field,
    Heading,
    Mark,
    Masthead,
    Note,
    Paragraph,
    Preamble,
    Row,
    Section,
    Source,
    Table,
    Text,
)

__all__ = ["from_manuscript", "read_manuscript", "setting", "texts"]

_TOKEN = re.compile(r"(?P<stars>\*{1,3})(?P<styled>[^*]+)(?P=stars)|\[\^(?P<note>[^\]]+)\]")
_STYLES = {1: ("italic",), 2: ("bold",), 3: ("bold", "italic")}
# French and its fellows: the space of "« texte »" and "texte ;" never ends a line.
_FIXED_SPACE = re.compile(r"(?<=«) | (?=[»;:!?])")


def read_manuscript(path: Path) -> Document:
    """The document a manuscript describes; ``KeyError`` names a field it lacks."""
    return from_manuscript(tomllib.loads(path.read_text("utf-8")))


def setting(path: Path) -> dict[str, Any]:
    """How the pages of a manuscript are set, as :func:`~typeset.setter.typeset` takes it."""
    found: dict[str, Any] = tomllib.loads(path.read_text("utf-8")).get("setting", {})
    return found


def from_manuscript(source: dict[str, Any]) -> Document:
    """The document of a manuscript already read; ``ValueError`` names a note without a call, or the reverse."""
    return _Manuscript(source).document()


def markup(written: str) -> Text:
    """``"*Recalling* it[^1]"`` → the text and its marks; the target of a call is ``note_`` and the marker."""
    content, marks = "", []
    at = 0
    for token in _TOKEN.finditer(written):
        content += written[at : token.start()]
        at = token.end()
        start = len(content)
        if token["note"]:
            marks.append(Mark(start, start, "call", f"note_{token['note']}"))
            continue
        content += token["styled"]
        marks += [Mark(start, len(content), kind) for kind in _STYLES[len(token["stars"])]]  # type: ignore[arg-type]
    return Text(content + written[at:], tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind))))


class _Manuscript:
    def __init__(self, source: dict[str, Any]) -> None:
        self.source = source
        self.language: str = source["language"]

    def document(self) -> Document:
        source = self.source
        preamble, closing = source.get("preamble", {}), source.get("closing", {})
        document = Document(
            source=Source(),
            kind=source["kind"],
            language=self.language,
            masthead=self.masthead(source["masthead"]),
            preamble=Preamble(self.field(preamble.get("formula")), tuple(self.blocks(preamble.get("blocks", ()), ""))),
            body=tuple(self.blocks(source["body"], "")),
            annexes=tuple(self.annex(annex, n) for n, annex in enumerate(source.get("annexes", ()), 1)),
            closing=Closing(self.field(closing.get("meeting")), self.field(closing.get("date"))),
        )
        notes = {marker: self.text(written) for marker, written in source.get("notes", {}).items()}
        return join_notes(document, notes)

    def masthead(self, fields: dict[str, Any]) -> Masthead:
        agenda = tuple(
            AgendaItem(self.needed_field(item["label"]), self.field(item.get("title")))
            for item in fields.get("agenda", ())
        )
        plain = {name: self.field(value) for name, value in fields.items() if name not in ("agenda", "originating")}
        return Masthead(agenda=agenda, originating=tuple(fields.get("originating", ())), **plain)

    def text(self, written: str) -> Text:
        return markup(_FIXED_SPACE.sub("\u00a0", written) if self.language == "fr" else written)

    def optional(self, written: str | None) -> Text | None:
        return None if written is None else self.text(written)

    def needed_field(self, value: str | dict[str, str]) -> Field:
        if isinstance(value, str):
            return Field(self.text(value))
        return Field(self.text(value["text"]), value["value"])

    def field(self, value: str | dict[str, str] | None) -> Field | None:
        return None if value is None else self.needed_field(value)

    def annex(self, source: dict[str, Any], n: int) -> Annex:
        blocks = self.blocks(source["blocks"], f"att_{n}__")
        return Annex(f"att_{n}", self.text(source["label"]), self.optional(source.get("heading")), tuple(blocks))

    def blocks(self, sources: Iterable[dict[str, Any]], prefix: str, level: int = 1) -> Iterator[Block]:
        for n, source in enumerate(sources, 1):
            if "section" in source or "adopted" in source:
                yield self.division(source, prefix, n, level)
            elif "rows" in source:
                yield self.table(source, f"{prefix}table_{n}")
            elif "text" in source:
                yield self.paragraph(source, f"{prefix}para_", n)
            else:
                yield Heading(f"{prefix}heading_{n}", self.text(source["heading"]))

    def division(self, source: dict[str, Any], prefix: str, n: int, level: int) -> Block:
        heading = self.optional(source.get("heading"))
        if name := source.get("adopted"):
            inside = tuple(self.blocks(source["blocks"], f"{prefix}{name}_{n}__"))
            return AdoptedText(f"{prefix}{name}_{n}", name, heading, inside)
        printed = source["section"]
        block_id = f"{prefix}sec_{_plain(printed, n)}"
        return Section(
            block_id,
            level,
            number=printed if printed.endswith(".") else None,
            label=None if not printed or printed.endswith(".") else self.text(printed),
            heading=heading,
            blocks=tuple(self.blocks(source["blocks"], f"{block_id}__", level + 1)),
        )

    def paragraph(self, source: dict[str, Any], prefix: str, n: int) -> Paragraph:
        text = self.text(source["text"])
        number = source.get("number")
        block_id = prefix + _plain(number, n)
        points = (
            self.paragraph(point, f"{block_id}__point_", i) for i, point in enumerate(source.get("points", ()), 1)
        )
        return Paragraph(block_id, text, number, _opener(text), tuple(points), self.optional(source.get("closing")))

    def table(self, source: dict[str, Any], block_id: str) -> Table:
        rows = tuple(
            Row(tuple(Cell((self.text(cell),), header=row == 0) for cell in cells))
            for row, cells in enumerate(source["rows"])
        )
        below = tuple(f"note_{marker}" for marker in source.get("notes", ()))
        return Table(block_id, rows, self.optional(source.get("caption")), notes=below)


def _plain(number: str | None, n: int) -> str:
    """``"(a)"`` → ``a``; what has no number counts as ``nn_3``."""
    return re.sub(r"\W", "", number or "").lower() or f"nn_{n}"


def _opener(text: Text) -> str | None:
    """The styled phrase at the head of a text."""
    ends = [mark.end for mark in text.marks if mark.start == 0 < mark.end and mark.kind in ("italic", "bold")]
    return text.content[: ends[0]] if ends else None


def join_notes(document: Document, notes: dict[str, Text]) -> Document:
    """The document with its notes, in the order of their first call, each knowing where it is called."""
    calls: dict[str, list[Anchor]] = {}
    for place, text in texts(document):
        for mark in text.marks:
            if mark.kind == "call" and mark.target:
                calls.setdefault(mark.target.removeprefix("note_"), []).append(Anchor(place, mark.start))
    if stray := set(notes) ^ set(calls):
        raise ValueError(f"notes without a call, or calls without a note: {sorted(stray)}")
    made = tuple(Note(f"note_{m}", m, notes[m], tuple(anchors)) for m, anchors in calls.items())
    return Document(
        source=document.source,
        kind=document.kind,
        language=document.language,
        masthead=document.masthead,
        preamble=document.preamble,
        body=document.body,
        annexes=document.annexes,
        closing=document.closing,
        notes=made,
    )


def texts(document: Document) -> Iterator[tuple[str, Text]]:
    """Every text that may call a note, in reading order, with the name anchors give it."""
    head = document.masthead
    for n, item in enumerate(head.agenda):
        yield f"agenda/{n}", item.label.text
    for name, field in (("heading", head.heading), ("title", head.title)):
        if field:
            yield name, field.text
    for block in (*document.preamble.blocks, *document.body):
        yield from _block_texts(block)
    for annex in document.annexes:
        if annex.heading:
            yield f"{annex.id}/heading", annex.heading
        for block in annex.blocks:
            yield from _block_texts(block)


def _block_texts(block: Block) -> Iterator[tuple[str, Text]]:
    match block:
        case Paragraph():
            yield block.id, block.text
            for point in block.points:
                yield from _block_texts(point)
            if block.closing:
                yield f"{block.id}/closing", block.closing
        case Heading():
            yield block.id, block.text
        case Section() | AdoptedText():
            yield from _division_texts(block)
        case Table():
            for r, row in enumerate(block.rows):
                for c, cell in enumerate(row.cells):
                    for paragraph in cell.paragraphs:
                        yield f"{block.id}/{r}/{c}", paragraph


def _division_texts(block: Section | AdoptedText) -> Iterator[tuple[str, Text]]:
    if isinstance(block, Section) and block.label:
        yield f"{block.id}/label", block.label
    if block.heading:
        yield f"{block.id}/heading", block.heading
    for inner in block.blocks:
        yield from _block_texts(inner)
