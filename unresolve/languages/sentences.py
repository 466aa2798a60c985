"""Where a sentence ends."""

from __future__ import annotations

from functools import cached_property

import msgspec
import regex

from unresolve.patterns import late

__all__ = ["Sentences"]

# After an end: what closes with it (quotes, brackets), then space; 。 needs none.
_CLOSERS = r"[\p{Pe}\p{Pf}\p{Pi}\"'’”»]{0,4}"
_ENDS = late(rf"(?:[.!?؟]{_CLOSERS}(?=\s)|[。！？]{_CLOSERS}|\n)\s*")
_WORD = late(r"[\p{L}\p{M}\d/().’'-]{0,60}\.$")
_BEGINS = late(r"[\p{Ps}\p{Pi}\p{Pf}\"'¿¡–—-]{0,4}[\p{Lu}\p{Lt}\p{Lo}\d]")


class Sentences(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """How a language ends its sentences.

    ``abbreviations`` are the words whose full stop ends none ("para", "chap"), in small letters and without the stop;
    ``examples`` are texts with the number of their sentences.
    """

    abbreviations: tuple[str, ...] = ()
    examples: dict[str, int] = {}

    def split(self, text: str) -> list[tuple[int, int]]:
        """The sentences of a text as ``(start, end)``, without the space between them; none in an empty text.

        A full stop ends a sentence where space and then a capital, a figure or a letter without case follows, unless
        it belongs to an abbreviation or to a single letter ("J. Smith"). A line feed always does.
        """
        spans: list[tuple[int, int]] = []
        start = len(text) - len(text.lstrip())
        for match in _ENDS.finditer(text, start):
            if self._ends(text, match):
                end = match.start() + len(match[0].rstrip())
                if end > start:
                    spans.append((start, end))
                start = match.end()
        if start < (end := len(text.rstrip())):
            spans.append((start, end))
        return spans

    def _ends(self, text: str, match: regex.Match[str]) -> bool:
        if match[0][0] != ".":
            return True
        if match.end() < len(text) and not _BEGINS.match(text, match.end()):
            return False
        word = _WORD.search(text, max(0, match.start() - 60), match.start() + 1)
        if word is None:
            return True
        last = _last(word[0][:-1])
        if len(last) == 1 and last.isalpha() and not _is_han(last) and last not in self._known:
            # An initial ("J. Smith"), unless it is what an abbreviation counts: "chap. II, sect. A."
            before = _WORD.search(text[: word.start()].rstrip())
            return before is not None and _last(before[0][:-1]) in self._known
        return last not in self._known

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.abbreviations)


def _last(word: str) -> str:
    return str(regex.split(r"[(/’']", word)[-1].casefold())


def _is_han(letter: str) -> bool:
    return regex.match(r"\p{Han}", letter) is not None
