"""Workers of Dask, as real processes over TCP: one is killed, and nobody can tell from the result."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from bench.resume import command, lay_out, parsed_twice, records, tree

from unresolve import __version__
from unresolve.corpus import cluster
from unresolve.corpus.manifest import read_records
from unresolve.errors import ClusterError, MissingExtraError

COUNT = 16


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its two workers."""
    found = tmp_path / "scheduler.json"
    start = [sys.executable, "-m", "dask"]
    with ExitStack() as stack:

        def run(*words: str) -> subprocess.Popen[bytes]:
            process = stack.enter_context(
                subprocess.Popen([*start, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            )
            stack.callback(process.kill)
            return process

        run("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(found), "--host", "127.0.0.1")
        wait(found.exists)
        address = json.loads(found.read_text(encoding="utf-8"))["address"]
        workers = [run("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard") for _ in range(2)]
        yield address, workers


def wait(until: Any, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_one_of_two_workers_is_killed(
    dask: tuple[str, list[subprocess.Popen[bytes]]], samples: list[Path], tmp_path: Path
) -> None:
    address, workers = dask
    source, here, there = tmp_path / "in", tmp_path / "here", tmp_path / "there"
    lay_out(sorted(samples, key=lambda path: path.stat().st_size)[:3], source, COUNT)
    subprocess.run(command(source, here, 2), check=True, stderr=subprocess.DEVNULL)
    wait(lambda: _workers(address) == 2)
    with subprocess.Popen(command(source, there, 1, "--cluster", address), stderr=subprocess.PIPE) as run:
        wait(lambda: (there / "manifest.jsonl").exists() and len(list(read_records(there / "manifest.jsonl"))) >= 2)
        workers[0].kill()
        _, said = run.communicate(timeout=120)
    assert run.returncode == 0, said.decode()
    assert workers[1].poll() is None
    assert tree(there) == tree(here)
    assert len(tree(there)) == 2 * COUNT
    assert records(there) == records(here)
    assert parsed_twice(there) == []


def _workers(address: str) -> int:
    with cluster._client(address) as client:
        return len(client.scheduler_info()["workers"])


def test_nobody_answers(samples: list[Path], tmp_path: Path) -> None:
    words = command(samples[0].parent, tmp_path / "out", 1, "--cluster", "tcp://127.0.0.1:9")
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 1
    [said] = done.stderr.splitlines()
    assert said.startswith("tcp://127.0.0.1:9: no scheduler answers: ")


@pytest.mark.parametrize(
    ("seen", "message"),
    [
        ({}, "has no workers"),
        ({"w": ("0.0.1", True)}, f"worker w has unresolve 0.0.1, this is {__version__}"),
        ({"w": (__version__, False)}, "worker w does not see /out/manifest.jsonl"),
    ],
)
def test_what_would_go_wrong_everywhere_is_found_out_first(seen: dict[str, Any], message: str) -> None:
    client = cast("Any", SimpleNamespace(run=lambda *_: seen))
    with pytest.raises(ClusterError, match=message):
        cluster._check(client, "tcp://x", "/out/manifest.jsonl")


def test_without_dask_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"unresolve\[cluster\]"), cluster._client("tcp://x"):
        pass
