"""A random document, set in the United Nations layout, is given back by parsing.

A failure shows where the two differ.
"""

from __future__ import annotations

import json
from difflib import unified_diff

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from typeset import LANGUAGES, comparable, documents, missing_fonts, texts, typeset

from unresolve.model import Document
from unresolve.pipeline import parse

CASES = [
    pytest.param(language, tags, id=f"{way}-{language}")
    for tags, way in ((True, "tagged"), (False, "untagged"))
    for language in LANGUAGES
]


@pytest.mark.parametrize(("language", "tags"), CASES)
@settings(
    max_examples=8,
    derandomize=True,
    deadline=None,
    database=None,
    # A document is set in a tenth of a second: to shrink one takes minutes. Add Phase.shrink to hunt a failure.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)
@given(data=st.data())
def test_parsing_gives_back_what_was_set(language: str, tags: bool, data: st.DataObject) -> None:
    if missing := missing_fonts(language):
        pytest.skip(f"faces not installed: {', '.join(missing)}")
    document = data.draw(documents(language))
    # English is set by the United Nations without dividing words.
    hyphenate = language in {"es", "fr", "ru"} and data.draw(st.booleans())
    parsed = parse(typeset(document, hyphenate=hyphenate, tags=tags))
    differing = "\n".join(unified_diff(_lines(document), _lines(parsed), "set", "parsed", n=2, lineterm=""))
    assert not differing, differing
    assert _calls(parsed) == {(note.id, anchor.block, anchor.offset) for note in parsed.notes for anchor in note.calls}


def _lines(document: Document) -> list[str]:
    return json.dumps(comparable(document), ensure_ascii=False, indent=1).splitlines()


def _calls(document: Document) -> set[tuple[str, str, int]]:
    """Every call that stands in a text, as (note, place, offset)."""
    return {
        (mark.target or "", place, mark.start)
        for place, text in texts(document)
        for mark in text.marks
        if mark.kind == "call"
    }
