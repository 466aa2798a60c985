"""``unresolve fetch``: documents by symbol and language, from the services of the United Nations into a folder."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["fetch"]


def fetch(
    symbols: Annotated[
        list[str] | None, typer.Argument(metavar="[SYMBOL]...", help="Symbols; stdin if none, or -.")
    ] = None,
    lang: Annotated[
        str, typer.Option("--lang", metavar="CODES", help="Languages with commas: ar zh en fr ru es, or all.")
    ] = "en",
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write to.")] = Path(),
    xml: Annotated[bool, typer.Option("--xml", help="The official Akoma Ntoso instead of the PDF.")] = False,
    base: Annotated[
        str | None,
        typer.Option("--base", metavar="URL", envvar="UNRESOLVE_FETCH_URL", help="The address of the service."),
    ] = None,
    rate: Annotated[
        float,
        typer.Option(
            "--rate", metavar="N", min=0.001, envvar="UNRESOLVE_FETCH_RATE", help="Requests a second at most."
        ),
    ] = 2.0,
    attempts: Annotated[int, typer.Option("--attempts", metavar="N", min=1, help="How often to ask.")] = 5,
    json: Annotated[bool, typer.Option("--json", help="Say what became of each as lines of JSON.")] = False,
) -> None:
    """Fetch documents by symbol and language.

    \b
    unresolve fetch A/RES/72/1 --lang fr,en -o pdf
    unresolve fetch "A/RES/1514 (XV)" --lang all -o pdf
    unresolve fetch A/RES/78/100 --xml -o official
    unresolve fetch --lang en -o pdf < symbols.txt

    Files are named A_RES_72_1.fr.pdf, and their paths printed; with --json an object for each wish instead. What is
    in the folder is not fetched again: a list that was stopped goes on where it was. Exit code: 0 all are there, 1
    some are not (a line each on standard error), 2 wrong use.
    """
    import msgspec

    from unresolve.corpus.fetch import DOCUMENTS_URL, XML_URL, Documents, OfficialXml
    from unresolve.corpus.fetch import fetch as bring
    from unresolve.corpus.web import Manners, Web
    from unresolve.errors import MissingExtraError

    langs = _languages(lang)
    if output.exists() and not output.is_dir():
        raise typer.BadParameter(f"{output}: not a folder", param_hint="--output")
    try:
        web = Web(Manners(rate=rate, attempts=attempts))
    except MissingExtraError as error:
        raise typer.BadParameter(str(error)) from None
    service = OfficialXml(web, base or XML_URL) if xml else Documents(web, base or DOCUMENTS_URL)
    failed = 0
    try:
        for one in bring(_wanted(symbols if symbols and symbols != ["-"] else sys.stdin), langs, output, service):
            failed += one.error is not None
            if json:
                typer.echo(msgspec.json.encode(one, enc_hook=str))
            else:
                typer.echo(one.error or one.path, err=one.error is not None)
    finally:
        web.close()
    raise typer.Exit(1 if failed else 0)


def _languages(words: str) -> tuple[str, ...]:
    from unresolve.languages import CODES

    if words == "all":
        return tuple(CODES)
    chosen = tuple(dict.fromkeys(word.strip() for word in words.split(",") if word.strip()))
    unknown = [word for word in chosen if word not in CODES]
    if unknown or not chosen:
        raise typer.BadParameter(f"no such language: {', '.join(unknown) or words!r}; there are {' '.join(CODES)}")
    return chosen


def _wanted(lines: Iterable[str]) -> Iterator[str]:
    """The symbols of a list, one a line; what follows a # is a remark."""
    for line in lines:
        if wanted := line.partition("#")[0].strip():
            yield wanted
