"""Two reports of which the Word file is at hand too: its tables are the truth, row by row and cell by cell.

The file is read as what it is, a zip of XML. Compared are the cells that hold something, in their order, all white
space left out: Word keeps an empty row below the header for the rule, and merged cells as empty ones.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from lxml import etree

import unresolve
from unresolve.model import Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Rows = list[tuple[str, ...]]


@pytest.mark.parametrize(("file", "tables", "floor"), [("A_80_590-EN", 26, 0.958), ("A_80_604_Add.1-EN", 8, 0.983)])
def test_the_rows_are_those_of_the_word_file(data: Path, file: str, tables: int, floor: float) -> None:
    wanted = list(_of_word(data / "other" / f"{file}.docx"))
    found = list(_of_pdf(data / "other" / f"{file}.pdf"))
    assert len(wanted) == len(found) == tables
    assert _share([row for rows in wanted for row in rows], [row for rows in found for row in rows]) >= floor


def test_a_cell_that_differs_is_seen() -> None:
    rows: Rows = [("Posts", "12"), ("Total", "30")]
    assert _share(rows, rows) == 1
    assert _share(rows, [("Posts", "12"), ("Total", "3")]) == 0.5


def _share(wanted: Rows, found: Rows) -> float:
    """The share of rows that are found, in order and right in every cell; those found too many count as well."""
    matcher = SequenceMatcher(None, wanted, found, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            print(tag, *wanted[a:b], "→", *found[c:d], sep="\n  ")
    return same / max(len(wanted), len(found))


def _of_word(path: Path) -> Iterator[Rows]:
    with zipfile.ZipFile(path) as parts:
        root = etree.fromstring(parts.read("word/document.xml"))
    for table in root.iter(f"{W}tbl"):
        rows = _rows((_text(cell) for cell in row.iter(f"{W}tc")) for row in table.iter(f"{W}tr"))
        # A box that holds tables is drawn as a table, and so is the list of contents.
        if next(table.iterdescendants(f"{W}tbl"), None) is None and rows[0] != ("Page",):
            yield rows


def _text(cell: etree._Element) -> str:
    parts = cell.iter(f"{W}t", f"{W}noBreakHyphen")
    return "".join("-" if part.tag.endswith("Hyphen") else part.text or "" for part in parts)


def _of_pdf(path: Path) -> Iterator[Rows]:
    for block in unresolve.parse(path).blocks():
        if isinstance(block, Table) and not block.id.rpartition("__")[2].startswith("toc_"):
            yield _rows((" ".join(map(str, cell.paragraphs)) for cell in row.cells) for row in block.rows)


def _rows(rows: Iterable[Iterable[str]]) -> Rows:
    """The cells that hold something, of the rows that do."""
    squeezed = (tuple(text for cell in row if (text := "".join(cell.split()))) for row in rows)
    return [row for row in squeezed if row]
