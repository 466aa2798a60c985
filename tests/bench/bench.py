"""Time, memory and start-up, beside what cannot be undercut: ``tox -e bench``.

Over the PDFs of a folder (``real/pdf`` of UNRESOLVE_DATA), in one process and in turns, so that a busy machine slows
both alike: PDFium's plain ``get_text_range`` of every page, and a whole parse to Akoma Ntoso and JSON, in processor
time. Then the peak memory of the longest document, the time of ``unresolve --version``, and the processor time of
``unresolve parse`` on a document of two pages beside that of loading the libraries it cannot do without, each in
processes of their own. Exit code 1 if a bar is missed.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import pypdfium2

import unresolve

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("UNRESOLVE_DATA", ROOT.parent / "shared" / "data"))

MOST_TIMES_PLAIN_TEXT = 4.0
MOST_TIMES_LIBRARIES = 3.0  # the whole of `unresolve parse` beside `python -c "import …"`
MOST_START = (1.5, 0.150)  # times `python -c pass`, plus seconds
MOST_MEMORY_MB = 300


def plain_text(data: bytes) -> int:
    """PDFium's own text of every page, thrown away; returns the number of pages."""
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            text = page.get_textpage()
            text.get_text_range()
            text.close()
            page.close()
        return len(document)
    finally:
        document.close()


def parsed(data: bytes) -> int:
    """A whole parse, written as Akoma Ntoso and as JSON; returns the size of both in bytes."""
    document = unresolve.parse(data)
    return len(unresolve.write(document, "akn")) + len(unresolve.write(document, "json"))


def seconds(work: Callable[[bytes], int], data: bytes) -> float:
    start = process_time()
    work(data)
    return process_time() - start


def peak_memory(pdf: Path) -> float:
    """Megabytes held at most by a process that parses ``pdf``; for the worst child so far, so call it first."""
    subprocess.run([sys.executable, "-m", "unresolve", "parse", pdf], check=True, stdout=subprocess.DEVNULL)
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return kilobytes / (1024 * 1024 if sys.platform == "darwin" else 1024)


def start_up(rounds: int = 15) -> tuple[float, float]:
    """The middle of the times, in seconds, that ``python -c pass`` and ``unresolve --version`` take, in turns."""
    commands = (["-c", "pass"], ["-m", "unresolve", "--version"])
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for command, taken in zip(commands, times, strict=True):
            start = perf_counter()
            subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
            taken.append(perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def short_run(pdf: Path, rounds: int = 9) -> tuple[float, float]:
    """The middle of the processor times, in seconds, of loading the libraries and of ``unresolve parse``, in turns."""
    with TemporaryDirectory() as folder:
        libraries = ["-c", "import lxml.etree, pypdfium2, msgspec"]
        commands = (libraries, ["-m", "unresolve", "parse", str(pdf), "-o", f"{folder}/out.xml"])
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(rounds):
            for command, taken in zip(commands, times, strict=True):
                before = resource.getrusage(resource.RUSAGE_CHILDREN)
                subprocess.run([sys.executable, *command], check=True)
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times[0]), statistics.median(times[1])


def main() -> int:
    """Print a line a figure; 1 if one misses its bar."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?", default=DATA / "real" / "pdf", help="PDF files to parse")
    options.add_argument("--rounds", type=int, default=2, help="times over the folder; the best time of a file counts")
    options.add_argument("--slowest", type=int, default=0, metavar="N", help="name the N slowest files")
    chosen = options.parse_args()
    files = {path: path.read_bytes() for path in sorted(chosen.folder.glob("*.pdf"))}
    if not files:
        print(f"no PDF files in {chosen.folder}: set UNRESOLVE_DATA or name a folder", file=sys.stderr)
        return 2

    pages = {path: plain_text(data) for path, data in files.items()}
    parsed(next(iter(files.values())))  # compiles patterns and loads libraries, once a process
    longest = max(pages, key=lambda path: pages[path])
    memory = peak_memory(longest)
    plain = dict.fromkeys(files, float("inf"))
    whole = dict.fromkeys(files, float("inf"))
    for _ in range(chosen.rounds):
        for path, data in files.items():
            plain[path] = min(plain[path], seconds(plain_text, data))
            whole[path] = min(whole[path], seconds(parsed, data))
    nothing, version = start_up()
    libraries, short = short_run(min(files, key=lambda path: abs(pages[path] - 2)))

    count = sum(pages.values())
    times = sum(whole.values()) / sum(plain.values())
    bound = MOST_START[0] * nothing + MOST_START[1]
    rows = [
        ("plain text, ms a page", 1000 * sum(plain.values()) / count, None),
        ("parse to AKN and JSON, ms a page", 1000 * sum(whole.values()) / count, None),
        ("parse / plain text", times, MOST_TIMES_PLAIN_TEXT),
        (f"peak memory, MB, {pages[longest]} pages", memory, MOST_MEMORY_MB),
        ("python -c pass, ms", 1000 * nothing, None),
        ("unresolve --version, ms", 1000 * version, 1000 * bound),
        ("libraries alone, ms", 1000 * libraries, None),
        ("unresolve parse, 2 pages, ms", 1000 * short, None),
        ("unresolve parse / libraries", short / libraries, MOST_TIMES_LIBRARIES),
    ]
    print(f"{len(files)} files, {count} pages")
    for name, value, most in rows:
        verdict = "" if most is None else f"  at most {most:.1f}  {'ok' if value <= most else 'MISSED'}"
        print(f"{name:<34}{value:>9.2f}{verdict}")
    for path in sorted(whole, key=lambda path: -whole[path] / pages[path])[: chosen.slowest]:
        print(f"{1000 * whole[path] / pages[path]:9.1f} ms a page, {pages[path]} pages: {path.name}")
    return int(any(most is not None and value > most for _, value, most in rows))


if __name__ == "__main__":
    sys.exit(main())
