"""Inverse bidi: examples, an independent implementation of the Unicode algorithm, official Arabic lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from uax9 import on_page

from unresolve.layout.bidi import brackets_by_place, from_visual
from unresolve.model.script import has_rtl

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
ALLOWED = 0.001
"""Share of official lines that two texts share on the page: "19.IV.4" and "IV.4.19" look the same in Arabic."""

# As seen from the left, and as read.
EXAMPLES = {
    "ةماعلا ةيعمجلا": "الجمعية العامة",
    "A/C.3/72/L.1/Rev.1 ةقيثولا": "الوثيقة A/C.3/72/L.1/Rev.1",
    "2020 ربمسيد 31 خرؤملا 75/254 رارقلا": "القرار 75/254 المؤرخ 31 ديسمبر 2020",
    "14-3 تارقفلا": "الفقرات 3-14",
    ")أ( 71 دنبلا": "البند 71 )أ(",
    "(أ) 71 دنبلا": "البند 71 (أ)",
    "(15-د) 1514": "1514 (د-15)",
    "(XV) 1514 رارقلا": "القرار 1514 (XV)",
    "(A/79/5 (Vol. I)) رظنا": "انظر (A/79/5 (Vol. I))",
    "[(10 ةرقفلا ،A/76/459) ةثلاثلا]": "[الثالثة (A/76/459، الفقرة 10)]",
    ".United Nations, Treaty Series, vol. 660, No. 9464": "United Nations, Treaty Series, vol. 660, No. 9464.",
    "صن - 1": "1 - نص",
    "%50 ةبسن": "نسبة 50%",
    "ةنحشلا نم 5%": "5% من الشحنة",
    "6 January 2022": "6 January 2022",
    "ضَعب": "بعَض",
}


@pytest.mark.parametrize("seen", EXAMPLES)
def test_a_line_is_read_as_people_read_it(seen: str) -> None:
    assert from_visual(seen) == EXAMPLES[seen]


@pytest.mark.parametrize(
    ("seen", "signs", "back", "text"),
    [
        ("خرؤملا 148/76 رارقلا", "/", True, "القرار 76/148 المؤرخ"),
        ("ةقيثولا 459/76/A رظنا", "/", True, "انظر A/76/459 الوثيقة"),
        ("تارقفلا 14-3", "-", True, "3-14 الفقرات"),
        ("رالود 900\u2009352 هردق", "\u2009", False, "قدره 900\u2009352 دولار"),
    ],
)
def test_a_sign_is_read_the_way_it_is_known_to_be(seen: str, signs: str, back: bool, text: str) -> None:
    known = {at: back for at, sign in enumerate(seen) if sign in signs}
    assert from_visual(seen, known=known) == text


def test_a_left_to_right_line_keeps_its_order_around_a_name_in_arabic() -> None:
    assert from_visual("The paper (رابخألا), No. 3", rtl=False) == "The paper (الأخبار), No. 3"


@pytest.mark.parametrize("decoded", ["ةركفلا )10 ةرقفلا( خإ", "ةركفلا (10 ةرقفلا) خإ", "ةركفلا )10 ةرقفلا) خإ"])
def test_brackets_look_as_their_place_demands(decoded: str) -> None:
    assert brackets_by_place(decoded) == "ةركفلا (10 ةرقفلا) خإ"


def test_a_bracket_between_text_on_both_sides_closes_the_one_before_it() -> None:
    assert brackets_by_place("A/RES/1514)XV(") == "A/RES/1514(XV)"


@pytest.mark.parametrize("decoded", ["ةريخألا )(", "ةريخألا ()", "نم ()ةريخألا"])
def test_brackets_with_nothing_in_them_are_a_pair(decoded: str) -> None:
    assert "()" in brackets_by_place(decoded)


def paragraphs(folder: Path) -> Iterator[str]:
    """The Arabic lines of the official files, each once, without the notes inside them."""
    found: dict[str, None] = {}
    for path in sorted(folder.rglob("*.ar.xml")):
        for element in etree.parse(path).iter(AKN + "p", AKN + "heading", AKN + "num", AKN + "docTitle"):
            text = "".join(c for c in " ".join(_own(element).split()) if unicodedata.category(c) != "Cf")
            if has_rtl(text):
                found.setdefault(text)
    yield from found


def _own(element: etree._Element) -> str:
    inner = ("" if child.tag == AKN + "authorialNote" else _own(child) for child in element)
    return (element.text or "") + "".join(text + (child.tail or "") for text, child in zip(inner, element, strict=True))


def test_official_lines_come_back_from_the_page(data: Path) -> None:
    lines = [line for folder in ("official", "official-other") for line in paragraphs(data / folder)]
    wrong = [line for line in lines if from_visual(on_page(line)) != line]
    assert len(lines) > 2000
    assert len(wrong) <= ALLOWED * len(lines), "\n".join(wrong[:10])


SENTENCES = (
    "الوثيقة {} المؤرخة",
    "انظر {}، الفقرة 10",
    "انظر {}.",
    "[بناء على تقرير اللجنة ({}، الفقرة 10)]",
    "الوثيقتان ({} و {})",
    "{} - تشير",
)


def test_every_symbol_comes_back_from_an_arabic_line(data: Path) -> None:
    """All symbols that the United Nations linked, with a bracket too few or too many left out."""
    rows = (data / "facts" / "symbols.tsv").read_text("utf-8").splitlines()[1:]
    symbols = [row.split("\t")[0] for row in rows]
    whole = [symbol for symbol in symbols if symbol.count("(") == symbol.count(")") and "()" not in symbol]
    assert len(whole) > 8000
    lines = [SENTENCES[at % len(SENTENCES)].format(symbol, symbol) for at, symbol in enumerate(whole)]
    wrong = [line for line in lines if from_visual(on_page(line)) != line]
    assert not wrong, "\n".join(wrong[:10])


def test_every_printed_number_comes_back_from_an_arabic_line(data: Path) -> None:
    """What Arabic documents print for a document: ``76/148``, ``1514 (د-15)``, ``دإ-30/1``, ``S/RES/2231(2015)``."""
    rows = (data / "facts" / "links.tsv").read_text("utf-8").splitlines()[1:]
    printed = sorted({row.split("\t")[2] for row in rows if row.startswith("ar\t")})
    assert len(printed) > 7000
    lines = [f"تشير إلى {text}، وكذلك إلى {text}" for text in printed if text.count("(") == text.count(")")]
    wrong = [line for line in lines if from_visual(on_page(line)) != line]
    assert len(wrong) <= ALLOWED * len(lines), "\n".join(wrong[:10])


def test_a_symbol_that_begins_in_the_line_above_is_whole() -> None:
    assert from_visual("7 ةرقفلا (Sect. 3)/Add.5 و") == "و (Sect. 3)/Add.5 الفقرة 7"


WORDS = st.sampled_from(["قرار", "الجمعية", "الوثيقة", "ألف", "الفقرة", "كانون", "بعَض"])
LATIN = st.sampled_from(["A/C.3/72/L.1/Rev.1", "A/RES/1514(XV)", "UNESCO", "www.un.org/dppa", "Add.1", "E/2005/27"])
NUMBERS = st.sampled_from(["76/148", "3.5", "2021", "7", "1 000", "3-14", "50%"])
SIGNS = st.sampled_from(["،", "؛", ".", ":", " -"])


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Arabic words, each followed by nothing, a sign, a number or a Latin word, in brackets or not.

    Two texts look the same where a number stands right before a Latin word, so that is left out.
    """
    parts: list[str] = []
    for _ in range(draw(st.integers(1, 6))):
        word = draw(WORDS)
        match draw(st.integers(0, 5)):
            case 0:
                word += draw(SIGNS)
            case 1:
                word += f" {draw(NUMBERS)}"
            case 2:
                word += f" {draw(LATIN)}"
            case 3:
                word += f" ({draw(NUMBERS)})"
            case 4:
                word += f" ({draw(LATIN)}، {draw(WORDS)} {draw(NUMBERS)})"
            case _:
                word = f"({word})"
        parts.append(word)
    return " ".join(parts)


@given(lines())
def test_what_is_set_is_read_back(line: str) -> None:
    assert from_visual(on_page(line)) == line
