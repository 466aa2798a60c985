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
from unresolve.model import Block, Document, Field, Paragraph, Row, Section, Table, Text
from unresolve.writers.akn import to_akn, validate
from unresolve.writers.akn_read import from_akn

FIXTURES = Path(__file__).parent / "fixtures" / "other"
EXPECTED: list[dict[str, Any]] = tomllib.loads((FIXTURES / "documents.toml").read_text("utf-8"))["document"]
VALUES = (
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
            if name not in ("file", "wrong"):
                marks = [pytest.mark.xfail(reason=wrong[name], strict=True)] if name in wrong else []
                yield pytest.param(document["file"], name, value, marks=marks, id=f"{document['file']}-{name}")


@pytest.mark.parametrize(("file", "name", "value"), list(facts()))
def test_what_a_document_prints(data: Path, file: str, name: str, value: object) -> None:
    document = parsed(data / "other" / f"{file}.pdf")
    if isinstance(value, list) and name == "holds":
        assert [words for words in value if words not in document.plain_text()] == []
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
WORDS: dict[str, Callable[[Document], Text]] = {
    "heading": _text("heading"),
    "title": _text("title"),
    "first": lambda document: _paragraphs(document.body)[0].text,
    "last": lambda document: _end(_paragraphs(document.body)[-1]),
    "preamble_first": lambda document: _paragraphs(document.preamble.blocks)[0].text,
    "preamble_last": lambda document: _end(_paragraphs(document.preamble.blocks)[-1]),
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
