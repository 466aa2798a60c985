"""Lines to running text: what becomes of the hyphen at a line's end, and of marks at page ends."""

from __future__ import annotations

import pytest
from drawing import Case, draw, params, styled
from hypothesis import given
from hypothesis import strategies as st

from unresolve.languages import load
from unresolve.layout.join import Hyphens, join
from unresolve.layout.lines import Line, lines_of
from unresolve.model import Mark
from unresolve.structure.tags import Tagging


@pytest.mark.parametrize("case", params("layout/hyphens"))
def test_hyphens(case: Case) -> None:
    pages = draw(case.drawing)
    lines = [line for page in pages.pages for line in lines_of(page)]
    hyphens = Hyphens(lines, case.language, load(case.language).compounds, Tagging(pages.tags).soft_hyphen)
    assert [str(join(lines, hyphens))] == case.expected


def _lines(drawing: str) -> list[Line]:
    return [line for page in draw(drawing).pages for line in lines_of(page)]


def test_without_evidence_the_hyphen_stays_as_printed() -> None:
    assert str(join(_lines("   |deve-\n   |lopment"))) == "deve-lopment"


def test_emphasis_goes_on_over_the_line() -> None:
    assert styled(join(_lines("   |{i Taking}\n   |{i note} of it"))) == "{i Taking note} of it"


def test_the_place_where_a_page_begins_is_marked() -> None:
    text = join(_lines("   |the first\n===\n   |and second"))
    assert (text.content, text.marks) == ("the first and second", (Mark(10, 10, "break", "2"),))


def test_the_page_may_end_inside_a_word() -> None:
    lines = _lines("   |Les sous-régionaux, les sous-\n===\n   |régionaux")
    text = join(lines, Hyphens(lines, "fr"))
    assert text.content == "Les sous-régionaux, les sous-régionaux"
    assert text.marks == (Mark(29, 29, "break", "2"),)


LETTERS = st.text("abcdéйх", min_size=1, max_size=6)
WORDS = st.builds("-".join, st.lists(LETTERS, min_size=1, max_size=3))


@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=6),
    st.lists(st.booleans(), min_size=6, max_size=6),
    st.sampled_from(("en", "fr", "ru", "es")),
)
def test_hyphens_never_lose_a_letter(rows: list[str], cut: list[bool], language: str) -> None:
    printed = [f"{row}-" if hyphen else row for row, hyphen in zip(rows, cut, strict=False)]
    lines = _lines("\n".join(f"   |{row}" for row in printed))
    text = str(join(lines, Hyphens(lines, language, frozenset({"ab", "c"}))))
    assert text.replace("-", "").replace(" ", "") == "".join(printed).replace("-", "").replace(" ", "")
    assert text.count("-") >= "".join(rows).count("-")
