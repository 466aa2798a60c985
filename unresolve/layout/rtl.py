"""A row of runs read from the right becomes a line."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, repeat
from typing import NamedTuple

import regex

from unresolve.model.script import has_rtl
from unresolve.patterns import late
from unresolve.readers.pages import Run

from .bidi import NOTHING, brackets_by_place, read, stretches_of
from .line import COLUMN_GAP, Line, Span, main_size

__all__ = ["is_rtl", "line_from_right"]

WORD_GAP = {"faces": 0.12, "letters": 0.15, "mixed": 0.16, "figures": 0.28}
"""Runs this share of the size apart belong to two words where the file has no space of its own there.

PDFium loses a space beside one it supposes itself ("21 كانون" in LibreOffice's justified lines: 0.23). Behind a
figure it may be the room of the figure (0.21). Typst's justification closes spaces between letters to 0.17, and to
0.14 between an opener in bold and the words behind it.
"""

SPAN_GAP = 0.4
"""A gap of this many sizes begins a new span, so that columns can be told later."""


def is_rtl(runs: Sequence[Run]) -> bool:
    """Whether a page is read from the right: most of its letters are."""
    letters = sum(len(run.text) for run in runs if has_rtl(run.text))
    return letters > 0 and letters > sum(sum(map(str.isalpha, run.text)) for run in runs if run.text.isascii())


class _Piece(NamedTuple):
    """A word as it stands, with the space at its right, the edges of its ink, and the run it belongs to."""

    text: str
    x0: float
    x1: float
    run: Run


def line_from_right(
    page: int, runs: Sequence[Run], small: Mapping[int, int], baseline: float, drawn: Mapping[int, int]
) -> Line:
    """The line of ``runs`` given from left to right.

    ``small`` tells the raised ones by their identity, ``drawn`` when each is drawn: its place among the page's runs.
    """
    builder = _Builder(small, drawn)
    for column in reversed(_columns(runs, small, drawn)):
        builder.add(column)
    inked = [run for run in runs if not run.text.isspace()]
    spans = builder.spans
    text = "".join(builder.text)
    line = Line(
        page,
        min([span.x0 for span in spans]),
        min([run.y0 for run in inked]),
        max([span.x1 for span in spans]),
        max([run.y1 for run in inked]),
        baseline,
        main_size(spans),
        text,
        spans,
        rtl=True,
    )
    return line.part(0) if text != text.strip() else line


def _columns(runs: Sequence[Run], small: Mapping[int, int], drawn: Mapping[int, int]) -> list[list[_Piece]]:
    """The pieces of a row, cut where there is the room of a column's edge; none begins or ends with a space."""
    columns: list[list[_Piece]] = []
    last: Run | None = None
    space = ""
    for at, run in enumerate(runs):
        text = run.text.translate(_FOLDED) if _FORMS.search(run.text) else run.text
        word = text.strip()
        if not word:  # a space that hangs over the last letter, at the left of a word, is none
            hangs = last is not None and last.x1 >= run.x1 and last.x0 + last.x1 >= run.x0 + run.x1
            space = space if space or hangs else text[0]
            continue
        gap = run.x0 - last.x1 if last is not None else 0.0
        size = max(run.size, last.size) if last is not None else run.size
        if not space and ((text[0].isspace() and gap > 0.0) or (last is not None and _misplaced(last, run))):
            space = " "
        if last is None or gap >= COLUMN_GAP * size or _begins_note(at, runs, small):
            columns.append([])
        elif space or (gap > _word_gap(last, run, drawn) * size and not _one_call(last, run, small)):
            before = columns[-1][-1]
            columns[-1][-1] = before._replace(text=before.text + (space or " "))
        piece = _Piece(word, run.x0, run.x1, run)
        if columns[-1] and gap < SPAN_GAP * size and _alike(columns[-1][-1], piece, small):
            before = columns[-1][-1]
            columns[-1][-1] = _Piece(before.text + word, before.x0, max(before.x1, run.x1), run)
        else:
            columns[-1].append(piece)
        last, space = run, text[-1] if text[-1].isspace() else ""
    return columns


def _misplaced(before: Run, after: Run) -> bool:
    """Whether the space behind Latin words or figures stands before them, and an Arabic word follows without one.

    Word sets the space typed with "Python" from the left as well: من Python و looks like منPython و.
    """
    own = after.text.endswith(" ") and not has_rtl(after.text)
    return own and after.text[0].isalnum() and has_rtl(before.text[-1])


def _alike(left: _Piece, right: _Piece, small: Mapping[int, int]) -> bool:
    """Whether two words that stand side by side can be read as one piece: of letters only, and set alike."""
    a, b = left.run, right.run
    return (
        a.font is b.font
        and a.tag == b.tag
        and abs(a.size - b.size) < 0.05
        and _WORDS.fullmatch(right.text) is not None
        and _WORDS.fullmatch(left.text) is not None
        and id(a) not in small
        and id(b) not in small
    )


_WORDS = late(r"[\p{Bidi_Class=AL}\p{Bidi_Class=R} ]++")


def _begins_note(at: int, runs: Sequence[Run], small: Mapping[int, int]) -> bool:
    """Whether the marker of a note, which stands alone at the right end, begins here: "(1)" is no part of its text.

    With one bracket it is the end of a call that began in the line above.
    """
    return (
        bool(small)
        and id(runs[at - 1]) not in small
        and all(id(run) in small for run in runs[at:] if not run.text.isspace())
        and sum(run.text.count("(") + run.text.count(")") for run in runs[at:]) != 1
    )


def _word_gap(before: Run, after: Run, drawn: Mapping[int, int]) -> float:
    """The gap from which on two runs, given from left to right, are two words.

    The figures of one number are drawn from the left: those drawn from the right are two.
    """
    left, right = before.text.rstrip()[-1], after.text.lstrip()[0]
    if has_rtl(left) and has_rtl(right):
        return WORD_GAP["letters" if before.font is after.font else "faces"]
    apart = left.isdigit() and right.isdigit() and drawn[id(before)] > drawn[id(after)]
    if not apart and (left in _FIGURES or left in "([") and (right in _FIGURES or right in ")]"):
        return WORD_GAP["figures"]
    return WORD_GAP["mixed"]


_FIGURES = frozenset("0123456789٠١٢٣٤٥٦٧٨٩/.,:-–")


def _one_call(before: Run, after: Run, small: Mapping[int, int]) -> bool:
    """Whether two runs are parts of one superscript: "(", "1"."""
    return id(before) in small and id(after) in small


_FORMS = regex.compile(r"[\ufb1d-\ufefc]")


class _Folding(dict[int, str]):
    """The letters of a presentation form (ﻻ), as they stand from the left; any other character as it is."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if "\ufb1d" <= character <= "\ufefc":
            character = unicodedata.normalize("NFKC", character).strip()[::-1]
        self[code] = character
        return character


_FOLDED = _Folding()


class _Builder:
    """The text of a line and its spans, while columns are added in the order of reading."""

    def __init__(self, small: Mapping[int, int], drawn: Mapping[int, int]) -> None:
        self.text: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._small = small
        self._drawn = drawn
        self._look: tuple[object, ...] | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of the line."""
        return tuple(open_.span for open_ in self._open)

    def add(self, pieces: Sequence[_Piece]) -> None:
        """Adds a column, whose pieces stand from left to right."""
        visual = self._brackets(pieces)
        starts = list(accumulate((len(piece.text) for piece in pieces), initial=0))
        if self.text:
            self._space()
        self._look = None
        known = NOTHING if _DATE.fullmatch(visual) else _known(pieces, starts, self._drawn)
        rtl = bool(known) or has_rtl(visual) or _hangs(visual)
        if rtl and not _FROM_LEFT.search(visual):
            stretches: Iterable[tuple[int, int, bool]] = ((0, len(visual), True),)
        else:
            stretches = stretches_of(visual, rtl=rtl, known=known)
        for start, end, back in stretches:
            touched = range(bisect_right(starts, start) - 1, bisect_left(starts, end))
            for at in reversed(touched) if back else touched:
                a, b = max(start, starts[at]), min(end, starts[at + 1])
                self._put(read(visual[a:b], back), _part(pieces[at], a - starts[at], b - starts[at]), back)

    def _brackets(self, pieces: Sequence[_Piece]) -> str:
        """The column with its brackets as they look; those of a call are no neighbours of those of the text."""
        whole = "".join(piece.text for piece in pieces)
        raised = [id(piece.run) in self._small for piece in pieces]
        if not any(raised):
            return brackets_by_place(whole)
        text, calls = (
            brackets_by_place(
                "".join(p.text if up is side else " " * len(p.text) for p, up in zip(pieces, raised, strict=True))
            )
            for side in (False, True)
        )
        calls = _LAST.sub("(", _FIRST.sub(")", calls))
        ups = chain.from_iterable(repeat(up, len(piece.text)) for piece, up in zip(pieces, raised, strict=True))
        return "".join(b if up else a for a, b, up in zip(text, calls, ups, strict=True))

    def _space(self) -> None:
        self.text.append(" ")
        self._length += 1
        if self._open:
            self._open[-1].end = self._length

    def _put(self, text: str, piece: _Piece, back: bool) -> None:
        """Adds what is read of a piece."""
        word = text.lstrip()
        if _FIGURES_OF_ARABIC.search(word):
            word = word.translate(_ASCII)
        for _ in range(len(text) - len(word)):
            self._space()
        if not word:
            return
        run = piece.run
        at = self._length
        self.text.append(_BLANK.sub(" ", word))
        self._length += len(word)
        raised = self._small.get(id(run), 0)
        size = 0 if raised else round(run.size, 1)  # Typst sets the figure of "(1)" smaller than its brackets
        tag = 0 if raised else run.tag
        look = (run.font.bold, run.font.italic, raised, tag, size, back or raised)
        last = self._open[-1] if self._open else None
        if last is not None and look == self._look and (raised or _near(last, piece, back)):
            last.end = self._length
            last.x0 = min(last.x0, piece.x0)
            last.x1 = max(last.x1, piece.x1)
            last.rtl = last.rtl or back
            return
        self._look = look
        self._open.append(_Open(run, raised, at, self._length, piece.x0, piece.x1, back))


_FIRST, _LAST = regex.compile(r"^[()](?=\s|$)"), regex.compile(r"(?<=^|\s)[()]$")
"""A bracket alone at the left end of a line opens a call that goes on in the next; one at the right closes it."""

_ASCII = {first + figure: str(figure) for first in (0x0660, 0x06F0) for figure in range(10)}
"""Figures of the Arabic script, ٧٠/١, become those that the United Nations' own files have for them: 70/1."""

_FIGURES_OF_ARABIC = late(r"[\u0660-\u0669\u06f0-\u06f9]")
_BLANK = late(r"[\s--\ ]", regex.V1)

_FROM_LEFT = late(r"[\p{Bidi_Class=L}\p{Bidi_Class=EN}\p{Bidi_Class=AN}]")
"""Letters and figures: a line without any is read from the right as a whole."""


def _part(piece: _Piece, start: int, end: int) -> _Piece:
    """The characters ``[start, end)`` of a piece, each as wide as the others."""
    text, x0, x1, run = piece
    if start == 0 and end >= len(text.rstrip()):
        return piece
    end = min(end, max(start, len(text.rstrip())))
    each = (x1 - x0) / len(text.rstrip())
    return _Piece(text[start:end], x0 + start * each, x0 + end * each, run)


@dataclass(slots=True)
class _Open:
    """A span that still grows."""

    run: Run
    raised: int
    start: int
    end: int
    x0: float
    x1: float
    rtl: bool

    @property
    def span(self) -> Span:
        run = self.run
        font = run.font
        return Span(
            self.start, self.end, self.x0, self.x1, run.size, font.bold, font.italic, self.raised, run.tag, self.rtl
        )


def _near(span: _Open, piece: _Piece, back: bool) -> bool:
    """Whether the first character read of a piece stands beside a span, on either side."""
    text, x0, x1, run = piece
    each = (x1 - x0) / len(text.strip() or text)
    left, right = (x1 - each, x1) if back else (x0, x0 + each)
    return max(left - span.x1, span.x0 - right) < SPAN_GAP * run.size


def _known(pieces: Sequence[_Piece], starts: Sequence[int], drawn: Mapping[int, int]) -> Mapping[int, bool]:
    """Signs and spaces of which the order of drawing tells whether they are read from the right.

    Word draws what differs in direction one after the other as it was typed; so do others, where they draw Arabic
    words from the right. Of "148/76", three texts, Word draws 76 first and 148 last. Of "900 352" between Arabic words
    900 is drawn first if a no-break space keeps the two one number. Of "A/76/459 10" the one drawn first is read first.
    """
    turns = [drawn[id(piece.run)] for piece in pieces]
    known: dict[int, bool] = {}
    for at in range(1, len(pieces)):
        left, right = pieces[at - 1], pieces[at]
        falls = turns[at - 1] > turns[at]
        if falls and at + 1 < len(pieces) and turns[at] > turns[at + 1] and _SIGNS.fullmatch(right.text):
            if not has_rtl(left.text[-1] + pieces[at + 1].text[0]):
                known.update(dict.fromkeys(range(starts[at], starts[at + 1]), True))
        elif left.text[-1] == " " and _WORD.fullmatch(left.text[-2] + right.text[0]):
            if falls:
                known[starts[at] - 1] = True
            elif _one_number(pieces, at, turns):
                known[starts[at] - 1] = False
    return known


def _one_number(pieces: Sequence[_Piece], at: int, turns: Sequence[int]) -> bool:
    """Whether the figures before and at a place stand between words drawn from the right, the first before the rest."""
    first, last = at - 1, at
    while first >= 0 and _FIGURE.fullmatch(pieces[first].text):
        first -= 1
    while last < len(pieces) and _FIGURE.fullmatch(pieces[last].text):
        last += 1
    if first == at - 1 or last == at or (first < 0 and last == len(pieces)):
        return False
    beside = turns[last] if last < len(pieces) else -1, turns[first] if first >= 0 else len(turns) + max(turns)
    return beside[0] < min(turns[first + 1 : last]) and max(turns[first + 1 : last]) < beside[1]


_DATE = late(r"\d{4}/\d{2}/\d{2}")
"""A date that stands alone, as in a cell, begins with the year whichever way it was typed: "1403/09/19"."""

_SIGNS = late(r"[^\p{L}\p{N}\s]++")
_FIGURE = late(r"\d++ ?")
_WORD = late(r"[\p{L}\p{N}--[\p{Bidi_Class=R}\p{Bidi_Class=AL}]]{2}", regex.V1)


def _hangs(visual: str) -> bool:
    """Whether what has no right-to-left letter stands in a right-to-left paragraph.

    The sign that ends Latin words hangs at their left, ``.United Nations, Treaty Series, vol. 660``; a range of years
    whose words stand in the line above, in a cell of a table, falls: ``2040-2030``.
    """
    if visual[0] in ".,;:،؛" or visual[:2] == "- ":
        return True
    years = _YEARS.fullmatch(visual.strip())
    return years is not None and years[1] > years[2]


_YEARS = late(r"(\d{4})-(\d{4})")
