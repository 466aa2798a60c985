"""Finding citations, beside eyecite over the same text: ``python tests/bench/citations.py``.

eyecite (BSD licence; ``pip install --group bench``) finds citations of American case law: other patterns, the same
work of searching text for them. Both read the English text of the resolutions in ``official`` of UNRESOLVE_DATA, in one
process and in turns; the time of the processor is counted. Exit code 1 if unresolve is the slower one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sized
from pathlib import Path
from time import process_time

from lxml import etree

from unresolve.citations import find_citations

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("UNRESOLVE_DATA", ROOT.parent / "shared" / "data"))
ROUNDS = 3


def texts(folder: Path) -> list[str]:
    """The running text of every English file, one string a file."""
    return ["".join(map(str, etree.parse(path).getroot().itertext())) for path in sorted(folder.glob("*.en.xml"))]


def best(find: Callable[[str], Sized], documents: list[str]) -> tuple[float, int]:
    """Processor seconds of one pass over all documents, and how many citations it found."""
    start = process_time()
    found = sum(len(find(text)) for text in documents)
    return process_time() - start, found


def ours(text: str) -> Sized:
    """The citations unresolve finds, parsed and resolved to symbols."""
    return find_citations(text, "en")


def main() -> int:
    """Print a line a program; 1 if unresolve is slower than eyecite."""
    try:
        from eyecite import get_citations  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        print("eyecite is not installed: pip install --group bench", file=sys.stderr)
        return 2
    documents = texts(DATA / "official")
    if not documents:
        print(f"no English files in {DATA / 'official'}; set UNRESOLVE_DATA", file=sys.stderr)
        return 2
    size = sum(len(text.encode()) for text in documents)
    seconds: dict[str, float] = {}
    for find in (ours, get_citations):  # patterns are compiled on first use
        find(documents[0])
    for _ in range(ROUNDS):
        for name, find in (("unresolve", ours), ("eyecite", get_citations)):
            taken, found = best(find, documents)
            if taken < seconds.get(name, float("inf")):
                seconds[name] = taken
                print(f"{name:10}{taken:8.3f} s {size / taken / 1e6:8.2f} MB/s {found:6} citations", flush=True)
    ratio = seconds["eyecite"] / seconds["unresolve"]
    print(f"{len(documents)} documents, {size / 1e6:.2f} MB: unresolve is {ratio:.1f} times as fast as eyecite")
    return 0 if ratio >= 1 else 1


if __name__ == "__main__":
    sys.exit(main())
