"""Runs that are stopped, by whatever means, and go on; and the same bytes wherever and however they are made."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from bench.resume import command, killed_and_resumed, lay_out, parsed_twice, records, tree

import unresolve
from unresolve.corpus.manifest import read_records

COUNT = 40


@pytest.fixture(scope="module")
def folder(samples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty documents in sub-folders."""
    made = tmp_path_factory.mktemp("in")
    lay_out(sorted(samples, key=lambda path: path.stat().st_size)[:3], made, COUNT)
    return made


@pytest.fixture(scope="module")
def unbroken(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run that nobody stops makes of them."""
    out = tmp_path_factory.mktemp("unbroken")
    subprocess.run(command(folder, out, 2), check=True, stderr=subprocess.DEVNULL)
    return out


def test_killed_three_times_and_resumed(folder: Path, unbroken: Path, tmp_path: Path) -> None:
    assert killed_and_resumed(folder, tmp_path, COUNT, 3) == 3
    assert tree(tmp_path) == tree(unbroken)
    assert len(tree(tmp_path)) == 2 * COUNT
    assert records(tmp_path) == records(unbroken)
    assert parsed_twice(tmp_path) == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=lambda how: how.name)
def test_stopped_with_a_signal_it_says_how_to_go_on(how: signal.Signals, folder: Path, tmp_path: Path) -> None:
    # What starts the tests may have told its children to ignore Ctrl-C, as a shell does with "&".
    heeding = signal.signal(how, signal.SIG_DFL)
    with subprocess.Popen(command(folder, tmp_path, 2), stderr=subprocess.PIPE, text=True) as run:
        signal.signal(how, heeding)
        deadline = time.monotonic() + 60
        while not _recorded(tmp_path):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        run.send_signal(how)
        _, said = run.communicate(timeout=60)
    assert run.returncode == 128 + how
    last = said.splitlines()[-1]
    assert last.startswith("stopped after ")
    assert last.endswith(f"of {COUNT} documents; the same command with --resume goes on")
    assert "Traceback" not in said
    assert 0 < len(_recorded(tmp_path)) < COUNT
    assert list(tmp_path.rglob("*.tmp")) == []


def _recorded(out: Path) -> list[object]:
    path = out / "manifest.jsonl"
    return list(read_records(path)) if path.exists() else []


SETTINGS = {
    "one process, Kiritimati": (1, {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"}),
    "three processes, Turkish": (3, {"PYTHONHASHSEED": "42", "LC_ALL": "tr_TR.UTF-8", "TZ": "America/Caracas"}),
    "the plainest locale": (2, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_the_same_input_gives_the_same_bytes(name: str, samples: list[Path], tmp_path: Path) -> None:
    jobs, variables = SETTINGS[name]
    out, source = tmp_path / "out", tmp_path / "in"
    source.mkdir()
    chosen = {path.name.split(".")[-2]: path for path in samples}  # one a language
    assert len(chosen) == 6
    for path in chosen.values():
        (source / path.name).symlink_to(path)
    subprocess.run(command(source, out, jobs), check=True, stderr=subprocess.DEVNULL, env=os.environ | variables)
    here = {path.stem: unresolve.parse(path) for path in chosen.values()}
    assert tree(out) == {
        f"{stem}.{ending}": unresolve.write(document, to)
        for stem, document in here.items()
        for to, ending in (("akn", "xml"), ("json", "json"))
    }


def test_a_second_run_is_told_to_wait(folder: Path, tmp_path: Path) -> None:
    with subprocess.Popen(command(folder, tmp_path, 2), stderr=subprocess.DEVNULL) as run:
        while not (tmp_path / "manifest.jsonl").exists():
            time.sleep(0.02)
        second = subprocess.run(command(folder, tmp_path, 1), capture_output=True, text=True)
        run.kill()
    assert second.returncode == 2
    assert "another run is writing it" in " ".join(second.stderr.split())
