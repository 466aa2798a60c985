"""The structure tree through PDFium, page by page.

PDFium gives the part of the tree that touches a page, and for an element that runs over a page end the
marked-content ids of both pages in one list without saying which is whose: ``[65, 66, 0, 1]``. Ids count up
within a page, so a list that falls belongs to two pages; nothing certain can be said of it, and its ids are
left out.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as raw

from .pages import Tag

__all__ = ["tags_of_page"]

DEEPEST = 64
"""Structure trees of real documents are at most some twenty elements deep; deeper ones are hostile."""


def tags_of_page(page: Any, number: int) -> list[Tag]:
    """The elements at the top of the tree on a loaded page; one that runs over a page end comes on both."""
    root = raw.FPDF_StructTree_GetForPage(page)
    if not root:
        return []
    try:
        children = (
            raw.FPDF_StructTree_GetChildAtIndex(root, at) for at in range(raw.FPDF_StructTree_CountChildren(root))
        )
        seen: set[int] = set()
        return [tag for child in children if (tag := _element(child, number, 0, seen)) is not None]
    finally:
        raw.FPDF_StructTree_Close(root)


def _element(element: Any, page: int, depth: int, seen: set[int]) -> Tag | None:
    """The tag of an element and all below it; None for one that is there already.

    In a tree each element stands once. In a hostile one it may be its own child many times over, and the tree
    that unfolds from it has no end.
    """
    place = ctypes.cast(element, ctypes.c_void_p).value
    if place is None or place in seen:
        return None
    seen.add(place)
    count = raw.FPDF_StructElement_GetMarkedContentIdCount(element)
    ids = [raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at) for at in range(count)]
    own = [id_ for id_ in ids if id_ >= 0]
    children: list[Tag] = []
    if depth < DEEPEST:
        for at in range(raw.FPDF_StructElement_CountChildren(element)):
            child = _element(raw.FPDF_StructElement_GetChildAtIndex(element, at), page, depth + 1, seen)
            if child is not None:
                children.append(child)
    role = _string(raw.FPDF_StructElement_GetType, element)
    return Tag(
        role,
        tuple((page, id_) for id_ in own) if own == sorted(own) else (),
        tuple(children),
        _string(raw.FPDF_StructElement_GetActualText, element) if role == "Span" else "",
    )


def _string(function: Callable[..., int], element: Any) -> str:
    length = function(element, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    function(element, buffer, length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
