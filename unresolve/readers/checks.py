"""What every reader of PDF files asks of its input before and after it has read it."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from unresolve.errors import NotAPdfError, NoTextError, UnmappedFontError
from unresolve.patterns import late

from .pages import Page

__all__ = ["HEADER_WINDOW", "UNMAPPED", "check_header", "check_text", "has_no_page", "is_pdf"]

HEADER_WINDOW = 1024
"""Readers accept a PDF header within the first 1,024 bytes (ISO 32000-1, annex H.3)."""

UNMAPPED = 0.75
"""A text layer of which this share has no Unicode cannot be read; one odd font among others is no matter."""

_NO_CHARACTER = late(r"[\p{Cc}\p{Cn}\p{Co}\p{Cs}\ufffd]")
"""What no text is written in: control, unassigned, private use, surrogate, and the sign for none of them."""


def is_pdf(data: bytes) -> bool:
    """Whether the bytes begin as a PDF does."""
    return b"%PDF-" in data[:HEADER_WINDOW]


def check_header(data: bytes) -> None:
    """Raises NotAPdfError where the bytes do not begin as a PDF does."""
    if not is_pdf(data):
        raise NotAPdfError("not a PDF: no %PDF- header")


def has_no_page(data: bytes) -> bool:
    """Whether the file is whole and has no page; PDFium calls such a file damaged."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import dict_value, list_value

    try:
        tree = dict_value(PDFDocument(PDFParser(BytesIO(data))).catalog["Pages"])
        return not list_value(tree["Kids"])
    except Exception:  # noqa: BLE001 - whatever a damaged file makes of the parser, it has not shown a page tree
        return False


def check_text(pages: Iterable[Page]) -> None:
    """Raises NoTextError for a scan and UnmappedFontError where the glyphs do not say what they stand for."""
    total = unmapped = 0
    for page in pages:
        text = "".join("".join(run.text for run in page.runs).split())
        total += len(text)
        if not text.isprintable() or "\ufffd" in text:  # as all is that stands for nothing but the sign itself
            unmapped += len(_NO_CHARACTER.findall(text))
    if not total:
        raise NoTextError("no page has a text layer; run OCR first", page=1)
    if unmapped >= UNMAPPED * total:
        raise UnmappedFontError("the fonts do not say which characters their glyphs stand for; run OCR", page=1)
