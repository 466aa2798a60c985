"""The ``unresolve`` command: its sub-commands, ``--help`` and ``--version``.

Only the words of the command that is asked for are loaded; what a command needs it imports when it runs, so that
``unresolve --version`` answers at once.
"""

from __future__ import annotations

from typing import Annotated

import typer

from unresolve import __version__
from unresolve.cli._command import Group

__all__ = ["app"]


class _Commands(Group):
    """The sub-commands, in the order of the help; ``NAME`` is the function or the group ``unresolve.cli.NAME:NAME``."""

    names = (
        "parse",
        "view",
        "inspect",
        "symbol",
        "cite",
        "align",
        "agree",
        "diff",
        "evaluate",
        "fetch",
        "index",
    )


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: loading Rich costs more than all the rest of the start
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
