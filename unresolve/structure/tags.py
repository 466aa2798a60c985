"""What the tags of a file say of its paragraphs and its hyphens.

A tagged paragraph is named by a number; two lines with the same number stand in one paragraph. Links, spans
and the like inside a paragraph belong to it.
"""

from __future__ import annotations

from collections.abc import Iterable

from unresolve.layout.lines import Line
from unresolve.readers.pages import Tag

__all__ = ["Tagging"]

_INLINE = frozenset({"Span", "Link", "Reference", "Lbl", "LBody", "Quote", "Em", "Strong", "Sub", "NonStruct"})
_PARAGRAPH = frozenset({"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "TD", "TH", "Caption"})
_SOFT_HYPHEN = "\u00ad"


class Tagging:
    """The tags of a file, ready to be asked."""

    def __init__(self, tags: Iterable[Tag]) -> None:
        self._paragraphs: dict[tuple[int, int], int] = {}
        self._soft: set[tuple[int, int]] = set()
        self._count = 0
        self._walk(tags, None)

    def paragraph(self, line: Line, *, last: bool = False) -> int | None:
        """The number of the tagged paragraph a line begins in (or ends in), None where no tag says."""
        for span in reversed(line.spans) if last else line.spans:
            if span.tag >= 0 and not span.raised:
                return self._paragraphs.get((line.page, span.tag))
        return None

    def soft_hyphen(self, line: Line) -> bool:
        """Whether the file says of the hyphen at the line's end that the typesetter put it."""
        return bool(line.spans) and (line.page, line.spans[-1].tag) in self._soft

    def _walk(self, tags: Iterable[Tag], inside: int | None) -> None:
        for tag in tags:
            own = inside
            if tag.role in _PARAGRAPH:
                self._count += 1
                own = self._count
            elif tag.role not in _INLINE:
                own = None
            if own is not None:
                self._paragraphs.update(dict.fromkeys(tag.contents, own))
            if tag.actual == _SOFT_HYPHEN:
                self._soft.update(tag.contents)
            self._walk(tag.children, own)
