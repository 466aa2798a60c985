"""Laws of the layout: whatever is drawn on a page, each of its characters stands in exactly one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from drawing import draw
from hypothesis import given
from hypothesis import strategies as st

from unresolve.layout.line import Line
from unresolve.layout.zones import Layout, lay_out
from unresolve.readers.pages import Page

WORDS = st.sampled_from(
    """water|A/RES/48/134|Page 2|2/3|Français|{i Noting}|{^1}|CO{_2}|{+0.3}all|1.|(a)|1/|{20 A}|{8 small}|________|/...
*2419876*|24-23556 (E)|中文""".replace("\n", "|").split("|")
)
TEXT = st.lists(WORDS, min_size=1, max_size=4).flatmap(
    lambda words: st.sampled_from((" ", "    ", "               ")).map(lambda gap: gap.join(words))
)
ROW = st.one_of(
    st.builds("{}  |{}{}".format, st.sampled_from("bisl "), st.sampled_from(("", "   ", "            ")), TEXT),
    st.sampled_from(("   |", "   |────────────", "   |────────────────────────────────────────────────────────────")),
    st.sampled_from(("vvv", "===")),
)
PAGES = st.lists(ROW, min_size=1, max_size=12).map("\n".join)
ARABIC = st.lists(
    st.sampled_from(
        ("   |الحق في الماء", "   |1 - تقرر ما يلي", "   |القرار A/RES/72/1 (أ)", "s  |العامة{^(1)} في", "===")
    )
).map(lambda rows: "\n".join(("   |الجمعية العامة", *rows)))


def _lines(layout: Layout) -> Iterator[Line]:
    for sheet in layout.sheets:
        for zone in (sheet.head, sheet.body, sheet.notes, sheet.foot):
            yield from zone


def _letters(texts: Iterator[str]) -> Counter[str]:
    """The letters and figures; a rule that is typed above the notes is none."""
    return Counter(character for text in texts for character in text if character.isalnum())


def _printed(pages: tuple[Page, ...]) -> Counter[str]:
    return _letters(run.text for page in pages for run in page.runs)


@given(PAGES)
def test_no_letter_is_lost_and_none_comes_twice(drawing: str) -> None:
    pages = draw(drawing).pages
    assert _letters(line.text for line in _lines(lay_out(pages))) == _printed(pages)


@given(ARABIC)
def test_nor_where_the_page_is_read_from_the_right(drawing: str) -> None:
    pages = draw(drawing).pages
    assert _letters(line.text for line in _lines(lay_out(pages))) == _printed(pages)


@given(PAGES)
def test_spans_cover_the_line_from_end_to_end(drawing: str) -> None:
    for line in _lines(lay_out(draw(drawing).pages)):
        assert [span.start for span in line.spans] == [0, *(span.end for span in line.spans[:-1])]
        assert line.spans[-1].end == len(line.text)
        assert line.text == line.text.strip()


@given(PAGES)
def test_columns_are_the_line_without_the_room_between(drawing: str) -> None:
    for line in _lines(lay_out(draw(drawing).pages)):
        assert "".join(part.text for part in line.columns()).replace(" ", "") == line.text.replace(" ", "")
