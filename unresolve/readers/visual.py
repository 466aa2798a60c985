"""Glyphs of a right-to-left page as they stand, from left to right, whatever the engine made of their order.

PDFium turns what it takes for right-to-left text about, and in mixed lines it does so wrongly (the symbol
A/76/459 comes as "/76/459A"). Where each glyph stands it tells truly, so the order is taken from there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from unresolve.model.script import has_rtl

__all__ = ["CONTROLS", "Glyph", "Word", "glyphs_of", "with_marks", "words_of"]

_MARK = regex.compile(r"\p{Mn}+")
_ALEF_LAST = regex.compile(r"\u0644\p{Mn}*[\u0622\u0623\u0625\u0627\u0671]")
"""Lam before alef, seen from the left. No face draws alef and lam as one, so such a glyph was read backwards."""

CONTROLS = frozenset("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Characters that say how to set text and are none of it; Typst's faces decode a space between scripts to them."""

GAP = 0.2
"""Glyphs of one object are parted into runs at a gap of this share of the size: the "/" of 77/256 may stand in it."""

SPREAD = 0.3
"""Letters of one object nearer than this are one word, spread by the justification: LibreOffice does by 0.27."""

NEAR = 24.0
"""A mark over a letter is looked for on lines no further away than so many points."""

FLAT = 0.2
"""No letter and no figure is as low as this share of the size: the ink of a kashida is 0.13 high."""


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


def glyphs_of(characters: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs of one text object, left to right, from its characters.

    They come in the engine's order: right-to-left stretches turned about, and so the letters of one glyph.
    The letters of a lam-alef therefore stand from the left already.
    """
    drawn: dict[tuple[float, float, bool], list[Glyph]] = {}
    for character in characters:
        drawn.setdefault((character.x, character.y, character.text.isspace()), []).append(character)
    glyphs = [group[0] if len(group) == 1 else _ligature(group) for group in drawn.values()]
    return sorted(glyphs, key=lambda glyph: (glyph.x, glyph.text.isspace()))


def _ligature(group: list[Glyph]) -> Glyph:
    """Characters drawn at one point as one; marks go before the letters, as seen from the left."""
    text = "".join(character.text for character in group)
    letters = _MARK.sub("", text)
    marks = sorted("".join(_MARK.findall(text)), key=unicodedata.combining, reverse=True)
    if _ALEF_LAST.search(letters):
        letters = letters[::-1]
    text = "".join(marks) + letters if has_rtl(letters) else letters + "".join(reversed(marks))
    return _around(group)._replace(text=text)


def _around(glyphs: Sequence[Glyph]) -> Glyph:
    """The first of the glyphs with the box of them all."""
    return glyphs[0]._replace(
        x0=min(glyph.x0 for glyph in glyphs),
        y0=min(glyph.y0 for glyph in glyphs),
        x1=max(glyph.x1 for glyph in glyphs),
        y1=max(glyph.y1 for glyph in glyphs),
    )


def with_marks(objects: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """The glyphs of each object of a page, marks (harakat) joined to the letter they stand over or under.

    A mark may be drawn by an object of its own, and may then be said to be the whole syllable ("ثِّ"), which the
    letter below it says as well. It goes before a right-to-left letter, as seen from the left.
    """
    standing = [[glyph for glyph in glyphs if not _MARK.fullmatch(glyph.text)] for glyphs in objects]
    for row, glyphs in enumerate(standing):
        standing[row] = [glyph for glyph in glyphs if not (_MARK.match(glyph.text) and _said_below(glyph, standing))]
    for home, glyphs in enumerate(objects):
        for mark in glyphs:
            if _MARK.fullmatch(mark.text):
                _join(mark, standing, home)
    return standing


def _said_below(syllable: Glyph, rows: Sequence[Sequence[Glyph]]) -> bool:
    """Whether a wider glyph below says all that a glyph with marks says."""
    return any(
        set(syllable.text) <= set(glyph.text) and glyph.x1 - glyph.x0 > syllable.x1 - syllable.x0
        for glyph in (rows[row][at] for _, row, at in _below(syllable, rows))
    )


def _join(mark: Glyph, rows: list[list[Glyph]], home: int) -> None:
    """Joins a mark to the nearest letter; where there is none, it stays in its row."""
    near = min(_below(mark, rows), default=None)
    if near is None:
        rows[home].append(mark)
        return
    _, row, at = near
    base = rows[row][at]
    if not set(mark.text) <= set(base.text):
        text = mark.text + base.text if has_rtl(base.text) else base.text + mark.text
        rows[row][at] = base._replace(text=text, y0=min(base.y0, mark.y0), y1=max(base.y1, mark.y1))


def _below(mark: Glyph, rows: Sequence[Sequence[Glyph]]) -> Iterator[tuple[float, int, int]]:
    """The glyphs that a mark stands over or under: how far off its middle, and which."""
    middle = (mark.x0 + mark.x1) / 2
    for row, glyphs in enumerate(rows):
        if not glyphs or abs(glyphs[0].y - mark.y) > NEAR:
            continue
        for at, glyph in enumerate(glyphs):
            high = glyph.y1 - glyph.y0 + 4.0
            if abs(glyph.y - mark.y) < 0.5 * high and glyph.x0 - 2.0 < middle < glyph.x1 + 2.0 and glyph.text != " ":
                yield abs((glyph.x0 + glyph.x1) / 2 - middle), row, at


def words_of(glyphs: Iterable[Glyph], size: float) -> Iterator[Word]:
    """The words of one object's glyphs, left to right; ``size`` is that of its type."""
    word: list[Glyph] = []
    for glyph in glyphs:
        if _is_kashida(glyph, size):
            glyph = glyph._replace(text="\u0640")
        if glyph.text.isspace() and word and word[-1].x1 >= glyph.x1:
            continue  # the space at the end of a line hangs over its last letter
        if word and (glyph.text.isspace() or glyph.x - word[-1].x1 > GAP * size):
            spread = not glyph.text.isspace() and glyph.x - word[-1].x1 < SPREAD * size
            yield _word(word, glyph.x if spread and has_rtl(word[-1].text) and has_rtl(glyph.text) else None)
            word = []
        if glyph.text.isspace():
            yield Word(glyph.text, *glyph[1:5])
        else:
            word.append(glyph)
    if word:
        yield _word(word)


def _is_kashida(glyph: Glyph, size: float) -> bool:
    """Whether what decodes to a letter, figure or bracket is a stroke: LibreOffice's kashida may say "2"."""
    high = glyph.y1 - glyph.y0
    tall = glyph.text in "()[]" or (glyph.text.isalnum() and not has_rtl(glyph.text))  # seen may be as low
    return tall and high < FLAT * size and glyph.x1 - glyph.x0 > high


def _word(glyphs: Sequence[Glyph], end: float | None = None) -> Word:
    """The word of some glyphs; ``end`` is where the rest of it goes on."""
    return Word(
        "".join(glyph.text for glyph in glyphs),
        min(min(glyph.x0, glyph.x) for glyph in glyphs),
        min(glyph.y0 for glyph in glyphs),
        end or max(glyph.x1 for glyph in glyphs),
        max(glyph.y1 for glyph in glyphs),
    )
