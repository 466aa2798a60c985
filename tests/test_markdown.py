"""Markdown: what a renderer makes of it says what the document says."""

from __future__ import annotations

import regex
from markdown_it import MarkdownIt
from test_text import DOCUMENT

from unresolve.model import Citation, Document, Mark, Note, Paragraph, Source, Text
from unresolve.writers.markdown import to_markdown

EXPECTED = """\
A/RES/99/9

# 99/9. Wells

The General Assembly,

Recalling its work[^1],

## I Water

1\\. Decides:

- (a) To dig;

as before;

<strong>Wells dug</strong>

|  |  |
| --- | --- |
| Well | Depth |

9th plenary meeting

## Annex

### Rules

[^1]: Resolution 98/1.
"""


def rendered(markdown: str) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown))


def body(text: Text, **other: object) -> str:
    return to_markdown(Document(Source(), body=(Paragraph("para_1", text),), **other)).decode()  # type: ignore[arg-type]


def test_every_part_has_its_place() -> None:
    assert to_markdown(DOCUMENT).decode() == EXPECTED


def test_without_notes_neither_calls_nor_notes_are_written() -> None:
    assert "[^" not in to_markdown(DOCUMENT, notes=False).decode()


def test_an_empty_document_is_an_empty_file() -> None:
    assert to_markdown(Document(Source())) == b""


def test_signs_that_mean_something_are_shown_as_they_are() -> None:
    for line in ("1. a * b_c_ [x](y) `q` <b>&amp;| # ~~no~~", "- dash", "+ plus", "# no heading", "12) twelve", "a\\b"):
        html = rendered(body(Text(line)))
        shown = regex.sub(r"<[^>]*>", "", html).strip()
        shown = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
        assert shown == line, html
        assert html.startswith("<p>")


def test_emphasis() -> None:
    assert body(Text("Recalling its work", (Mark(0, 9, "italic"),))) == "*Recalling* its work\n"
    assert rendered(body(Text("大会决定掘井", (Mark(2, 4, "bold"),)))) == "<p>大会<strong>决定</strong>掘井</p>\n"
    quoted = rendered(body(Text("the «Wells»s of", (Mark(4, 11, "italic"),))))
    assert quoted == "<p>the <em>«Wells»</em>s of</p>\n"
    both = rendered(body(Text("abcd", (Mark(0, 2, "italic"), Mark(1, 4, "bold")))))
    assert regex.sub(r"<[^>]*>", "", both) == "abcd\n"


def test_a_citation_is_a_link_unless_links_are_left_out() -> None:
    citation = Citation("para_1", 4, 8, "70/1", "resolution", "A/RES/70/1", "https://docs.un.org/en/A/RES/70/1")
    document = Document(Source(), body=(Paragraph("para_1", Text("See 70/1.")),), citations=(citation,))
    assert to_markdown(document) == b"See [70/1](<https://docs.un.org/en/A/RES/70/1>).\n"
    assert to_markdown(document, links=False) == b"See 70/1.\n"


def test_notes_of_one_marker_have_labels_of_their_own() -> None:
    notes = (Note("note_1", "*", Text("Star.")), Note("note_2", "1", Text("One.")), Note("note_3", "1", Text("A\nB")))
    assert body(Text("x"), notes=notes).split("\n\n", 1)[1] == (
        "[^note-1]: Star.\n\n[^1]: One.\n\n[^note-3]: A\n\n    B\n"
    )
