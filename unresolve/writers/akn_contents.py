"""The list of contents in Akoma Ntoso: a ``toc``, an entry a ``tocItem`` that leads to its section."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from lxml import etree

from unresolve.model import Cell, Document, Row, Section, Table, Text

from .akn_xml import all_of, element, local
from .eids import neutral

if TYPE_CHECKING:
    from .akn_inline import Inline

__all__ = ["Contents", "entries", "is_contents"]

_PARTS = {3: ("number", "title", "page"), 4: ("number", "title", "paragraphs", "page")}
"""What the cells of an entry are, by their count: "II.", "Legal framework", "3 - 45", "5"."""


def is_contents(table: Table) -> bool:
    """Is a table a list of contents that a ``toc`` can hold: entries of three or four plain cells?

    A ``tocItem`` is one run of text. What has a header, a span or two paragraphs in a cell stays a table.
    """
    contents = table.id.rpartition("__")[2].startswith("toc_") and bool(table.rows)
    return contents and all(len(row.cells) in _PARTS and all(map(_plain, row.cells)) for row in table.rows)


def _plain(cell: Cell) -> bool:
    one = len(cell.paragraphs) < 2 and all(map(bool, cell.paragraphs))
    return one and not cell.header and cell.colspan == cell.rowspan == 1


class Contents:
    """Writes lists of contents, and ties their entries to the sections once these have been written."""

    def __init__(self, inline: Inline) -> None:
        self._inline = inline
        self._made: list[tuple[etree._Element, Row]] = []

    def write(self, parent: etree._Element, table: Table) -> etree._Element:
        """The ``toc`` of a table for which :func:`is_contents` holds."""
        made = element(parent, "toc")
        for r, row in enumerate(table.rows):
            item = element(made, "tocItem", href="", level="1")
            self._made.append((item, row))
            for c, (name, cell) in enumerate(zip(_PARTS[len(row.cells)], row.cells, strict=True)):
                part = element(item, "inline", name=name)
                for text in cell.paragraphs:
                    self._inline.write(part, text, f"{table.id}/{r}/{c}")
        return made

    def tie(self, document: Document, eid_of: dict[str, str]) -> None:
        """Gives each entry the eId and the level of its section; one that has none leads to the document itself.

        An entry's section has its number and its title; sections come in the order of the entries, so that the
        "A." of the second chapter is looked for after the second chapter.
        """
        sections = [block for block in document.blocks() if isinstance(block, Section)] if self._made else []
        at = 0
        for item, row in self._made:
            wanted = _key(*(str(Text.join(cell.paragraphs)) for cell in row.cells[:2]))
            found = next((n for n in range(at, len(sections)) if _key_of(sections[n]) == wanted), None)
            if found is not None:
                at = found + 1
                item.set("href", f"#{eid_of[sections[found].id]}")
                item.set("level", str(max(sections[found].level, 1)))


def _key(number: str, title: str) -> tuple[str | None, str]:
    return neutral(number), "".join(title.split()).casefold()


def _key_of(section: Section) -> tuple[str | None, str]:
    return _key(section.number or str(section.label or "").rpartition(" ")[2], str(section.heading or ""))


def entries(toc: etree._Element, read: Callable[[etree._Element, str], Text], table_id: str) -> Iterable[Row]:
    """The rows of a ``toc``: those written here cell by cell, other tables of contents an entry a cell."""
    for r, item in enumerate(all_of(toc, "tocItem")):
        parts = [part for part in item if local(part) == "inline"] or [item]
        texts = [read(part, f"{table_id}/{r}/{c}") for c, part in enumerate(parts)]
        yield Row(tuple(Cell((text,) if text else ()) for text in texts))
