"""The quirks of published files, one by one: what stands in the file, what the document says."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

import unresolve
from unresolve.errors import InvalidDocumentError, ReadError
from unresolve.model import Document, Heading, Mark, Paragraph, Section, Source, Text
from unresolve.writers.akn import to_akn
from unresolve.writers.akn_read import LIMIT, from_akn, read_akn
from unresolve.writers.akn_repairs import REPAIRS

HEAD = '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution">'
TAIL = "</statement></akomaNtoso>"


def read(*parts: str) -> Document:
    return from_akn("".join((HEAD, *parts, TAIL)).encode())


def body(*parts: str) -> Document:
    return read("<mainBody>", *parts, "</mainBody>")


def body_with(xml: str) -> bytes:
    return f"{HEAD}<mainBody>{xml}</mainBody>{TAIL}".encode()


def outline(document: Document) -> list[tuple[str, str | None, str]]:
    """Kind, number and text of every block."""
    found: list[tuple[str, str | None, str]] = []
    for block in document.blocks():
        match block:
            case Paragraph():
                found.append(("paragraph", block.number, str(block.text)))
            case Section():
                found.append(("section", block.number, f"{block.label or ''}|{block.heading or ''}"))
            case Heading():
                found.append(("heading", None, str(block.text)))
    return found


def paragraph(text: str, number: str = "") -> str:
    num = f"<num>{number}</num>" if number else ""
    return f'<paragraph eId="para_9">{num}<content><p xml:space="preserve">{text}</p></content></paragraph>'


SECTION = (
    "<section><p><num>II</num></p><subheading>Water</subheading>"
    "<crossHeading refersTo='#preamble' eId='preamble_1'><span class='italic'>Noting</span> wells,</crossHeading>"
    "</section>"
)


def test_running_eids_give_way_to_ids_of_our_own_and_tabs_to_one_space() -> None:
    document = body(paragraph("\t<span class='italic'>Takes  note</span>\n of it; ", "1."))
    assert document.body == (Paragraph("para_1", Text("Takes note of it;", (Mark(0, 10, "italic"),)), "1."),)


def test_ids_come_from_printed_numbers_and_from_the_place_of_a_letter() -> None:
    points = "".join(f"<point><num>{n}</num><content><p>x</p></content></point>" for n in ("а)", "б)", "в)"))
    listed = f"<paragraph><num>3.</num><list><intro><p>y</p></intro>{points}</list></paragraph>"
    document = body(SECTION, paragraph("One", "1."), SECTION.replace("II", "III"), paragraph("One", "1."), listed)
    assert [block.id for block in document.blocks()] == [
        "sec_II",
        "para_nn_1",
        "para_1",
        "sec_III",
        "para_nn_2",
        "sec_III__para_1",
        "para_3",
        "para_3__point_a",
        "para_3__point_b",
        "para_3__point_c",
    ]
    assert document.find("3(b)") is not None


def test_notes_numbered() -> None:
    note = '<authorialNote marker="{0}" placement="bottom" eId="authorialNote_1"><p>\tSee {0}.</p></authorialNote>'
    document = body(paragraph(f"One{note.format(1)} two{note.format('*')}"))
    assert [(note.marker, str(note.text), note.calls[0].offset) for note in document.notes] == [
        ("1", "See 1.", 3),
        ("*", "See *.", 7),
    ]


def test_one_body() -> None:
    document = read(
        "<preamble><container name='Noting'><p>Noting</p></container></preamble>",
        f"<mainBody>{paragraph('First', '1.')}</mainBody>",
        "<preamble><container name='Recalling'><p>Recalling</p></container></preamble>",
        f"<mainBody>{paragraph('Second', '1.')}</mainBody>",
    )
    assert [text for _, _, text in outline(document)] == ["Noting", "First", "Recalling", "Second"]


def test_heading_before_number() -> None:
    document = body(
        "<paragraph><subheading>B.\tWells</subheading><num>B.</num><content><p>Wells</p></content></paragraph>",
        "<section><subheading>Staff</subheading><num>A</num><subheading>Pay</subheading></section>",
    )
    assert outline(document) == [
        ("heading", None, "B. Wells"),
        ("paragraph", "B.", "Wells"),
        ("heading", None, "Staff"),
        ("section", "A", "|Pay"),
    ]


def test_section_labels_and_contents() -> None:
    document = body(SECTION, paragraph("Decides", "1."), SECTION.replace("II", "III"), paragraph("Asks", "1."))
    assert outline(document) == [
        ("section", None, "II|Water"),
        ("paragraph", None, "Noting wells,"),
        ("paragraph", "1.", "Decides"),
        ("section", None, "III|Water"),
        ("paragraph", None, "Noting wells,"),
        ("paragraph", "1.", "Asks"),
    ]
    assert len(document.body) == 2


def test_section_labels_in_an_empty_paragraph() -> None:
    number = "<paragraph eId='para_16'><num>II.</num><content><p xml:space='preserve'></p></content></paragraph>"
    document = body(f"<section>{number}<subheading>Water</subheading></section>")
    assert outline(document) == [("section", None, "II.|Water")]


def test_a_line_that_holds_more_than_a_number_is_no_label() -> None:
    document = body("<section><p><num>B.</num> Wells</p></section>")
    assert outline(document) == [("section", None, "|"), ("paragraph", None, "B. Wells")]


@pytest.mark.parametrize(
    ("printed", "number", "text"),
    [
        ("(a)\tDig;", "(a)", "Dig;"),
        ("\tb) \tCreuser ;", None, "b) Creuser ;"),
        ("\tc)\tCreuser ;", "c)", "Creuser ;"),
        ("(أ)\tالمياه؛", "(أ)", "المياه؛"),
        ("(as amended) dig;", None, "(as amended) dig;"),
        ("(a) dig;", None, "(a) dig;"),
    ],
)
def test_typed_points(printed: str, number: str | None, text: str) -> None:
    assert outline(body(paragraph(printed))) == [("paragraph", number, text)]


def test_annex_labels() -> None:
    line = "<paragraph class='H1'><heading>{}</heading></paragraph>"
    bold = "<paragraph class='H23'><content><p><span class='bold'>\t{}</span></p></content></paragraph>"
    for shape in (line, bold):
        document = read(
            "<mainBody/><attachments><attachment><doc name='annex'><mainBody>",
            shape.format("Annex"),
            shape.format("Rules of the wells"),
            paragraph("Dig.", "1."),
            "</mainBody></doc></attachment></attachments>",
        )
        (annex,) = document.annexes
        assert (str(annex.label), str(annex.heading)) == ("Annex", "Rules of the wells")
        assert outline(document) == [("paragraph", "1.", "Dig.")]


def test_every_repair_has_a_test_of_its_name() -> None:
    tests = " ".join(name for name in globals() if name.startswith("test_"))
    assert [step.__name__ for step in REPAIRS if step.__name__.removeprefix("section_") not in tests] == []


def test_xml_that_can_be_read_past_its_fault_says_so() -> None:
    document = body("<paragraph><num>1.</num><content><p>Dig.</p></content></alinea>")
    assert [d.code for d in document.diagnostics] == ["xml-not-well-formed"]
    assert ("paragraph", "1.", "Dig.") in outline(document)


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"junk",
        b"<html/>",
        (HEAD + "<mainBody>").encode(),
        b"</akomaNtoso>",
        body_with("<container name='table'><table><tr><td colspan='wide'/></tr></table></container>"),
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b" " * (LIMIT + 1),
    ],
    ids=["empty", "junk", "html", "cut", "end", "span", "entity", "large"],
)
def test_what_is_not_akoma_ntoso_is_refused(xml: bytes) -> None:
    with pytest.raises(InvalidDocumentError):
        from_akn(xml)


def test_a_file_on_disk_is_named_where_it_fails(tmp_path: Path) -> None:
    sound, broken = tmp_path / "sound.xml", tmp_path / "broken.xml"
    sound.write_bytes(body_with(paragraph("Dig.", "1.")))
    broken.write_bytes(b"junk")
    assert read_akn(sound).plain_text() == "1. Dig."
    with pytest.raises(InvalidDocumentError, match=f"^{regex.escape(str(broken))}: not well-formed"):
        read_akn(broken)


def test_an_entity_is_not_opened() -> None:
    xml = f'<!DOCTYPE akomaNtoso [<!ENTITY x "opened">]>{HEAD}<mainBody>{paragraph("One &x; two")}</mainBody>{TAIL}'
    assert "opened" not in from_akn(xml.encode()).plain_text()


def test_a_file_is_read_by_its_path_or_its_bytes(tmp_path: Path) -> None:
    document = Document(Source(), language="en", body=(Paragraph("para_1", Text("Dig."), "1."),))
    path = tmp_path / "a.xml"
    path.write_bytes(to_akn(document))
    for source in (path, str(path), path.read_bytes()):
        assert unresolve.read_akn(source) == document
    with pytest.raises(ReadError, match=r"none\.xml"):
        unresolve.read_akn(tmp_path / "none.xml")


def test_the_meetings_of_an_official_decision_are_read_with_their_dates() -> None:
    closing = read(
        f"<mainBody>{paragraph('Dig.')}</mainBody><conclusions><p>",
        '<inline name="adoptionMeeting" title="55th">55th meeting</inline>',
        '<inline name="adoptionMeeting" title="61st">61st meeting</inline><eol/>',
        '<docDate date="2022-01-20">20 January</docDate><docDate date="2022-03-02">2 March</docDate></p></conclusions>',
    ).closing
    assert [(str(s.meeting and s.meeting.text), s.date and s.date.value) for s in closing.sittings] == [
        ("55th meeting", "2022-01-20"),
        ("61st meeting", "2022-03-02"),
    ]
