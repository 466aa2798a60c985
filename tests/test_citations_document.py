"""Citations of a whole document: what leans on other text, what links say, where everything stands."""

from __future__ import annotations

import time

import msgspec
import pytest

from unresolve.citations import LinkedText, cite
from unresolve.model import (
    AdoptedText,
    Anchor,
    Annex,
    Cell,
    Citation,
    Document,
    Field,
    Heading,
    Masthead,
    Note,
    Paragraph,
    Preamble,
    Row,
    Section,
    Source,
    Table,
    Text,
)


def document(*paragraphs: Paragraph, notes: tuple[Note, ...] = (), lang: str = "en", **parts: object) -> Document:
    symbol = Field(Text("A/RES/72/1"), "A/RES/72/1")
    parts.setdefault("masthead", Masthead(symbol=symbol))
    return msgspec.structs.replace(Document(Source(), language=lang, body=paragraphs, notes=notes), **parts)


def paragraph(number: int, text: str, **parts: object) -> Paragraph:
    return msgspec.structs.replace(Paragraph(f"para_{number}", Text(text), number=f"{number}."), **parts)


def note(number: int, text: str, *calls: tuple[str, int]) -> Note:
    return Note(f"note_{number}", str(number), Text(text), tuple(Anchor(*call) for call in calls))


def shown(found: Document) -> list[tuple[str, str, str | None, str]]:
    return [(c.block, c.text, c.target, c.resolved) for c in found.citations]


def test_every_text_of_a_document_is_searched() -> None:
    point = Paragraph("para_1__point_a", Text("resolution 70/3"), number="(a)")
    found = cite(
        document(
            paragraph(1, "resolution 70/2:", points=(point,), closing=Text("as in resolution 70/4")),
            masthead=Masthead(title=Field(Text("Report A/72/2")), proponent=Field(Text("(A/72/L.1)"))),
            preamble=Preamble(blocks=(Paragraph("para_nn_1", Text("Recalling its resolution 70/1,")),)),
            annexes=(
                Annex(
                    "att_1",
                    Text("Annex"),
                    Text("On resolution 70/5"),
                    (
                        Section("sec_I", heading=Text("Resolution 70/6"), blocks=(Heading("hd_1", Text("A/72/3")),)),
                        Table("table_1", (Row((Cell((Text("x"), Text("A/72/4"))),)),)),
                    ),
                ),
            ),
            notes=(note(1, "A/72/5."),),
        )
    )
    assert [(c.block, c.target) for c in found.citations] == [
        ("title", "A/72/2"),
        ("proponent", "A/72/L.1"),
        ("para_nn_1", "A/RES/70/1"),
        ("para_1", "A/RES/70/2"),
        ("para_1__point_a", "A/RES/70/3"),
        ("para_1/closing", "A/RES/70/4"),
        ("att_1/heading", "A/RES/70/5"),
        ("sec_I/heading", "A/RES/70/6"),
        ("hd_1", "A/72/3"),
        ("table_1/0/0", "A/72/4"),
        ("note_1", "A/72/5"),
    ]
    assert found.citations[1].relation == "originating"
    assert found.citations[2].relation == "recalling"
    assert found.citations[9].start == 2, "the paragraphs of a cell are joined by a line feed"


WE = {
    "en": "We also reaffirm resolution 70/1.",
    "fr": "Nous réaffirmons la résolution 70/1.",
    "es": "Reafirmamos la resolución 70/1.",
    "ru": "Мы вновь подтверждаем резолюцию 70/1.",
    "ar": "ونؤكد من جديد القرار 70/1.",
    "zh": "我们重申第70/1号决议。",
}


@pytest.mark.parametrize("lang", WE)
def test_relation_in_adopted_texts_and_annexes(lang: str) -> None:
    adopted = AdoptedText("declaration_1", blocks=(Paragraph("declaration_1__para_1", Text(WE[lang])),))
    annexed = Annex("att_1", Text("1"), blocks=(Paragraph("att_1__para_1", Text(WE[lang])),))
    found = cite(document(lang=lang, body=(adopted,), annexes=(annexed,))).citations
    assert [(c.target, c.relation) for c in found] == [("A/RES/70/1", "reaffirming")] * 2


@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        ("en", "Resolution 60/1, annex I.", "Ibid., annex II."),
        ("fr", "Résolution 60/1, annexe I.", "Ibid., annexe II."),
        ("es", "Resolución 60/1, anexo I.", "Ibid., anexo II."),
        ("ru", "Резолюция 60/1, приложение I.", "Там же, приложение II."),
        ("ar", "القرار 60/1، المرفق الأول.", "المرجع نفسه، المرفق الثاني."),
        ("zh", "第60/1号决议，附件一。", "同上，附件二。"),
    ],
)
def test_ibid_is_the_source_of_the_note_before(lang: str, first: str, second: str) -> None:
    found = cite(document(lang=lang, notes=(note(1, first), note(2, second), note(3, second)))).citations
    assert [(c.block, c.target, c.pinpoint, c.resolved) for c in found] == [
        ("note_1", "A/RES/60/1", "annex I", "printed"),
        ("note_2", "A/RES/60/1", "annex II", "ibid"),
        ("note_3", "A/RES/60/1", "annex II", "ibid"),
    ]
    assert found[1].confidence < 1
    assert found[1].reason


def test_ibid_without_a_source_is_left_alone() -> None:
    assert cite(document(notes=(note(1, "Ibid., annex II."),))).citations == ()


NAMED = [
    (
        "en",
        "the 2030 Agenda for Sustainable Development",
        "Resolution 70/1.",
        "under the 2030 Agenda it",
        "2030 Agenda",
    ),
    (
        "fr",
        "le Programme de développement durable à l’horizon 2030",
        "Résolution 70/1.",
        "que le Programme 2030 se renforce",
        "Programme 2030",
    ),
    ("es", "la Agenda 2030 para el Desarrollo Sostenible", "Resolución 70/1.", "de la Agenda 2030.", "Agenda 2030"),
    (
        "ru",
        "Повестка дня в области устойчивого развития на период до 2030 года",
        "Резолюция 70/1.",
        "осуществления Повестки дня на период до 2030 года",
        "Повестки дня на период до 2030",
    ),
    ("ar", "خطة التنمية المستدامة لعام 2030", "القرار 70/1.", "تنفيذ خطة عام 2030.", "خطة عام 2030"),
    ("zh", "《2030年可持续发展议程》", "第70/1号决议。", "执行《2030年议程》。", "2030年议程"),
]


@pytest.mark.parametrize(("lang", "name", "source", "later", "short"), NAMED, ids=[case[0] for case in NAMED])
def test_names_that_a_note_defines(lang: str, name: str, source: str, later: str, short: str) -> None:
    found = cite(
        document(
            paragraph(1, name),
            paragraph(2, later),
            paragraph(3, name),
            notes=(note(1, source, ("para_1", len(name))),),
            lang=lang,
        )
    ).citations
    named = [c for c in found if c.resolved == "name"]
    assert [c.block for c in named] == ["para_1", "para_2", "para_3"]
    assert {c.target for c in named} == {"A/RES/70/1"}
    assert named[1].text == short
    assert named[0].text == named[2].text
    assert "2030" in named[0].text


@pytest.mark.parametrize(
    ("lang", "name", "source", "later"),
    [
        (
            "en",
            "the International Decade for Action 2018-2028",
            "Resolution 71/222.",
            "International Decade for Action",
        ),
        ("fr", "la Stratégie pour l’eau 2018-2028", "Résolution 71/222.", "Stratégie 2018-2028"),
        ("es", "el Plan para la Acción 2018-2028", "Resolución 71/222.", "Plan 2018-2028"),
        ("ru", "Программа действий на 2018-2028 годы", "Резолюция 71/222.", "Программы на 2018-2028"),
    ],
)
def test_a_name_with_a_span_of_years(lang: str, name: str, source: str, later: str) -> None:
    notes = (note(1, source, ("para_1", len(name))),)
    found = cite(document(paragraph(1, name), paragraph(2, later), lang=lang, notes=notes)).citations
    assert [(c.block, c.target) for c in found if c.resolved == "name"] == [
        ("para_1", "A/RES/71/222"),
        ("para_2", "A/RES/71/222"),
    ]


NOT_NAMES = [
    # What is shortened is not the instrument, may be another, or is another that the document names as well.
    ("the World Trade Organization Doha Development Agenda,", "the World Trade Organization met"),
    ("the Convention on the Rights of the Child,", "the Convention on the Rights of Persons with Disabilities"),
    ("the Addis Ababa Action Agenda of the Conference, part of the 2030 Agenda for Growth,", "the Addis 2030"),
]


@pytest.mark.parametrize(("name", "later"), NOT_NAMES, ids=[later for _, later in NOT_NAMES])
def test_a_name_is_shortened_only_where_it_can_be_nothing_else(name: str, later: str) -> None:
    notes = (note(1, "Resolution 70/1.", ("para_1", len(name))),)
    found = cite(document(paragraph(1, name), paragraph(2, later), notes=notes)).citations
    assert [c.block for c in found if c.resolved == "name"] == ["para_1"]


def test_the_first_note_at_a_name_defines_it() -> None:
    first, second = "the 2030 Agenda for Sustainable Development,", "the actions that support the 2030 Agenda,"
    notes = (
        note(1, "Resolution 70/1.", ("para_1", len(first))),
        note(2, "Resolution 69/313.", ("para_2", len(second))),
    )
    found = cite(document(paragraph(1, first), paragraph(2, second), notes=notes)).citations
    assert [(c.block, c.target) for c in found if c.resolved == "name"] == [
        ("para_1", "A/RES/70/1"),
        ("para_2", "A/RES/70/1"),
    ]


def test_of_two_names_in_a_row_the_note_defines_the_last() -> None:
    name = "the Framework Convention on Climate Change and the Sendai Framework for Disaster Risk Reduction 2015–2030,"
    notes = (note(1, "Resolution 69/283.", ("para_1", len(name))),)
    found = cite(document(paragraph(1, name), notes=notes)).citations
    assert [c.text for c in found if c.resolved == "name"] == ["Sendai Framework for Disaster Risk Reduction 2015–2030"]


def test_a_name_begins_after_the_verb_that_leads_to_it() -> None:
    text = "Recognizes the Guiding Principles on Internal Displacement"
    found = cite(document(paragraph(1, text), notes=(note(1, "Resolution 54/167, annex.", ("para_1", len(text))),)))
    assert [c.text for c in found.citations if c.resolved == "name"] == [text.removeprefix("Recognizes the ")]


def test_a_name_that_would_mean_two_things_means_none() -> None:
    name = "the Global Plan of Action"
    found = cite(
        document(
            paragraph(1, name),
            paragraph(2, name),
            notes=(
                note(1, "Resolution 64/293.", ("para_1", len(name))),
                note(2, "Resolution 70/1.", ("para_2", len(name))),
            ),
        )
    ).citations
    assert [c.resolved for c in found] == ["printed", "printed"]


def test_demonstratives_and_the_document_itself() -> None:
    found = cite(
        document(
            paragraph(5, "Recalls resolution 70/1 and, in that resolution, its goals;"),
            paragraph(6, "Decides that paragraph 5 above and the present resolution stand, as does that resolution;"),
        )
    )
    assert shown(found) == [
        ("para_5", "70/1", "A/RES/70/1", "printed"),
        ("para_5", "that resolution", "A/RES/70/1", "demonstrative"),
        ("para_6", "paragraph 5 above", "para_5", "self"),
        ("para_6", "the present resolution", "A/RES/72/1", "self"),
        ("para_6", "that resolution", "A/RES/70/1", "demonstrative"),
    ]


LEANING = {
    "en": ("Recalls resolution 70/1, annex;", "that resolution", "paragraph 5 (a) above", "the present resolution"),
    "fr": (
        "Rappelle la résolution 70/1, annexe ;",
        "ladite résolution",
        "paragraphe 5 a) ci-dessus",
        "la présente résolution",
    ),
    "es": ("Recuerda la resolución 70/1, anexo;", "dicha resolución", "párrafo 5 a) supra", "la presente resolución"),
    "ru": ("ссылается на резолюцию 70/1;", "указанной резолюции", "пункте 5 а) выше", "настоящей резолюции"),
    "ar": ("تشير إلى القرار 70/1؛", "ذلك القرار", "الفقرة 5 (أ) أعلاه", "هذا القرار"),
    "zh": ("回顾第70/1号决议；", "该决议", "上文第5(a)段", "本决议"),
}


@pytest.mark.parametrize("lang", LEANING)
def test_what_leans_on_the_document_in_six_languages(lang: str) -> None:
    named, that, place, present = LEANING[lang]
    point = Paragraph("para_5__point_a", Text("1"), number="(a)")
    found = cite(
        document(paragraph(5, named, points=(point,)), paragraph(6, f"{that} ; {place} ; {present}"), lang=lang)
    )
    assert [(c.text, c.target, c.resolved) for c in found.citations if c.block == "para_6"] == [
        (that, "A/RES/70/1", "demonstrative"),
        (place, "para_5__point_a", "self"),
        (present, "A/RES/72/1", "self"),
    ]
    assert {c.pinpoint for c in found.citations if c.text == place} == {"para. 5(a)"}


def test_a_paragraph_that_is_not_there() -> None:
    (found,) = cite(document(paragraph(1, "as paragraph 9 above says"))).citations
    assert (found.target, found.pinpoint) == (None, "para. 9")
    assert found.reason


def test_an_organ_printed_once_holds_for_the_document() -> None:
    found = cite(
        document(
            paragraph(1, "Recalls Human Rights Council resolution 40/20,"),
            paragraph(2, "the report pursuant to resolution 40/20,"),
        )
    ).citations
    assert [c.target for c in found] == ["A/HRC/RES/40/20"] * 2


def linked(text: str, printed: str, uri: str) -> Citation:
    at = text.index(printed)
    (found,) = cite(document(paragraph(1, text)), links=[LinkedText("para_1", at, at + len(printed), uri)]).citations
    assert found.text in printed or printed in found.text
    return found


def test_a_link_confirms() -> None:
    found = linked("Recalls resolution 70/1", "70/1", "http://undocs.org/en/A/RES/70/1")
    assert (found.target, found.resolved, found.confidence) == ("A/RES/70/1", "link", 1.0)


def test_a_link_decides_what_is_not_printed() -> None:
    found = linked("Recalls resolution 39/2", "39/2", "https://docs.un.org/en/A/HRC/RES/39/2")
    assert (found.target, found.url) == ("A/HRC/RES/39/2", "https://docs.un.org/en/A/HRC/RES/39/2")


def test_a_link_that_contradicts_the_words_is_told() -> None:
    found = linked("Recalls resolution 75/22", "75/22", "https://undocs.org/en/A/RES/74/11")
    assert (found.target, found.url) == ("A/RES/75/22", "https://docs.un.org/en/A/RES/74/11")
    assert found.confidence < 1
    assert found.reason == "printed '75/22', linked to A/RES/74/11"


def test_a_link_supplies_what_no_rule_finds() -> None:
    found = linked("as the Programme of Action says", "Programme of Action", "https://undocs.org/A/CONF.192/15")
    assert (found.target, found.resolved, found.kind) == ("A/CONF.192/15", "link", "symbol")


def test_a_link_elsewhere_says_nothing() -> None:
    link = LinkedText("para_1", 0, 5, "https://www.example.org/A/72/1")
    assert cite(document(paragraph(1, "see here")), links=[link]).citations == ()


def test_pieces_of_one_link_are_one() -> None:
    text = "Recalls resolution 70/1"
    uri = "https://undocs.org/A/RES/70/1"
    links = [LinkedText("para_1", at, at + 1, uri) for at in range(text.index("70"), len(text))]
    assert len(cite(document(paragraph(1, text)), links=links).citations) == 1


def test_a_resolver_of_ones_own_has_the_last_word() -> None:
    def resolver(citation: Citation, document: Document) -> Citation | None:
        del document
        return msgspec.structs.replace(citation, target="X") if citation.kind == "decision" else None

    found = cite(document(paragraph(1, "decision 72/548 and resolution 70/1")), resolver=resolver)
    assert shown(found) == [("para_1", "72/548", "X", "resolver"), ("para_1", "70/1", "A/RES/70/1", "printed")]


@pytest.mark.parametrize("lang", LEANING)
def test_no_document_makes_citing_slow(lang: str) -> None:
    """100 kB of what leans on other text, in one paragraph and in notes called all over it."""
    piece = " ; ".join(LEANING[lang]) + " 2030 "
    text = piece * (100_000 // len(piece))
    notes = tuple(note(n, LEANING[lang][0] + " Ibid.", ("para_1", n * 400)) for n in range(1, 200))
    start = time.process_time()
    cite(document(paragraph(1, text), notes=notes, lang=lang))
    assert time.process_time() - start < 10


def test_same_document_same_citations() -> None:
    whole = document(paragraph(1, "Recalls resolution 70/1 and the present resolution"), notes=(note(1, "A/72/1."),))
    assert msgspec.json.encode(cite(whole)) == msgspec.json.encode(cite(whole))
    assert cite(cite(whole)) == cite(whole)
