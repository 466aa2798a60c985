"""The document as JSON: the model as it is, and its published schema."""

from __future__ import annotations

from typing import Any

import msgspec

from unresolve.errors import InvalidDocumentError
from unresolve.model import Document

__all__ = ["from_json", "schema", "to_json"]

SCHEMA_ID = "urn:unresolve:document:1"


def to_json(document: Document, *, indent: int = 2) -> bytes:
    """The document as UTF-8 JSON, ending in a line feed; ``indent=0`` writes it on one line.

    Members that have their default value are left out.
    """
    written = msgspec.json.encode(document)
    return (msgspec.json.format(written, indent=indent) if indent else written) + b"\n"


def from_json(data: bytes) -> Document:
    """The document that :func:`to_json` wrote; raises :class:`~unresolve.errors.InvalidDocumentError`."""
    try:
        return msgspec.json.decode(data, type=Document)
    except msgspec.DecodeError as error:
        raise InvalidDocumentError(f"not a document of this model: {error}") from error


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what :func:`to_json` writes; ``docs/schema.json`` holds it.

    ``python -m unresolve.writers.json > docs/schema.json`` writes it anew.
    """
    made: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(Document)))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "A United Nations document",
        **made,
    }


if __name__ == "__main__":
    print(msgspec.json.format(msgspec.json.encode(schema())).decode())
