"""Akoma Ntoso back into the model: the files this project writes, exactly, and those the UN publishes.

The reader stands beside the writer, as ``from_json`` beside ``to_json``: the two hold one set of names.
"""

from __future__ import annotations

from itertools import zip_longest
from os import PathLike
from pathlib import Path
from typing import TypeVar

import msgspec
from lxml import etree

from unresolve.errors import InvalidDocumentError, ReadError
from unresolve.model import (
    AgendaItem,
    Annex,
    Block,
    Citation,
    Closing,
    Diagnostic,
    Document,
    Field,
    Masthead,
    Paragraph,
    Preamble,
    Section,
    Sitting,
    Source,
    Text,
)

from .akn_meta import KINDS, LANGUAGES, UNKNOWN_DAY
from .akn_read_blocks import BlockReader
from .akn_read_text import TextReader
from .akn_refs import full_date
from .akn_repairs import repair
from .akn_validate import parse
from .akn_xml import AKN, all_of, anywhere, boxes_of, first_of, is_last, local, own

__all__ = ["LIMIT", "from_akn", "read_akn"]

LIMIT = 100_000_000
"""The size in bytes from which a file is not read."""

_T = TypeVar("_T", Citation, Diagnostic)


def from_akn(xml: bytes) -> Document:
    """The document of an Akoma Ntoso file.

    A file of :func:`~unresolve.writers.akn.to_akn` gives the document it was written from; written again it
    gives the same bytes. Other files are read as the UN's are (see ``docs/akn.md``). Raises
    :class:`~unresolve.errors.InvalidDocumentError` for what is not Akoma Ntoso or exceeds :data:`LIMIT`.
    """
    if len(xml) > LIMIT:
        raise InvalidDocumentError(f"{len(xml)} bytes of XML: more than {LIMIT} are not read")
    root, fault = _parsed(xml)
    if local(root) != "akomaNtoso" or not any(local(child) for child in root):
        raise InvalidDocumentError("not an Akoma Ntoso document")
    exact = next(root.iter(own("source")), None) is not None
    if not exact:
        repair(root)
    try:
        document = _Reader(root, exact=exact).document()
    except ValueError as error:
        raise InvalidDocumentError(f"an attribute that is not what it should be: {error}") from error
    if fault is None:
        return document
    found = Diagnostic("xml-not-well-formed", fault)
    return msgspec.structs.replace(document, diagnostics=(*document.diagnostics, found))


def read_akn(source: str | PathLike[str] | bytes) -> Document:
    """The document of an Akoma Ntoso file: its path, or its bytes.

    See :func:`from_akn`, whose errors then name the file; a file that cannot be opened is a
    :class:`~unresolve.errors.ReadError`.
    """
    if isinstance(source, bytes):
        return from_akn(source)
    path = Path(source)
    try:
        if path.stat().st_size > LIMIT:
            raise InvalidDocumentError(f"more than {LIMIT} bytes of XML are not read", source=str(path))
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(error.strerror or str(error), source=str(path)) from error
    try:
        return from_akn(data)
    except InvalidDocumentError as error:
        raise error.at(str(path)) from error.__cause__


def _parsed(xml: bytes) -> tuple[etree._Element, str | None]:
    """The root, and what is wrong where the XML is not well-formed but can be read past its fault.

    One of the UN's files of 2009 closes ``paragraph`` with ``alinea``.
    """
    try:
        return parse(xml), None
    except etree.XMLSyntaxError as error:
        if not xml.rstrip().endswith(b"akomaNtoso>"):
            raise InvalidDocumentError(f"not well-formed XML: {error}") from error
        return parse(xml, recover=True), str(error)


class _Reader:
    def __init__(self, root: etree._Element, *, exact: bool) -> None:
        self._top = next(child for child in root if local(child))
        self._exact = exact
        self._texts = TextReader(root, exact=exact)
        self._blocks = BlockReader(self._texts, exact=exact)

    def document(self) -> Document:
        top = self._top
        meta = first_of(top, "meta")
        masthead = self._masthead()
        statement = top
        body: tuple[Block, ...] = ()
        for component in all_of(first_of(top, "components"), "component") or all_of(
            first_of(top.getparent(), "components"), "component"
        ):
            statement = next((child for child in component if local(child)), top)
            body += (self._part(component, statement, last=is_last(component)),)
        preamble = self._preamble(first_of(top, "preamble"))
        body += self._blocks.body(first_of(top, "mainBody"))
        closing = self._closing(first_of(statement, "conclusions"))
        annexes = tuple(self._annex(made) for made in all_of(first_of(statement, "attachments"), "attachment"))
        language = anywhere(meta, "FRBRlanguage")
        code = language.get("language", "und") if language is not None else "und"
        codes = {long: short for short, long in LANGUAGES.items()}
        own_language = _own_element(meta, "language")
        kinds = {(element, name): kind for kind, (element, _, name) in KINDS.items()}
        citations = tuple(_record(made, Citation) for made in _own_elements(meta, "citation"))
        return Document(
            source=self._source(meta),
            kind=kinds.get((local(statement), statement.get("name", "")), "document"),
            language=codes.get(code, code) if own_language is None else own_language.text or "",
            masthead=masthead,
            preamble=preamble,
            body=body,
            annexes=annexes,
            closing=closing,
            notes=self._texts.notes(),
            citations=citations if self._exact else tuple(self._texts.citations),
            diagnostics=tuple(_record(made, Diagnostic) for made in _own_elements(meta, "diagnostic")),
        )

    @staticmethod
    def _source(meta: etree._Element | None) -> Source:
        kept = _own_element(meta, "source")
        if kept is None:
            return Source(media_type="application/akn+xml")
        return Source(
            kept.get("sha256", ""), kept.get("mediaType", ""), int(kept.get("pages") or 0), kept.get("producer")
        )

    def _masthead(self) -> Masthead:
        cover = first_of(self._top, "coverPage")
        fields: dict[str, Field] = {}
        agenda: list[AgendaItem] = []
        for made in (part for line in all_of(cover, "p") for part in line.iter(f"{{{AKN}}}*")):
            name = _field_name(made)
            if name == "agenda item":
                agenda.append(AgendaItem(self._field(made, f"agenda/{len(agenda)}")))
            elif name == "agenda item name" and agenda:
                title = self._field(made, f"agenda/{len(agenda) - 1}/title")
                agenda[-1] = AgendaItem(agenda[-1].label, title)
            elif name in _FIELDS and name not in fields:
                fields[name] = self._field(made, name)
        preface = first_of(self._top, "preface")
        for tag, name in (("docNumber", "number"), ("docTitle", "title")):
            found = anywhere(preface, tag)
            if found is not None:
                fields[name] = self._field(found, name)
        originals = all_of(anywhere(first_of(self._top, "meta"), "references"), "original")
        originating = tuple(made.get("showAs", "") for made in originals)
        if not self._exact and "number" in fields:
            fields["number"] = msgspec.structs.replace(
                fields["number"], value=str(fields["number"].text).strip(".").replace(" ", "") or None
            )
        if not self._exact and "heading" in fields:
            day = next((d for made in all_of(cover, "p") if (d := _adoption(made)) is not None), None)
            fields["heading"] = msgspec.structs.replace(fields["heading"], value=day)
        return Masthead(agenda=tuple(agenda), originating=originating, **fields)

    def _field(self, made: etree._Element, block: str) -> Field:
        value = made.get(own("value"))
        name = local(made)
        if value is None and name == "docDate":
            value = made.get("date")
        elif value is None and name == "session":
            value = made.get("value")
        elif value is None and (name == "location" or made.get("name") in ("agenda item", "adoptionMeeting")):
            value = made.get("title")
        text = self._texts.read(made, block)
        if value is None and not self._exact and block == "symbol":
            value = str(text)
        return Field(text, value, boxes_of(made))

    def _part(self, component: etree._Element, statement: etree._Element, *, last: bool) -> Section:
        """A part of a resolution; see :mod:`unresolve.writers.akn_parts`."""
        preface, preamble = first_of(statement, "preface"), first_of(statement, "preamble")
        label, heading = anywhere(preface, "docNumber"), anywhere(preface, "docTitle")
        letter = "".join((label.text or "").split()) if label is not None else ""
        part_id = self._blocks.id(component, "cmp") if self._exact or not letter else f"cmp_{letter}"
        self._blocks.scope = part_id
        label_text = self._texts.read(label, f"{part_id}/label") if label is not None else None
        heading_text = self._texts.read(heading, f"{part_id}/heading") if heading is not None else None
        blocks: list[Block] = []
        formula = first_of(preamble, "formula")
        blocks += [self._line(line, "formula") for line in all_of(formula, "p")]
        for child in preamble if preamble is not None else ():
            if child is not formula:
                blocks += self._blocks.blocks(child)
        blocks += self._blocks.body(first_of(statement, "mainBody"))
        if not last:
            for line in all_of(first_of(statement, "conclusions"), "p"):
                blocks.append(self._line(line, "closing"))
        self._blocks.scope = ""
        return Section(part_id, 1, None, label_text, heading_text, tuple(blocks), boxes_of(component))

    def _line(self, made: etree._Element, name: str) -> Paragraph:
        block_id = self._blocks.id(made, name)
        text = self._texts.read(made, block_id)
        return Paragraph(block_id, text, None, made.get(own("opener")), boxes=boxes_of(made))

    def _preamble(self, preamble: etree._Element | None) -> Preamble:
        if preamble is None:
            return Preamble()
        formula: Field | None = None
        made = first_of(preamble, "formula")
        if made is not None:
            line = next(iter(all_of(made, "p")), made)
            formula = Field(self._texts.read(line, "formula"), made.get(own("value")), boxes_of(made))
        blocks = tuple(block for child in preamble if child is not made for block in self._blocks.blocks(child))
        return Preamble(formula, blocks)

    def _closing(self, conclusions: etree._Element | None) -> Closing:
        if conclusions is None:
            return Closing()
        lines = all_of(conclusions, "p") if self._exact else [conclusions]
        sittings: list[Sitting] = []
        for line in lines:  # the UN's files name all meetings in one line, and all dates in the next
            found: tuple[list[Field], list[Field]] = ([], [])
            for made in line.iter(f"{{{AKN}}}*"):
                name = local(made)
                dated = name == "docDate" or (name == "inline" and made.get("name") == "date")
                if dated or name == "location" or made.get("name") == "adoptionMeeting":
                    place = len(sittings) + len(found[dated]) + 1
                    behind = "" if place == 1 else f"/{place}"
                    found[dated].append(self._field(made, f"{'date' if dated else 'meeting'}{behind}"))
            pairs = list(zip_longest(*found))
            sittings += [Sitting(*pair) for pair in pairs or [(None, None)][: self._exact]]
        return Closing.of(sittings)

    def _annex(self, made: etree._Element) -> Annex:
        annex_id = self._blocks.id(made, "att")
        self._blocks.scope = annex_id
        label, heading = first_of(made, "heading"), first_of(made, "subheading")
        label_text = self._texts.read(label, f"{annex_id}/label") if label is not None else Text()
        heading_text = self._texts.read(heading, f"{annex_id}/heading") if heading is not None else None
        doc = first_of(made, "doc")
        blocks = self._blocks.body(first_of(doc, "mainBody") if doc is not None else None)
        self._blocks.scope = ""
        return Annex(annex_id, label_text, heading_text, blocks, boxes_of(made))


_FIELDS = (
    "publisher", "symbol", "organ", "committee", "distribution", "issued", "original_language", "session", "heading",
    "proponent", "job_number",
)  # fmt: skip


def _field_name(made: etree._Element) -> str:
    """The field of the masthead an element of the cover page is."""
    name, refers = local(made), made.get("refersTo")
    if name == "docAuthority":
        return {"#publisher": "publisher", "#committee": "committee"}.get(refers or "", "organ")
    if name == "inline" and made.get("name") == "date":
        return "issued"
    if name == "inline":
        said = made.get("name") or ""
        return said if said.startswith("agenda item") else said.replace(" ", "_")
    tags = {"docNumber": "symbol", "docStatus": "distribution", "docDate": "issued", "docTitle": "heading"}
    return tags.get(name) or {"session": "session", "docProponent": "proponent"}.get(name, "")


def _adoption(line: etree._Element) -> str | None:
    """The day in a heading: "Adopted by the Security Council at its 4667th meeting, on 13 December 2002"."""
    for title in all_of(line, "docTitle"):
        date = anywhere(title, "docDate")
        if date is not None and full_date(date.get("date")) not in (None, UNKNOWN_DAY):
            return date.get("date")
    return None


def _own_elements(made: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if made is None else list(made.iter(own(name)))


def _own_element(made: etree._Element | None, name: str) -> etree._Element | None:
    return next(iter(_own_elements(made, name)), None)


def _record(made: etree._Element, kind: type[_T]) -> _T:
    """A citation or diagnostic from the attributes it was written as."""
    values: dict[str, object] = {str(name): str(value) for name, value in made.attrib.items()}
    for name, number in (("start", int), ("end", int), ("page", int), ("confidence", float)):
        if name in values:
            values[name] = number(str(values[name]))
    if "box" in values:
        page, *sides = str(values["box"]).split(",")
        values["box"] = dict(zip(("page", "x0", "y0", "x1", "y1"), (int(page), *map(float, sides)), strict=True))
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        raise InvalidDocumentError(f"line {made.sourceline}: {error}") from error
