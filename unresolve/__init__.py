"""Reads United Nations General Assembly documents and gives their structure.

    >>> import unresolve
    >>> document = unresolve.parse("resolution.pdf")  # doctest: +SKIP

``import unresolve`` loads nothing else: each name below is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__all__ = [
    "Document",
    "Symbol",
    "UnresolveError",
    "__version__",
    "errors",
    "find_citations",
    "parse",
    "read_akn",
    "write",
]

__version__ = "0.1.0"

if TYPE_CHECKING:
    from unresolve import errors
    from unresolve.citations import find_citations
    from unresolve.errors import UnresolveError
    from unresolve.model import Document
    from unresolve.pipeline import parse
    from unresolve.symbols import Symbol
    from unresolve.writers import write
    from unresolve.writers.akn_read import read_akn
else:
    # Out of the sight of type checkers, to which it would make any name look real.
    _HOMES = {
        "Document": "unresolve.model",
        "Symbol": "unresolve.symbols",
        "UnresolveError": "unresolve.errors",
        "find_citations": "unresolve.citations",
        "parse": "unresolve.pipeline",
        "read_akn": "unresolve.writers.akn_read",
        "write": "unresolve.writers",
    }

    def __getattr__(name: str) -> object:
        if name == "errors":
            return import_module("unresolve.errors")
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_HOMES[name]), name)
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
