"""Right-to-left lines of marked text, cut into stretches and turned as a page would show them.

A subset of the Unicode Bidirectional Algorithm (UAX #9) that is enough for what the United Nations print: Arabic
with numbers, Latin names and document symbols in it.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

__all__ = ["stretches"]

_FROM_LEFT = regex.compile(
    r"""\d*\p{Latin}[\p{Latin}\d]*(?:[\s./,:&'’\-]{1,2}[\p{Latin}\d]+)*   # A/C.3/72/L.1/Rev.1
    | \d+(?:[.,/:]\d+)*                                                  # 76/148, 3.5; but 3-14 is two numbers
    """,
    regex.VERBOSE,
)
_PARTS = regex.compile(r"\s+|\S+(?:\s+\S+)*")
_MIRROR = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def stretches(text: str) -> Iterator[str]:
    """The stretches of a text in the order of reading, each as it is seen from left to right on the page.

    They stand from right to left beside each other.
    """
    at = 0
    for match in _FROM_LEFT.finditer(text):
        yield from _turned(text[at : match.start()])
        yield match[0]
        at = match.end()
    yield from _turned(text[at:])


def _turned(text: str) -> Iterator[str]:
    """The text from its end, with the white space around it apart."""
    for part in _PARTS.findall(text):
        yield part[::-1].translate(_MIRROR)
