"""The manifest of a run: JSON Lines, a record for each document that was finished, added as it is finished.

A run may be killed at any byte. A record is written in one piece after the files it names; a last line that was torn
is cut off when the manifest is opened again, and a record counts only as long as its files have the SHA-256 it says.
One run writes at a time: the file is locked, and the lock ends with the process that holds it.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path, PurePath
from threading import Lock
from types import TracebackType
from typing import BinaryIO, Literal

import msgspec

from unresolve import __version__
from unresolve.corpus.places import is_address
from unresolve.corpus.tasks import Options, Outcome, Written
from unresolve.errors import ManifestError

__all__ = ["Manifest", "Record", "key", "read_records", "record_of"]

Result = Literal["parsed", "refused", "failed"]


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one document.

    ``source`` is the input as it was named, ``sha256`` and ``size`` are those of its bytes. ``key`` stands for
    content, options, formats and version together (:func:`key`). ``result`` is ``parsed``; ``refused`` if the
    document cannot be read, which no second try changes; ``failed`` for all that may go better another time (limits,
    a full disk). ``outputs`` lie below the folder of the run. ``counts`` is what was found, ``diagnostics`` how often
    each code came. ``kept`` says that an earlier run had done it, ``seconds`` is wall time and ``finished`` the moment
    in UTC: the only members that differ between an unbroken run and one that was resumed.
    """

    source: str
    result: Result
    key: str = ""
    sha256: str = ""
    size: int = 0
    options: Options = Options()
    version: str = ""
    grammars: str = ""
    error: str | None = None
    error_type: str | None = None
    outputs: tuple[Written, ...] = ()
    counts: dict[str, int] = {}
    diagnostics: dict[str, int] = {}
    kept: bool = False
    seconds: float = 0.0
    finished: str = ""


def key(sha256: str, options: Options, formats: Sequence[str]) -> str:
    """What decides the bytes of the outputs, as one SHA-256.

    The bytes of the input, the options, the formats, the version of this package and its grammars, and
    ``SOURCE_DATE_EPOCH``, which dates the markup. The name of the input is no part of it.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    parts = (sha256, options, sorted(formats), __version__, _grammars(), epoch)
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def record_of(outcome: Outcome, options: Options, formats: Sequence[str], root: str) -> Record:
    """The record of an outcome whose outputs were written below ``root``."""
    from unresolve import errors

    kind = getattr(errors, outcome.error_type or "", None)
    refused = isinstance(kind, type) and issubclass(kind, errors.ReadError) and bool(outcome.sha256)
    return Record(
        source=_text(outcome.source),
        result="parsed" if outcome.error is None else "refused" if refused else "failed",
        key=key(outcome.sha256, options, formats) if outcome.sha256 else "",
        sha256=outcome.sha256,
        size=outcome.size,
        options=options,
        version=__version__,
        grammars=_grammars(),
        error=None if outcome.error is None else _text(outcome.error),
        error_type=outcome.error_type,
        outputs=tuple(msgspec.structs.replace(one, path=_text(_below(one.path, root))) for one in outcome.written),
        counts=outcome.counts,
        diagnostics=dict(sorted(outcome.codes.items())),
        kept=outcome.kept,
        seconds=round(outcome.seconds, 4),
        finished=datetime.now(UTC).isoformat(timespec="seconds"),
    )


class Manifest:
    """A manifest open for writing, and what it said when it was opened.

    Which record has which key is kept in a temporary database on disk, not in memory. Raises a ManifestError if the
    file cannot be opened or another run is writing it. ``unreadable`` counts the lines that were no records.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.unreadable = 0
        self._lock = Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a+b", buffering=0)
        except OSError as error:
            raise ManifestError(f"cannot be written: {error.strerror or error}", source=str(path)) from error
        try:
            _lock(self._file, path)
            self._cut_torn_line()
        except BaseException:
            self._file.close()
            raise
        self._index = sqlite3.connect("", check_same_thread=False)
        self._index.execute("create table records (key text primary key, start integer, length integer)")
        self._indexed = False

    def __enter__(self) -> Manifest:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._index.close()
        self._file.close()

    def add(self, record: Record) -> None:
        """Append a record; raises a ManifestError if it cannot be written."""
        line = msgspec.json.encode(record) + b"\n"
        try:
            whole = self._file.write(line) == len(line)
        except OSError as error:
            raise ManifestError(f"cannot be written: {error.strerror or error}", source=str(self.path)) from error
        if not whole:
            raise ManifestError("cannot be written whole: is the disk full?", source=str(self.path))

    def find(self, wanted: str) -> Record | None:
        """The last record with this key that was there when the manifest was opened; may be called from any thread."""
        with self._lock:
            if not self._indexed:
                self._read_all()
            row = self._index.execute("select start, length from records where key = ?", (wanted,)).fetchone()
            if row is None:
                return None
            with self.path.open("rb") as file:
                file.seek(row[0])
                return msgspec.json.decode(file.read(row[1]), type=Record)

    def _read_all(self) -> None:
        self._indexed = True
        start = 0
        with self.path.open("rb") as lines:
            for line in lines:
                record = _decoded(line)
                if record is None:
                    self.unreadable += 1
                elif record.key:
                    row = (record.key, start, len(line))
                    self._index.execute("insert or replace into records values (?, ?, ?)", row)
                start += len(line)

    def _cut_torn_line(self) -> None:
        end = self._file.seek(0, os.SEEK_END)
        whole = end
        while whole and self._read_at(whole - 1, 1) != b"\n":
            block = max(0, whole - 4096)
            found = self._read_at(block, whole - block).rfind(b"\n")
            whole = block + found + 1
        if whole < end:
            self._file.truncate(whole)

    def _read_at(self, start: int, length: int) -> bytes:
        self._file.seek(start)
        return self._file.read(length)


def read_records(path: Path) -> Iterator[Record]:
    """The records of a manifest as they were written; of several for one source the last counts.

    Lines that are no records (torn when the power failed) are passed over.
    """
    with path.open("rb") as lines:
        yield from (record for line in lines if (record := _decoded(line)) is not None)


def _decoded(line: bytes) -> Record | None:
    try:
        return msgspec.json.decode(line, type=Record)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _text(name: str) -> str:
    """A name that JSON can hold: bytes of a file's name that are no text become question marks."""
    return name.encode("utf-8", "replace").decode()


def _below(path: str, root: str) -> str:
    if is_address(root):
        return path.removeprefix(root.rstrip("/") + "/")
    return PurePath(path).relative_to(root).as_posix()


@lru_cache
def _grammars() -> str:
    """The state of the grammars, which people edit without touching the version: 16 digits of a SHA-256."""
    digest = hashlib.sha256()
    for file in sorted(files("unresolve.grammars").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _lock(file: BinaryIO, path: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: two runs at once into one folder are not kept apart there
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ManifestError("another run is writing it: wait for its end", source=str(path)) from error
    except OSError:  # a file system without locks (some network mounts)
        return
