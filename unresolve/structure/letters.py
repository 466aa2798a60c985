"""The letters of parts: "A", "B" in most languages, "ألف", "باء" written out in Arabic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unresolve.layout.line import Line
from unresolve.patterns import late

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["letter_of"]

_LETTER = late(r"\p{Lu}")
_LONGEST = 6


def letter_of(line: Line, pack: Pack) -> str | None:
    """The Latin letter that a line stands for, note calls left aside; None if it is anything else."""
    raised = [span for span in line.spans if span.raised > 0]
    text = line.text[: min((span.start for span in raised), default=len(line.text))].rstrip(" *")
    if not text or len(text) > _LONGEST:
        return None
    marker = pack.enumerator(text) or pack.enumerator(f"{text}.")
    kinds = (marker.kinds or (marker.kind,)) if marker is not None else ()
    if marker is None or "upper-letter" not in kinds or not (pack.rtl or _LETTER.fullmatch(text)):
        return None
    place = marker.ordinals[kinds.index("upper-letter")]
    return chr(ord("A") + place - 1) if place <= 26 else None
