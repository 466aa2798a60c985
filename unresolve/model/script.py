"""Which way a text is read, and whether it is Chinese."""

from __future__ import annotations

import regex

from unresolve.patterns import late

__all__ = ["has_han", "has_rtl", "is_wide"]

_RTL = late(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
_HAN = regex.compile(r"\p{Han}")
_WIDE = late(r"[\p{Han}\u3000-\u303f\uff00-\uffef]")
_FIRST = "\u2e80"
"""No Chinese character and no full-width sign stands before it in Unicode."""


def has_rtl(text: str) -> bool:
    """Whether a text holds a right-to-left letter."""
    return not text.isascii() and _RTL.search(text) is not None


def has_han(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return not text.isascii() and _HAN.search(text) is not None


def is_wide(character: str) -> bool:
    """Whether one character is Chinese or a full-width sign."""
    return character >= _FIRST and _WIDE.match(character) is not None
