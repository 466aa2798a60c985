"""Text that another converter has made: fixtures a person can read, and the marks inside a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from unresolve import parse
from unresolve.errors import NotAPdfError, NoTextError
from unresolve.model import AdoptedText, Document, Field, Paragraph, Section, Table, Text
from unresolve.readers import marked
from unresolve.readers.marked_blocks import leaves_of
from unresolve.readers.marked_inline import Piece, pieces_of

FIXTURES = Path(__file__).parent / "fixtures" / "marked"
EMPHASIS = {"italic": "*", "bold": "*", "superscript": "^"}


def shown(text: Text | None, notes: dict[str, str]) -> str:
    """A text with its marks: calls, emphasis, superscripts, page ends."""
    if text is None:
        return "–"
    signs: list[tuple[int, int, str]] = []
    for mark in text.marks:
        if mark.kind == "call":
            signs.append((mark.start, 1, f"[{notes[mark.target or '']}]"))
        elif mark.kind == "break":
            signs.append((mark.start, 1, "|"))
        else:
            end = len(text.content[: mark.end].rstrip())
            signs += [(mark.start, 2, EMPHASIS[mark.kind]), (end, 0, EMPHASIS[mark.kind])]
    content = text.content
    for at, _, sign in sorted(signs, reverse=True):
        content = content[:at] + sign + content[at:]
    return content


def outline(document: Document) -> Iterator[str]:
    """The whole document, a line a thing."""
    notes = {note.id: note.marker for note in document.notes}
    yield f"{document.kind} in {document.language}"
    for name, value in msgspec.structs.asdict(document.masthead).items():
        if isinstance(value, Field):
            yield f"{name}: {shown(value.text, notes)} = {value.value}"
    for item in document.masthead.agenda:
        yield f"agenda: {shown(item.label.text, notes)} = {item.label.value}"
    if document.preamble.formula is not None:
        yield f"formula: {shown(document.preamble.formula.text, notes)}"
    for block in (*document.preamble.blocks, *document.body):
        yield from lines(block, notes, 0)
    for field in (document.closing.meeting, document.closing.date):
        if field is not None:
            yield f"closing: {shown(field.text, notes)} = {field.value}"
    for note in document.notes:
        yield f"note {note.marker} on page {note.page}: {shown(note.text, notes)}"


def lines(block: object, notes: dict[str, str], depth: int) -> Iterator[str]:
    indent = "  " * depth
    match block:
        case Paragraph():
            yield f"{indent}{block.number or '·'} {shown(block.text, notes)}"
            for point in block.points:
                yield from lines(point, notes, depth + 1)
        case Section() | AdoptedText():
            yield f"{indent}# {shown(block.heading, notes)}"
            for child in block.blocks:
                yield from lines(child, notes, depth + 1)
        case Table():
            for row in block.rows:
                yield indent + " / ".join(" ".join(map(str, cell.paragraphs)) for cell in row.cells)


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.*.md")), ids=lambda path: path.stem)
def test_fixture(path: Path) -> None:
    expected = path.with_suffix(".expected").read_text("utf-8")
    assert "\n".join(outline(parse(path))) + "\n" == expected


def folded(text: Text) -> str:
    """The converter wrote straight apostrophes, the page has curly ones; spaces before marks are not its own."""
    return "".join(text.content.replace("’", "'").split())


def test_the_declaration_on_trafficking(data: Path) -> None:
    document = parse(data / "seed" / "A_RES_72_1.fr.md")
    numbers = [paragraph.number for paragraph in document.paragraphs()]
    assert numbers == [None, *(f"{n}." for n in range(1, 12)), "a)", "b)", *(f"{n}." for n in range(12, 27))]
    assert [note.marker for note in document.notes] == list("1234567")
    assert all(len(note.calls) == 1 for note in document.notes)
    healed = document.find("24")
    assert healed is not None
    assert "mécanismes régionaux, sous-régionaux et interrégionaux" in healed.text.content
    printed = parse(data / "seed" / "pdf" / "A_RES_72_1.fr.pdf")
    assert [folded(p.text) for p in document.paragraphs()] == [folded(p.text) for p in printed.paragraphs()]
    assert [folded(note.text) for note in document.notes] == [folded(note.text) for note in printed.notes]
    assert [note.calls[0].block for note in document.notes] == [note.calls[0].block for note in printed.notes]


@pytest.mark.parametrize(
    ("source", "pieces"),
    [
        ("*Recalls* it", [Piece("Recalls", italic=True), Piece(" it")]),
        ("**a *b* c**", [Piece("a ", bold=True), Piece("b", bold=True, italic=True), Piece(" c", bold=True)]),
        ("***both***", [Piece("both", bold=True, italic=True)]),
        ("_Recalls_ snake_case", [Piece("Recalls", italic=True), Piece(" snake"), Piece("_"), Piece("case")]),
        ("2 * 3 * 4", [Piece("2 "), Piece("*"), Piece(" 3 "), Piece("*"), Piece(" 4")]),
        ("Item 7*", [Piece("Item 7"), Piece("*")]),
        (r"2\. \*text\*", [Piece("2"), Piece("."), Piece(" "), Piece("*"), Piece("text"), Piece("*")]),
        ("women<sup>1</sup>,", [Piece("women"), Piece("1", raised=1), Piece(",")]),
        ("CO<sub>2</sub>", [Piece("CO"), Piece("2", raised=-1)]),
        ("women[^12].", [Piece("women"), Piece("12", raised=1), Piece(".")]),
        ("women$^{3}$", [Piece("women"), Piece("3", raised=1)]),
        ("women^4^", [Piece("women"), Piece("4", raised=1)]),
        ("12 km²", [Piece("12 km"), Piece("²")]),
        ("[A/1514(XV)](https://docs.un.org/A(X)).", [Piece("A/1514(XV)", uri="https://docs.un.org/A(X)"), Piece(".")]),
        ("[without reference]", [Piece("[without reference]")]),
        ("A &amp; B", [Piece("A "), Piece("&"), Piece(" B")]),
        ("a<!-- x -->b![seal](s.png)", [Piece("a"), Piece("b")]),
        ("a < b > c", [Piece("a < b > c")]),
    ],
)
def test_marks_inside_a_line(source: str, pieces: list[Piece]) -> None:
    assert pieces_of(source) == pieces


def test_a_raised_figure_or_star_is_a_call_only_where_there_is_such_a_note() -> None:
    assert pieces_of("word² item*", frozenset({"2", "*"})) == [
        Piece("word"), Piece("2", raised=1), Piece(" item"), Piece("*", raised=1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "pages"),
    [
        ("One.\n\n\fTwo.", 2),
        ("One.\n<!-- page 2 -->\nTwo.", 2),
        ("One.\n\n---\n\nTwo.", 2),
        ("One.\n\n---\n\n<sup>1</sup> Note.", 1),
        ("One.\n\n---\n\n<sup>1</sup> Note.\n\nTwo.", 2),
        ("One.\n\n[^1]: Note.\n\n    Its second paragraph.", 1),
        ("One.\n\nTwo.", 1),
    ],
)
def test_where_pages_end(source: str, pages: int) -> None:
    assert len(leaves_of(source)) == pages


def test_a_link_covers_its_words() -> None:
    page = marked.read(b"See [resolution 70/1](https://docs.un.org/A/RES/70/1) again.").pages[0]
    (link,) = page.links
    (run,) = (run for run in page.runs if run.text == "resolution 70/1")
    assert link.uri == "https://docs.un.org/A/RES/70/1"
    assert (link.x0, link.y0, link.x1, link.y1) == (run.x0, run.y0, run.x1, run.y1)
    assert not marked.read(b"See [x](https://docs.un.org/y).", links=False).pages[0].links


def test_the_source_is_told() -> None:
    source = parse(b"# General Assembly\n\nSome words.").source
    assert source.media_type == "text/markdown"
    assert source.pages == 1
    assert len(source.sha256) == 64


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"\xff\xfe\x00", b"PK\x03\x04 word processor", b"  \n\n"])
@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"])
def test_what_is_no_text(data: bytes, prefix: bytes) -> None:
    with pytest.raises(NotAPdfError):
        parse(prefix + data)


@pytest.mark.parametrize(
    "data", [b"<!DOCTYPE html><p>Not found</p>", b"<?xml version='1.0'?><a/>", b'{"a": 1}', b"{\\rtf1"]
)
def test_other_formats_are_not_taken_for_text(data: bytes) -> None:
    with pytest.raises(NotAPdfError):
        parse(data)


def test_a_text_without_words() -> None:
    with pytest.raises(NoTextError):
        parse(b"---\n\n---\n")


@given(st.text(alphabet="ab1. \n\f\t*_<>sup/[]^:()|-#\\$²é、中،", max_size=200))
def test_any_text_is_read_or_told(text: str) -> None:
    data = text.encode()
    if not marked.is_text(data):
        return
    try:
        pages = marked.read(data)
    except NoTextError:
        return
    for page in pages.pages:
        assert all(run.text and 0 <= run.y1 <= page.height for run in page.runs)
        assert all(run.x0 <= run.x1 for run in page.runs)


@given(st.lists(st.text(alphabet="abcdé中文，-–/12", min_size=1, max_size=30), min_size=1, max_size=60))
def test_wrapping_loses_nothing(words: list[str]) -> None:
    """However long a paragraph is, its lines joined again are the paragraph.

    A space beside a Chinese character at a line's end is no space when the lines are joined: none can be told.
    """
    text = " ".join(["Recalling", *words, "end."])
    document = parse(f"# General Assembly\n\n## Report of the group\n\n1. {text}".encode(), lang="en")
    read = "".join(paragraph.text.content for paragraph in document.paragraphs())
    assert _beside_han(read) == _beside_han(text)


def _beside_han(text: str) -> str:
    together: str = regex.sub(r"(?<=[\p{Han}，]) | (?=[\p{Han}，])", "", text)
    return together
