"""Markers of lists at the head of a line, and the labels that stand alone above a heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import regex

if TYPE_CHECKING:
    from unresolve.languages import Enumerator, Pack

__all__ = ["Marker", "counted", "is_label", "marker_of"]

_LONGEST_LABEL = 32

_MARKER = regex.compile(
    r"""(?: \p{N}{1,3}\s?[-–.]
        | \p{L}{3,8}(?:\s\p{L}{3,8})?\s[-–]
        | [(\['"‘’]? \s? (?:\p{N}{1,3}|\p{L}{1,5}|\p{L}\s\p{L}) \s? [)\]'"’‘]? [.):\]]?
        | \p{Han}{1,4}、
        | [•●▪–—*-] )(?=\s|(?<=、)|(?<=[)）])(?=\p{Han}))""",
    regex.VERBOSE,
)
_LABEL = regex.compile(r"[IVXLC]{1,6}|\p{Lu}|\p{Lu}[\p{L}]{2,11}\s(?:\d{1,3}|[IVXLC]{1,6})")
_DIVISIONS = ("part", "chapter", "section", "article")


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


def counted(text: str, pack: Pack) -> tuple[str, str] | None:
    """What a label with a word names, and its number in figures or letters of every language.

    "第16条" and "المادة 16" are ``("article", "16")``, "الجزء الأول" is ``("part", "I")``.
    """
    if len(text) > _LONGEST_LABEL:
        return None
    return next(((rule, number) for rule in _DIVISIONS if (number := pack.read(rule, text)) is not None), None)


def is_label(text: str, pack: Pack) -> bool:
    """Whether a line names a division and does nothing else ("I", "Rule 1", "一", "المادة 16")."""
    if _LABEL.fullmatch(text) is not None or counted(text, pack) is not None:
        return True
    enumerator = pack.enumerator(text) if len(text) < 16 and not text.isascii() else None
    return enumerator is not None and enumerator.kind in ("upper-roman", "upper-letter")
