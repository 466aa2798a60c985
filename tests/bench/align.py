"""The pairs of paragraphs with one official number that alignment puts into one row, for each two languages.

    python tests/bench/align.py [DATA/six/lo] [DATA/six/gold]

parses the six versions of each resolution (two minutes), aligns them, and prints the share found.
"""

from __future__ import annotations

import os
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from official_pairs import LANGUAGES, aligned_pairs  # noqa: E402

from unresolve.corpus.load import load_document  # noqa: E402

DATA = Path(os.environ.get("UNRESOLVE_DATA", ROOT.parent / "shared" / "data"))


def main(found: Path = DATA / "six" / "lo", gold: Path = DATA / "six" / "gold") -> None:
    """Prints a line for each two languages, then the whole."""
    there: Counter[tuple[str, str]] = Counter()
    hit: Counter[tuple[str, str]] = Counter()
    files: dict[str, dict[str, Path]] = defaultdict(dict)
    for path in sorted(found.iterdir()):
        name, _, code = path.stem.rpartition(".")
        files[name][code] = path
    for name, versions in sorted(files.items()):
        official = {code: load_document(gold / f"{name}.{code}.xml") for code in LANGUAGES}
        own_there, own_hit = aligned_pairs(official, {code: load_document(versions[code]) for code in LANGUAGES})
        there += own_there
        hit += own_hit
        if own_hit != own_there:
            print(f"{name}: {(own_there - own_hit).total()} of {own_there.total()} pairs lost")
    for pair, count in there.items():
        print(f"{pair[0]} {pair[1]} {count:5} {hit[pair] / count:.4f}")
    print(f"all   {there.total():5} {hit.total() / there.total():.4f}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
