"""``unresolve evaluate``: how near parsed documents are to the official Akoma Ntoso."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from unresolve.cli._options import JobsOption

if TYPE_CHECKING:
    from unresolve.corpus.evaluate import Evaluation

__all__ = ["evaluate"]

_WIDTH = 12


def evaluate(
    found: Annotated[Path, typer.Argument(metavar="PREDICTED_DIR", help="The folder to measure: XML, JSON or PDF.")],
    gold: Annotated[Path, typer.Option("--gold", metavar="DIR", help="The folder of the official XML.")],
    as_json: Annotated[bool, typer.Option("--json", help="All figures and faults as JSON.")] = False,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="FILE", help="An earlier --json: show gains and losses.")
    ] = None,
    worst: Annotated[int, typer.Option("--worst", metavar="N", min=0, help="Show the N worst documents.")] = 0,
    jobs: JobsOption = 1,
) -> None:
    """Measure documents against the official XML of the same names, by language and session.

    \b
    unresolve evaluate --gold official/ out/
    unresolve evaluate --gold official/ out/ --json > monday.json
    unresolve evaluate --gold official/ out/ --against monday.json --worst 3

    NAME.LANG.xml goes with NAME.LANG.xml, .json or .pdf; one that is missing or cannot be read scores 0. Exit code:
    0 all well, 1 a figure of the whole fell below the earlier run, 2 wrong use.
    """
    import msgspec

    from unresolve.corpus.evaluate import evaluate as measure
    from unresolve.corpus.evaluate import from_json, losses
    from unresolve.errors import UnresolveError

    try:
        before = from_json(against.read_bytes()) if against is not None else None
        evaluation = measure(gold, found, jobs=jobs)
    except (OSError, UnresolveError) as error:
        raise typer.BadParameter(str(error)) from None
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(evaluation), indent=1).decode())
    else:
        _table(evaluation)
        _worst(evaluation, worst)
    fallen = losses(before, evaluation) if before is not None else []
    for loss in fallen:
        typer.echo(f"{loss.name} {loss.metric}: {loss.before:.4f} → {loss.now:.4f}", err=as_json)
    raise typer.Exit(1 if any(loss.name == "all" and loss.now < loss.before for loss in fallen) else 0)


def _table(evaluation: Evaluation) -> None:
    from unresolve.corpus.measures import METRICS, figures

    typer.echo(f"{'':8}{'n':>5} " + " ".join(f"{metric:>{_WIDTH}}" for metric in METRICS))
    for name, scores in evaluation.groups.items():
        shown = " ".join(f"{figure:{_WIDTH}.4f}" for figure in figures(scores))
        typer.echo(f"{name:8}{evaluation.sizes[name]:>5} {shown}")


def _worst(evaluation: Evaluation, count: int) -> None:
    """The worst documents with what cost them their points, words that differ between brackets."""
    from unresolve.corpus.evaluate import shown

    for name in evaluation.worst(count):
        typer.echo(f"\n{name}")
        for line in shown(evaluation.documents[name]):
            typer.echo(f"  {line}")
