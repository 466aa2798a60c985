"""Every rule of every language file holds for its examples and for none of its counter-examples."""

from __future__ import annotations

import msgspec
import pytest

from unresolve.languages import available, load

RULES = (
    "agenda", "annex", "appendix", "article", "chapter", "contents", "date", "distribution", "endnotes", "formula",
    "heading", "heading_kind", "language", "meeting", "organ", "original", "page", "part", "preamble", "publisher",
    "recycle", "section", "session", "table", "table_note",
)  # fmt: skip


EVERY_RULE = [(code, name) for code in available() for name in load(code).rules]


@pytest.mark.parametrize("code", available())
def test_every_language_has_the_same_rules_with_examples(code: str) -> None:
    pack = load(code)
    assert pack.code == code
    assert tuple(sorted(pack.rules)) == RULES
    assert all(rule.examples for rules in pack.rules.values() for rule in rules)
    sections = (pack.numerals, pack.calendar, pack.lists, pack.sentences, pack.title_number)
    assert all(section.examples for section in sections)
    assert all(pack.openers.examples[part] for part in ("preamble", "body"))


@pytest.mark.parametrize(("code", "name"), EVERY_RULE)
def test_rules(code: str, name: str) -> None:
    pack = load(code)
    for rule in pack.rules[name]:
        for line, value in rule.examples.items():
            assert pack.read(name, line) == value, line
        for line in rule.counter_examples:
            assert pack.read(name, line) is None, line


@pytest.mark.parametrize(("code", "name"), EVERY_RULE)
def test_a_pattern_reads_its_own_examples(code: str, name: str) -> None:
    """An example shows the rule it stands under: no other rule has to help."""
    pack = load(code)
    for rule in pack.rules[name]:
        alone = msgspec.structs.replace(pack, rules={name: (rule,)})
        assert all(alone.read(name, line) is not None for line in rule.examples), rule.pattern


@pytest.mark.parametrize("code", available())
def test_numbers_of_titles(code: str) -> None:
    numbers = load(code).title_number
    for line, number in numbers.examples.items():
        match = numbers.match(line)
        assert match is not None, line
        assert match["number"] == number
    for line in numbers.counter_examples:
        assert numbers.match(line) is None, line


@pytest.mark.parametrize("code", available())
def test_numerals(code: str) -> None:
    pack = load(code)
    for words, number in pack.numerals.examples.items():
        assert pack.number(words) == number, words
    for words in pack.numerals.counter_examples:
        assert pack.number(words) is None, words


@pytest.mark.parametrize("code", available())
def test_dates(code: str) -> None:
    pack = load(code)
    for text, iso in pack.calendar.examples.items():
        assert [date for _, _, date in pack.dates(text)] == [iso], text
    for text in pack.calendar.counter_examples:
        assert pack.dates(text) == [], text


@pytest.mark.parametrize("code", available())
def test_list_markers(code: str) -> None:
    pack = load(code)
    for marker, (kind, ordinal) in pack.lists.examples.items():
        found = pack.enumerator(marker)
        assert found is not None, marker
        assert (found.kind, found.ordinals[0]) == (kind, ordinal), marker
    for text in pack.lists.counter_examples:
        assert pack.enumerator(text) is None, text


@pytest.mark.parametrize("code", available())
def test_sentences(code: str) -> None:
    sentences = load(code).sentences
    for text, count in sentences.examples.items():
        spans = sentences.split(text)
        assert len(spans) == count, text
        assert "".join(text[start:end] for start, end in spans).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("code", available())
def test_openers(code: str) -> None:
    pack = load(code)
    for part, examples in pack.openers.examples.items():
        for text, opener in examples.items():
            assert pack.opener(text, part) == opener, text
            assert pack.relation(opener) in pack.openers.relations
    for text in pack.openers.counter_examples:
        assert pack.opener(text, "preamble") is pack.opener(text, "body") is None, text


@pytest.mark.parametrize("code", available())
def test_relations_are_those_of_english(code: str) -> None:
    """A relation is a word every language shares: none has one that English does not know."""
    assert set(load(code).openers.relations) <= set(load("en").openers.relations)
