"""Right-to-left pages as Word makes them: what it draws for typed text, and three pages of its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from unresolve.layout.line import Line
from unresolve.layout.lines import lines_of
from unresolve.readers.pages import Font, Page, Run
from unresolve.readers.pdfium import read

PLAIN = Font("Plain")
WIDE, ROOM = 5.0, 0.4
"""Points a character is wide, and between the texts of a line."""

ITEMS = regex.compile(r"\p{Arabic}[\p{Arabic} ،؛]*|\d+(?:\.\d+)*|[A-Za-z]+| +|.")
"""What Word draws as one text: Arabic words, the figures of a number, Latin letters, a sign."""


def as_word_draws(typed: list[tuple[str, bool]]) -> Page:
    """The page with a line typed in pieces, each with whether an Arabic keyboard typed it.

    Texts follow one another from the right, as ECMA-376 17.3.2.30 has it for signs that are typed so, and are drawn in
    the order in which they were typed. What is typed on a Latin keyboard is one text. Arabic is drawn from the left.
    """
    runs: list[Run] = []
    x = 500.0
    for text, arabic in typed:
        for item in ITEMS.findall(text) if arabic else [text]:
            start, x = x, x - WIDE * len(item)
            shown = item[::-1] if regex.match(r"\p{Arabic}", item) else item
            if item.isspace():
                continue
            runs.append(Run(shown, x + ROOM / 2, 93.0, start - ROOM / 2, 100.0, 100.0, 10.0, PLAIN))
    return Page(1, 612.0, 792.0, tuple(runs))


WORDS = st.sampled_from(["القرار", "قراراتها", "الوثيقة", "الفقرات", "البند", "المؤرخ", "ألف", "الملحق رقم"])
NUMBERS = st.integers(1, 313).map(str)
RESOLUTIONS = st.builds("{}/{}".format, st.integers(31, 99), NUMBERS)
RANGES = st.builds("{}-{}".format, st.integers(1, 9), st.integers(10, 99))
DATES = st.builds("{}/{}/{}".format, st.integers(1, 28), st.integers(1, 12), st.integers(1990, 2030))
AMOUNTS = st.builds("{:03} {}".format, st.integers(0, 999), NUMBERS)
SECTIONS = st.builds("A/{}/6(Sect.{})/Add.{}".format, st.integers(60, 80), st.integers(1, 36), st.integers(1, 20))
COMMITTEES = st.builds("A/C.{}/{}/L.{}/Rev.1".format, st.integers(1, 6), st.integers(31, 99), NUMBERS)
REPORTS = st.builds("A/{}/{}".format, st.integers(31, 99), NUMBERS)
OLD = st.builds("{} (د-{})".format, NUMBERS, st.integers(1, 30))
SPECIAL = st.builds("دإط-10/{}".format, NUMBERS)
TYPED_ARABIC = st.one_of(RESOLUTIONS, RANGES, DATES, AMOUNTS, OLD, SPECIAL, REPORTS, SECTIONS, COMMITTEES)
TYPED_LATIN = st.one_of(RESOLUTIONS, SECTIONS, COMMITTEES, REPORTS)


@st.composite
def typed(draw: st.DrawFn) -> list[tuple[str, bool]]:
    """Arabic words, each followed by a number or a symbol from either keyboard, in brackets or not."""
    pieces: list[tuple[str, bool]] = []
    for _ in range(draw(st.integers(1, 5))):
        pieces.append((draw(WORDS) + " ", True))
        arabic = draw(st.booleans())
        text = draw(TYPED_ARABIC if arabic else TYPED_LATIN)
        if draw(st.booleans()) and "(" not in text:
            pieces += [("(", True), (text, arabic), (") ", True)]
        else:
            pieces += [(text, arabic), (" ", True)]
    return [*pieces, ("على النحو التالي", True)]


def spaceless(text: str) -> str:
    return "".join(text.split())


@given(typed())
def test_what_is_typed_is_read(line: list[tuple[str, bool]]) -> None:
    (found,) = lines_of(as_word_draws(line))
    assert spaceless(found.text) == spaceless("".join(text for text, _ in line))
