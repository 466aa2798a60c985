"""What a prompt shows of a document and its parts: one line each, however much stands below."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from strategies import documents

from unresolve.model import Anchor, Annex, Citation, Document, Note, Paragraph, Section, Source, Table, Text
from unresolve.symbols import Symbol

LONG = "Recalls the words of earlier years, " * 1000


def test_each_part_says_what_it_is() -> None:
    points = (
        Paragraph("para_2__point_a", Text("A point;"), "(a)"),
        Paragraph("para_2__point_b", Text("Another;"), "(b)"),
    )
    assert (
        repr(Paragraph("para_2", Text("Invites:"), "2.", points=points))
        == "<Paragraph para_2 '2.' 'Invites:' 2 points>"
    )
    assert repr(Note("note_1", "1", Text("Ibid."), (Anchor("para_2", 3),))) == "<Note note_1 '1' 'Ibid.' 1 call>"
    assert (
        repr(Section("sec_I", number="I.", heading=Text("Aims"), blocks=points))
        == "<Section sec_I 'I.' 'Aims' 2 blocks>"
    )
    assert repr(Annex("att_1", Text("Annexe"))) == "<Annex att_1 'Annexe'>"
    assert repr(Table("table_1", caption=Text("Figures"))) == "<Table table_1 'Figures'>"
    found = Citation("para_2", 4, 8, "70/1", "resolution", "A/RES/70/1")
    assert repr(found) == "<Citation resolution '70/1' → A/RES/70/1 in para_2>"
    assert repr(Citation("", 0, 5, "Ibid.", "symbol")) == "<Citation symbol 'Ibid.'>"
    assert repr(Symbol.parse("A/RES/1514 (XV)")) == "Symbol('A/RES/1514(XV)')"
    assert repr(Document(Source())) == "<Document und document: 0 paragraphs, 0 notes, 0 citations>"


def test_a_long_text_is_cut() -> None:
    shown = repr(Paragraph("para_1", Text(LONG), "1.", points=(Paragraph("p", Text(LONG)),) * 100))
    assert shown.startswith("<Paragraph para_1 '1.' 'Recalls the words of earlier years")
    assert len(shown) < 120


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_every_part_is_one_short_line(document: Document) -> None:
    for part in (document, *document.blocks(), *document.annexes, *document.notes):
        assert len(repr(part).splitlines()) == 1
        assert len(repr(part)) < 500
