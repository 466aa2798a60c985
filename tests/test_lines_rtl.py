"""Right-to-left pages: from glyphs to lines in the order of reading."""

from __future__ import annotations

import pytest

from unresolve.layout.join import join
from unresolve.layout.lines import lines_of
from unresolve.layout.mirror import mirrored
from unresolve.readers.pages import Font, Page, Run
from unresolve.readers.visual import Glyph, Row, rows_of, with_marks, words_of

PLAIN, BOLD = Font("Plain"), Font("Plain-Bold", bold=True)


def run(text: str, x0: float, x1: float, *, y: float = 100.0, size: float = 10.0, font: Font = PLAIN) -> Run:
    """A run of glyphs given as it stands, from left to right."""
    return Run(text, x0, y - 0.7 * size, x1, y, y, size, font)


def glyph(text: str, x: float, width: float = 5.0, *, y: float = 700.0, high: float = 7.0) -> Glyph:
    return Glyph(text, x, y, x + width, y + high, x, y)


def glyphs_of(*glyphs: Glyph) -> Row:
    """The row of the glyphs of one object."""
    return rows_of(Row.of(glyphs), [1] * len(glyphs))[1]


def page(*runs: Run) -> Page:
    return Page(1, 612.0, 792.0, runs)


def test_words_and_symbols_come_in_the_order_of_reading() -> None:
    (line,) = lines_of(
        page(
            run("A/RES/76/148", 300, 360),
            run(" ", 360, 363),
            run("رارقلا", 363, 390),
            run(" ", 390, 393),
            run("رظنا", 393, 420),
        )
    )
    assert line.text == "انظر القرار A/RES/76/148"
    assert line.rtl
    symbol = line.part(line.text.index("A/"))
    assert (symbol.x0, symbol.x1) == (300, 360)


def drawn(*texts: str) -> str:
    """The line of some texts, given from left to right each with the place in which it is drawn: ``3:148``."""
    runs: list[tuple[int, Run]] = []
    x = 100.0
    for text in texts:
        turn, _, word = text.partition(":")
        wide = 5.0 * len(word)
        runs.append((int(turn), run(word, x, x + wide)))
        x += wide + 0.2
    (line,) = lines_of(page(*(run for _, run in sorted(runs, key=lambda item: item[0]))))
    return line.text


def test_figures_drawn_from_the_right_are_read_from_the_right() -> None:
    """Word draws 76, the sign and 148 as they were typed, and lays them out from the right."""
    assert drawn("6:خرؤملا ", "4:148", "3:/", "2:76", "1: رارقلا") == "القرار 76/148 المؤرخ"
    assert drawn("6:خرؤملا ", "2:76/148", "1: رارقلا") == "القرار 76/148 المؤرخ"
    assert drawn("9:ةينعملا ", "7:459", "6:/", "5:76", "4:/", "3:A", "1: ةقيثولا") == "الوثيقة A/76/459 المعنية"


def test_figures_of_the_arabic_script_become_those_of_the_official_files() -> None:
    assert drawn("6:خرؤملا ", "4:١٤٨", "3:/", "2:٧٦", "1: رارقلا") == "القرار 76/148 المؤرخ"
    assert drawn("3:ةنسل ", "2:٢٠٣٠", "1: ةطخ") == "خطة 2030 لسنة"


def test_figures_drawn_from_the_left_tell_nothing_of_signs() -> None:
    assert drawn("6:خرؤملا ", "2:76", "3:/", "4:148", "1: رارقلا") == "القرار 76/148 المؤرخ"
    assert drawn("1:خرؤملا ", "2:76", "3:/", "4:148", "5: رارقلا") == "القرار 76/148 المؤرخ"


def test_a_date_alone_begins_with_its_year() -> None:
    (one, other) = lines_of(
        page(
            run("19", 178, 187),
            run("/", 174, 176),
            run("09", 164, 172),
            run("/", 160, 162),
            run("1403", 140, 160),
            run("كرادملا ميدقت خيرات", 400, 490, y=120),
        )
    )
    assert (one.text, other.text) == ("1403/09/19", "تاريخ تقديم المدارك")


def test_the_order_of_drawing_tells_one_amount_from_two_numbers() -> None:
    assert drawn("4:رالود ", "2:900 ", "3:352", "1: غلبم") == "مبلغ 900 352 دولار"
    assert drawn("4:رالود ", "3:352 ", "2:900", "1: غلبم") == "مبلغ 900 352 دولار"
    assert drawn("1:رالود ", "2:352 ", "3:900", "4: غلبم") == "مبلغ 900 352 دولار"


def test_figures_close_to_each_other_are_two_numbers_if_drawn_from_the_right() -> None:
    line = (run("غلبم", 150, 180), run("121", 132.4, 148), run("3", 125, 130), run("رالود", 100, 120))
    assert [found.text for found in lines_of(page(*line))] == ["مبلغ 121 3 دولار"]
    assert [found.text for found in lines_of(page(*reversed(line)))] == ["مبلغ 3121 دولار"]


def test_the_space_behind_a_latin_word_is_read_there() -> None:
    """Word sets it from the left like the word: on the page it stands before it."""
    (line,) = lines_of(page(run("نم", 100, 110), run("Python ", 110.1, 140), run("و", 143, 148), run(" ةغل", 150, 170)))
    assert line.text == "لغة و Python من"


def test_columns_follow_one_another_from_the_right() -> None:
    (line,) = lines_of(page(run("A/RES/76/148", 60, 125), run("ةدحتملا ممألا", 410, 490)))
    assert [part.text for part in line.columns()] == ["الأمم المتحدة", "A/RES/76/148"]


def test_a_line_begins_at_its_right_edge() -> None:
    first, second = lines_of(page(run("صنلا", 100, 465, y=100), run("صنلا ةيقب", 200, 490, y=115)))
    assert first.start > second.start  # indented
    assert first.end > second.end  # the second ends short
    assert mirrored(mirrored(first)) == first


def test_the_marker_of_a_note_is_one_superscript_before_its_text() -> None:
    (line,) = lines_of(
        page(
            run("ST/SGB/2018/3", 430, 482, size=8),
            run("(", 486, 488, y=95, size=5),
            run("12", 488, 493, y=95, size=4.8),
            run(")", 493, 495, y=95, size=5),
            run("ةينعم صوصن", 100, 200, size=8),
        )
    )
    assert line.text.startswith("(12) ST/SGB/2018/3")
    assert line.spans[0].raised == 1
    assert line.text[: line.spans[0].end].strip() == "(12)"


def test_the_first_bracket_of_a_marker_goes_with_it_however_far_the_text_is() -> None:
    marker = (run(text, x, x + 2, y=95, size=5) for text, x in ((")", 486), ("4", 488.5), ("(", 491.5)))
    (line,) = lines_of(page(*marker, run("A/76/522", 430, 463, size=8), run("ةينعم صوصن", 100, 200, size=8)))
    assert line.text.startswith("(4) A/76/522")


def test_a_call_that_goes_on_in_the_next_line_is_one() -> None:
    lines = lines_of(
        page(
            run(")", 120, 122, y=97, size=6),
            run("ةيماتخلا ةقيثولا", 123, 480, y=100),
            run("19", 478, 484, y=117, size=6),
            run("(", 475, 477, y=117, size=6),
            run("،", 472, 474, y=120),
            run("ةيناثلا", 420, 470, y=120),
        )
    )
    text = join(lines)
    assert text.content == "الوثيقة الختامية(19)، الثانية"
    assert [text.content[m.start : m.end].strip() for m in text.marks if m.kind == "superscript"] == ["(19)"]


def test_presentation_forms_are_folded_and_nothing_else() -> None:
    (line,) = lines_of(page(run("²\ufefb", 100, 120), run("ﺔﻣﺎﻋ", 130, 160)))
    assert line.text == "عامة لا²"


@pytest.mark.parametrize(("left", "right", "text"), [("كاه", "21", "21 هاك"), ("178", "/", "178/")])
def test_a_lost_space_is_seen_between_words_and_not_inside_figures(left: str, right: str, text: str) -> None:
    (line,) = lines_of(page(run(left, 100, 112), run(right, 114.2, 124), run("مالسلا ىلع", 200, 300)))
    assert text in line.text


def test_lam_alef_is_read_in_order_whatever_the_engine_made_of_it() -> None:
    for pair in ("ال", "لا"):
        glyphs = glyphs_of(*(glyph(letter, 20) for letter in pair), glyph("م", 15))
        assert [word.text for word in words_of(glyphs, 10.0)] == ["مال"]


def test_marks_go_with_the_letter_they_stand_over() -> None:
    letters = [glyph("ر", 10), glyph("ق", 16), glyph("أ", 22)]
    mark = glyph("\u0651", 11, 2, y=701.3)
    (row, rest) = with_marks([Row.of(letters), Row.of([mark])])
    assert [word.text for word in words_of(row, 10.0)] == ["\u0651رقأ"]
    assert not rest.text


def test_a_mark_belongs_to_the_letter_before_it_where_two_stand_over_each_other() -> None:
    upper, lower = glyph("ت", 244.7, 5.8, y=703), glyph("ح", 244.0, 7.4)
    glyphs = Row.of([upper._replace(y=700), Glyph("\u064f", 247.1, 711, 250.2, 715, 245.6, 700), lower])
    (row,) = with_marks([rows_of(glyphs, [1, 1, 1])[1]])
    assert [word.text for word in words_of(row, 10.0)] == ["ح\u064fت"]


def test_a_mark_drawn_from_below_the_line_goes_with_the_letter_it_nearly_touches() -> None:
    letters = Row.of([glyph("ل", 20), glyph("ء", 25, 4, high=4)])
    above = Row.of([glyph("م", 20, y=718, high=5)])
    mark = Row.of([Glyph("\u064b", 25, 705, 28, 708, 24, 694)])
    assert "".join(with_marks([letters, above, mark])[0].text) == "ل\u064bء"


def test_a_stroke_that_says_2_is_a_kashida() -> None:
    glyphs = [glyph("ر", 10), Glyph("2", 15, 700, 19, 701.3, 15, 700), glyph("ش", 19)]
    assert [word.text for word in words_of(Row.of(glyphs), 10.0)] == ["ر\u0640ش"]


def test_the_space_at_the_end_of_a_line_may_hang_over_its_last_letter() -> None:
    glyphs = glyphs_of(glyph("ب", 15), glyph("ر", 10), glyph(" ", 10, 2.5))
    assert [word.text for word in words_of(glyphs, 10.0)] == ["رب"]


def test_a_space_goes_with_the_word_it_stands_beside() -> None:
    glyphs = [glyph(text, 5.0 * at) for at, text in enumerate(" رب  رظن ")]
    words = list(words_of(Row.of(glyphs), 10.0))
    assert [word.text for word in words] == [" رب  ", "رظن "]
    assert [(word.x0, word.x1) for word in words] == [(5, 15), (25, 40)]


def test_a_page_read_from_the_left_has_no_line_read_from_the_right() -> None:
    lines = lines_of(page(run("The newspaper and its readers", 60, 200), run("رابخألا", 203, 230)))
    assert not any(line.rtl for line in lines)
