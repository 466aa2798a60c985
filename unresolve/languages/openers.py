"""Openers: the phrase a preambular or operative paragraph begins with, and the relation it states."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import msgspec
import regex

from .fold import fold, fold_pattern

__all__ = ["Openers", "Part", "Relation"]

Part = Literal["preamble", "body"]

_PARTS: tuple[Part, ...] = ("preamble", "body")
_HEAD = 160  # no opener is longer, so that much of a paragraph is looked at


class Relation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The patterns of the verbs that state a relation: as preambles inflect them, as bodies do, or both."""

    preamble: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    both: tuple[str, ...] = ()


class Openers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The openers of a language: a verb, with words before and after it that belong to the phrase.

    ``before`` and ``after`` are patterns ("Also", "with appreciation"); ``and`` joins two verbs ("Welcomes
    and encourages"); ``boundary`` is what must follow.
    The longest reading of all verbs wins (the patterns follow the rules of POSIX). ``we`` has the verbs of a text in
    which Governments speak themselves ("We also reaffirm"), by their relation: they state one, but are never set apart.
    """

    relations: dict[str, Relation]
    we: dict[str, str] = {}
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    and_: str = msgspec.field(name="and", default=" and ")
    boundary: str = r"(?![\p{L}\d])"
    join: str = " "
    examples: dict[Part, dict[str, str]] = {}
    counter_examples: tuple[str, ...] = ()

    def find(self, text: str, part: Part) -> str | None:
        """The opener at the head of a paragraph, as it is printed there; None if there is none."""
        lead = len(text) - len(text.lstrip())
        folded, at = fold(text[lead : lead + _HEAD])
        match = self._patterns[part].match(folded)
        return text[lead : lead + at[match.end()]] if match else None

    def relation(self, opener: str) -> str | None:
        """What the opener states, as a word every language shares ("recalling"); None if it is unknown."""
        folded = fold(opener.strip()).text
        matches = [match for pattern in self._patterns.values() if (match := pattern.match(folded))]
        if not matches:
            spoken = self._we.match(folded) if self.we else None
            return spoken.lastgroup if spoken else None
        longest = max(matches, key=lambda match: match.end())
        return next(name for name in self.relations if name in longest.re.groupindex and longest[name] is not None)

    @cached_property
    def _patterns(self) -> dict[Part, regex.Pattern[str]]:
        return {part: self._compile(part) for part in _PARTS}

    @cached_property
    def _we(self) -> regex.Pattern[str]:
        verbs = "|".join(f"(?P<{name}>{verb})" for name, verb in self.we.items())
        return regex.compile(fold_pattern(f"(?:{verbs}){self.boundary}".replace(" ", r"\s{1,3}")), regex.IGNORECASE)

    def _compile(self, part: Part) -> regex.Pattern[str]:
        verbs = []
        for name, relation in self.relations.items():
            forms = (*(relation.preamble if part == "preamble" else relation.body), *relation.both)
            if forms:
                verbs.append(f"(?P<{name}>{'|'.join(forms)})")
        before = f"(?:(?:{'|'.join(self.before)}){self.join}){{0,3}}" if self.before else ""
        after = f"(?:{self.join}(?:{'|'.join(self.after)})){{0,4}}" if self.after else ""
        phrase = f"(?P<phrase>(?:{'|'.join(verbs)}){after})"
        pattern = f"{before}{phrase}(?:{self.and_}(?&phrase))?{self.boundary}".replace(" ", r"\s{1,3}")
        return regex.compile(fold_pattern(pattern), regex.IGNORECASE | regex.POSIX)
