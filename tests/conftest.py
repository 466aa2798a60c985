"""What all tests share: the data folder, hypothesis profiles, the samples."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from parsed import ParsedSets

ROOT = Path(__file__).resolve().parent.parent

# One and the same run everywhere; `UNRESOLVE_HYPOTHESIS=search` looks for new examples instead.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("search", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("UNRESOLVE_HYPOTHESIS", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the measured scores as the new floors")


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of UN documents with their official XML; the test is skipped where there is none."""
    folder = Path(os.environ.get("UNRESOLVE_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no UN documents to score on at {folder}: set UNRESOLVE_DATA")
    return folder


@pytest.fixture(scope="session")
def parsed_sets(data: Path, tmp_path_factory: pytest.TempPathFactory) -> ParsedSets:
    """The sets of the data folder, each parsed when it is first asked for."""
    return ParsedSets(data, tmp_path_factory.mktemp("parsed"))


@pytest.fixture(scope="session")
def samples() -> list[Path]:
    """The PDF files of the sample documents, sorted by name."""
    found = sorted(Path(str(files("unresolve.samples"))).glob("*.pdf"))
    assert found, "corpora/samples holds no PDF file"
    return found
