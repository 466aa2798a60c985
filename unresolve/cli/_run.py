"""A run of ``unresolve parse``: its documents, its manifest, its progress and its exit code."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import msgspec

from unresolve.cli._inputs import WrongUse
from unresolve.cli._log import JsonLines, Log, Words
from unresolve.cli._progress import shown
from unresolve.cli._tally import Tally
from unresolve.corpus.limits import Limits, alone
from unresolve.corpus.places import clear_temporaries, is_address, join
from unresolve.corpus.tasks import Options, Outcome, Task, failed, perform
from unresolve.errors import TimeLimitError, UnresolveError

if TYPE_CHECKING:
    from unresolve.cli._plan import Plan
    from unresolve.corpus.manifest import Manifest

__all__ = ["Settings", "carry_out"]

MANIFEST = "manifest.jsonl"


class Settings(msgspec.Struct, frozen=True):
    """How a run is done; what is made of a document is in its options."""

    formats: tuple[str, ...]
    options: Options = Options()
    limits: Limits = Limits()
    jobs: int = 1
    cluster: str | None = None
    resume: bool = False
    manifest: str | None = None
    strict: bool = False
    verbose: bool = False
    json: bool = False


def carry_out(plan: Plan, settings: Settings) -> int:
    """Do all the tasks of a plan; gives the exit code. Raises WrongUse before anything is done."""
    log: Log = JsonLines() if settings.json else Words(verbose=settings.verbose)
    with _manifest(plan, settings) as manifest, _stopped_by_signals():
        tally = Tally(plan.total)
        try:
            _work(plan, settings, manifest, tally, log)
        except KeyboardInterrupt as stop:
            _stopped("stopped", tally, manifest, settings, log)
            return 128 + (stop.args[0] if stop.args else signal.SIGINT)
        except UnresolveError as error:
            log.error(error)
            if tally.done:
                _stopped("broken off", tally, manifest, settings, log)
            return 1
        unsealed = _seal(plan, log)
        log.summary(tally)
        return int(tally.failed > 0 or unsealed > 0)


def _seal(plan: Plan, log: Log) -> int:
    """Make bags of what was written for them; gives how many could not be."""
    unsealed = 0
    for folder in plan.bags():
        from unresolve.corpus.bag import seal

        try:
            seal(folder)
        except UnresolveError as error:
            log.error(error)
            unsealed += 1
    return unsealed


def _work(plan: Plan, settings: Settings, manifest: Manifest | None, tally: Tally, log: Log) -> None:
    with closing(_outcomes(plan, settings, manifest, log)) as outcomes, shown(tally, log) as grown:
        for outcome in outcomes:
            has_failed = outcome.error is not None or (settings.strict and bool(outcome.codes))
            log.outcome(outcome, failed=has_failed)
            tally.add(outcome, failed=has_failed)
            grown()
            if outcome.content is not None:
                sys.stdout.buffer.write(outcome.content)
                sys.stdout.buffer.flush()


def _outcomes(plan: Plan, settings: Settings, manifest: Manifest | None, log: Log) -> Generator[Outcome]:
    """The outcomes as they come, each in the manifest before it is shown."""
    if manifest is None or plan.folder is None:
        yield from _done(plan.tasks(), plan, settings, None, log)
        return
    from unresolve.corpus.manifest import record_of

    tasks: Iterator[Task | Outcome] = plan.tasks()
    if settings.resume:
        from unresolve.corpus.resume import unfinished

        tasks = unfinished(plan.tasks(), settings.options, manifest, plan.folder)
    for outcome in _done(tasks, plan, settings, manifest, log):
        manifest.add(record_of(outcome, settings.options, settings.formats, plan.folder))
        yield outcome


def _done(
    tasks: Iterator[Task | Outcome], plan: Plan, settings: Settings, manifest: Manifest | None, log: Log
) -> Iterator[Outcome]:
    if settings.cluster is not None:
        from unresolve.corpus.cluster import run_on_cluster

        shared = None if manifest is None or is_address(plan.folder or "") else str(manifest.path.absolute())
        yield from run_on_cluster(tasks, settings.options, settings.cluster, limits=settings.limits, shared=shared)
    elif plan.total == 1:
        # Not worth a process of its own: the limits are kept in this one.
        with alone(settings.limits, _expired(plan, settings.limits, log)):
            for task in tasks:
                yield task if isinstance(task, Outcome) else perform(task, settings.options)
    else:
        from unresolve.corpus.runner import run

        jobs = min(settings.jobs or os.cpu_count() or 1, plan.total)
        yield from run(tasks, settings.options, jobs=jobs, limits=settings.limits)


def _expired(plan: Plan, limits: Limits, log: Log) -> Callable[[], None]:
    def expired() -> None:
        [task] = plan.tasks()
        log.outcome(failed(task, TimeLimitError(f"took longer than {limits.seconds:g} seconds")), failed=True)
        os._exit(1)

    return expired


@contextmanager
def _manifest(plan: Plan, settings: Settings) -> Iterator[Manifest | None]:
    if plan.folder is None:
        if settings.resume or settings.manifest:
            raise WrongUse("a manifest is kept of what is written to a folder: -o DIR")
        yield None
        return
    if settings.manifest is None and is_address(plan.folder):
        raise WrongUse("records cannot be appended at an address: name a file for them, --manifest FILE")
    from unresolve.corpus.manifest import Manifest
    from unresolve.errors import ManifestError

    try:
        manifest = Manifest(Path(settings.manifest or join(plan.folder, MANIFEST)))
    except ManifestError as error:
        raise WrongUse(str(error)) from error
    with manifest:
        if settings.resume and not is_address(plan.folder):
            clear_temporaries(Path(plan.folder))
        yield manifest


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """SIGTERM, with which Kubernetes and systemd stop a process, stops as cleanly as Ctrl-C."""

    def stop(number: int, _: FrameType | None) -> None:
        raise KeyboardInterrupt(number)

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # only the main thread may; in another one the run is somebody else's to stop
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _stopped(why: str, tally: Tally, manifest: Manifest | None, settings: Settings, log: Log) -> None:
    if manifest is not None:
        how = "the same command goes on from there" if settings.resume else "the same command with --resume goes on"
        log.stopped(why, tally, how)
