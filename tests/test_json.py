"""JSON: the same document back, the same bytes, and a published schema that is current."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from strategies import documents

from unresolve.errors import InvalidDocumentError
from unresolve.model import Document, Source
from unresolve.writers import FORMATS, write
from unresolve.writers.json import from_json, schema, to_json

SCHEMA = Path(__file__).resolve().parent.parent / "docs" / "schema.json"


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    written = to_json(document)
    assert from_json(written) == document
    assert to_json(from_json(written)) == written
    assert json.loads(written) == json.loads(to_json(document, indent=0))


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"source": {}, "kind": "poem"}', b"\xff"])
def test_what_is_not_a_document_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidDocumentError):
        from_json(data)


def test_the_published_schema_is_current() -> None:
    published = json.loads(SCHEMA.read_text("utf-8"))
    assert published == schema(), "run: python -m unresolve.writers.json > docs/schema.json"


def test_the_schema_asks_for_what_the_model_asks_for() -> None:
    parts = schema()["$defs"]
    assert parts["Document"]["required"] == ["source"]
    assert set(parts["Paragraph"]["properties"]) >= {"id", "text", "number", "opener", "points", "closing", "boxes"}
    assert parts["Mark"]["required"] == ["start", "end", "kind"]


def test_every_format_has_a_writer_and_unknown_ones_are_refused() -> None:
    document = Document(Source())
    for name in FORMATS:
        assert isinstance(write(document, name), bytes)
    with pytest.raises(ValueError, match="no format 'docx'"):
        write(document, "docx")
