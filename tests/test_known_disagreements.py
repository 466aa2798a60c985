"""Six languages agree but for what is listed: each report was looked at, and none that is listed is gone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from parsed import ParsedSets
from six_languages import KNOWN, known, reports

from unresolve.corpus.load import load_document


@pytest.mark.parametrize("route", ["lo", "ty"])
def test_every_disagreement_is_known(route: str, parsed_sets: ParsedSets) -> None:
    files = sorted(parsed_sets.folder(f"six/{route}").glob("*.json"))
    found = reports([load_document(path) for path in files], [path.name for path in files])
    listed = known(route)
    assert sorted(set(found) - set(listed)) == []
    assert sorted(set(listed) - set(found)) == []


def test_every_entry_has_a_reason() -> None:
    for entry in tomllib.loads(KNOWN.read_text(encoding="utf-8"))["disagreement"]:
        assert set(entry) == {"document", "report", "set", "whose", "reason"}
        assert set(entry["set"]) <= {"lo", "ty"}
        assert entry["whose"] in ("un", "ours")
        assert len(entry["reason"]) > 10


def test_an_id_of_its_own_is_seen(tmp_path: Path) -> None:
    texts = {
        "a.en.md": "1. Decides to dig wells;\n\n2. Requests a report.\n",
        "a.fr.md": "1. Décide de creuser des puits ;\n\n2. Demande un rapport.\n",
        "a.es.md": "1. Decide cavar pozos;\n\nSolicita un informe.\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    documents = [load_document(tmp_path / name) for name in texts]
    assert reports(documents, texts) == [
        ("a", "para_2: is unnumbered in es"),
        ("a", "ids of es: 1 lacking, 1 other"),
    ]
