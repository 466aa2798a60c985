"""Parses many inputs, in this process or in several, and writes what was asked for.

One input that fails never stops the others: its :class:`Outcome` says why. PDFium is not thread-safe and
can bring its process down on a damaged file, so more than one job means more than one process, and an
input that kills its worker is reported as failed while its neighbours are parsed again.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from secrets import token_hex

import msgspec

from unresolve.errors import OutputError, ReadError, UnresolveError
from unresolve.model import Diagnostic

__all__ = ["Options", "Outcome", "Output", "Task", "one_line", "run", "write_whole"]


class Options(msgspec.Struct, frozen=True):
    """How to parse: the keyword arguments of :func:`unresolve.parse`."""

    lang: str | None = None
    engine: str = "pdfium"
    tags: bool = True
    links: bool = True


class Output(msgspec.Struct, frozen=True):
    """A format to write, and the file to write it to; None gives the bytes back in the outcome."""

    format: str
    path: Path | None = None


class Task(msgspec.Struct, frozen=True):
    """One input: its path, or the bytes themselves with the name to call them in messages."""

    source: str
    outputs: tuple[Output, ...]
    data: bytes | None = None


class Outcome(msgspec.Struct, frozen=True):
    """What became of a task.

    ``error`` is one line naming input, page and reason, None if all went well; ``trace`` is the stack of an
    error nobody foresaw. ``content`` is the output of a task without a path.
    """

    source: str
    error: str | None = None
    trace: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    content: bytes | None = None


def run(tasks: Iterable[Task], options: Options | None = None, *, jobs: int = 1) -> Iterator[Outcome]:
    """The outcome of each task, in the order of the tasks; ``jobs`` is the number of processes."""
    options = options or Options()
    if jobs == 1:
        return (_perform(task, options) for task in tasks)
    return _spread(tasks, options, jobs)


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` whole or not at all, making its folders; raises an OutputError."""
    # Beside the target, because only within one file system is the replacement a single step.
    passing = path.with_name(f".unresolve-{token_hex(8)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with passing.open("xb") as file:
                file.write(content)
            passing.replace(path)
        finally:
            passing.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror or error}", source=str(path)) from error


def one_line(error: UnresolveError, source: str) -> str:
    """The error on one line, naming its input as the user did, also where only its bytes were handed on."""
    if isinstance(error, ReadError):
        error.source = source
    return _on_one_line(str(error.at(source)))


def _perform(task: Task, options: Options) -> Outcome:
    from unresolve.pipeline import parse
    from unresolve.writers import write

    try:
        document = parse(task.source if task.data is None else task.data, **msgspec.structs.asdict(options))
        # All formats are made before the first is written: a task leaves all of its files or none.
        made = [(output, write(document, output.format)) for output in task.outputs]
        for output, content in made:
            if output.path is not None:
                write_whole(output.path, content)
    except UnresolveError as error:
        return Outcome(task.source, error=one_line(error, task.source))
    except Exception as error:  # noqa: BLE001 - a fault of ours in one document must not cost the others
        reason = f"{task.source}: unforeseen {type(error).__name__}: {error}"
        return Outcome(task.source, error=_on_one_line(reason), trace=traceback.format_exc())
    printed = next((content for output, content in made if output.path is None), None)
    return Outcome(task.source, diagnostics=document.diagnostics, content=printed)


def _on_one_line(message: str) -> str:
    return " ".join(message.split())


def _spread(tasks: Iterable[Task], options: Options, jobs: int) -> Iterator[Outcome]:
    """Tasks over ``jobs`` processes, two in hand a process: no worker waits, and memory stays bounded."""
    in_hand: deque[tuple[Task, Future[Outcome]]] = deque()
    pool = _pool(jobs)
    try:
        for task in tasks:
            try:
                future = pool.submit(_perform, task, options)
            except BrokenProcessPool:
                pool.shutdown()
                pool = _pool(jobs)
                future = pool.submit(_perform, task, options)
            in_hand.append((task, future))
            if len(in_hand) == 2 * jobs:
                yield _outcome(*in_hand.popleft(), options)
        while in_hand:
            yield _outcome(*in_hand.popleft(), options)
    finally:
        pool.shutdown(cancel_futures=True)


def _outcome(task: Task, future: Future[Outcome], options: Options) -> Outcome:
    """The outcome of a task; one that was in hand when its pool died is tried again alone."""
    with suppress(BrokenProcessPool):
        return future.result()
    with _pool(1) as pool, suppress(BrokenProcessPool):
        return pool.submit(_perform, task, options).result()
    return Outcome(task.source, error=f"{task.source}: the process reading it died; the file is likely damaged")


def _pool(jobs: int) -> ProcessPoolExecutor:
    # A forked child would share PDFium's state; a spawned one starts clean on every platform.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
