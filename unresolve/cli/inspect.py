"""``unresolve inspect``: what each stage of a parse made of a document, in words and on the page."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from unresolve.cli._options import Engine, EngineOption, JsonOption, LangOption, NoLinksOption, NoTagsOption

__all__ = ["Stage", "inspect"]


class Stage(StrEnum):
    """The stages of a parse, in order."""

    pages = "pages"
    layout = "layout"
    structure = "structure"
    citations = "citations"


def inspect(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A PDF file, or - for stdin.")],
    stage: Annotated[Stage, typer.Option("--stage", help="The stage to show.")] = Stage.structure,
    image: Annotated[
        Path | None, typer.Option("--image", metavar="DIR", help="Draw the stage on each page, one PNG a page.")
    ] = None,
    lang: LangOption = None,
    engine: EngineOption = Engine.pdfium,
    no_tags: NoTagsOption = False,
    no_links: NoLinksOption = False,
    json: JsonOption = False,
) -> None:
    """Show what a stage made of a document, one item a line: page, box, what it is, its text.

    \b
    unresolve inspect A_RES_72_1.fr.pdf --stage layout
    unresolve inspect A_RES_72_1.fr.pdf --stage citations --image pictures/
    """
    from unresolve.cli._inputs import STDIN, read_bytes
    from unresolve.cli._log import tell
    from unresolve.corpus.runner import write_whole
    from unresolve.errors import UnresolveError
    from unresolve.inspect.draw import draw
    from unresolve.inspect.items import items
    from unresolve.pipeline import stages

    try:
        data = read_bytes(file)
        found = items(stages(data, lang=lang, engine=engine.value, tags=not no_tags, links=not no_links), stage.value)
        if image is None:
            for item in found:
                typer.echo(str(item))
            return
        name = "stdin" if file == STDIN else Path(file).name
        for number, picture in draw(data, found):
            path = image / f"{name}.{stage.value}.{number:03}.png"
            write_whole(path, picture)
            typer.echo(str(path))
    except UnresolveError as error:
        tell(error, file, as_json=json)
        raise typer.Exit(1) from None
