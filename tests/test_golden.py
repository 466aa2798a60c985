"""Score floors: every set of UN documents must be parsed at least as well as ``golden/SET.json`` says.

A floor file gives, for all documents of a set and for each language and session, the mean of every figure of the
scorer that lies beside the data. ``pytest tests/test_golden.py --update-golden`` writes what is measured as the new
floors: the change is then seen, and answered for, in the diff.
"""

from __future__ import annotations

import importlib.util
import json
import math
import re
from pathlib import Path
from types import ModuleType

import pytest
from parsed import ParsedSets

from unresolve.corpus.runner import Options

GOLDEN = Path(__file__).parent / "golden"
ACCURACY = GOLDEN.parents[1] / "docs" / "accuracy.md"
MARKS = "<!-- floors -->\n", "<!-- /floors -->\n"
GEOMETRY = Options(tags=False, links=False)

SETS: dict[str, tuple[str, str, Options]] = {
    "real": ("real/pdf", "real/gold", Options()),
    "real-geometry": ("real/pdf", "real/gold", GEOMETRY),
    "real-es": ("real-es/pdf", "real-es/gold", Options()),
    "seed": ("seed/pdf", "seed/gold", Options()),
    "six-lo": ("six/lo", "six/gold", Options()),
    "six-ty": ("six/ty", "six/gold", Options()),
    "six-lo-geometry": ("six/lo", "six/gold", GEOMETRY),
    "six-ty-geometry": ("six/ty", "six/gold", GEOMETRY),
}

Scores = dict[str, dict[str, float]]


@pytest.fixture(scope="module")
def scorer(data: Path) -> ModuleType:
    path = data.parent / "score" / "unxml_score.py"
    if not path.is_file():
        pytest.skip(f"no scorer at {path}")
    spec = importlib.util.spec_from_file_location("unxml_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", SETS)
def test_scores_hold(
    name: str, data: Path, scorer: ModuleType, parsed_sets: ParsedSets, pytestconfig: pytest.Config
) -> None:
    pdf, gold, options = SETS[name]
    folder, failed = parsed_sets.folder(pdf, options), parsed_sets.failed(pdf, options)
    measured = _means(
        {
            path.stem: scorer.score(path, written if (written := folder / path.name).exists() else None)
            for path in sorted((data / gold).glob("*.xml"))
            if (data / pdf / path.with_suffix(".pdf").name).exists()
        },
        scorer.METRICS,
    )
    floors = GOLDEN / f"{name}.json"
    if pytestconfig.getoption("--update-golden"):
        floors.write_text(_to_json(measured), encoding="utf-8")
        ACCURACY.write_text(_with_tables(ACCURACY.read_text(encoding="utf-8")), encoding="utf-8")
    assert not failed
    assert _fallen(measured, json.loads(floors.read_text(encoding="utf-8"))) == []


def test_a_fall_is_seen() -> None:
    floors = {"all": {"blocks": 0.99, "notes": 0.9}, "fr": {"blocks": 0.95}}
    measured = {"all": {"blocks": 0.99, "notes": 0.8999}}
    assert _fallen(measured, floors) == ["all notes: 0.8999 < 0.9", "fr blocks: nan < 0.95"]


def test_floors_are_written_rounded_down() -> None:
    assert json.loads(_to_json({"all": {"blocks": 0.99999, "notes": 1.0}})) == {"all": {"blocks": 0.9999, "notes": 1.0}}


def test_every_set_has_its_floors() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.json")) == sorted(SETS)


def test_the_documentation_says_what_the_floors_say() -> None:
    page = ACCURACY.read_text(encoding="utf-8")
    assert page == _with_tables(page)


def _with_tables(page: str) -> str:
    """The page with the floors of every set between its marks, a table a set."""
    tables = []
    for name in (name for name in SETS if (GOLDEN / f"{name}.json").exists()):
        scores: Scores = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
        figures = list(scores["all"])
        rows = [[f"`{name}`", *figures], ["---", *("---:" for _ in figures)]]
        rows += [[group, *(f"{row[figure]:.4f}" for figure in figures)] for group, row in scores.items()]
        tables.append("".join(f"| {' | '.join(row)} |\n" for row in rows))
    before, _, rest = page.partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    return before + MARKS[0] + "\n" + "\n".join(tables) + "\n" + MARKS[1] + after


def _means(rows: dict[str, dict[str, float]], metrics: tuple[str, ...]) -> Scores:
    groups: dict[str, list[dict[str, float]]] = {}
    for stem, row in rows.items():
        for group in _groups(stem):
            groups.setdefault(group, []).append(row)
    return {
        group: {metric: sum(row[metric] for row in members) / len(members) for metric in metrics}
        for group, members in sorted(groups.items())
    }


def _groups(stem: str) -> list[str]:
    """``A_RES_78_1.en`` counts for all, for English and for session 78."""
    session = re.match(r"A_RES_(\d+)_", stem)
    return ["all", stem.rpartition(".")[2], *([f"s{session[1]}"] if session else [])]


def _fallen(measured: Scores, floors: Scores) -> list[str]:
    return [
        f"{group} {metric}: {value:.4f} < {floor}"
        for group, row in floors.items()
        for metric, floor in row.items()
        if not (value := measured.get(group, {}).get(metric, math.nan)) >= floor - 1e-9
    ]


def _to_json(scores: Scores) -> str:
    rounded = {
        group: {metric: math.floor(value * 1e4 + 1e-6) / 1e4 for metric, value in row.items()}
        for group, row in scores.items()
    }
    return json.dumps(rounded, indent=1) + "\n"
