"""The structure tree through pdfplumber, page by page, as :mod:`unresolve.readers.pdfium_tags` gives it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from .pages import Tag

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF
    from pdfplumber.structure import PDFStructElement

__all__ = ["read_tags"]

DEEPEST = 64
"""Structure trees of real documents are at most some twenty elements deep; deeper ones are hostile."""

_log = logging.getLogger(__name__)


def read_tags(pdf: PDF) -> tuple[Tag, ...]:
    """The elements at the top of the tree, page by page; one that runs over a page end comes twice.

    Tags are further evidence only: a tree that cannot be followed is left out, and the log says so.
    """
    from pdfplumber.structure import PDFStructTree, StructTreeMissing

    tops: list[Tag] = []
    for page in pdf.pages:
        try:
            tree = PDFStructTree(pdf, page)
        except StructTreeMissing:
            return ()
        except Exception as error:  # noqa: BLE001 - pdfplumber asserts what a damaged tree does not hold
            _log.warning("page %d: the structure tree cannot be followed: %r", page.page_number, error)
            continue
        tops.extend(_element(element, page.page_number, 0) for element in tree)
    return tuple(tops)


def _element(element: PDFStructElement, page: int, depth: int) -> Tag:
    own = list(element.mcids)
    return Tag(
        element.type,
        tuple((page, id_) for id_ in own) if own == sorted(own) else (),
        tuple(_element(child, page, depth + 1) for child in element.children) if depth < DEEPEST else (),
        element.actual_text or "",
    )
