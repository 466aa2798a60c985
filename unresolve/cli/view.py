"""``unresolve view``: a document as a web page, or its language versions side by side."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Annotated

import typer

from unresolve.cli._options import (
    Engine,
    EngineOption,
    JsonOption,
    LangOption,
    NoLinksOption,
    NoTagsOption,
    PicturesOption,
)

__all__ = ["view"]


def view(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="PDF files, or - for stdin.")],
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="The page; NAME.html here if not given.")
    ] = None,
    pictures: PicturesOption = True,
    browser: Annotated[bool, typer.Option("--open", help="Open the page in the web browser.")] = False,
    lang: LangOption = None,
    engine: EngineOption = Engine.pdfium,
    no_tags: NoTagsOption = False,
    no_links: NoLinksOption = False,
    json: JsonOption = False,
) -> None:
    """Make a web page of a document: its pages beside its text, or its languages in parallel columns.

    \b
    unresolve view A_RES_72_1.fr.pdf
    unresolve view A_RES_72_1.fr.pdf -o page.html --open
    unresolve view A_RES_72_1.*.pdf -o six.html
    unresolve view A_RES_72_1.fr.pdf --no-pictures -o - > text.html

    The page is one file that needs no network; its name is printed. Exit code: 0 all well, 1 a file cannot be read
    or the page not be written, 2 wrong use.
    """
    from unresolve.cli._inputs import STDIN, read_bytes
    from unresolve.cli._log import tell
    from unresolve.corpus.places import write_whole
    from unresolve.errors import UnresolveError
    from unresolve.pipeline import stages
    from unresolve.viewer import column_of
    from unresolve.writers.html import html_pieces

    if files.count(STDIN) > 1:
        raise typer.BadParameter("the standard input can be read only once")
    if lang is not None and len(files) > 1:
        raise typer.BadParameter("one language for several files: leave out --lang, it is found out")
    target = None if output == STDIN else Path(output or _name(files))
    if target is not None and any(file != STDIN and _same(Path(file), target) for file in files):
        raise typer.BadParameter(f"{target}: would overwrite the input")
    source = files[0]
    try:
        columns = []
        for source in files:
            found = stages(read_bytes(source), lang=lang, engine=engine.value, tags=not no_tags, links=not no_links)
            columns.append(column_of(found, pictures=pictures))
        page: Iterator[bytes] = html_pieces(columns)
        if target is None:
            sys.stdout.buffer.writelines(page)
            return
        write_whole(target, page)
    except UnresolveError as error:
        tell(error, source, as_json=json)
        raise typer.Exit(1) from None
    typer.echo(str(target))
    if browser:
        typer.launch(str(target.resolve()))


def _name(files: list[str]) -> str:
    """``NAME.html`` of ``NAME.pdf``; of several, what their names have in common: ``A_RES_72_1.html``."""
    if files[0] == "-":
        return "stdin.html"
    stem = PurePath(files[0]).stem
    return f"{stem if len(files) == 1 else PurePath(stem).stem}.html"


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)
