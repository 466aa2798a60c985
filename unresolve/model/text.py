"""Running text: a plain string and marks that point into it by offset."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

__all__ = ["Mark", "MarkKind", "Text"]

MarkKind = Literal["italic", "bold", "underline", "superscript", "subscript", "call", "break", "link"]


class Mark(msgspec.Struct, frozen=True, order=True, omit_defaults=True):
    """A span ``[start, end)`` of a :class:`Text`, in characters.

    ``call`` is the place where a note is called and ``break`` the place where a page ends: both are
    empty spans (``start == end``). ``target`` is the id of the note called, or the number of the page
    that begins. The ``target`` of a ``link`` is the address that the file itself gives for its characters.
    """

    start: int
    end: int
    kind: MarkKind
    target: str | None = None


class Text(msgspec.Struct, frozen=True, omit_defaults=True):
    """A string in reading order with its marks, sorted by offset.

    Note markers are not part of ``content``: the mark says where the call stands.
    """

    content: str = ""
    marks: tuple[Mark, ...] = ()

    def __str__(self) -> str:
        return self.content

    def __len__(self) -> int:
        return len(self.content)

    def __bool__(self) -> bool:
        return bool(self.content or self.marks)

    def slice(self, start: int, end: int | None = None) -> Text:
        """The text of ``[start, end)``; marks are cut to it and moved, empty ones at its edges kept."""
        end = len(self.content) if end is None else end
        return Text(self.content[start:end], _sorted(_clip(self.marks, start, end)))

    def strip(self) -> Text:
        """The same text without white space at its ends."""
        left = len(self.content) - len(self.content.lstrip())
        return self.slice(left, max(left, len(self.content.rstrip())))

    @classmethod
    def join(cls, parts: Iterable[Text], separator: str = " ") -> Text:
        """One text of several; equal marks that touch across an empty separator become one."""
        content: list[str] = []
        marks: list[Mark] = []
        at = 0
        for part in parts:
            if content:
                content.append(separator)
                at += len(separator)
            marks.extend(Mark(m.start + at, m.end + at, m.kind, m.target) for m in part.marks)
            content.append(part.content)
            at += len(part.content)
        return cls("".join(content), _sorted(marks))


def _sorted(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Marks by offset; one without a target stands before one of its span and kind that has one."""
    return tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind, mark.target or "")))


def _clip(marks: tuple[Mark, ...], start: int, end: int) -> Iterable[Mark]:
    for mark in marks:
        if mark.start == mark.end:
            if start <= mark.start <= end:
                yield Mark(mark.start - start, mark.end - start, mark.kind, mark.target)
            continue
        a, b = max(mark.start, start), min(mark.end, end)
        if a < b:
            yield Mark(a - start, b - start, mark.kind, mark.target)
