"""Runs to lines and lines to zones, on pages drawn as text."""

from __future__ import annotations

import pytest
from drawing import Case, draw, params, rows_of

from unresolve.layout.lines import lines_of
from unresolve.layout.zones import lay_out
from unresolve.readers.pages import Font, Page, Run


@pytest.mark.parametrize("case", params("layout/lines", "layout/zones"))
def test_lines_in_zones(case: Case) -> None:
    assert list(rows_of(lay_out(draw(case.drawing).pages))) == case.expected


def test_columns_are_cut_at_wide_gaps_only() -> None:
    (line,) = lines_of(draw("   |United Nations      A/RES/80/99 {+0.5}of 2025").pages[0])
    assert [part.text for part in line.columns()] == ["United Nations", "A/RES/80/99 of 2025"]


def test_the_body_is_the_largest_type_of_a_fair_share_of_the_text() -> None:
    notes = "\n".join(["s  |a note that is longer than all the text of the page"] * 3)
    assert lay_out(draw(f"l  |Head\n   |The text of the body, in a line of its own.\n{notes}").pages).body_size == 10.0


def test_a_run_without_text_costs_no_line() -> None:
    """Damaged content leaves the place of a word and no letter in it."""
    font = Font("Plain")
    runs = (Run("before", 100, 93, 130, 100, 100, 10, font), Run("", 133, 93, 134, 100, 100, 10, font))
    (line,) = lines_of(Page(1, 612, 792, (*runs, Run("after", 136.5, 93, 160, 100, 100, 10, font))))
    assert line.text.split() == ["before", "after"]


@pytest.mark.parametrize(
    ("before", "after", "gap", "printed"),
    [
        ("on 3", "1 March", 2.6, "on 31 March"),  # a justified line: the 1 stands in a box as wide as an 8's
        ("900", "352", 4.0, "900 352"),
        ("the", "same", 2.6, "the same"),
    ],
)
def test_figures_stand_wider_than_letters(before: str, after: str, gap: float, printed: str) -> None:
    font = Font("Plain")
    at = 130 + gap
    runs = (Run(before, 100, 93, 130, 100, 100, 10, font), Run(after, at, 93, at + 30, 100, 100, 10, font))
    (line,) = lines_of(Page(1, 612, 792, runs))
    assert line.text == printed
