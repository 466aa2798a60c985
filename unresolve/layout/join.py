"""Lines to running text: word spaces, line-end hyphens, emphasis across lines, page breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import regex

from unresolve.model import Mark, Text
from unresolve.model.script import is_wide
from unresolve.patterns import late

from .lines import Line

if TYPE_CHECKING:
    from pyphen import Pyphen

__all__ = ["Hyphens", "join"]

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}\p{N}’']*(?:[-\u2010\u2011]\p{L}[\p{L}\p{M}\p{N}’']*)*")
_LAST = late(r"[\p{L}\p{N}\p{M}’'\-\u2010\u2011]+(?=[-\u2010\u2011]$)")
_FIRST = late(r"^[\p{L}\p{N}\p{M}’']+")
_HYPHEN = ("-", "\u2010", "\u2011")
_OPENING, _CLOSING = ("(", "["), (")", "]")
_PYPHEN = {"en": ("en_US", "en_GB"), "fr": ("fr_FR",), "es": ("es",), "ru": ("ru_RU",)}

HYPHENATING = 0.15
"""The file was hyphenated by its typesetter if this share of the words cut at a line's end stands whole elsewhere.

In LibreOffice's and Typst's files a third of them do ("inter-national"), in Word's English files, which
do not hyphenate, none ("self-determination").
"""

OFTEN = 0.02
"""Share of lines cut in a word from which on an English file may have been hyphenated.

Word's English files, which are not, have 0.002; in the other languages the secretariat does hyphenate.
"""


class Hyphens:
    """Decides of a hyphen at a line's end whether it is the word's own or the typesetter's.

    Evidence, in this order: what the file's tags say (``soft``); the same word elsewhere in the document, whole
    or hyphenated; capitals and figures beside the hyphen; whether the file hyphenates at all; whether the
    parts are words; compound parts of the language; whether the place is a legal hyphenation point. In doubt
    the hyphen stays, as printed.
    """

    def __init__(
        self,
        lines: Iterable[Line],
        language: str,
        compounds: frozenset[str] = frozenset(),
        soft: Callable[[Line], bool] = lambda _: False,
    ) -> None:
        self._soft = soft
        self._words: Counter[str] = Counter()
        cut: list[str] = []
        total = 0
        broken = False
        for line in lines:
            total += 1
            words = _WORD.findall(line.text.lower().replace("\u2011", "-"))
            hyphen = line.text.endswith(_HYPHEN)
            self._words.update(words[broken : len(words) - hyphen])
            if broken and words:
                cut[-1] += words[0]
            if hyphen and words:
                cut.append(words[-1])
            broken = hyphen and bool(words)
        proven = sum(self._words[word] > 0 for word in cut)
        self._hyphenated = proven > 0 and proven >= HYPHENATING * len(cut)
        self._undecided = not proven and (language != "en" or len(cut) > OFTEN * total)
        self._language = language
        self._compounds = compounds

    def keeps(self, before: Line, after: Line) -> bool:
        """Whether the hyphen stays between two lines: ``before`` ends in it, ``after`` is the next line."""
        if self._soft(before):
            return False
        left, right = _LAST.search(before.text), _FIRST.search(after.text)
        if left is None or right is None:
            return True
        head = left[0].lower().replace("\u2011", "-")
        tail = right[0].lower()
        whole, parted = self._words[head + tail], self._words[f"{head}-{tail}"]
        if whole or parted:
            return parted >= whole
        if not right[0][0].islower() or not head[-1].isalpha() or (left[0].isupper() and len(left[0]) > 1):
            return True
        stem = head.rsplit("-", 1)[-1]
        if self._hyphenated:
            return self._compound(stem, tail)
        if self._undecided and stem not in self._compounds and tail not in self._compounds:
            return bool(self._words[tail]) or not _breaks(self._language, stem + tail, len(stem))
        return True

    def _compound(self, head: str, tail: str) -> bool:
        """Whether two parts that a typesetter may have cut are rather the parts of a compound."""
        if not self._words[tail]:
            return False
        if head in self._compounds or tail in self._compounds:
            return True
        return bool(self._words[head]) and not _breaks(self._language, head + tail, len(head))


@cache
def _dictionaries(language: str) -> tuple[Pyphen, ...]:
    from pyphen import Pyphen

    return tuple(Pyphen(lang=name, left=1, right=1) for name in _PYPHEN.get(language, ()))


def _breaks(language: str, word: str, at: int) -> bool:
    """Whether a word may be cut there by the hyphenation patterns of its language; true where there are none."""
    dictionaries = _dictionaries(language)
    return not dictionaries or any(at in dictionary.positions(word) for dictionary in dictionaries)


def join(lines: Sequence[Line], hyphens: Hyphens | None = None) -> Text:
    """The running text of consecutive lines, with a ``break`` mark where a page begins."""
    content: list[str] = []
    marks: list[Mark] = []
    length = 0
    last: Line | None = None
    for line in lines:
        rich = line.rich()
        if last is not None:
            glue, drop = _glue(last, line, hyphens)
            if drop:
                content[-1] = content[-1][:-1]
                length -= 1
                marks = [Mark(m.start, min(m.end, length), m.kind, m.target) for m in marks if m.start < length]
            content.append(glue)
            length += len(glue)
            if line.page != last.page:
                marks.append(Mark(length, length, "break", str(line.page)))
        marks.extend(Mark(m.start + length, m.end + length, m.kind, m.target) for m in rich.marks)
        content.append(rich.content)
        length += len(rich.content)
        last = line
    text = "".join(content)
    return Text(text, _merge(text, marks))


def _glue(last: Line, line: Line, hyphens: Hyphens | None) -> tuple[str, bool]:
    """What stands between two lines, and whether the hyphen that ends the first one goes."""
    before, after = last.text, line.text
    if before.endswith("\u00ad"):
        return "", True
    if before.endswith(_HYPHEN) and after.startswith(_HYPHEN) and len(after) > 1 and after[1].isalpha():
        return "", True  # Spanish repeats a compound's hyphen on the new line: "teórico-" "-práctico"
    if before.endswith(_HYPHEN) and len(before) > 1 and not before[-2].isspace():
        return "", hyphens is not None and not hyphens.keeps(last, line)
    if before.endswith(("–", "/")) and len(before) > 1 and not before[-2].isspace() and after[:1].isalnum():
        return "", False
    if before.endswith(_OPENING) or after.startswith(_CLOSING):
        return "", False
    if before and after and _chinese(before[-1], after[0]):
        return "", False
    return " ", False


def _chinese(before: str, after: str) -> bool:
    """Whether two characters stand together in Chinese: Han beside Han or figures, as in 2020年4月."""
    han = is_wide(before), is_wide(after)
    return all(han) or (han[0] and after.isdigit()) or (han[1] and before.isdigit())


def _merge(text: str, marks: list[Mark]) -> tuple[Mark, ...]:
    """Marks of one kind, and to one address, that only white space parts become one; sorted."""
    merged: list[Mark] = []
    open_: dict[tuple[str, str | None], int] = {}
    for mark in sorted(marks):
        key = mark.kind, mark.target
        at = open_.get(key)
        if mark.start < mark.end and at is not None and _goes_on(text, merged[at], mark):
            last = merged[at]
            merged[at] = Mark(last.start, max(last.end, mark.end), *key)
            continue
        if mark.start < mark.end:
            open_[key] = len(merged)
        merged.append(mark)
    return tuple(merged)


def _goes_on(text: str, last: Mark, mark: Mark) -> bool:
    """Whether a mark goes on with one of its kind: two superscripts are two, but for "(" at a line's end and "19)"."""
    if mark.kind.endswith("script"):
        return mark.start == last.end and (text[: last.end].endswith(_OPENING) or text.startswith(_CLOSING, mark.start))
    return mark.start <= last.end or not text[last.end : mark.start].strip()
