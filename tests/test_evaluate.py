"""Measuring against official XML: the figures, gains and losses, and the same figures as the scorer's."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from test_align import EN
from test_cli import FAILED, WELL, WRONG_USE, call

import unresolve
from unresolve.corpus.evaluate import evaluate, from_json, losses
from unresolve.corpus.load import load_document
from unresolve.corpus.measures import METRICS, figures, in_step, measure
from unresolve.corpus.view import squash, view
from unresolve.errors import InvalidDocumentError, ReadError
from unresolve.model import Document


def text(document: Document, old: str, new: str) -> bytes:
    return unresolve.write(document, "akn").replace(old.encode(), new.encode())


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    gold, found = tmp_path / "gold", tmp_path / "found"
    for folder in (gold, found):
        folder.mkdir()
        for name in ("A_RES_99_9.en", "A_RES_98_8.fr"):
            (folder / f"{name}.xml").write_bytes(unresolve.write(EN, "akn"))
    return gold, found


def test_the_same_scores_one(folders: tuple[Path, Path]) -> None:
    evaluation = evaluate(*folders)
    assert {name: set(figures(scores)) for name, scores in evaluation.groups.items()} == {
        name: {1.0} for name in ("all", "en", "fr", "s98", "s99")
    }


def test_what_is_missing_or_broken_scores_nought(folders: tuple[Path, Path]) -> None:
    gold, found = folders
    (found / "A_RES_99_9.en.xml").unlink()
    (found / "A_RES_98_8.fr.xml").write_bytes(b"<no")
    evaluation = evaluate(gold, found)
    assert set(figures(evaluation.groups["all"])) == {0.0}
    assert all(document.error for document in evaluation.documents.values())
    with pytest.raises(ReadError, match="no official XML"):
        evaluate(found / "nowhere", found)


def test_faults_are_told_by_their_words(folders: tuple[Path, Path]) -> None:
    gold, found = folders
    (found / "A_RES_99_9.en.xml").write_bytes(text(EN, "that 40 wells ran dry", "that 41 wells ran dry"))
    code, out, _ = call("evaluate", "--gold", gold, found, "--worst", "1")
    assert code == WELL
    assert "A_RES_99_9.en\n  block: Recalling that [-40 -]{+41 +}wells" in out.decode()


def test_gains_and_losses_against_an_earlier_run(folders: tuple[Path, Path], tmp_path: Path) -> None:
    gold, found = folders
    code, out, _ = call("evaluate", "--gold", gold, found, "--json")
    assert code == WELL
    earlier = tmp_path / "earlier.json"
    earlier.write_bytes(out)
    assert set(json.loads(out)["groups"]["all"]) == set(METRICS)
    (found / "A_RES_99_9.en.xml").unlink()
    code, out, _ = call("evaluate", "--gold", gold, found, "--against", earlier)
    assert code == FAILED
    assert "all blocks: 1.0000 → 0.5000" in out.decode()
    assert {loss.name for loss in losses(from_json(earlier.read_bytes()), evaluate(gold, found))} == {
        "all", "en", "s99", "A_RES_99_9.en",
    }  # fmt: skip
    assert call("evaluate", "--gold", found / "none", found)[0] == WRONG_USE
    with pytest.raises(InvalidDocumentError):
        from_json(b"[]")


def test_typesetting_is_no_difference() -> None:
    assert squash("the “own”\u200f – it’s\u00a0ﻻ") == squash('the "own"-it\'sلا')


def test_a_missing_block_and_a_wrong_number() -> None:
    official = view(EN)
    shorter = official.blocks[:-1]
    scores, faults = measure(official, type(official)(official.fields, shorter, official.notes, official.links))
    assert scores.blocks == 2 * len(shorter) / (2 * len(shorter) + 1)
    assert faults.blocks == ((official.blocks[-1].printed, None),)
    assert scores.notes == scores.fields == 1.0


def test_equal_heads_and_tails_change_nothing() -> None:
    left = ["one and two", "three", "four five six seven eight", "nine"]
    right = ["one and two", "four five six seven eighth", "ten", "nine"]
    assert in_step(left, right) == [(0, 0), (2, 1), (3, 3)]


def test_the_figures_are_the_scorers(data: Path) -> None:
    path = data.parent / "score" / "unxml_score.py"
    if not path.is_file():
        pytest.skip(f"no scorer at {path}")
    spec = importlib.util.spec_from_file_location("unxml_score", path)
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    # Last year's file measured against this year's: everything differs somewhere.
    pairs = [("A_RES_78_61", "A_RES_79_71"), ("A_RES_78_94", "A_RES_79_107"), ("A_RES_78_305", "A_RES_79_308")]
    for old, new in pairs:
        files = [data / "real" / "gold" / f"{name}.en.xml" for name in (old, new)]
        wanted = scorer.score(*files)
        scores, _ = measure(view(load_document(files[0])), view(load_document(files[1])))
        assert {m: getattr(scores, m) for m in METRICS} == pytest.approx({m: wanted[m] for m in METRICS}, abs=0.001)
