"""A document as a ``Doc`` of spaCy: a line a paragraph, its citations and openers as spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

    from .document import Document, Paragraph

__all__ = ["CITATIONS", "OPENERS", "span_over", "to_spacy"]

CITATIONS = "citations"
OPENERS = "openers"


def to_spacy(document: Document, nlp: Language | None = None) -> Doc:
    """A document as a ``Doc``: one line a paragraph, with its citations and openers as spans.

    ``nlp`` is the pipeline to run, a blank one of the document's language if not given. The texts of
    paragraphs are joined by line feeds; ``span.id_`` of a citation is its target.
    """
    pipeline = nlp or _blank(document.language)
    paragraphs = [paragraph for paragraph in document.paragraphs() if paragraph.text.content]
    doc = pipeline("\n".join(paragraph.text.content for paragraph in paragraphs))
    starts = _starts(paragraphs)
    citations = [
        span_over(doc, starts[c.block] + c.start, starts[c.block] + c.end, c.kind, c.target)
        for c in document.citations
        if c.block in starts
    ]
    openers = [
        span_over(doc, starts[p.id], starts[p.id] + len(p.opener), p.opener, p.id)
        for p in paragraphs
        if p.opener and p.text.content.startswith(p.opener)
    ]
    doc.spans[CITATIONS] = [span for span in citations if span is not None]
    doc.spans[OPENERS] = [span for span in openers if span is not None]
    return doc


def _starts(paragraphs: list[Paragraph]) -> dict[str, int]:
    starts = {}
    at = 0
    for paragraph in paragraphs:
        starts[paragraph.id] = at
        at += len(paragraph.text.content) + 1
    return starts


def span_over(doc: Doc, start: int, end: int, label: str, identifier: str | None) -> Span | None:
    """The tokens that cover ``[start, end)``, widened to whole tokens."""
    span = doc.char_span(start, end, label=label, alignment_mode="expand")
    if span is not None and identifier:
        span.id_ = identifier
    return span


def _blank(language: str) -> Language:
    try:
        return spacy.blank(language)
    except ImportError:  # spaCy knows no such language: "und"
        return spacy.blank("xx")
