"""What a parsed document is: frozen values and views over them, nothing else.

Ids are language-neutral (``para_11__point_a``): the same in all six languages. The printed number is
kept beside them. Every block carries the boxes it covers, one a page, or a column where the page has two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from .brief import Brief
from .citation import Citation
from .provenance import Box, Diagnostic, Source
from .text import Text

if TYPE_CHECKING:
    from pandas import DataFrame
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = [
    "AdoptedText",
    "AgendaItem",
    "Anchor",
    "Annex",
    "Block",
    "Cell",
    "Closing",
    "Document",
    "Field",
    "Heading",
    "Kind",
    "Masthead",
    "Note",
    "Paragraph",
    "Preamble",
    "Row",
    "Section",
    "Sitting",
    "Table",
]

Kind = Literal[
    "resolution",
    "draft resolution",
    "decision",
    "draft decision",
    "amendment",
    "report",
    "letter",
    "note",
    "information",
    "corrigendum",
    "document",
]


class Field(msgspec.Struct, frozen=True, omit_defaults=True):
    """A field of the masthead or the closing lines: what is printed, and what it means.

    ``value`` is the meaning in a form every language shares (ISO date, session number as digits,
    canonical symbol), or None where the field has none or it could not be read.
    """

    text: Text
    value: str | None = None
    boxes: tuple[Box, ...] = ()


class AgendaItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """An agenda item: ``label`` as printed ("Agenda item 71 (a)", value "71 (a)") and its title."""

    label: Field
    title: Field | None = None


class Masthead(msgspec.Struct, frozen=True, omit_defaults=True):
    """The head of the first page. A field that is not printed is None; nothing is made up.

    One exception, told by a diagnostic: the symbol of a resolution that prints its number only.

    publisher "United Nations" · symbol "A/RES/72/1" · organ "General Assembly" · distribution
    "Distr.: General" · issued "9 October 2017" (value ISO) · session "Seventy-second session" (value
    "72"; special sessions "S-21", emergency ones "ES-10") · committee "Third Committee" (value "c3"; also a
    council below the organ) · heading "Resolution adopted by the General
    Assembly on 27 September 2017" (value ISO date of adoption) · proponent "[without reference to a
    Main Committee (A/72/L.1)]" · originating: the canonical symbols printed there · number "72/1."
    (value "72/1") · title of the resolution · job_number "17-16970 (E)" (value "17-16970") ·
    original_language "Original: English" (value "en").
    """

    publisher: Field | None = None
    symbol: Field | None = None
    organ: Field | None = None
    distribution: Field | None = None
    issued: Field | None = None
    original_language: Field | None = None
    session: Field | None = None
    agenda: tuple[AgendaItem, ...] = ()
    heading: Field | None = None
    proponent: Field | None = None
    originating: tuple[str, ...] = ()
    number: Field | None = None
    title: Field | None = None
    job_number: Field | None = None
    committee: Field | None = None


class Paragraph(Brief, frozen=True, omit_defaults=True, tag="paragraph"):
    """A preambular or operative paragraph, or a point of one (then it stands in ``points``).

    ``number`` is as printed ("11.", "(a)", "1 -"), None if unnumbered; ``opener`` is the phrase set in
    italics or bold at its head. ``closing`` is text that follows the points and belongs to the paragraph.
    """

    id: str
    text: Text
    number: str | None = None
    opener: str | None = None
    points: tuple[Paragraph, ...] = ()
    closing: Text | None = None
    boxes: tuple[Box, ...] = ()


class Heading(Brief, frozen=True, omit_defaults=True, tag="heading"):
    """A heading that owns nothing below it (a cross-heading)."""

    id: str
    text: Text
    boxes: tuple[Box, ...] = ()


class Section(Brief, frozen=True, omit_defaults=True, tag="section"):
    """A headed division and all that stands under it.

    ``number`` is as printed before the heading ("II.", "A."), None for a heading without one; ``label`` is
    the line that stands alone above it ("I", "Rule 1", "Chapter II"); ``level`` is 1 for the outermost.
    """

    id: str
    level: int = 1
    number: str | None = None
    label: Text | None = None
    heading: Text | None = None
    blocks: tuple[Block, ...] = ()
    boxes: tuple[Box, ...] = ()


class AdoptedText(Brief, frozen=True, omit_defaults=True, tag="adopted"):
    """A text the resolution adopts in its own body, as the declaration of A/RES/72/1.

    ``name`` is language-neutral: declaration, pact, plan, outcome, agenda, text.
    """

    id: str
    name: str = "declaration"
    heading: Text | None = None
    blocks: tuple[Block, ...] = ()
    boxes: tuple[Box, ...] = ()


class Cell(msgspec.Struct, frozen=True, omit_defaults=True):
    """A cell of a table; ``paragraphs`` are its texts from top to bottom."""

    paragraphs: tuple[Text, ...] = ()
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


class Row(msgspec.Struct, frozen=True):
    """A row of a table, cells in reading order."""

    cells: tuple[Cell, ...]


class Table(Brief, frozen=True, omit_defaults=True, tag="table"):
    """A table; ``caption`` is the title printed above it.

    ``notes`` are the ids of the notes printed below it, which are its own and not the page's: those that its cells call
    by a letter ("a"), and what has no marker ("Source: …", "Abbreviations: …").
    """

    id: str
    rows: tuple[Row, ...] = ()
    caption: Text | None = None
    boxes: tuple[Box, ...] = ()
    notes: tuple[str, ...] = ()


Block = Paragraph | Heading | Section | AdoptedText | Table


class Annex(Brief, frozen=True, omit_defaults=True):
    """An annex: ``label`` as printed ("Annex", "Annexe II"), its title and its own blocks."""

    id: str
    label: Text
    heading: Text | None = None
    blocks: tuple[Block, ...] = ()
    boxes: tuple[Box, ...] = ()


class Preamble(msgspec.Struct, frozen=True, omit_defaults=True):
    """The enacting formula ("The General Assembly,") and the preambular paragraphs."""

    formula: Field | None = None
    blocks: tuple[Block, ...] = ()


class Sitting(msgspec.Struct, frozen=True, omit_defaults=True):
    """A plenary meeting (value: its number) and its date (value: ISO)."""

    meeting: Field | None = None
    date: Field | None = None


class Closing(msgspec.Struct, frozen=True, omit_defaults=True):
    """The closing lines: the plenary meeting (value: its number) and the date (value: ISO).

    A decision taken at several meetings prints them all: ``later`` are those behind the first.
    """

    meeting: Field | None = None
    date: Field | None = None
    later: tuple[Sitting, ...] = ()

    @classmethod
    def of(cls, sittings: Sequence[Sitting]) -> Closing:
        """The closing lines of some meetings, in the order in which they are printed."""
        return cls(sittings[0].meeting, sittings[0].date, tuple(sittings[1:])) if sittings else cls()

    @property
    def sittings(self) -> tuple[Sitting, ...]:
        """All meetings with their dates; none where nothing is printed."""
        first = Sitting(self.meeting, self.date)
        return (first, *self.later) if first != Sitting() or self.later else ()

    def fields(self) -> Iterator[tuple[str, Field]]:
        """What is printed, with the names by which rows call it: ``meeting``, ``date``, ``meeting/2``, ``date/2`` …"""
        for number, sitting in enumerate(self.sittings, 1):
            for name, field in (("meeting", sitting.meeting), ("date", sitting.date)):
                if field is not None:
                    yield (name if number == 1 else f"{name}/{number}"), field


class Anchor(msgspec.Struct, frozen=True, order=True):
    """A place in a text: the id of the block and the offset in its ``text``.

    Fields of the masthead go by their name (``title``), cells by ``TABLE_ID/ROW/CELL``, a paragraph's closing text by
    ``ID/closing``, a section's or annex's heading by ``ID/heading``, a label by ``ID/label``.
    """

    block: str
    offset: int


class Note(Brief, frozen=True, omit_defaults=True):
    """A footnote, or a note below a table: its marker ("1", "*", "a"), text, page, and every place that calls it.

    ``brackets`` is true where the marker is printed in brackets, "(1)", as Arabic does. Paragraphs inside a
    note are separated by a line feed.
    """

    id: str
    marker: str
    text: Text
    calls: tuple[Anchor, ...] = ()
    page: int = 0
    boxes: tuple[Box, ...] = ()
    brackets: bool = False


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    """A parsed document, in one language."""

    source: Source
    kind: Kind = "document"
    language: str = "und"
    masthead: Masthead = Masthead()
    preamble: Preamble = Preamble()
    body: tuple[Block, ...] = ()
    annexes: tuple[Annex, ...] = ()
    closing: Closing = Closing()
    notes: tuple[Note, ...] = ()
    citations: tuple[Citation, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def blocks(self) -> Iterator[Block]:
        """Every block in reading order, a block before what stands in it; annexes last."""
        for block in (*self.preamble.blocks, *self.body):
            yield from _walk(block)
        for annex in self.annexes:
            for block in annex.blocks:
                yield from _walk(block)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph and point in reading order."""
        return (block for block in self.blocks() if isinstance(block, Paragraph))

    def footnotes(self) -> tuple[Note, ...]:
        """The notes in the order they are called."""
        return self.notes

    def find(self, number: str) -> Paragraph | None:
        """The paragraph of a printed number: ``"11"``, ``"11(a)"``, ``"11(a)(ii)"``; None if there is none.

        The numbers of the main text are looked at first, then those of the annexes.
        """
        wanted = "para_" + "__point_".join(part for part in _parts(number))
        return next((p for p in self.paragraphs() if p.id == wanted or p.id.endswith("__" + wanted)), None)

    def plain_text(self) -> str:
        """The text of all blocks, one a line, as they are read; notes are not in it."""
        return "\n".join(line for block in self.blocks() for line in _lines(block) if line)

    def _repr_html_(self) -> str:
        """What a notebook shows: kind, symbol, title, and how much of each there is."""
        from .card import card

        return card(self)

    def to_pandas(self, table: Literal["texts", "notes", "citations"] = "texts") -> DataFrame:
        """The texts, notes or citations as a frame with the columns of :mod:`unresolve.model.rows`.

        Raises ModuleNotFoundError where pandas is not installed, and ValueError for another table.
        """
        from pandas import DataFrame

        from .rows import TABLES

        if table not in TABLES:
            raise ValueError(f"no table {table!r}: there are {', '.join(TABLES)}")
        row, rows = TABLES[table]
        return DataFrame.from_records(map(msgspec.structs.astuple, rows(self)), columns=list(row.__struct_fields__))

    def to_spacy(self, nlp: Language | None = None) -> Doc:
        """The paragraphs as a ``Doc`` of spaCy, a line each, with citations and openers as spans.

        ``nlp`` is the pipeline to run, a blank one of the document's language if not given.
        """
        from .tokens import to_spacy

        return to_spacy(self, nlp)

    def __repr__(self) -> str:
        """``<Document A/RES/72/1 fr resolution: 42 paragraphs, 10 notes, 31 citations>``."""
        symbol = self.masthead.symbol
        name = f" {symbol.value or symbol.text}" if symbol is not None else ""
        paragraphs = sum(1 for _ in self.paragraphs())
        return (
            f"<Document{name} {self.language} {self.kind}: {paragraphs} paragraphs, "
            f"{len(self.notes)} notes, {len(self.citations)} citations>"
        )


def _parts(number: str) -> Iterator[str]:
    part = ""
    for character in number:
        if character.isalnum():
            part += character.lower()
        elif part:
            yield part
            part = ""
    if part:
        yield part


def _walk(block: Block) -> Iterator[Block]:
    yield block
    children: tuple[Block, ...] = ()
    if isinstance(block, Paragraph):
        children = block.points
    elif isinstance(block, Section | AdoptedText):
        children = block.blocks
    for child in children:
        yield from _walk(child)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield f"{block.number} {block.text}" if block.number else str(block.text)
        case Section():
            yield str(block.label or "")
            yield " ".join(part for part in (block.number, str(block.heading or "")) if part)
        case AdoptedText():
            yield str(block.heading or "")
        case Heading():
            yield str(block.text)
        case Table():
            for row in block.rows:
                yield "\t".join(" ".join(map(str, cell.paragraphs)) for cell in row.cells)
