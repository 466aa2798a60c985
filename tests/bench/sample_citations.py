"""Citations that the editors did not link, to be read: ``python tests/bench/sample_citations.py fr 100``.

Drawn, always the same ones, from all that is found in the texts of ``official`` and ``six/gold`` of UNRESOLVE_DATA and
lies outside their links. A line each: the words around, the citation between brackets, its kind, target and place.
Whoever reads them counts those that are wrong: the true precision in ``docs/citations.md``.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from unresolve.citations import find_citations
from unresolve.model import Citation

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("UNRESOLVE_DATA", ROOT.parent / "shared" / "data"))
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
NOTES = (f"{AKN}authorialNote", f"{AKN}noteRef")


def blocks(path: Path) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The text of every paragraph and note of a file, and the spans of its links."""
    parser = etree.XMLParser(remove_comments=True, remove_pis=True)
    for block in etree.parse(path, parser).getroot().iter(f"{AKN}p", f"{AKN}heading"):
        if not any(above.tag in (f"{AKN}coverPage", f"{AKN}preface") for above in block.iterancestors()):
            pieces: list[str] = []
            links: list[tuple[int, int]] = []
            _read(block, pieces, links)
            yield "".join(pieces), links


def _read(element: etree._Element, pieces: list[str], links: list[tuple[int, int]]) -> None:
    pieces.append(element.text or "")
    for child in element:
        if child.tag not in NOTES:
            start = sum(map(len, pieces))
            _read(child, pieces, links)
            if child.tag == f"{AKN}a":
                links.append((start, sum(map(len, pieces))))
        pieces.append(child.tail or "")


def unlinked(lang: str) -> Iterator[tuple[str, Citation]]:
    """Every citation outside a link, with the text it stands in."""
    for folder in ("official", "six/gold"):
        for path in sorted((DATA / folder).glob(f"*.{lang}.xml")):
            for text, links in blocks(path):
                for citation in find_citations(text, lang):
                    if not any(start < citation.end and citation.start < end for start, end in links):
                        yield text, citation


def main() -> int:
    """Print the sample of a language; 2 if there is nothing to draw from."""
    lang, size = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100
    found = list(unlinked(lang))
    if not found:
        print(f"no files of {lang} in {DATA}; set UNRESOLVE_DATA", file=sys.stderr)
        return 2
    for n, (text, c) in enumerate(random.Random(11).sample(found, min(size, len(found))), 1):
        before, after = (" ".join(part.split()) for part in (text[max(0, c.start - 75) : c.start], text[c.end :][:35]))
        print(f"{n:3} {before} ⟦{c.text}⟧ {after} → {c.kind} {c.target or '-'} {c.pinpoint or ''}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
