"""A document with all that was made of it as one BagIt bag, for archives (RFC 8493; Archivematica and RODA take it).

``A_RES_72_1/`` holds below ``data/`` the PDF, the Akoma Ntoso, the JSON and the text of each language, and beside it
the SHA-256 of each file and a PREMIS record of what was made from what. The payload is written file by file as a run
goes; :func:`seal` writes the rest when all languages are there. Until then the folder is no bag,
and says so to any tool.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import msgspec
import regex
from lxml import etree

from unresolve import __version__
from unresolve.errors import MissingExtraError, OutputError
from unresolve.model import Document

from .places import write_whole

__all__ = ["PARTS", "bag_of", "seal"]

PARTS = {"source": ".pdf", "akn": ".xml", "json": ".json", "text": ".txt"}
"""What stands in a bag for each language, and its ending; ``source`` is the input itself."""

_MADE = tuple(ending for form, ending in PARTS.items() if form != "source")
_LANGUAGE = regex.compile(r"\.(?:ar|zh|en|fr|ru|es)$", regex.IGNORECASE)
_AMBIGUOUS = regex.compile(r"[%\r\n]")
_PREMIS = "http://www.loc.gov/premis/v3"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_FORMATS = {
    ".pdf": ("Portable Document Format", "application/pdf"),
    ".xml": ("Akoma Ntoso 3.0", "application/akn+xml"),
    ".json": ("JSON", "application/json"),
    ".txt": ("Plain text, UTF-8", "text/plain"),
}


def bag_of(stem: PurePosixPath) -> PurePosixPath:
    """The bag of an output, without its language: ``sub/A_RES_72_1`` for ``sub/A_RES_72_1.fr``."""
    return stem.with_name(_LANGUAGE.sub("", stem.name) or stem.name)


def seal(folder: Path, *, date: str | None = None) -> None:
    """Make a bag of a folder whose payload stands below ``data/``; done again it gives the same bytes.

    ``date`` (ISO 8601) is when the files were made; without it ``SOURCE_DATE_EPOCH`` is used, else no date is given.
    The bag is checked with the reference implementation. Raises OutputError for a folder without payload, for a file
    that cannot be written and for a bag that is not valid, and MissingExtraError without bagit.
    """
    try:
        import bagit
    except ImportError as error:
        raise MissingExtraError("archive", source=str(folder)) from error
    files = sorted(path for path in (folder / "data").rglob("*") if path.is_file() and not path.name.startswith("."))
    if not files:
        raise OutputError("no payload to make a bag of", source=str(folder))
    if any(_AMBIGUOUS.search(path.name) for path in files):
        # RFC 8493 (2.1.3) writes % as %25 in a manifest, the reference implementation does not.
        raise OutputError("a name with % or a line feed, which tools read in two ways; rename it", source=str(folder))
    date = date or _epoch()
    digests = {path.relative_to(folder).as_posix(): _sha256(path) for path in files}
    size = sum(path.stat().st_size for path in files)
    write_whole(folder / "manifest-sha256.txt", _manifest(digests))
    write_whole(folder / "metadata" / "premis.xml", _premis(folder, digests, date))
    write_whole(folder / "bag-info.txt", _info(files, f"{size}.{len(files)}", date))
    write_whole(folder / "bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    tags = ("bag-info.txt", "bagit.txt", "manifest-sha256.txt", "metadata/premis.xml")
    write_whole(folder / "tagmanifest-sha256.txt", _manifest({name: _sha256(folder / name) for name in tags}))
    try:
        bagit.Bag(str(folder)).validate()
    except bagit.BagError as error:
        raise OutputError(f"the bag is not valid: {error}", source=str(folder)) from error


def _manifest(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in digests.items()).encode()


def _info(files: Sequence[Path], size: str, date: str | None) -> bytes:
    """The description of the bag: what the masthead says, in English where there is an English file."""
    documents = [msgspec.json.decode(path.read_bytes(), type=Document) for path in files if path.suffix == ".json"]
    documents.sort(key=lambda document: (document.language != "en", document.language))
    symbols = dict.fromkeys(
        str(d.masthead.symbol.value or d.masthead.symbol.text) for d in documents if d.masthead.symbol
    )
    titles = [str(d.masthead.title.text) for d in documents if d.masthead.title]
    lines = [
        ("Bag-Software-Agent", f"unresolve {__version__}"),
        *([("Bagging-Date", date[:10])] if date else []),
        *(("External-Identifier", symbol) for symbol in symbols),
        *[("External-Description", title) for title in titles[:1]],
        ("Payload-Oxum", size),
    ]
    return "".join(f"{name}: {' '.join(value.split())}\n" for name, value in lines).encode()


def _premis(folder: Path, digests: Mapping[str, str], date: str | None) -> bytes:
    """The files, the software, and an event for each source: what was made from it (PREMIS 3.0).

    The date of an event has to be there; ``unknown`` is the word of EDTF for one that nobody has recorded.
    """
    root = etree.Element(f"{{{_PREMIS}}}premis", nsmap={"premis": _PREMIS, "xsi": _XSI}, version="3.0")
    for name, digest in digests.items():
        made = _add(root, "object")
        made.set(f"{{{_XSI}}}type", "premis:file")
        _identify(made, "object", name)
        facts = _add(made, "objectCharacteristics")
        fixity = _add(facts, "fixity")
        _add(fixity, "messageDigestAlgorithm", "SHA-256")
        _add(fixity, "messageDigest", digest)
        _add(facts, "size", str((folder / name).stat().st_size))
        title, kind = _FORMATS.get(PurePosixPath(name).suffix, ("unknown", "application/octet-stream"))
        _add(_add(_add(facts, "format"), "formatDesignation"), "formatName", f"{kind} ({title})")
    for source in (name for name in digests if PurePosixPath(name).suffix not in _MADE):
        event = _add(root, "event")
        _identify(event, "event", f"normalization:{source}")
        _add(event, "eventType", "normalization")
        _add(event, "eventDateTime", date or "unknown")
        detail = _add(event, "eventDetailInformation")
        _add(detail, "eventDetail", f"Read by unresolve {__version__} and written as Akoma Ntoso, JSON and text")
        _add(_add(event, "eventOutcomeInformation"), "eventOutcome", "success")
        _link(event, "Agent", _AGENT, "executing program")
        for name, role in _made_from(source, digests):
            _link(event, "Object", name, role)
    agent = _add(root, "agent")
    _identify(agent, "agent", _AGENT)
    _add(agent, "agentName", "unresolve")
    _add(agent, "agentType", "software")
    _add(agent, "agentVersion", __version__)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


_AGENT = f"unresolve-{__version__}"


def _made_from(source: str, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The source of an event and its outcomes: the files that share its name but for the ending."""
    yield source, "source"
    made = (str(PurePosixPath(source).with_suffix(ending)) for ending in _MADE)
    yield from ((name, "outcome") for name in made if name in names)


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    made = etree.SubElement(parent, f"{{{_PREMIS}}}{name}")
    made.text = text
    return made


def _identify(parent: etree._Element, what: str, value: str) -> None:
    made = _add(parent, f"{what}Identifier")
    _add(made, f"{what}IdentifierType", "local")
    _add(made, f"{what}IdentifierValue", value)


def _link(event: etree._Element, what: str, value: str, role: str) -> None:
    made = _add(event, f"linking{what}Identifier")
    _add(made, f"linking{what}IdentifierType", "local")
    _add(made, f"linking{what}IdentifierValue", value)
    _add(made, f"linking{what}Role", role)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _epoch() -> str | None:
    """``SOURCE_DATE_EPOCH`` (reproducible-builds.org) as a date and time."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(seconds), UTC).isoformat() if seconds.isdecimal() else None
