"""How a run over many documents shows where it is: a bar on a terminal, plain lines elsewhere, a summary at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unresolve.cli._log import Log
    from unresolve.cli._tally import Tally

__all__ = ["shown"]

_EVERY = 10.0
"""Seconds between two plain lines."""


@contextmanager
def shown(tally: Tally, log: Log) -> Iterator[Callable[[], None]]:
    """Show a tally; gives what is to be called when it has grown. Nothing is shown of a single document.

    A terminal has a bar, in colour unless NO_COLOR is set; anything else, and a log that is quiet, has lines.
    """
    if tally.total < 2:
        yield lambda: None
    elif sys.stderr.isatty() and not log.quiet:
        with _bar(tally) as grown:
            yield grown
    else:
        yield _Lines(tally, log)


class _Lines:
    """A line every few seconds."""

    def __init__(self, tally: Tally, log: Log) -> None:
        self._tally = tally
        self._log = log
        self._last = monotonic()

    def __call__(self) -> None:
        if monotonic() - self._last >= _EVERY and self._tally.done < self._tally.total:
            self._last = monotonic()
            self._log.progress(self._tally)


@contextmanager
def _bar(tally: Tally) -> Iterator[Callable[[], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.1f} a second"),
        TextColumn("{task.fields[failed]} failed"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=tally.total, rate=0.0, failed=0)
        yield lambda: progress.update(bar, completed=tally.done, rate=tally.rate, failed=tally.failed)
