"""Brings documents by symbol and language from the services of the United Nations into a folder.

A document that is in the folder is not fetched again, so that a list that was stopped goes on where it was. A file is
written whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

import msgspec
import regex

from unresolve.errors import (
    MissingLanguageError,
    UnknownDocumentError,
    UnreachableError,
    UnresolveError,
    WrongContentError,
)
from unresolve.symbols import Symbol

from .runner import write_whole
from .web import Web

__all__ = ["DOCUMENTS_URL", "XML_URL", "Documents", "Fetched", "OfficialXml", "Service", "fetch", "file_name"]

DOCUMENTS_URL = "https://documents.un.org/api/symbol/access"
"""The United Nations' document service: ``?s=SYMBOL&l=LANG&t=pdf``."""

XML_URL = "https://api.github.com/repos/UNxml/GAresolutions/contents"
"""Where the United Nations publishes its Akoma Ntoso files of resolutions since session 75, as a listing of folders."""

LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
_FOLDERS = {"ar": "Arabic", "zh": "Chinese", "en": "English", "fr": "French", "ru": "Russian", "es": "Spanish"}
_LETTERS = {"ar": "A", "zh": "C", "en": "E", "fr": "F", "ru": "R", "es": "S"}

_UNSAFE = regex.compile(r"[^A-Za-z0-9.()-]")
_LONGEST = 180
"""A name without its ending; file systems allow 255 bytes, and a temporary name must fit as well."""
_REISSUE = regex.compile(r"[-_]reissue")
_TITLE = regex.compile(rb"<title[^>]{0,200}>([^<]{1,200})", regex.IGNORECASE)


class Fetched(msgspec.Struct, frozen=True):
    """What became of a wish: the file, and whether it was there before; or one line that says why there is none."""

    symbol: str
    lang: str
    path: Path | None = None
    kept: bool = False
    error: str | None = None


class Service(Protocol):
    """A place documents come from."""

    ending: str

    def get(self, symbol: Symbol, lang: str) -> bytes | None:
        """The file, or None if there is none; raises a FetchError."""

    def has(self, symbol: Symbol, lang: str) -> bool:
        """Whether there is a file, found out as cheaply as can be; raises a FetchError."""

    def sound(self, data: bytes) -> bool:
        """Whether the first bytes are those of such a file, and not of a web page."""


class Documents:
    """The document service: every document of the United Nations, as PDF."""

    ending = ".pdf"

    def __init__(self, web: Web, url: str = DOCUMENTS_URL) -> None:
        self._web = web
        self._url = url

    def get(self, symbol: Symbol, lang: str, *, most: int | None = None) -> bytes | None:
        """See :class:`Service`."""
        return self._web.get(self._url, {"s": str(symbol), "l": lang, "t": "pdf"}, most=most)

    def has(self, symbol: Symbol, lang: str) -> bool:
        """See :class:`Service`: the head of the file is enough."""
        return self.sound(self.get(symbol, lang, most=1024) or b"")

    def sound(self, data: bytes) -> bool:
        """See :class:`Service`."""
        return b"%PDF-" in data[:1024]


class OfficialXml:
    """The Akoma Ntoso files that the United Nations publishes: resolutions since session 75.

    Their names hold a job number that the symbol does not tell (``78session/English/A_RES_78_100-2324979E.xml``, in
    session 75 ``75_100_E.xml``), so the listing of the folder is asked for first, once a session and language.
    """

    ending = ".xml"

    def __init__(self, web: Web, url: str = XML_URL) -> None:
        self._web = web
        self._url = url.rstrip("/")
        self._listings: dict[tuple[str, str], dict[str, str]] = {}

    def get(self, symbol: Symbol, lang: str) -> bytes | None:
        """See :class:`Service`."""
        url = self._address(symbol, lang)
        return None if url is None else self._web.get(url)

    def has(self, symbol: Symbol, lang: str) -> bool:
        """See :class:`Service`."""
        return self._address(symbol, lang) is not None

    def sound(self, data: bytes) -> bool:
        """See :class:`Service`."""
        head = data[:4096]
        return b"<akomaNtoso" in head or b":akomaNtoso" in head

    def _address(self, symbol: Symbol, lang: str) -> str | None:
        if symbol.organ != "A" or symbol.kind != "RES" or not symbol.session or not symbol.number:
            return None
        number = symbol.number + "".join(part for part in symbol.parts if part.isalpha() and len(part) == 1)
        first = regex.compile(rf"(?:A_RES_)?{symbol.session}_{number}[-_]")
        named = [name for name in self._listing(symbol.session, lang) if first.match(name)]
        # A file issued again stands beside the first: "…_reissue.xml".
        best = max(named, key=lambda name: ("reissue" in name, name), default=None)
        return None if best is None else self._listing(symbol.session, lang)[best]

    def _listing(self, session: str, lang: str) -> dict[str, str]:
        """Addresses by file name."""
        if (session, lang) not in self._listings:
            said = self._web.get(f"{self._url}/{quote(session)}session/{_FOLDERS[lang]}")
            try:
                entries = msgspec.json.decode(said, type=list[_Entry]) if said is not None else []
            except msgspec.DecodeError as error:
                raise WrongContentError(f"no listing of files came from {self._url}: {error}") from error
            ending = f"{_LETTERS[lang]}.xml".casefold()
            self._listings[session, lang] = {
                entry.name: entry.download_url
                for entry in entries
                if entry.download_url and _REISSUE.sub("", entry.name.casefold()).endswith(ending)
            }
        return self._listings[session, lang]


class _Entry(msgspec.Struct, frozen=True):
    name: str
    download_url: str | None = None


def fetch(symbols: Iterable[str], langs: Sequence[str], folder: Path, service: Service) -> Iterator[Fetched]:
    """Each symbol in each language, in their order, written below ``folder``; see :func:`file_name`.

    One wish that fails never stops the others; after three in a row to which nobody answered the rest is given up.
    """
    silent = 0
    for text in symbols:
        for lang in langs:
            try:
                symbol = Symbol.parse(text)
                path = folder / file_name(symbol, lang, service.ending)
                if _is_there(path, service):
                    yield Fetched(str(symbol), lang, path, kept=True)
                    continue
                if silent >= 3:
                    raise UnreachableError("not asked for: the service did not answer three times in a row")
                write_whole(path, _bring(symbol, lang, service))
                silent = 0
                yield Fetched(str(symbol), lang, path)
            except UnresolveError as error:
                silent = silent + 1 if isinstance(error, UnreachableError) else 0
                # An InvalidSymbol draws its place below; the first line says it all.
                yield Fetched(text, lang, error=str(error.at(f"{text} in {lang}")).partition("\n")[0])


def file_name(symbol: Symbol, lang: str, ending: str = ".pdf") -> str:
    """The name of a document's file: ``A_RES_72_1.fr.pdf``.

    Nothing but ASCII letters, digits and ``.()-_`` stands in it, so that it is one file in one folder whatever the
    symbol holds; a name too long for a file system is cut, and its hash put behind.
    """
    name = _UNSAFE.sub("_", str(symbol).replace("/", "_")).lstrip(".")
    if len(name) > _LONGEST:
        from hashlib import sha256

        name = f"{name[: _LONGEST - 17]}-{sha256(name.encode()).hexdigest()[:16]}"
    return f"{name}.{lang}{ending}"


def _is_there(path: Path, service: Service) -> bool:
    try:
        with path.open("rb") as file:
            return service.sound(file.read(4096))
    except OSError:
        return False


def _bring(symbol: Symbol, lang: str, service: Service) -> bytes:
    data = service.get(symbol, lang)
    if data is None:
        others = [other for other in LANGUAGES if other != lang and service.has(symbol, other)]
        if others:
            raise MissingLanguageError(f"not there in this language; there is {' '.join(others)}")
        raise UnknownDocumentError("the service knows no document of this symbol")
    if not service.sound(data):
        title = _TITLE.search(data[:10_000])
        said = f": “{' '.join(title[1].decode('utf-8', 'replace').split())}”" if title else ""
        raise WrongContentError(f"no {service.ending[1:].upper()} came but something else{said}")
    return data
