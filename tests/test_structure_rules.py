"""Lines to a document: one case a rule, on pages drawn as text."""

from __future__ import annotations

import pytest
from drawing import Case, outline, params, structured

FILES = ("structure/masthead", "structure/paragraphs", "structure/sections", "structure/notes")


@pytest.mark.parametrize("case", params(*FILES))
def test_structure(case: Case) -> None:
    assert list(outline(structured(case))) == case.expected
