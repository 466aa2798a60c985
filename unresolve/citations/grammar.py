"""The citation words of one language, loaded from ``grammars/citations.toml`` and compiled on first use."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import regex
import rtoml

from unresolve.errors import InvalidLanguage

__all__ = ["LANGUAGES", "Grammar", "grammar", "spaced"]

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
_TIMEOUT = 20.0  # seconds; the last guard, the patterns are bounded by themselves


def spaced(pattern: str) -> str:
    """A pattern in which every space stands for up to three characters of white space."""
    return pattern.replace(" ?", r"\s{0,3}").replace(" ", r"\s{1,3}")


class Grammar:
    """The rules of a language by name; each is compiled when it is first asked for."""

    def __init__(self, lang: str, data: dict[str, Any]) -> None:
        self.lang = lang
        self.noun_follows = lang == "zh"  # 第72/1号决议: the noun stands after its numbers
        self.small_words = frozenset(data["small_words"])
        self.defining = frozenset(data["defining"])
        self.joining: str | None = data.get("joining")
        self.supplement_pages: bool = data["supplement_pages"]
        self._rules: dict[str, dict[str, Any]] = {rule["name"]: rule for rule in data["rules"]}
        self._pinpoints: dict[str, str] = data["pinpoints"]
        self._compiled: dict[str, regex.Pattern[str]] = {}
        self.ordinal: str | None = data.get("ordinal")

    def pattern(self, name: str) -> regex.Pattern[str]:
        """The compiled pattern of a rule."""
        if name not in self._compiled:
            self._compiled[name] = _compile(self._rules[name]["pattern"])
        return self._compiled[name]

    def any_of(self, *names: str) -> regex.Pattern[str]:
        """One pattern for several rules, whose named group says which of them was met; earlier ones first."""
        key = "|".join(names)
        if key not in self._compiled:
            self._compiled[key] = _compile("|".join(f"(?P<{name}>{self._rules[name]['pattern']})" for name in names))
        return self._compiled[key]

    def matches(self, name: str, text: str) -> Iterator[regex.Match[str]]:
        """Where a rule is met in a text, from left to right."""
        hints = self._rules[name].get("hints")
        if hints and not any(hint in text for hint in hints):
            return iter(())
        found: Iterator[regex.Match[str]] = self.pattern(name).finditer(text, timeout=_TIMEOUT)
        return found

    def search(self, name: str, text: str) -> regex.Match[str] | None:
        """The first place where a rule is met in a text; None if that does not hold what the rule asks for."""
        match: regex.Match[str] | None = self.pattern(name).search(text, timeout=_TIMEOUT)
        held = self._rules[name].get("holds")
        if match is None or held is None or self._held(held).search(match[0]):
            return match
        return None

    def _held(self, pattern: str) -> regex.Pattern[str]:
        if pattern not in self._compiled:
            self._compiled[pattern] = _compile(pattern)
        return self._compiled[pattern]

    @property
    def pinpoints(self) -> dict[str, str]:
        """Unit of a document (annex, sect, para …) to the pattern of its words."""
        return self._pinpoints


def _compile(pattern: str) -> regex.Pattern[str]:
    return regex.compile(spaced(pattern), regex.IGNORECASE)


@cache
def _data() -> dict[str, Any]:
    return rtoml.loads(files("unresolve.grammars").joinpath("citations.toml").read_text("utf-8"))


@cache
def grammar(lang: str) -> Grammar:
    """The grammar of a language (ar zh en fr ru es); raises :class:`InvalidLanguage` for another."""
    if lang not in LANGUAGES:
        raise InvalidLanguage(f"{lang!r} is not one of {', '.join(LANGUAGES)}")
    return Grammar(lang, _data()[lang])
