"""The default reader: glyph runs from PDFium's text objects.

A run is one text object of the content stream. Its characters come from the text page, where PDFium has
decoded them; its box, its pen position and its font from the object itself. Reading objects costs a few
calls a run instead of several a glyph.

Coordinates are turned into points from the top left of the page.
"""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import starmap

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from unresolve.errors import EncryptedError, NoPageError, TruncatedError
from unresolve.model import Source
from unresolve.model.script import has_rtl

from .checks import check_header, check_text, has_no_page
from .font_repair import read_honestly
from .fonts import drawn_as, font_of
from .pages import Font, Link, Page, Pages, Rule, Run, Tag
from .pdfium_calls import address
from .pdfium_objects import Type, boxes_of, objects_of_kind, types_of
from .pdfium_rtl import runs_from_right
from .pdfium_tags import tags_of_page
from .pdfium_text import HYPHENS, Characters

__all__ = ["read"]

RULE_THICKNESS = 2.5
"""A path thinner than this many points is a ruling line: Word draws 0.5, Distiller up to 2."""


_Fonts = dict[tuple[int, float, bool], Font]
"""Faces by the address of the font, the slant and whether the outlines are stroked."""


def read(data: bytes, *, tags: bool = True, links: bool = True) -> Pages:
    """The pages of a PDF.

    Raises NotAPdfError, TruncatedError, EncryptedError, NoPageError, NoTextError (a scan) or UnmappedFontError.
    """
    return read_honestly(data, lambda bytes_: _read(bytes_, tags, links))


def _read(data: bytes, tags: bool, links: bool) -> Pages:
    document = _open(data)
    try:
        if not len(document):
            raise NoPageError("the document has no page")
        fonts: _Fonts = {}
        pages: list[Page] = []
        tree: list[Tag] = []
        tagged = tags and document.is_tagged()
        for index in range(len(document)):
            sheet = _Sheet(document, index, fonts)
            pages.append(sheet.page(links))
            if tagged:
                tree += sheet.tags()
        check_text(pages)
        source = Source(
            sha256=hashlib.sha256(data).hexdigest(),
            pages=len(pages),
            producer=_producer(document),
        )
        return Pages(source, tuple(pages), tuple(tree))
    finally:
        document.close()


def _open(data: bytes) -> pdfium.PdfDocument:
    check_header(data)
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise EncryptedError("the PDF is encrypted; remove the password first") from error
        if has_no_page(data):
            raise NoPageError("the document has no page") from error
        raise TruncatedError("the PDF is damaged past repair; fetch it again") from error


def _producer(document: pdfium.PdfDocument) -> str | None:
    """The program that made the file; None where it is not said, or in bytes that are no text."""
    try:
        return document.get_metadata_value("Producer") or None
    except UnicodeDecodeError:
        return None


class _Sheet:
    """One open page."""

    def __init__(self, document: pdfium.PdfDocument, index: int, fonts: _Fonts) -> None:
        try:
            self._page = document[index]
        except pdfium.PdfiumError as error:
            raise TruncatedError("the page cannot be loaded", page=index + 1) from error
        self._index = index
        self._fonts = fonts
        self._document = document
        self._text = self._page.get_textpage()
        self._characters = Characters(self._text)
        self._left, self._bottom, _, _ = self._page.get_cropbox(fallback_ok=True)
        self.width, self.height = self._page.get_size()

    def page(self, links: bool) -> Page:
        """Everything on the page."""
        kinds = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH
        texts, paths = objects_of_kind(address(self._page.raw), *kinds)
        runs = self._right_to_left(texts) if has_rtl(self._characters.string) else self._left_to_right(texts)
        found = tuple(self._links()) if links else ()
        return Page(self._index + 1, self.width, self.height, tuple(runs), tuple(self._rules(paths)), found)

    def tags(self) -> list[Tag]:
        """The part of the structure tree that touches the page."""
        return tags_of_page(self._page.raw, self._index + 1)

    def _left_to_right(self, texts: Sequence[int]) -> Iterator[Run]:
        """A run an object, with the object's own box; those inside form objects last, placed by their glyphs."""
        stretches = self._characters.stretches()
        objects = list(dict.fromkeys((*texts, *stretches)))
        types = dict(zip(objects, types_of(objects), strict=True))
        for obj, box in zip(texts, boxes_of(texts), strict=True):
            parts = stretches.pop(obj, ())
            if len(parts) > 1:
                yield from self._glyph_runs(types[obj], parts)
            elif box is not None:
                text = self._characters.decoded(*parts[0]) if parts else " "
                yield self._make(types[obj], text, *box, types[obj].baseline)
        for obj, parts in stretches.items():
            yield from self._glyph_runs(types[obj], parts)

    def _right_to_left(self, texts: Sequence[int]) -> Iterator[Run]:
        """A run for words without a gap between them, placed by their glyphs."""
        string = self._characters.string.translate(HYPHENS)
        return starmap(self._make, runs_from_right(self._characters.address, string, texts))

    def _glyph_runs(self, own: Type, parts: Iterable[tuple[int, int]]) -> Iterator[Run]:
        """The runs of stretches whose object does not tell where they stand, from their glyph boxes."""
        textpage = self._text.raw
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        for start, end in parts:
            boxes = [
                (left.value, bottom.value, right.value, top.value)
                for at in range(start, end)
                if raw.FPDFText_GetCharBox(textpage, at, left, right, bottom, top) and right.value > left.value
            ]
            if not boxes:
                continue
            raw.FPDFText_GetCharOrigin(textpage, start, left, right)
            x0, y0 = min(b[0] for b in boxes), min(b[1] for b in boxes)
            x1, y1 = max(b[2] for b in boxes), max(b[3] for b in boxes)
            yield self._make(own, self._characters.decoded(start, end), x0, y0, x1, y1, right.value)

    def _make(self, own: Type, text: str, x0: float, y0: float, x1: float, y1: float, base: float) -> Run:
        left, head = self._left, self.height + self._bottom
        return Run(
            text,
            round(x0 - left, 2),
            round(head - y1, 2),
            round(x1 - left, 2),
            round(head - y0, 2),
            round(head - base, 2),
            round(own.size, 2),
            self._font(own),
            own.mark,
        )

    def _font(self, own: Type) -> Font:
        key = own.font, own.slant, own.stroked
        font = self._fonts.get(key)
        if font is None:
            typed = ctypes.cast(own.font, raw.FPDF_FONT)
            face = font_of(_string(raw.FPDFFont_GetBaseFontName, typed), max(raw.FPDFFont_GetFlags(typed), 0))
            self._fonts[key] = font = drawn_as(face, own.slant, stroked=own.stroked)
        return font

    def _rules(self, paths: Sequence[int]) -> Iterator[Rule]:
        for box in boxes_of(paths):
            if box is None:
                continue
            left, bottom, right, top = box
            wide, high = right - left, top - bottom
            if min(wide, high) <= RULE_THICKNESS and max(wide, high) > RULE_THICKNESS:
                yield Rule(
                    round(left - self._left, 2),
                    round(self.height - top + self._bottom, 2),
                    round(right - self._left, 2),
                    round(self.height - bottom + self._bottom, 2),
                )

    def _links(self) -> Iterator[Link]:
        at = ctypes.c_int(0)
        link = raw.FPDF_LINK()
        rect = raw.FS_RECTF()
        while raw.FPDFLink_Enumerate(self._page.raw, at, link):
            action = raw.FPDFLink_GetAction(link)
            if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
                continue
            length = raw.FPDFAction_GetURIPath(self._document.raw, action, None, 0)
            buffer = ctypes.create_string_buffer(length)
            raw.FPDFAction_GetURIPath(self._document.raw, action, buffer, length)
            if raw.FPDFLink_GetAnnotRect(link, rect):
                yield Link(
                    round(rect.left - self._left, 2),
                    round(self.height - rect.top + self._bottom, 2),
                    round(rect.right - self._left, 2),
                    round(self.height - rect.bottom + self._bottom, 2),
                    buffer.value.decode("utf-8", "replace"),
                )


def _string(function: object, handle: object) -> str:
    length = function(handle, None, 0)  # type: ignore[operator]
    buffer = ctypes.create_string_buffer(max(length, 1))
    function(handle, buffer, length)  # type: ignore[operator]
    return buffer.value.decode("utf-8", "replace")
