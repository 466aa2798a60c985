"""The reader of text that another converter has made: Markdown or plain text in UTF-8.

The text is laid out on pages like those of a United Nations document: masthead at the top of the first page,
first lines indented, superscripts small and raised, notes below a short rule at the page's end. What follows
then reads it as it reads a PDF. Places on these pages are this reader's own, not those of any printed page.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec
import regex

from unresolve.errors import NotAPdfError, NoTextError
from unresolve.model import Source
from unresolve.model.script import has_rtl

from .marked_blocks import Block, Leaf, leaves_of, markers_of
from .marked_inline import Piece, lines_of, pieces_of
from .marked_rtl import stretches
from .pages import Font, Link, Page, Pages, Rule, Run

__all__ = ["MEDIA_TYPE", "is_text", "read"]

MEDIA_TYPE = "text/markdown"

WIDTH, HEIGHT = 612.0, 792.0
LEFT, RIGHT = 123.5, 487.5
INDENT = 23.7
"""US Letter, the measure of running text and the indent of first lines, in points."""

TEXT, NOTE = 10.0, 8.5
HEADINGS = {1: 20.0, 2: 14.0, 3: 12.0}
"""Sizes of type: organ, heading and title of a resolution as printed; deeper headings as large as the text."""

LEADING, BREAK = 1.2, 2.3
"""From one baseline to the next, in sizes: inside a block, between two."""

RAISED, SMALL = 0.36, 0.65
"""How high a superscript stands and how large it is, in sizes of its line."""

TOP, BELOW_MASTHEAD = 60.0, 250.0
"""The first baseline, and the least height of the heading on the first page."""

COLUMN = 30.0
"""The room in points for three or more spaces inside a line: another column."""

FOOT = 0.84
"""Text and notes end above this share of the page's height, so that what stands below is its foot."""

_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MARKUP = regex.compile(r"\s*(?:<\?xml|<!doctype|<html|<svg|\{\\rtf|%!PS|%PDF|\{\s*\")", regex.IGNORECASE)
_NO_BREAK = ("-", "\u2010", "–", "/")
_WIDE = regex.compile(r"[\p{Han}\u3000-\u303f\uff00-\uffef]")
_WORD = regex.compile(rf"\s*{_WIDE.pattern}|\s*[^\s{_WIDE.pattern[1:-1]}]+|\s+")
_HEADED = regex.compile(r"\[|(?:S-|ES-)?\d{1,3}/\d{1,4}\\?\.")
_FONTS = {
    (bold, italic): Font("Marked", bold=bold, italic=italic) for bold in (False, True) for italic in (False, True)
}


def is_text(data: bytes) -> bool:
    """Whether the bytes are text in UTF-8 that is not written in another format (HTML, XML, RTF, JSON)."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and _CONTROL.search(text) is None and _MARKUP.match(text) is None


def read(data: bytes, *, tags: bool = True, links: bool = True) -> Pages:
    """The pages of a marked text; ``tags`` is taken for the sake of the protocol, there are none.

    Raises NotAPdfError where the bytes are no text and NoTextError where nothing is left of it.
    """
    del tags
    if not is_text(data):
        raise NotAPdfError("neither a PDF nor text in UTF-8")
    text = unicodedata.normalize("NFC", data.decode("utf-8-sig"))
    leaves = leaves_of(text)
    markers = markers_of(leaves)
    pages = tuple(_Sheet(number, leaf, markers).page(links) for number, leaf in enumerate(leaves, 1))
    if not any(run.text.strip() for page in pages for run in page.runs):
        raise NoTextError("the text has no words", page=1)
    return Pages(Source(hashlib.sha256(data).hexdigest(), MEDIA_TYPE, len(pages)), pages)


class _Sheet:
    """One page while it is set: ``_y`` is the last baseline, ``_turned`` says that the last line runs to the left."""

    def __init__(self, number: int, leaf: Leaf, markers: frozenset[str]) -> None:
        self._number = number
        self._leaf = leaf
        self._markers = markers
        self._y = TOP - BREAK * TEXT
        self._runs: list[Run] = []
        self._rules: list[Rule] = []
        self._links: list[Link] = []
        self._turned = False

    def page(self, links: bool) -> Page:
        """The page with everything on it."""
        leaf = self._leaf
        if leaf.head:
            for block in leaf.head:
                self._block(block, LEFT, LEFT)
            self._y += 0.5 * TEXT
            self._rule(0.1 * WIDTH, 0.9 * WIDTH)
        below = self._number > 1
        for block in leaf.body:
            if not below and _is_below_masthead(block):
                below = True
                self._y = max(self._y, BELOW_MASTHEAD)
            self._body(block, below)
        if leaf.notes:
            self._y += TEXT
            self._rule(LEFT, LEFT + 71.5)
            for note in leaf.notes:
                self._note(note)
        height = max(HEIGHT, self._y / FOOT)
        self._y = 0.93 * height - BREAK * TEXT
        for block in leaf.foot:
            self._y = min(self._y, 0.97 * height - BREAK * TEXT)
            self._line([Piece(" ".join(block.source.split()))], 60.0, TEXT, BREAK, justified=False)
        found = tuple(self._links) if links else ()
        return Page(self._number, WIDTH, round(height, 2), tuple(self._runs), tuple(self._rules), found)

    def _body(self, block: Block, below: bool) -> None:
        if block.rows:
            self._table(block)
        elif block.level or not below:
            self._block(block, LEFT, LEFT)
        else:
            self._block(block, LEFT + INDENT, LEFT)

    def _block(self, block: Block, first: float, left: float, lead: Sequence[Piece] = (), size: float = TEXT) -> None:
        """The lines of a block, the first of them at ``first``."""
        if block.level:
            size = HEADINGS.get(block.level, TEXT)
        pieces = [*lead, *pieces_of(block.source.strip(), self._markers)]
        if block.level:
            pieces = [msgspec.structs.replace(piece, bold=True) for piece in pieces]
        x, gap = first, BREAK
        for line, hard in lines_of(pieces):
            rows = list(_wrapped(line, RIGHT - left, RIGHT - x, size))
            for at, row in enumerate(rows):
                self._line(row, x, size, gap, justified=not (hard and at + 1 == len(rows)))
                x, gap = left, LEADING

    def _note(self, note: Block) -> None:
        typed = note.marker.endswith("/")  # the typewriter's "1/ " is not raised, and still stands in the text
        lead = [] if typed else [Piece(note.marker, raised=1), Piece(" ")]
        self._block(note, LEFT, LEFT, lead, NOTE)

    def _line(self, pieces: Sequence[Piece], x: float, size: float, gap: float, *, justified: bool) -> None:
        """One line, ``gap`` sizes below the last; a justified one reaches the right edge if it comes near it."""
        self._y += gap * size
        natural = sum(_width(piece, size) for piece in pieces)
        room = RIGHT - x
        stretch = room / natural if natural > room or (justified and natural > 0.6 * room) else 1.0
        self._turned = any(has_rtl(piece.text) for piece in pieces)
        for piece in _merged(pieces):
            for part in regex.split(r"(\s{3,})", piece.text):
                if part.strip():
                    for shown in stretches(part) if self._turned else (part,):
                        wide = _width(Piece(shown, raised=piece.raised), size) * stretch
                        self._run(piece, shown, x, x + wide, size)
                        x += wide
                elif part:
                    x += COLUMN if len(part) > 2 else _width(Piece(part), size) * stretch
                    self._run(piece, " ", x, x, size)

    def _run(self, piece: Piece, text: str, x0: float, x1: float, size: float) -> None:
        base = self._y - piece.raised * RAISED * size
        size = SMALL * size if piece.raised else size
        if self._turned:
            x0, x1 = WIDTH - x1, WIDTH - x0
        box = (round(x0, 2), round(base - 0.7 * size, 2), round(x1, 2), round(base + 0.2 * size, 2))
        self._runs.append(Run(text, *box, round(base, 2), round(size, 2), _FONTS[piece.bold, piece.italic]))
        if piece.uri and text.strip():
            self._links.append(Link(*box, piece.uri))

    def _rule(self, x0: float, x1: float) -> None:
        if self._turned:
            x0, x1 = WIDTH - x1, WIDTH - x0
        self._rules.append(Rule(round(x0, 2), round(self._y, 2), round(x1, 2), round(self._y + 0.5, 2)))

    def _table(self, block: Block) -> None:
        """A table ruled across above and below each row, the rules broken between its columns."""
        wide = (RIGHT - LEFT) / len(block.rows[0])
        self._y += BREAK * TEXT
        self._rule_columns(len(block.rows[0]), wide)
        for row in block.rows:
            top = bottom = self._y
            for at, source in enumerate(row):
                self._y = top
                x = LEFT + at * wide
                for line, _ in lines_of(pieces_of(source, self._markers)):
                    for part in _wrapped(line, wide - COLUMN, wide - COLUMN, NOTE):
                        self._line(part, x, NOTE, LEADING, justified=False)
                bottom = max(bottom, self._y)
            self._y = bottom + 0.5 * NOTE
            self._rule_columns(len(row), wide)

    def _rule_columns(self, columns: int, wide: float) -> None:
        for at in range(columns):
            self._rule(LEFT + at * wide, LEFT + (at + 1) * wide - 6.0)


def _is_below_masthead(block: Block) -> bool:
    """Whether a block stands below the upper part of a masthead: heading, brackets, number, or a paragraph."""
    source = block.source
    return (
        block.level > 1
        or bool(block.rows)
        or _HEADED.match(source) is not None
        or len(max(regex.split(r"[\n\v]", source), key=len)) > 100
        or source.rstrip("*_").endswith((",", "，", "،"))
    )


def _wrapped(pieces: Sequence[Piece], measure: float, room: float, size: float) -> Iterator[list[Piece]]:
    """The pieces on lines no wider than ``measure``, the first no wider than ``room``.

    Lines are broken at a space, or between two Chinese characters, where joining them again gives the same text.
    """
    line: list[Piece] = []
    used = 0.0
    for word in _words(pieces):
        wide = sum(_width(part, size) for part in word)
        if line and used + wide > room and _breakable(line[-1].text, word[0].text):
            yield line
            line, used, room = [], 0.0, measure
            word = [msgspec.structs.replace(word[0], text=word[0].text.lstrip()), *word[1:]]
        line.extend(word)
        used += wide
    if line:
        yield line


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces of one style that follow each other become one."""
    for _, group in groupby(pieces, key=lambda piece: (piece.bold, piece.italic, piece.raised, piece.uri)):
        same = list(group)
        yield msgspec.structs.replace(same[0], text="".join(piece.text for piece in same))


def _words(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces cut so that each group but the first begins where a line may."""
    group: list[Piece] = []
    for piece in pieces:
        for part in _WORD.findall(piece.text):
            if group and (part[0].isspace() or _WIDE.match(part)) and not piece.raised:
                yield group
                group = []
            group.append(msgspec.structs.replace(piece, text=part))
    if group:
        yield group


def _breakable(before: str, after: str) -> bool:
    if after[0].isspace():
        return bool(after.strip()) and not before.endswith(_NO_BREAK)
    return _WIDE.match(before[-1]) is not None and _WIDE.match(after[0]) is not None


def _width(piece: Piece, size: float) -> float:
    wide = sum(1.0 if _WIDE.match(character) else 0.45 for character in piece.text)
    return wide * size * (SMALL if piece.raised else 1.0)
