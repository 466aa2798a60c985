"""What a page costs in Arabic and in English: milliseconds of processor time, by stage, and how the two compare.

    python tests/bench/arabic.py [DATA/six/lo DATA/six/ty …]

The same resolutions are read in both languages, the best of three runs of each counts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from time import process_time

from unresolve.layout.lines import lines_of
from unresolve.pipeline import parse
from unresolve.readers.pages import Page
from unresolve.readers.pdfium import read

RUNS = 3


def cost(work: Callable[[], object]) -> float:
    """Milliseconds of processor time, the best of some runs."""
    times: list[float] = []
    for _ in range(RUNS):
        start = process_time()
        work()
        times.append(1000 * (process_time() - start))
    return min(times)


def lines_of_all(sheets: Iterable[Page]) -> None:
    """The lines of every page."""
    for page in sheets:
        lines_of(page)


def by_stage(files: Iterable[Path]) -> dict[str, float]:
    """What a page costs in reading, in lines and in the whole parse."""
    total = {"read": 0.0, "lines": 0.0, "parse": 0.0}
    pages = 0
    for file in files:
        data = file.read_bytes()
        sheets = read(data).pages
        pages += len(sheets)
        total["read"] += cost(partial(read, data))
        total["lines"] += cost(partial(lines_of_all, sheets))
        total["parse"] += cost(partial(parse, data))
    return {stage: milliseconds / pages for stage, milliseconds in total.items()}


def main(folders: list[str]) -> None:
    for folder in map(Path, folders):
        arabic = sorted(folder.glob("*.ar.pdf"))
        english = [file.with_name(file.name.replace(".ar.", ".en.")) for file in arabic]
        found = {"ar": by_stage(arabic), "en": by_stage(english)}
        for language, stages in found.items():
            print(folder.name, language, *(f"{stage} {ms:.1f} ms" for stage, ms in stages.items()))
        print(folder.name, "ratio", *(f"{stage} {ms / found['en'][stage]:.2f}" for stage, ms in found["ar"].items()))


if __name__ == "__main__":
    data = Path(os.environ.get("UNRESOLVE_DATA", "../shared/data"))
    main(sys.argv[1:] or [str(data / "six" / way) for way in ("lo", "ty")])
