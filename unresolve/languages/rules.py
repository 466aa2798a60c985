"""Rules: what a whole printed line or field means, in a value every language shares."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import msgspec
import regex

from .fold import fold_line, fold_pattern

__all__ = ["Reader", "Rule", "first"]

Reader = Callable[[str], str | None]

_SLOT = regex.compile(r"\{([a-z]{1,12})\}")
_LETTERS = regex.compile(r"[\p{L} ]{1,80}")
_GROUP = regex.compile(r"\([^()]*\)")
_STARS = r"[ *†]*"
_WORDS = r"[\\p{L}\\d(](?:.{0,80}?[^ *†])??"  # what a slot may hold, as the template of a substitution


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """One printed form of a field.

    ``pattern`` must match the whole line, whatever its capitals and accents; stars of a footnote may follow.
    ``{ordinal}``, ``{date}`` and the like in it are slots: the words there are read by the language's
    reader of that name, and the rule holds only if it can read them. ``value`` is the meaning, in which
    the slots stand for what was read.
    """

    pattern: str
    value: str
    examples: dict[str, str]
    counter_examples: tuple[str, ...] = ()

    def read(self, folded: str, readers: dict[str, Reader]) -> str | None:
        """The value of a folded line, None where the rule does not hold."""
        if not folded.casefold().startswith(self._head):
            return None
        match = self._compiled.fullmatch(folded)
        if match is None:
            return None
        value = self.value
        for name, words in match.groupdict().items():
            meaning = readers[name](words)
            if meaning is None:
                return None
            value = value.replace("{" + name + "}", meaning)
        return value

    @cached_property
    def _head(self) -> str:
        """The letters every line of the rule begins with, "please recycl"; "" where they may differ.

        Most lines are so told from most rules, and most rules need never be compiled.
        """
        pattern = fold_pattern(self.pattern)
        letters = _LETTERS.match(pattern)
        while pattern != (pattern := _GROUP.sub("", pattern)):
            pass
        return "" if letters is None or "|" in pattern else letters[0][:-1].casefold()  # the last may be optional

    @cached_property
    def _compiled(self) -> regex.Pattern[str]:
        pattern = _SLOT.sub(rf"(?P<\1>{_WORDS})", fold_pattern(self.pattern))
        return regex.compile(f"(?:{pattern}){_STARS}", regex.IGNORECASE)


def first(rules: tuple[Rule, ...], line: str, readers: dict[str, Reader]) -> str | None:
    """The value of the first rule that holds for a printed line."""
    folded = fold_line(line)
    return next((value for rule in rules if (value := rule.read(folded, readers)) is not None), None)
