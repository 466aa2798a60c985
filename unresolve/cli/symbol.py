"""``unresolve symbol``: what a document symbol says, one line of JSON for each."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Annotated

import typer

__all__ = ["symbol"]


def symbol(
    symbols: Annotated[
        list[str] | None, typer.Argument(metavar="[SYMBOL|-]...", help="Symbols; stdin if none.")
    ] = None,
    lang: Annotated[str, typer.Option("--lang", metavar="CODE", help="Language of the address.")] = "en",
) -> None:
    """Take document symbols apart: canonical form, organ, body, session, kind, number, parts, address.

    \b
    unresolve symbol A/C.3/72/L.1/Rev.1 "A/RES/1514 (XV)"
    unresolve symbol < symbols.txt

    Without arguments the lines of the standard input are read. Exit code: 1 if one is not a symbol (the others
    are written), 2 wrong use.
    """
    from unresolve.errors import InvalidSymbol
    from unresolve.symbols import Symbol

    failed = False
    given: Iterable[str] = symbols if symbols and symbols != ["-"] else sys.stdin
    for line in map(str.strip, given):
        if not line:
            continue
        try:
            found = Symbol.parse(line)
            record: dict[str, object] = {"symbol": line, "canonical": str(found)}
            record |= {name: getattr(found, name) for name in ("organ", "body", "session", "kind", "number", "parts")}
            record["url"] = found.url(lang)
        except InvalidSymbol as error:
            failed = True
            record = {"input": line, "error": str(error)}
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="--lang") from None
        typer.echo(json.dumps(record, ensure_ascii=False))
    raise typer.Exit(1 if failed else 0)
