"""The same work on other machines: workers of Dask (``dask.distributed``, extra ``cluster``).

Inputs and outputs must be places that every worker reaches: a shared folder, or addresses. Dask gives the tasks of a
worker that is lost to another; a document that costs worker after worker fails. Its workers keep the time of a
document by ending themselves, their memory by their own ``--memory-limit``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from unresolve import __version__
from unresolve.corpus.limits import Limits, within
from unresolve.corpus.places import is_address
from unresolve.corpus.tasks import Options, Outcome, Task, failed, perform
from unresolve.errors import ClusterError, CrashError, MissingExtraError

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["run_on_cluster"]

_IN_HAND = 4
"""Tasks in hand a thread of the cluster."""
_ALONE = Lock()
"""PDFium is not thread-safe: a worker with several threads parses one document at a time."""


def run_on_cluster(
    tasks: Iterable[Task | Outcome],
    options: Options,
    address: str,
    *,
    limits: Limits | None = None,
    shared: str | None = None,
) -> Iterator[Outcome]:
    """The outcome of each task as it is finished; an outcome among the tasks is passed on as it is.

    ``address`` is that of the scheduler, such as ``tcp://10.0.0.1:8786``. ``shared`` is a file of this machine that
    the workers must see too. Raises a ClusterError if the scheduler cannot be reached or is lost, has no workers, or
    its workers have another version of this package; MissingExtraError without dask.distributed.
    """
    limits = limits or Limits()
    with _client(address) as client:
        _check(client, address, shared)
        yield from _outcomes(client, tasks, options, limits)


def _outcomes(client: Client, tasks: Iterable[Task | Outcome], options: Options, limits: Limits) -> Iterator[Outcome]:
    from distributed import as_completed

    in_hand: dict[Future[Outcome], Task] = {}
    finished = as_completed(loop=client.loop)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    for task in tasks:
        if isinstance(task, Outcome):
            yield task
            continue
        future = client.submit(_perform, task, options, limits, epoch, pure=False)
        in_hand[future] = task
        finished.add(future)
        while len(in_hand) >= _IN_HAND * max(1, sum(client.nthreads().values())):
            yield _outcome(next(finished), in_hand)
    while in_hand:
        yield _outcome(next(finished), in_hand)


def _outcome(future: Future[Outcome], in_hand: dict[Future[Outcome], Task]) -> Outcome:
    from distributed import KilledWorker

    task = in_hand.pop(future)
    try:
        outcome: Outcome = future.result()
    except KilledWorker:
        return failed(task, CrashError("every worker that read it died, or took longer than it may"))
    return outcome


def _perform(task: Task, options: Options, limits: Limits, epoch: str | None) -> Outcome:
    with _ALONE, within(limits.seconds):
        if epoch is not None:
            os.environ["SOURCE_DATE_EPOCH"] = epoch
        return perform(task, options)


@contextmanager
def _client(address: str) -> Iterator[Client]:
    try:
        from distributed import Client
        from distributed.client import FutureCancelledError
        from distributed.comm.core import CommClosedError
    except ImportError as error:
        raise MissingExtraError("cluster", source=address) from error
    lost = (OSError, CommClosedError, FutureCancelledError)
    try:
        client = Client(address, timeout=10, set_as_default=False)
    except (*lost, ValueError) as error:
        raise ClusterError(f"no scheduler answers: {error}", source=address) from error
    try:
        with client:
            yield client
    except lost as error:
        raise ClusterError(f"the scheduler was lost: {error}", source=address) from error


def _check(client: Client, address: str, shared: str | None) -> None:
    """What would go wrong with every document is found out before the first."""
    seen: dict[str, Any] = client.run(_look, shared if shared and not is_address(shared) else None)
    if not seen:
        raise ClusterError("the scheduler has no workers: start some with 'dask worker'", source=address)
    for worker, (version, sees) in sorted(seen.items()):
        if version != __version__:
            raise ClusterError(f"worker {worker} has unresolve {version}, this is {__version__}", source=address)
        if not sees:
            raise ClusterError(f"worker {worker} does not see {shared}: share the folder", source=address)


def _look(shared: str | None) -> tuple[str, bool]:
    return __version__, shared is None or os.path.exists(shared)  # noqa: PTH110
