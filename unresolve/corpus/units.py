"""The texts of a document one by one, each with what can be compared across languages and drafts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

import msgspec
import regex

from unresolve.languages import CODES, Pack, load
from unresolve.model import AdoptedText, Block, Citation, Document, Heading, Paragraph, Section, Table, Text

__all__ = ["Unit", "UnitKind", "figures", "units"]

UnitKind = Literal["title", "formula", "paragraph", "heading", "cell", "row", "closing", "note"]

# An id made of printed numbers alone: para_11__point_a, sec_II__para_3. A counter (para_nn_2, preamble_4), or the
# second of two like ids (para_3_2), says less.
_SURE = regex.compile(r"(?:(?:att|para|point|sec|cmp)_[\p{L}\d]+(?:__|/|$))+(?:closing|heading|label)?")
_TOKEN = regex.compile(r"(?:para|point|sec)_(?!nn_)([\p{L}\d]+)(?:_\d+)?(?:/heading)?$")
_GROUPS = r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\d)"
# "000 212": logical order in Arabic, where the groups of a number are set from right to left.
_GROUPS_RTL = r"\d{3}(?:[ \u00a0\u202f]\d{3})*[ \u00a0\u202f]\d{1,3}(?!\d)"
_FIGURE = regex.compile(rf"{_GROUPS}(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_FIGURE_RTL = regex.compile(rf"{_GROUPS_RTL}|{_GROUPS}|\d+(?:[.,]\d+)?")
_TEN_THOUSANDS = ("万", "亿", "萬", "億")


class Unit(msgspec.Struct, frozen=True, dict=True):
    """One text: a paragraph or point, a heading, a cell, a closing line, a note.

    ``place`` names it as :class:`~unresolve.model.Anchor` does (``para_11__point_a``, ``table_1/0/2``); ``number`` is
    the printed number or marker, of a note in Latin letters. ``cited`` are the canonical targets of its citations,
    sorted, ``printed`` those of them whose symbol or number stands there, ``figures`` the numbers in it
    (:func:`figures`), ``relation`` what its opener states ("recalling"); ``called`` is the place of the text that calls
    a note first. ``parts`` are the texts of one that stands for several (:func:`~unresolve.corpus.wholes.wholes`).
    """

    place: str
    kind: UnitKind
    text: str
    number: str | None = None
    cited: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    relation: str | None = None
    called: str | None = None
    parts: tuple[Unit, ...] = ()

    @cached_property
    def key(self) -> str | None:
        """What stands for the unit in every language; None where its place is only counted."""
        if self.kind == "note":
            return f"note {self.number}" if self.number else None
        if self.kind in ("title", "formula"):
            return self.place
        return self.place if _SURE.fullmatch(self.place) else None

    @cached_property
    def token(self) -> str | None:
        """The last printed number of the place: ``a`` of ``sec_nn_2__para_1__point_a``."""
        if self.kind == "note":
            return self.number
        found = _TOKEN.search(self.place)
        return found[1] if found else None

    @cached_property
    def cues(self) -> frozenset[str]:
        """What any translation of the unit holds too: symbols and numbers."""
        return frozenset(self.cited) | frozenset(self.figures)


def units(document: Document) -> list[Unit]:
    """The units of a document: title, formula, blocks, annexes, closing lines, notes.

    All but the closing lines are in reading order; these, wherever printed, come after the annexes, so that a version
    whose annex was not told from its body keeps step with the others.
    """
    pack = load(document.language) if document.language in CODES else None
    citations: dict[str, list[Citation]] = {}
    for citation in document.citations:
        citations.setdefault(citation.block, []).append(citation)
    calls = {note.id: note.calls[0].block for note in document.notes if note.calls}
    return [_unit(found, pack, citations, calls) for found in _texts(document)]


def figures(text: str, pack: Pack | None) -> tuple[str, ...]:
    """The numbers of a text, sorted, in a form that all languages share.

    The groups of a number are sorted, "212 000" is ``000 212``: thus "212,000", "212.000" and the Arabic order are
    one, and neither sign need be known to be the decimal one. Of a date the day and the year count: the month is a
    word in five of the languages. "10.00" on a clock is ``10``. What Chinese counts in ten thousands, "840万" for 8.4
    million, is left out.
    """
    found: list[str] = []
    if pack is not None:
        for start, end, iso in pack.dates(text):
            found += (iso[:4], str(int(iso[-2:])))
            text = text[:start] + "\0" * (end - start) + text[end:]
    pattern = _FIGURE_RTL if pack is not None and pack.rtl else _FIGURE
    for match in pattern.finditer(text):
        if text.startswith(_TEN_THOUSANDS, match.end()):
            continue
        groups = sorted(regex.findall(r"\d+", match[0]))
        found.append(" ".join(groups[1:] if groups[0] == "00" and len(groups) == 2 else groups))
    return tuple(sorted(found))


_PRINTED = ("printed", "link")
"""How a citation is resolved that prints the symbol or number: a name or "Ibid." says which only beside another."""

_Found = tuple[str, UnitKind, Text, str | None, str | None]


def _unit(found: _Found, pack: Pack | None, citations: dict[str, list[Citation]], calls: dict[str, str]) -> Unit:
    place, kind, text, number, opener = found
    own = citations.get(place, ())
    bare = text.content
    for citation in own:
        bare = bare[: citation.start] + "\0" * (citation.end - citation.start) + bare[citation.end :]
    cited = sorted({c.target for c in own if c.target and c.kind != "internal"})
    printed = sorted({c.target for c in own if c.target and c.kind != "internal" and c.resolved in _PRINTED})
    relation = pack.relation(opener) if pack is not None and opener else None
    called = calls.get(place) if kind == "note" else None
    if kind == "note" and number is not None and pack is not None:
        number = _marker(number, pack)
    return Unit(place, kind, text.content, number, tuple(cited), tuple(printed), figures(bare, pack), relation, called)


def _marker(printed: str, pack: Pack) -> str:
    """The marker of a note, its letter as English has it: "أ" is "a"."""
    read = pack.enumerator(f"({printed})") if not printed.isascii() else None
    if read is None or "letter" not in read.kinds:
        return printed
    place = read.ordinals[read.kinds.index("letter")]
    return chr(ord("a") + place - 1) if place <= 26 else printed


def _texts(document: Document) -> Iterator[_Found]:
    if document.masthead.title is not None:
        yield "title", "title", document.masthead.title.text, None, None
    if document.preamble.formula is not None:
        yield "formula", "formula", document.preamble.formula.text, None, None
    for block in (*document.preamble.blocks, *document.body):
        yield from _block(block)
    for annex in document.annexes:
        yield from _heading(f"{annex.id}/label", annex.label)
        yield from _heading(f"{annex.id}/heading", annex.heading)
        for block in annex.blocks:
            yield from _block(block)
    for name, field in document.closing.fields():
        yield name, "closing", field.text, None, None
    for note in document.notes:
        yield note.id, "note", note.text, note.marker, None


def _heading(place: str, text: Text | None, number: str | None = None) -> Iterator[_Found]:
    if text is not None and text.content:
        yield place, "heading", text, number, None


def _block(block: Block) -> Iterator[_Found]:
    match block:
        case Paragraph():
            yield block.id, "paragraph", block.text, block.number, block.opener
            for point in block.points:
                yield from _block(point)
            if block.closing is not None:
                yield f"{block.id}/closing", "paragraph", block.closing, None, None
        case Heading():
            yield from _heading(block.id, block.text)
        case Section():
            yield from _heading(f"{block.id}/label", block.label)
            yield from _heading(f"{block.id}/heading", block.heading, block.number)
            for child in block.blocks:
                yield from _block(child)
        case AdoptedText():
            yield from _heading(f"{block.id}/heading", block.heading)
            for child in block.blocks:
                yield from _block(child)
        case Table():
            yield from _heading(f"{block.id}/caption", block.caption)
            for r, row in enumerate(block.rows):
                for c, cell in enumerate(row.cells):
                    yield f"{block.id}/{r}/{c}", "cell", Text.join(cell.paragraphs, "\n"), None, None
