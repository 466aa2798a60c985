"""Real documents without official XML: drafts, reports, notes, the typewriter years, a poor OCR and a scan.

What each prints was read off its pages and stands in ``fixtures/other/documents.toml``; the tables beside it were
made by hand. The documents are the United Nations' own and no part of this repository.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet

import unresolve
from unresolve.errors import NoTextError
from unresolve.model import AdoptedText, Block, Document, Field, Paragraph, Row, Section, Table, Text
from unresolve.writers.akn import to_akn, validate
from unresolve.writers.akn_read import from_akn

FIXTURES = Path(__file__).parent / "fixtures" / "other"
EXPECTED: list[dict[str, Any]] = tomllib.loads((FIXTURES / "documents.toml").read_text("utf-8"))["document"]
VALUES = (
    "publisher",
    "symbol",
    "organ",
    "committee",
    "distribution",
    "issued",
    "original_language",
    "session",
    "number",
    "job_number",
)


@cache
def parsed(path: Path) -> Document:
    return unresolve.parse(path)


def facts() -> Iterator[ParameterSet]:
    for document in EXPECTED:
        wrong = document.get("wrong", {})
        for name, value in document.items():
            if name not in ("file", "counted", "wrong"):
                marks = [pytest.mark.xfail(reason=wrong[name], strict=True)] if name in wrong else []
                yield pytest.param(document["file"], name, value, marks=marks, id=f"{document['file']}-{name}")


@pytest.mark.parametrize(("file", "name", "value"), list(facts()))
def test_what_a_document_prints(data: Path, file: str, name: str, value: object) -> None:
    document = parsed(data / "other" / f"{file}.pdf")
    if isinstance(value, list) and name in BEGIN:
        found = BEGIN[name](document)
        assert len(found) == len(value), found
        assert [pair for pair in zip(value, found, strict=True) if not _begins(pair[1], pair[0])] == []
    elif isinstance(value, list) and name in HOLD:
        held = HOLD[name](document)
        assert [words for words in value if not any(_begins(text, words) for text in held)] == []
    elif isinstance(value, list) and name == "holds":
        assert [words for words in value if words not in document.plain_text()] == []
    elif isinstance(value, list) and name == "parts":
        found_parts = _parts(document)
        assert [part[0] for part in found_parts] == [part[0] for part in value]
        for (_, text), (_, first, last) in zip(found_parts, value, strict=True):
            assert text.startswith(first)
            assert text.endswith(last)
    elif name in LOOK:
        assert LOOK[name](document) == value
    else:
        _words(WORDS[name](document).content, name, value)


def _words(text: str, name: str, value: object) -> None:
    """Compares a text with its first words, its last, or both."""
    if isinstance(value, list):
        assert text.startswith(value[0])
        assert text.endswith(value[1])
    elif name.endswith("last"):
        assert text.endswith(str(value))
    else:
        assert text.startswith(str(value))


def _begins(text: str, words: str) -> bool:
    """Whether a text begins with some words, and ends in others where three dots stand between them."""
    first, dots, last = words.partition(" … ")
    return text.startswith(first) and (not dots or text.endswith(last))


def _headings(blocks: Iterable[Block], level: int = 1) -> list[str]:
    """Every heading behind its depth and its number or label: ``2 A. Overall``."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Section):
            lead = block.number or (str(block.label) if block.label else "")
            found.append(f"{level} {lead} {block.heading or ''}".replace("  ", " "))
            found += _headings(block.blocks, level + 1)
        elif isinstance(block, AdoptedText):
            found += _headings(block.blocks, level)
    return found


def _parts(document: Document) -> list[tuple[str, str]]:
    """The outermost sections by number or label, and what stands in them."""
    sections = [block for block in document.body if isinstance(block, Section)]
    return [
        (
            section.number or str(section.label or ""),
            "\n".join(line for p in _paragraphs(section.blocks) for line in (str(p.text), str(_end(p)))),
        )
        for section in sections
    ]


def _size(table: Table) -> str:
    """Rows by columns."""
    return f"{len(table.rows)}x{max(sum(cell.colspan for cell in row.cells) for row in table.rows)}"


def _openers(blocks: Iterable[Block]) -> list[str | None]:
    return [paragraph.opener for paragraph in _paragraphs(blocks)]


def _underlined(document: Document) -> list[str]:
    """The fields that a rule is drawn under from end to end."""
    head, closing = document.masthead, document.closing
    fields = (head.title, closing.meeting)
    return [
        str(field.text)
        for field in fields
        if field is not None
        and sum(m.end - m.start for m in field.text.marks if m.kind == "underline") >= len(field.text) - 5
    ]


def _paragraphs(blocks: Iterable[Block]) -> list[Paragraph]:
    """Paragraphs without their points, also those in sections."""
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
        else:
            found += _paragraphs(getattr(block, "blocks", ()))
    return found


def _numberings(paragraphs: Iterable[Paragraph]) -> list[int]:
    """The last number of each numbering, one a part that begins with 1 again."""
    found: list[int] = []
    for number in (p.number.strip(" .-–") for p in paragraphs if p.number is not None):
        if number == "1":
            found.append(1)
        elif number.isdecimal() and found and int(number) == found[-1] + 1:
            found[-1] += 1
    return found


def _below_tables(document: Document) -> set[str]:
    return {id_ for table in _tables(document, contents=False) for id_ in table.notes}


def _end(paragraph: Paragraph) -> Text:
    return paragraph.closing or (_end(paragraph.points[-1]) if paragraph.points else paragraph.text)


def _tables(document: Document, *, contents: bool) -> list[Table]:
    return [b for b in document.blocks() if isinstance(b, Table) and b.id.startswith("toc_") == contents]


def _value(name: str) -> Callable[[Document], object]:
    def look(document: Document) -> object:
        field: Field | None = getattr(document.masthead, name)
        return None if field is None else field.value

    return look


def _text(name: str) -> Callable[[Document], Text]:
    return lambda document: getattr(document.masthead, name).text


LOOK: dict[str, Callable[[Document], object]] = {
    **{name: _value(name) for name in VALUES},
    "kind": lambda document: document.kind,
    "pages": lambda document: document.source.pages,
    "agenda": lambda document: [item.label.value for item in document.masthead.agenda],
    "body": lambda document: len(_paragraphs(document.body)),
    "numbered": lambda document: sum(p.number is not None for p in _paragraphs(document.body)),
    "language": lambda document: document.language,
    "originating": lambda document: list(document.masthead.originating),
    "unnumbered": lambda document: sum(p.number is None for p in _paragraphs(document.body)),
    "stars": lambda document: sum(not any(c.isalnum() for c in str(p.text)) for p in _paragraphs(document.body)),
    "decimals": lambda document: [p.number for p in _paragraphs(document.body) if "." in (p.number or "").strip(".")],
    "points": lambda document: sum(len(p.points) for p in _paragraphs(document.body)),
    "sizes": lambda document: [_size(table) for table in _tables(document, contents=False)],
    "openers": lambda document: _openers(document.body),
    "openers_preamble": lambda document: _openers(document.preamble.blocks),
    "sections": lambda document: sum(isinstance(b, Section) for b in document.body),
    "numberings": lambda document: _numberings(_paragraphs(document.body)),
    "preamble": lambda document: len(_paragraphs(document.preamble.blocks)),
    "notes": lambda document: [note.marker for note in document.notes if note.id not in _below_tables(document)],
    "table_notes": lambda document: [note.marker for note in document.notes if note.id in _below_tables(document)],
    "tables": lambda document: len(_tables(document, contents=False)),
    "contents": lambda document: sum(len(table.rows) for table in _tables(document, contents=True)),
    "annexes": lambda document: len(document.annexes),
    "meeting": lambda document: document.closing.meeting.value if document.closing.meeting else None,
    "adopted": lambda document: document.closing.date.value if document.closing.date else None,
}
BEGIN: dict[str, Callable[[Document], list[str]]] = {
    "agenda_titles": lambda document: [str(i.title.text) for i in document.masthead.agenda if i.title is not None],
    "headings": lambda document: _headings(document.body),
    "note_words": lambda document: [str(note.text) for note in document.notes],
    "captions": lambda document: [str(t.caption) for t in _tables(document, contents=False) if t.caption],
    "underlined": _underlined,
}
"""Lists of which every item is told by its first words, or by its first and last."""

HOLD: dict[str, Callable[[Document], list[str]]] = {
    "holds_headings": lambda document: _headings(document.body),
    "lower_headings": lambda document: _headings(document.body),
    "annex_headings": lambda document: _headings(document.annexes[0].blocks),
}
"""Lists of which some items are told."""

WORDS: dict[str, Callable[[Document], Text]] = {
    "heading": _text("heading"),
    "title": _text("title"),
    "first": lambda document: _paragraphs(document.body)[0].text,
    "last": lambda document: _end(_paragraphs(document.body)[-1]),
    "preamble_first": lambda document: _paragraphs(document.preamble.blocks)[0].text,
    "preamble_last": lambda document: _end(_paragraphs(document.preamble.blocks)[-1]),
    "annex_title": lambda document: document.annexes[0].heading or Text(),
    "adopted_text": lambda document: next(b.heading or Text() for b in document.body if isinstance(b, AdoptedText)),
    "annex": lambda document: Text.join(p.text for p in _paragraphs(document.annexes[0].blocks)),
}


def test_every_document_has_its_expectation(data: Path) -> None:
    files = {path.stem for path in (data / "other").glob("*.pdf")}
    assert files - {document["file"] for document in EXPECTED} == {"A_47_60-S_23329-EN"}


def test_a_scan_without_text_says_what_to_do(data: Path) -> None:
    with pytest.raises(NoTextError, match="run OCR first"):
        unresolve.parse(data / "other" / "A_47_60-S_23329-EN.pdf")


def test_a_recognized_text_is_told_as_such(data: Path) -> None:
    codes = [diagnostic.code for diagnostic in parsed(data / "other" / "A_L.632_1971-EN.pdf").diagnostics]
    assert "recognized-text" in codes


def test_parts_are_parts(data: Path) -> None:
    document = parsed(data / "other" / "A_C.5_80_L.6-EN.pdf")
    assert [block.id for block in document.body if isinstance(block, Section)] == ["cmp_A", "cmp_B", "cmp_C"]


@pytest.mark.parametrize(
    ("pdf", "table"),
    [("other/A_C.5_80_L.6-EN.pdf", "A_C.5_80_L.6"), ("real/pdf/A_RES_79_249.en.pdf", "A_RES_79_249")],
)
def test_tables_are_those_made_by_hand(data: Path, pdf: str, table: str) -> None:
    made = (FIXTURES / f"{table}.table.txt").read_text("utf-8").splitlines()
    rows: list[str] = []
    for found in _tables(parsed(data / pdf), contents=False):
        rows += ["===", *map(_row, found.rows)] if rows else map(_row, found.rows)
    assert rows == made


def _row(row: Row) -> str:
    cells = [
        " ".join(map(str, cell.paragraphs)) + (f"<{cell.colspan}>" if cell.colspan > 1 else "") for cell in row.cells
    ]
    return f"{'# ' if row.cells[0].header else ''}{' | '.join(cells)}".strip()


@pytest.mark.parametrize("file", [document["file"] for document in EXPECTED])
def test_it_is_written_and_read_again(data: Path, file: str) -> None:
    document = parsed(data / "other" / f"{file}.pdf")
    written = to_akn(document)
    assert validate(written, document) == []
    assert validate(to_akn(document, profile="un"), document) == []
    assert from_akn(written) == document
