"""Glyphs of a right-to-left page as they stand, from left to right, whatever the engine made of their order.

PDFium turns what it takes for right-to-left text about, and in mixed lines it does so wrongly (the symbol
A/76/459 comes as "/76/459A"). Where each glyph stands it tells truly, so the order is taken from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import regex

__all__ = ["Glyph", "Word", "glyphs_of", "has_rtl", "with_marks", "words_of"]

_RTL = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
_MARK = regex.compile(r"\p{Mn}+")
_ALEF_LAST = regex.compile(r"\u0644\p{Mn}*[\u0622\u0623\u0625\u0627\u0671]")
"""Lam before alef, seen from the left. No face draws alef and lam as one, so such a glyph was read backwards."""

GAP = 0.24
"""Glyphs of one object this share of the size apart belong to two words: a space that was not written."""


class Glyph(NamedTuple):
    """What a glyph decodes to, its box, and the point on the line from which it is drawn; in points, y upwards."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    x: float
    y: float


class Word(NamedTuple):
    """Glyphs without space between them, or one space, left to right."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


def has_rtl(text: str) -> bool:
    """Whether a text holds a right-to-left letter."""
    return not text.isascii() and _RTL.search(text) is not None


def glyphs_of(characters: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs of one text object, left to right, from its characters.

    They come in the engine's order: right-to-left stretches turned about, and so the letters of one glyph.
    The letters of a lam-alef therefore stand from the left already. Characters drawn at one point as glyphs of
    their own were drawn in the opposite order.
    """
    glyphs = [_glyph(list(group)) for _, group in groupby(characters, key=_place)]
    order = sorted(enumerate(glyphs), key=lambda item: (item[1].x, -item[0] if has_rtl(item[1].text) else item[0]))
    return [glyph for _, glyph in order]


def _place(character: Glyph) -> tuple[object, ...]:
    return (character.x, character.x0, character.x1, character.text.isspace())


def _glyph(characters: list[Glyph]) -> Glyph:
    text = "".join(character.text for character in characters)
    if _ALEF_LAST.search(text):
        text = text[::-1]
    return characters[0]._replace(text=text)


def with_marks(objects: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """The glyphs of each object of a page, marks (harakat) joined to the letter they stand over or under.

    A mark may be drawn by an object of its own. It goes before a right-to-left letter, as seen from the left.
    """
    standing = [[glyph for glyph in glyphs if not _MARK.fullmatch(glyph.text)] for glyphs in objects]
    marks = [(row, glyph) for row, glyphs in enumerate(objects) for glyph in glyphs if _MARK.fullmatch(glyph.text)]
    for home, mark in marks:
        middle = (mark.x0 + mark.x1) / 2
        near = [
            (abs((glyph.x0 + glyph.x1) / 2 - middle), row, at)
            for row, glyphs in enumerate(standing)
            for at, glyph in enumerate(glyphs)
            if abs(glyph.y - mark.y) < 0.5 * (glyph.y1 - glyph.y0 + 4.0) and glyph.x0 - 2.0 < middle < glyph.x1 + 2.0
            if not glyph.text.isspace()
        ]
        if not near:
            standing[home].append(mark)
            continue
        _, row, at = min(near)
        base = standing[row][at]
        text = mark.text + base.text if has_rtl(base.text) else base.text + mark.text
        standing[row][at] = base._replace(text=text, y0=min(base.y0, mark.y0), y1=max(base.y1, mark.y1))
    return standing


def words_of(glyphs: Iterable[Glyph], size: float) -> Iterator[Word]:
    """The words of one object's glyphs, left to right; ``size`` is that of its type."""
    word: list[Glyph] = []
    for glyph in glyphs:
        if word and (glyph.text.isspace() or glyph.x - word[-1].x1 > GAP * size):
            yield _word(word)
            word = []
        if glyph.text.isspace():
            yield Word(" ", *glyph[1:5])
        else:
            word.append(glyph)
    if word:
        yield _word(word)


def _word(glyphs: Sequence[Glyph]) -> Word:
    return Word(
        "".join(glyph.text for glyph in glyphs),
        min(min(glyph.x0, glyph.x) for glyph in glyphs),
        min(glyph.y0 for glyph in glyphs),
        max(glyph.x1 for glyph in glyphs),
        max(glyph.y1 for glyph in glyphs),
    )
