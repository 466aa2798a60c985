"""Questions to an index: what a document cites, what cites it, where words stand.

Answers are in the order of symbols, languages and places, so that the same index always answers alike.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import regex

from unresolve.errors import IndexingError

from .index import canonical, folded, opened

__all__ = ["CitedAt", "Found", "cited_by", "cites", "counts", "search"]

_WISH = regex.compile(r'"([^"]*)"|(\S+)')

_TABLES = ("documents", "paragraphs", "notes", "citations")


class CitedAt(msgspec.Struct, frozen=True):
    """A citation and where it stands: document, language, block with its printed number, and what is cited there.

    ``relation`` is what the citing paragraph does with it, in every language the same word (recalling, reaffirming).
    """

    symbol: str | None
    lang: str
    block: str
    number: str | None
    text: str
    kind: str
    target: str | None
    pinpoint: str | None
    date: str | None
    relation: str | None
    path: str


class Found(msgspec.Struct, frozen=True):
    """A passage in which the words stand; ``role`` is paragraph, note, heading, row of a table, or title."""

    symbol: str | None
    lang: str
    role: str
    block: str
    number: str | None
    text: str
    path: str


_CITED_AT = """
SELECT d.symbol, d.lang, c.block,
  (SELECT p.number FROM passages p WHERE p.document = d.id AND p.block = c.block ORDER BY p.place LIMIT 1),
  c.text, c.kind, c.target, c.pinpoint, c.date, c.relation, d.path
FROM citations c JOIN documents d ON d.id = c.document
WHERE {which} = :symbol AND (:lang IS NULL OR d.lang = :lang) AND (:relation IS NULL OR c.relation = :relation)
ORDER BY d.sorted, d.lang, d.path, c.place
"""

_FOUND = """
SELECT d.symbol, d.lang, p.role, p.block, p.number, p.text, d.path
FROM words w JOIN passages p ON p.id = w.rowid JOIN documents d ON d.id = p.document
WHERE words MATCH :words AND (:lang IS NULL OR d.lang = :lang)
ORDER BY d.sorted, d.lang, d.path, p.place LIMIT :most
"""


def cites(db: Path, symbol: str, *, lang: str | None = None, relation: str | None = None) -> list[CitedAt]:
    """The citations in a document, in all languages of it that are in the index or in one."""
    return _cited_at(db, "d.symbol", symbol, lang, relation)


def cited_by(db: Path, symbol: str, *, lang: str | None = None, relation: str | None = None) -> list[CitedAt]:
    """The citations of a document, treaty or other target in all documents of the index."""
    return _cited_at(db, "c.target", symbol, lang, relation)


def search(db: Path, words: str, *, lang: str | None = None, most: int = -1) -> list[Found]:
    """The passages that hold all the words.

    ``"in double quotes"`` are a phrase, ``disarm*`` any word that begins so; case, accents and vowel signs do not
    count. Raises IndexingError where there is no word to look for.
    """
    wishes = {"words": _wishes(words), "lang": lang, "most": most}
    with opened(db) as base:
        return [Found(*row) for row in base.execute(_FOUND, wishes)]


def counts(db: Path) -> dict[str, int]:
    """How many rows each table has."""
    with opened(db) as base:
        return {name: base.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in _TABLES}


def _cited_at(db: Path, which: str, symbol: str, lang: str | None, relation: str | None) -> list[CitedAt]:
    wishes = {"symbol": canonical(symbol), "lang": lang, "relation": relation}
    with opened(db) as base:
        return [CitedAt(*row) for row in base.execute(_CITED_AT.format(which=which), wishes)]


def _wishes(words: str) -> str:
    """The words as a question in the language of FTS5: each a quoted phrase, so that no sign in it is a command."""
    wishes = []
    for phrase, word in _WISH.findall(words):
        wish = " ".join(folded((phrase or word).replace('"', " ")).split())
        if any(map(str.isalnum, wish)):
            prefix = "*" if word.endswith("*") else ""
            wishes.append(f'"{wish.rstrip("*")}"{prefix}')
    if not wishes:
        raise IndexingError(f"no word to look for in {words!r}")
    return " ".join(wishes)
