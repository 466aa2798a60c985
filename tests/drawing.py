"""Pages drawn as text, so that a test of layout or structure is something a person can read.

A fixture file holds cases of this shape::

    ## What the rule says
    fr
       |drawing, one row a line
    ---
    what comes of it, one thing a line

A case that shows what should come and does not is titled "Known fault: …". The language is left out where it is
English. A column of the drawing is 5 points (7 in a row of large type), a row 1.2 times its type; type is 10 points
and each of its characters half as wide. Before the bar stand marks for the whole row: ``b`` bold, ``i`` italic, ``s``
small (8 points), ``l`` large (14 points), ``1`` … ``9`` the tagged paragraph it belongs to. Inside a row:

    {i text} {b text}       italic, bold
    {u text}                underlined by a ruling line
    {^1} {_2}               superscript, subscript
    {20 A}                  type of 20 points
    {2x text}               printed twice, a hair apart
    {|} {+0.13}             a run ends here; then so many sizes of room
    {soft -}                a hyphen that the file's tags say the typesetter put
    ────                    a ruling line
    ===                     a new page
    vvv                     what follows stands at the foot of the page

Two spaces or more part columns. Arabic is written as it is read; the page shows it from the right.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import regex
from _pytest.mark.structures import ParameterSet

from unresolve.languages import load
from unresolve.layout.zones import Layout, lay_out
from unresolve.model import (
    AdoptedText,
    Block,
    Document,
    Field,
    Heading,
    Masthead,
    Note,
    Paragraph,
    Section,
    Source,
    Table,
    Text,
)
from unresolve.readers.pages import Font, Page, Pages, Rule, Run, Tag
from unresolve.structure import structure
from unresolve.structure.tags import Tagging

__all__ = ["Case", "draw", "outline", "params", "rows_of", "structured", "styled"]

FIXTURES = Path(__file__).parent / "fixtures"

WIDTH, HEIGHT = 400.0, 640.0
LEFT, TOP, FOOT = 40.0, 60.0, 585.0
COLUMN = 5.0
SIZES = {"s": 8.0, "l": 14.0}

_CASE = regex.compile(
    r"^## (?P<title>[^\n]+)\n(?:(?P<lang>[a-z]{2})\n)?(?P<drawing>.*?)^---\n(?P<expected>.*)", regex.S | regex.M
)
_ROW = regex.compile(r"(?P<marks>[bisl1-9 ]{0,4})\|(?P<text>.*)")
_PIECE = regex.compile(r"\{(?P<how>\^|_|\||~|2x |soft |[biu]{1,2} |\d{1,2} |\+)(?P<inner>[^{}]*)\}|(?P<plain>[^{}]+)")
_RTL = regex.compile(r"\p{Arabic}")
_LTR = regex.compile(r"[\dA-Za-z](?:[\dA-Za-z/.,]*[\dA-Za-z])?")
_MIRROR = str.maketrans("()[]«»", ")(][»«")


class Case(msgspec.Struct, frozen=True):
    """One case of a fixture file."""

    title: str
    language: str
    drawing: str
    expected: list[str]


def params(*names: str) -> list[ParameterSet]:
    """The cases of some fixture files as test parameters; one whose title begins with "Known fault" must fail."""
    found = [case for name in names for case in _cases(name)]
    return [
        pytest.param(case, id=case.title, marks=_FAULT if case.title.startswith("Known fault") else ())
        for case in found
    ]


_FAULT = pytest.mark.xfail(reason="a known fault", strict=True)


def _cases(name: str) -> list[Case]:
    """The cases of a fixture file, named without its ending (``layout/lines``)."""
    text = (FIXTURES / f"{name}.txt").read_text(encoding="utf-8")
    found: list[Case] = []
    for part in regex.split(r"^(?=## )", text, flags=regex.M)[1:]:
        match = _CASE.fullmatch(part)
        assert match is not None, f"{name}: a case that is none:\n{part}"
        expected = [line for line in match["expected"].splitlines() if line.strip()]
        found.append(Case(match["title"], match["lang"] or "en", match["drawing"], expected))
    assert found, f"{name}: no case"
    return found


class _Pen:
    """Draws the rows of one page."""

    def __init__(self, number: int, tags: dict[int, list[Tag]], rtl: bool) -> None:
        self.number = number
        self.runs: list[Run] = []
        self.rules: list[Rule] = []
        self.baseline = TOP
        self._tags = tags
        self._rtl = rtl
        self._marked = 0

    def row(self, marks: str, text: str) -> None:
        """Draws one row and goes on to the next."""
        size = next((SIZES[mark] for mark in marks if mark in SIZES), 10.0)
        self.baseline += 1.2 * size if text.strip() else 12.0
        for match in regex.finditer("─+", text):
            y = self.baseline
            self.rules.append(Rule(LEFT + COLUMN * match.start(), y, LEFT + COLUMN * match.end() - 1.0, y + 0.5))
        if "─" in text:
            return
        paragraph = next((int(mark) for mark in marks if mark.isdigit()), 0)
        tag = self._tag(paragraph) if paragraph else -1
        font = Font("Roman", "b" in marks, "i" in marks)
        self._column, self._x, self._pitch = 0, LEFT, max(COLUMN, 0.5 * size)
        for piece in _PIECE.finditer(text):
            how, inner = (piece["how"] or "").strip(), piece["inner"] or ""
            if piece["plain"]:
                self._text(piece["plain"], size, font, tag)
            elif how == "+":
                self._x += float(inner) * size
            elif how in ("^", "_"):
                raised = self.baseline + (-0.35 if how == "^" else 0.15) * size
                self._text(inner, 0.65 * size, font, tag, raised)
            elif how == "2x":
                x, column = self._x, self._column
                self._text(inner, size, font, tag)
                self._x, self._column = x + 0.3, column
                self._text(inner, size, font, tag)
            elif how == "soft":
                self._text(inner, size, font, self._tag(paragraph, "\u00ad"))
            elif how.isdigit():
                self._text(inner, float(how), font, tag)
            elif how != "|":
                x0 = self._x
                self._text(inner, size, Font("Roman", "b" in how or font.bold, "i" in how or font.italic), tag)
                if "u" in how:
                    self.rules.append(Rule(x0, self.baseline + 1.0, self._x, self.baseline + 2.0))

    def page(self) -> Page:
        """The page that has been drawn."""
        return Page(self.number, WIDTH, HEIGHT, tuple(self.runs), tuple(self.rules))

    def _tag(self, paragraph: int, actual: str = "") -> int:
        self._marked += 1
        tag = Tag("Span" if actual else "P", ((self.number, self._marked),), (), actual)
        self._tags.setdefault(paragraph, []).append(tag)
        return self._marked

    def _text(self, text: str, size: float, font: Font, tag: int, baseline: float | None = None) -> None:
        for part in regex.findall(r" {2,}|^ | $|(?:[^ ]| (?! |$))+", text):
            if part.startswith("  "):
                self._column += len(part)
                self._x = max(self._x, LEFT + self._pitch * self._column)
                continue
            width = 0.5 * size * len(part)
            x0, y = self._x, self.baseline if baseline is None else baseline
            printed, left = part, x0
            if self._rtl:
                printed, left = _from_left(part), WIDTH - x0 - width
            self.runs.append(Run(printed, left, y - 0.7 * size, left + width, y + 0.2 * size, y, size, font, tag))
            self._x += width
            self._column += len(part)


def _from_left(text: str) -> str:
    """A short Arabic text as it stands on the page, from left to right; figures and Latin words keep their order."""
    if regex.search(r"[A-Za-z]", text) and not _RTL.search(text):
        return text
    seen = text[::-1].translate(_MIRROR)
    return str(_LTR.sub(lambda match: match[0][::-1], seen))


def draw(drawing: str) -> Pages:
    """The pages of a drawing."""
    tags: dict[int, list[Tag]] = {}
    rtl = _RTL.search(drawing) is not None
    pens = [_Pen(1, tags, rtl)]
    for line in drawing.splitlines():
        if line == "===":
            pens.append(_Pen(len(pens) + 1, tags, rtl))
        elif line == "vvv":
            pens[-1].baseline = FOOT
        elif line.strip():
            match = _ROW.fullmatch(line)
            assert match is not None, f"a row that is none: {line!r}"
            pens[-1].row(match["marks"], match["text"])
    tree = tuple(_paragraph(tags[number]) for number in sorted(tags))
    return Pages(Source(pages=len(pens)), tuple(pen.page() for pen in pens), tree)


def _paragraph(pieces: list[Tag]) -> Tag:
    own = tuple(content for piece in pieces if piece.role == "P" for content in piece.contents)
    return Tag("P", own, tuple(piece for piece in pieces if piece.role != "P"))


def structured(case: Case) -> Document:
    """The document of a drawing."""
    pages = draw(case.drawing)
    return structure(lay_out(pages.pages), load(case.language), pages.source, Tagging(pages.tags))


def rows_of(layout: Layout) -> Iterator[str]:
    """Every line of a layout behind the name of its zone."""
    for sheet in layout.sheets:
        for zone in ("head", "body", "notes", "foot"):
            for line in getattr(sheet, zone):
                yield f"{zone}: {styled(line.rich())}"


_SIGNS = {"italic": "{i ", "bold": "{b ", "underline": "{u ", "superscript": "{^", "subscript": "{_"}


def styled(text: Text) -> str:
    """A text with its styles as a drawing shows them; white space at the end of one has none."""
    out = text.content
    for mark in sorted((m for m in text.marks if m.kind in _SIGNS), key=lambda m: (m.start, -m.end), reverse=True):
        end = mark.start + len(text.content[mark.start : mark.end].rstrip())
        out = f"{out[: mark.start]}{_SIGNS[mark.kind]}{out[mark.start : end]}}}{out[end:]}"
    return out


def outline(document: Document) -> Iterator[str]:
    """A document, one thing a line, what stands in a block below it: ``para_1 ‹Decides›: 1. Decides to act``.

    ``[1]`` is the call of note 1, ``⟨2⟩`` the place where page 2 begins, ``=`` stands before the meaning of a field.
    That a drawing has no masthead is not said.
    """
    if document.kind != "document":
        yield f"kind: {document.kind}"
    yield from _masthead(document.masthead, document.notes)
    yield from _field("formula", document.preamble.formula, document.notes)
    for part, blocks in (("preamble", document.preamble.blocks), ("body", document.body)):
        for block in blocks:
            yield from (f"{part} {line}" for line in _block(block, document.notes))
    for annex in document.annexes:
        heading = f" / {_text(annex.heading, document.notes)}" if annex.heading else ""
        yield f"{annex.id}: {_text(annex.label, document.notes)}{heading}"
        for block in annex.blocks:
            yield from (f"  {line}" for line in _block(block, document.notes))
    for name, field in document.closing.fields():
        yield from _field(name, field, document.notes)
    for note in document.notes:
        yield f"{note.id}: {note.marker} {_text(note.text, ())}"
    for trouble in document.diagnostics:
        if trouble.code != "no-masthead":
            yield f"! {trouble.code}: {trouble.message}"


def _masthead(masthead: Masthead, notes: tuple[Note, ...]) -> Iterator[str]:
    for name in masthead.__struct_fields__:
        value = getattr(masthead, name)
        if name == "agenda":
            for item in masthead.agenda:
                yield from _field("agenda", item.label, notes)
                yield from _field("agenda title", item.title, notes)
        elif name == "originating":
            if value:
                yield f"originating: {', '.join(value)}"
        else:
            yield from _field(name, value, notes)


def _field(name: str, field: Field | None, notes: tuple[Note, ...]) -> Iterator[str]:
    if field is not None:
        yield f"{name}: {_text(field.text, notes)}" + (f" = {field.value}" if field.value is not None else "")


def _block(block: Block, notes: tuple[Note, ...]) -> Iterator[str]:
    below: tuple[Block, ...] = ()
    match block:
        case Paragraph():
            opener = f" ‹{block.opener}›" if block.opener else ""
            number = f"{block.number} " if block.number else ""
            yield f"{block.id}{opener}: {number}{_text(block.text, notes)}"
            below = block.points
        case Section():
            label = f"{_text(block.label, notes)} / " if block.label is not None else ""
            number = f"{block.number} " if block.number else ""
            yield f"{block.id}: {label}{number}{_text(block.heading, notes) if block.heading else ''}".rstrip()
            below = block.blocks
        case AdoptedText():
            yield f"{block.id} adopted: {_text(block.heading, notes) if block.heading else ''}"
            below = block.blocks
        case Heading():
            yield f"{block.id} heading: {_text(block.text, notes)}"
        case Table():
            yield f"{block.id}: {_text(block.caption, notes) if block.caption else ''}".rstrip()
            for row in block.rows:
                texts = (" ".join(_text(text, notes) for text in cell.paragraphs) for cell in row.cells)
                yield f"  {'# ' if row.cells[0].header else ''}{' | '.join(texts)}"
            if block.notes:
                yield f"  below: {' '.join(block.notes)}"
    for child in below:
        yield from (f"  {line}" for line in _block(child, notes))
    if isinstance(block, Paragraph) and block.closing is not None:
        yield f"  closing: {_text(block.closing, notes)}"


def _text(text: Text, notes: tuple[Note, ...]) -> str:
    markers = {note.id: note.marker for note in notes}
    out = text.content
    for mark in reversed(text.marks):
        if mark.kind == "call":
            out = f"{out[: mark.start]}[{markers[mark.target or '']}]{out[mark.start :]}"
        elif mark.kind == "break":
            out = f"{out[: mark.start]}⟨{mark.target}⟩{out[mark.start :]}"
    return out.replace("\n", "\\n")
