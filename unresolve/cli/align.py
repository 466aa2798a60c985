"""``unresolve align``: the language versions of one document, side by side."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from unresolve.cli._options import JobsOption, JsonOption, OutputOption

__all__ = ["AlignFormat", "align"]


class AlignFormat(StrEnum):
    """What an alignment is written as."""

    tmx = "tmx"
    tsv = "tsv"
    html = "html"
    json = "json"


def align(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="The versions: PDF, Akoma Ntoso or JSON.")],
    to: Annotated[AlignFormat, typer.Option("--to", help="What to write.")] = AlignFormat.tsv,
    output: OutputOption = None,
    paragraphs: Annotated[bool, typer.Option("--paragraphs", help="Whole paragraphs, not sentences.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Do not report what disagrees.")] = False,
    jobs: JobsOption = 1,
    json: JsonOption = False,
) -> None:
    """Align the language versions of one document, sentence by sentence.

    \b
    unresolve align A_RES_72_1.*.pdf
    unresolve align A_RES_72_1.en.xml A_RES_72_1.fr.pdf --to tmx -o A_RES_72_1.tmx
    unresolve align A_RES_72_1.*.pdf --to html -o A_RES_72_1.html

    What the versions disagree on is reported on standard error, a line each. Exit code: 0 all well, 1 a file could
    not be read, 2 wrong use.
    """
    from msgspec.structs import asdict

    from unresolve.cli._documents import read_all, write_out
    from unresolve.cli._log import say
    from unresolve.corpus.align import align as bring
    from unresolve.corpus.parallel import FORMATS

    if len(files) < 2:
        raise typer.BadParameter("give at least two language versions", param_hint="FILE...")
    documents = read_all(files, jobs=jobs, as_json=json)
    alignment = bring(documents, sentences=not paragraphs)
    write_out(FORMATS[to.value](alignment), output, as_json=json)
    for disagreement in () if quiet else alignment.disagreements:
        if json:
            say("disagreement", asdict(disagreement))
        else:
            typer.echo(str(disagreement), err=True)
