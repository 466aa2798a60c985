"""How large and how quick the web pages of documents are: ``python tests/bench/viewer.py``.

Of each PDF of a folder (``real/pdf`` of UNRESOLVE_DATA) a page is made: its bytes without the pictures, and without the
document's own text too. The longest is then opened in headless Chromium in turns with an empty page: the best time and
the median, to the first text on the screen and to the ``load`` event, when the last picture is in. Exit code 1 if a bar
is missed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import regex
from lxml import html
from playwright.sync_api import Browser, sync_playwright

from unresolve.viewer import view

__all__ = ["main", "opened", "sizes"]

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("UNRESOLVE_DATA", ROOT.parent / "shared" / "data"))

MOST_BYTES = 150_000
MOST_TIMES = 3.0
_PICTURE = regex.compile(rb"data:image/webp;base64,[A-Za-z0-9+/=]*")
_TIMES = """[
  performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  performance.getEntriesByType("navigation")[0].loadEventEnd,
]"""


def sizes(page: bytes) -> tuple[int, int]:
    """The bytes of a page beside its pictures, and of these what the document itself says."""
    bare = _PICTURE.sub(b"", page)
    text = next(html.document_fromstring(bare.decode()).iter("main"))
    return len(bare), sum(len(str(part).encode()) for part in text.itertext())


def opened(browser: Browser, path: Path) -> tuple[float, float]:
    """Milliseconds from the start of the navigation to the first text shown and to the end of ``load``."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        page = context.new_page()
        page.goto(path.as_uri(), wait_until="load")
        for _ in range(500):
            first, load = page.evaluate(_TIMES)
            if first and load:
                return first, load
            page.wait_for_timeout(20)
    finally:
        context.close()
    raise SystemExit(f"{path.name}: nothing was shown within ten seconds")


def _times(page: bytes, rounds: int) -> bool:
    with TemporaryDirectory(prefix="unresolve-viewer-") as name, sync_playwright() as play:
        files = {kind: Path(name, f"{kind}.html") for kind in ("empty", "long")}
        files["empty"].write_text("<!doctype html><title>empty</title><p>empty")
        files["long"].write_bytes(page)
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        taken: dict[str, list[tuple[float, float]]] = {kind: [] for kind in files}
        for _ in range(rounds):
            for kind, file in files.items():
                taken[kind].append(opened(browser, file))
        browser.close()
    well = True
    for n, what in enumerate(("first paint", "load")):
        best = {kind: min(found[n] for found in times) for kind, times in taken.items()}
        middle = {kind: median(found[n] for found in times) for kind, times in taken.items()}
        ratio = middle["long"] / middle["empty"]
        well &= ratio < MOST_TIMES
        print(
            f"{what:12} best {best['long']:5.0f} ms, empty {best['empty']:4.0f}; median {middle['long']:5.0f}, "
            f"empty {middle['empty']:4.0f}: {ratio:.2f} times, below {MOST_TIMES}  "
            f"{'ok' if ratio < MOST_TIMES else 'MISSED'}"
        )
    return well


def main() -> int:
    """Print a line a figure; 1 if one misses its bar."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?", default=DATA / "real" / "pdf", help="PDF files")
    options.add_argument("--rounds", type=int, default=15, help="turns of the empty page and the longest")
    chosen = options.parse_args()
    files = sorted(chosen.folder.glob("*.pdf"))
    if not files:
        print(f"no PDF files in {chosen.folder}: set UNRESOLVE_DATA or name a folder", file=sys.stderr)
        return 2
    whole, added, largest = [], [], (0, files[0])
    for file in files:
        beside, text = sizes(view(file))
        whole.append(beside)
        added.append(beside - text)
        largest = max(largest, (beside, file))
    small = sum(size <= MOST_BYTES for size in whole)
    print(f"{len(files)} pages beside their pictures: median {median(whole):,.0f}, most {max(whole):,} bytes")
    print(f"at most {MOST_BYTES:,} bytes: {small} of {len(files)}  {'ok' if small == len(files) else 'MISSED'}")
    fits = max(added) <= MOST_BYTES
    print(f"beside the text too: median {median(added):,.0f}, most {max(added):,} bytes  {'ok' if fits else 'MISSED'}")
    print(f"opened: {largest[1].name}")
    quick = _times(view(largest[1]), chosen.rounds)
    return int(not (small == len(files) and fits and quick))


if __name__ == "__main__":
    sys.exit(main())
