"""How high and how deep letters reach, for engines that do not measure the ink."""

from __future__ import annotations

import unicodedata
from functools import cache

__all__ = ["ink"]

# Shares of the size, measured on Times: x-height, capitals and ascenders, accents on capitals; commas, descenders.
_LOW, _HIGH, _ACCENTED = 0.46, 0.68, 0.86
_SHALLOW, _DEEP = 0.14, 0.21
_FLAT = frozenset("aceimnorsuvwxzgpqy.,:;-–—_·…«»авгджзийклмнопрстухцчшщъыьэюя")
_FALLS = {**dict.fromkeys(",;цщдЦЩД", _SHALLOW), **dict.fromkeys("gjpqyQ()[]{}|ç¡¿§µруфФ", _DEEP)}


def ink(text: str, *, italic: bool = False) -> tuple[float, float]:
    """How far a text in a face with serifs reaches above and below its baseline, as shares of its size."""
    reaches = [_reach(character) for character in text if not character.isspace()]
    if not reaches:
        return 0.0, 0.0
    fall = max(fall for _, fall in reaches)
    if italic and "f" in text:  # the italic f has a tail
        fall = max(fall, _DEEP)
    return max(rise for rise, _ in reaches), fall


@cache
def _reach(character: str) -> tuple[float, float]:
    parts = unicodedata.normalize("NFD", character)
    base, marks = parts[0], parts[1:]
    if unicodedata.east_asian_width(character) in "WF":
        return 0.86, 0.1
    fall = _FALLS.get(character, _FALLS.get(base, 0.0))
    if marks and base.isupper():
        return _ACCENTED, fall
    return (_HIGH if marks or base not in _FLAT else _LOW), fall
