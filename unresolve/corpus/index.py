"""Many parsed documents in one file that can be asked: who cites whom, where stands what.

The file is a SQLite database, from the standard library: nothing to install or run, one file to copy, changes that
are whole or not at all, and full text (FTS5) that is kept up document by document. Full text is folded before it is
stored and before it is asked, by the rules that the parser itself compares with: accents, case, tatweel and vowel
signs do not count. Chinese writes no spaces, so each of its signs is a word, and words of two signs (人权) are found,
which FTS5's own trigrams would miss.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import regex

from unresolve.errors import IndexingError, UnresolveError
from unresolve.languages.fold import fold
from unresolve.model import Annex, Block, Document, Field, Heading, Paragraph, Section, Table, Text
from unresolve.symbols import try_parse

__all__ = ["Built", "build", "canonical", "folded", "opened", "order_of"]

VERSION = 1
"""Raised with every change of the tables or of what is put into them; an index of another version is built anew."""

_TABLES = """
CREATE TABLE documents (
  id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL,
  symbol TEXT COLLATE NOCASE, sorted TEXT NOT NULL, lang TEXT NOT NULL, kind TEXT NOT NULL,
  title TEXT, session TEXT, adopted TEXT, issued TEXT);
CREATE INDEX documents_by_symbol ON documents (symbol);
CREATE TABLE passages (
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, place INTEGER NOT NULL,
  role TEXT NOT NULL, block TEXT NOT NULL, number TEXT, opener TEXT, text TEXT NOT NULL);
CREATE INDEX passages_by_document ON passages (document, place);
CREATE VIEW paragraphs AS SELECT * FROM passages WHERE role = 'paragraph';
CREATE VIEW notes AS SELECT * FROM passages WHERE role = 'note';
CREATE TABLE citations (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, place INTEGER NOT NULL,
  block TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL,
  target TEXT COLLATE NOCASE, pinpoint TEXT, date TEXT, relation TEXT, resolved TEXT NOT NULL, confidence REAL NOT NULL,
  PRIMARY KEY (document, place)) WITHOUT ROWID;
CREATE INDEX citations_by_target ON citations (target);
CREATE VIRTUAL TABLE words USING fts5 (folded, content='', tokenize='unicode61 remove_diacritics 0');
"""

_DIGITS = regex.compile(r"[0-9]+")
_HAN = regex.compile(r"\p{Han}")
_AT_ONCE = 500
"""Documents that are committed together: what a stopped build keeps."""


class Built(msgspec.Struct, frozen=True):
    """What a build did: documents put in (new or changed), kept, taken out; a line for each that failed."""

    added: int
    kept: int
    removed: int
    failed: tuple[str, ...] = ()


def build(folder: Path, db: Path) -> Built:
    """Put every document below ``folder`` into the index ``db``, which is made if need be.

    A document is a JSON file that this project wrote or an Akoma Ntoso file of whatever origin; where both have one
    name the JSON file is taken. A file whose bytes are in the index already is passed over; what is no longer in the
    folder is taken out. Raises IndexingError for a folder that is none or a database that cannot be written.
    """
    if not folder.is_dir():
        raise IndexingError("not a folder", source=str(folder))
    added, kept, failed = 0, 0, []
    with opened(db, write=True) as base:
        old = {
            path: (number, digest) for number, path, digest in base.execute("SELECT id, path, sha256 FROM documents")
        }
        for path in _files(folder):
            name = path.relative_to(folder).as_posix()
            try:
                data = path.read_bytes()
                if not _is_document(path, data):
                    continue
                number, known = old.pop(name, (None, None))
                digest = hashlib.sha256(data).hexdigest()
                if digest == known:
                    kept += 1
                    continue
                if number is not None:
                    _remove(base, number)
                _add(base, name, digest, _read(path, data))
                added += 1
                if added % _AT_ONCE == 0:
                    base.commit()
            except (UnresolveError, OSError) as error:
                failed.append(f"{path}: {error}".partition("\n")[0])
        for number, _ in old.values():
            _remove(base, number)
        base.commit()
    return Built(added, kept, len(old), tuple(failed))


@contextmanager
def opened(db: Path, *, write: bool = False) -> Iterator[sqlite3.Connection]:
    """The database in a file. Raises IndexingError where there is none, or a file that is something else."""
    if not write and not db.is_file():
        raise IndexingError("no index here; make one with: unresolve index build FOLDER", source=str(db))
    try:
        with closing(sqlite3.connect(db)) as base:
            base.execute("PRAGMA foreign_keys = ON")
            (version,) = base.execute("PRAGMA user_version").fetchone()
            if version != VERSION:
                if not write:
                    raise IndexingError("an index of another version; build it anew", source=str(db))
                _found(base)
            yield base
    except sqlite3.Error as error:
        raise IndexingError(f"cannot be used as an index: {error}", source=str(db)) from error


def canonical(text: str) -> str:
    """A symbol in its canonical form; other keys (``UNTS/2225/39574``) as they are."""
    symbol = try_parse(text)
    return text.strip() if symbol is None else str(symbol)


def order_of(symbol: str) -> str:
    """A string that sorts symbols with their numbers as numbers: A/RES/9/1 before A/RES/72/1."""
    return str(_DIGITS.sub(lambda found: found[0].zfill(9), symbol.casefold()))


def folded(text: str) -> str:
    """Text as it is stored and asked for: folded, in small letters, Chinese signs apart."""
    return str(_HAN.sub(r" \g<0> ", fold(text).text.casefold()))


def _found(base: sqlite3.Connection) -> None:
    """Empty the database of an index of another version and make the tables; other databases are not touched."""
    names = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    if names and "passages" not in names:
        raise sqlite3.DatabaseError("a database of something else")
    for name in ("words", "paragraphs", "notes", "citations", "passages", "documents"):
        if name in names:
            base.execute(f"DROP {'VIEW' if name in ('paragraphs', 'notes') else 'TABLE'} {name}")
    base.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT")


def _files(folder: Path) -> Iterator[Path]:
    """JSON and XML files below a folder in the order of their paths, an XML file not where a JSON file has its name."""
    found: dict[str, Path] = {}
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            if path.suffix in (".json", ".xml") and not name.startswith("."):
                found.setdefault(str(path.with_suffix("")), path)  # .json comes before .xml
    return iter(sorted(found.values()))


def _is_document(path: Path, data: bytes) -> bool:
    """Whether the head of a file is that of a document; others (a manifest, a report) may stand beside."""
    head = data[:4096]
    return b"akomaNtoso" in head if path.suffix == ".xml" else head.lstrip()[:1] == b"{" and b'"source"' in head[:200]


def _read(path: Path, data: bytes) -> Document:
    if path.suffix == ".xml":
        from unresolve.writers.akn_read import from_akn

        return from_akn(data)
    from unresolve.writers.json import from_json

    return from_json(data)


def _remove(base: sqlite3.Connection, number: int) -> None:
    for rowid, text in base.execute("SELECT id, text FROM passages WHERE document = ?", (number,)).fetchall():
        base.execute("INSERT INTO words (words, rowid, folded) VALUES ('delete', ?, ?)", (rowid, folded(text)))
    base.execute("DELETE FROM documents WHERE id = ?", (number,))


def _add(base: sqlite3.Connection, path: str, digest: str, document: Document) -> None:
    head = document.masthead
    symbol = _value(head.symbol)
    row = (
        path,
        digest,
        None if symbol is None else canonical(symbol),
        order_of(symbol or path),
        document.language,
        document.kind,
        None if head.title is None else str(head.title.text),
        _value(head.session),
        (head.heading.value if head.heading else None)
        or (document.closing.date.value if document.closing.date else None),
        head.issued.value if head.issued else None,
    )
    made = base.execute(
        "INSERT INTO documents (path, sha256, symbol, sorted, lang, kind, title, session, adopted, issued)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    )
    number = made.lastrowid
    for place, passage in enumerate(_passages(document)):
        rowid = base.execute(
            "INSERT INTO passages (document, place, role, block, number, opener, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, place, *passage),
        ).lastrowid
        base.execute("INSERT INTO words (rowid, folded) VALUES (?, ?)", (rowid, folded(passage[-1])))
    rows = (
        (
            *(c.block, c.start, c.end, c.text, c.kind, None if c.target is None else canonical(c.target)),
            *(c.pinpoint, c.date, c.relation, c.resolved, c.confidence),
        )
        for c in document.citations
    )
    places = ((number, place, *row) for place, row in enumerate(rows))
    base.executemany(f"INSERT INTO citations VALUES ({', '.join('?' * 13)})", places)


_Passage = tuple[str, str, str | None, str | None, str]


def _passages(document: Document) -> Iterator[_Passage]:
    """Every text of a document in reading order: role, block, number, opener, text; notes last."""
    if document.masthead.title is not None:
        yield from _passage("title", "title", None, document.masthead.title.text)
    for block in document.blocks():
        yield from _of_block(block)
    for annex in document.annexes:
        yield from _of_annex(annex)
    for note in document.notes:
        yield from _passage("note", note.id, note.marker, note.text)


def _passage(
    role: str, block: str, number: str | None, text: Text | None, opener: str | None = None
) -> Iterator[_Passage]:
    if text is not None and str(text).strip():
        yield role, block, number, opener, str(text)


def _of_block(block: Block) -> Iterator[_Passage]:
    match block:
        case Paragraph():
            yield from _passage("paragraph", block.id, block.number, block.text, block.opener)
            yield from _passage("paragraph", block.id, None, block.closing)
        case Heading():
            yield from _passage("heading", block.id, None, block.text)
        case Table():
            yield from _passage("heading", block.id, None, block.caption)
            for row in block.rows:
                cells = " | ".join(" ".join(map(str, cell.paragraphs)) for cell in row.cells)
                yield from _passage("row", block.id, None, Text(cells))
        case Section():
            yield from _passage("heading", block.id, block.number, block.label)
            yield from _passage("heading", block.id, block.number, block.heading)
        case _:
            yield from _passage("heading", block.id, None, block.heading)


def _of_annex(annex: Annex) -> Iterator[_Passage]:
    yield from _passage("heading", annex.id, None, annex.label)
    yield from _passage("heading", annex.id, None, annex.heading)


def _value(field: Field | None) -> str | None:
    """What a field means, else what is printed."""
    return (field.value or str(field.text)) if field is not None else None
