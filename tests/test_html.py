"""The web page as a file: what every document has there, whatever it holds, and what it takes to make it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from lxml import html
from PIL import Image, ImageDraw
from strategies import documents, odd_documents
from typer.testing import CliRunner

import unresolve
from unresolve import model as m
from unresolve.cli.app import app
from unresolve.layout.places import Places
from unresolve.model.card import card
from unresolve.pipeline import stages
from unresolve.readers.pictures import pictures
from unresolve.viewer import places_of, view
from unresolve.writers.html import Column, html_pieces, to_html
from unresolve.writers.html_rows import Row, aligned, rows

PICTURE = m.Picture(1, 612.0, 792.0, b"no picture")


def page_of(data: bytes) -> Any:
    """The page as lxml's HTML parser sees it; what its XPath gives has no one type."""
    return html.document_fromstring(data.decode())


def text_of(element: Any) -> str:
    return "".join(element.itertext())


@settings(max_examples=60, phases=(Phase.explicit, Phase.generate))
@given(documents())
def test_every_text_and_note_stands_in_its_place(document: m.Document) -> None:
    page = page_of(to_html(document))
    for note in document.notes:
        calls = page.xpath("//a[@role='doc-noteref'][@href=$href]/@id", href=f"#{note.id}")
        backs = page.get_element_by_id(note.id).xpath(".//a[@role='doc-backlink']/@href")
        assert [f"#{call}" for call in calls] == backs
    for added in page.xpath("//a[@role='doc-noteref' or @role='doc-backlink' or @class='doubt']"):
        added.drop_tree()
    for paragraph in document.paragraphs():
        number = f"{paragraph.number} " if paragraph.number else ""
        assert text_of(page.get_element_by_id(paragraph.id)).strip() == f"{number}{paragraph.text}".strip()
    for note in document.notes:
        assert text_of(page.get_element_by_id(f"{note.id}-text")) == str(note.text)


@settings(max_examples=60, phases=(Phase.explicit, Phase.generate))
@given(odd_documents(), odd_documents())
def test_whatever_it_holds_the_page_is_sound(one: m.Document, other: m.Document) -> None:
    columns = [Column(one, [PICTURE]), Column(other)]
    for made in (to_html(one, pictures=[PICTURE]), b"".join(html_pieces(columns))):
        page = page_of(made)
        assert len(page.xpath("//script | //style | //iframe | //object | //link | //form[not(@method='dialog')]")) == 2
        assert not page.xpath("//@*[starts-with(name(), 'on') or name() = 'style']")
        assert all(address.startswith("data:image/webp;base64,") for address in page.xpath("//@src"))
        ids = Counter(page.xpath("//@id"))
        assert {name for name, count in ids.items() if count > 1} == set()
        for address in page.xpath("//@href"):
            assert address[1:] in ids if address.startswith("#") else address.startswith(("https://", "http://"))
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls"):
            assert {name for names in page.xpath(f"//@{attribute}") for name in names.split()} <= set(ids)


def test_the_policy_lets_in_its_own_style_and_script_and_pictures_in_the_page() -> None:
    page = page_of(to_html(m.Document(m.Source())))
    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"
    for name in ("style-src", "script-src"):
        assert re.fullmatch(r"'sha256-[\w+/]{43}='", rules[name])


def test_a_citation_is_a_link_and_a_note_called_inside_it_stands_outside() -> None:
    text = m.Text("the Declaration on Wells,", (m.Mark(15, 15, "call", "note_1"),))
    cited = m.Citation(
        "para_1", 4, 24, "Declaration on Wells", "resolution", "A/RES/9/1", "https://docs.un.org/en/A/RES/9/1"
    )
    document = m.Document(
        m.Source(),
        body=(m.Paragraph("para_1", text, "1."),),
        notes=(m.Note("note_1", "1", m.Text("Resolution 9/1.")),),
        citations=(cited, m.Citation("para_1", 4, 15, "Declaration", "treaty")),
    )
    [first, second] = page_of(to_html(document)).xpath("//p//a[starts-with(@href, 'https:')]")
    assert (text_of(first), text_of(second)) == ("Declaration", " on Wells")
    assert first.get("id") == second.get("data-for") == "cite-1"
    assert first.get("title") == "A/RES/9/1"


def test_a_link_of_no_web_address_leads_nowhere() -> None:
    cited = m.Citation("para_1", 0, 1, "a", "symbol", "A/1", "javascript:alert(1)")
    page = page_of(to_html(m.Document(m.Source(), body=(m.Paragraph("para_1", m.Text("a")),), citations=(cited,))))
    assert page.xpath("//*[@id='cite-1']/@href") == []


def test_rows_of_several_versions_stand_side_by_side() -> None:
    def column(*keys: str) -> list[Row]:
        return [Row(key, "paragraph") for key in keys]

    def keys(line: list[Row | None]) -> str:
        return "".join(row.key if row else "-" for row in line)

    assert [keys(line) for line in aligned([column("a", "b", "d"), column("a", "c", "d", "e")])] == [
        "aa",
        "-c",
        "b-",
        "dd",
        "-e",
    ]


def test_parts_that_two_versions_order_otherwise_stand_once() -> None:
    lines = aligned([[Row("a", "p"), Row("b", "p")], [Row("b", "p"), Row("a", "p")]])
    assert [[row and row.key for row in line] for line in lines] == [["a", "a"], ["b", "b"]]


def test_six_versions_of_a_resolution_agree_paragraph_by_paragraph(data: Path) -> None:
    """Set from the official text in two ways, the versions have the same numbered paragraphs."""
    names = [data / "six" / "lo" / f"A_RES_77_92.{code}.pdf" for code in ("ar", "zh", "en", "fr", "ru", "es")]
    lines = aligned([rows(unresolve.parse(name)) for name in names])
    numbered = [line for line in lines if any(row and row.kind == "paragraph" and row.number for row in line)]
    assert len(numbered) >= 10
    assert [line for line in numbered if None in line] == []


def test_citations_are_found_where_they_stand(samples: list[Path]) -> None:
    for sample in samples:
        found = stages(sample)
        document = found.citations
        boxes = {block.id: block.boxes for block in (*document.blocks(), *document.notes)}
        for citation, places in zip(document.citations, places_of(document, found.layout), strict=True):
            assert places, f"{sample.name}: {citation.text}"
            for place, around in ((a, b) for a in places for b in boxes.get(citation.block, ()) if a.page == b.page):
                assert around.x0 - 2 <= place.x0 < place.x1 <= around.x1 + 2
                assert around.y0 - 2 <= place.y0 < place.y1 <= around.y1 + 2


def test_words_that_stand_twice_are_found_where_they_are_meant(samples: list[Path]) -> None:
    found = stages(next(path for path in samples if path.name.startswith("dark_skies")))
    paragraph = next(block for block in found.structure.paragraphs() if str(block.text).count(" in ") > 1)
    places = Places(found.layout)
    first, last = (places.find("in", paragraph.boxes, share) for share in (0.0, 1.0))
    assert (first[0].y0, first[0].x0) < (last[0].y0, last[0].x0)
    assert places.find("no such words", paragraph.boxes, 0.5) == ()


def test_the_same_input_gives_the_same_bytes(samples: list[Path]) -> None:
    assert view(samples[0], samples[1]) == view(samples[0], samples[1])


def test_pictures_are_drawn_one_at_a_time() -> None:
    """What a long document needs is one picture, not all: when the second is asked for, the first is written."""
    written: list[bytes] = []

    def drawn() -> Iterator[m.Picture]:
        for page in (1, 2, 3):
            assert sum(piece.count(b"<figure") for piece in written) == page - 1
            yield m.Picture(page, 612.0, 792.0, b"picture")

    written.extend(html_pieces([Column(m.Document(m.Source()), drawn())]))
    assert b"".join(written).count(b"<figure") == 3


def test_a_page_needs_a_document() -> None:
    with pytest.raises(ValueError, match="at least one"):
        html_pieces([])


def test_marked_text_has_a_page_without_pictures() -> None:
    page = view(b"# United Nations\n\n1. Decides to dig wells;\n", lang="en")
    assert b"to dig wells" in page
    assert b"<img" not in page


def test_a_page_of_text_is_small_and_a_chart_keeps_its_colours(samples: list[Path], tmp_path: Path) -> None:
    from io import BytesIO

    [first, *_] = pictures(samples[0].read_bytes())
    assert (first.page, first.width > 500, first.data[8:12]) == (1, True, b"WEBP")
    assert len(first.data) < 60_000
    shown = Image.open(BytesIO(first.data)).convert("RGB")
    colours: Any = shown.getcolors()
    assert {red == green == blue for _, (red, green, blue) in colours} == {True}
    chart = Image.new("RGB", (600, 800), "white")
    ImageDraw.Draw(chart).rectangle((100, 100, 500, 500), fill=(200, 30, 30))
    chart.save(tmp_path / "chart.pdf")
    [picture] = pictures((tmp_path / "chart.pdf").read_bytes())
    middle = Image.open(BytesIO(picture.data)).convert("RGB")
    pixel: Any = middle.getpixel((middle.width // 2, middle.height // 3))
    assert pixel[0] - pixel[1] > 100


def test_a_notebook_shows_a_card_in_which_hostile_text_is_inert() -> None:
    hostile = m.Field(m.Text("<script>alert(1)</script>"))
    shown = m.Document(m.Source(), language='"><img>', masthead=m.Masthead(symbol=hostile, title=hostile))._repr_html_()
    assert "<script" not in shown
    assert "<img" not in shown
    long = m.Document(m.Source(), masthead=m.Masthead(title=m.Field(m.Text("w" * 10_000))))
    assert len(card(long)) < 1000


def test_nothing_of_the_page_is_loaded_for_a_parse() -> None:
    script = (
        "import sys, unresolve; unresolve.Document(unresolve.model.Source())._repr_html_();"
        "print(sorted({'jinja2', 'unresolve.writers.html', 'PIL'} & set(sys.modules)))"
    )
    script = script.replace("import sys, unresolve;", "import sys, unresolve, unresolve.model, unresolve.pipeline;")
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout == "[]\n"


def call(*words: str | Path) -> tuple[int, bytes, str]:
    """Exit code, standard output and standard error of ``unresolve view``."""
    result = CliRunner().invoke(app, ["view", *map(str, words)])
    return result.exit_code, result.stdout_bytes, result.stderr


def test_the_command_prints_the_page_where_that_is_asked_for(samples: list[Path]) -> None:
    assert call(samples[0], "--no-pictures", "-o", "-") == (0, view(samples[0], pictures=False), "")


def test_an_input_is_never_overwritten(samples: list[Path], tmp_path: Path) -> None:
    copy = tmp_path / "a.pdf"
    copy.write_bytes(samples[0].read_bytes())
    code, _, said = call(copy, "-o", copy)
    assert (code, "would overwrite the input" in " ".join(said.split())) == (2, True)
    assert copy.read_bytes() == samples[0].read_bytes()


def test_a_file_that_cannot_be_read_is_named_and_nothing_is_written(samples: list[Path], tmp_path: Path) -> None:
    code, out, said = call(samples[0], tmp_path / "none.pdf", "-o", tmp_path / "page.html")
    assert (code, out) == (1, b"")
    assert said.startswith(str(tmp_path / "none.pdf"))
    assert not (tmp_path / "page.html").exists()


def test_one_language_for_several_files_is_wrong_use(samples: list[Path]) -> None:
    assert call(samples[0], samples[1], "--lang", "fr")[0] == 2
