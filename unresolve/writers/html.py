"""A document, or the versions of one side by side, as a web page that needs nothing but itself.

The page is made in pieces: pictures are asked for one at a time and never held together.
"""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from math import ceil, floor
from typing import TYPE_CHECKING, Any

import msgspec

from unresolve.model import Box, Diagnostic, Document, Note, Picture, Text

from .akn_xml import clean
from .html_rows import Row, aligned, rows
from .html_text import Ids, Inline

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["Column", "html_pieces", "to_html"]

_NAMES = {"ar": "العربية", "zh": "中文", "en": "English", "fr": "Français", "ru": "Русский", "es": "Español"}
_RIGHT_TO_LEFT = frozenset({"ar"})


class Column(msgspec.Struct, frozen=True):
    """A document with what is known of its pages.

    ``pictures`` is gone through once, when the page is written; None for a page of text alone. ``places`` are the
    boxes of each of its citations, in their order; a citation without boxes, or all where ``places`` is empty, stands
    where its block does.
    """

    document: Document
    pictures: Iterable[Picture] | None = None
    places: Sequence[tuple[Box, ...]] = ()


def to_html(
    document: Document, *, pictures: Iterable[Picture] | None = None, places: Sequence[tuple[Box, ...]] = ()
) -> bytes:
    """The document as one self-contained HTML page, with the pictures of its pages if they are given.

    ``places`` are the boxes of each citation (see :class:`Column`). The page asks for nothing from outside, runs no
    script but its own, and shows whatever the document holds as text.
    """
    return b"".join(html_pieces([Column(document, pictures, places)]))


def html_pieces(columns: Sequence[Column]) -> Iterator[bytes]:
    """The page of one document, or of several as parallel columns, piece by piece in UTF-8.

    Columns are aligned on the ids of their blocks, which are the same in every language. Raises ValueError for none.
    """
    if not columns:
        raise ValueError("a page needs at least one document")
    sides = [_Side(column, n, columns) for n, column in enumerate(columns)]
    table = aligned([side.rows for side in sides])
    style, script = _asset("page.css"), _asset("page.js")
    parts = _template().generate(
        sides=sides,
        table=table,
        title=_title(columns[0].document),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        parallel=len(sides) > 1,
        paged=any(side.paged for side in sides),
    )
    return (part.encode("utf-8", "replace") for part in parts)


class _Side:
    """One column as the template sees it."""

    def __init__(self, column: Column, index: int, columns: Sequence[Column]) -> None:
        document = column.document
        languages = [other.document.language for other in columns]
        lang = document.language
        self.index = index
        self.document = document
        self.lang = lang
        self.dir = "rtl" if lang in _RIGHT_TO_LEFT else "ltr"
        self.name = _NAMES.get(lang, clean(lang))
        if languages.count(lang) > 1:
            self.name += f" {languages[: index + 1].count(lang)}"
        # A prefix only where there is something to tell apart: links into a page of one document stay short.
        self.ids = Ids(f"{index + 1}-{lang}-" if len(columns) > 1 else "")
        self.symbol = _symbol(document)
        self.inline = Inline(document, self.ids)
        self.rows = [*rows(document), *map(_note_row, document.notes)]
        self.notes = {note.id: note for note in document.notes}
        self.pictures = column.pictures or ()
        self.paged = column.pictures is not None
        self._doubts = _Doubts(document.diagnostics, self.rows)
        self.diagnostics = [
            (n, diagnostic, self._doubts.row_of.get(n)) for n, diagnostic in enumerate(document.diagnostics, 1)
        ]
        self.doubtful = len(self.diagnostics)
        self._shapes = self._all_shapes(column.places) if self.paged else {}

    def id(self, name: str) -> str:
        """The id of a row, note, citation or diagnostic on the page."""
        return self.ids.of(name)

    def text(self, row: Row) -> str:
        """The text of a row with its links."""
        return self.inline.write(row.text, row.name or row.key)

    def cells(self, row: Row) -> Iterator[list[tuple[Any, str]]]:
        """The cells of the table of a row, each with its text."""
        if row.table is None:
            return
        for r, line in enumerate(row.table.rows):
            yield [
                (cell, self.inline.write(Text.join(cell.paragraphs, "\n"), f"{row.table.id}/{r}/{c}"))
                for c, cell in enumerate(line.cells)
            ]

    def doubts(self, row: Row) -> list[int]:
        """The numbers of the diagnostics that concern a row."""
        return self._doubts.of_row.get(row.key, [])

    def shapes(self, page: int) -> str:
        """What is drawn on a page, ``kind n:rest x y width height;`` in whole points.

        The id is the first ``n`` letters of the one before it and ``rest``: ``p0:para_20 …;p7:__point_a …;``.
        """
        made: list[str] = []
        last = ""
        for name, kind, box in sorted(self._shapes.get(page, ()), key=lambda shape: shape[:2]):
            if box.x0 <= box.x1 and box.y0 <= box.y1:
                kept = _alike(last, name)
                x, y = floor(box.x0), floor(box.y0)
                made.append(f"{kind}{kept or ''}:{name[kept:]} {x} {y} {ceil(box.x1) - x} {ceil(box.y1) - y};")
                last = name
        return "".join(made)

    def _all_shapes(self, places: Sequence[tuple[Box, ...]]) -> dict[int, list[tuple[str, str, Box]]]:
        shapes: defaultdict[int, list[tuple[str, str, Box]]] = defaultdict(list)
        boxes_of: dict[str, tuple[Box, ...]] = {}
        for row in self.rows:
            boxes_of.setdefault(row.name.partition("/")[0], row.boxes)
            for box in row.boxes:
                shapes[box.page].append((self.id(row.key), row.kind[0], box))
        for n, citation in enumerate(self.document.citations, 1):
            found = places[n - 1] if n <= len(places) else ()
            for box in found or boxes_of.get(citation.block.partition("/")[0], ()):
                shapes[box.page].append((self.id(f"cite-{n}"), "x", box))
        for n, diagnostic, _ in self.diagnostics:
            if diagnostic.box is not None:
                shapes[diagnostic.box.page].append((self.id(f"doubt-{n}"), "d", diagnostic.box))
        return shapes


class _Doubts:
    """Which diagnostic concerns which row: the one whose box it lies in."""

    def __init__(self, diagnostics: Sequence[Diagnostic], found: Sequence[Row]) -> None:
        self.of_row: defaultdict[str, list[int]] = defaultdict(list)
        self.row_of: dict[int, str] = {}
        for n, diagnostic in enumerate(diagnostics, 1):
            if (row := _nearest(diagnostic, found)) is not None:
                self.of_row[row.key].append(n)
                self.row_of[n] = row.key


def _nearest(diagnostic: Diagnostic, found: Sequence[Row]) -> Row | None:
    """The smallest row that holds the middle of the diagnostic's box; without a box it concerns no row."""
    if (at := diagnostic.box) is None:
        return None
    x, y = (at.x0 + at.x1) / 2, (at.y0 + at.y1) / 2
    holding = [
        (_area(box), n)
        for n, row in enumerate(found)
        for box in row.boxes
        if box.page == at.page and box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
    ]
    return found[min(holding)[1]] if holding else None


def _note_row(note: Note) -> Row:
    marker = f"({note.marker})" if note.brackets else note.marker
    return Row(note.id, "note", note.text, note.id, marker, boxes=note.boxes)


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def _alike(one: str, other: str) -> int:
    """How many letters two names begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _symbol(document: Document) -> str:
    field = document.masthead.symbol
    return clean(field.value or str(field.text)) if field else ""


def _title(document: Document) -> str:
    title = document.masthead.title
    return clean(str(title.text)) if title else ""


def _hash(content: str) -> str:
    """The digest by which a content security policy lets a style or a script in."""
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()


def _parts(table: Iterable[Sequence[Row]]) -> Iterator[tuple[str, list[Sequence[Row]]]]:
    """The rows of one document in the parts of its page: masthead, text, notes."""
    names = {"field": "masthead", "note": "notes"}
    for part, lines in groupby(table, key=lambda line: names.get(line[0].kind, "text")):
        yield part, list(lines)


@cache
def _asset(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text("utf-8")


@cache
def _template() -> Template:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_asset), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    environment.filters["parts"] = _parts
    environment.filters["clean"] = clean
    environment.filters["base64"] = lambda data: b64encode(data).decode()
    environment.filters["points"] = lambda number: f"{number:.1f}".removesuffix(".0")
    return environment.get_template("page.html")
