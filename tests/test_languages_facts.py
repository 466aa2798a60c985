"""The language packs on what the United Nations printed: sessions, dates, meetings, openers, whole texts.

The tables count printed words over about 18,000 files. Rows that hold a slip of the typist or of the file
are listed here with the reason.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from unresolve.languages import CODES, detect, load
from unresolve.languages.openers import Part

NO_DATE = "0001-01-01"  # what the exporting program writes where it has no date
FOREIGN = "printed in another language than the file's"
MISREAD = "the file's value is not what is printed"

SESSION_SLIPS = {
    ("ar", "الدورة الخامسة والخمسون", "50"): MISREAD,
    ("ar", "الدورة السادسة والخمسون", "50"): MISREAD,
    ("ar", "第七十六届会议", "76"): FOREIGN,
    ("en", "57º período de sesiones", "57"): FOREIGN,
    ("en", "Cinquante-septième session", "57"): FOREIGN,
    ("en", "Soixante-quinzième session", "75"): FOREIGN,
    ("en", "Пятьдесят седьмая сессия", "57"): FOREIGN,
    ("es", "第七十五届会议", "75"): FOREIGN,
    ("fr", "Seventy-seventh session", "77"): FOREIGN,
    ("ru", "Septuagésimo séptimo período de sesiones", "77"): FOREIGN,
    ("ru", "Soixante-dix-huitième session", "78"): FOREIGN,
    ("zh", "الدورة السابعة والسبعون", "77"): FOREIGN,
}
DATE_SLIPS = {
    ("ar", "2022年3月15日"): FOREIGN,
    ("ar", "21 أبلول/سبتمبر 2020"): "a month with a letter mistyped",
    ("ar", "3 آذار/مارس 2021"): MISREAD,
    ("en", "10 octobre 2024"): FOREIGN,
    ("en", "10 октября 2024 года"): FOREIGN,
    ("en", "14 de octubre de 2024"): FOREIGN,
    ("en", "14 octobre 2024"): FOREIGN,
    ("en", "28 avril 2021"): FOREIGN,
    ("es", "2021年6月30日"): FOREIGN,
    ("ru", "12 de marzo de 2021"): FOREIGN,
    ("ru", "7 décembre 2023"): FOREIGN,
    ("zh", "1 أيلول/سبتمبر 2023"): FOREIGN,
    ("zh", "21 June 2022"): MISREAD,
}
MEETING_SLIPS = {
    ("en", "47ª sesión"): FOREIGN,
    ("en", "47e séance"): FOREIGN,
    ("es", "56º período de sesiones"): "a session in the place of the meeting",
    ("ru", "44e séance plénière"): FOREIGN,
    ("ru", "45e séance plénière"): FOREIGN,
}


def _rows(data: Path, table: str, code: str) -> Iterator[list[str]]:
    with (data / "facts" / f"{table}.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        yield from (row for row in rows if row and row[0] == code)


@pytest.mark.parametrize("code", CODES)
def test_every_session(data: Path, code: str) -> None:
    """The table gives plain numbers: "32" for the thirty-second special session, "S-32" here."""
    pack = load(code)
    for _, printed, session, _ in _rows(data, "sessions", code):
        if (code, printed, session) not in SESSION_SLIPS:
            value = pack.read("session", printed)
            assert value is not None, printed
            assert value.rpartition("-")[2] == session, printed


@pytest.mark.parametrize("code", CODES)
def test_dates(data: Path, code: str) -> None:
    right = seen = 0
    for _, printed, date, count in _rows(data, "dates", code):
        if date == NO_DATE:
            continue
        seen += int(count)
        if date in (iso for _, _, iso in load(code).dates(printed)):
            right += int(count)
        else:
            assert (code, printed) in DATE_SLIPS, printed
    assert right / seen >= 0.995


@pytest.mark.parametrize("code", CODES)
def test_meetings(data: Path, code: str) -> None:
    pack = load(code)
    right = seen = 0
    for _, printed, meeting, count in _rows(data, "meetings", code):
        seen += int(count)
        if pack.read("meeting", printed) == str(pack.number(meeting)):
            right += int(count)
        else:
            assert (code, printed) in MEETING_SLIPS, printed
    assert right / seen >= 0.995


@pytest.mark.parametrize("code", CODES)
def test_agenda_items(data: Path, code: str) -> None:
    seen: Counter[bool] = Counter()
    for _, printed, _, count in _rows(data, "agenda", code):
        if printed:
            seen[load(code).read("agenda", printed) is not None] += int(count)
    assert seen[True] / seen.total() >= 0.995


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("part", ["preamble", "body"])
def test_openers(data: Path, code: str, part: str) -> None:
    """Of the phrases the typists set in italics ten times or more, what is an opener is read whole.

    The table also holds titles of publications, formulas and words of tables: a phrase with a figure in it
    or one that starts with no verb of the language is none.
    """
    pack = load(code)
    seen: Counter[bool] = Counter()
    for _, where, printed, count in _rows(data, "openers", code):
        phrase = printed.strip(" ,，،:：")
        if where != {"preamble": "preamble", "body": "mainBody"}[part] or int(count) < 10:
            continue
        opener = pack.opener(f"{phrase}, ", "preamble" if part == "preamble" else "body")
        if opener is not None:
            seen[opener == phrase] += int(count)
            assert pack.relation(opener) is not None, opener
    assert seen[True] / seen.total() >= 0.99
    assert seen.total() >= 30_000  # of 33,000 to 50,000 in each language and part


def _texts(data: Path) -> Iterator[tuple[str, str]]:
    for file in sorted([*(data / "official").glob("*.xml"), *(data / "six" / "gold").glob("*.xml")]):
        root = etree.parse(file).getroot()
        for meta in root.findall(".//{*}meta"):
            meta.clear()
        yield file.name.split(".")[-2], " ".join(" ".join(map(str, root.itertext())).split())


def test_language_of_documents_and_of_their_pieces(data: Path) -> None:
    right: Counter[str] = Counter()
    pieces: Counter[str] = Counter()
    for code, text in _texts(data):
        assert detect(text) == code, text[:80]
        for start in range(0, len(text) - 199, 200):
            pieces[code] += 1
            right[code] += detect(text[start : start + 200]) == code
    assert set(pieces) == set(CODES)
    assert {code: count for code in CODES if (count := right[code] / pieces[code]) < 0.995} == {}


@pytest.mark.parametrize("code", CODES)
def test_openers_in_running_text(data: Path, code: str) -> None:
    """The opener read from a paragraph's words is the phrase that the typist set off in italics or bold."""
    right = seen = unknown = 0
    pack = load(code)
    parts: tuple[tuple[Part, str], ...] = (("preamble", "preamble"), ("body", "mainBody"))
    for file in sorted((data / "official").glob(f"*.{code}.xml")):
        root = etree.parse(file).getroot()
        for part, name in parts:
            for paragraph in root.iterfind(f".//{{*}}{name}//{{*}}p"):
                phrase, text = _emphasis_at_head(paragraph)
                if pack.opener(phrase, part) is None:  # a formula, a title, a word of a table
                    unknown += pack.opener(text, part) is not None
                    continue
                seen += 1
                right += pack.opener(text, part) == phrase
    assert seen >= 1000
    assert unknown <= seen * 0.02  # sentences that begin with such a verb by chance, in Chinese above all
    assert right / seen >= 0.98


def _emphasis_at_head(paragraph: etree._Element) -> tuple[str, str]:
    """The italic or bold phrase a paragraph opens with ("" if none) and the whole text, spaces made even."""
    text = " ".join("".join(map(str, paragraph.itertext())).split())
    phrase = ""
    for child in paragraph if not (paragraph.text or "").strip() else ():
        if not {"italic", "bold"} & set(child.get("class", "").split()):
            break
        phrase += "".join(map(str, child.itertext())) + (child.tail or "")
        if (child.tail or "").strip():
            phrase = phrase.removesuffix(child.tail or "")
            break
    return " ".join(phrase.split()).strip(" ,，،:"), text
