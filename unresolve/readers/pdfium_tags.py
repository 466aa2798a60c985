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
from .pdfium_calls import (
    actual_text,
    address,
    child_at,
    count_children,
    count_elements,
    count_marks,
    element_at,
    element_type,
    mark_at,
)

__all__ = ["tags_of_page"]

_ROOM = 64  # bytes; the name of a role has at most some thirty

DEEPEST = 64
"""Structure trees of real documents are at most some twenty elements deep; deeper ones are hostile."""


def tags_of_page(page: Any, number: int) -> list[Tag]:
    """The elements at the top of the tree on a loaded page; one that runs over a page end comes on both."""
    root = raw.FPDF_StructTree_GetForPage(page)
    if not root:
        return []
    try:
        tree = address(root)
        children = (element_at(tree, at) for at in range(count_elements(tree)))
        seen: set[int] = set()
        return [tag for child in children if child and (tag := _element(child, number, 0, seen)) is not None]
    finally:
        raw.FPDF_StructTree_Close(root)


def _element(element: int, page: int, depth: int, seen: set[int]) -> Tag | None:
    """The tag of an element and all below it; None for one that is there already.

    In a tree each element stands once. In a hostile one it may be its own child many times over, and the tree
    that unfolds from it has no end.
    """
    if element in seen:
        return None
    seen.add(element)
    own = [id_ for at in range(count_marks(element)) if (id_ := mark_at(element, at)) >= 0]
    children: list[Tag] = []
    if depth < DEEPEST:
        for at in range(count_children(element)):
            below = child_at(element, at)  # None for what stands on another page
            child = _element(below, page, depth + 1, seen) if below else None
            if child is not None:
                children.append(child)
    role = _string(element_type, element)
    return Tag(
        role,
        tuple((page, id_) for id_ in own) if own == sorted(own) else (),
        tuple(children),
        _string(actual_text, element) if role == "Span" else "",
    )


def _string(function: Callable[..., int], element: int) -> str:
    room = ctypes.create_string_buffer(_ROOM)
    length = function(element, room, _ROOM)
    if length > _ROOM:
        room = ctypes.create_string_buffer(length)
        function(element, room, length)
    return room.raw[:length].decode("utf-16-le", "replace").rstrip("\0")
