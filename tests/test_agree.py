"""What language versions disagree on, and what is no disagreement."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from test_align import EN, ZH
from test_cli import FAILED, WELL, WRONG_USE, call

from unresolve.corpus.agree import agree
from unresolve.corpus.load import load_document
from unresolve.model import (
    Cell,
    Citation,
    Document,
    Field,
    Masthead,
    Paragraph,
    Row,
    Section,
    Source,
    Table,
    Text,
)
from unresolve.model.citation import Resolution


def version(language: str, *paragraphs: Paragraph, cited: str | None = None) -> Document:
    citations = (Citation(paragraphs[0].id, 0, 1, "x", "symbol", cited),) if cited else ()
    symbol = Masthead(symbol=Field(Text("A/RES/99/9"), "A/RES/99/9"))
    return Document(Source(), language=language, masthead=symbol, body=paragraphs, citations=citations)


def one(language: str, text: str, number: str = "1.", cited: str | None = None) -> Document:
    return version(language, Paragraph(f"para_{number.strip('.')}", Text(text), number), cited=cited)


def said(*documents: Document) -> list[str]:
    return [str(each) for each in agree(documents)]


def test_versions_that_agree() -> None:
    assert agree([EN, ZH]) == []


def test_a_missing_note_is_told_of_the_version_without_it() -> None:
    french = msgspec.structs.replace(ZH, language="fr", notes=())
    assert said(EN, ZH, french) == ["note_1: not in fr"]


def test_a_paragraph_that_only_one_version_has() -> None:
    longer = msgspec.structs.replace(ZH, language="ru", body=(*ZH.body, Paragraph("para_3", Text("三"), "3.")))
    assert said(EN, ZH, longer) == ["para_3: only in ru"]


def test_a_document_cited_in_some_versions() -> None:
    versions = [one(code, "x", cited="A/RES/70/1" if code != "fr" else None) for code in ("en", "fr", "es")]
    assert said(*versions) == ["para_1: A/RES/70/1 is not cited in fr"]
    versions = [one(code, "x", cited="A/RES/70/1" if code == "fr" else None) for code in ("en", "fr", "es")]
    assert said(*versions) == ["para_1: A/RES/70/1 is cited in fr only"]


def test_another_number_in_the_place_of_one() -> None:
    french = one("fr", "Décide de le faire en 2023;")
    assert said(one("en", "Decides on it in 2032;"), one("es", "Decide hacerlo en 2032;"), french) == [
        "para_1: fr has 2023, not 2032"
    ]
    assert said(one("en", "Decides on it in 2032;"), french) == ["para_1: fr has 2023, not 2032"]


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("Decides on five of them;", "Décide d'en faire 5;"),
        ("Decides on 212,000 dollars;", "Décide de 212 000 dollars;"),
        ("Decides from 18 to 23 March 2018;", "Décide du 18 au 23 mars 2018;"),
        ("At seventy-five, in 2030;", "À 75 ans;"),
    ],
)
def test_what_is_only_written_otherwise(english: str, french: str) -> None:
    assert agree([one("en", english), one("fr", french)]) == []


def test_another_printed_number() -> None:
    texts = [one("en", "In 2031 and 2032;"), one("es", "En 2031 y 2032;"), one("fr", "En 2031 et 2032;", "2.")]
    assert said(*texts) == ["para_1: is 2 in fr"]


@pytest.mark.parametrize("resolved", ["name", "ibid", "note"])
def test_what_is_cited_by_a_name_is_in_words_of_each_language(resolved: Resolution) -> None:
    named = Citation("para_1", 0, 1, "x", "resolution", "A/RES/70/1", resolved=resolved)
    english = msgspec.structs.replace(one("en", "x"), citations=(named,))
    assert agree([english, one("fr", "x"), one("es", "x")]) == []


def test_letters_of_parts_are_no_matter() -> None:
    letters = [one(code, "x", cited=cited) for code, cited in (("en", "A/RES/75/245B"), ("fr", "A/RES/75/245"))]
    assert agree(letters) == []


def test_one_cause_is_told_once() -> None:
    numbered = tuple(Paragraph(f"para_{n}", Text(f"Text {n} of 203{n};"), f"{n}.") for n in range(1, 6))
    plain = tuple(Paragraph(f"para_nn_{n}", Text(f"Texte {n} de 203{n} ;")) for n in range(1, 6))
    english, spanish, french = version("en", *numbered), version("es", *numbered), version("fr", *plain)
    assert said(english, spanish, french) == ["para_1 … para_5 (5 places): is unnumbered in fr"]
    gap = version("fr", numbered[0], numbered[4])
    assert said(english, spanish, gap) == ["para_2, para_3, para_4: not in fr"]


def test_a_document_in_the_place_of_another() -> None:
    cited = {"en": "A/HRC/RES/46/17", "es": "A/HRC/RES/46/17", "ar": "A/RES/46/17"}
    assert said(*(one(code, "x", cited=target) for code, target in cited.items())) == [
        "para_1: ar has A/RES/46/17, not A/HRC/RES/46/17"
    ]


def test_a_label_may_stand_in_one_line_with_its_title() -> None:
    def headed(language: str, label: str | None, heading: str | None) -> Document:
        texts = [Text(text) if text else None for text in (label, heading)]
        return msgspec.structs.replace(version(language), body=(Section("sec_I", 1, None, texts[0], texts[1]),))

    parted = [headed("en", "Part I", "Justice"), headed("fr", "Titre I", "Justice")]
    assert agree([*parted, headed("ru", None, "Часть I Правосудие")]) == []
    assert said(*parted, headed("zh", "第一编", None)) == ["sec_I/heading: not in zh"]


def test_a_row_is_one_however_its_cells_are_parted() -> None:
    def table(language: str, *cells: str) -> Document:
        row = Row(tuple(Cell((Text(cell),) if cell else ()) for cell in cells))
        return msgspec.structs.replace(version(language), body=(Table("table_1", (row, Row((Cell(), Cell())))),))

    assert agree([table("en", "1", "Justice", "28 400"), table("ru", "1 Правосудие", "28 400")]) == []
    assert said(table("en", "1", "Justice", "28 400"), table("ru", "1 Правосудие", "28 500")) == [
        "table_1/0: ru has 28 500, not 28 400"
    ]


def test_one_document_alone() -> None:
    with pytest.raises(ValueError, match="at least two"):
        agree([EN])


def write(folder: Path, name: str, document: Document) -> Path:
    path = folder / name
    path.write_bytes(msgspec.json.encode(document))
    return path


def test_the_command_tells_by_its_exit_code(tmp_path: Path) -> None:
    english = write(tmp_path, "a.en.json", one("en", "In 2031;"))
    french = write(tmp_path, "a.fr.json", one("fr", "En 2031;"))
    spanish = write(tmp_path, "a.es.json", one("es", "En 2013;"))
    assert call("agree", english, french)[:2] == (WELL, b"A/RES/99/9 (en fr): agree\n")
    code, out, _ = call("agree", english, french, spanish, "--json")
    assert code == FAILED
    assert json.loads(out)["disagreements"] == [
        {"places": ["para_1"], "kind": "figure", "versions": ["es"], "value": "2013, not 2031", "extra": False}
    ]
    assert call("agree", english)[0] == WRONG_USE
    assert call("agree", english, tmp_path / "none.json")[0] == FAILED


def test_files_are_told_apart_by_symbol(tmp_path: Path) -> None:
    head = Masthead(symbol=Field(Text("A/RES/99/10"), "A/RES/99/10"))
    files = [write(tmp_path, f"a.{code}.json", one(code, "x")) for code in ("en", "fr")]
    files += [write(tmp_path, "b.en.json", msgspec.structs.replace(one("en", "y"), masthead=head))]
    code, out, errors = call("agree", *files)
    assert (code, out) == (WELL, b"A/RES/99/9 (en fr): agree\n")
    assert errors == ["A/RES/99/10: only one version (en)"]


def test_a_paragraph_taken_out_of_an_official_file_is_found(data: Path) -> None:
    gold = [load_document(data / "six" / "gold" / f"A_RES_76_148.{code}.xml") for code in ("en", "fr", "es")]
    before = set(agree(gold))
    body = tuple(block for block in gold[1].body if block.id != "para_5")
    assert len(body) == len(gold[1].body) - 1
    found = set(agree([gold[0], msgspec.structs.replace(gold[1], body=body), gold[2]])) - before
    assert "para_5: not in fr" in {str(each) for each in found}
