"""The blocks of an Akoma Ntoso file: paragraphs, points, sections, headings, tables."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase
from typing import cast

from lxml import etree

from unresolve.model import AdoptedText, Block, Cell, Heading, Paragraph, Row, Section, Table, Text

from .akn_contents import entries
from .akn_read_text import TextReader
from .akn_xml import AKN, TABLE_NOTE, all_of, boxes_of, first_of, local, own
from .eids import id_of, neutral

__all__ = ["BlockReader"]

_DIVISIONS = ("section", "part", "chapter", "division", "article")
_LINES = ("heading", "subheading", "crossHeading")
_HOLDERS = ("content", "list", "sublist", "intro", "wrapUp", "container", "blockList")


class BlockReader:
    """Reads blocks; the ids of files of this project are kept (``exact``), those of others are made."""

    def __init__(self, texts: TextReader, *, exact: bool) -> None:
        self._texts = texts
        self._exact = exact
        self.scope = ""
        """The id of the annex or part that is being read; it goes before the ids of all in it."""
        self._within = ""
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def body(self, body: etree._Element | None) -> tuple[Block, ...]:
        """The blocks of a ``mainBody``; none where there is no such element."""
        if body is None:
            return ()
        if self._exact and len(body) == 1 and local(body[0]) == "p":
            self._texts.read(body[0], "")  # stands for nothing, but may hold notes
            return ()
        return tuple(block for child in body for block in self.blocks(child))

    def id(self, made: etree._Element, name: str, number: str | None = None, above: str | None = None) -> str:
        """The id of a block: as the file says or, in files that are not this project's, from its number.

        ``above`` is the id of the paragraph a point stands in. Where a numbering starts again the id of the
        section goes before it: ``para_1``, then ``sec_II__para_1``. What has no number is counted.
        """
        said = made.get(own("id"))
        if said is not None:
            return said
        eid = made.get("wId") or made.get("eId")
        if eid is not None and self._exact:
            return id_of(eid)
        token = neutral(number)
        if above is not None:
            return self._unique(f"{above}__{name}_{token or 'nn'}")
        scopes = dict.fromkeys((self.scope, self._within or self.scope))
        paths = [f"{scope}__{name}" if scope else name for scope in scopes]
        if token is not None:
            named = [f"{path}_{token}" for path in paths]
            return self._unique(next((path for path in named if path not in self._taken), named[-1]))
        path = f"{paths[0]}_nn" if name in ("para", "sec") else paths[0]
        count = self._counts[path] = self._counts.get(path, 0) + 1
        return self._unique(f"{path}_{count}")

    def _unique(self, path: str) -> str:
        count, wanted = 1, path
        while path in self._taken:
            count += 1
            path = f"{wanted}_{count}"
        self._taken.add(path)
        return path

    def _recital_id(self, made: etree._Element) -> str:
        return self.id(made, "preamble" if self.scope.startswith("cmp_") else "para")

    def blocks(self, made: etree._Element) -> Iterator[Block]:
        """The blocks of an element: mostly one, none for what holds nothing of ours."""
        name = local(made)
        kind = made.get("class", "") if name == "blockContainer" else name
        if name == "hcontainer":
            kind = "adopted" if made.get("class") == "adopted" else made.get("name", "")
        if kind in ("paragraph", "point") and self._is_line(made):
            yield from self._heading_paragraph(made)
        elif kind in ("paragraph", "point", "blockList"):
            yield from self._paragraph(made)
        elif kind in _DIVISIONS:
            yield self._section(made)
        elif kind == "adopted":
            yield self._adopted(made)
        elif kind == "notes":
            self._texts.read(made, "")
        elif kind in ("table", "contents", "toc") or made.get("name") == "table":
            yield from self._tables(made)
        elif name == "container":
            yield from self._container(made)
        elif kind in _LINES or kind == "p":
            yield from self._line(made, kind)
        elif name and name not in ("num", "meta"):
            for child in made:
                yield from self.blocks(child)

    def _line(self, made: etree._Element, kind: str) -> Iterator[Block]:
        """A heading, a preambular part inside a section, or a ``p`` that nothing holds."""
        if kind == "p":
            if made.get("class") != "empty":
                yield self._text_paragraph(made)
        elif made.get("refersTo") == "#preamble":
            block_id = self._recital_id(made)
            text = self._texts.read(made, block_id)
            yield Paragraph(block_id, text, None, made.get(own("opener")), boxes=boxes_of(made))
        else:
            block_id = self.id(made, "heading")
            line = made[0] if local(made) == "hcontainer" else made
            yield Heading(block_id, self._texts.read(line, block_id), boxes_of(made))

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
                block_id = self.id(made, "heading")
                yield Heading(block_id, self._texts.read(line, block_id))
            else:
                block_id = self.id(made, "sec", number)
                yield Section(block_id, 1, number, None, self._texts.read(line, f"{block_id}/heading"))
            number = None

    def _container(self, made: etree._Element) -> Iterator[Block]:
        name = made.get("name")
        for n, child in enumerate(made):
            if local(child) != "p":
                yield from self.blocks(child)
            elif name == "heading":
                block_id = self.id(made, "heading")
                yield Heading(block_id, self._texts.read(child, block_id), boxes_of(made))
            else:
                block_id = self._recital_id(made)
                opener = name if n == 0 and name and name != "recital" else None
                yield Paragraph(block_id, self._texts.read(child, block_id), None, opener, boxes=boxes_of(made))

    def _number(self, made: etree._Element) -> str | None:
        num = first_of(made, "num")
        if num is None:
            return None
        return (num.text or "") if self._exact else str(self._texts.read(num, ""))

    def _paragraph(self, made: etree._Element, above: str | None = None, place: int = 0) -> Iterator[Paragraph]:
        """A paragraph, or the point at a place of the one above; more lines follow it without a number."""
        number = self._number(made)
        if above is None:
            block_id = self.id(made, "para", number)
        else:
            # The letters of a list follow each other: the third is c, whatever the script.
            block_id = self.id(made, "point", number if neutral(number) else _letter(place), above)
        text, closing, more = Text(), None, []
        points: list[Paragraph] = []
        seen = False
        for line in _content(made):
            name = local(line)
            if name in ("point", "blockContainer", "paragraph", "item"):
                points += self._paragraph(line, block_id, len(points))
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
        block_id = self.id(line, "para")
        return Paragraph(block_id, self._texts.read(line, block_id))

    def _section(self, made: etree._Element) -> Section:
        number = self._number(made)
        above = next((str(line.text) for line in all_of(made, "heading") if line.get("class") == "label"), "")
        block_id = self.id(made, "sec", number or above.rpartition(" ")[2])
        outer, self._within = self._within, block_id
        label = heading = None
        blocks: list[Block] = []
        for child in made:
            name = local(child)
            if name == "heading" and child.get("class") == "label":
                label = self._texts.read(child, f"{block_id}/label")
            elif name in ("heading", "subheading") and heading is None:
                heading = self._texts.read(child, f"{block_id}/heading")
            else:
                blocks += self.blocks(child)
        self._within = outer
        level = int(made.get(own("level")) or 1)
        return Section(block_id, level, number, label, heading, tuple(blocks), boxes_of(made))

    def _adopted(self, made: etree._Element) -> AdoptedText:
        block_id = self.id(made, "adopted")
        heading = first_of(made, "heading")
        text = self._texts.read(heading, f"{block_id}/heading") if heading is not None else None
        blocks = tuple(block for child in made if child is not heading for block in self.blocks(child))
        name = made.get(own("name")) or made.get("name") or ""
        return AdoptedText(block_id, name, text, blocks, boxes_of(made))

    def _tables(self, made: etree._Element) -> Iterator[Block]:
        caption = first_of(made, "heading")
        tables = list(made.iter(f"{{{AKN}}}table", f"{{{AKN}}}toc"))
        for n, table in enumerate(tables):
            table_id = self.id(table, local(table))
            title = None
            if caption is not None and n == 0:
                title = self._texts.read(caption, f"{table_id}/caption")
            rows = [row for row in all_of(table, "tr") if row.get(own("empty")) != "table"]
            cells = [self._row(row, f"{table_id}/{r}") for r, row in enumerate(rows)]
            if local(table) == "toc":
                cells += entries(table, self._texts.read, table_id)
            notes = tuple(map(self._texts.table_note, _below(table)))
            yield Table(table_id, tuple(cells), title, boxes_of(table), notes)

    def _row(self, made: etree._Element, block: str) -> Row:
        if made.get(own("empty")) == "row":
            return Row(())
        cells: list[Cell] = []
        for c, td in enumerate(child for child in made if local(child) in ("td", "th")):
            paragraphs: list[Text] = []
            offset = 0
            for line in all_of(td, "p"):
                paragraphs.append(self._texts.read(line, f"{block}/{c}", offset))
                offset += len(paragraphs[-1]) + 1
            spans = (int(td.get("colspan") or 1), int(td.get("rowspan") or 1))
            cells.append(Cell(tuple(paragraphs), local(td) == "th", *spans))
        return Row(tuple(cells))


def _letter(place: int) -> str:
    """a, b … z, aa, bb …, as lists go on."""
    return ascii_lowercase[place % 26] * (place // 26 + 1)


def _below(table: etree._Element) -> Iterator[etree._Element]:
    """The notes below a table."""
    for line in table.itersiblings():
        if local(line) != "p" or line.get("class") != TABLE_NOTE:
            return
        yield line


def _content(made: etree._Element) -> Iterator[etree._Element]:
    """The lines and points of a paragraph, through the elements that only hold them."""
    for child in made:
        name = local(child)
        if name in _HOLDERS:
            yield from _content(child)
        elif name and name != "num":
            yield child
