"""A document as flat lists that can be measured: fields, blocks, notes, links.

Differences of typesetting are folded away: spaces, quotation marks, dashes, presentation forms, marks of direction.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from urllib.parse import unquote

import msgspec
import regex

from unresolve.model import (
    AdoptedText,
    Block,
    Citation,
    Document,
    Field,
    Heading,
    Mark,
    Note,
    Paragraph,
    Section,
    Table,
    Text,
)
from unresolve.writers.akn_inline import DIRECT
from unresolve.writers.akn_parts import parts_of

__all__ = ["FlatBlock", "FlatNote", "View", "squash", "view"]

_DROPPED = dict.fromkeys(
    (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xAD, 0x640, 0x2060, 0xFEFF)
)
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
    | dict.fromkeys("–—‑−‐―", "-")
    | {"…": "..."}
)
_UN = regex.compile(
    r"https?://(?:www\.)?(?:undocs\.org|docs\.un\.org)/(?:(?:en|fr|es|ru|ar|zh|ch)/)?(.+)", regex.IGNORECASE
)
_BEFORE = 25
"""Characters before its call by which a note's place is told."""


class FlatBlock(msgspec.Struct, frozen=True):
    """A paragraph, heading or cell: its number without punctuation, number and text folded, text as it is."""

    number: str
    text: str
    printed: str


class FlatNote(msgspec.Struct, frozen=True):
    """A note: its marker and text folded, the end of the text before its call, the text as it is."""

    marker: str
    text: str
    before: str
    printed: str


class View(msgspec.Struct, frozen=True):
    """What is measured of a document; ``links`` counts the symbols its links lead to."""

    fields: dict[str, str]
    blocks: tuple[FlatBlock, ...]
    notes: tuple[FlatNote, ...]
    links: Counter[str]


def squash(text: str) -> str:
    """The text without what typesetters differ in: spaces, kinds of quotation marks and dashes, invisible signs."""
    folded = unicodedata.normalize("NFKC", text).translate(_DROPPED).translate(_SAME)
    return "".join(unicodedata.normalize("NFC", folded).split())


def view(document: Document) -> View:
    """The flat view of a document."""
    return _View(document).made()


class _View:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes = {note.id: note for note in document.notes}
        self._called: set[str] = set()
        self._citations: dict[str, list[Citation]] = defaultdict(list)
        for citation in sorted(document.citations, key=lambda c: (c.start, -c.end)):
            if citation.resolved in DIRECT and citation.kind != "internal":
                self._citations[citation.block].append(citation)
        self._blocks: list[FlatBlock] = []
        self._flat_notes: list[FlatNote] = []
        self._links = Counter[str]()

    def made(self) -> View:
        document = self._document
        if document.preamble.formula is not None:
            self._line("formula", document.preamble.formula.text)
        for block in document.preamble.blocks:
            self._block(block, "")
        parts = parts_of(document.body) if not document.preamble.blocks else ()
        for part in parts:
            for block in (*((part.formula,) if part.formula else ()), *part.recitals, *part.body):
                self._block(block, "")
        for block in () if parts else document.body:
            self._block(block, "")
        for annex in document.annexes:
            self._line(f"{annex.id}/label", annex.label)
            if annex.heading is not None:
                self._line(f"{annex.id}/heading", annex.heading)
            for block in annex.blocks:
                self._block(block, "")
        for note in document.notes:
            if not note.calls:
                self._note(note, "")
        return View(_fields(document), tuple(self._blocks), tuple(self._flat_notes), self._links)

    def _block(self, block: Block, number: str) -> None:
        """``number`` is that of a section without a heading: it stands before the first thing in it."""
        match block:
            case Paragraph():
                self._paragraph(block, number)
            case Heading():
                self._line(block.id, block.text, number)
            case Section():
                if block.label is not None:
                    self._line(f"{block.id}/label", block.label)
                number = block.number or number
                if block.heading is not None:
                    self._line(f"{block.id}/heading", block.heading, number)
                    number = ""
                for child in block.blocks:
                    self._block(child, number)
            case AdoptedText():
                if block.heading is not None:
                    self._line(f"{block.id}/heading", block.heading, number)
                for child in block.blocks:
                    self._block(child, "")
            case Table():
                self._table(block)

    def _paragraph(self, block: Paragraph, number: str) -> None:
        self._line(block.id, block.text, block.number or number)
        for point in block.points:
            self._paragraph(point, "")
        if block.closing is not None:
            self._line(f"{block.id}/closing", block.closing)

    def _table(self, block: Table) -> None:
        if block.caption is not None:
            self._line(f"{block.id}/caption", block.caption)
        for r, row in enumerate(block.rows):
            for c, cell in enumerate(row.cells):
                place = f"{block.id}/{r}/{c}"
                text = Text.join(cell.paragraphs, "\n")
                whole = squash(self._shown(text))
                if whole:
                    self._blocks.append(FlatBlock("", whole, text.content))
                for note, _ in self._first_calls(text):
                    self._note(note, whole)
                self._link(place)

    def _line(self, place: str, text: Text, number: str = "") -> None:
        own = squash(self._shown(text))
        number = squash(number)
        for note, mark in self._first_calls(text):
            self._note(note, squash(self._shown(text, mark) + ("(" if note.brackets else "")))
        self._link(place)
        # "I." before "I. Organization of work": the number is not told twice.
        told = own.startswith(number) and not (number[-1:].isalnum() and own[len(number) : len(number) + 1].isalnum())
        whole = own if told else number + own
        if whole:
            printed = text.content if told or not number else f"{number} {text.content}"
            self._blocks.append(FlatBlock(number.strip(".()-、．）（"), whole, printed))

    def _shown(self, text: Text, upto: Mark | None = None) -> str:
        """The text, up to a call, with the brackets that are printed around the markers of its notes."""
        out: list[str] = []
        at = 0
        for mark in text.marks:
            if mark is upto:
                break
            if self._brackets(mark):
                out += [text.content[at : mark.start], "()"]
                at = mark.start
        return "".join([*out, text.content[at : upto.start if upto is not None else None]])

    def _brackets(self, mark: Mark) -> bool:
        note = self._notes.get(mark.target or "") if mark.kind == "call" else None
        return note is not None and note.brackets

    def _first_calls(self, text: Text) -> Iterator[tuple[Note, Mark]]:
        """The notes that are called here and nowhere before, with the marks that do so."""
        for mark in text.marks:
            note = self._notes.get(mark.target or "") if mark.kind == "call" else None
            if note is not None and note.id not in self._called:
                self._called.add(note.id)
                yield note, mark

    def _note(self, note: Note, before: str) -> None:
        content = note.text.content
        text = squash(f"(){content}" if note.brackets else content)
        self._flat_notes.append(FlatNote(squash(note.marker), text, before[-_BEFORE:], content))
        self._link(note.id)

    def _link(self, place: str) -> None:
        free = 0
        for citation in self._citations.get(place, ()):
            if citation.start >= free and (symbol := _symbol(citation.url)):
                self._links[symbol] += 1
                free = citation.end


def _symbol(url: str | None) -> str | None:
    """The symbol that an address of the UN's document systems names, in capitals and without spaces."""
    found = _UN.match(url or "")
    if found is None:
        return None
    symbol = unquote(found[1]).split("#")[0].split("?")[0]
    return "".join(symbol.split()).upper().rstrip("/.")


def _fields(document: Document) -> dict[str, str]:
    head, closing = document.masthead, document.closing
    meeting = closing.meeting
    return {
        "symbol": squash(_text(head.symbol)).upper(),
        "issued": _value(head.issued),
        "session": _value(head.session),
        "title": squash(_text(head.title)),
        "adopted": _value(closing.date) or _value(head.heading),
        "proponent": squash(_text(head.proponent)),
        "agenda": squash(_text(head.agenda[0].label)) if head.agenda else "",
        "meeting": "".join(regex.findall(r"\d+", _value(meeting) or _text(meeting))),
    }


def _text(field: Field | None) -> str:
    return "" if field is None else str(field.text)


def _value(field: Field | None) -> str:
    return (field.value or "") if field is not None else ""
