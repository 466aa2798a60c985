"""Whose is a number that the Assembly and the Human Rights Council both have: ``python tests/bench/shared_numbers.py``.

Counts what the editors linked (``facts/links.tsv`` of UNRESOLVE_DATA) and prints the two lists of exceptions in
``grammars/numbers.toml``. The Arabic links are left aside: half of them lead numbers of the Council to pages of the
Assembly that do not exist (10/2 to A/RES/10/2).
"""

from __future__ import annotations

import csv
import os
import sys
import textwrap
from collections import Counter, defaultdict
from pathlib import Path

import regex

from unresolve.citations.likely import likely_organ
from unresolve.citations.numbers import numbers, organs_of

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("UNRESOLVE_DATA", ROOT.parent / "shared" / "data"))
PAGES = {"A/HRC/RES/": "HRC", "A/RES/": "GA"}
FEWEST = 4  # links, in two languages at least, that make an exception


def linked(path: Path) -> dict[str, Counter[tuple[str, str]]]:
    """Number to the organs and languages it was linked in, in documents of the Assembly."""
    found: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            printed = regex.sub(r"[‑–]", "-", "".join(row["printed"].split()))
            for page, organ in PAGES.items():
                if row["organ"] == "GA" and row["lang"] != "ar" and row["symbol"] == page + printed:
                    found[printed][organ, row["lang"]] += int(row["count"])
    return found


def exceptions(found: dict[str, Counter[tuple[str, str]]]) -> dict[str, list[str]]:
    """The numbers that are not what the rule of ``numbers.toml`` says, by the organ they belong to."""
    result: dict[str, list[str]] = {"HRC": [], "GA": []}
    for printed, counts in found.items():
        number = next(numbers(printed), None)
        if number is None or number.shape != "session" or len(organs_of(number)) < 2:
            continue
        totals = {organ: sum(n for (o, _), n in counts.items() if o == organ) for organ in result}
        organ = max(totals, key=lambda name: totals[name])
        languages = {language for o, language in counts if o == organ}
        clear = totals[organ] >= FEWEST and len(languages) > 1 and totals[organ] > 1.05 * min(totals.values())
        if clear and likely_organ(number, exceptions=False) != organ:
            result[organ].append(printed)
    return result


def main() -> int:
    """Print both lists; 2 without data."""
    path = DATA / "facts" / "links.tsv"
    if not path.exists():
        print(f"no {path}; set UNRESOLVE_DATA", file=sys.stderr)
        return 2
    for organ, printed in exceptions(linked(path)).items():
        ordered = sorted(printed, key=lambda p: (p.startswith("S"), [int(n) for n in regex.findall(r"\d+", p)]))
        lines = textwrap.wrap(" ".join(f'"{p}",' for p in ordered), 116, break_on_hyphens=False)
        name = {"HRC": "council", "GA": "assembly"}[organ]
        print(f"{name} = [", *(f"  {line}" for line in lines), "]", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
