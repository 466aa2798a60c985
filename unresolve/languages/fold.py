"""Folding: what a reader sees as the same line becomes the same string.

Typewriter mastheads print capitals without accents ("GENERALE"), Word puts no-break spaces and
non-breaking hyphens, Arabic stretches words with tatweel, Chinese titles are spaced out ("大 会"). Rules
are written once, in ordinary spelling, and both rule and text are folded before they are compared.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from unresolve.patterns import late

__all__ = ["Folded", "fold", "fold_line", "fold_pattern"]

_SAME = {
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t\r\n\v\f\x85\u2028", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'"),
    "،": ",",
    "。": ".",
}
# Marks over letters, tatweel, soft hyphens and the invisible marks of direction and joining.
_DROP = regex.compile(r"[\p{Mn}\u0640\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SPACES = regex.compile(r" {2,}")
_HAN = r"[\p{Han}〇、「」《》]"
_HAN_SPACE = late(rf"(?<={_HAN}) +| +(?={_HAN})")


class Folded(NamedTuple):
    """A folded string, and for each of its characters (and its end) the offset in the original."""

    text: str
    at: Sequence[int]


class _Table(dict[int, str]):
    """A translation table that learns a character when it first meets it."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    if "\uff01" <= character <= "\uff5e":  # full-width forms of ASCII
        return chr(ord(character) - 0xFEE0)
    if character.isdigit() and character.isdecimal():  # Arabic-Indic digits
        return str(int(character))
    return unicodedata.normalize("NFD", character)[0] if ord(character) >= 0xC0 else character


_TABLE = _Table()


def fold(text: str) -> Folded:
    """The text folded character by character, with the way back to its offsets."""
    if not _DROP.search(text):
        return Folded(text.translate(_TABLE), range(len(text) + 1))
    kept = [i for i, character in enumerate(text) if not _DROP.match(character)]
    return Folded("".join(text[i] for i in kept).translate(_TABLE), [*kept, len(text)])


@lru_cache(maxsize=256)  # the packs of six languages are asked about the same line
def fold_line(line: str) -> str:
    """A whole line or field folded; runs of spaces are one space, and none stands beside a Han character."""
    kept: str = (line if line.isascii() else _DROP.sub("", line)).translate(_TABLE)
    single: str = _SPACES.sub(" ", kept if kept.isascii() else _HAN_SPACE.sub("", kept))
    return single.strip()


def fold_pattern(pattern: str) -> str:
    """A pattern written in ordinary spelling, made fit for folded text."""
    kept: str = _DROP.sub("", pattern)
    return kept.translate(_TABLE)
