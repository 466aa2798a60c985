"""Link annotations: which characters their boxes cover, and what comes of them in a parsed document."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

from unresolve.citations import cite
from unresolve.citations.passages import passages
from unresolve.layout.line import Line, Span
from unresolve.layout.links import with_links
from unresolve.model import Document, Mark, Paragraph, Source, Text
from unresolve.pipeline import stages
from unresolve.readers.pages import Link
from unresolve.writers.akn import to_akn
from unresolve.writers.akn_read import from_akn
from unresolve.writers.akn_validate import validate

SIZE = 10.0
ADDRESS = "https://docs.un.org/en/A/RES/70/1"


WIDTHS = {**dict.fromkeys(" .,", 2.5), **dict.fromkeys("iljt/", 2.8), **dict.fromkeys("()-rsfI", 3.3), "m": 7.8}
"""Of a Times of that size; the other small letters and the figures are about 5 wide, capitals and Arabic otherwise."""


def wide(text: str) -> float:
    """How wide a text is set."""
    return sum(WIDTHS.get(c, 10 if ord(c) > 0x2000 else 7 if c.isupper() else 5) for c in text)


def line(text: str, *, rtl: bool = False) -> Line:
    """A line in one span from x = 100."""
    width = wide(text)
    span = Span(0, len(text), 100.0, 100.0 + width, SIZE, rtl=rtl)
    return Line(1, 100.0, 100.0, 100.0 + width, 110.0, 108.0, SIZE, text, (span,), rtl=rtl)


def linked(found: Line) -> list[tuple[str, str]]:
    return [(found.text[s.start : s.end], s.link) for s in found.spans if s.link]


def box(x0: float, x1: float, uri: str = ADDRESS) -> Link:
    return Link(x0, 98.0, x1, 111.0, uri)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Recalling its resolution 70/1 of 25 September 2015", "70/1"),
        ("Recalling its resolution 1514 (XV) of 14 December 1960", "1514 (XV)"),
        ("the report (A/72/115/Add.1), and", "A/72/115/Add.1"),
        ("resolutions 48/16, 48/17 and 48/18", "48/17"),
    ],
)
def test_a_link_covers_whole_references(text: str, words: str) -> None:
    x0 = 100 + wide(text[: text.index(words)])
    for slip in (-4.0, 0.0, 4.0):
        found = with_links(line(text), [box(x0 + slip, x0 + wide(words) + slip)])
        assert linked(found) == [(words, ADDRESS)]


def test_chinese_characters_are_wider_than_figures() -> None:
    text = "又回顾其关于可持续发展的第70/1号决议和其他各项有关决议"
    x0 = 100 + wide(text[: text.index("70/1")])
    assert linked(with_links(line(text), [box(x0, x0 + wide("70/1"))])) == [("70/1", ADDRESS)]


def test_in_a_line_from_the_right_the_first_characters_stand_at_the_right() -> None:
    text = "القرار 70/1 المؤرخ"
    right = 100 + wide(text) - wide(text[: text.index("70/1")])
    found = with_links(line(text, rtl=True), [box(right - wide("70/1"), right)])
    assert linked(found) == [("70/1", ADDRESS)]


def test_links_of_other_lines_and_of_nothing_are_left_aside() -> None:
    before = line("resolution 70/1")
    assert with_links(before, [Link(100, 130, 200, 142, ADDRESS), Link(300, 98, 320, 111, ADDRESS)]) == before


def test_spans_are_cut_and_nothing_is_lost() -> None:
    text = "resolutions 48/16 and 48/18"
    first, second = (100 + wide(text[: text.index(number)]) for number in ("48/16", "48/18"))
    found = with_links(line(text), [box(first, first + 23), box(second, second + 23, ADDRESS + "8")])
    assert linked(found) == [("48/16", ADDRESS), ("48/18", ADDRESS + "8")]
    assert [s.start for s in found.spans][1:] == [s.end for s in found.spans][:-1]
    assert [m.target for m in found.rich().marks if m.kind == "link"] == [ADDRESS, ADDRESS + "8"]


def test_links_become_citations_and_leave_no_mark() -> None:
    text = Text("the Programme of Action", (Mark(4, 23, "link", "https://undocs.org/A/CONF.192/15"),))
    found = cite(Document(Source(), language="en", body=(Paragraph("para_1", text),)))
    (citation,) = found.citations
    assert (citation.text, citation.target, citation.resolved) == ("Programme of Action", "A/CONF.192/15", "link")
    assert found.body == (Paragraph("para_1", Text("the Programme of Action")),)


def test_links_to_other_sites_stay_in_the_text() -> None:
    """Such a link is an ``a`` in Akoma Ntoso, and is read back; one on a citation of its own gives way to it."""
    text = "the site of the Tribunal and document A/79/681"
    tribunal = Mark(4, 24, "link", "https://www.itlos.org/en/")
    marks = (tribunal, Mark(38, 46, "link", "https://documents.un.org/doc/undoc/gen/n24/388/29/pdf/n2438829.pdf"))
    found = cite(Document(Source(), language="en", body=(Paragraph("para_nn_1", Text(text, marks)),)))
    assert found.body == (Paragraph("para_nn_1", Text(text, (tribunal,))),)
    assert [c.target for c in found.citations] == ["A/79/681"]
    written = to_akn(found)
    assert validate(written, found) == []
    assert b'href="https://www.itlos.org/en/"' in written
    read = from_akn(written)
    assert (read.body, read.citations) == (found.body, found.citations)


def test_letters_with_links_of_their_own_are_citations_of_their_own() -> None:
    text = "Recalling resolutions 72/266 A and B"
    at = text.index("72/266")
    marks = (
        Mark(at, at + 8, "link", "https://undocs.org/en/A/RES/72/266A"),
        Mark(at + 13, at + 14, "link", "https://undocs.org/en/A/RES/72/266B"),
    )
    found = cite(Document(Source(), language="en", body=(Paragraph("para_1", Text(text, marks)),))).citations
    assert [(c.text, c.url) for c in found] == [
        ("72/266 A", "https://docs.un.org/en/A/RES/72/266A"),
        ("B", "https://docs.un.org/en/A/RES/72/266B"),
    ]


@pytest.mark.parametrize("lang", ["ar", "zh", "en", "fr", "ru", "es"])
def test_links_lie_on_references(lang: str, data: Path) -> None:
    """In the typeset files of six languages a link covers a number or symbol, not the words beside it."""
    words = [
        passage.text[mark.start : mark.end]
        for path in sorted((data / "six" / "ty").glob(f"*.{lang}.pdf"))
        for passage in passages(stages(path).structure)
        for mark in passage.marks
        if mark.kind == "link"
    ]
    right = [text for text in words if regex.search(r"[\dIVX]", text) and not regex.search(r"\s\p{L}{4}", text)]
    assert len(words) > 150
    assert len(right) >= 0.985 * len(words)
