"""A document in another format: one module a format behind one function."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Protocol

from unresolve.model import Document

__all__ = ["FORMATS", "Writer", "write"]

FORMATS: dict[str, str] = {
    "akn": ".xml",
    "html": ".html",
    "json": ".json",
    "markdown": ".md",
    "parquet": ".parquet.zip",
    "tables": ".tables.zip",
    "text": ".txt",
}
"""The extension of the files of each format."""


class Writer(Protocol):
    """A document in, the bytes of a file out: the same bytes for the same document."""

    def __call__(self, document: Document, **options: Any) -> bytes: ...


def write(document: Document, to: str, **options: Any) -> bytes:
    """The document as a file of the format ``to``, one of :data:`FORMATS`.

    The options are those of the format's own function: ``to_akn``, ``to_json``, ``to_markdown`` …
    Raises ValueError for a format there is not.
    """
    if to not in FORMATS:
        raise ValueError(f"no format {to!r}: there are {', '.join(FORMATS)}")
    writer: Callable[..., bytes] = getattr(import_module(f"{__name__}.{to}"), f"to_{to}")
    return writer(document, **options)
