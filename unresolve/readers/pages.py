"""What every reader gives: pages of glyph runs, ruling lines, links and tags.

All coordinates are PDF points with the origin at the top left of the page, y downwards.
"""

from __future__ import annotations

from typing import Protocol

import msgspec

from unresolve.model import Diagnostic, Source

__all__ = ["Font", "Link", "Page", "Pages", "Reader", "Rule", "Run", "Tag"]


class Font(msgspec.Struct, frozen=True):
    """A face: the base name without its subset prefix, and the weight and slant in which it is drawn."""

    name: str
    bold: bool = False
    italic: bool = False


class Run(msgspec.Struct, frozen=True):
    """Glyphs drawn in one go in one font and size, left to right as they stand on the page.

    ``text`` is what the glyphs decode to; ``x0 … y1`` is the box of the ink, ``baseline`` the line the
    glyphs stand on. ``tag`` is the marked-content id on this page, -1 if none. ``page`` counts from 1.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    size: float
    font: Font
    tag: int = -1


class Rule(msgspec.Struct, frozen=True):
    """A drawn line or thin box."""

    x0: float
    y0: float
    x1: float
    y1: float


class Link(msgspec.Struct, frozen=True):
    """A link annotation: the box it covers and the address it leads to."""

    x0: float
    y0: float
    x1: float
    y1: float
    uri: str


class Tag(msgspec.Struct, frozen=True, omit_defaults=True):
    """An element of the structure tree after role mapping (P, Note, Table, TR, TD …).

    ``contents`` are its own pieces of content as (page, marked-content id), without its children's.
    ``actual`` is the text the file says the content stands for: U+00AD for a hyphen the typesetter put.
    """

    role: str
    contents: tuple[tuple[int, int], ...] = ()
    children: tuple[Tag, ...] = ()
    actual: str = ""


class Page(msgspec.Struct, frozen=True):
    """One page: its number from 1, its size, and what is on it in the order of the content stream."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    rules: tuple[Rule, ...] = ()
    links: tuple[Link, ...] = ()


class Pages(msgspec.Struct, frozen=True):
    """A read document: its pages, the structure tree where the file is tagged, and what the reader is not sure of."""

    source: Source
    pages: tuple[Page, ...]
    tags: tuple[Tag, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class Reader(Protocol):
    """Bytes in, pages out.

    ``tags`` and ``links`` switch that evidence off; raises a :class:`~unresolve.errors.ReadError`.
    """

    def __call__(self, data: bytes, *, tags: bool = True, links: bool = True) -> Pages: ...
