"""How cost grows: with the pages of a document, and with the number of processes: ``python tests/bench/scale.py``.

Documents of 1, 10, 100 and 1,000 pages are joined from the PDF files of a folder (``real/pdf`` of UNRESOLVE_DATA; the
joined ones have no tags) and parsed to Akoma Ntoso and JSON, each in a process of its own: processor time a page,
beyond that of a document of one page, and peak memory. Then the folder itself is parsed with one process and with two,
in turns: documents a second, and how many times as fast two are. Exit code 1 if a bar is missed.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import pikepdf

__all__ = ["join", "main"]

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("UNRESOLVE_DATA", ROOT.parent / "shared" / "data"))

SIZES = (1, 10, 100, 1000)
MOST_GROWTH = 1.25  # a page of 1,000 beside a page of 100
MOST_MEMORY_MB = 400
LEAST_SPEED_UP = 1.85


def join(files: list[Path], pages: int, path: Path) -> None:
    """A PDF of so many pages, taken from the files in turn."""
    with pikepdf.new() as joined:
        for file in cycle(files):
            with pikepdf.open(file) as pdf:
                joined.pages.extend(pdf.pages[: pages - len(joined.pages)])
            if len(joined.pages) == pages:
                break
        joined.save(path)


def cost(words: list[str | Path]) -> tuple[float, float, float]:
    """Wall time and processor time in seconds, and peak memory in MB, of ``unresolve parse`` with its workers."""
    start = perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen([sys.executable, "-m", "unresolve", "parse", *words], stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode != 0:
        raise SystemExit(f"unresolve parse ended with {process.returncode}")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, processor, used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _pages(files: list[Path], folder: Path) -> bool:
    print(f"{'pages':>8}{'processor s':>14}{'ms a page':>12}{'peak MB':>10}")
    alone, per_page, peak = 0.0, {}, 0.0
    for size in SIZES:
        path = folder / f"{size}.pdf"
        join(files, size, path)
        _, processor, peak = cost([path, "-o", f"{folder}/out/", "--to", "akn,json", "--timeout", "0"])
        alone = alone or processor
        per_page[size] = 1000 * (processor - alone) / max(size - 1, 1)
        print(f"{size:8}{processor:14.2f}{per_page[size]:12.2f}{peak:10.0f}")
    growth = per_page[1000] / per_page[100]
    well = growth <= MOST_GROWTH and peak <= MOST_MEMORY_MB
    bars = f"at most {MOST_GROWTH}; memory at most {MOST_MEMORY_MB} MB"
    print(f"a page of 1,000 costs {growth:.2f} times a page of 100, {bars}  {'ok' if well else 'MISSED'}")
    return well


def _processes(source: Path, count: int, folder: Path, rounds: int) -> bool:
    best: dict[int, tuple[float, float]] = {}
    for turn in range(rounds):
        for jobs in (1, 2):
            out = folder / f"{turn}.{jobs}"
            wall, processor, _ = cost([source, "-o", out, "--to", "akn,json", "--jobs", str(jobs), "--timeout", "0"])
            best[jobs] = min(best.get(jobs, (wall, processor)), (wall, processor))
    for jobs, (wall, processor) in best.items():
        print(
            f"{jobs} processes: {wall:6.1f} s, {count / wall:6.2f} documents a second, {processor:6.1f} s of processor"
        )
    times = best[1][0] / best[2][0]
    well = times >= LEAST_SPEED_UP
    print(f"two are {times:.2f} times as fast as one, at least {LEAST_SPEED_UP}  {'ok' if well else 'MISSED'}")
    return well


def main() -> int:
    """Print a line a figure; 1 if one misses its bar."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?", default=DATA / "real" / "pdf", help="PDF files")
    options.add_argument("--rounds", type=int, default=2, help="turns of one and two processes; the best time counts")
    options.add_argument("--only", choices=["pages", "processes"])
    chosen = options.parse_args()
    files = sorted(chosen.folder.glob("*.pdf"))
    if not files:
        print(f"no PDF files in {chosen.folder}: set UNRESOLVE_DATA or name a folder", file=sys.stderr)
        return 2
    with TemporaryDirectory(prefix="unresolve-scale-") as name:
        well = [chosen.only == "processes" or _pages(files, Path(name))]
        well.append(chosen.only == "pages" or _processes(chosen.folder, len(files), Path(name), chosen.rounds))
    return int(not all(well))


if __name__ == "__main__":
    sys.exit(main())
