"""Citations in running text: what is found, what is not, and laws that hold for any text."""

from __future__ import annotations

import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from unresolve.citations import annotate, find_citations, parse_citation
from unresolve.citations.grammar import LANGUAGES
from unresolve.errors import InvalidCitation
from unresolve.model import Citation

CASES = (Path(__file__).parent / "fixtures" / "citations" / "found.md").read_text("utf-8").split("\n## ")[1:]
PIECES = {
    "en": ("Recalling its resolutions ", " of 25 September 2015, ", " and ", "the annex to ", "Ibid., ", "decision "),
    "fr": ("Rappelant ses résolutions ", " du 25 septembre 2015, ", " et ", "l’annexe de ", "Ibid., ", "décision "),
    "es": ("Recordando sus resoluciones ", ", de 25 de septiembre de 2015, ", " y ", "el anexo de ", "decisión "),
    "ru": ("ссылаясь на свои резолюции ", " от 25 сентября 2015 года, ", " и ", "приложение к ", "решение "),
    "zh": ("回顾其第", "号、", "号决议，", "2015年9月25日第", "号决定", "附件一"),
    "ar": ("وإذ تشير إلى قراراتها ", " المؤرخ 25 أيلول/سبتمبر 2015 ", " و ", "المرفق الأول ", "المقرر "),
}
PRINTED = ("70/1", "1514 (XV)", "A/72/1", "1325 (2000)", "2200 A (XXI)", "S-19/2", "A/47/60-S/23329", "2000/3", "3/4")


def texts(lang: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(PIECES[lang] + PRINTED) | st.text(max_size=6), max_size=14).map("".join)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[:60].replace("\n", " "))
def test_found(case: str) -> None:
    head, *lines = case.strip().split("\n")
    lang, _, organ = head.partition(" ")
    text = "\n".join(line for line in lines if not line.startswith("- "))
    expected = [line[2:].replace("\\n", "\n") for line in lines if line.startswith("- ")]
    assert [_shown(c) for c in find_citations(text, lang, organ=organ or "GA")] == expected


def _shown(citation: Citation) -> str:
    shown = f"{citation.text} -> {citation.target or '-'}"
    shown += f" [{citation.pinpoint}]" if citation.pinpoint else ""
    return shown + (f" @{citation.date}" if citation.date else "")


@pytest.mark.parametrize("lang", LANGUAGES)
@given(data=st.data())
def test_spans_slice_to_their_text_in_order(lang: str, data: st.DataObject) -> None:
    text = data.draw(texts(lang))
    citations = find_citations(text, lang, block="para_1")
    assert all(text[c.start : c.end] == c.text and c.block == "para_1" for c in citations)
    assert all(a.end <= b.start for a, b in pairwise(citations))


@pytest.mark.parametrize("lang", LANGUAGES)
@given(data=st.data())
def test_text_around_changes_nothing(lang: str, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([case.split("\n", 1)[1] for case in CASES if case.startswith(f"{lang}\n")]))
    text = "\n".join(line for line in text.split("\n") if not line.startswith("- ")).strip()
    before = data.draw(st.sampled_from(["", "Q.\n\n", "。\n", "x ; \n\n", "«»;\n"]))
    after = data.draw(st.sampled_from(["", "\n\nQ", "\n。", " ;x"]))
    moved = [(c.start - len(before), c.text, c.target) for c in find_citations(before + text + after, lang)]
    assert moved == [(c.start, c.text, c.target) for c in find_citations(text, lang)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "hostile",
    [
        "1/" * 50_000,
        "A/" * 50_000,
        "A/1" * 33_000,
        "(" * 100_000,
        "resolution 70/1 " * 6_000,
        "1 (XV) " * 14_000,
        "第70/1号、" * 14_000,
        "annex I, " * 11_000,
        "A" * 100_000,
        "-1/1" * 25_000,
        "Official Records of the General Assembly, " * 2_400,
        "Ibid., vol. " * 8_000,
        " " * 100_000,
        "Plan d’action " * 7_000,
        "، " * 50_000,
        "القرار 70/1 و " * 7_000,
        "resolutions 48/16 to 48/18–" * 3_700,
        "in its resolution 46/17, the " * 3_400,
        "48/16–" * 16_000,
        "Council, in its " * 6_000,
        "第48/16号至" * 12_000,
    ],
    ids=lambda text: text[:16].strip() or "spaces",
)
def test_no_text_makes_finding_slow(lang: str, hostile: str) -> None:
    start = time.process_time()
    find_citations(hostile, lang)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("printed", ["1" * 100_000, "1 (" * 33_000, "/70/1" * 20_000, "-1/" * 33_000, "(" * 100_000])
def test_no_words_alone_make_parsing_slow(printed: str) -> None:
    start = time.process_time()
    with suppress(InvalidCitation):
        parse_citation(printed, "en")
    assert time.process_time() - start < 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cost_is_linear(lang: str) -> None:
    text = "\n".join(case.split("\n- ")[0].split("\n", 1)[1] for case in CASES if case.startswith(lang)) + "\n"

    def seconds(times: int) -> float:
        start = time.process_time()
        find_citations(text * times, lang)
        return time.process_time() - start

    seconds(4)
    once, tenfold = min(seconds(20) for _ in range(3)), min(seconds(200) for _ in range(2))
    assert tenfold < 30 * once + 0.05


@pytest.mark.parametrize(
    ("printed", "organ", "target"),
    [
        ("70/1", "GA", "A/RES/70/1"),
        ("16/18", "GA", "A/HRC/RES/16/18"),
        ("39/2", "HRC", "A/HRC/RES/39/2"),
        ("70/1", "HRC", "A/RES/70/1"),
        ("1701 (2006)", "SC", "S/RES/1701(2006)"),
        ("1980/67", "GA", "E/RES/1980/67"),
        ("Resolution 260 A (III)", "GA", "A/RES/260A(III)"),
        ("A/75/79-E/2020/55", "GA", "A/75/79"),
        ("1325 (2000", "GA", "S/RES/1325(2000)"),
        ("3369 (XXX", "GA", "A/RES/3369(XXX)"),
        ("2625 (", "GA", "A/RES/2625(XXV)"),
        ("1874 (S", "GA", "A/RES/1874(S-IV)"),
        ("1874", "GA", "A/RES/1874(S-IV)"),
        ("‑10/15", "GA", "A/RES/ES-10/15"),
        ("-28/1", "GA", "A/HRC/RES/S-28/1"),
        ("-19/2", "GA", "A/RES/S-19/2"),
        ("/79/214", "GA", "A/79/214"),
        ("/2020/429", "SC", "S/2020/429"),
        ("46/17", "GA", "A/HRC/RES/46/17"),
        ("37/10", "GA", "A/RES/37/10"),
    ],
)
def test_printed_words_alone(printed: str, organ: str, target: str) -> None:
    found = parse_citation(printed, "en", organ=organ)
    assert found.target == target
    assert printed[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("printed", "lang", "page"),
    [
        ("A/54/42", "en", "A/54/42(Supp)"),
        ("E/2005/23/Corr.1", "en", "E/2005/23/Corr.1(Supp)"),
        ("A/54/42", "ru", "A/54/42"),
        ("A/62/53", "en", "A/62/53"),  # the Human Rights Council's report
        ("A/66/10", "en", "A/66/10"),
        ("A/54/237", "en", "A/54/237"),
        ("75/254", "zh", "A/RES/75/254A-C"),
        ("75/254", "fr", "A/RES/75/254"),
        ("57/130 B", "es", "A/RES/57/130A-B"),
    ],
)
def test_page_of_printed_words(printed: str, lang: str, page: str) -> None:
    assert parse_citation(printed, lang).url == f"https://docs.un.org/{lang}/{page}"


@pytest.mark.parametrize("printed", ["the weather", "2015", "104 (", "(", "-", "‑5", "/", "/1299", "12/2024"])
def test_no_citation(printed: str) -> None:
    with pytest.raises(InvalidCitation, match=regex.escape(printed)):
        parse_citation(printed, "en")


@given(st.text(alphabet="0123456789/-‑ (XVIS)ABres", max_size=14))
def test_words_alone_are_a_citation_or_none(printed: str) -> None:
    try:
        found = parse_citation(printed, "en")
    except InvalidCitation:
        return
    assert printed[found.start : found.end] == found.text


RANGES = [
    ("en", "resolutions 46/182 of 19 December 1991, 47/57 and 48/16 to 48/18", ["48/16"]),
    ("en", "resolutions 48/16–48/18 and 50/1-50/3, and 51/1", ["48/16", "50/1"]),
    ("en", "resolutions 660 (1990) of 2 August 1990 to 678 (1990)", ["660 (1990)"]),
    ("en", "documents A/72/10 to A/72/15 and S/2020/1 to A/72/20", ["A/72/10"]),
    ("en", "resolutions 48/18 to 48/16, 48/16 to 49/1, and 48/20 and 48/21", []),
    ("fr", "ses résolutions 48/16 à 48/18 du 3 mars 1993", ["48/16"]),
    ("es", "sus resoluciones 48/16, de 20 de diciembre de 1993, a 48/18 y 50/1", ["48/16"]),
    ("ru", "свои резолюции с 48/16 по 48/18 и 50/1–50/3", ["48/16", "50/1"]),
    ("ar", "قراراتها من 48/16 إلى 48/18 و 50/1", ["48/16"]),
    ("zh", "回顾其第48/16号至第48/18号和第50/1号决议", ["48/16"]),
]


@pytest.mark.parametrize(("lang", "text", "first"), RANGES, ids=[f"{case[0]}-{case[1][-12:]}" for case in RANGES])
def test_ranges_say_where_they_end(lang: str, text: str, first: list[str]) -> None:
    citations = find_citations(text, lang)
    assert [c.text for c in citations if c.through] == first
    assert all(a.through == b.target for a, b in pairwise(citations) if a.through)


SHORT = [
    ("en", "resolutions 48/16-18 and 50/1", "48/16-18", "A/RES/48/16", "A/RES/48/18"),
    (
        "fr",
        "les résolutions 2004/16-18 du Conseil économique et social",
        "2004/16-18",
        "E/RES/2004/16",
        "E/RES/2004/18",
    ),
    ("es", "sus resoluciones 48/16‑18", "48/16‑18", "A/RES/48/16", "A/RES/48/18"),
    ("ru", "свои резолюции 48/16–18", "48/16–18", "A/RES/48/16", "A/RES/48/18"),
    ("ar", "قراراتها 48/16-18 و 50/1", "48/16-18", "A/RES/48/16", "A/RES/48/18"),
    ("zh", "第48/16-18号决议", "48/16-18", "A/RES/48/16", "A/RES/48/18"),
]


@pytest.mark.parametrize(("lang", "text", "printed", "first", "last"), SHORT, ids=[case[0] for case in SHORT])
def test_a_range_printed_short_is_one_citation(lang: str, text: str, printed: str, first: str, last: str) -> None:
    found = find_citations(text, lang)[0]
    assert (found.text, found.target, found.through) == (printed, first, last)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("resolution 48/16-2", []),
        ("resolution 60/1-2005", []),
        ("resolution 48/16-200", []),
        ("resolutions 48/16–200 pages", ["48/16"]),
        ("resolutions 48/16-18-20", []),
    ],
)
def test_other_figures_behind_a_hyphen_are_no_range(text: str, found: list[str]) -> None:
    assert [citation.text for citation in find_citations(text, "en")] == found
    assert not any(citation.through for citation in find_citations(text, "en"))


ACTORS = [
    ("en", "the Commission on Human Rights decided, in its resolution 2005/5, to extend"),
    ("en", "in its resolution 2005/5 of 14 April 2005, the Commission on Human Rights"),
    ("fr", "la Commission des droits de l’homme a décidé, dans sa résolution 2005/5, de"),
    ("es", "la Comisión de Derechos Humanos decidió, en su resolución 2005/5, prorrogar"),
    ("ru", "Комиссия по правам человека постановила в своей резолюции 2005/5 продлить"),
    ("ar", "أن لجنة حقوق الإنسان قررت، في قرارها 2005/5، تمديد الولاية"),
    ("ar", "في قرارها 2005/5 قررت لجنة حقوق الإنسان تمديد الولاية"),
    ("ar", "في قرارها 2005/5 المؤرخ 14 نيسان/أبريل 2005، طلبت لجنة حقوق الإنسان"),
    ("ar", "القرار 2005/5 الذي اتخذته لجنة حقوق الإنسان"),
    ("zh", "人权委员会决定在其第2005/5号决议中"),
]


@pytest.mark.parametrize(("lang", "text"), ACTORS, ids=[f"{lang}-{at}" for at, (lang, _) in enumerate(ACTORS)])
def test_a_resolution_is_of_the_body_that_decides_in_it(lang: str, text: str) -> None:
    """Without a verb between, 2005/5 would be the Economic and Social Council's; the Commission has no symbols."""
    (found,) = find_citations(text, lang)
    assert (found.text, found.target) == ("2005/5", None)


@pytest.mark.parametrize(
    ("lang", "own", "other"),
    [
        ("en", "Recalling its resolution 46/17", "as resolution 46/17 says"),
        ("fr", "Rappelant sa résolution 46/17", "comme la résolution 46/17 le dit"),
        ("es", "Recordando su resolución 46/17", "como dice la resolución 46/17"),
        ("ru", "ссылаясь на свою резолюцию 46/17", "в резолюции 46/17 говорится"),
        ("ar", "وإذ تشير إلى قرارها 46/17", "كما جاء في القرار 46/17"),
        ("zh", "回顾其第46/17号决议", "如第46/17号决议所说"),
    ],
)
def test_a_number_of_two_organs(lang: str, own: str, other: str) -> None:
    """What the Assembly calls its own is; else it is the organ's whose number is cited more often."""
    (mine,), (likely,) = find_citations(own, lang), find_citations(other, lang)
    assert (mine.target, likely.target) == ("A/RES/46/17", "A/HRC/RES/46/17")
    assert likely.confidence < 1
    assert likely.reason


def test_annotate_wraps_each_citation() -> None:
    text = "See resolution 70/1 and A/72/1."
    found = find_citations(text, "en")
    assert annotate(text, found, "<b>", "</b>") == "See resolution <b>70/1</b> and <b>A/72/1</b>."
    marked = annotate(text, found, lambda c: f'<a href="{c.url}">', "</a>")
    assert marked.count('<a href="https://docs.un.org/en/A/RES/70/1">70/1</a>') == 1


def test_annotate_never_breaks_markup() -> None:
    text = '<p title="A/72/1">resolution <i>70</i>/1</p>'
    whole = Citation("", text.index("70"), text.index("</p>"), "70</i>/1", "resolution")
    inside = Citation("", text.index("A/72"), text.index('">'), "A/72/1", "symbol")
    assert annotate(text, [whole, inside], "[", "]") == '<p title="A/72/1">resolution <i>[70]</i>[/1]</p>'


@given(st.text(alphabet="<>/ab 1", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=5))
def test_annotate_adds_and_takes_nothing_away(text: str, spans: list[tuple[int, int]]) -> None:
    citations = [Citation("", a, a + n, text[a : a + n], "symbol") for a, n in spans if a + n <= len(text)]
    marked = annotate(text, citations, "[", "]")
    assert marked.replace("[", "").replace("]", "") == text
    assert not regex.search(r"<[/!?A-Za-z][^<>]*[\[\]][^<>]*>", marked)
