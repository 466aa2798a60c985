"""Worker processes: a document that hangs, crashes or eats memory costs no other; no document is taken ahead."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Never

import pytest

import unresolve.pipeline
from unresolve.corpus import runner
from unresolve.corpus.limits import Limits
from unresolve.corpus.runner import Options, Outcome, Output, Task, run
from unresolve.corpus.tasks import perform

AKN = (Output("akn"),)
LIMITS = Limits(seconds=2, megabytes=300)


def crash(*_: object, **__: object) -> Never:
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError("still there")


def leave(*_: object, **__: object) -> Never:
    os._exit(3)


def hang(*_: object, **__: object) -> Never:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})  # as stuck as C code that looks at no signal
    while True:
        time.sleep(1)


def eat(*_: object, **__: object) -> Never:
    held = []
    while True:
        held.append(bytearray(50_000_000))


FATES: dict[str, Callable[..., Never]] = {"crash.pdf": crash, "leave.pdf": leave, "hang.pdf": hang, "eat.pdf": eat}


def fated(task: Task, options: Options, limits: Limits) -> Outcome:
    """Stands in for the work in the worker: what happens to a document is told by its name."""
    if task.source in FATES:
        unresolve.pipeline.stages = FATES[task.source]
        return perform(Task(task.source, task.outputs, data=b""), options)
    return Outcome(task.source, content=f"{task.source} {options.lang} {limits.seconds:g}".encode())


def test_what_befalls_a_worker_befalls_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "_perform", fated)
    good = [f"{n}.pdf" for n in range(12)]
    names = [*good[:2], "crash.pdf", *good[2:4], "hang.pdf", *good[4:6], "eat.pdf", *good[6:8], "leave.pdf", *good[8:]]
    outcomes = list(run([Task(name, AKN) for name in names], Options(lang="fr"), jobs=2, limits=LIMITS))
    assert sorted(outcome.source for outcome in outcomes) == sorted(names)
    by_name = {outcome.source: outcome for outcome in outcomes}
    assert all(by_name[name].content == f"{name} fr 2".encode() for name in good)
    assert {name: by_name[name].error_type for name in FATES} == {
        "crash.pdf": "CrashError",
        "leave.pdf": "CrashError",
        "hang.pdf": "TimeLimitError",
        "eat.pdf": "MemoryLimitError" if sys.platform == "linux" else by_name["eat.pdf"].error_type,
    }
    assert "SIGSEGV" in str(by_name["crash.pdf"].error)
    assert all(str(by_name[name].error).startswith(f"{name}: ") for name in FATES)


def test_a_million_inputs_are_not_taken_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "_perform", fated)
    taken = 0

    def endless() -> Iterator[Task]:
        nonlocal taken
        while True:
            taken += 1
            yield Task(f"{taken}.pdf", AKN)

    outcomes = run(endless(), jobs=2, limits=LIMITS)
    for done, _ in enumerate(outcomes, 1):
        assert taken - done <= 3 * 2
        if done == 500:
            break
    outcomes.close()  # type: ignore[attr-defined]


def test_outcomes_among_the_tasks_are_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "_perform", fated)
    kept = [Outcome(f"kept {n}", kept=True) for n in range(5)]
    for options in ({"jobs": 2}, {"jobs": 1, "limits": LIMITS}):
        outcomes = list(run([*kept, Task("new.pdf", AKN)], **options))
        assert outcomes[:5] == kept
        assert [outcome.source for outcome in outcomes[5:]] == ["new.pdf"]
    assert list(run(kept)) == kept


def test_a_worker_whose_run_was_killed_ends(tmp_path: Path, samples: list[Path]) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        "from unresolve.corpus.runner import *\nfrom unresolve.corpus.limits import Limits\n"
        "if __name__ == '__main__':\n"
        f"    tasks = (Task({str(samples[0])!r}, (Output('akn'),)) for _ in range(10**6))\n"
        "    for outcome in run(tasks, jobs=2, limits=Limits(seconds=30)): print(outcome.seconds, flush=True)\n",
        encoding="utf-8",
    )
    process = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    workers = _children(process.pid)
    assert len(workers) >= 2
    process.kill()
    process.wait()
    process.stdout.close()
    deadline = time.monotonic() + 20
    while workers := [pid for pid in workers if _alive(pid)]:
        assert time.monotonic() < deadline, f"{workers} still there"
        time.sleep(0.1)


def _children(parent: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=True)
    return [int(pid) for pid in listed.stdout.split()]


def _alive(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return bool(state) and not state.startswith("Z")


@pytest.mark.parametrize("fate", ["hang", "eat"])
def test_a_single_document_keeps_its_limits_without_a_worker(fate: str, tmp_path: Path, samples: list[Path]) -> None:
    script = (
        "import sys, time, unresolve.pipeline\n"
        "def hang(*_, **__): time.sleep(60)\n"
        "def eat(*_, **__): return [bytearray(50_000_000) for _ in range(100)]\n"
        f"unresolve.pipeline.stages = {fate}\n"
        "from unresolve.cli.app import app\n"
        "app(sys.argv[1:])\n"
    )
    words = ["parse", str(samples[0]), "-o", str(tmp_path / "a.xml"), "--timeout", "1", "--memory", "300"]
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, timeout=50)
    assert done.returncode == 1
    said = {"hang": "took longer than 1 seconds", "eat": "needs more memory than one document may have"}[fate]
    assert done.stderr == f"{samples[0]}: {said}\n"
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_nobody_watches_ends_itself() -> None:
    # The pattern holds the interpreter's lock: no other thread of Python could end this.
    script = (
        "import re\nfrom unresolve.corpus.limits import within\n"
        "with within(60): pass\n"
        "with within(1): re.match('(a+)+b', 'a' * 64)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (1, b"")
