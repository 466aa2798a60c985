"""French and English versions of the same real documents agree in what has no language.

``A/RES/48/161`` of 1993 is set in the typewriter layout, the report of 2009 in Word.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from unresolve.model import Document
from unresolve.pipeline import parse

# The French report prints the year of two resolutions of the Security Council, the English one does not ("resolution
# 1325"), so that only in French they can be told from resolutions of other bodies.
PAIRS = [
    pytest.param("A_RES_48_161", frozenset(), 26, id="resolution"),
    pytest.param("A_HRC_WG.6_7_ITA_1", frozenset({"S/RES/1325(2000)", "S/RES/1820(2008)"}), 138, id="report"),
]


@pytest.mark.parametrize(("name", "french_only", "numbered"), PAIRS)
def test_french_and_english_agree(name: str, french_only: frozenset[str], numbered: int, data: Path) -> None:
    english, french = (parse(data / "other" / f"{name}.{language}.pdf") for language in ("EN", "FR"))
    assert (english.language, french.language) == ("en", "fr")
    assert len(_numbers(english)) == numbered
    assert _numbers(english) == _numbers(french)
    assert [note.marker for note in english.notes] == [note.marker for note in french.notes]
    assert [len(note.calls) for note in english.notes] == [len(note.calls) for note in french.notes]
    assert _symbols(french) - _symbols(english) == french_only
    assert _symbols(english) <= _symbols(french)


def _numbers(document: Document) -> list[str]:
    """The printed numbers, without the bracket that only English opens: "(a)" is "a)" in French."""
    return [paragraph.number.lstrip("(") for paragraph in document.paragraphs() if paragraph.number]


def _symbols(document: Document) -> set[str]:
    """The documents that are cited; places in the document itself are none."""
    return {citation.target for citation in document.citations if citation.target and "/" in citation.target}
