"""The blocks of a document in Akoma Ntoso: preamble, body, annexes' bodies."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from unresolve.model import (
    AdoptedText,
    Block,
    Box,
    Heading,
    Note,
    Paragraph,
    Preamble,
    Row,
    Section,
    Table,
    Text,
)

from .akn_contents import Contents, is_contents
from .akn_inline import Inline
from .akn_xml import boxes_to_str, clean, element, own
from .eids import EIds, eid_of, id_of

__all__ = ["Blocks"]

_DIVISIONS = {"part": "part", "chp": "chapter", "dvs": "division", "art": "article"}


class Blocks:
    """Writes blocks below an element, with their eIds, boxes and texts."""

    def __init__(self, inline: Inline, eids: EIds) -> None:
        self._inline = inline
        self._eids = eids
        self.contents = Contents(inline)
        self.eid_of: dict[str, str] = {}
        self._works: set[str] = set()
        self._bodies: list[etree._Element] = []
        self.lines: list[tuple[int, etree._Element]] = []
        self._page = 0

    def preamble(self, parent: etree._Element, preamble: Preamble) -> None:
        """The enacting formula and one ``container`` a preambular paragraph."""
        formula = preamble.formula
        if formula is not None:
            made = element(parent, "formula", name="enactingFormula", eId=self._eids.unique("formula_1"))
            _own(made, value=formula.value, boxes=formula.boxes)
            self._p(made, formula.text, "formula")
        for block in preamble.blocks:
            self._recital(parent, block)

    def part_preamble(self, parent: etree._Element, formula: Paragraph | None, recitals: Sequence[Block]) -> None:
        """The preamble of a part, whose formula is a paragraph."""
        if formula is not None:
            self.line(element(parent, "formula", name="enactingFormula"), formula)
        for block in recitals:
            self._recital(parent, block)

    def line(self, parent: etree._Element, block: Paragraph) -> None:
        """A paragraph that is one line without a number, as a ``p``."""
        made = self._p(parent, block.text, block.id)
        self._claim(made, block.id, None, block.boxes)
        _own(made, opener=block.opener)

    def body(self, parent: etree._Element, blocks: Sequence[Block]) -> None:
        """Blocks as elements of the hierarchy; a paragraph with nothing in it where there are none."""
        self._bodies.append(parent)
        for block in blocks:
            self._block(parent, block)
        if not len(parent):
            self.lines.append((self._page, element(parent, "p")))

    def leftover(self, number: int, note: Note) -> None:
        """A note whose call is not known, at the end of the last line that begins no later than its page."""
        if not self.lines:  # a body that is but an empty table
            holder = element(self._bodies[-1], "hcontainer", name="notes")
            self.lines.append((0, element(element(holder, "content"), "p")))
        before = [line for page, line in self.lines if page <= note.page]
        self._inline.note(before[-1] if before else self.lines[-1][1], note, number, called=False)

    def heading(self, parent: etree._Element, name: str, text: Text, block: str) -> etree._Element:
        """A line of heading: ``heading``, ``subheading`` or ``crossHeading``."""
        made = element(parent, name)
        self.lines.append((self._page, made))
        self._inline.write(made, text, block)
        return made

    def describe(self, made: etree._Element, name: str, boxes: tuple[Box, ...]) -> None:
        """The boxes of an element that has its eId, and the model's id where the eId does not tell it.

        The id that all language versions share is a ``wId``, the id of the Work, where this version prints another
        number and its eId follows that. What is no id, or taken, is kept in an attribute of this project.
        """
        eid = made.get("eId", "")
        self.eid_of.setdefault(name, eid)
        self._page = boxes[0].page if boxes else self._page
        work = eid_of(name)
        if id_of(eid) == name:
            work, told = eid, True
        else:
            told = id_of(work) == name and work not in self._works
            if told:
                made.set("wId", work)
        self._works.add(work)
        _own(made, id=None if told else name, boxes=boxes)

    def _claim(self, made: etree._Element, name: str, number: str | None, boxes: tuple[Box, ...]) -> str:
        eid = self._eids.claim(name, number)
        made.set("eId", eid)
        self.describe(made, name, boxes)
        return eid

    def _p(self, parent: etree._Element, text: Text, block: str, offset: int = 0) -> etree._Element:
        made = element(parent, "p")
        self.lines.append((self._page, made))
        self._inline.write(made, text, block, offset)
        return made

    def _num(self, parent: etree._Element, number: str | None) -> None:
        if number is not None:
            element(parent, "num").text = clean(number)

    def _make(self, parent: etree._Element, kind: str, /, **attributes: str | None) -> etree._Element:
        """An element of the hierarchy, or, where only blocks may stand (the preamble), a ``blockContainer``."""
        if not _loose(parent):
            return element(parent, kind, **attributes)
        name = attributes.get("name")
        return element(parent, "blockContainer", class_=name if name in ("table", "contents") else kind)

    def _block(self, parent: etree._Element, block: Block) -> None:
        match block:
            case Paragraph():
                self._paragraph(parent, block, "paragraph")
            case Heading():
                self._cross_heading(parent, block)
            case Section():
                self._section(parent, block)
            case AdoptedText():
                self._adopted(parent, block)
            case Table():
                self._table(parent, block)

    def _recital(self, parent: etree._Element, block: Block) -> None:
        """A block of the preamble. Numbers, points and sections belong to the hierarchy and go as blocks."""
        plain = isinstance(block, Paragraph) and block.number is None and not block.points and block.closing is None
        if not (plain or isinstance(block, Heading)):
            self._block(parent, block)
            return
        assert isinstance(block, Paragraph | Heading)
        name = (block.opener or "recital") if isinstance(block, Paragraph) else "heading"
        made = element(parent, "container", name=name)
        self._claim(made, block.id, None, block.boxes)
        self._p(made, block.text, block.id)

    def _paragraph(self, parent: etree._Element, block: Paragraph, name: str) -> None:
        made = self._make(parent, name)
        eid = self._claim(made, block.id, block.number, block.boxes)
        _own(made, opener=block.opener)
        self._num(made, block.number)
        if block.points:
            self._list(made, block, eid)
            return
        content = made if _loose(made) else element(made, "content")
        self._p(content, block.text, block.id)
        if block.closing is not None:
            self._p(content, block.closing, f"{block.id}/closing").set("class", "closing")

    def _list(self, parent: etree._Element, block: Paragraph, eid: str) -> None:
        path = f"{eid}__list_1"
        made = parent if _loose(parent) else element(parent, "list", eId=self._eids.unique(path))
        if block.text:
            self._p(element(made, "intro", eId=self._eids.unique(f"{path}__intro_1")), block.text, block.id)
        for point in block.points:
            self._paragraph(made, point, "point")
        if block.closing is not None:
            wrap = element(made, "wrapUp", eId=self._eids.unique(f"{path}__wrapup_1"))
            self._p(wrap, block.closing, f"{block.id}/closing")

    def _cross_heading(self, parent: etree._Element, block: Heading) -> None:
        # The schema lets a cross-heading stand in a section but not straight in the body.
        if parent.tag.endswith("}mainBody"):
            parent = element(parent, "hcontainer", name="heading")
            self._claim(parent, block.id, None, block.boxes)
            self.heading(parent, "heading", block.text, block.id)
            return
        made = self.heading(parent, "crossHeading", block.text, block.id)
        self._claim(made, block.id, None, block.boxes)

    def _section(self, parent: etree._Element, block: Section) -> None:
        prefix = block.id.rpartition("__")[2].partition("_")[0]
        made = self._make(parent, _DIVISIONS.get(prefix, "section"))
        self._claim(made, block.id, block.number, block.boxes)
        _own(made, level=None if block.level == 1 else str(block.level))
        name = "heading"
        if block.label is not None:
            # The line above is a heading itself, as the UN writes it: "II" above its title.
            self.heading(made, "heading", block.label, f"{block.id}/label").set("class", "label")
            name = "subheading"
        self._num(made, block.number)
        if block.heading is not None:
            self.heading(made, name, block.heading, f"{block.id}/heading")
        preambular = () if _loose(made) else _preambular(block.blocks)
        for recital in preambular:
            self._recital_heading(made, recital)
        self._children(made, block.blocks[len(preambular) :])

    def _recital_heading(self, parent: etree._Element, block: Paragraph) -> None:
        """A preambular paragraph inside a section, which has no preamble of its own."""
        made = self.heading(parent, "crossHeading", block.text, block.id)
        made.set("refersTo", "#preamble")
        self._claim(made, block.id, None, block.boxes)
        _own(made, opener=block.opener)

    def _adopted(self, parent: etree._Element, block: AdoptedText) -> None:
        made = self._make(parent, "hcontainer", name=block.name, class_="adopted")
        self._claim(made, block.id, None, block.boxes)
        if _loose(made):
            made.set("class", "adopted")
            _own(made, name=block.name)
        if block.heading is not None:
            self.heading(made, "heading", block.heading, f"{block.id}/heading")
        self._children(made, block.blocks)

    def _children(self, made: etree._Element, blocks: Sequence[Block]) -> None:
        for child in blocks:
            self._block(made, child)
        if not blocks and _loose(made):
            element(made, "p", class_="empty")

    def _table(self, parent: etree._Element, block: Table) -> None:
        contents = is_contents(block)
        made = self._make(parent, "hcontainer", name="contents" if contents else "table")
        if block.caption is not None:
            self.heading(made, "heading", block.caption, f"{block.id}/caption")
        holder = made if _loose(made) else element(made, "content")
        table = self.contents.write(holder, block) if contents else element(holder, "table")
        self._claim(table, block.id, None, block.boxes)
        if contents:
            return
        if not block.rows:
            # A table must have a row and a row a cell: these stand for none.
            _own(element(table, "tr"), empty="table")
            element(table[0], "td")
        for r, row in enumerate(block.rows):
            self._row(table, row, f"{block.id}/{r}")
        self._inline.below(holder, block.notes)

    def _row(self, table: etree._Element, row: Row, block: str) -> None:
        made = element(table, "tr")
        if not row.cells:
            _own(made, empty="row")
            element(made, "td")
        for c, cell in enumerate(row.cells):
            td = element(made, "th" if cell.header else "td")
            for name, span in (("colspan", cell.colspan), ("rowspan", cell.rowspan)):
                if span != 1:
                    td.set(name, str(span))
            offset = 0
            for text in cell.paragraphs:
                self._p(td, text, f"{block}/{c}", offset)
                offset += len(text) + 1


def _loose(parent: etree._Element) -> bool:
    """May only blocks stand in this element, nothing of the hierarchy?"""
    return parent.tag.endswith(("}preamble", "}blockContainer"))


def _preambular(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """The preambular paragraphs at the head of a section: those with an opener before the first number."""
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.number is not None:
            return tuple(found)
        if not (isinstance(block, Paragraph) and block.opener and not block.points and block.closing is None):
            break
        found.append(block)
    return ()


def _own(made: etree._Element, *, boxes: tuple[Box, ...] = (), **values: str | None) -> None:
    """This project's own attributes of an element; values of None are left out."""
    for name, value in values.items():
        if value is not None:
            made.set(own(name), clean(value))
    where = boxes_to_str(boxes)
    if where is not None:
        made.set(own("boxes"), where)
