"""Which way a text is read."""

from __future__ import annotations

import regex

__all__ = ["has_rtl"]

_RTL = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")


def has_rtl(text: str) -> bool:
    """Whether a text holds a right-to-left letter."""
    return not text.isascii() and _RTL.search(text) is not None
