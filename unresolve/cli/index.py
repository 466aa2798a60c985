"""``unresolve index``: parsed documents in one file that can be asked who cites whom and where words stand."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from unresolve.cli._command import Command, Group
from unresolve.cli._options import LangOption

__all__ = ["index"]

index = typer.Typer(
    cls=Group,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Ask many parsed documents who cites whom and where words stand.",
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Shape(StrEnum):
    """How answers are written."""

    jsonl = "jsonl"
    table = "table"


class Kind(StrEnum):
    """How a graph is written."""

    graphml = "graphml"
    ttl = "ttl"


DbOption = Annotated[
    Path, typer.Option("--db", metavar="FILE", envvar="UNRESOLVE_INDEX", help="The file of the index.")
]
ShapeOption = Annotated[Shape, typer.Option("--to", help="JSON Lines, or a table to look at.")]
RelationOption = Annotated[
    str | None, typer.Option("--relation", metavar="WORD", help="Only citations so: recalling, reaffirming …")
]
DB = Path("index.sqlite")


@index.command(cls=Command)
def build(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="A folder of JSON or Akoma Ntoso files.")],
    db: DbOption = DB,
    json: Annotated[bool, typer.Option("--json", help="Say what was done as an object of JSON.")] = False,
) -> None:
    """Put all documents below a folder into an index, or bring an index up to date.

    \b
    unresolve parse pdf -o out --to akn,json
    unresolve index build out

    Only what is new or changed is read; what is gone is taken out. Exit code: 1 if some files could not be read (a
    line each on standard error; the others are in), 2 wrong use.
    """
    from unresolve.corpus.index import build as build_index
    from unresolve.corpus.query import counts

    with _told():
        built, held = build_index(folder, db), counts(db)
    if json:
        typer.echo(msgspec.json.encode({"db": str(db), **msgspec.structs.asdict(built), "holds": held}))
    else:
        for line in built.failed:
            typer.echo(line, err=True)
        there = ", ".join(f"{count} {name}" for name, count in held.items())
        typer.echo(f"{db}: {built.added} added, {built.kept} unchanged, {built.removed} removed: {there}")
    raise typer.Exit(1 if built.failed else 0)


@index.command(cls=Command)
def cites(
    symbol: Annotated[str, typer.Argument(metavar="SYMBOL", help="The citing document.")],
    db: DbOption = DB,
    lang: LangOption = None,
    relation: RelationOption = None,
    to: ShapeOption = Shape.jsonl,
) -> None:
    """What a document cites, and where.

    \b
    unresolve index cites A/RES/72/1
    unresolve index cites A/RES/72/1 --lang fr --relation recalling --to table
    """
    from unresolve.corpus import query

    with _told():
        found = query.cites(db, symbol, lang=lang, relation=relation)
    _write(found, to, ("target", "pinpoint", "relation", "number", "lang", "text"))


@index.command(cls=Command)
def cited_by(
    symbol: Annotated[str, typer.Argument(metavar="SYMBOL", help="The cited document, or the key of a treaty.")],
    db: DbOption = DB,
    lang: LangOption = None,
    relation: RelationOption = None,
    to: ShapeOption = Shape.jsonl,
) -> None:
    """What cites a document, and where.

    \b
    unresolve index cited-by A/RES/70/1
    unresolve index cited-by "A/RES/1514 (XV)" --lang en --to table
    """
    from unresolve.corpus import query

    with _told():
        found = query.cited_by(db, symbol, lang=lang, relation=relation)
    _write(found, to, ("symbol", "number", "relation", "pinpoint", "lang", "text"))


@index.command(cls=Command)
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Words that stand in one paragraph or note.")],
    db: DbOption = DB,
    lang: LangOption = None,
    to: ShapeOption = Shape.jsonl,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="At most so many answers.")] = 1000,
) -> None:
    """The paragraphs, notes, headings and rows of tables that hold all the words, in any of the six languages.

    \b
    unresolve index search climate change
    unresolve index search '"climate change"' 'disarm*' --lang en
    unresolve index search 人权 --to table

    Words in double quotes are a phrase; a word that ends in * stands for all that begin so.
    """
    from unresolve.corpus import query

    with _told():
        found = query.search(db, " ".join(words), lang=lang, most=most)
    _write(found, to, ("symbol", "lang", "number", "text"))


@index.command(cls=Command)
def graph(
    db: DbOption = DB,
    to: Annotated[Kind, typer.Option("--to", help="GraphML, or RDF in Turtle with the terms of UNDO.")] = Kind.graphml,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write; stdout if not given.")
    ] = None,
) -> None:
    """Who cites whom, as a graph for other programs.

    \b
    unresolve index graph -o citations.graphml
    unresolve index graph --to ttl > citations.ttl
    """
    from unresolve.corpus.graph import citations, to_graphml, to_turtle
    from unresolve.corpus.runner import write_whole

    with _told():
        made = (to_turtle if to == Kind.ttl else to_graphml)(citations(db))
        if output is None:
            sys.stdout.buffer.write(made)
            sys.stdout.buffer.flush()
        else:
            write_whole(output, made)


@contextmanager
def _told() -> Iterator[None]:
    """An index that cannot answer is wrong use: nothing was done."""
    from unresolve.errors import UnresolveError

    try:
        yield
    except UnresolveError as error:
        raise typer.BadParameter(str(error)) from None


def _write(found: Sequence[msgspec.Struct], shape: Shape, columns: Sequence[str]) -> None:
    if shape == Shape.jsonl:
        for one in found:
            typer.echo(msgspec.json.encode(one).decode())
        return
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table

    rows = [[_cell(getattr(one, name)) for name in columns] for one in found]
    table = Table(box=None, pad_edge=False)
    for place, name in enumerate(columns):
        # The text gives way to the other columns, which are read in whole.
        widest = 20 if name == "text" else max((cell_len(row[place]) for row in rows), default=0)
        table.add_column(name, no_wrap=True, overflow="ellipsis", min_width=widest)
    for row in rows:
        table.add_row(*row)
    Console(markup=False, highlight=False).print(table)


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())
