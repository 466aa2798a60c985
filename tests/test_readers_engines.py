"""Both engines give the same document: each is checked by the other."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import msgspec
import pikepdf
import pytest

from unresolve import parse
from unresolve.model import AdoptedText, Document, Field, Section, Table, Text
from unresolve.readers import pdfium, plumber
from unresolve.readers.ink import ink

APART = (".zh.",)
"""Full-width punctuation has more room than ink."""

NEAR = 1.5
"""Points by which the edges of boxes may differ: PDFium measures ink, the other engine estimates it."""

TABLES = frozenset({"A_RES_75_254", "A_RES_75_253_A-C"})
"""Tables over several pages whose columns are told by white lanes: the lanes lie between ink, not advances."""


def spaceless(text: Text | None) -> str:
    """Without white space: where no space is written, each engine supposes it from its own measures."""
    return "".join(text.content.split()) if text is not None else ""


def outline(document: Document) -> Iterator[tuple[object, ...]]:
    """Everything that is read: masthead, blocks with number and text, notes with the places that call them."""
    for name, value in msgspec.structs.asdict(document.masthead).items():
        if isinstance(value, Field):
            yield name, spaceless(value.text), value.value
    for item in document.masthead.agenda:
        yield "agenda", spaceless(item.label.text), item.label.value, spaceless(item.title.text if item.title else None)
    if document.preamble.formula is not None:
        yield "formula", spaceless(document.preamble.formula.text)
    for block in document.blocks():
        if isinstance(block, Table):
            yield block.id, [[[spaceless(p) for p in cell.paragraphs] for cell in row.cells] for row in block.rows]
        elif isinstance(block, Section | AdoptedText):
            yield block.id, spaceless(block.heading)
        else:
            yield block.id, getattr(block, "number", None), getattr(block, "opener", None), spaceless(block.text)
    texts = {p.id: p.text.content for p in document.paragraphs()}
    for note in document.notes:
        calls = [(call.block, len("".join(texts.get(call.block, "")[: call.offset].split()))) for call in note.calls]
        yield note.id, note.marker, spaceless(note.text), note.page, calls
    for field in (document.closing.meeting, document.closing.date):
        yield "closing", field and (spaceless(field.text), field.value)


def assert_equal(data: bytes) -> None:
    first, second = parse(data), parse(data, engine="plumber")
    assert list(outline(first)) == list(outline(second))
    assert first.language == second.language
    for a, b in zip(first.paragraphs(), second.paragraphs(), strict=True):
        for one, other in zip(a.boxes, b.boxes, strict=True):
            assert msgspec.structs.astuple(one) == pytest.approx(msgspec.structs.astuple(other), abs=NEAR), a.id


def test_samples(samples: list[Path]) -> None:
    for path in samples:
        if ".ar." in path.name:  # the ink of Arabic letters is not estimated
            data = path.read_bytes()
            assert list(outline(parse(data))) == list(outline(parse(data, engine="plumber")))
        elif not any(language in path.name for language in APART):
            assert_equal(path.read_bytes())


def _every(files: list[Path], step: int) -> list[Path]:
    return sorted(file for file in files if file.name.split(".")[0] not in TABLES)[::step]


def test_files_as_issued(data: Path) -> None:
    files = sorted((data / "real" / "pdf").glob("*.pdf"), key=lambda file: (file.stat().st_size, file.name))
    assert len(files) > 60
    for path in files[:60:3]:  # the shorter ones: pdfplumber takes a tenth of a second a page
        assert_equal(path.read_bytes())


@pytest.mark.parametrize("language", ["fr", "es"])
@pytest.mark.parametrize("route", ["lo", "ty"])
def test_files_set_by_other_programs(data: Path, route: str, language: str) -> None:
    files = _every(list((data / "six" / route).glob(f"*.{language}.pdf")), 3)[:3]
    assert files
    for path in files:
        assert_equal(path.read_bytes())


def test_tags_and_links_can_be_left_out(samples: list[Path]) -> None:
    path = next(path for path in samples if path.name.startswith("dark_skies"))
    full = plumber.read(path.read_bytes())
    bare = plumber.read(path.read_bytes(), tags=False, links=False)
    assert full.tags
    assert not bare.tags
    assert not any(page.links for page in bare.pages)
    assert [page.runs for page in bare.pages] == [page.runs for page in full.pages]


def page_of(content: bytes) -> bytes:
    """A page with a content stream, in Times."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(612, 792))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Times-Roman"))
    pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
    pdf.pages[0].Contents = pdf.make_stream(content)
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def words(data: bytes) -> list[str]:
    return [run.text for run in plumber.read(data).pages[0].runs if run.text.strip()]


def test_a_letter_printed_twice_is_read_once() -> None:
    places = [(x + shift, letter) for x, letter in ((90, b"N"), (98, b"A")) for shift in (0, 0.3)]
    twice = b"".join(b"1 0 0 1 %.1f 700 Tm (%b) Tj " % place for place in places)
    assert "".join(words(page_of(b"BT /F 11 Tf " + twice + b"ET"))) == "NA"


def test_a_word_printed_twice_is_read_once() -> None:
    data = page_of(b"BT /F 11 Tf 1 0 0 1 90 700 Tm (NATIONS) Tj 1 0 0 1 90.4 700 Tm (NATIONS) Tj ET")
    assert words(data) == ["NATIONS"]


def test_letters_that_stand_twice_are_read_twice() -> None:
    assert words(page_of(b"BT /F 11 Tf 90 700 Td (all Assembly) Tj ET")) == ["all Assembly"]


def test_a_space_that_is_not_written_is_seen() -> None:
    assert words(page_of(b"BT /F 10 Tf 90 700 Td [(free) -200 (dom)] TJ ET")) == ["free dom"]
    assert words(page_of(b"BT /F 10 Tf 90 700 Td [(free) -100 (dom)] TJ ET")) == ["freedom"]


def test_a_raised_letter_is_raised_in_both_engines() -> None:
    data = page_of(b"BT /F 10 Tf 90 700 Td (persons) Tj /F 6.5 Tf 4 Ts (1) Tj 0 Ts /F 10 Tf ( and many more) Tj ET")
    for read in (pdfium.read, plumber.read):
        runs = {run.text.strip(): run for run in read(data).pages[0].runs}
        assert runs["persons"].baseline == pytest.approx(92)
        assert runs["1"].baseline == pytest.approx(88)
        assert runs["1"].size == 6.5


def test_ruling_lines_are_alike() -> None:
    data = page_of(b"0.5 w 90 200 m 160 200 l S 90 100 400 1 re f BT /F 10 Tf 90 700 Td (x) Tj ET")
    first, second = (
        sorted(map(msgspec.structs.astuple, read(data).pages[0].rules)) for read in (pdfium.read, plumber.read)
    )
    assert len(first) == 2
    assert [pytest.approx(rule, abs=1.1) for rule in first] == second


@pytest.mark.parametrize(
    ("text", "rise", "fall"),
    [
        ("ace", 0.46, 0.0),
        ("The", 0.68, 0.0),
        ("page", 0.46, 0.21),
        ("État,", 0.86, 0.14),
        ("大会", 0.86, 0.1),
        (" ", 0, 0),
    ],
)
def test_the_ink_of_letters(text: str, rise: float, fall: float) -> None:
    assert ink(text) == (rise, fall)


def test_a_producer_that_is_no_text_is_none() -> None:
    with pikepdf.open(BytesIO(page_of(b"BT /F 10 Tf 90 700 Td (A page as any other) Tj ET"))) as pdf:
        pdf.docinfo["/Producer"] = pikepdf.String(b"\xfe\xff\x00W\xdc\x00\x00d")  # half a surrogate pair
        out = BytesIO()
        pdf.save(out)
    assert pdfium.read(out.getvalue()).source.producer is None
