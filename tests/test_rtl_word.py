"""Right-to-left pages as Word makes them: what it draws for typed text, and three pages of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from uax9 import on_page

from unresolve.layout.bidi import brackets_by_place
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
        if draw(st.booleans()) and not arabic:
            pieces.append((draw(NUMBERS) + " ", True))  # "the 10 documents"
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


def beside(folder: Path, number: int) -> list[str]:
    """The paragraphs and cells of the text beside a page, without what its converter put in: ``#``, ``- [x]``."""
    text = (folder / f"right_to_left_{number:02}.groundtruth.md").read_text("utf-8")
    text = regex.sub(r"<!--.*?-->", "", text).replace("##", "\n\n")
    parts = (regex.sub(r"^- (?:\[.\] )?(?=\p{L})", "", part.strip()) for part in text.split("\n\n"))
    return [spaceless(part) for part in parts if part]


def parts_of(page: Page) -> list[Line]:
    """The lines of a page, those that stand side by side apart."""
    return [part for line in lines_of(page) for part in line.columns()]


def taken(paragraphs: list[str], lines: list[Line], fold: dict[str, str]) -> Iterator[str]:
    """What is left of the lines when each paragraph has been made of some of them, one under or beside another."""
    left = list(lines)
    for paragraph in paragraphs:
        rest = paragraph
        while rest:
            line = next((line for line in left if rest.startswith(folded(line.text, fold))), None)
            assert line is not None, f"{rest} of {paragraph}"
            left.remove(line)
            rest = rest.removeprefix(folded(line.text, fold))
    yield from (line.text for line in left)


def folded(text: str, fold: dict[str, str]) -> str:
    text = spaceless(text)
    for pattern, to in fold.items():
        text = regex.sub(pattern, to, text)
    return text


PAGES = (1, 2, 3)
STRUCK = {"و+": "و"}
"""On page 2 strokes that lengthen words say they are a letter, and PDFium leaves out some that lie over another."""

PICTURED = {"(-2024)2026": "(2024-2026)"}
JUMBLED = {
    "-2-5استانداردکالا": "2-5-استانداردکالا",
    "-3پذيرشدربورس": "3-پذيرشدربورس",
    "حداقل%50ازتوليدساليانهيا47.500تن": "حداقل50%ازتوليدساليانهيا47.500تن",
}
"""What the text beside page 3 has in an order in which no program would set it as the page shows it: see below."""


def word_page(data: Path, number: int) -> Page:
    (page,) = read((data / "rtl-word" / f"right_to_left_{number:02}.pdf").read_bytes()).pages
    return page


def seen(page: Page, line: Line) -> str:
    """The ink of a line from left to right."""
    inside = [
        run
        for run in page.runs
        if abs(run.baseline - line.baseline) < 2.0 and line.x0 - 0.1 <= run.x0 and run.x1 <= line.x1 + 0.1
    ]
    return brackets_by_place(spaceless("".join(run.text for run in sorted(inside, key=lambda run: run.x0))))


@pytest.mark.parametrize("number", PAGES)
def test_every_line_of_a_page_would_be_set_as_it_stands(data: Path, number: int) -> None:
    """What is read is set again by another's Unicode algorithm and must look like the page."""
    page = word_page(data, number)
    for line in lines_of(page):
        assert spaceless(on_page(line.text)) == seen(page, line), line.text


def test_what_the_text_beside_page_3_has_otherwise_would_not(data: Path) -> None:
    page = word_page(data, 3)
    shown = {spaceless(line.text): seen(page, line) for line in lines_of(page)}
    for theirs, ours in JUMBLED.items():
        assert spaceless(on_page(theirs)) != shown[ours] == spaceless(on_page(ours))


@pytest.mark.parametrize(
    ("number", "fold", "right", "left"),
    [(1, {}, {}, 0), (2, STRUCK, PICTURED, 6), (3, {}, JUMBLED, 1)],
)
def test_a_page_is_the_text_beside_it_but_for_spaces(
    data: Path, number: int, fold: dict[str, str], right: dict[str, str], left: int
) -> None:
    """Left over are the captions of a picture on page 2, which its text lacks, and "Page 7"."""
    paragraphs = beside(data / "rtl-word", number)
    text = "\n".join(paragraphs)
    for theirs, ours in right.items():
        assert text.count(theirs) == 1
        text = text.replace(theirs, ours)
    paragraphs = [folded(paragraph, fold) for paragraph in text.split("\n")]
    assert len(list(taken(paragraphs, parts_of(word_page(data, number)), fold))) == left
