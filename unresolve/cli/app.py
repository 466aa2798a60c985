"""The ``unresolve`` command: its sub-commands, ``--help`` and ``--version``.

Only the words of the commands are loaded here; what a command needs it imports when it runs, so that
``unresolve --version`` answers at once.
"""

from __future__ import annotations

from typing import Annotated

import typer

from unresolve import __version__
from unresolve.cli._command import Command, Group
from unresolve.cli.agree import agree
from unresolve.cli.align import align
from unresolve.cli.cite import cite
from unresolve.cli.diff import diff
from unresolve.cli.evaluate import evaluate
from unresolve.cli.fetch import fetch
from unresolve.cli.index import index
from unresolve.cli.inspect import inspect
from unresolve.cli.parse import parse
from unresolve.cli.symbol import symbol
from unresolve.cli.view import view

__all__ = ["app"]

app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: loading Rich costs more than all the rest of the start
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(cls=Command)(parse)
app.command(cls=Command)(view)
app.command(cls=Command)(inspect)
app.command(cls=Command)(symbol)
app.command(cls=Command)(cite)
app.command(cls=Command)(align)
app.command(cls=Command)(agree)
app.command(cls=Command)(diff)
app.command(cls=Command)(evaluate)
app.command(cls=Command)(fetch)
app.add_typer(index, name="index")


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"unresolve {__version__}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Read United Nations General Assembly documents: structure, footnotes, citations, Akoma Ntoso."""
