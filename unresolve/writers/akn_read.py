"""Akoma Ntoso back into the model: the files this project writes, exactly, and those the UN publishes.

The reader stands beside the writer, as ``from_json`` beside ``to_json``: the two hold one set of names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar, cast

import msgspec
from lxml import etree

from unresolve.errors import InvalidDocumentError
from unresolve.model import (
    AdoptedText,
    AgendaItem,
    Annex,
    Block,
    Cell,
    Citation,
    Closing,
    Diagnostic,
    Document,
    Field,
    Heading,
    Kind,
    Masthead,
    Paragraph,
    Preamble,
    Row,
    Section,
    Source,
    Table,
    Text,
)

from .akn_meta import KINDS, LANGUAGES
from .akn_repairs import repair
from .akn_text_read import TextReader, boxes_of, local
from .akn_validate import parse
from .akn_xml import AKN, own
from .eids import id_of

__all__ = ["LIMIT", "from_akn"]

LIMIT = 100_000_000
"""The size in bytes from which a file is not read."""

_T = TypeVar("_T", Citation, Diagnostic)
_DIVISIONS = ("section", "part", "chapter", "division", "article")
_LINES = ("heading", "subheading", "crossHeading")


def from_akn(xml: bytes) -> Document:
    """The document of an Akoma Ntoso file.

    A file of :func:`~unresolve.writers.akn.to_akn` gives the document it was written from; written again it
    gives the same bytes. Other files are read as the UN's are (see ``docs/akn.md``). Raises
    :class:`~unresolve.errors.InvalidDocumentError` for what is not Akoma Ntoso or exceeds :data:`LIMIT`.
    """
    if len(xml) > LIMIT:
        raise InvalidDocumentError(f"{len(xml)} bytes of XML: more than {LIMIT} are not read")
    try:
        root = parse(xml)
    except etree.XMLSyntaxError as error:
        raise InvalidDocumentError(f"not well-formed XML: {error}") from error
    if local(root) != "akomaNtoso" or not any(local(child) for child in root):
        raise InvalidDocumentError("not an Akoma Ntoso document")
    exact = next(root.iter(own("source")), None) is not None
    if not exact:
        repair(root)
    return _Reader(root, exact=exact).document()


class _Reader:
    def __init__(self, root: etree._Element, *, exact: bool) -> None:
        self._top = next(child for child in root if local(child))
        self._exact = exact
        self._texts = TextReader(root, exact=exact)
        self._counts: dict[str, int] = {}

    def document(self) -> Document:
        top = self._top
        meta = _child(top, "meta")
        masthead = self._masthead()
        statement = top
        body: tuple[Block, ...] = ()
        for component in _children(_child(top, "components"), "component") or _children(
            _child(top.getparent(), "components"), "component"
        ):
            statement = next((child for child in component if local(child)), top)
            body += (self._part(component, statement, last=_last(component)),)
        preamble = self._preamble(_child(top, "preamble"))
        body += self._body(_child(top, "mainBody"))
        closing = self._closing(_child(statement, "conclusions"))
        annexes = tuple(self._annex(made) for made in _children(_child(statement, "attachments"), "attachment"))
        language = _find(meta, "FRBRlanguage")
        code = language.get("language", "und") if language is not None else "und"
        codes = {long: short for short, long in LANGUAGES.items()}
        own_language = _own_element(meta, "language")
        kinds = {(element, name): kind for kind, (element, _, name) in KINDS.items()}
        citations = tuple(_record(made, Citation) for made in _own_elements(meta, "citation"))
        return Document(
            source=self._source(meta),
            kind=cast(Kind, kinds.get((local(statement), statement.get("name", "")), "document")),
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
        cover = _child(self._top, "coverPage")
        fields: dict[str, Field] = {}
        agenda: list[AgendaItem] = []
        for made in (part for line in _children(cover, "p") for part in line.iter(f"{{{AKN}}}*")):
            name = _field_name(made)
            if name == "agenda item":
                agenda.append(AgendaItem(self._field(made, f"agenda/{len(agenda)}")))
            elif name == "agenda item name" and agenda:
                title = self._field(made, f"agenda/{len(agenda) - 1}/title")
                agenda[-1] = AgendaItem(agenda[-1].label, title)
            elif name in _FIELDS and name not in fields:
                fields[name] = self._field(made, name)
        preface = _child(self._top, "preface")
        for tag, name in (("docNumber", "number"), ("docTitle", "title")):
            made = _find(preface, tag)
            if made is not None:
                fields[name] = self._field(made, name)
        originals = _children(_find(_child(self._top, "meta"), "references"), "original")
        originating = tuple(made.get("showAs", "") for made in originals)
        if not self._exact and "number" in fields:
            fields["number"] = msgspec.structs.replace(
                fields["number"], value=str(fields["number"].text).strip(".").replace(" ", "") or None
            )
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
        preface, preamble = _child(statement, "preface"), _child(statement, "preamble")
        label, heading = _find(preface, "docNumber"), _find(preface, "docTitle")
        letter = "".join((label.text or "").split()) if label is not None else ""
        part_id = self._id(component, "cmp") if self._exact or not letter else f"cmp_{letter}"
        label_text = self._texts.read(label, f"{part_id}/label") if label is not None else None
        heading_text = self._texts.read(heading, f"{part_id}/heading") if heading is not None else None
        blocks: list[Block] = []
        formula = _child(preamble, "formula")
        for line in _children(formula, "p"):
            blocks.append(self._line(line, f"{part_id}__formula"))
        for child in preamble if preamble is not None else ():
            if child is not formula:
                blocks += self._blocks(child)
        blocks += self._body(_child(statement, "mainBody"))
        if not last:
            for line in _children(_child(statement, "conclusions"), "p"):
                blocks.append(self._line(line, f"{part_id}__closing"))
        return Section(part_id, 1, None, label_text, heading_text, tuple(blocks), boxes_of(component))

    def _line(self, made: etree._Element, name: str) -> Paragraph:
        block_id = self._id(made, name)
        text = self._texts.read(made, block_id)
        return Paragraph(block_id, text, None, made.get(own("opener")), boxes=boxes_of(made))

    def _preamble(self, preamble: etree._Element | None) -> Preamble:
        if preamble is None:
            return Preamble()
        formula: Field | None = None
        made = _child(preamble, "formula")
        if made is not None:
            line = next(iter(_children(made, "p")), made)
            formula = Field(self._texts.read(line, "formula"), made.get(own("value")), boxes_of(made))
        blocks = tuple(block for child in preamble if child is not made for block in self._blocks(child))
        return Preamble(formula, blocks)

    def _closing(self, conclusions: etree._Element | None) -> Closing:
        if conclusions is None:
            return Closing()
        meeting = date = None
        for made in conclusions.iter(f"{{{AKN}}}*"):
            name = local(made)
            if name == "location" or made.get("name") == "adoptionMeeting":
                meeting = meeting or self._field(made, "meeting")
            elif name == "docDate" or (name == "inline" and made.get("name") == "date"):
                date = date or self._field(made, "date")
        return Closing(meeting, date)

    def _annex(self, made: etree._Element) -> Annex:
        annex_id = self._id(made, "att")
        label, heading = _child(made, "heading"), _child(made, "subheading")
        label_text = self._texts.read(label, f"{annex_id}/label") if label is not None else Text()
        heading_text = self._texts.read(heading, f"{annex_id}/heading") if heading is not None else None
        doc = _child(made, "doc")
        blocks = self._body(_child(doc, "mainBody") if doc is not None else None)
        return Annex(annex_id, label_text, heading_text, blocks, boxes_of(made))

    def _body(self, body: etree._Element | None) -> tuple[Block, ...]:
        if body is None:
            return ()
        if self._exact and len(body) == 1 and local(body[0]) == "p":
            self._texts.read(body[0], "")  # stands for nothing, but may hold notes
            return ()
        return tuple(block for child in body for block in self._blocks(child))

    def _id(self, made: etree._Element, name: str) -> str:
        """The id of a block: as the file says, or counted where it has none or none of ours."""
        said = made.get(own("id"))
        if said is not None:
            return said
        eid = made.get("eId")
        if eid is not None and self._exact:
            return id_of(eid)
        self._counts[name] = self._counts.get(name, 0) + 1
        return f"{name}_{self._counts[name]}"

    def _blocks(self, made: etree._Element) -> Iterator[Block]:
        """The blocks of an element: mostly one, none for what holds nothing of ours."""
        name = local(made)
        kind = made.get("class", "") if name == "blockContainer" else name
        if kind in ("paragraph", "point") and self._is_line(made):
            yield from self._heading_paragraph(made)
        elif kind in ("paragraph", "point", "blockList"):
            yield from self._paragraph(made)
        elif kind in _DIVISIONS:
            yield self._section(made)
        elif name == "hcontainer" and made.get("name") == "heading":
            block_id = self._id(made, "heading")
            yield Heading(block_id, self._texts.read(made[0], block_id), boxes_of(made))
        elif kind == "adopted" or (name == "hcontainer" and made.get("class") == "adopted"):
            yield self._adopted(made)
        elif kind == "table" or made.get("name") == "table":
            yield from self._tables(made)
        elif name == "container":
            yield from self._container(made)
        elif name == "crossHeading" and made.get("refersTo") == "#preamble":
            block_id = self._id(made, "preamble")
            text = self._texts.read(made, block_id)
            yield Paragraph(block_id, text, None, made.get(own("opener")), boxes=boxes_of(made))
        elif name in _LINES:
            block_id = self._id(made, "heading")
            yield Heading(block_id, self._texts.read(made, block_id), boxes_of(made))
        elif name == "p" and made.get("class") != "empty":
            block_id = self._id(made, "para_nn")
            yield Paragraph(block_id, self._texts.read(made, block_id))
        elif name and name not in ("num", "meta", "p"):
            for child in made:
                yield from self._blocks(child)

    @staticmethod
    def _is_line(made: etree._Element) -> bool:
        """A paragraph that is but a heading, as the UN writes them."""
        names = {local(child) for child in made}
        return bool(names) and names <= {"num", *_LINES} and names != {"num"}

    def _heading_paragraph(self, made: etree._Element) -> Iterator[Block]:
        number = self._number(made)
        for line in made:
            if local(line) not in _LINES:
                continue
            if number is None:
                block_id = self._id(made, "heading")
                yield Heading(block_id, self._texts.read(line, block_id))
            else:
                block_id = self._id(made, "sec")
                yield Section(block_id, 1, number, None, self._texts.read(line, f"{block_id}/heading"))
            number = None

    def _container(self, made: etree._Element) -> Iterator[Block]:
        name = made.get("name")
        for n, child in enumerate(made):
            if local(child) != "p":
                yield from self._blocks(child)
            elif name == "heading":
                block_id = self._id(made, "heading")
                yield Heading(block_id, self._texts.read(child, block_id), boxes_of(made))
            else:
                block_id = self._id(made, "preamble")
                opener = name if n == 0 and name and name != "recital" else None
                yield Paragraph(block_id, self._texts.read(child, block_id), None, opener, boxes=boxes_of(made))

    def _number(self, made: etree._Element) -> str | None:
        num = _child(made, "num")
        if num is None:
            return None
        return (num.text or "") if self._exact else str(self._texts.read(num, ""))

    def _paragraph(self, made: etree._Element) -> Iterator[Paragraph]:
        """A paragraph or point; paragraphs more in its content follow it without a number."""
        block_id = self._id(made, "para")
        number = self._number(made)
        text, closing, more = Text(), None, []
        points: list[Paragraph] = []
        seen = False
        for line in _content(made):
            name = local(line)
            if name in ("point", "blockContainer", "paragraph", "item"):
                points += self._paragraph(line)
            elif name == "listWrapUp" or line.get("class") == "closing" or local(line.getparent()) == "wrapUp":
                closing = self._texts.read(line, f"{block_id}/closing")
            elif name == "table":
                more += list(self._tables(line))
            elif not seen:
                text, seen = self._texts.read(line, block_id), True
            else:
                more.append(self._text_paragraph(line))
        yield Paragraph(block_id, text, number, made.get(own("opener")), tuple(points), closing, boxes_of(made))
        yield from cast("list[Paragraph]", more)

    def _text_paragraph(self, line: etree._Element) -> Paragraph:
        block_id = self._id(line, "para_nn")
        return Paragraph(block_id, self._texts.read(line, block_id))

    def _section(self, made: etree._Element) -> Section:
        block_id = self._id(made, "sec")
        label = heading = None
        blocks: list[Block] = []
        number = self._number(made)
        for child in made:
            name = local(child)
            if name == "heading" and child.get("class") == "label":
                label = self._texts.read(child, f"{block_id}/label")
            elif name in ("heading", "subheading") and heading is None:
                heading = self._texts.read(child, f"{block_id}/heading")
            else:
                blocks += self._blocks(child)
        level = int(made.get(own("level")) or 1)
        return Section(block_id, level, number, label, heading, tuple(blocks), boxes_of(made))

    def _adopted(self, made: etree._Element) -> AdoptedText:
        block_id = self._id(made, "adopted")
        heading = _child(made, "heading")
        text = self._texts.read(heading, f"{block_id}/heading") if heading is not None else None
        blocks = tuple(block for child in made if child is not heading for block in self._blocks(child))
        name = made.get(own("name")) or made.get("name") or ""
        return AdoptedText(block_id, name, text, blocks, boxes_of(made))

    def _tables(self, made: etree._Element) -> Iterator[Block]:
        caption = _child(made, "heading")
        tables = [made] if local(made) == "table" else list(made.iter(f"{{{AKN}}}table"))
        for n, table in enumerate(tables):
            table_id = self._id(table, "table")
            title = None
            if caption is not None and n == 0:
                title = self._texts.read(caption, f"{table_id}/caption")
            rows = [row for row in _children(table, "tr") if row.get(own("empty")) != "table"]
            cells = (self._row(row, f"{table_id}/{r}") for r, row in enumerate(rows))
            yield Table(table_id, tuple(cells), title, boxes_of(table))

    def _row(self, made: etree._Element, block: str) -> Row:
        if made.get(own("empty")) == "row":
            return Row(())
        cells: list[Cell] = []
        for c, td in enumerate(child for child in made if local(child) in ("td", "th")):
            paragraphs: list[Text] = []
            offset = 0
            for line in _children(td, "p"):
                paragraphs.append(self._texts.read(line, f"{block}/{c}", offset))
                offset += len(paragraphs[-1]) + 1
            spans = (int(td.get("colspan") or 1), int(td.get("rowspan") or 1))
            cells.append(Cell(tuple(paragraphs), local(td) == "th", *spans))
        return Row(tuple(cells))


_FIELDS = (
    "publisher", "symbol", "organ", "distribution", "issued", "original_language", "session", "heading", "proponent",
    "job_number",
)  # fmt: skip


def _field_name(made: etree._Element) -> str:
    """The field of the masthead an element of the cover page is."""
    name, refers = local(made), made.get("refersTo")
    if name == "docAuthority":
        return "publisher" if refers == "#publisher" else "organ"
    if name == "inline" and made.get("name") == "date":
        return "issued"
    if name == "inline":
        said = made.get("name") or ""
        return said if said.startswith("agenda item") else said.replace(" ", "_")
    tags = {"docNumber": "symbol", "docStatus": "distribution", "docDate": "issued", "docTitle": "heading"}
    return tags.get(name) or {"session": "session", "docProponent": "proponent"}.get(name, "")


def _content(made: etree._Element) -> Iterator[etree._Element]:
    """The lines and points of a paragraph, through the elements that only hold them."""
    for child in made:
        name = local(child)
        if name in ("content", "list", "sublist", "intro", "wrapUp", "container", "blockList"):
            yield from _content(child)
        elif name and name != "num":
            yield child


def _last(made: etree._Element) -> bool:
    """Is this the last element of its kind?"""
    return next(made.itersiblings(made.tag), None) is None


def _child(made: etree._Element | None, name: str) -> etree._Element | None:
    return None if made is None else next((child for child in made if local(child) == name), None)


def _children(made: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if made is None else [child for child in made if local(child) == name]


def _find(made: etree._Element | None, name: str) -> etree._Element | None:
    return None if made is None else next(made.iter(f"{{{AKN}}}{name}"), None)


def _own_elements(made: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if made is None else list(made.iter(own(name)))


def _own_element(made: etree._Element | None, name: str) -> etree._Element | None:
    return next(iter(_own_elements(made, name)), None)


def _record(made: etree._Element, kind: type[_T]) -> _T:
    """A citation or diagnostic from the attributes it was written as."""
    values: dict[str, object] = dict(made.attrib)
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
