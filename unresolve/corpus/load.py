"""A document from any file it may stand in: PDF, Akoma Ntoso, this project's JSON, marked text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from unresolve.errors import ReadError, UnresolveError
from unresolve.model import Document
from unresolve.writers.akn_read import from_akn
from unresolve.writers.json import from_json

from .runner import Options, Output, Task, run

__all__ = ["ENDINGS", "load_document", "load_documents"]

ENDINGS = (".xml", ".json", ".pdf")
"""The endings under which a document is looked for, in this order."""


def load_document(path: str | Path, options: Options | None = None) -> Document:
    """The document in a file, told by its first bytes: XML, JSON, else what ``unresolve.parse`` reads.

    ``options`` are for what is parsed. Raises an UnresolveError that names the file.
    """
    [found] = load_documents([path], options)
    if isinstance(found, UnresolveError):
        raise found
    return found


def load_documents(
    paths: Iterable[str | Path], options: Options | None = None, *, jobs: int = 1
) -> Iterator[Document | UnresolveError]:
    """The document of each path, or the error for which there is none, in their order.

    What must be parsed is, in ``jobs`` processes.
    """
    listed = [(str(path), _written(path)) for path in paths]
    tasks = [Task(name, (Output("json"),)) for name, written in listed if written is None]
    parsed = run(tasks, options, jobs=min(jobs, max(1, len(tasks))))
    for _, written in listed:
        if written is not None:
            yield written
            continue
        outcome = next(parsed)
        if outcome.content is None:
            yield UnresolveError(outcome.error or "nothing was read")
        else:
            yield from_json(outcome.content)


def _written(path: str | Path) -> Document | UnresolveError | None:
    """The document of a file that holds one already; None for a file to be parsed."""
    try:
        with Path(path).open("rb") as file:
            start = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
        read = from_akn if start.startswith(b"<") else from_json if start.startswith(b"{") else None
        return read(Path(path).read_bytes()) if read is not None else None
    except OSError as error:
        return ReadError(error.strerror or str(error), source=str(path))
    except UnresolveError as error:
        return error.at(str(path))
