"""The XML ground the Akoma Ntoso writer and reader share: namespaces, clean strings, elements, bytes."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import regex
from lxml import etree

from unresolve.model import Box
from unresolve.patterns import late

__all__ = [
    "AKN",
    "AKN4UN",
    "BRACKET",
    "CALL",
    "MARKER",
    "OWN",
    "TABLE_NOTE",
    "address",
    "all_of",
    "anywhere",
    "boxes_of",
    "boxes_to_str",
    "clean",
    "element",
    "first_of",
    "is_last",
    "local",
    "own",
    "to_bytes",
]

BRACKET = "bracket"
"""The class of a span that holds the brackets around a note's marker; it is no part of any text."""

TABLE_NOTE, MARKER, CALL = "tableNote", "noteMarker", "noteCall"
"""The classes of the line of a note below a table, of the marker printed before it, and of what calls it."""


AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
AKN4UN = "http://un.org/akn4un"
OWN = "urn:unresolve:1"
"""This project's own attributes: boxes, and the values that Akoma Ntoso has no place for."""

_NSMAP: Any = {None: AKN, "akn4un": AKN4UN, "unr": OWN}

# XML 1.0 has no way to write these; one character for one, so that offsets stay true.
_UNWRITABLE = late(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_ESCAPE = regex.compile(r"(%[0-9A-Fa-f]{2})")
_ABSOLUTE = regex.compile(r"/(?!/)|(?:https?|ftp)://[A-Za-z0-9.-]{1,255}(?::[0-9]{1,5})?(?:[/?]|$)|urn:[a-z0-9]")

_MIXED = frozenset(
    f"{{{AKN}}}{name}"
    for name in (
        "p",
        "num",
        "heading",
        "subheading",
        "crossHeading",
        "caption",
        "a",
        "ref",
        "span",
        "docTitle",
        "inline",
        "tocItem",
    )
)


def clean(text: str) -> str:
    """The same text with U+FFFD for every character that XML cannot hold."""
    return text if text.isprintable() else str(_UNWRITABLE.sub("\ufffd", text))


def own(name: str) -> str:
    """The qualified name of one of this project's own attributes or elements."""
    return f"{{{OWN}}}{name}"


def element(parent: etree._Element | None, tag_name: str, /, **attributes: str | None) -> etree._Element:
    """A new element of the Akoma Ntoso namespace, at the end of ``parent``; attributes of None are left out.

    A trailing underscore frees Python's keywords: ``as_``, ``for_``.
    """
    tag = f"{{{AKN}}}{tag_name}"
    made = etree.Element(tag, nsmap=_NSMAP) if parent is None else etree.SubElement(parent, tag)
    for key, value in attributes.items():
        if value is not None:
            made.set(key.rstrip("_"), value if value.isprintable() else clean(value))
    return made


def address(text: str) -> str:
    """``text`` as an IRI reference: what may not stand there is percent-encoded, escapes are kept."""
    body, mark, fragment = clean(text).partition("#")
    sound = _ABSOLUTE.match(body) is not None or not body
    path = "".join(
        part if _ESCAPE.fullmatch(part) else quote(part, safe="/:?@!$&'()*+,;=~" if sound else "/()")
        for part in _ESCAPE.splititer(body)
    )
    return f"{'' if sound else './'}{path}{mark}{quote(fragment, safe='/?:@!$&()*+,;=~')}"


def boxes_to_str(boxes: tuple[Box, ...]) -> str | None:
    """``page,x0,y0,x1,y1`` of each box, separated by spaces; None if there is none."""
    return " ".join(f"{b.page},{b.x0!r},{b.y0!r},{b.x1!r},{b.y1!r}" for b in boxes) or None


def local(made: etree._Element | None) -> str:
    """The name of an element without its namespace; empty for comments and foreign elements."""
    tag = made.tag if made is not None else None
    return tag[len(AKN) + 2 :] if isinstance(tag, str) and tag.startswith(f"{{{AKN}}}") else ""


def boxes_of(made: etree._Element) -> tuple[Box, ...]:
    """The boxes an element carries."""
    boxes = []
    for box in (made.get(own("boxes")) or "").split():
        page, x0, y0, x1, y1 = box.split(",")
        boxes.append(Box(int(page), float(x0), float(y0), float(x1), float(y1)))
    return tuple(boxes)


def is_last(made: etree._Element) -> bool:
    """Is this the last element of its kind?"""
    return next(made.itersiblings(made.tag), None) is None


def first_of(made: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of a name, if there is one."""
    return None if made is None else next((part for part in made if local(part) == name), None)


def all_of(made: etree._Element | None, name: str) -> list[etree._Element]:
    """The children of a name."""
    return [] if made is None else [part for part in made if local(part) == name]


def anywhere(made: etree._Element | None, name: str) -> etree._Element | None:
    """The first element of a name in or below another."""
    return None if made is None else next(made.iter(f"{{{AKN}}}{name}"), None)


def to_bytes(root: etree._Element) -> bytes:
    """The document as UTF-8, indented only where white space means nothing."""
    _indent(root, 0)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _indent(parent: etree._Element, depth: int) -> None:
    if not len(parent) or parent.tag in _MIXED:
        return
    inner = "\n" + "  " * (depth + 1)
    parent.text = inner
    for child in parent:
        _indent(child, depth + 1)
        child.tail = inner
    parent[-1].tail = inner[:-2]
