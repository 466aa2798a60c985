"""Printed symbol to tokens: folding of look-alike characters, and a reader over named patterns.

Every token keeps its offset in the printed string, so that an error can show where it is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple, NoReturn

from unresolve.errors import InvalidSymbol

__all__ = ["ARABIC_LETTERS", "Reader", "Token", "fold"]

# Cyrillic letters typed for the Latin ones they look like ("А/77/1"), dashes of every length, and the
# full-width forms of Chinese typesetting ("（", "／").
_ALIKE = str.maketrans(
    {
        **dict(zip("АВСЕНІКМОРТХасеорх", "ABCEHIKMOPTXaceopx", strict=True)),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"),
        "\u2044": "/",
        "\u2215": "/",
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code != 0xFF0D},
    }
)

# The letters A, B, C … of a resolution's parts as Arabic documents name them, in the order of the abjad.
_ABJAD = "ألف باء جيم دال هاء واو زاي حاء طاء ياء كاف لام ميم نون سين عين فاء صاد قاف راء شين تاء ثاء خاء ذال ضاد"
ARABIC_LETTERS: dict[str, str] = {name: chr(ord("A") + order) for order, name in enumerate(_ABJAD.split(" "))}

_PATTERNS: dict[str, re.Pattern[str]] = {
    "slash": re.compile("/"),
    "point": re.compile(r"\."),
    "hyphen": re.compile("-"),
    "open": re.compile(r"\("),
    "close": re.compile(r"\)"),
    "number": re.compile(r"[0-9]{1,9}"),
    "word": re.compile(r"[A-Za-z]{1,24}"),
    "arabic": re.compile("[\u0621-\u064a]{1,8}"),
    "and": re.compile("[和及]"),
}


class Token(NamedTuple):
    """A piece of a symbol; ``at`` is the offset of its first character in the printed string."""

    name: str
    text: str
    at: int


def fold(printed: str) -> list[tuple[str, int]]:
    """The characters that count, each with its offset: no format characters, look-alikes made plain."""
    return [
        (" " if character.isspace() else character.translate(_ALIKE), at)
        for at, character in enumerate(printed)
        if unicodedata.category(character) != "Cf"
    ]


class Reader:
    """Reads tokens from left to right; white space between tokens is skipped but remembered."""

    def __init__(self, printed: str) -> None:
        self.printed = printed
        folded = fold(printed)
        self._text = "".join(character for character, _ in folded)
        self._at = [at for _, at in folded]
        self._position = 0

    def _skip(self) -> int:
        position = self._position
        while position < len(self._text) and self._text[position] == " ":
            position += 1
        return position

    @property
    def spaced(self) -> bool:
        """Whether white space stands before the next token."""
        return self._skip() > self._position

    def check(self, name: str) -> Token | None:
        """The next token if it is a ``name``, without reading it."""
        position = self._skip()
        found = _PATTERNS[name].match(self._text, position)
        return Token(name, found[0], self._at[position]) if found else None

    def read(self, name: str) -> Token | None:
        """The next token if it is a ``name``, read."""
        token = self.check(name)
        if token:
            self._position = self._skip() + len(token.text)
        return token

    def expect(self, name: str, wanted: str) -> Token:
        """The next token, which must be a ``name``; ``wanted`` says in words what was looked for."""
        return self.read(name) or self.fail(f"expected {wanted}")

    def mark(self) -> int:
        """The place reached, for :meth:`back`."""
        return self._position

    def back(self, mark: int) -> None:
        """Go back to a place reached before."""
        self._position = mark

    @property
    def done(self) -> bool:
        """Whether nothing but white space is left."""
        return self._skip() == len(self._text)

    def fail(self, reason: str, at: int | None = None) -> NoReturn:
        """Raise :class:`InvalidSymbol` with the printed string and a caret under the place."""
        if at is None:
            position = self._skip()
            at = self._at[position] if position < len(self._at) else len(self.printed)
        raise InvalidSymbol(f"{reason}\n  {self.printed}\n  {' ' * at}^")
