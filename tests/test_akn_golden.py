"""The Akoma Ntoso of every sample is, letter for letter, the file kept in ``golden/akn``.

``pytest tests/test_akn_golden.py --update-golden`` writes them anew, to be looked at in the diff. Boxes are left out:
they follow the version of the engine, and tests of their own hold them.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

import unresolve

GOLDEN = Path(__file__).parent / "golden" / "akn"
SAMPLES = sorted(path.name for path in files("unresolve.samples").iterdir() if path.name.endswith(".pdf"))
BOXES = re.compile(rb' (?:unr:boxes|box)="[^"]*"')


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_written_as_before(name: str, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    document = unresolve.parse(Path(str(files("unresolve.samples") / name)))
    written = BOXES.sub(b"", unresolve.write(document, "akn"))
    kept = GOLDEN / f"{name.removesuffix('.pdf')}.xml"
    if pytestconfig.getoption("--update-golden"):
        kept.write_bytes(written)
    assert written.decode().splitlines() == kept.read_text("utf-8").splitlines()


def test_every_golden_file_is_of_a_sample() -> None:
    assert sorted(path.stem for path in GOLDEN.iterdir()) == [name.removesuffix(".pdf") for name in SAMPLES]


def test_the_switch_that_writes_them_is_off(pytestconfig: pytest.Config) -> None:
    assert not pytestconfig.getoption("--update-golden"), "the golden files were written anew: look at the difference"
