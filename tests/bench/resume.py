"""A run that is killed again and again and resumed, beside one that is not: ``python tests/bench/resume.py``.

A thousand documents, the PDF files of ``real`` and ``six`` of UNRESOLVE_DATA under many names, each with a comment
behind its end so that no two have the same bytes. ``unresolve parse`` is killed with SIGKILL ten times, half of the
times with its workers (as when the power fails), half of the times alone. Exit code 1 if a file of the tree is not
byte for byte that of the unbroken run, if one is left over, or if a document was parsed again after its record was
written.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from unresolve.corpus.manifest import Record, read_records

__all__ = ["killed_and_resumed", "lay_out", "main", "parsed_twice", "records", "tree"]

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("UNRESOLVE_DATA", ROOT.parent / "shared" / "data"))
MANIFEST = "manifest.jsonl"


def lay_out(files: Sequence[Path], folder: Path, count: int) -> None:
    """Put ``count`` documents into a folder and its sub-folders, no two of the same bytes."""
    for number in range(count):
        source = files[number % len(files)]
        path = folder / f"{number % 7}" / f"{number:05}.{source.name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.read_bytes() + b"\n%% %d\n" % number)


def command(source: Path, out: Path, jobs: int, *more: str) -> list[str]:
    """The command line of a run."""
    words = [sys.executable, "-m", "unresolve", "parse", str(source), "-o", str(out), "--to", "akn,json"]
    return [*words, "--jobs", str(jobs), "--timeout", "600", *more]


def killed_and_resumed(source: Path, out: Path, count: int, kills: int, *, jobs: int = 2, seed: int = 1) -> int:
    """Kill a run so many times at random moments, resume it each time, then let it end; how often it was killed."""
    chance = random.Random(seed)
    killed = 0
    for moment in sorted(chance.sample(range(1, max(count - 4 * jobs, kills + 2)), kills)):
        with subprocess.Popen(
            command(source, out, jobs, "--resume"), stderr=subprocess.DEVNULL, start_new_session=True
        ) as run:
            while run.poll() is None and _finished(out) < moment:
                time.sleep(0.01)
            time.sleep(chance.random() / 5)
            if run.poll() is None:
                killed += 1
                if chance.random() < 0.5:
                    os.killpg(run.pid, signal.SIGKILL)
                else:
                    run.kill()
    subprocess.run(command(source, out, jobs, "--resume"), check=True, stderr=subprocess.DEVNULL)
    return killed


def tree(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder, but its manifest."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def records(out: Path) -> dict[str, Record]:
    """The last record of each source, without what tells when and how fast it was made."""
    return {
        record.source: msgspec.structs.replace(record, seconds=0.0, finished="", kept=False)
        for record in read_records(out / MANIFEST)
    }


def parsed_twice(out: Path) -> list[str]:
    """The sources of which a second record says that they were parsed."""
    parsed = Counter(record.source for record in read_records(out / MANIFEST) if not record.kept)
    return sorted(source for source, times in parsed.items() if times > 1)


def _finished(out: Path) -> int:
    """How many documents have a record, whatever run wrote it; a torn line is none."""
    try:
        return len({record.source for record in read_records(out / MANIFEST)})
    except FileNotFoundError:
        return 0


def _sources() -> Iterator[Path]:
    for folder in ("real/pdf", "six/lo", "six/ty"):
        yield from sorted((DATA / folder).glob("*.pdf"))


def main() -> int:
    """Print what came of it; 1 if the two trees are not the same."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=1000, help="documents")
    options.add_argument("--kills", type=int, default=10)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    files = list(_sources())
    if not files:
        print(f"no PDF files in {DATA}: set UNRESOLVE_DATA", file=sys.stderr)
        return 2
    with TemporaryDirectory(prefix="unresolve-resume-") as name:
        source, unbroken, broken = (Path(name, part) for part in ("in", "unbroken", "broken"))
        lay_out(files, source, chosen.count)
        start = time.monotonic()
        subprocess.run(command(source, unbroken, chosen.jobs), check=True, stderr=subprocess.DEVNULL)
        middle = time.monotonic()
        killed = killed_and_resumed(source, broken, chosen.count, chosen.kills, jobs=chosen.jobs, seed=chosen.seed)
        end = time.monotonic()
        one, other = tree(unbroken), tree(broken)
        differing = sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
        twice = parsed_twice(broken)
        same_records = records(unbroken) == records(broken)
    print(f"{chosen.count} documents, {len(one)} files, killed {killed} times")
    print(f"unbroken {middle - start:.0f} s, killed and resumed {end - middle:.0f} s")
    print(f"{len(differing)} files differ, {len(twice)} documents parsed twice, manifests agree: {same_records}")
    print(*differing[:10], *twice[:10], sep="\n", end="")
    return int(bool(differing or twice) or not same_records or killed < chosen.kills)


if __name__ == "__main__":
    sys.exit(main())
