"""Akoma Ntoso: always valid, and the same document when it is read again."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from strategies import documents, odd_documents
from unresolve.model import Document
from unresolve.writers.akn import to_akn, validate

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
@given(documents())
def test_a_sound_document_is_valid_and_keeps_its_text(document: Document) -> None:
    assert validate(to_akn(document), document) == []


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(odd_documents())
def test_whatever_the_document_holds_the_file_is_valid(document: Document) -> None:
    assert validate(to_akn(document), document) == []
    assert validate(to_akn(document, profile="un"), document) == []
