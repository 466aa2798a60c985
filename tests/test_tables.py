"""The tables: CSV with its description, Parquet, pandas."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from pyarrow import parquet
from test_text import DOCUMENT

import unresolve
from unresolve.errors import MissingExtraError
from unresolve.model import Document, Source
from unresolve.model.rows import TABLES
from unresolve.writers.parquet import table, to_parquet
from unresolve.writers.tables import to_tables


def files(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as made:
        return {name: made.read(name) for name in made.namelist()}


def rows(content: bytes, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files(content)[name].decode(), newline="")))


def test_one_row_a_text() -> None:
    found = [(row["part"], row["kind"], row["id"], row["text"]) for row in rows(to_tables(DOCUMENT), "texts.csv")]
    assert found == [
        ("title", "title", "title", "Wells"),
        ("preamble", "formula", "formula", "The General Assembly,"),
        ("preamble", "paragraph", "preamble_1", "Recalling its work,"),
        ("body", "heading", "sec_I/label", "I"),
        ("body", "heading", "sec_I/heading", "Water"),
        ("body", "paragraph", "para_1", "Decides:"),
        ("body", "point", "para_1__point_a", "To dig;"),
        ("body", "paragraph", "para_1/closing", "as before;"),
        ("body", "heading", "table_1/caption", "Wells dug"),
        ("body", "cell", "table_1/0/0", "Well"),
        ("body", "cell", "table_1/0/1", "Depth"),
        ("closing", "meeting", "meeting", "9th plenary meeting"),
        ("annex", "heading", "att_1/label", "Annex"),
        ("annex", "heading", "att_1/heading", "Rules"),
    ]


def test_the_same_document_gives_the_same_bytes(samples: list[Path]) -> None:
    document = unresolve.parse(samples[0])
    assert to_tables(document) == to_tables(document)
    assert to_parquet(document) == to_parquet(document)
    assert len(rows(to_tables(document), "notes.csv")) == len(document.notes)
    assert len(rows(to_tables(document), "citations.csv")) == len(document.citations)


def test_the_description_names_every_column() -> None:
    made = files(to_tables(DOCUMENT))
    for described in json.loads(made["csv-metadata.json"])["tables"]:
        header = made[described["url"]].decode().splitlines()[0].split(",")
        assert [column["name"] for column in described["tableSchema"]["columns"]] == header
        assert set(described["tableSchema"]["primaryKey"]) <= set(header)


def test_parquet_has_types_and_the_same_rows() -> None:
    made = files(to_parquet(DOCUMENT))
    for name in TABLES:
        read = parquet.read_table(io.BytesIO(made[f"{name}.parquet"]))
        assert read.num_rows == len(rows(to_tables(DOCUMENT), f"{name}.csv"))
    assert str(table([DOCUMENT, DOCUMENT], "texts").schema.field("page").type) == "int32"
    assert table([DOCUMENT, DOCUMENT], "notes").num_rows == 2
    with pytest.raises(ValueError, match="no table 'words'"):
        table([DOCUMENT], "words")


def test_without_pyarrow_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'unresolve\[tables\]'"):
        to_parquet(DOCUMENT)


def test_pandas() -> None:
    frame = DOCUMENT.to_pandas()
    assert list(frame[frame.kind == "point"].number) == ["(a)"]
    assert list(DOCUMENT.to_pandas("notes").marker) == ["1"]
    assert list(Document(Source()).to_pandas("citations").columns) == list(TABLES["citations"][0].__struct_fields__)
    with pytest.raises(ValueError, match="no table 'words'"):
        DOCUMENT.to_pandas("words")  # type: ignore[arg-type]


def test_a_document_is_shown_on_one_line() -> None:
    assert repr(DOCUMENT) == "<Document A/RES/99/9 und document: 3 paragraphs, 1 notes, 0 citations>"
