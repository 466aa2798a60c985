"""Language versions side by side: rows, sentences, and what they are written as."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from official_pairs import LANGUAGES, aligned_pairs
from strategies import documents, odd_documents
from test_cli import FAILED, WELL, WRONG_USE, call

from unresolve.corpus.align import Alignment, align
from unresolve.corpus.load import load_document
from unresolve.corpus.parallel import FORMATS
from unresolve.corpus.sequences import beads, heaviest_rising, pairs
from unresolve.corpus.units import figures, units
from unresolve.corpus.versions import Row, parted, rows, versions
from unresolve.corpus.wholes import wholes
from unresolve.languages import load
from unresolve.model import Annex, Document, Field, Heading, Masthead, Note, Paragraph, Preamble, Section, Source, Text

EN = Document(
    Source(),
    language="en",
    masthead=Masthead(symbol=Field(Text("A/RES/99/9"), "A/RES/99/9"), title=Field(Text("Wells"))),
    preamble=Preamble(None, (Paragraph("preamble_1", Text("Recalling that 40 wells ran dry in 2031,")),)),
    body=(
        Paragraph("para_1", Text("Decides to dig. It will dig deep. It starts on 3 May 2032;"), "1."),
        Heading("heading_1", Text("Water")),
        Paragraph(
            "para_2",
            Text("Requests:"),
            "2.",
            points=(
                Paragraph("para_2__point_a", Text("A plan;"), "(a)"),
                Paragraph("para_2__point_b", Text("A report."), "(b)"),
            ),
        ),
    ),
    annexes=(Annex("att_1", Text("Annex"), None, (Paragraph("att_1__para_1", Text("The wells."), "1."),)),),
    notes=(Note("note_1", "1", Text("Resolution 98/1.")),),
)
ZH = Document(
    Source(),
    language="zh",
    masthead=Masthead(title=Field(Text("水井"))),
    preamble=Preamble(None, (Paragraph("preamble_1", Text("回顾2031年有40口水井干涸，")),)),
    body=(
        Paragraph("para_1", Text("决定掘井。井要挖深，于2032年5月3日动工；"), "1."),
        Heading("heading_1", Text("水")),
        Paragraph(
            "para_2",
            Text("请提交："),
            "2.",
            points=(
                Paragraph("para_2__point_a", Text("计划；"), "(a)"),
                Paragraph("para_2__point_b", Text("报告。"), "(b)"),
            ),
        ),
    ),
    annexes=(Annex("att_1", Text("附件"), None, (Paragraph("att_1__para_1", Text("水井。"), "1."),)),),
    notes=(Note("note_1", "1", Text("第98/1号决议。")),),
)


def table(found: list[Row]) -> list[tuple[str | None, ...]]:
    names = list(dict.fromkeys(name for row in found for name in row.units))
    return [tuple(row.units[name].place if name in row.units else None for name in names) for row in found]


def test_the_same_ids_stand_in_one_row() -> None:
    found = table(rows(versions([EN, ZH])))
    assert found == [(unit.place, unit.place) for unit in wholes(units(EN))]


def test_counted_ids_are_told_by_what_is_said() -> None:
    """A recital that one version lacks shifts the counters of all that follow."""
    recitals = (Paragraph("preamble_1", Text("Noting much,")), Paragraph("preamble_2", EN.preamble.blocks[0].text))  # type: ignore[union-attr]
    longer = msgspec.structs.replace(EN, preamble=Preamble(None, recitals))
    found = table(rows(versions([longer, ZH])))
    assert ("preamble_1", None) in found
    assert ("preamble_2", "preamble_1") in found


def test_numbers_that_start_again_need_no_section_ids() -> None:
    """One version has its sections read, the other not: ``sec_II__para_1`` stands beside ``para_1_2``."""

    def body(sections: bool, words: tuple[str, ...]) -> Document:
        made: list[Section | Heading | Paragraph] = []
        for n, numeral in enumerate(("I", "II", "III"), 1):
            count = f"_{n}" if n > 1 else ""
            names = [f"sec_{numeral}__para_{k}" if sections and n > 1 else f"para_{k}{count}" for k in (1, 2, 3)]
            texts = tuple(Paragraph(i, Text(f"{words[0]} {n}0{k}."), f"{k}.") for k, i in enumerate(names, 1))
            heading = Text(f"{numeral} {words[1]}")
            made += [Section(f"sec_{numeral}", heading=heading, blocks=texts)] if sections else [
                Heading(f"heading_{n}", heading),
                *texts,
            ]  # fmt: skip
        return Document(Source(), language="en" if sections else "fr", body=tuple(made))

    found = table(rows(versions([body(True, ("Wells", "Part")), body(False, ("Puits", "Partie"))])))
    assert ("sec_II__para_1", "para_1_2") in found
    assert ("sec_III__para_3", "para_3_3") in found
    assert not [row for row in found if None in row]


@settings(max_examples=6)
@given(documents(("en", "zh")), st.data())
def test_every_text_stands_in_one_row_in_its_order(document: Document, data: st.DataObject) -> None:
    kept = tuple(block for block in document.body if data.draw(st.booleans()))
    shorter = msgspec.structs.replace(document, language="fr", body=kept)
    listed = versions([document, shorter])
    found = list(parted(rows(listed), listed))
    for name, version in ((document.language, document), ("fr", shorter)):
        there = [u.place for u in units(version) if u.kind != "cell" or u.text.strip()]
        assert [row.units[name].place for row in found if name in row.units] == there


@settings(max_examples=4)
@given(documents(("en",)), documents(("fr",)), documents(("ar",)))
def test_the_order_of_the_versions_makes_no_difference(one: Document, two: Document, three: Document) -> None:
    def sets(order: list[Document]) -> list[set[tuple[str, str]]]:
        return [{(name, unit.place) for name, unit in row.units.items()} for row in rows(versions(order))]

    assert sets([one, two, three]) == sets([three, one, two])


@settings(max_examples=4)
@given(documents(("en", "ru", "zh")))
def test_a_document_is_aligned_with_itself(document: Document) -> None:
    alignment = align([document, document])
    assert all(len(row.texts) == 2 for row in alignment.rows)
    assert alignment.disagreements == ()


@settings(max_examples=4, phases=[Phase.generate])
@given(odd_documents(), odd_documents())
def test_odd_documents_are_aligned_and_written(one: Document, two: Document) -> None:
    alignment = align([one, two], ["one", "two"])
    for name in ("tmx", "tsv", "html"):  # JSON holds no half of a surrogate pair, in any of its files
        assert FORMATS[name](alignment) == FORMATS[name](alignment)


def test_sentences_are_cut_where_all_versions_are() -> None:
    [row] = [row for row in align([EN, ZH]).rows if row.place == "para_1"]
    assert [segment.texts for segment in row.segments] == [
        {"en": "Decides to dig.", "zh": "决定掘井。"},
        {"en": "It will dig deep. It starts on 3 May 2032;", "zh": "井要挖深，于2032年5月3日动工；"},
    ]


@settings(max_examples=6)
@given(st.data())
def test_the_segments_hold_all_of_every_text(data: st.DataObject) -> None:
    def text(end: str) -> str:
        words = data.draw(st.lists(st.sampled_from(("Wells dry", "In 2031 it rained", "Water")), max_size=6))
        return " ".join(f"{sentence}{end}" for sentence in words)

    def version(code: str, end: str) -> Document:
        return Document(Source(), language=code, body=(Paragraph("para_1", Text(text(end)), "1."),))

    made = [version("en", "."), version("fr", " !"), version("ar", "؟")]
    for row in align(made).rows:
        for name, whole in row.texts.items():
            joined = " ".join(segment.texts[name] for segment in row.segments if name in segment.texts)
            assert joined.split() == whole.split()


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "212,000 dollars on 25 September 2015 at 10.00", ("10", "000 212", "2015", "25")),
        ("es", "212.000 dólares, 25 de septiembre de 2015, 10.00 horas", ("10", "000 212", "2015", "25")),
        ("fr", "212 000 dollars, le 25 septembre 2015, à 10 heures", ("10", "000 212", "2015", "25")),
        ("ar", "مبلغ 000 212 دولار في 25 أيلول/سبتمبر 2015 الساعة 10", ("000 212", "2015", "25", "10")),
        ("zh", "2015年9月25日，10时，212 000美元", ("10", "000 212", "2015", "25")),
        ("zh", "840万人，3亿美元，12人", ("12",)),
    ],
)
def test_numbers_are_one_in_all_languages(code: str, text: str, expected: tuple[str, ...]) -> None:
    assert figures(text, load(code)) == tuple(sorted(expected))


def test_a_single_version_cannot_be_aligned() -> None:
    with pytest.raises(ValueError, match="at least two"):
        align([EN])
    with pytest.raises(ValueError, match="a name of its own"):
        align([EN, ZH], ["a", "a"])


@given(st.lists(st.integers(0, 200), unique=True, max_size=30), st.data())
def test_the_heaviest_rising_run(places: list[int], data: st.DataObject) -> None:
    weights = [data.draw(st.integers(1, 9)) for _ in places]
    kept = sorted(heaviest_rising(places, weights))
    assert [places[at] for at in kept] == sorted(places[at] for at in kept)
    best = [0] * len(places)
    for at, place in enumerate(places):
        best[at] = weights[at] + max((best[k] for k in range(at) if places[k] < place), default=0)
    assert sum(weights[at] for at in kept) == max(best, default=0)


@given(st.integers(0, 12), st.integers(0, 12), st.data())
def test_pairs_rise_and_gain_most(n: int, m: int, data: st.DataObject) -> None:
    gains = [[data.draw(st.integers(-3, 5)) for _ in range(m)] for _ in range(n)]
    found = pairs(n, m, lambda i, j: gains[i][j])
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))
    best = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n):
        for j in range(m):
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + gains[i][j])
    assert sum(gains[i][j] for i, j in found) == best[n][m]


def test_beads_that_cannot_be() -> None:
    assert beads(0, 0, lambda *_: 0.0, [(1, 1)]) == []
    with pytest.raises(ValueError, match="no way"):
        beads(1, 2, lambda *_: 0.0, [(1, 1)])


def test_a_table_with_tabs() -> None:
    lines = FORMATS["tsv"](align([EN, ZH])).decode().splitlines()
    assert lines[0] == "place\tkind\ten\tzh"
    assert "para_2__point_a\tparagraph\tA plan;\t计划；" in lines


def test_a_page_in_the_direction_of_each_language() -> None:
    arabic = msgspec.structs.replace(ZH, language="ar", masthead=Masthead(title=Field(Text("<script>آبار"))))
    page = html.document_fromstring(FORMATS["html"](align([EN, arabic])))
    assert [th.get("dir") for th in page.iter("th") if th.get("lang")] == ["ltr", "rtl"]
    assert not list(page.iter("script"))
    assert "<script>آبار" in "".join(map(str, page.itertext()))


def test_json_reads_back() -> None:
    alignment = align([EN, ZH])
    assert msgspec.json.decode(FORMATS["json"](alignment), type=Alignment) == alignment


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("versions")
    for document in (EN, ZH):
        (folder / f"wells.{document.language}.json").write_bytes(msgspec.json.encode(document))
    return sorted(folder.iterdir())


def test_the_command(files: list[Path], tmp_path: Path) -> None:
    code, out, errors = call("align", *files, "--to", "tmx")
    assert (code, errors) == (WELL, [])
    assert etree.fromstring(out).tag == "tmx"
    assert call("align", *files, "--to", "tmx", "-o", tmp_path / "a.tmx")[0] == WELL
    assert (tmp_path / "a.tmx").read_bytes() == out


def test_whole_paragraphs(files: list[Path]) -> None:
    rows_of = json.loads(call("align", *files, "--to", "json", "--paragraphs")[1])["rows"]
    assert all(len(row["segments"]) == 1 for row in rows_of)


def test_the_command_reports_what_disagrees(files: list[Path], tmp_path: Path) -> None:
    other = tmp_path / "wells.fr.json"
    other.write_bytes(msgspec.json.encode(msgspec.structs.replace(ZH, language="fr", notes=())))
    assert call("align", files[0], other)[2] == ["note_1: not in fr"]
    assert call("align", files[0], other, "-q")[2] == []


def test_one_file_is_wrong_use_and_no_file_a_failure(files: list[Path]) -> None:
    assert call("align", files[0])[0] == WRONG_USE
    code, out, errors = call("align", files[0], "nowhere.pdf")
    assert (code, out) == (FAILED, b"")
    assert errors
    assert errors[0].startswith("nowhere.pdf: ")


def test_official_numbers_stand_in_one_row(data: Path) -> None:
    """The UN's own files, each language against each: see ``tests/bench/align.py`` for parsed PDFs."""
    there, hit = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    gold = data / "six" / "gold"
    for name in ("A_RES_76_148", "A_RES_76_177", "A_RES_77_253_B"):
        versions_of = {code: load_document(gold / f"{name}.{code}.xml") for code in LANGUAGES}
        own_there, own_hit = aligned_pairs(versions_of, versions_of)
        there += own_there
        hit += own_hit
    assert len(there) == 15
    assert {pair: hit[pair] / count for pair, count in there.items() if hit[pair] / count < 0.995} == {}


def test_parsed_versions_are_aligned(data: Path) -> None:
    found = {code: load_document(data / "six" / "ty" / f"A_RES_77_253_B.{code}.pdf") for code in LANGUAGES}
    official = {code: load_document(data / "six" / "gold" / f"A_RES_77_253_B.{code}.xml") for code in LANGUAGES}
    there, hit = aligned_pairs(official, found)
    assert len(there) == 15
    assert hit == there
