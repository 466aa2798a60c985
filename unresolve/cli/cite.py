"""``unresolve cite``: the citations in a text, one line of JSON for each."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from unresolve.cli._options import LangOption

__all__ = ["cite"]

_FIELDS = ("start", "end", "text", "kind", "target", "pinpoint", "date", "relation")


def cite(
    source: Annotated[str, typer.Argument(metavar="[FILE|-]", help="A text in UTF-8; stdin if not given.")] = "-",
    lang: LangOption = None,
) -> None:
    """Find the citations in a text: resolutions, documents, treaties, Official Records.

    \b
    unresolve cite --lang fr note.txt
    echo "Recalling its resolution 70/1, annex" | unresolve cite --lang en

    start and end count characters; relation is what the opener of the line states; through, on the first of a
    range, where it ends. Exit code: 1 if the text
    cannot be read, 2 wrong use.
    """
    from unresolve.citations import find_citations
    from unresolve.languages import detect, load

    try:
        text = (sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        typer.echo(f"{source}: {error}", err=True)
        raise typer.Exit(1) from None
    code = lang or detect(text) or "en"
    for citation in find_citations(text, code):
        line = text[text.rfind("\n", 0, citation.start) + 1 :][:200].lstrip()
        record = {name: getattr(citation, name) for name in _FIELDS} | {"relation": load(code).relation(line)}
        if citation.through:
            record["through"] = citation.through
        typer.echo(json.dumps(record, ensure_ascii=False))
