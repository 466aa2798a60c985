"""The structure tree through PDFium, page by page.

PDFium gives the part of the tree that touches a page, and for an element that runs over a page end the
marked-content ids of both pages in one list without saying which is whose: ``[65, 66, 0, 1]``. Ids count up
within a page, so a list that falls belongs to two pages; nothing certain can be said of it, and its ids are
left out.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from itertools import repeat
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
        top = address(root)
        tree = _Tree(number)
        children = map(element_at, repeat(top), range(count_elements(top)))
        return [tag for child in children if child and (tag := tree.tag(child, 0)) is not None]
    finally:
        raw.FPDF_StructTree_Close(root)


class _Tree:
    """The tree of one page; the room for the names that PDFium gives is used again for every element."""

    def __init__(self, page: int) -> None:
        self._page = page
        self._seen: set[int] = set()
        self._room = ctypes.create_string_buffer(_ROOM)

    def tag(self, element: int, depth: int) -> Tag | None:
        """The tag of an element and all below it; None for one that is there already.

        In a tree each element stands once. In a hostile one it may be its own child many times over, and the tree
        that unfolds from it has no end.
        """
        if element in self._seen:
            return None
        self._seen.add(element)
        below = map(child_at, repeat(element), range(count_children(element)))  # None for what is on another page
        tags = (self.tag(child, depth + 1) for child in below if child) if depth < DEEPEST else ()
        children = tuple(tag for tag in tags if tag is not None)
        own = [mark for mark in map(mark_at, repeat(element), range(count_marks(element))) if mark >= 0]
        role = self._string(element_type, element)
        return Tag(
            role,
            tuple((self._page, mark) for mark in own) if own == sorted(own) else (),
            children,
            self._string(actual_text, element) if role == "Span" else "",
        )

    def _string(self, function: Callable[..., int], element: int) -> str:
        room = self._room
        length = function(element, room, _ROOM)
        if length > _ROOM:
            room = ctypes.create_string_buffer(length)
            function(element, room, length)
        return room.raw[: max(length - 2, 0)].decode("utf-16-le", "replace")
