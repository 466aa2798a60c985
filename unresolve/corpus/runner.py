"""Parses many inputs, in this process or in several, and writes what was asked for.

One input that fails never stops the others: its :class:`Outcome` says why. PDFium is not thread-safe and can bring
its process down on a damaged file, so more than one job means more than one process. The processes are a pool of
pebble's, which ends one that overruns its time, knows which task a dead one had, and starts another.
"""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from queue import SimpleQueue
from typing import TYPE_CHECKING

from unresolve.corpus.limits import BACKSTOP, Limits, confine, within
from unresolve.corpus.places import write_whole
from unresolve.corpus.tasks import Options, Outcome, Output, Task, failed, one_line, perform
from unresolve.errors import CrashError, TimeLimitError, UnresolveError

if TYPE_CHECKING:
    from pebble import ProcessPool

__all__ = ["Options", "Outcome", "Output", "Task", "one_line", "run", "write_whole"]

_IN_HAND = 3
"""Tasks in hand a process: none waits for the next one, and memory stays bounded."""
_TRIES = 2


def run(
    tasks: Iterable[Task | Outcome],
    options: Options | None = None,
    *,
    jobs: int = 1,
    limits: Limits | None = None,
) -> Iterator[Outcome]:
    """The outcome of each task as it is finished; an outcome among the tasks is passed on as it is.

    ``jobs`` is the number of worker processes. One job without ``limits`` is done in this process, in order. Tasks
    are taken from their iterable as workers come free.
    """
    options = options or Options()
    if jobs == 1 and limits is None:
        return (task if isinstance(task, Outcome) else perform(task, options) for task in tasks)
    return _Workers(jobs, options, limits or Limits()).outcomes(tasks)


class _Workers:
    """A pool of processes and the tasks they have in hand."""

    def __init__(self, jobs: int, options: Options, limits: Limits) -> None:
        self._jobs = jobs
        self._options = options
        self._limits = limits
        self._pool = self._new_pool()
        self._tries: dict[Future[Outcome], tuple[Task, int]] = {}
        self._done: SimpleQueue[Future[Outcome]] = SimpleQueue()

    def outcomes(self, tasks: Iterable[Task | Outcome]) -> Iterator[Outcome]:
        try:
            for task in tasks:
                if isinstance(task, Outcome):
                    yield task
                else:
                    self._submit(task)
                while self._tries and (len(self._tries) >= _IN_HAND * self._jobs or not self._done.empty()):
                    yield from self._take()
            while self._tries:
                yield from self._take()
            self._pool.close()
        finally:
            self._pool.stop()
            self._pool.join()

    def _submit(self, task: Task, tries: int = 1) -> None:
        if not self._pool.active:
            self._pool.stop()
            self._pool.join()
            self._pool = self._new_pool()
        future = self._pool.schedule(
            _perform, args=[task, self._options, self._limits], timeout=self._limits.seconds or None
        )
        self._tries[future] = task, tries
        future.add_done_callback(self._done.put)

    def _take(self) -> Iterator[Outcome]:
        """Wait for the next task that is finished; none comes of it if its pool broke and it has to be tried again."""
        future = self._done.get()
        task, tries = self._tries.pop(future)
        try:
            yield future.result()
        except TimeoutError:
            yield failed(task, TimeLimitError(f"took longer than {self._limits.seconds:g} seconds"))
        except (BrokenProcessPool, CancelledError) as error:
            # All workers were lost at once, as when the system is short of memory; the fault may be another task's.
            if tries < _TRIES:
                self._submit(task, tries + 1)
            else:
                yield failed(task, CrashError(f"no process can be started to read it: {error}"))
        except Exception as error:
            from pebble import ProcessExpired

            if not isinstance(error, ProcessExpired):
                raise
            yield failed(task, _crash(error.exitcode))

    def _new_pool(self) -> ProcessPool:
        from pebble import ProcessPool

        # A forked child would share PDFium's state; a spawned one starts clean on every platform.
        return ProcessPool(self._jobs, context=get_context("spawn"), initializer=_prepare, initargs=[self._limits])


def _prepare(limits: Limits) -> None:
    """A worker before its first task: what it needs is loaded outside the time of a document."""
    import unresolve.pipeline
    import unresolve.writers  # noqa: F401

    confine(limits)


def _perform(task: Task, options: Options, limits: Limits) -> Outcome:
    with within(limits.seconds and limits.seconds + BACKSTOP):
        return perform(task, options)


def _crash(code: int | None) -> UnresolveError:
    how = f"exit code {code}"
    if code is not None and code < 0:
        try:
            how = signal.Signals(-code).name
        except ValueError:
            how = f"signal {-code}"
    return CrashError(f"the process reading it died ({how}); the file is damaged, or needs too much memory")
