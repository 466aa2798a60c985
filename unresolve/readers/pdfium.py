"""The default reader: glyph runs from PDFium's text objects.

A run is one text object of the content stream. Its characters come from the text page, where PDFium has
decoded them; its box, its pen position and its font from the object itself. Reading objects costs a few
calls a run instead of several a glyph.

Coordinates are turned into points from the top left of the page.
"""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Iterator, Mapping, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import regex

from unresolve.errors import EncryptedError, NoPageError, TruncatedError
from unresolve.model import Source
from unresolve.model.script import has_rtl

from .checks import check_header, check_text, has_no_page
from .font_repair import read_honestly
from .fonts import drawn_as, font_of
from .pages import Font, Link, Page, Pages, Rule, Run, Tag
from .pdfium_calls import (
    address,
    count_objects,
    font_of_object,
    font_size,
    is_generated,
    is_unmapped,
    matrix_of,
    object_at,
    object_bounds,
    object_kind,
    object_mark,
    render_mode,
    text_object,
)
from .pdfium_glyphs import rows_by_object
from .pdfium_tags import tags_of_page
from .pdfium_words import owners_of, plain_words, points_of, stretches_of_objects
from .visual import MARK, NEAR, Row, with_marks, words_of

__all__ = ["read"]

RULE_THICKNESS = 2.5
"""A path thinner than this many points is a ruling line: Word draws 0.5, Distiller up to 2."""

WORD_GAP = 0.16
"""A space PDFium supposes inside a text object counts from this share of the font size on.

Word spreads letters by up to 0.13 of the size when it justifies a line ("Secre tariat" in A/RES/78/100);
the narrowest word space of the corpus, in LibreOffice's French lines, is 0.2.
"""

_HAN = regex.compile(r"[\p{Han}\u3000-\u303f\uff00-\uffef]")
_HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""What PDFium writes for a hyphen at the end of a line."""

_Look = tuple[float, Font, int]
"""Size of the type in points, face, marked-content id."""

_STROKED = (2, 6)
"""Text render modes that fill and stroke (ISO 32000-1, table 106)."""

_SURROGATES = range(0xD800, 0xE000)


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
        fonts: dict[int, Font] = {}
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
    """One open page; the ctypes cells are reused for every call."""

    def __init__(self, document: pdfium.PdfDocument, index: int, fonts: dict[int, Font]) -> None:
        try:
            self._page = document[index]
        except pdfium.PdfiumError as error:
            raise TruncatedError("the page cannot be loaded", page=index + 1) from error
        self._index = index
        self._fonts = fonts
        self._document = document
        self._text = self._page.get_textpage()
        self._textpage = address(self._text.raw)
        self._left, self._bottom, _, _ = self._page.get_cropbox(fallback_ok=True)
        self.width, self.height = self._page.get_size()
        self._box = [ctypes.c_float() for _ in range(4)]
        self._char = [ctypes.c_double() for _ in range(4)]
        self._matrix = raw.FS_MATRIX()
        self._size = ctypes.c_float()

    def page(self, links: bool) -> Page:
        """Everything on the page."""
        runs: list[Run] = []
        rules: list[Rule] = []
        self._string = self._characters()
        if has_rtl(self._string):
            return self._right_to_left(links)
        spans = self._spans()
        for obj in self._objects():
            kind = object_kind(obj)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                runs.extend(self._runs(obj, spans.pop(obj, None)))
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                rules.extend(self._rule(obj))
        for obj, parts in spans.items():  # text inside form objects: placed by its glyphs
            runs.extend(run for start, end in parts for run in self._glyph_run(obj, start, end))
        found = tuple(self._links()) if links else ()
        return Page(self._index + 1, self.width, self.height, tuple(runs), tuple(rules), found)

    def tags(self) -> list[Tag]:
        """The part of the structure tree that touches the page."""
        return tags_of_page(self._page.raw, self._index + 1)

    def _objects(self) -> Iterator[int]:
        page = address(self._page.raw)
        for index in range(count_objects(page)):
            yield object_at(page, index)

    def _characters(self) -> str:
        """One character for each of the text page's own, so that both count alike.

        PDFium's ready-made string leaves out what it takes for no text, and then the two do not agree.
        """
        count = self._text.count_chars()
        text: str = self._text.get_text_range(errors="replace") if count else ""
        if len(text) == count:
            return text
        codes = (raw.FPDFText_GetUnicode(self._text.raw, at) for at in range(count))
        return "".join(chr(code) if 0 < code < 0x110000 and code not in _SURROGATES else "\ufffd" for code in codes)

    def _right_to_left(self, links: bool) -> Page:
        """Everything on a page with right-to-left letters: a run a word, placed by its glyphs.

        PDFium's order of the characters is not to be trusted there, nor the spaces it supposes. Runs come in the
        order in which the page draws them, which says how signs between numbers are read.
        """
        rules: list[Rule] = []
        texts: dict[int, int] = {}
        for obj in self._objects():
            kind = object_kind(obj)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                texts[obj] = len(texts)
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                rules.extend(self._rule(obj))
        string = self._string.translate(_HYPHENS)
        owners = owners_of(self._textpage, len(string))
        stretches = stretches_of_objects(owners)
        looks = {obj: (self._look(obj), self._matrix.f) for obj in stretches}
        whole = {obj: parts[0] for obj, parts in stretches.items() if obj in texts and len(parts) == 1}
        runs = self._plain_runs(string, owners, whole, looks)
        drawn = rows_by_object(self._textpage, string, [None if owner in runs else owner for owner in owners])
        for obj, row in zip(drawn, with_marks(list(drawn.values())), strict=True):
            runs[obj] = list(self._words(looks[obj][0], row)) if row.text else []
        found = tuple(self._links()) if links else ()
        drawing = sorted(stretches, key=lambda obj: texts.get(obj, len(texts)))
        ordered = tuple(run for obj in drawing for run in runs.get(obj, ()))
        return Page(self._index + 1, self.width, self.height, ordered, tuple(rules), found)

    def _plain_runs(
        self,
        string: str,
        owners: Sequence[int | None],
        stretches: Mapping[int, tuple[int, int]],
        looks: Mapping[int, tuple[_Look, float]],
    ) -> dict[int, list[Run]]:
        """The runs of objects of Arabic words, those left out that marks of other objects may stand over."""
        marks = [at for match in MARK.finditer(string) for at in range(*match.span())]
        heights = {y for _, y in points_of(self._textpage, marks)}
        heights.update(looks[owner][1] for at in marks if (owner := owners[at]))
        lines = {looks[obj][1] for obj in stretches}
        free = {line for line in lines if not any(abs(line - height) <= NEAR for height in heights)}
        set_at = {obj: (looks[obj][0][0], looks[obj][1]) for obj in stretches if looks[obj][1] in free}
        found = plain_words(self._textpage, string, {obj: stretches[obj] for obj in set_at}, set_at)
        left, bottom, right, top = self._box
        runs: dict[int, list[Run]] = {}
        for obj, words in found.items():
            look, line = looks[obj]
            if object_bounds(obj, left, bottom, right, top):
                low, high = bottom.value, top.value
                runs[obj] = [self._make(look, text, x0, low, x1, high, line) for text, x0, x1 in words]
        return runs

    def _words(self, look: _Look, row: Row) -> Iterator[Run]:
        baseline = sorted(row.y)[len(row.y) // 2]  # a mark may be drawn higher
        for word in words_of(row, look[0]):
            yield self._make(look, *word, baseline)

    def _spans(self) -> dict[int, list[tuple[int, int]]]:
        """Which characters of the text page each text object drew."""
        spans: dict[int, list[tuple[int, int]]] = {}
        at, total = 0, self._text.count_chars()
        while at < total:
            obj = text_object(self._textpage, at)
            end = at + 1
            if obj:
                end = self._last_of(obj, at, total)
                spans.setdefault(obj, []).append((at, end))
            at = end
        return spans

    def _last_of(self, obj: int, start: int, total: int) -> int:
        """The end of the stretch of characters of one object, found by doubling steps."""
        textpage = self._textpage
        low, step = start, 8
        while low + step < total and text_object(textpage, low + step) == obj:
            low += step
            step *= 2
        high = min(low + step, total)
        while high - low > 1:
            middle = (low + high) // 2
            if text_object(textpage, middle) == obj:
                low = middle
            else:
                high = middle
        return high

    def _runs(self, obj: int, parts: list[tuple[int, int]] | None) -> Iterator[Run]:
        if parts is not None and len(parts) > 1:
            for start, end in parts:
                yield from self._glyph_run(obj, start, end)
            return
        text = self._decode(*parts[0]) if parts else " "
        left, bottom, right, top = self._box
        if object_bounds(obj, left, bottom, right, top):
            look = self._look(obj)
            yield self._make(look, text, left.value, bottom.value, right.value, top.value, self._matrix.f)

    def _glyph_run(self, obj: int, start: int, end: int) -> Iterator[Run]:
        """The run of a stretch whose object does not tell where it stands, from its glyph boxes."""
        left, right, bottom, top = self._char
        boxes = [
            (left.value, bottom.value, right.value, top.value)
            for at in range(start, end)
            if raw.FPDFText_GetCharBox(self._text.raw, at, left, right, bottom, top) and right.value > left.value
        ]
        if not boxes:
            return
        raw.FPDFText_GetCharOrigin(self._text.raw, start, left, right)
        x0, y0 = min(b[0] for b in boxes), min(b[1] for b in boxes)
        x1, y1 = max(b[2] for b in boxes), max(b[3] for b in boxes)
        yield self._make(self._look(obj), self._decode(start, end), x0, y0, x1, y1, right.value)

    def _make(self, look: _Look, text: str, x0: float, y0: float, x1: float, y1: float, base: float) -> Run:
        left, head = self._left, self.height + self._bottom
        size, font, mark = look
        return Run(
            text,
            round(x0 - left, 2),
            round(head - y1, 2),
            round(x1 - left, 2),
            round(head - y0, 2),
            round(head - base, 2),
            round(size, 2),
            font,
            mark,
        )

    def _look(self, obj: int) -> _Look:
        """What all glyphs of an object share; its matrix is left in ``_matrix``."""
        font_size(obj, self._size)
        matrix_of(obj, self._matrix)
        m = self._matrix
        size = float(self._size.value * ((m.c * m.c + m.d * m.d) ** 0.5 or 1.0))
        slant = round(m.c / m.d, 2) if m.d and not m.b else 0.0
        font = drawn_as(self._font(obj), slant, stroked=render_mode(obj) in _STROKED)
        return size, font, object_mark(obj)

    def _font(self, obj: int) -> Font:
        handle = font_of_object(obj)
        font = self._fonts.get(handle)
        if font is None:
            typed = ctypes.cast(handle, raw.FPDF_FONT)
            name = _string(raw.FPDFFont_GetBaseFontName, typed)
            self._fonts[handle] = font = font_of(name, max(raw.FPDFFont_GetFlags(typed), 0))
        return font

    def _decode(self, start: int, end: int) -> str:
        text = self._string[start:end]
        if self._unmapped((start + end) // 2) and 2 * sum(map(self._unmapped, range(start, end))) > end - start:
            return "\ufffd" * len(text)
        if "\r" in text or "\n" in text:
            text = text.replace("\r", "").replace("\n", "")
        elif " " in text:
            text = self._respaced(text, start)
        return text.translate(_HYPHENS)

    def _unmapped(self, at: int) -> bool:
        """Whether the font does not say which character a glyph is, so that PDFium gives its code instead."""
        return bool(is_unmapped(self._textpage, at) == 1)

    def _respaced(self, text: str, start: int) -> str:
        """The text without the spaces PDFium supposed inside a word."""
        kept: list[str] = []
        at = 0
        while (space := text.find(" ", at)) >= 0:
            kept.append(text[at : space + (not self._made_up(text, start, space))])
            at = space + 1
        return "".join((*kept, text[at:]))

    def _made_up(self, text: str, start: int, at: int) -> bool:
        if is_generated(self._textpage, start + at) != 1:
            return False
        beside = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
        if not beside.isascii() and _HAN.search(beside):  # Chinese is set apart from figures without a space
            return True
        return ord(text[at + 1 : at + 2] or " ") in _HYPHENS or self._gap(start + at) < WORD_GAP

    def _gap(self, at: int) -> float:
        """The room between the glyphs beside a character, as a share of the glyph size."""
        before, after = raw.FS_RECTF(), raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(self._text.raw, at - 1, before)
        raw.FPDFText_GetLooseCharBox(self._text.raw, at + 1, after)
        height = abs(after.top - after.bottom) or 1.0
        return float(after.left - before.right) / height

    def _rule(self, obj: int) -> Iterator[Rule]:
        left, bottom, right, top = self._box
        if not object_bounds(obj, left, bottom, right, top):
            return
        wide, high = right.value - left.value, top.value - bottom.value
        if min(wide, high) <= RULE_THICKNESS and max(wide, high) > RULE_THICKNESS:
            yield Rule(
                round(left.value - self._left, 2),
                round(self.height - top.value + self._bottom, 2),
                round(right.value - self._left, 2),
                round(self.height - bottom.value + self._bottom, 2),
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
