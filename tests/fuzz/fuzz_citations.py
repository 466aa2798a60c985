"""Any text in any of the six languages: citations are found or not, at places that are there, in bounded time.

``python tests/fuzz/with_atheris.py fuzz_citations [CORPUS] [-runs=N] [-max_total_time=SECONDS]``
"""

from __future__ import annotations

from unresolve.citations import find_citations
from unresolve.languages import CODES
from unresolve.symbols import Symbol

__all__ = ["check"]

_LANGUAGES = sorted(CODES)


def check(data: bytes) -> None:
    """Raises an AssertionError where a law of citations is broken; the first byte chooses the language."""
    if not data:
        return
    text = data[1:].decode("utf-8", "replace")
    for citation in find_citations(text, _LANGUAGES[data[0] % len(_LANGUAGES)]):
        assert 0 <= citation.start < citation.end <= len(text)
        assert text[citation.start : citation.end] == citation.text
        assert 0 <= citation.confidence <= 1
        if citation.kind in ("symbol", "resolution", "decision") and citation.target is not None:
            assert str(Symbol.parse(citation.target)) == citation.target, "targets are canonical"
