"""Pages with right-to-left letters through PDFium, whose order of the characters is not to be trusted there.

Nor are the spaces it supposes. Where each glyph stands it tells truly: words of Arabic letters are taken as they
follow one another from the right (:mod:`.pdfium_words`), all others glyph by glyph (:mod:`.pdfium_glyphs`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .pdfium_glyphs import boxes_of_characters, origins_of_characters, rows_by_object
from .pdfium_objects import Type, boxes_of
from .pdfium_words import Box, Drawn, drawn_by, plain_words
from .visual import MARK, NEAR, Row, with_marks, words_of

__all__ = ["Placed", "runs_from_right"]

REACH = 8.0
"""Points beside the box of an object in which a mark may stand that is joined to one of its letters."""


class Placed(NamedTuple):
    """Words without a gap between them as they stand from the left; their box in points, y upwards, and their line."""

    type: Type
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float


def runs_from_right(textpage: int, string: str, texts: Sequence[int]) -> Iterator[Placed]:
    """The words of a page in the order in which it draws them, which says how signs between numbers are read.

    ``textpage`` is its address, ``string`` its characters one for one, ``texts`` the text objects of the page itself in
    that order: those inside form objects do not tell where they stand, and come last.
    """
    drawn = drawn_by(textpage, string)
    turns = {obj: at for at, obj in enumerate(texts)}
    whole = [obj for obj, parts in drawn.stretches.items() if len(parts) == 1 and obj in turns]
    boxes = {obj: box for obj, box in zip(whole, boxes_of(whole), strict=True) if box is not None}
    found: dict[int, list[Placed]] = {}
    taken: set[int] = set()
    for words in plain_words(drawn, _unmarked(drawn, boxes)):
        taken.update(words.objects)
        found.setdefault(words.objects[-1], []).append(Placed(*words[1:], words.type.baseline))
    rest = {obj: parts for obj, parts in drawn.stretches.items() if obj not in taken}
    rows = rows_by_object(textpage, string, rest)
    for obj, row in zip(rows, with_marks(list(rows.values())), strict=True):
        found[obj] = list(_words(drawn.types[obj], row)) if row.text else []
    for obj in sorted(drawn.stretches, key=lambda obj: turns.get(obj, len(turns))):
        yield from found.get(obj, ())


def _words(type_: Type, row: Row) -> Iterator[Placed]:
    """The words of an object's glyphs."""
    baseline = sorted(row.y)[len(row.y) // 2]  # a mark may be drawn higher
    for word in words_of(row, type_.size):
        yield Placed(type_, *word, baseline)


def _unmarked(drawn: Drawn, boxes: dict[int, Box]) -> dict[int, Box]:
    """The objects that no mark of another may stand over or under."""
    marks = [at for match in MARK.finditer(drawn.string) for at in range(*match.span())]
    if not marks:
        return boxes
    left, right, _, _ = boxes_of_characters(drawn.textpage, marks)
    _, y = origins_of_characters(drawn.textpage, marks)
    owners = map(drawn.owners.__getitem__, marks)
    lines = [drawn.types[owner].baseline if owner else own for owner, own in zip(owners, y, strict=True)]
    places = [*zip(left, right, y, strict=True), *zip(left, right, lines, strict=True)]
    beside: dict[float, list[tuple[float, float]]] = {}
    free: dict[int, Box] = {}
    for obj, box in boxes.items():
        line = drawn.types[obj].baseline
        if line not in beside:
            beside[line] = [(x0 - REACH, x1 + REACH) for x0, x1, height in places if abs(line - height) <= NEAR]
        if not any(x0 < box[2] and box[0] < x1 for x0, x1 in beside[line]):
            free[obj] = box
    return free
