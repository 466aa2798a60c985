"""Markers of lists at the head of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import regex

if TYPE_CHECKING:
    from unresolve.languages import Enumerator, Pack

__all__ = ["Marker", "marker_of"]

_MARKER = regex.compile(
    r"""(?: \p{N}{1,3}\s?[-–.]
        | \p{L}{3,8}(?:\s\p{L}{3,8})?\s[-–]
        | [(\['"‘’]? \s? (?:\p{N}{1,3}|\p{L}{1,5}|\p{L}\s\p{L}) \s? [)\]'"’‘]? [.):\]]?
        | \p{Han}{1,4}、
        | [•●▪–—*-] )(?=\s|(?<=、)|(?<=[)）])(?=[\p{Han}\p{Arabic}])|(?<=[IVXLC]{2}\.)(?=\p{Lu}\p{L}))""",
    regex.VERBOSE,
)


class Marker(msgspec.Struct, frozen=True):
    """A printed list marker at the head of a piece and what it can count.

    ``place`` and ``kind`` are the reading that its neighbours leave, once they are known.
    """

    printed: str
    enumerator: Enumerator
    place: int = 0
    kind: str = ""


def marker_of(text: str, pack: Pack) -> Marker | None:
    """The list marker at the head of a line, None if there is none."""
    match = _MARKER.match(text)
    if match is None:
        return None
    enumerator = pack.enumerator(match[0])
    if enumerator is None or not enumerator.form:  # "حادي عشر" is no "حادي" with a text behind it
        return None
    return Marker(match[0], enumerator)
