"""``unresolve diff``: what changed from one document to another in the same language."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from unresolve.cli._options import JsonOption, OutputOption

__all__ = ["DiffFormat", "diff"]


class DiffFormat(StrEnum):
    """What a comparison is written as."""

    text = "text"
    html = "html"
    json = "json"


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The draft, or last year's: PDF, Akoma Ntoso or JSON.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The adopted text, or this year's.")],
    to: Annotated[DiffFormat, typer.Option("--to", help="What to write.")] = DiffFormat.text,
    output: OutputOption = None,
    json: JsonOption = False,
) -> None:
    """Show what changed between a draft and the adopted text, or last year's resolution and this year's.

    \b
    unresolve diff A_80_L.6.pdf A_RES_80_4.pdf
    unresolve diff A_RES_78_94.pdf A_RES_79_107.pdf --to html -o changes.html

    Paragraphs that were added (+), dropped (-), changed (~) with their words [-old-]{+new+}, or moved; one that only
    has another number is not shown. Exit code: 0 all well, 1 a file could not be read, 2 wrong use.
    """
    from unresolve.cli._documents import read_all, write_out
    from unresolve.corpus.compare import compare
    from unresolve.corpus.redline import FORMATS

    before, after = read_all([old, new], as_json=json)
    write_out(FORMATS[to.value](compare(before, after)), output, as_json=json)
