"""The language packs: numbers, dates, markers, openers and detection, in all six languages."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unresolve.errors import InvalidLanguage
from unresolve.languages import CODES, Enumerator, available, detect, load

NBSP = "\u00a0"


def test_the_six_official_languages() -> None:
    assert [load(code).code for code in CODES] == list(CODES)
    assert [code for code in CODES if load(code).rtl] == ["ar"]


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(InvalidLanguage, match="'xx'"):
        load("xx")


def test_importing_compiles_and_reads_nothing() -> None:
    code = (
        "import sys, unresolve.languages as languages\n"
        "assert not {'langdetect', 'spacy', 'pdfplumber', 'cobalt'} & set(sys.modules)\n"
        "assert languages.load.cache_info().currsize == 0\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_masthead_words_alone_do_not_need_langdetect() -> None:
    code = (
        "import sys; from unresolve.languages import detect\n"
        "assert detect('Naciones Unidas Asamblea General Distr. general Tema 71 del programa') == 'es'\n"
        "assert 'langdetect' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


SESSIONS = {
    "en": ("Seventy-second session", "Eleventh emergency special session", "Thirty-second special session"),
    "fr": (
        "Soixante-douzième session",
        "Onzième session extraordinaire d’urgence",
        "Trente-deuxième session extraordinaire",
    ),
    "es": (
        "Septuagésimo segundo período de sesiones",
        "Undécimo período extraordinario de sesiones de emergencia",
        "Trigésimo segundo período extraordinario de sesiones",
    ),
    "ru": (
        "Семьдесят вторая сессия",
        "Одиннадцатая чрезвычайная специальная сессия",
        "Тридцать вторая специальная сессия",
    ),
    "ar": (
        "الدورة الثانية والسبعون",
        "الدورة الاستثنائية الطارئة الحادية عشرة",
        "الدورة الاستثنائية الثانية والثلاثون",
    ),
    "zh": ("第七十二届会议", "第十一届紧急特别会议", "第三十二届特别会议"),
}


@pytest.mark.parametrize("code", CODES)
def test_sessions(code: str) -> None:
    assert [load(code).read("session", line) for line in SESSIONS[code]] == ["72", "ES-11", "S-32"]


@pytest.mark.parametrize("code", CODES)
def test_layout_makes_no_difference(code: str) -> None:
    """No-break spaces, spaces at the ends, capitals and a footnote's star."""
    for line in SESSIONS[code]:
        value = load(code).read("session", line)
        for printed in (line.replace(" ", NBSP), f"  {line} ", line.upper(), f"{line}*"):
            assert load(code).read("session", printed) == value, printed


@pytest.mark.parametrize(
    ("code", "rule", "line", "value"),
    [
        ("fr", "heading", "RESOLUTION ADOPTEE PAR L'ASSEMBLEE GENERALE", ""),
        ("fr", "distribution", "GENERALE", "general"),
        ("fr", "session", "QUARANTE-HUITIEME SESSION", "48"),
        ("ar", "publisher", "الأمــم المتحـدة", "un"),
        ("ar", "distribution", "Distr.: General", "general"),
        ("ar", "date", "22 December 2023", "2023-12-22"),
        ("ru", "date", "22 December 2023", "2023-12-22"),
        ("zh", "organ", "大 会", "ga"),
        ("zh", "session", "第 七 十 二 届 会 议", "72"),
        ("zh", "original", "Original: English", "en"),
        ("ru", "agenda", "Пункт 71 с) повестки дня", "71 (c)"),
        ("ar", "agenda", "البند 100 (أ أ) من جدول الأعمال", "100 (aa)"),
        ("zh", "annex", "附件二", "II"),
        ("ar", "annex", "المرفق الثالث", "III"),
    ],
)
def test_as_typists_print_it(code: str, rule: str, line: str, value: str) -> None:
    assert load(code).read(rule, line) == value


def test_a_rule_nobody_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        load("en").read("colour", "red")


@pytest.mark.parametrize("code", CODES)
@given(number=st.integers(1, 199))
def test_every_number_has_words_and_no_two_share_them(code: str, number: int) -> None:
    words = load(code).numerals.words(number)
    assert words
    assert {load(code).number(word) for word in words} == {number}


@pytest.mark.parametrize("code", CODES)
@given(text=st.text(max_size=40))
def test_any_text_can_be_asked(code: str, text: str) -> None:
    pack = load(code)
    pack.enumerator(text)
    pack.number(text)
    pack.dates(text)
    for part in ("preamble", "body"):
        opener = pack.opener(text, part)
        assert opener is None or text.lstrip().startswith(opener)
    for rule in pack.rules:
        pack.read(rule, text)


DATES = {
    "ar": "9 تشرين الأول/أكتوبر 2017",
    "zh": "2017年10月9日",
    "en": "9 October 2017",
    "fr": "9 octobre 2017",
    "ru": "9 октября 2017 года",
    "es": "9 de octubre de 2017",
}


@pytest.mark.parametrize("code", CODES)
@given(
    before=st.sampled_from(["", "abc, ", "72/1 – ", "الأُمم ", "决定于"]), after=st.sampled_from(["", ",", " abc", "。"])
)
def test_the_span_of_a_date_is_the_date(code: str, before: str, after: str) -> None:
    for date in (DATES[code], DATES[code].replace(" ", NBSP)):
        text = before + date + after
        assert load(code).dates(text) == [(len(before), len(before) + len(date), "2017-10-09")]


@pytest.mark.parametrize(
    ("code", "marker", "kinds", "ordinals", "form"),
    [
        ("en", "(i)", ("roman", "letter"), (1, 9), "()"),
        ("en", "(cc)", ("letter", "roman"), (29, 200), "()"),
        ("en", "II.", ("upper-roman", "upper-letter"), (2, 35), "."),
        ("en", "C.", ("upper-letter",), (3,), "."),
        ("fr", "a)", ("letter",), (1,), ")"),
        ("ru", "с)", ("letter", "letter"), (3, 17), ")"),
        ("ar", "1 -", ("decimal",), (1,), "-"),
        ("ar", "(هـ)", ("letter",), (5,), "()"),
        ("ar", "’3‘", ("roman",), (3,), "''"),
        ("ar", "جيم -", ("upper-letter",), (3,), "-"),
        ("zh", "三、", ("upper-roman",), (3,), "、"),
        ("zh", "㈢", ("roman",), (3,), "()"),
    ],
)
def test_markers(code: str, marker: str, kinds: tuple[str, ...], ordinals: tuple[int, ...], form: str) -> None:
    found = load(code).enumerator(marker)
    assert isinstance(found, Enumerator)
    assert (found.kinds, found.ordinals, found.form) == (kinds, ordinals, form)


@pytest.mark.parametrize("code", CODES)
def test_markers_in_order(code: str) -> None:
    """The first points of a list count 1, 2, 3 … as the first reading, in the style of the language."""
    points = {"ar": "أبجدهوزحطي", "ru": "abcdefgh"}.get(code, "abcdefgh")
    style = load(code).point_style
    found = [load(code).enumerator(style.replace(style.strip("()"), letter)) for letter in points]
    assert [marker.ordinals[0] for marker in found if marker] == list(range(1, len(points) + 1))


def test_relations_are_language_neutral() -> None:
    openers = {
        "ar": "وإذ تشير أيضا",
        "zh": "又回顾",
        "en": "Recalling also",
        "fr": "Rappelant également",
        "ru": "ссылаясь также",
    }
    for code, opener in {**openers, "es": "Recordando también"}.items():
        assert load(code).opener(opener + "", "preamble") == opener
        assert load(code).relation(opener) == "recalling"


@pytest.mark.parametrize("code", CODES)
def test_detection(code: str) -> None:
    assert detect(" ".join(SESSIONS[code])) == code


@pytest.mark.parametrize("text", ["", "A/RES/72/1", "12 345", "…"])
def test_what_has_no_words_has_no_language(text: str) -> None:
    assert detect(text) is None


def test_detection_is_repeatable() -> None:
    text = "Documentos conexos: Protecting Minority Rights, A Practical Guide"
    assert len({detect(text) for _ in range(5)}) == 1


def test_a_language_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With German's file beside the six, German is loaded and told from English, French and Spanish."""
    grammars = Path(str(files("unresolve.grammars")))
    page = (grammars.parent / "docs" / "languages.md").read_text(encoding="utf-8")
    block = page.partition("decode('''\n")[2].partition("... ''')")[0]
    german = "\n".join(line.removeprefix("...").removeprefix(" ") for line in block.splitlines())
    for code in CODES:
        shutil.copy(grammars / f"{code}.toml", tmp_path)
    (tmp_path / "de.toml").write_text(german.replace("\\\\", "\\"), encoding="utf-8")

    detection = import_module("unresolve.languages.detect")
    forget = (available.cache_clear, load.cache_clear, detection._words.cache_clear, detection._factory.cache_clear)
    with monkeypatch.context() as patch:
        patch.setattr("unresolve.languages.pack.files", lambda _: tmp_path)
        for cached in forget:
            cached()
        assert available() == (*CODES, "de")
        assert load("de").read("session", "Einundsiebzigste Tagung") == "71"
        assert detect("Die Vereinten Nationen und ihre Mitglieder, mit Dank für das Haus der Künste") == "de"
        assert detect(" ".join(SESSIONS["en"])) == "en"
    for cached in forget:
        cached()
    assert available() == CODES
