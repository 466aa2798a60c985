"""What one document may take: wall time and memory.

The time is kept by whoever started the worker, which ends it; a second clock within the worker, in a thread of C code
that no stuck call can hold up, ends it where nobody is left to do so (the run was killed, the worker is Dask's).
Memory is address space beyond what the process has when it is loaded (``RLIMIT_AS``), on Linux; macOS and Windows
have no such limit that holds, and there only the time is kept.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import msgspec

__all__ = ["BACKSTOP", "Limits", "alone", "confine", "within"]

BACKSTOP = 15.0
"""Seconds over its time after which a process ends itself, if nobody else has ended it."""


class Limits(msgspec.Struct, frozen=True):
    """``seconds`` of wall time and ``megabytes`` of memory for one document; 0 is no limit."""

    seconds: float = 60.0
    megabytes: int = 1500


def confine(limits: Limits) -> Callable[[], None]:
    """Limit what this process may take beyond what it has now; gives what takes the limit off again.

    Nothing on platforms that cannot.
    """
    if not limits.megabytes or sys.platform != "linux":
        return lambda: None
    import resource

    has = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    wanted = has + limits.megabytes * 1024 * 1024
    allowed = [most for most in before if most != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(wanted, *allowed) if allowed else wanted, before[1]))
    return lambda: resource.setrlimit(resource.RLIMIT_AS, before)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """End this process, without a word, if the block takes longer than ``seconds``; 0 is no limit."""
    if not seconds:
        yield
        return
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - the file must stay open as long as the clock runs
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def alone(limits: Limits, expire: Callable[[], None]) -> Iterator[None]:
    """Keep the limits of a document in this process itself; ``expire`` is called, in another thread, at its time."""
    relax = confine(limits)
    clock = Timer(limits.seconds, expire)
    clock.daemon = True
    if limits.seconds:
        clock.start()
    try:
        with within(limits.seconds and limits.seconds + BACKSTOP):
            yield
    finally:
        clock.cancel()
        relax()
