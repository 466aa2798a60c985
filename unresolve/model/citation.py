"""A reference to another document, or to a place in this one."""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = ["Citation", "CitationKind", "Resolution"]

CitationKind = Literal["symbol", "resolution", "decision", "treaty", "charter", "records", "publication", "internal"]
Resolution = Literal["printed", "link", "note", "ibid", "name", "demonstrative", "masthead", "self", "resolver"]


class Citation(msgspec.Struct, frozen=True, order=True, omit_defaults=True):
    """One reference, as printed and as meant.

    ``block`` is the id of the block or note whose text holds the span ``[start, end)``; it is empty for
    a citation found in a bare string. ``target`` is the canonical symbol (``A/RES/72/1``), a treaty key
    (``UNTS/2225/39574``) or the id of a block of the same document. ``through`` is
    set on the first of a range ("resolutions 48/16 to 48/18"): the target of its last, which is a citation of
    its own and the next one in the text, but in a range printed short ("48/16-18"), which is one. ``date`` is ISO 8601.
    ``relation`` is language-neutral (``recalling``, ``reaffirming`` …). ``resolved`` says from what the
    target was taken, ``confidence`` is between 0 and 1 and ``reason`` says why it is below 1.
    """

    block: str
    start: int
    end: int
    text: str
    kind: CitationKind
    target: str | None = None
    url: str | None = None
    pinpoint: str | None = None
    date: str | None = None
    relation: str | None = None
    resolved: Resolution = "printed"
    confidence: float = 1.0
    reason: str | None = None
    through: str | None = None

    def __repr__(self) -> str:
        """``<Citation resolution '70/1' → A/RES/70/1 in para_1>``."""
        meant = f" → {self.target}" if self.target else ""
        place = f" in {self.block}" if self.block else ""
        return f"<Citation {self.kind} {self.text!r}{meant}{place}>"
