"""Inverse bidi: a line as it stands on the page, from left to right, back to the order in which it is read.

The forward way is the Unicode Bidirectional Algorithm (UAX #9). Several texts can look the same on the page,
so the way back names the one that a reader takes it for:

* whatever stands between right-to-left letters is read from the right;
* Latin words with the numbers beside them and the signs between them are read from the left as one
  ("A/C.3/72/L.1/Rev.1"), as far as no bracket opens or closes across their edge;
* a number is read from the left, with the single sign that rule W4 keeps in it ("76/148", "3.5"); two numbers
  are read one after the other from the right: behind Arabic letters the range 3-14 is printed as "14-3";
* a sign that is known to be read from the right parts what is beside it as a right-to-left letter does: Word so lays
  out what is typed on an Arabic keyboard (its run property ``rtl``), and resolution 76/148 is printed as "148/76".

In a right-to-left stretch a mark over a letter stands before its letter, where reversing the line puts it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import regex

from unresolve.patterns import late

__all__ = ["MIRROR", "brackets_by_place", "from_visual", "read", "stretches_of"]

_PAIRS = ("()", "[]", "{}", "<>", "«»", "‹›", "≤≥")
MIRROR = {pair[at]: pair[1 - at] for pair in _PAIRS for at in (0, 1)}
"""The sign that a sign looks like where it is read from the right."""

NOTHING: Mapping[int, bool] = MappingProxyType({})
"""No sign of a line is known to be read one way or the other."""

_OPENING, _CLOSING = "([{", ")]}"


_CLASSES = {"R": "R", "AL": "A", "L": "L", "EN": "E", "AN": "N", "NSM": "M", "CS": "c", "ES": "s", "ET": "t"}
"""Letters for the bidi classes: R and A read from the right, L from the left, E the digits 1 2 3, N the digits ١ ٢ ٣,
M marks over letters, c s t the signs in numbers (``,./:``, ``+-``, ``%$``); all others are a blank."""


_MIRRORED = str.maketrans(MIRROR)
_SIGN = late("[" + regex.escape("".join(MIRROR)) + "]")


def from_visual(visual: str, *, rtl: bool = True, known: Mapping[int, bool] = NOTHING) -> str:
    """The logical text of a line given as it stands on the page, left to right.

    ``rtl`` is the direction of the paragraph. ``known`` are places of signs and spaces of which it is known whether
    they are read from the right. Signs read from the right are mirrored: there ")" opens.
    """
    return "".join(read(visual[start:end], back) for start, end, back in stretches_of(visual, rtl=rtl, known=known))


def read(stretch: str, back: bool) -> str:
    """The logical text of a stretch of :func:`stretches_of`."""
    if not back:
        return stretch
    return stretch[::-1].translate(_MIRRORED) if _SIGN.search(stretch) else stretch[::-1]


def stretches_of(
    visual: str, *, rtl: bool = True, known: Mapping[int, bool] = NOTHING
) -> Iterator[tuple[int, int, bool]]:
    """The stretches ``[start, end)`` of a line in the order of reading, each with whether it is read from the right."""
    classes = _classes(visual)
    if known:
        kinds = list(classes)
        for at, back in known.items():
            kinds[at] = "A" if back else "c"
        classes = "".join(kinds)
    if rtl:
        yield from _from_right(visual, classes, 0, len(visual))
        return
    at = 0
    while (match := _LETTERS.search(classes, at)) is not None:
        end = _end_of_letters(classes, match.start())
        if at < match.start():
            yield at, match.start(), False
        yield from _from_right(visual, classes, match.start(), end)
        at = end
    if at < len(visual):
        yield at, len(visual), False


def _classes(visual: str) -> str:
    """One letter a character; a mark takes the class of its letter: the one behind it if read from the right."""
    found = visual.translate(_CLASS_OF)
    if "M" not in found:
        return found
    out = list(found)
    for at in range(len(out) - 1, -1, -1):
        if out[at] == "M":
            after = out[at + 1] if at + 1 < len(out) else " "
            before = found[:at].rstrip("M")[-1:]
            out[at] = after if after in "RA" else "L" if before == "L" else " "
    return "".join(out)


class _ClassOf(dict[int, str]):
    """The letter for the bidi class of a character, found when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = kind = _CLASSES.get(unicodedata.bidirectional(chr(code)), " ")
        return kind


_CLASS_OF = _ClassOf()
_LETTERS = late("[RA]+")
_BLANKS = late(" +")
_ALTERNATE = late("[RA]+|[^RA]+")


def _end_of_letters(classes: str, start: int) -> int:
    """Where a stretch of right-to-left letters ends in a left-to-right line."""
    end = start
    for at in range(start, len(classes)):
        if classes[at] == "L":
            break
        if classes[at] in "RA":
            end = at + 1
    return end


def _from_right(visual: str, classes: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """The stretches of ``[start, end)`` read in a right-to-left paragraph."""
    arabic = False  # whether the last letter read was Arabic
    open_ = end  # what stands from here to ``last`` is read from the right and not given yet
    last = end
    for match in reversed(list(_ALTERNATE.finditer(classes, start, end))):
        low, high = match.span()
        open_ = low
        if classes[low] in "RA":
            arabic = classes[low] == "A"
            continue
        if _BLANKS.fullmatch(classes, low, high):
            continue
        for a, b in reversed(list(_pieces(visual, classes, low, high, arabic))):
            if b < last:
                yield b, last, True
            yield a, b, False
            last = a
    if open_ < last:
        yield open_, last, True


def _pieces(visual: str, classes: str, start: int, end: int, arabic: bool) -> Iterator[tuple[int, int]]:
    """What is read from the left in a stretch without right-to-left letters: words and numbers."""
    at = start
    while at < end:
        if classes[at] not in "LEN":
            at += 1
            continue
        if at > start and _SERIES.match(visual, at - 1):
            at -= 1
        stop = _end_of_words(visual, classes, at, end, arabic)
        if "L" in classes[at:stop]:
            yield at, stop
        else:
            latin_follows = "L" in classes[stop:end]
            yield from _numbers(visual, classes, at, stop, joining=not arabic or latin_follows)
        at = stop


_SERIES = late(r"\([A-Za-z][^()]*+\)/[A-Za-z0-9]")
"""A symbol whose beginning stands in the line above: "(Sect. 3)/Add.5"."""


def _end_of_words(visual: str, classes: str, start: int, end: int, arabic: bool) -> int:
    """Where the words that begin at ``start`` end: at their last letter or number outside a bracket left open.

    The sign of "5%" belongs to a number beside Latin words, or not behind an Arabic letter (rule W5).
    """
    stop = start
    depth = 0
    latin = inside = False
    for at in range(start, end):
        kind = classes[at]
        if visual[at] in _OPENING:
            if (
                at > start and not latin and classes[at - 1] == " "
            ):  # "(a) 10" is printed as "10 (a)"; but "1514(XV)" is one
                break
            depth += 1
            inside = False
        elif visual[at] in _CLOSING:
            if not depth:
                break
            depth -= 1
            if not depth and inside:
                stop = at + 1
        elif kind in "LE" or (kind == "N" and classes[at - 1] in "LENc"):
            latin = latin or kind == "L"
            inside = True
            if not depth:
                stop = at + 1
        elif kind == "t" and stop == at and classes[at - 1] in "Et" and (latin or not arabic):
            stop = at + 1
    return max(stop, start + 1)


def _numbers(visual: str, classes: str, start: int, end: int, joining: bool) -> Iterator[tuple[int, int]]:
    """Single numbers. ``joining``: not behind an Arabic letter, so that "3-14" and "50%" are one (rules W2, W4, W5).

    The letter may stand in the line above: what would be read as a range downwards, "2030-2015", is two numbers.
    """
    for match in (_JOINED if joining else _SINGLE).finditer(classes, start, end):
        if _FALLING.fullmatch(visual, *match.span()) and _falls(visual[slice(*match.span())]):
            yield from (single.span() for single in _SINGLE.finditer(classes, *match.span()))
        else:
            yield match.span()


_FALLING = late(r"\d{1,4}-[1-9]\d{0,3}")


def _falls(numbers: str) -> bool:
    first, last = numbers.split("-")
    return int(first) > int(last)


_SINGLE = late(r"E+(?:cE+)*|N+(?:cN+)*")
_JOINED = late(r"t*E+(?:[cs]E+)*t*|N+(?:cN+)*")


_LONE = late(r"[()\[\]{}«»]+")
_FREE = late(r"[\s.,;:!?،؛؟…]")


def brackets_by_place(visual: str) -> str:
    """The line with its brackets as they look on the page, told from where they stand.

    What a bracket's glyph decodes to depends on the program that wrote the file: one takes the shape, another
    the character it was typed as. Its place does not: "(" has the text at its right, ")" at its left. Where
    there is text on both sides, a bracket closes the one before it or else opens for one behind it; a single
    one stays as decoded. Two that are a pair by themselves, "()", have nothing in them.
    """
    found = list(_LONE.finditer(visual))
    if not found:
        return visual
    if len(found) == 1 and found[0][0] in (")(", "()") and not _between(visual, *found[0].span()):
        return visual[: found[0].start()] + "()" + visual[found[0].end() :]
    out = list(visual)
    open_ = ""
    for match in found:
        before, after = visual[: match.start()][-1:], visual[match.end() :][:1]
        free = not before or _FREE.match(before) is not None, not after or _FREE.match(after) is not None
        for at in range(*match.span()):
            sign = out[at]
            shapes = sorted((sign, MIRROR[sign]))
            if free[0] != free[1]:
                sign = shapes[free[1]]
            elif shapes[0] in open_:
                sign = shapes[1]
            elif any(shape in visual[match.end() :] for shape in shapes):
                sign = shapes[0]
            out[at] = sign
            open_ = open_ + sign if sign == shapes[0] else open_.replace(shapes[0], "", 1)
    return "".join(out)


def _between(visual: str, start: int, end: int) -> bool:
    """Whether letters or figures stand at both sides, as in (أ)(ب) of which a line shows the middle."""
    return visual[:start][-1:].isalnum() and visual[end:][:1].isalnum()
