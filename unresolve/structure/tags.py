"""What the tags of a file say of its paragraphs.

A tagged paragraph is named by a number; two lines of one page with the same number stand in one paragraph.
Links, spans and notes inside a paragraph belong to it for the text they hold themselves.
"""

from __future__ import annotations

from collections.abc import Iterable

from unresolve.layout.lines import Line
from unresolve.readers.pages import Pages, Tag

from .pieces import TagOf

__all__ = ["tag_finder"]

_INLINE = frozenset({"Span", "Link", "Reference", "Lbl", "LBody", "Quote", "Em", "Strong", "Sub", "NonStruct"})
_PARAGRAPH = frozenset({"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "TD", "TH", "Caption"})


def tag_finder(pages: Pages) -> TagOf | None:
    """Tells a line's tagged paragraph; None for a file without tags."""
    if not pages.tags:
        return None
    paragraphs: dict[tuple[int, int], int] = {}
    count = 0

    def walk(tags: Iterable[Tag], inside: int | None) -> None:
        nonlocal count
        for tag in tags:
            own = inside
            if tag.role in _PARAGRAPH:
                count += 1
                own = count
            elif tag.role not in _INLINE:
                own = None
            if own is not None:
                paragraphs.update(dict.fromkeys(tag.contents, own))
            walk(tag.children, own)

    walk(pages.tags, None)

    def find(line: Line) -> int | None:
        for span in line.spans:
            if span.tag >= 0 and not span.raised:
                return paragraphs.get((line.page, span.tag))
        return None

    return find
