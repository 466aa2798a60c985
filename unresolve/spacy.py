"""Documents and citations for people who work in spaCy.

Citations are found in the text first and laid on the tokens after: a blank English tokenizer cuts
``A/C.3/72/L.1/Rev.1`` into six pieces, which come out as one span all the same. Importing this module
imports spaCy; the components are also found by their entry points::

    nlp = spacy.blank("en")
    nlp.add_pipe("un_citations")
    doc = nlp("Recalling its resolution 70/1 of 25 September 2015,")
    doc.spans["citations"][0].id_  # A/RES/70/1
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Span

from unresolve.citations import find_citations
from unresolve.languages import CODES, load
from unresolve.model.tokens import CITATIONS, OPENERS, span_over, to_spacy

__all__ = ["CITATIONS", "OPENERS", "to_spacy", "un_citations", "un_openers"]


@Language.factory("un_citations", default_config={"lang": None, "organ": "GA"})
def un_citations(nlp: Language, name: str, lang: str | None, organ: str) -> Callable[[Doc], Doc]:
    """A component that puts the citations of a text into ``doc.spans["citations"]``.

    A span's label is the kind of the citation, its ``id_`` the target. ``lang`` is the pipeline's own if
    it is not given.
    """
    del name
    code = _language(lang or nlp.lang or "en")

    def component(doc: Doc) -> Doc:
        spans = [
            span_over(doc, found.start, found.end, found.kind, found.target)
            for found in find_citations(doc.text, code, organ=organ)
        ]
        doc.spans[CITATIONS] = [span for span in spans if span is not None]
        return doc

    return component


@Language.factory("un_openers", default_config={"lang": None})
def un_openers(nlp: Language, name: str, lang: str | None) -> Callable[[Doc], Doc]:
    """A component that puts the opener of every line into ``doc.spans["openers"]``, labelled by its relation."""
    del name
    pack = load(_language(lang or nlp.lang or "en"))

    def component(doc: Doc) -> Doc:
        spans: list[Span | None] = []
        at = 0
        for line in doc.text.splitlines(keepends=True):
            opener = pack.opener(line, "preamble") or pack.opener(line, "body")
            if opener:
                start = at + line.index(opener)
                spans.append(span_over(doc, start, start + len(opener), pack.relation(opener) or "", None))
            at += len(line)
        doc.spans[OPENERS] = [span for span in spans if span is not None]
        return doc

    return component


def _language(code: str) -> str:
    return code if code in CODES else "en"
