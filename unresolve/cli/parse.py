"""``unresolve parse``: documents in, Akoma Ntoso, JSON or text out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from unresolve.cli._options import Engine, EngineOption, LangOption, NoLinksOption, NoTagsOption

if TYPE_CHECKING:
    from unresolve.corpus.runner import Outcome
    from unresolve.model import Diagnostic

__all__ = ["describe", "parse"]


def parse(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="PDF files, folders of them, or - (stdin).")],
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE|DIR", help="Where to write; stdout if not given.")
    ] = None,
    to: Annotated[str, typer.Option("--to", metavar="FORMATS", help="akn, json, text; several with commas.")] = "akn",
    lang: LangOption = None,
    engine: EngineOption = Engine.pdfium,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, metavar="N", help="Processes; 0 for one a core.")] = 1,
    no_tags: NoTagsOption = False,
    no_links: NoLinksOption = False,
    strict: Annotated[bool, typer.Option("--strict", help="Count an input with diagnostics as failed.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print the diagnostics of each input.")] = False,
) -> None:
    """Parse documents and write them as Akoma Ntoso, JSON or text.

    \b
    unresolve parse A_RES_72_1.fr.pdf
    unresolve parse A_RES_72_1.fr.pdf -o A_RES_72_1.fr.xml
    unresolve parse pdf/ -o out/ --to akn,json --jobs 4
    unresolve parse - --to text < A_RES_72_1.fr.pdf

    In a folder, NAME.LANG.pdf becomes NAME.LANG.xml; sub-folders are kept. Exit code: 0 all well, 1 some inputs
    failed (the others are written), 2 wrong use.
    """
    from unresolve.cli._inputs import WrongUse, choose_formats, expand, plan
    from unresolve.corpus.runner import Options, run
    from unresolve.writers import FORMATS

    try:
        tasks = plan(list(expand(inputs)), choose_formats(to, FORMATS), output, FORMATS)
    except WrongUse as error:
        raise typer.BadParameter(str(error)) from None
    options = Options(lang=lang, engine=engine.value, tags=not no_tags, links=not no_links)
    failed = 0
    outcomes = run(tasks, options, jobs=min(jobs or os.cpu_count() or 1, len(tasks)))
    for outcome in _shown(outcomes, len(tasks)):
        _report(outcome, verbose=verbose)
        failed += outcome.error is not None or (strict and bool(outcome.diagnostics))
        if outcome.content is not None:
            sys.stdout.buffer.write(outcome.content)
            sys.stdout.buffer.flush()
    raise typer.Exit(1 if failed else 0)


def describe(source: str, diagnostic: Diagnostic) -> str:
    """A diagnostic as one line: ``A.pdf, page 3: note-without-call: …``."""
    place = source if diagnostic.page is None else f"{source}, page {diagnostic.page}"
    return f"{place}: {diagnostic.code}: {' '.join(diagnostic.message.split())}"


def _report(outcome: Outcome, *, verbose: bool) -> None:
    if outcome.error is not None:
        typer.echo(outcome.error, err=True)
    if verbose:
        if outcome.trace is not None:
            typer.echo(outcome.trace, err=True)
        for diagnostic in outcome.diagnostics:
            typer.echo(describe(outcome.source, diagnostic), err=True)


def _shown(outcomes: Iterable[Outcome], total: int) -> Iterable[Outcome]:
    """The outcomes, with a bar on standard error where that is a terminal and there is more than one."""
    if total < 2 or not sys.stderr.isatty():
        return outcomes
    from rich.console import Console
    from rich.progress import track

    return track(outcomes, "Parsing", total, console=Console(stderr=True), transient=True)
