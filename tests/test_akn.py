"""Akoma Ntoso: always valid, and the same document when it is read again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import regex
from bench.roundtrip import BAR, again, scorer_beside
from hypothesis import HealthCheck, given, settings
from lxml import etree
from strategies import documents, odd_documents

from unresolve.model import (
    Cell,
    Citation,
    Closing,
    Document,
    Field,
    Mark,
    Masthead,
    Note,
    Paragraph,
    Row,
    Section,
    Source,
    Table,
    Text,
)
from unresolve.writers.akn import Profile, to_akn, validate
from unresolve.writers.akn_read import from_akn

LARGE = [HealthCheck.too_slow, HealthCheck.data_too_large]
NS = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
DATED = Masthead(symbol=Field(Text("A/RES/72/1"), "A/RES/72/1"), number=Field(Text("72/1."), "72/1"))


def root_of(document: Document, *, profile: Profile = "unresolve") -> etree._Element:
    written = to_akn(document, profile=profile)
    assert validate(written, document) == []
    return etree.fromstring(written)


def said(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=NS)
    assert isinstance(found, list)
    return [str(item) for item in found]


@settings(max_examples=30, suppress_health_check=LARGE)
@given(documents())
def test_a_sound_document_is_valid_and_comes_back_as_it_was(document: Document) -> None:
    written = to_akn(document)
    assert validate(written, document) == []
    read = from_akn(written)
    assert read == document
    assert to_akn(read) == written


@settings(max_examples=60, suppress_health_check=LARGE)
@given(odd_documents())
def test_whatever_the_document_holds_the_file_is_valid(document: Document) -> None:
    written = to_akn(document)
    assert validate(written, document) == []
    assert validate(to_akn(document, profile="un"), document) == []
    from_akn(written)


def test_identification_of_a_resolution(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    closing = Closing(Field(Text("24th plenary meeting"), "24"), Field(Text("27 September 2017"), "2017-09-27"))
    document = Document(Source("ab" * 32), "resolution", "fr", DATED, closing=closing)
    root = root_of(document)
    work = "/akn/un/statement/deliberation/unga/2017-09-27/72-1"
    assert said(root, "//a:FRBRuri/@value") == [work, f"{work}/fra@", f"{work}/fra@.xml"]
    assert said(root, "//a:FRBRthis/@value") == [f"{work}/!main", f"{work}/fra@/!main", f"{work}/fra@/!main.xml"]
    assert said(root, "//a:FRBRManifestation/a:FRBRdate/@date") == ["2017-09-27"]
    assert (
        said(etree.fromstring(to_akn(document, markup_date="2025-01-31")), "//a:FRBRManifestation/a:FRBRdate/@date")[0]
        == "2025-01-31"
    )
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert said(root_of(document), "//a:FRBRManifestation/a:FRBRdate/@date") == ["2023-11-14"]


def test_points_stand_in_lists_whose_eids_are_paths() -> None:
    inner = Paragraph("para_11__point_b__point_i", Text("water;"), "(i)")
    points = (
        Paragraph("para_11__point_a", Text("dig;"), "(a)"),
        Paragraph("para_11__point_b", Text("drink:"), "(b)", points=(inner,)),
    )
    body = (Paragraph("para_11", Text("Decides:"), "11.", points=points, closing=Text("as before.")),)
    root = root_of(Document(Source(), masthead=DATED, body=body))
    assert said(root, "//a:point/@eId") == [
        "para_11__list_1__point_a",
        "para_11__list_1__point_b",
        "para_11__list_1__point_b__list_1__point_i",
    ]
    assert said(root, "//a:wrapUp/a:p/text()") == ["as before."]


def test_the_eid_follows_the_printed_number_and_the_model_keeps_its_id() -> None:
    body = (Paragraph("para_3", Text("One."), "1."), Paragraph("para_3", Text("Again one."), "1."))
    document = Document(Source(), masthead=DATED, body=body)
    assert said(root_of(document), "//a:paragraph/@eId") == ["para_1", "para_1_2"]
    # The id that the other language versions have; a wId belongs to one element.
    assert said(root_of(document), "//a:paragraph/@wId") == ["para_3"]
    assert said(root_of(document, profile="un"), "//@wId") == []
    assert from_akn(to_akn(document)).body == body


def test_a_label_is_a_heading_above_the_heading() -> None:
    sections = (
        Section("sec_II", label=Text("II"), heading=Text("Water")),
        Section("sec_A", number="A.", heading=Text("Wells")),
    )
    root = root_of(Document(Source(), masthead=DATED, body=sections))
    first, second = root.findall(".//a:section", NS)
    assert [line.text for line in first] == ["II", "Water"]
    assert [line.text for line in second] == ["A.", "Wells"]
    assert said(second, "a:num/text()") == ["A."]


def entry(number: str, title: str, page: str) -> Row:
    return Row(tuple(Cell((Text(part),) if part else ()) for part in (number, title, page)))


def test_an_entry_of_the_contents_leads_to_its_section() -> None:
    rows = (entry("I.", "Wells", "2"), entry("A.", "Depth", "3"), entry("II.", "Rain", "4"), entry("A.", "Depth", ""))
    lost = entry("", "Nowhere", "9")
    inner = (Section("sec_II__sec_A", 2, "A.", None, Text("Depth")),)
    body = (
        Table("toc_1", (*rows, lost), Text("Contents")),
        Section("sec_I", 1, "I.", None, Text("WELLS"), (Section("sec_A", 2, "A.", None, Text("Depth")),)),
        Section("sec_II", 1, None, Text("II"), Text("Rain"), inner),
    )
    document = Document(Source(), masthead=DATED, body=body)
    root = root_of(document)
    assert said(root, "//a:tocItem/@href") == ["#sec_I", "#sec_A", "#sec_II", "#sec_II__sec_A", ""]
    assert said(root, "//a:tocItem/@level") == ["1", "2", "1", "2", "1"]
    assert said(root, "//a:toc/@eId") == ["toc_1"]
    assert said(root, "//a:tocItem[1]/a:inline/@name") == ["number", "title", "page"]
    assert from_akn(to_akn(document)) == document


def test_contents_that_no_toc_can_hold_stay_a_table() -> None:
    headed = Row(tuple(Cell((Text(name),), True) for name in ("Chapter", "Title", "Page")))
    document = Document(Source(), masthead=DATED, body=(Table("toc_1", (headed, entry("I.", "Wells", "2"))),))
    assert said(root_of(document), "//a:table/@eId") == ["toc_1"]
    assert from_akn(to_akn(document)) == document


def test_a_note_has_a_place_where_there_is_no_line() -> None:
    note = Note("note_1", "1", Text("Lost."))
    document = Document(Source(), masthead=Masthead(), body=(Table("table_1"),), notes=(note,))
    root_of(document)
    assert from_akn(to_akn(document)) == document


def test_marks_that_differ_in_nothing_are_read() -> None:
    text = Text("One.", (Mark(0, 3, "bold"), Mark(0, 3, "bold")))
    document = Document(Source(), masthead=DATED, body=(Paragraph("para_1", text, "1."),))
    assert from_akn(to_akn(document)) == document


def test_the_step_of_the_workflow_is_what_the_document_prints() -> None:
    issued = Masthead(symbol=Field(Text("A/72/L.1"), "A/72/L.1"), issued=Field(Text("1 May 2017"), "2017-05-01"))
    closing = Closing(Field(Text("24th plenary meeting"), "24"), Field(Text("27 September 2017"), "2017-09-27"))
    step = "//a:workflow/a:step/@*[name()='date' or name()='outcome']"
    draft = root_of(Document(Source(), "draft resolution", masthead=issued))
    assert sorted(said(draft, step)) == ["#draft", "2017-05-01"]
    adopted = root_of(Document(Source(), "resolution", masthead=issued, closing=closing))
    assert sorted(said(adopted, step)) == ["#adopted", "2017-09-27"]
    assert said(adopted, "//a:TLCEvent[@eId='adoptionMeeting']/@showAs") == ["24th plenary meeting"]
    assert said(root_of(Document(Source(), "draft resolution", masthead=DATED)), step) == []


def test_a_note_stands_at_its_first_call_and_is_pointed_to_from_the_second() -> None:
    calls = (Mark(3, 3, "call", "note_1"), Mark(8, 8, "call", "note_1"))
    document = Document(
        Source(),
        masthead=DATED,
        body=(Paragraph("para_1", Text("One two.", calls), "1."),),
        notes=(Note("note_1", "1", Text("First.\nSecond.")), Note("note_2", "*", Text("Lost."))),
    )
    root = root_of(document)
    assert said(root, "//a:authorialNote/@marker") == ["1", "*"]
    assert said(root, "//a:authorialNote/a:p/text()") == ["First.", "Second.", "Lost."]
    assert said(root, "//a:noteRef/@href") == ["#authorialNote_1"]


UN = "https://docs.un.org/en"


@pytest.mark.parametrize(
    ("citation", "element", "href", "url"),
    [
        # The date is printed with the citation.
        (
            Citation(
                "para_1", 5, 16, "64/293", "resolution", "A/RES/64/293", date="2010-07-30", url=f"{UN}/A/RES/64/293"
            ),
            "ref",
            "/akn/un/statement/deliberation/unga/2010-07-30/64-293",
            "https://docs.un.org/en/A/RES/64/293",
        ),
        # It is known from the table of dates.
        (
            Citation("para_1", 5, 16, "1514 (XV)", "resolution", "A/RES/1514(XV)", f"{UN}/A/RES/1514(XV)"),
            "ref",
            "/akn/un/statement/deliberation/unga/1960-12-14/1514-XV",
            "https://docs.un.org/en/A/RES/1514(XV)",
        ),
        (
            Citation("para_1", 5, 16, "A/72/L.1", "symbol", "A/72/L.1", f"{UN}/A/72/L.1"),
            "a",
            "https://docs.un.org/en/A/72/L.1",
            None,
        ),
    ],
)
def test_a_reference_leads_to_the_work_where_its_date_is_known(
    citation: Citation, element: str, href: str, url: str | None
) -> None:
    body = (Paragraph("para_1", Text("From xxxxxxxxxxx on."), "1."),)
    document = Document(Source(), language="en", masthead=DATED, body=body, citations=(citation,))
    root = root_of(document)
    assert said(root, f"//a:p/a:{element}/@href") == [href]
    assert said(root, "//a:alternativeReference/@href") == ([url] if url else [])
    assert said(root_of(document, profile="un"), "//a:p/a:a/@href") == [url or href]


@pytest.mark.parametrize(
    "citation",
    [
        Citation("para_1", 5, 16, "72/548", "decision", "A/DEC/72/548", date="2017-12-04"),
        Citation("para_1", 5, 16, "Treaty Series, vol. 2225, No. 39574", "treaty", "UNTS/2225/39574"),
        Citation("para_1", 5, 16, "Sales No. E.93.I.8", "publication", "Sales/93.I.8"),
        Citation("para_1", 5, 16, "OHCHR/STM/CB/2", "symbol", "OHCHR/STM/CB/2", confidence=0.5, reason="no organ"),
    ],
    ids=lambda citation: citation.target,
)
def test_what_has_no_page_of_its_own_is_no_link(citation: Citation) -> None:
    body = (Paragraph("para_1", Text("From xxxxxxxxxxx on."), "1."),)
    document = Document(Source(), language="en", masthead=DATED, body=body, citations=(citation,))
    assert said(root_of(document), "//a:mainBody//@href | //a:otherReferences//@href") == []
    assert from_akn(to_akn(document)).citations == (citation,)


def test_a_range_holds_the_references_to_its_ends() -> None:
    first = Citation("para_1", 12, 16, "70/1", "resolution", "A/RES/70/1", f"{UN}/A/RES/70/1", through="A/RES/70/4")
    last = Citation("para_1", 20, 24, "70/4", "resolution", "A/RES/70/4", f"{UN}/A/RES/70/4")
    text = Text("Resolutions 70/1 to 70/4 and more.", (Mark(0, 18, "italic"),))
    document = Document(
        Source(), language="en", masthead=DATED, body=(Paragraph("para_1", text, "1."),), citations=(first, last)
    )
    root = root_of(document)
    (made,) = root.iter("{*}rref")
    assert "".join(map(str, made.itertext())) == "70/1 to 70/4"
    work = "/akn/un/statement/deliberation/unga/2015-09-25/70-1"
    assert (made.get("from"), made.get("upTo")) == (work, f"{UN}/A/RES/70/4")
    assert said(root, "//a:rref/a:*/@href") == [work, f"{UN}/A/RES/70/4"]
    assert from_akn(to_akn(document)) == document
    assert said(root_of(document, profile="un"), "//a:p/a:a/@href") == [f"{UN}/A/RES/70/1", f"{UN}/A/RES/70/4"]


RUNS = [
    ("Resolutions 70/1, 70/4 and 70/6.", ["70/1, 70/4 and 70/6"], None),
    ("Resolutions 70/1 of 25 September 2015 and 70/4.", ["70/1 of 25 September 2015 and 70/4"], None),
    ("第70/1号和第70/4号决议。", ["70/1号和第70/4"], None),
    ("Резолюции 70/1 и 70/4.", ["70/1 и 70/4"], None),
    ("القراران 70/1 و 70/4.", ["70/1 و 70/4"], None),
    ("Resolution 70/1, as amended by resolution 70/4.", [], None),
    ("Resolution 70/1. In 70/4 it went on.", [], None),
    ("Resolutions 70/1 to 70/4 and 70/6.", [], "A/RES/70/4"),
    ("Resolutions 70/1, 70/4 and 70/6 to 70/8.", ["70/1, 70/4"], "A/RES/70/8"),
]


@pytest.mark.parametrize(("printed", "runs", "through"), RUNS)
def test_a_run_holds_its_references(printed: str, runs: list[str], through: str | None) -> None:
    found = list(regex.finditer(r"70/\d", printed))
    first = {"A/RES/70/4": 0, "A/RES/70/8": 2}.get(through or "", -1)
    citations = tuple(
        Citation(
            "para_1",
            m.start(),
            m.end(),
            m[0],
            "resolution",
            f"A/RES/{m[0]}",
            f"{UN}/A/RES/{m[0]}",
            date="2015-09-25" if m[0] == "70/1" else None,
            through=through if n == first else None,
        )
        for n, m in enumerate(found)
    )
    body = (Paragraph("para_1", Text(printed), "1."),)
    document = Document(Source(), language="en", masthead=DATED, body=body, citations=citations)
    root = root_of(document)
    assert ["".join(map(str, made.itertext())) for made in root.iter("{*}mref")] == runs
    assert validate(to_akn(document), document) == []
    assert from_akn(to_akn(document)) == document
    assert not list(root_of(document, profile="un").iter("{*}mref"))


def test_a_range_printed_short_holds_the_reference_to_its_first() -> None:
    short = Citation("para_1", 12, 18, "70/1-4", "resolution", "A/RES/70/1", f"{UN}/A/RES/70/1", through="A/RES/70/4")
    body = (Paragraph("para_1", Text("Resolutions 70/1-4 and more."), "1."),)
    document = Document(Source(), language="en", masthead=DATED, body=body, citations=(short,))
    root = root_of(document)
    (made,) = root.iter("{*}rref")
    work = "/akn/un/statement/deliberation/unga/2015-09-25/70-1"
    assert (made.get("from"), made.get("upTo")) == (work, f"{UN}/A/RES/70/4")
    assert ["".join(map(str, link.itertext())) for link in made] == ["70/1-4"]
    assert from_akn(to_akn(document)) == document


def test_what_is_not_a_link_is_told_in_the_analysis() -> None:
    ibid = Citation("note_1", 0, 4, "Ibid", "resolution", "A/RES/64/293", resolved="ibid")
    text = Text("One.", (Mark(4, 4, "call", "note_1"),))
    document = Document(
        Source(),
        masthead=DATED,
        body=(Paragraph("para_1", text, "1."),),
        notes=(Note("note_1", "1", Text("Ibid.")),),
        citations=(ibid,),
    )
    root = root_of(document)
    assert said(root, "//a:implicitReference/@for") == ["#authorialNote_1"]
    assert said(root, "//a:p//a:a/@href") == []


BROKEN = {
    "an eId that does not agree": ('eId="para_1"', 'eId="para_2"', "does not agree"),
    "a pointer to nothing": ('href="#unga"', 'href="#nobody"', "leads nowhere"),
    "an eId twice": ('eId="para_2"', 'eId="para_1"', "stands 2 times"),
    "an element out of place": ("<mainBody>", "<mainBody><heading>x</heading>", "not expected"),
    "a word gone": ("<p>One</p>", "<p>Only</p>", "the text is not"),
    "XML cut off": ("</akomaNtoso>", "", "not well-formed"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_validation_names_what_is_wrong(case: str) -> None:
    body = (Paragraph("para_1", Text("One"), "1."), Paragraph("para_2", Text("Two"), "2."))
    document = Document(Source(), masthead=DATED, body=body)
    before, after, message = BROKEN[case]
    written = to_akn(document).decode()
    assert before in written
    assert any(message in fault for fault in validate(written.replace(before, after, 1).encode(), document))


def official(root: Path) -> Iterator[Path]:
    """The UN's own files, one in six of the many."""
    many = [path for name in ("real/gold", "six/gold", "official") for path in sorted((root / name).rglob("*.xml"))]
    yield from many[::6]
    yield from sorted((root / "official-other").rglob("*.xml"))


def test_the_files_of_the_un_are_read_and_written_again(data: Path) -> None:
    read = 0
    for path in official(data):
        document = from_akn(path.read_bytes())
        written = to_akn(document)
        assert validate(written, document) == [], path
        assert validate(to_akn(document, profile="un"), document) == [], path
        assert from_akn(written) == document, path
        flat = from_akn(to_akn(document, profile="un"))
        assert flat.plain_text() == document.plain_text(), path
        assert [note.text for note in flat.notes] == [note.text for note in document.notes], path
        read += 1
    assert read > 80


def test_files_written_as_the_un_writes_them_score_as_they_are(data: Path, tmp_path: Path) -> None:
    try:
        scorer = scorer_beside(data)
    except FileNotFoundError as error:
        pytest.skip(str(error))
    rows = [scores for path in list(official(data))[::3] if (scores := again(scorer, path, tmp_path)) is not None]
    assert len(rows) > 20
    means = {
        name: sum(column) / len(rows) for name, column in zip(scorer.METRICS, zip(*rows, strict=True), strict=True)
    }
    assert {name: mean for name, mean in means.items() if mean < BAR} == {}
