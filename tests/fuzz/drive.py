"""Sends damaged and hostile files through the runner, in worker processes with limits, and counts what becomes of them.

In the folder ``tests``, ``python -m fuzz.drive --seed 1 --count 20000 FOLDER...`` damages the PDF files of the folders;
``python -m fuzz.drive --seed 1 --count 5000`` makes hostile ones. Input number N of a seed is the same on every
machine. It exits with 1 if an input broke what must hold: each is either read, and then its files are whole, valid
and say the same, or refused with one line that gives the reason, and then leaves no file.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import regex

from fuzz.hostile import hostile
from fuzz.mutate import mutated
from unresolve.corpus.limits import Limits
from unresolve.corpus.runner import Outcome, Output, Task, run
from unresolve.writers.akn_validate import validate
from unresolve.writers.json import from_json

__all__ = ["Tally", "drive"]

_LIMITS = Limits()
_PAGE = regex.compile(r"page \d+: |\d+")


class Tally:
    """What became of the inputs: how many of each kind ended how, and which broke a promise."""

    def __init__(self) -> None:
        self.ends: Counter[tuple[str, str]] = Counter()
        self.broken: list[str] = []

    def add(self, outcome: Outcome, wrong: Sequence[str]) -> None:
        kind = outcome.source.partition(" ")[0]
        end = "read"
        if outcome.error is not None:
            end = _PAGE.sub("", outcome.error.removeprefix(outcome.source)).lstrip(" :,")
        self.ends[kind, end] += 1
        self.broken += [f"{outcome.source}: {what}" for what in wrong]
        if outcome.trace is not None:
            self.broken.append(f"{outcome.error}\n{outcome.trace}")

    def __str__(self) -> str:
        """A table: a line for each end, most frequent first, with the kinds of damage that led to it."""
        ends: Counter[str] = Counter()
        for (_, end), count in self.ends.items():
            ends[end] += count
        lines = []
        for end, count in sorted(ends.items(), key=lambda item: (-item[1], item[0])):
            kinds = sorted((kind, n) for (kind, other), n in self.ends.items() if other == end)
            lines.append(f"{count:7} {end}  ({', '.join(f'{kind} {n}' for kind, n in kinds)})")
        return "\n".join([*lines, f"{sum(ends.values()):7} in all, {len(self.broken)} broke a promise"])


def drive(
    seed: int,
    numbers: range,
    files: Sequence[Path] = (),
    *,
    jobs: int = 1,
    keep: Path | None = None,
    limits: Limits | None = _LIMITS,
) -> Iterator[Tally]:
    """The tally after each input; hostile files are made where there are no ``files`` to damage.

    ``keep`` is a folder that gets the inputs that broke a promise. Without ``limits`` and with one job the inputs are
    read in this process.
    """
    tally = Tally()
    with TemporaryDirectory(prefix="unresolve-fuzz-") as name:
        folder = Path(name)
        for outcome in run(_tasks(seed, numbers, files, folder), jobs=jobs, limits=limits):
            number = int(outcome.source.rpartition(":")[2])
            wrong = _wrong(outcome, folder, number)
            tally.add(outcome, wrong)
            if keep is not None and (wrong or outcome.trace is not None):
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{seed}-{number}.pdf").write_bytes(_input(seed, number, files)[1])
            yield tally
        left = [str(path) for path in folder.iterdir()]
        tally.broken += [f"left behind: {name}" for name in left]


def _input(seed: int, number: int, files: Sequence[Path]) -> tuple[str, bytes]:
    if not files:
        return hostile(f"{seed}:{number}")
    data = files[number % len(files)].read_bytes()
    return mutated(data, files[(number * 7 + 1) % len(files)].read_bytes(), f"{seed}:{number}")


def _tasks(seed: int, numbers: range, files: Sequence[Path], folder: Path) -> Iterator[Task]:
    for number in numbers:
        kind, data = _input(seed, number, files)
        outputs = (Output("akn", str(folder / f"{number}.xml")), Output("json", str(folder / f"{number}.json")))
        yield Task(f"{kind} {seed}:{number}", outputs, data)


def _wrong(outcome: Outcome, folder: Path, number: int) -> list[str]:
    """What an input left that it should not; its files are taken away."""
    xml, json = folder / f"{number}.xml", folder / f"{number}.json"
    try:
        if outcome.error is not None:
            return [f"refused, yet wrote {path.name}" for path in (xml, json) if path.exists()]
        return validate(xml.read_bytes(), from_json(json.read_bytes()))
    finally:
        xml.unlink(missing_ok=True)
        json.unlink(missing_ok=True)


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="folders of PDF files to damage; none: hostile files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0, help="the number of the first input")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where the inputs that broke a promise are put")
    given = parser.parse_args()
    files = sorted(path for folder in given.folders for path in folder.glob("*.pdf"))
    numbers = range(given.start, given.start + given.count)
    tally = Tally()
    for tally in drive(given.seed, numbers, files, jobs=given.jobs, keep=given.keep):
        if tally.ends.total() % 500 == 0:
            print(f"{tally.ends.total()} done", file=sys.stderr, flush=True)
    print(tally, *tally.broken[:50], sep="\n")
    return 1 if tally.broken else 0


if __name__ == "__main__":
    sys.exit(_main())
