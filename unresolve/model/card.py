"""A document at a glance, as a notebook shows it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .document import Document, Field

__all__ = ["card"]

_RIGHT_TO_LEFT = frozenset({"ar"})
_LONGEST = 300
"""Characters shown of a field: a title of the longest resolutions has some 250."""


def card(document: Document) -> str:
    """A small table in HTML, without script; everything printed is escaped."""
    head = document.masthead
    counts = (
        ("paragraphs", sum(1 for _ in document.paragraphs())),
        ("notes", len(document.notes)),
        ("citations", len(document.citations)),
        ("annexes", len(document.annexes)),
        ("diagnostics", len(document.diagnostics)),
    )
    found = (
        ("symbol", head.symbol),
        ("title", head.title),
        ("session", head.session),
        ("adopted", head.heading),
        ("issued", head.issued),
    )
    way = "rtl" if document.language in _RIGHT_TO_LEFT else "ltr"
    cells = f'<td lang="{escape(document.language)}" dir="{way}" style="text-align: start">'
    rows = [f"<tr><th>{name}</th>{cells}{_shown(field)}</td></tr>" for name, field in found if field is not None]
    held = ", ".join(f"{count} {name}" for name, count in counts if count)
    kind = f"{document.kind}, {document.language}, {document.source.pages} pages"
    caption = f"<caption>{escape(kind)}</caption>"
    return f"<table>{caption}{''.join(rows)}<tr><th>holds</th><td>{escape(held or 'no text')}</td></tr></table>"


def _shown(field: Field) -> str:
    text = str(field.text)
    return escape(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")
