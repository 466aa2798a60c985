"""Citations and openers as spans of spaCy, in blank pipelines of the six languages."""

from __future__ import annotations

import pytest
import spacy

from unresolve.citations import cite
from unresolve.model import Document, Paragraph, Source, Text
from unresolve.spacy import CITATIONS, OPENERS

TEXTS = {
    "en": ("Recalling its resolution 70/1 and A/C.3/72/L.1/Rev.1,", "Recalling"),
    "fr": ("Rappelant sa résolution 70/1 et A/C.3/72/L.1/Rev.1,", "Rappelant"),
    "es": ("Recordando su resolución 70/1 y A/C.3/72/L.1/Rev.1,", "Recordando"),
    "ru": ("ссылаясь на свою резолюцию 70/1 и A/C.3/72/L.1/Rev.1,", "ссылаясь"),
    "ar": ("وإذ تشير إلى قرارها 70/1 و A/C.3/72/L.1/Rev.1،", "وإذ تشير"),
    "zh": ("回顾其第70/1号决议和A/C.3/72/L.1/Rev.1，", "回顾"),
}


@pytest.mark.parametrize("lang", TEXTS)
def test_components_lay_spans_on_tokens(lang: str) -> None:
    text, opener = TEXTS[lang]
    nlp = spacy.blank(lang)
    nlp.add_pipe("un_citations")
    nlp.add_pipe("un_openers")
    doc = nlp(text)
    assert doc.text == text
    found = doc.spans[CITATIONS]
    assert [(span.label_, span.id_) for span in found] == [
        ("resolution", "A/RES/70/1"),
        ("symbol", "A/C.3/72/L.1/Rev.1"),
    ]
    assert all(printed in span.text for printed, span in zip(("70/1", "A/C.3/72/L.1/Rev.1"), found, strict=True))
    (span,) = doc.spans[OPENERS]
    assert span.label_ == "recalling"
    assert span.text.startswith(opener)


def test_a_document_as_doc() -> None:
    paragraphs = (
        Paragraph("para_1", Text("Recalls resolution 70/1;"), number="1.", opener="Recalls"),
        Paragraph("para_2", Text("Requests a report on A/72/1."), number="2.", opener="Requests"),
    )
    doc = cite(Document(Source(), language="en", body=paragraphs)).to_spacy()
    assert doc.text == "Recalls resolution 70/1;\nRequests a report on A/72/1."
    assert [span.id_ for span in doc.spans[CITATIONS]] == ["A/RES/70/1", "A/72/1"]
    assert [span.text for span in doc.spans[OPENERS]] == ["Recalls", "Requests"]


def test_a_document_in_no_known_language_is_cut_at_spaces() -> None:
    document = Document(Source(), body=(Paragraph("para_1", Text("Lasc an solas")),))
    assert [token.text for token in document.to_spacy()] == ["Lasc", "an", "solas"]
