"""What six language versions of a document do not have alike: ids, notes, cited documents, what ``agree`` says."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import regex

from unresolve.corpus.agree import agree, by_symbol
from unresolve.model import Document

KNOWN = Path(__file__).parents[1] / "corpora" / "known-disagreements.toml"
Report = tuple[str, str]
"""The symbol of a document, and what differs, as it is printed."""

_PART = regex.compile(r"(?<=\d)[A-Z](?:-[A-Z])?$")


def reports(documents: Sequence[Document], names: Iterable[str]) -> list[Report]:
    """All that the versions differ in, document by document, the languages in the order of the alphabet."""
    groups = by_symbol(documents, names).items()
    return [(symbol, each) for symbol, group in groups for each in _differences(sorted(group, key=_language))]


def _language(document: Document) -> str:
    return document.language


def known(route: str) -> dict[Report, str]:
    """The reports that are listed for a way of setting the documents ("lo", "ty"), with their reasons."""
    listed = tomllib.loads(KNOWN.read_text(encoding="utf-8"))["disagreement"]
    return {(entry["document"], entry["report"]): entry["reason"] for entry in listed if route in entry["set"]}


def _differences(versions: Sequence[Document]) -> Iterator[str]:
    said = [str(each) for each in agree(versions)]
    yield from said
    yield from _ids(versions)
    notes = Counter(len(version.notes) for version in versions)
    if len(notes) > 1 and not any(each.startswith("note_") for each in said):
        yield f"{sorted(notes)} notes"
    for symbol, citing in sorted(_cited(versions).items()):
        if len(citing) < len(versions) and not any(symbol in each for each in said):
            yield f"{symbol} is cited in {', '.join(citing)} only"


def _ids(versions: Sequence[Document]) -> Iterator[str]:
    """The versions whose paragraphs have other ids than those of most."""
    ids = {version.language: {paragraph.id for paragraph in version.paragraphs()} for version in versions}
    count = Counter(id_ for own in ids.values() for id_ in own)
    most = {id_ for id_, times in count.items() if 2 * times > len(versions)}
    for language, own in ids.items():
        if own != most:
            yield f"ids of {language}: {len(most - own)} lacking, {len(own - most)} other"


def _cited(versions: Sequence[Document]) -> dict[str, list[str]]:
    """The languages that cite each document by symbol or number, letters of parts left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for version in versions:
        cited = {
            _PART.sub("", citation.target)
            for citation in version.citations
            if citation.target and citation.kind != "internal" and citation.resolved in ("printed", "link")
        }
        for symbol in cited:
            found[symbol].append(version.language)
    return found
