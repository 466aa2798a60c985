"""What a run says on standard error: sentences for people, or a line of JSON for each thing that happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import msgspec
import typer

if TYPE_CHECKING:
    from unresolve.cli._tally import Tally
    from unresolve.corpus.tasks import Outcome
    from unresolve.errors import UnresolveError
    from unresolve.model import Diagnostic

__all__ = ["JsonLines", "Log", "Words", "say", "tell"]


class Log(Protocol):
    """What becomes of a run, as it happens."""

    quiet: bool
    """Whether a bar would stand in the way of what is said."""

    def outcome(self, outcome: Outcome, *, failed: bool) -> None:
        """A document is done."""

    def error(self, error: UnresolveError) -> None:
        """Something other than a document has failed."""

    def progress(self, tally: Tally) -> None:
        """Some time has passed."""

    def stopped(self, why: str, tally: Tally, advice: str) -> None:
        """The run ends before it is done; ``advice`` says how to go on."""

    def summary(self, tally: Tally) -> None:
        """The run is done."""


class Words:
    """One line of plain words each; the diagnostics only where ``verbose``."""

    quiet = False

    def __init__(self, *, verbose: bool = False) -> None:
        self._verbose = verbose

    def outcome(self, outcome: Outcome, *, failed: bool) -> None:  # noqa: ARG002 - said in the error
        if outcome.error is not None:
            typer.echo(outcome.error, err=True)
        if self._verbose:
            if outcome.trace is not None:
                typer.echo(outcome.trace, err=True)
            for diagnostic in outcome.diagnostics:
                typer.echo(_described(outcome.source, diagnostic), err=True)

    def error(self, error: UnresolveError) -> None:
        typer.echo(str(error), err=True)

    def progress(self, tally: Tally) -> None:
        typer.echo(tally.line(), err=True)

    def stopped(self, why: str, tally: Tally, advice: str) -> None:
        typer.echo(f"{why} after {tally.done:,} of {tally.total:,} documents; {advice}", err=True)

    def summary(self, tally: Tally) -> None:
        if tally.total > 1:
            typer.echo(tally.summary(), err=True)


class JsonLines:
    """An object a line, its ``event`` first: document, error, progress, stopped, summary."""

    quiet = True

    def outcome(self, outcome: Outcome, *, failed: bool) -> None:
        result = "failed" if failed else "kept" if outcome.kept else "parsed"
        record: dict[str, Any] = {"source": outcome.source, "result": result}
        if outcome.error is not None:
            record |= {"error": outcome.error, "error_type": outcome.error_type}
        if outcome.trace is not None:
            record["trace"] = outcome.trace
        say("document", record | {"counts": outcome.counts, "written": outcome.written, **_doubts(outcome)})

    def error(self, error: UnresolveError) -> None:
        say("error", {"error": str(error), "error_type": type(error).__name__})

    def progress(self, tally: Tally) -> None:
        say("progress", _counted(tally))

    def stopped(self, why: str, tally: Tally, advice: str) -> None:
        say("stopped", {"why": why, "advice": advice, **_counted(tally)})

    def summary(self, tally: Tally) -> None:
        say("summary", _counted(tally) | {"pages": tally.pages, "seconds": round(tally.seconds, 3)})


def _described(source: str, diagnostic: Diagnostic) -> str:
    """``A.pdf, page 3: note-without-call: …``."""
    place = source if diagnostic.page is None else f"{source}, page {diagnostic.page}"
    return f"{place}: {diagnostic.code}: {' '.join(diagnostic.message.split())}"


def _doubts(outcome: Outcome) -> dict[str, Any]:
    # What an earlier run has done is known by its counts alone.
    return {"codes": outcome.codes} if outcome.kept else {"diagnostics": outcome.diagnostics}


def _counted(tally: Tally) -> dict[str, int]:
    return {"total": tally.total, "done": tally.done, "failed": tally.failed, "kept": tally.kept}


def tell(error: UnresolveError, source: str | None = None, *, as_json: bool) -> None:
    """Say on standard error that a file could not be read or written: a line of words, or an object."""
    if as_json:
        where = {"source": source} if source is not None else {}
        say("error", where | {"error": " ".join(str(error).split()), "error_type": type(error).__name__})
        return
    from unresolve.corpus.tasks import one_line

    typer.echo(" ".join(str(error).split()) if source is None else one_line(error, source), err=True)


def say(event: str, record: dict[str, Any]) -> None:
    """A line of JSON on standard error."""
    # As bytes: JSON is UTF-8, whatever the terminal is set to.
    typer.echo(msgspec.json.encode({"event": event} | record), err=True)
