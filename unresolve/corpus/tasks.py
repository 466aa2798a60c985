"""One input and what is made of it: the task, the work itself, and the outcome."""

from __future__ import annotations

import hashlib
import traceback
from time import perf_counter
from typing import TYPE_CHECKING

import msgspec

from unresolve.corpus.places import read, write_whole
from unresolve.errors import MemoryLimitError, ReadError, UnresolveError
from unresolve.model import Diagnostic, Document

if TYPE_CHECKING:
    from unresolve.pipeline import Stages

__all__ = ["Options", "Outcome", "Output", "Task", "Written", "failed", "one_line", "perform"]


class Options(msgspec.Struct, frozen=True):
    """How to parse: the keyword arguments of :func:`unresolve.parse`; and whether web pages show the PDF's pages."""

    lang: str | None = None
    engine: str = "pdfium"
    tags: bool = True
    links: bool = True
    pictures: bool = True


class Output(msgspec.Struct, frozen=True):
    """A format to write, and the file or address to write it to; None gives the bytes back in the outcome.

    The format ``source`` is the input itself, as a bag holds it.
    """

    format: str
    path: str | None = None


class Task(msgspec.Struct, frozen=True):
    """One input: its path or address, or the bytes themselves with the name to call them in messages."""

    source: str
    outputs: tuple[Output, ...]
    data: bytes | None = None


class Written(msgspec.Struct, frozen=True):
    """A file that was written: its format, place, SHA-256 and size in bytes."""

    format: str
    path: str
    sha256: str
    size: int


class Outcome(msgspec.Struct, frozen=True):
    """What became of a task.

    ``error`` is one line naming input, page and reason, None if all went well; ``error_type`` is the name of its
    class and ``trace`` the stack of an error nobody foresaw. ``content`` is the output of a task without a path.
    ``sha256`` and ``size`` are those of the input, empty where it could not be read; ``counts`` says how many pages,
    paragraphs, notes and citations were found, ``codes`` how often each diagnostic came; ``seconds`` is wall time.
    ``kept`` says that an earlier run had done it all.
    """

    source: str
    error: str | None = None
    error_type: str | None = None
    trace: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    content: bytes | None = None
    sha256: str = ""
    size: int = 0
    written: tuple[Written, ...] = ()
    counts: dict[str, int] = {}
    codes: dict[str, int] = {}
    seconds: float = 0.0
    kept: bool = False


def perform(task: Task, options: Options) -> Outcome:
    """Parse one input and write it in every format asked for; whatever goes wrong is in the outcome."""
    start = perf_counter()
    sha256, size = "", 0
    try:
        data = read(task.source) if task.data is None else task.data
        sha256, size = hashlib.sha256(data).hexdigest(), len(data)
        outcome = _parsed(task, data, options)
    except UnresolveError as error:
        outcome = failed(task, error)
    except MemoryError:
        outcome = failed(task, MemoryLimitError("needs more memory than one document may have"))
    except Exception as error:  # noqa: BLE001 - a fault of ours in one document must not cost the others
        reason = f"{task.source}: unforeseen {type(error).__name__}: {error}"
        outcome = Outcome(
            task.source, error=_on_one_line(reason), error_type=type(error).__name__, trace=traceback.format_exc()
        )
    return msgspec.structs.replace(outcome, sha256=sha256, size=size, seconds=perf_counter() - start)


def failed(task: Task, error: UnresolveError) -> Outcome:
    """The outcome of a task that ended in an error."""
    return Outcome(task.source, error=one_line(error, task.source), error_type=type(error).__name__)


def one_line(error: UnresolveError, source: str) -> str:
    """The error on one line, naming its input as the user did, also where only its bytes were handed on."""
    if isinstance(error, ReadError):
        error.source = source
    return _on_one_line(str(error.at(source)))


def _parsed(task: Task, data: bytes, options: Options) -> Outcome:
    from unresolve.pipeline import stages

    how = msgspec.structs.asdict(options)
    pictures = how.pop("pictures")
    found = stages(data, **how)
    document = found.citations
    # All formats are made before the first is written: a task leaves all of its files or none.
    made = [
        (output, data if output.format == "source" else _made(found, output.format, pictures=pictures))
        for output in task.outputs
    ]
    written = []
    for output, content in made:
        if output.path is not None:
            write_whole(output.path, content)
            written.append(Written(output.format, output.path, hashlib.sha256(content).hexdigest(), len(content)))
    codes: dict[str, int] = {}
    for diagnostic in document.diagnostics:
        codes[diagnostic.code] = codes.get(diagnostic.code, 0) + 1
    return Outcome(
        task.source,
        diagnostics=document.diagnostics,
        content=next((content for output, content in made if output.path is None), None),
        written=tuple(written),
        counts=_counts(document),
        codes=codes,
    )


def _made(found: Stages, to: str, *, pictures: bool) -> bytes:
    """The file of a format; a web page needs more of the parse than the document."""
    if to == "html":
        from unresolve.viewer import pieces

        return b"".join(pieces([found], pictures=pictures))
    from unresolve.writers import write

    return write(found.citations, to)


def _counts(document: Document) -> dict[str, int]:
    return {
        "pages": document.source.pages,
        "paragraphs": sum(1 for _ in document.paragraphs()),
        "notes": sum(1 for _ in document.footnotes()),
        "citations": len(document.citations),
    }


def _on_one_line(message: str) -> str:
    return " ".join(message.split())
