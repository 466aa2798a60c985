"""Every rule of ``grammars/symbols.toml`` and ``grammars/citations.toml`` against the examples beside it."""

from __future__ import annotations

import tomllib
from functools import partial
from importlib.resources import files
from typing import Any

import pytest

from unresolve.citations.grammar import LANGUAGES, grammar
from unresolve.errors import InvalidLanguage, InvalidSymbol
from unresolve.symbols import Symbol


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files("unresolve.grammars").joinpath(name).read_text("utf-8"))


SYMBOLS = _load("symbols.toml")
CITATIONS = _load("citations.toml")
RULES = [(lang, rule) for lang in LANGUAGES for rule in CITATIONS[lang]["rules"]]


@pytest.mark.parametrize("example", SYMBOLS["examples"], ids=lambda e: e["printed"])
def test_symbol_example(example: dict[str, Any]) -> None:
    symbol = Symbol.parse(example["printed"])
    assert str(symbol) == example["canonical"]
    for name in ("organ", "body", "session", "kind", "number"):
        assert getattr(symbol, name) == example.get(name), name
    assert list(symbol.parts) == example.get("parts", [])
    assert symbol.page == example.get("url", example["canonical"])


@pytest.mark.parametrize("example", SYMBOLS["counter"], ids=lambda e: repr(e["printed"]))
def test_symbol_counter_example(example: dict[str, Any]) -> None:
    with pytest.raises(InvalidSymbol) as caught:
        Symbol.parse(example["printed"])
    caret = str(caught.value).splitlines()[-1]
    assert caret.index("^") - 2 == example["at"]


@pytest.mark.parametrize(("lang", "rule"), RULES, ids=[f"{lang}-{rule['name']}" for lang, rule in RULES])
def test_citation_rule(lang: str, rule: dict[str, Any]) -> None:
    words = grammar(lang)
    search = words.pattern(rule["name"]).fullmatch if rule.get("whole") else partial(words.search, rule["name"])
    assert rule["examples"] or rule["counter"]
    for example in rule["examples"]:
        assert search(example), example
        assert not rule.get("hints") or any(hint in example for hint in rule["hints"]), "a hint stands in every match"
    for example in rule["counter"]:
        assert not search(example), example


def test_every_language_has_the_same_rules() -> None:
    names = {lang: sorted(rule["name"] for rule in CITATIONS[lang]["rules"]) for lang in LANGUAGES}
    assert all(names[lang] == names["en"] for lang in LANGUAGES)
    assert sorted(CITATIONS) == sorted(LANGUAGES)


def test_no_grammar_for_another_language() -> None:
    with pytest.raises(InvalidLanguage, match="'de'"):
        grammar("de")
