"""``unresolve agree``: whether language versions hold the same paragraphs, notes, symbols and numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from unresolve.cli._options import JobsOption

__all__ = ["agree"]


def agree(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="PDF, Akoma Ntoso or JSON, of any documents.")],
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON for each document.")] = False,
    jobs: JobsOption = 1,
) -> None:
    """Check that the language versions of documents agree: paragraphs, numbers, notes, cited symbols.

    \b
    unresolve agree A_RES_72_1.*.pdf
    unresolve agree out/*.xml --json

    Files with the same symbol are versions of one document. Exit code: 0 all agree, 1 some do not, or a file could
    not be read, 2 wrong use.
    """
    import msgspec

    from unresolve.cli._documents import read_all
    from unresolve.corpus.agree import agree as check
    from unresolve.corpus.agree import by_symbol

    groups = by_symbol(read_all(files, jobs=jobs), files)
    if all(len(group) < 2 for group in groups.values()):
        raise typer.BadParameter("no two versions of one document", param_hint="FILE...")
    failed = False
    for symbol, documents in groups.items():
        languages = " ".join(document.language for document in documents)
        if len(documents) < 2:
            typer.echo(f"{symbol}: only one version ({languages})", err=True)
            continue
        found = check(documents)
        failed |= bool(found)
        if as_json:
            record = {"symbol": symbol, "languages": languages.split(), "agree": not found, "disagreements": found}
            typer.echo(msgspec.json.encode(record).decode())
            continue
        typer.echo(f"{symbol} ({languages}): {f'{len(found)} disagreements' if found else 'agree'}")
        for each in found:
            typer.echo(f"  {each}")
    raise typer.Exit(1 if failed else 0)
