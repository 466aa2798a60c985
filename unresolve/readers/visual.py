"""Glyphs of a right-to-left page as they stand, from left to right, whatever the engine made of their order.

PDFium turns what it takes for right-to-left text about, and in mixed lines it does so wrongly (the symbol
A/76/459 comes as "/76/459A"). Where each glyph stands it tells truly, so the order is taken from there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from operator import sub
from typing import NamedTuple

import regex

from unresolve.model.script import has_rtl
from unresolve.patterns import late

__all__ = ["CONTROLS", "MARK", "NEAR", "Glyph", "Row", "Word", "in_glyph_order", "rows_of", "with_marks", "words_of"]

MARK = late(r"\p{Mn}+")
"""Marks over and under letters: harakat."""

_ALEF_LAST = late(r"\u0644\p{Mn}*[\u0622\u0623\u0625\u0627\u0671]")
"""Lam before alef, seen from the left. No face draws alef and lam as one, so such a glyph was read backwards."""

CONTROLS = frozenset("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Characters that say how to set text and are none of it; Typst's faces decode a space between scripts to them."""

GAP = 0.2
"""Glyphs of one object are parted into runs at a gap of this share of the size: the "/" of 77/256 may stand in it."""

SPREAD = 0.3
"""Letters of one object nearer than this are one word, spread by the justification: LibreOffice does by 0.27."""

NEAR = 12.0
"""A mark over a letter is looked for on lines no further away than so many points."""

TOUCH = 4.0
"""The ink of a mark is no further than so many points from that of its letter."""

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


class Row(NamedTuple):
    """Glyphs from left to right as columns, one a field of Glyph: a page has too many to look at each by itself."""

    text: list[str]
    x0: list[float]
    y0: list[float]
    x1: list[float]
    y1: list[float]
    x: list[float]
    y: list[float]

    @classmethod
    def of(cls, glyphs: Iterable[Glyph]) -> Row:
        """The row of some glyphs given from left to right."""
        return cls._make(map(list, list(zip(*glyphs, strict=True)) or [()] * len(Glyph._fields)))

    @property
    def glyphs(self) -> list[Glyph]:
        """One after the other."""
        return list(map(Glyph._make, zip(*self, strict=True)))


class Word(NamedTuple):
    """Glyphs without space between them, left to right, and the spaces beside them; or spaces alone.

    The box is that of the ink.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


def rows_of(glyphs: Row, owners: Sequence[int]) -> dict[int, Row]:
    """The glyphs of each object, left to right, from the characters of a page; ``owners`` names the object of each.

    Objects come in the order of their first character, characters in the engine's order: right-to-left stretches
    turned about, and so the letters of one glyph. The letters of a lam-alef therefore stand from the left already.
    """
    joined = _marked(glyphs, owners) if MARK.search("".join(glyphs.text)) else frozenset()
    places: dict[int, list[int]] = {owner: [] for owner in owners}
    for at in sorted(range(len(owners)), key=glyphs.x.__getitem__):
        if at not in joined:
            places[owners[at]].append(at)
    order = list(chain.from_iterable(places.values()))
    columns = [list(map(column.__getitem__, order)) for column in glyphs]
    rows: dict[int, Row] = {}
    end = 0
    for owner, own in places.items():
        start, end = end, end + len(own)
        row = rows[owner] = Row._make([column[start:end] for column in columns])
        if len(set(row.x)) < len(own):
            _merge(row)
    return rows


def _marked(glyphs: Row, owners: Sequence[int]) -> frozenset[int]:
    """The places of marks that could be given to the letter before them in the engine's order, and now are.

    Letters may stand one over the other, as the first two of تُحل do in a Naskh face: only the order tells then whose
    the mark is. Marks drawn by objects of their own are found their letter by where they stand.
    """
    text, x0, y0, x1, y1, _, pens = glyphs
    joined: set[int] = set()
    for at in range(1, len(text)):
        if not MARK.fullmatch(text[at]):
            continue
        base = at - 1
        while base and base in joined:
            base -= 1
        middle = (x0[at] + x1[at]) / 2
        same = owners[base] == owners[at] and abs(pens[base] - pens[at]) < 1.0
        if same and x0[base] - 2.0 < middle < x1[base] + 2.0 and _LETTER.fullmatch(text[base][-1]):
            text[base] = text[at] + text[base]
            y0[base], y1[base] = min(y0[base], y0[at]), max(y1[base], y1[at])
            joined.add(at)
    return frozenset(joined)


_LETTER = late(r"[\p{Bidi_Class=AL}\p{Bidi_Class=R}]")


def _merge(row: Row) -> None:
    """Makes one glyph of several letters drawn at one point (a lam-alef); a space drawn over a letter follows it."""
    pens = row.x
    end = len(pens)
    while end > 1:
        start = end - 1
        while start and pens[start - 1] == pens[start]:
            start -= 1
        if end - start > 1:
            drawn: dict[tuple[bool, float], list[Glyph]] = {}
            for glyph in Row._make([column[start:end] for column in row]).glyphs:
                drawn.setdefault((glyph.text.isspace(), glyph.y), []).append(glyph)
            merged = [drawn[key][0] if len(drawn[key]) == 1 else _ligature(drawn[key]) for key in sorted(drawn)]
            for column, values in zip(row, Row.of(merged), strict=True):
                column[start:end] = values  # type: ignore[index]
        end = start


def _ligature(group: list[Glyph]) -> Glyph:
    """Characters drawn at one point as one; marks go before the letters, as seen from the left."""
    text = "".join(character.text for character in group)
    letters = MARK.sub("", text)
    marks = sorted("".join(MARK.findall(text)), key=unicodedata.combining, reverse=True)
    letters = in_glyph_order(letters)
    text = "".join(marks) + letters if has_rtl(letters) else letters + "".join(reversed(marks))
    return _around(group)._replace(text=text)


def in_glyph_order(letters: str) -> str:
    """The letters of one glyph as they stand from the left; a lam-alef may have been read backwards."""
    return letters[::-1] if _ALEF_LAST.search(letters) else letters


def _around(glyphs: Sequence[Glyph]) -> Glyph:
    """The first of the glyphs with the box of them all."""
    return glyphs[0]._replace(
        x0=min(glyph.x0 for glyph in glyphs),
        y0=min(glyph.y0 for glyph in glyphs),
        x1=max(glyph.x1 for glyph in glyphs),
        y1=max(glyph.y1 for glyph in glyphs),
    )


def with_marks(rows: Sequence[Row]) -> list[Row]:
    """The rows of a page, a row an object, with marks (harakat) joined to the letter they stand over or under.

    A mark may be drawn by an object of its own, and may then be said to be the whole syllable ("ثِّ"), which the
    letter below it says as well. It goes before a right-to-left letter, as seen from the left.
    """
    out = list(rows)
    homes = [at for at, row in enumerate(rows) if MARK.search("".join(row.text))]
    heights = {rows[at].y[0] for at in homes}
    near = [at for at, row in enumerate(rows) if row.y and any(abs(row.y[0] - y) <= NEAR for y in heights)]
    glyphs = {at: rows[at].glyphs for at in near}
    marks = [(at, glyph) for at in homes for glyph in glyphs[at] if MARK.fullmatch(glyph.text)]
    for at in homes:
        glyphs[at] = [glyph for glyph in glyphs[at] if not MARK.fullmatch(glyph.text)]
    for at in homes:
        glyphs[at] = [glyph for glyph in glyphs[at] if not (MARK.match(glyph.text) and _said_below(glyph, glyphs))]
        if glyphs[at] and all(MARK.match(glyph.text) for glyph in glyphs[at]):
            glyphs[at] = _lowered(glyphs[at], glyphs, at)
    for at, mark in marks:
        _join(mark, glyphs, at)
    for at in near:
        out[at] = Row.of(glyphs[at])
    return out


def _said_below(syllable: Glyph, rows: Mapping[int, Sequence[Glyph]]) -> bool:
    """Whether a larger glyph below says all that a glyph with marks says; an alef is narrower than what is over it."""
    return any(
        set(syllable.text) <= set(glyph.text) and _area(glyph) > _area(syllable)
        for glyph in (rows[row][at] for _, row, at in _below(syllable, rows))
    )


def _area(glyph: Glyph) -> float:
    return (glyph.x1 - glyph.x0) * (glyph.y1 - glyph.y0)


def _lowered(syllables: list[Glyph], rows: Mapping[int, Sequence[Glyph]], home: int) -> list[Glyph]:
    """Syllables of which only the mark is drawn with text, put on the line that their letter stands on.

    LibreOffice draws the letter of one in two as a glyph that says nothing, and the mark as one that says both.
    """
    first = syllables[0]
    reach = 0.5 * NEAR
    lines = (
        (abs(row[0].y - first.y), row[0].y)
        for at, row in rows.items()
        if at != home and row and row[0].x0 - reach < first.x0 < row[-1].x1 + reach and not MARK.match(row[0].text)
    )
    off, line = min(lines, default=(NEAR, first.y))
    return [glyph._replace(y=line) for glyph in syllables] if off <= reach else syllables


def _join(mark: Glyph, rows: dict[int, list[Glyph]], home: int) -> None:
    """Joins a mark to the nearest letter; where there is none, it stays in its row."""
    near = min(_below(mark, rows), default=None) or min(_touching(mark, rows), default=None)
    if near is None:
        rows[home].append(mark)
        return
    _, row, at = near
    base = rows[row][at]
    if not set(mark.text) <= set(base.text):
        text = mark.text + base.text if has_rtl(base.text) else base.text + mark.text
        rows[row][at] = base._replace(text=text, y0=min(base.y0, mark.y0), y1=max(base.y1, mark.y1))


def _below(mark: Glyph, rows: Mapping[int, Sequence[Glyph]]) -> Iterator[tuple[float, int, int]]:
    """The glyphs that a mark stands over or under: how far off its middle, and which."""
    middle = (mark.x0 + mark.x1) / 2
    for row, glyphs in rows.items():
        if not glyphs or abs(glyphs[0].y - mark.y) > NEAR:
            continue
        for at, (text, x0, y0, x1, y1, _, y) in enumerate(glyphs):
            blank = text == " " and y1 == y0  # a lying font may say that a letter is a space
            if x0 - 2.0 < middle < x1 + 2.0 and abs(y - mark.y) < 0.5 * (y1 - y0 + 4.0) and not blank:
                yield abs((x0 + x1) / 2 - middle), row, at


def _touching(mark: Glyph, rows: Mapping[int, Sequence[Glyph]]) -> Iterator[tuple[float, int, int]]:
    """The glyphs whose ink a mark nearly touches: how far it is above or below, and which.

    LibreOffice draws some marks from a point half a line below that of their letter.
    """
    middle = (mark.x0 + mark.x1) / 2
    for row, glyphs in rows.items():
        if not glyphs or abs(glyphs[0].y - mark.y) > NEAR:
            continue
        for at, (text, x0, y0, x1, y1, _, _) in enumerate(glyphs):
            off = max(mark.y0 - y1, y0 - mark.y1)
            if x0 - 1.0 < middle < x1 + 1.0 and off < TOUCH and not text.isspace():
                yield off, row, at


def words_of(row: Row, size: float) -> Iterator[Word]:
    """The words of a row, left to right; ``size`` is that of its type."""
    if len(row.text) == 1:
        yield _word_of_one(row, size)
        return
    row = _without_hanging(row)
    text = _with_kashidas(row, size)
    _, x0, y0, x1, y1, pens, _ = row
    blank = list(map(str.isspace, text))
    gaps = list(map(sub, pens[1:], x1))
    widest = GAP * size
    starts = [
        at
        for at, (before, here, gap) in enumerate(zip(blank, blank[1:], gaps, strict=False), 1)
        if not here and (before or gap > widest)
    ]
    first = 0
    if blank and blank[0]:  # white space at the left, or nothing else
        first = starts.pop(0) if starts else 0
    for start, end in pairwise((first, *starts, len(text)) if text else ()):
        stop = end
        while stop - 1 > start and blank[stop - 1]:
            stop -= 1
        word = "".join(text[start:end] if start > first else text[:end])
        left, low, right, high = min(x0[start:stop]), min(y0[start:stop]), max(x1[start:stop]), max(y1[start:stop])
        if not blank[start]:
            left = min(left, pens[start])
            if stop == end < len(text) and gaps[end - 1] < SPREAD * size and _both_rtl(text, end):
                right = pens[end]
        yield Word(word, left, low, right, high)


def _word_of_one(row: Row, size: float) -> Word:
    """The word of a row of one glyph, such as the figure of a call."""
    (text,), (x0,), (y0,), (x1,), (y1,), (pen,), _ = row
    if y1 - y0 < FLAT * size:
        (text,) = _with_kashidas(row, size)
    return Word(text, x0 if text.isspace() else min(x0, pen), y0, x1, y1)


def _both_rtl(text: Sequence[str], at: int) -> bool:
    return has_rtl(text[at - 1]) and has_rtl(text[at])


def _without_hanging(row: Row) -> Row:
    """The row without the space at the end of a line that hangs over its last letter."""
    text, right = row.text, row.x1
    falls = [at for at, (before, after) in enumerate(pairwise(right), 1) if before >= after]
    hanging = {at for at in falls if text[at].isspace() and not text[at - 1].isspace()}
    if not hanging:
        return row
    return Row.of(glyph for at, glyph in enumerate(row.glyphs) if at not in hanging)


def _with_kashidas(row: Row, size: float) -> Sequence[str]:
    """The texts of a row's glyphs; a stroke is a kashida whatever it decodes to: LibreOffice's may say "2"."""
    if not _TALL.search("".join(row.text)):
        return row.text
    return [
        "\u0640" if _TALL.fullmatch(text) and y1 - y0 < FLAT * size and x1 - x0 > y1 - y0 else text
        for text, x0, y0, x1, y1, _, _ in zip(*row, strict=True)
    ]


_TALL = late(r"[()\[\]]|/+|[[\p{L}\p{N}]--[\p{Bidi_Class=R}\p{Bidi_Class=AL}]]+", regex.V1)
"""Letters, figures and brackets that are never as flat as a stroke; the Arabic seen may be."""
