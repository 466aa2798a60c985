"""What the editors of the United Nations linked, against what is found in the same words.

The text and the links are those of the official XML; the rows of facts are printed words and the symbol
they were linked to. Pieces of one link ("73", "/", "89") count once.
"""

from __future__ import annotations

import csv
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex
from lxml import etree

from unresolve.citations import find_citations, parse_citation
from unresolve.errors import InvalidCitation

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
# Recall and F1 of linked documents over all 40 resolutions of a language. In Arabic and Chinese what lacks is
# mostly what was not linked: one Chinese file has no link at all, Arabic ones none on "1514 (د-15)".
FLOORS = {
    "ar": (0.975, 0.94),
    "zh": (0.987, 0.966),
    "en": (0.990, 0.985),
    "fr": (0.993, 0.986),
    "ru": (0.989, 0.985),
    "es": (0.989, 0.976),
}
_PAGE = regex.compile(r"https?://(?:www\.)?(?:undocs\.org|docs\.un\.org)/(?:(?:en|fr|es|ru|ar|zh|ch)/)?(.+)$", regex.I)


def page(address: str | None) -> str | None:
    found = _PAGE.match(address or "")
    if not found:
        return None
    return "".join(urllib.parse.unquote(found[1]).split("#")[0].split()).upper().rstrip("/.")


def texts(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The text of every block and note of a file, and what its links lead to."""
    root = etree.parse(path).getroot()
    for part in root.iter(f"{AKN}preamble", f"{AKN}mainBody", f"{AKN}attachments"):
        for block in part.iter(f"{AKN}p", f"{AKN}heading", f"{AKN}crossHeading", f"{AKN}listIntroduction"):
            pieces: list[str] = []
            links: list[tuple[int, int, str]] = []
            _read(block, pieces, links)
            text = "".join(pieces)
            whole: list[tuple[int, int, str]] = []
            for start, end, symbol in links:
                if whole and whole[-1][2] == symbol and not text[whole[-1][1] : start].strip():
                    start = whole.pop()[0]
                whole.append((start, end, symbol))
            yield text, [symbol for _, _, symbol in whole]


def _read(element: etree._Element, pieces: list[str], links: list[tuple[int, int, str]]) -> None:
    pieces.append(element.text or "")
    for child in element:
        if not isinstance(child, etree._Comment) and child.tag not in (f"{AKN}authorialNote", f"{AKN}noteRef"):
            start = sum(map(len, pieces))
            _read(child, pieces, links)
            symbol = page(child.get("href")) if child.tag == f"{AKN}a" else None
            if symbol:
                links.append((start, sum(map(len, pieces)), symbol))
        pieces.append(child.tail or "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_links_of_the_official_files(lang: str, data: Path) -> None:
    linked: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    files = sorted((data / "official").glob(f"*.{lang}.xml"))
    assert len(files) == 40
    for path in files:
        for text, symbols in texts(path):
            linked.update((path.name, symbol) for symbol in symbols)
            pages = (page(citation.url) for citation in find_citations(text, lang))
            found.update((path.name, symbol) for symbol in pages if symbol)
    hits = (linked & found).total()
    recall, f1 = hits / linked.total(), 2 * hits / (linked.total() + found.total())
    assert recall >= FLOORS[lang][0]
    assert f1 >= FLOORS[lang][1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_printed_words_lead_to_the_linked_symbol(lang: str, data: Path) -> None:
    """The part letter ("61/250" linked to A/RES/61/250B) and ``(SUPP)`` stand outside the printed words."""
    with (data / "facts" / "links.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["lang"] == lang]
    total = hits = 0
    for row in rows:
        count = int(row["count"])
        total += count
        hits += count * (_bare(_led(row)) == _bare(regex.sub(r"\s", "", row["symbol"]).upper()))
    assert total > 30_000
    assert hits / total >= 0.98


def _led(row: dict[str, str]) -> str:
    try:
        return page(parse_citation(row["printed"], row["lang"], organ=row["organ"]).url) or ""
    except InvalidCitation:
        return ""


def _bare(symbol: str) -> str:
    symbol = symbol.removesuffix("(SUPP)")
    bare: str = regex.sub(r"(/RES/(?:E?S-)?\d+/\d+)[A-Z](-[A-Z])?$|(/RES/\d+)[A-Z](?=\()", r"\1\3", symbol)
    return bare
