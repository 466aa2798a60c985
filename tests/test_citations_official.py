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
from unresolve.symbols import try_parse

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
# Recall and F1 of linked documents over all 40 resolutions of a language: of all links, and of what can be found.
FLOORS = {
    "ar": (0.977, 0.943, 0.998, 0.998),
    "zh": (0.988, 0.967, 0.997, 0.997),
    "en": (0.992, 0.987, 0.996, 0.996),
    "fr": (0.993, 0.986, 0.993, 0.993),
    "ru": (0.991, 0.987, 0.997, 0.997),
    "es": (0.989, 0.977, 0.997, 0.997),
}
_PAGE = regex.compile(r"https?://(?:www\.)?(?:undocs\.org|docs\.un\.org)/(?:(?:en|fr|es|ru|ar|zh|ch)/)?(.+)$", regex.I)


def page(address: str | None) -> str | None:
    found = _PAGE.match(address or "")
    if not found:
        return None
    return "".join(urllib.parse.unquote(found[1]).split("#")[0].split()).upper().rstrip("/.")


def texts(path: Path) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """The text of every block and note of a file, and its links: start, end, symbol."""
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
            yield text, whole


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
    """The second pair of figures counts documents, not pages ("A/54/42(Supp)" is A/54/42), leaves out the links to what
    cannot exist and the citations that have no link: their precision is sampled (docs/citations.md)."""
    linked: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    sound: Counter[tuple[str, str]] = Counter()
    compared: Counter[tuple[str, str]] = Counter()
    files = sorted((data / "official").glob(f"*.{lang}.xml"))
    assert len(files) == 40
    for path in files:
        for text, links in texts(path):
            linked.update((path.name, symbol) for _, _, symbol in links)
            sane = [link for link in links if can_be(link[2])]
            sound.update((path.name, bare(symbol)) for _, _, symbol in sane)
            for citation in find_citations(text, lang):
                symbol = page(citation.url)
                if symbol:
                    found[path.name, symbol] += 1
                    compared[path.name, bare(symbol)] += any(
                        a < citation.end and citation.start < b for a, b, _ in sane
                    )
    figures = (*measured(linked, found), *measured(sound, compared))
    print(lang, *(f"{figure:.4f}" for figure in figures))
    assert all(figure >= floor for figure, floor in zip(figures, FLOORS[lang], strict=True)), figures


def measured(linked: Counter[tuple[str, str]], found: Counter[tuple[str, str]]) -> tuple[float, float]:
    """Recall and F1."""
    hits = (linked & found).total()
    return hits / linked.total(), 2 * hits / (linked.total() + found.total())


def can_be(symbol: str) -> bool:
    """Whether there can be a document of that symbol: slips of the editors name some that there cannot be.

    Until its session 31 the Assembly numbered without a stroke, so 10/15 is ES-10/15 or the Human Rights Council's; it
    never adopted 400 resolutions in a session: 78/560 is a decision; nor the Council 60: 45/110 is the Assembly's. A
    link to A/HCR/, SP/E/ or 1874(S-IV) leads nowhere.
    """
    parsed = try_parse(symbol)
    if parsed is None or not parsed.known or parsed.body == "HCR":
        return False
    session, number = parsed.session or "", parsed.number or ""
    if parsed.kind != "RES" or not (session.isdecimal() and number.isdecimal()):
        return True
    if parsed.body == "HRC":
        return int(number) <= 60
    return parsed.organ != "A" or int(session) > 1000 or (int(session) >= 31 and int(number) < 400)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_printed_words_lead_to_the_linked_symbol(lang: str, data: Path) -> None:
    """The printed words alone, given the organ of the document they stand in."""
    with (data / "facts" / "links.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["lang"] == lang]
    total = hits = 0
    for row in rows:
        count = int(row["count"])
        total += count
        hits += count * (led(row) == regex.sub(r"\s", "", row["symbol"]).upper())
    assert total > 30_000
    print(lang, f"{hits / total:.4f}")
    assert hits / total >= 0.98


def led(row: dict[str, str]) -> str:
    """The page that the printed words of a row lead to; empty if they are no citation."""
    try:
        return page(parse_citation(row["printed"], row["lang"], organ=row["organ"]).url) or ""
    except InvalidCitation:
        return ""


def bare(symbol: str) -> str:
    """The document of a page: without part letters and ``(SUPP)``."""
    symbol = symbol.removesuffix("(SUPP)")
    plain: str = regex.sub(r"(/RES/(?:E?S-)?\d+/\d+)[A-Z](-[A-Z])?$|(/RES/\d+)[A-Z](?=\()", r"\1\3", symbol)
    return plain
