"""What other tools make of the same resolutions: ``python tests/bench/peers.py [--most N]``.

The paragraphs, points and headings of the official Akoma Ntoso (``real`` of UNRESOLVE_DATA) are looked for among the
blocks that a tool gives: ``whole`` is the share found at 95 % likeness, ``exact`` the share found letter for letter,
spaces, quotes and dashes folded. It is the recall only: nobody is charged for giving mastheads and page numbers too.
``tied`` is the share of the official calls of notes that the tool gives with the note they call, ``cited`` the share
of the documents linked in the official file that it gives by symbol, each counted once a file. Time is that of the
processor, in one process, each tool once before the clock runs. A tool that is not installed is left out, and said
so::

    python -m pip install "markitdown[pdf]" pymupdf pdfplumber pypdfium2
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from urllib.parse import unquote

import regex
from rapidfuzz import fuzz, process

import unresolve
from unresolve.model import AdoptedText, Document, Heading, Paragraph, Section, Table

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("UNRESOLVE_DATA", ROOT.parent / "shared" / "data"))
LIKE = 95
_FOLDED = str.maketrans("’‘“”–—‑−‐", "''\"\"-----")
_SPACE = regex.compile(r"[\s\p{Cf}]+")
_SITE = regex.compile(r"^https?://[^/]+/(?:(?:ar|zh|en|fr|ru|es)/)?")
_NUMBER = regex.compile(r"^(\d{1,3}\.|\([a-z]{1,5}\)|[IVX]+\.|[A-Z]\.)")

Blocks = list[str]


def main() -> int:
    """Print a line a tool; 1 if there is nothing to measure on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=40, metavar="N", help="documents, evenly spread (40)")
    chosen = parser.parse_args()
    pairs = [(pdf, DATA / "real/gold" / f"{pdf.stem}.xml") for pdf in sorted((DATA / "real/pdf").glob("*.pdf"))]
    pairs = pairs[:: max(1, len(pairs) // chosen.most)][: chosen.most]
    if not pairs:
        sys.stderr.write(f"no documents in {DATA}: name their folder in UNRESOLVE_DATA\n")
        return 1
    official = [unresolve.read_akn(gold.read_bytes()) for _, gold in pairs]
    pages = sum(unresolve.parse(pdf).source.pages for pdf, _ in pairs)
    print(f"{len(pairs)} files, {pages} pages")
    print(f"{'':28}{'whole':>8}{'exact':>8}{'tied':>8}{'cited':>8}{'ms a page':>11}")
    for name, tool in TOOLS.items():
        try:
            tool(pairs[0][0])
        except ImportError as error:
            print(f"{name:28}not installed: {error.name}")
            continue
        start = process_time()
        given = [tool(pdf) for pdf, _ in pairs]
        spent = process_time() - start
        whole, exact = _found(given, official)
        tied, cited = _links(name, pairs, official)
        print(f"{name:28}{whole:8.3f}{exact:8.3f}{tied:>8}{cited:>8}{1000 * spent / pages:11.1f}")
    return 0


def texts(document: Document) -> Iterator[str]:
    """The paragraphs, points and headings of the preamble, body and annexes."""
    for block in document.blocks():
        match block:
            case Paragraph() | Heading():
                yield str(block.text)
            case Section() | AdoptedText() if block.heading:
                yield str(block.heading)
            case Table():
                continue


def folded(text: str) -> str:
    """A text without the differences that do not count, and without the number at its head."""
    return str(_NUMBER.sub("", _SPACE.sub("", text).translate(_FOLDED)))


def _found(given: list[Blocks], official: list[Document]) -> tuple[float, float]:
    """The shares of the official blocks found at 95 % likeness, and letter for letter."""
    whole = exact = wanted = 0
    for blocks, document in zip(given, official, strict=True):
        sought = [folded(text) for text in texts(document)]
        here = [folded(block) for block in blocks]
        wanted += len(sought)
        exact += (Counter(sought) & Counter(here)).total()
        whole += sum(process.extractOne(one, here, scorer=fuzz.ratio, score_cutoff=LIKE) is not None for one in sought)
    return whole / wanted, exact / wanted


def _links(name: str, pairs: list[tuple[Path, Path]], official: list[Document]) -> tuple[str, str]:
    """How many calls and symbols of the official files are there; a dash for tools that give no such thing."""
    if name != "unresolve":
        return "-", "-"
    calls, calls_right = Counter[str](), Counter[str]()
    links, links_right = Counter[str](), Counter[str]()
    for number, ((pdf, _), right) in enumerate(zip(pairs, official, strict=True)):
        found = unresolve.parse(pdf)
        for document, called, linked in ((found, calls, links), (right, calls_right, links_right)):
            blocks = {block.id: block for block in document.blocks()}
            for note in document.notes:
                for call in note.calls:
                    block = blocks.get(call.block)
                    words = str(getattr(block, "text", ""))[: call.offset]
                    called[f"{number} {note.marker} {folded(words)[-20:]} {folded(str(note.text))}"] += 1
            linked.update(f"{number} {_page(c.url)}" for c in document.citations if c.url)
    return _share(calls, calls_right), _share(Counter(set(links)), Counter(set(links_right)))


def _page(url: str) -> str:
    """What the address of a document names, on undocs.org as on docs.un.org: ``A/RES/72/1``."""
    return str(_SITE.sub("", unquote(url))).replace(" ", "").upper()


def _share(found: Counter[str], right: Counter[str]) -> str:
    return f"{(found & right).total() / right.total():.3f}"


def _unresolve(pdf: Path) -> Blocks:
    return list(texts(unresolve.parse(pdf)))


def _pypdfium2(pdf: Path) -> Blocks:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return [line for page in document for line in page.get_textpage().get_text_range().splitlines()]


def _pdfplumber(pdf: Path) -> Blocks:
    import pdfplumber

    with pdfplumber.open(pdf) as document:
        return [line for page in document.pages for line in page.extract_text().splitlines()]


def _pdfminer(pdf: Path) -> Blocks:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextContainer

    return [box.get_text() for page in extract_pages(pdf) for box in page if isinstance(box, LTTextContainer)]


def _markitdown(pdf: Path) -> Blocks:
    from markitdown import MarkItDown  # type: ignore[import-not-found]

    return _paragraphs(MarkItDown().convert(str(pdf)).text_content)


def _pymupdf(pdf: Path) -> Blocks:
    import pymupdf  # type: ignore[import-not-found]

    return [block[4] for page in pymupdf.open(pdf) for block in page.get_text("blocks")]


def _pymupdf4llm(pdf: Path) -> Blocks:
    import pymupdf4llm  # type: ignore[import-not-found]

    return _paragraphs(regex.sub(r"[*_#`]+", "", pymupdf4llm.to_markdown(str(pdf), show_progress=False)))


def _paragraphs(text: str) -> Blocks:
    return [str(part) for part in regex.split(r"\n\s*\n", text)]


TOOLS: dict[str, Callable[[Path], Blocks]] = {
    "unresolve": _unresolve,
    "pypdfium2, lines": _pypdfium2,
    "pdfplumber, lines": _pdfplumber,
    "pdfminer.six, text boxes": _pdfminer,
    "markitdown, paragraphs": _markitdown,
    "PyMuPDF, blocks": _pymupdf,
    "pymupdf4llm, paragraphs": _pymupdf4llm,
}

if __name__ == "__main__":
    sys.exit(main())
