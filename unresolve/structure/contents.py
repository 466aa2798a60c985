"""The list of contents: entries with a number, a title, sometimes paragraphs, and a page at the end of dots.

It becomes a table whose id begins with ``toc_``, so that its entries are taken for no paragraphs of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
import regex

from unresolve.layout.join import Hyphens, join
from unresolve.layout.lines import Line
from unresolve.model import Cell, Row, Table, Text
from unresolve.patterns import late

from .markers import marker_of
from .pieces import boxes_of

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["contents_of", "contents_range"]

_LEADER = regex.compile(r"\s?(?:[.·…]\s?){4,}")
_TAIL = late(r"\s(?:(?P<paragraphs>\d{1,4}(?:\s?[-–‐‑−]\s?\d{1,4})?)\s)?(?P<page>\d{1,4})$")
_CONTINUED = late(r"\s?\([\p{L} ]{3,12}\)$")
_LEAST = 3  # entries with dots
_NEAR = 6
"""The first dots stand within so many lines of the heading, and every later ones within so many of the last."""


class _Entry(msgspec.Struct):
    """An entry that is still growing."""

    lines: list[Line]
    paragraphs: str = ""
    page: str = ""


def contents_range(lines: Sequence[Line], pack: Pack) -> range:
    """Which lines are the list of contents, its heading first; an empty range where there is none."""
    dotted = [at for at, line in enumerate(lines) if _LEADER.search(line.text)]
    for at, line in enumerate(lines[: dotted[-1]] if len(dotted) >= _LEAST else ()):
        if not _is_title(line, pack):
            continue
        last, leaders = at, 0
        for below in range(at + 1, len(lines)):
            if below - last > _NEAR:
                break
            if _LEADER.search(lines[below].text):
                last, leaders = below, leaders + 1
        if leaders >= _LEAST:
            return range(at, last + 1)
    return range(0)


def contents_of(lines: Sequence[Line], pack: Pack, hyphens: Hyphens) -> Table:
    """The table of the entries; its caption is the heading, printed again on later pages or not."""
    entries: list[_Entry] = []
    for line in lines[1:]:
        if _is_title(line, pack) or (line.italic and not _LEADER.search(line.text)):  # "Paragraphs  Page"
            continue
        leader = _LEADER.search(line.text)
        tail = _TAIL.search(line.text, leader.end() - 1 if leader else 0)
        text = line.part(0, min(leader.start() if leader else len(line.text), tail.start() if tail else len(line.text)))
        if not entries or (marker_of(line.text, pack) is not None and entries[-1].page):
            entries.append(_Entry([]))
        entry = entries[-1]
        if text.text:
            entry.lines.append(text)
        if tail is not None and not entry.page:
            entry.page, entry.paragraphs = tail["page"], tail["paragraphs"] or ""
    with_paragraphs = any(entry.paragraphs for entry in entries)
    rows = tuple(_row(entry, with_paragraphs, pack, hyphens) for entry in entries if entry.lines)
    return Table("", rows, join(lines[:1], hyphens), boxes_of(lines))


def _row(entry: _Entry, with_paragraphs: bool, pack: Pack, hyphens: Hyphens) -> Row:
    text = join(entry.lines, hyphens)
    marker = marker_of(text.content, pack)
    number = marker.printed if marker is not None else ""
    cells = [Text(number), text.slice(len(number)).strip()]
    if with_paragraphs:
        cells.append(Text(entry.paragraphs))
    return Row(tuple(Cell((cell,) if cell else ()) for cell in (*cells, Text(entry.page))))


def _is_title(line: Line, pack: Pack) -> bool:
    return pack.read("contents", _CONTINUED.sub("", line.text)) is not None
