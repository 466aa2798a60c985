"""What an earlier run has done is not done again."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from time import perf_counter

from unresolve.corpus.manifest import Manifest, Record, key
from unresolve.corpus.places import join, read, write_whole
from unresolve.corpus.tasks import Options, Outcome, Task, Written
from unresolve.errors import OutputError, ReadError

__all__ = ["unfinished"]

_THREADS = 8
"""Reading and hashing let other threads run, and an object store answers many questions at a time."""


def unfinished(tasks: Iterable[Task], options: Options, manifest: Manifest, root: str) -> Iterator[Task | Outcome]:
    """Each task as it is, or its outcome if the manifest says that it is finished; in the order of the tasks.

    A task is finished if there is a record with its key: the same bytes under whatever name, options, formats and
    version; and if the files of that record are still what they were. Files that lie elsewhere below ``root``,
    because the input had another name, are copied to their new places.
    """
    ahead: deque[Future[Task | Outcome]] = deque()
    with ThreadPoolExecutor(_THREADS) as threads:
        for task in tasks:
            ahead.append(threads.submit(_task_or_outcome, task, options, manifest, root))
            if len(ahead) == 2 * _THREADS:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _task_or_outcome(task: Task, options: Options, manifest: Manifest, root: str) -> Task | Outcome:
    start = perf_counter()
    try:
        data = read(task.source) if task.data is None else task.data
    except ReadError:
        return task  # the worker will say what is wrong with it
    sha256 = hashlib.sha256(data).hexdigest()
    record = manifest.find(key(sha256, options, [output.format for output in task.outputs]))
    if record is None or record.result == "failed":
        return task
    written = _written(task, record, root)
    if written is None:
        return task
    return Outcome(
        task.source,
        error=None if record.error is None else _renamed(record, task.source),
        error_type=record.error_type,
        sha256=sha256,
        size=len(data),
        written=written,
        counts=record.counts,
        codes=record.diagnostics,
        seconds=perf_counter() - start,
        kept=True,
    )


def _written(task: Task, record: Record, root: str) -> tuple[Written, ...] | None:
    """The files of the task, whole and in their places; None if the record's are not what they were."""
    if record.result == "refused":
        return ()
    there = {one.format: one for one in record.outputs}
    written = []
    for output in task.outputs:
        one = there.get(output.format)
        if one is None or output.path is None:
            return None
        place = join(root, one.path)
        try:
            content = read(place)
            if hashlib.sha256(content).hexdigest() != one.sha256:
                return None
            if place != output.path:
                write_whole(output.path, content)
        except (ReadError, OutputError):
            return None
        written.append(Written(output.format, output.path, one.sha256, one.size))
    return tuple(written)


def _renamed(record: Record, source: str) -> str:
    """The error of a record, naming the input as it is named now."""
    error = record.error or ""
    return source + error.removeprefix(record.source) if error.startswith(record.source) else error
