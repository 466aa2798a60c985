"""Glyphs of a right-to-left page as they stand, from left to right, whatever the engine made of their order.

PDFium turns what it takes for right-to-left text about, and in mixed lines it does so wrongly (the symbol
A/76/459 comes as "/76/459A"). Where each glyph stands it tells truly, so the order is taken from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import regex

__all__ = ["Character", "Word", "has_rtl", "words_of"]

_RTL = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
_MARK = regex.compile(r"\p{Mn}+")
_ALEF_LAST = regex.compile(r"\u0644\p{Mn}*[\u0622\u0623\u0625\u0627\u0671]")
"""Lam before alef, seen from the left. No face draws alef and lam as one, so such a glyph was read backwards."""

GAP = 0.24
"""Glyphs of one object this share of the size apart belong to two words: a space that was not written."""


class Character(NamedTuple):
    """A character as the engine gives it: box and origin of its glyph, in points."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    origin: float


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


def words_of(characters: Sequence[Character], size: float) -> Iterator[Word]:
    """The words of one text object, left to right; ``size`` is that of its type.

    ``characters`` come in the engine's order: right-to-left stretches turned about, glyph by glyph and
    within a glyph. So the letters of one glyph (lam-alef) already stand from the left.
    """
    glyphs = [_glyph(list(group)) for _, group in groupby(characters, key=_place)]
    letters = [(at, glyph) for at, glyph in enumerate(glyphs) if not _MARK.fullmatch(glyph.text)]
    letters.sort(key=lambda item: (item[1].origin, -item[0] if has_rtl(item[1].text) else item[0]))
    standing = [glyph for _, glyph in letters]
    marks = [glyph for glyph in glyphs if _MARK.fullmatch(glyph.text)]
    for mark in reversed(marks):
        _put(mark, standing)
    run: list[Character] = []
    for glyph in standing:
        if glyph.text.isspace():
            if run:
                yield _word(run)
                run = []
            yield Word(" ", *glyph[1:5])
            continue
        if run and glyph.x0 - run[-1].x1 > GAP * size:
            yield _word(run)
            run = []
        run.append(glyph)
    if run:
        yield _word(run)


def _place(character: Character) -> tuple[object, ...]:
    return (character.origin, character.x0, character.x1, character.text.isspace())


def _glyph(characters: list[Character]) -> Character:
    text = "".join(character.text for character in characters)
    if _ALEF_LAST.search(text):
        text = text[::-1]
    return characters[0]._replace(text=text)


def _put(mark: Character, standing: list[Character]) -> None:
    """Puts a mark before the letter it stands over, as right-to-left text has it when seen from the left."""
    middle = (mark.x0 + mark.x1) / 2
    places = [at for at, glyph in enumerate(standing) if not glyph.text.isspace()]
    if not places:
        standing.append(mark)
        return
    at = min(places, key=lambda place: abs((standing[place].x0 + standing[place].x1) / 2 - middle))
    base = standing[at]
    text = mark.text + base.text if has_rtl(base.text) else base.text + mark.text
    standing[at] = base._replace(text=text, y0=min(base.y0, mark.y0), y1=max(base.y1, mark.y1))


def _word(glyphs: Sequence[Character]) -> Word:
    return Word(
        "".join(glyph.text for glyph in glyphs),
        min(glyph.x0 for glyph in glyphs),
        min(glyph.y0 for glyph in glyphs),
        max(glyph.x1 for glyph in glyphs),
        max(glyph.y1 for glyph in glyphs),
    )
