"""Any text as a document symbol: it is one, and then a sound value, or it is refused with an InvalidSymbol.

``python tests/fuzz/with_atheris.py fuzz_symbol [CORPUS] [-runs=N] [-max_total_time=SECONDS]``
"""

from __future__ import annotations

from unresolve.errors import InvalidSymbol
from unresolve.symbols import Symbol

__all__ = ["check"]


def check(data: bytes) -> None:
    """Raises an AssertionError where a law of symbols is broken."""
    text = data.decode("utf-8", "replace")
    try:
        symbol = Symbol.parse(text)
    except InvalidSymbol:
        return
    again = Symbol.parse(str(symbol))
    assert str(again) == str(symbol), "the canonical form is its own"
    assert again == symbol
    assert hash(again) == hash(symbol)
    assert not again < symbol
    assert symbol.url("fr").startswith("https://docs.un.org/fr/")
    assert Symbol.parse(symbol.page) is not None
    symbol.iri("2017-09-27")
