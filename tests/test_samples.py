"""The documents written for this project: parsing their pages gives the structure kept beside them."""

from __future__ import annotations

import json
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable

import pytest
from typeset import comparable, read_manuscript

from unresolve.model import Table
from unresolve.pipeline import parse

SAMPLES = {
    entry.name.removesuffix(".toml"): entry
    for entry in sorted(files("unresolve.samples").iterdir(), key=lambda entry: entry.name)
    if entry.name.endswith(".toml")
}


def beside(name: str, suffix: str) -> Traversable:
    return files("unresolve.samples").joinpath(name + suffix)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("tags", [True, False], ids=["tagged", "untagged"])
def test_parsing_gives_the_expected_structure(name: str, tags: bool) -> None:
    document = parse(beside(name, ".pdf").read_bytes(), tags=tags)
    assert comparable(document) == json.loads(beside(name, ".json").read_text("utf-8"))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_expected_structure_is_that_of_the_manuscript(name: str) -> None:
    with as_file(SAMPLES[name]) as path:
        document = read_manuscript(path)
    assert comparable(document) == json.loads(beside(name, ".json").read_text("utf-8")), "run corpora/set_samples.py"


def test_the_samples_hold_every_kind_of_thing() -> None:
    documents = []
    for entry in SAMPLES.values():
        with as_file(entry) as path:
            documents.append(read_manuscript(path))
    blocks = [block for document in documents for block in document.blocks()]
    notes = [note for document in documents for note in document.notes]
    kinds = {type(block).__name__ for block in blocks}
    assert kinds == {"Paragraph", "Section", "AdoptedText", "Table"}
    assert any(note.marker == "*" for note in notes)
    assert any(len(note.calls) > 1 for note in notes)
    assert any(document.annexes for document in documents)
    paragraphs = [paragraph for document in documents for paragraph in document.paragraphs()]
    assert any(paragraph.closing for paragraph in paragraphs)
    assert any(point.points for paragraph in paragraphs for point in paragraph.points)
    assert all(table.rows for table in blocks if isinstance(table, Table))
    languages = [document.language for document in documents]
    assert all(languages.count(language) >= 2 for language in ("en", "es", "fr"))
