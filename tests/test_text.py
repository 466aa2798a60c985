"""Plain text: what a person reads, line by line."""

from __future__ import annotations

from unresolve.model import (
    Annex,
    Cell,
    Closing,
    Document,
    Field,
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
from unresolve.writers.text import to_text

DOCUMENT = Document(
    Source(),
    masthead=Masthead(symbol=Field(Text("A/RES/99/9")), number=Field(Text("99/9.")), title=Field(Text("Wells"))),
    preamble=Preamble(
        Field(Text("The General Assembly,")),
        (Paragraph("preamble_1", Text("Recalling its work,", (Mark(18, 18, "call", "note_1"),))),),
    ),
    body=(
        Section(
            "sec_I",
            label=Text("I"),
            heading=Text("Water"),
            blocks=(
                Paragraph(
                    "para_1",
                    Text("Decides:"),
                    "1.",
                    points=(Paragraph("para_1__point_a", Text("To dig;"), "(a)"),),
                    closing=Text("as before;"),
                ),
                Table("table_1", (Row((Cell((Text("Well"),)), Cell((Text("Depth"),)))),), Text("Wells dug")),
            ),
        ),
    ),
    annexes=(Annex("att_1", Text("Annex"), Text("Rules")),),
    closing=Closing(Field(Text("9th plenary meeting"))),
    notes=(Note("note_1", "1", Text("Resolution 98/1.")),),
)

WITH_NOTES = """\
A/RES/99/9

99/9.
Wells

The General Assembly,

Recalling its work[1],

I

Water

1. Decides:
  (a) To dig;
as before;

Wells dug

Well
Depth

9th plenary meeting

Annex

Rules

[1] Resolution 98/1.
"""


def test_every_part_has_its_line() -> None:
    assert to_text(DOCUMENT).decode() == WITH_NOTES


def test_without_notes_neither_calls_nor_notes_are_written() -> None:
    bare = WITH_NOTES.replace("[1],", ",").removesuffix("\n[1] Resolution 98/1.\n")
    assert to_text(DOCUMENT, notes=False).decode() == bare


def test_an_empty_document_is_an_empty_file() -> None:
    assert to_text(Document(Source())) == b""
