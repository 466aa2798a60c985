"""Marks inside a line of marked text: emphasis, superscripts, note calls, links.

What converters write is read: CommonMark's stars and underscores, HTML's ``<sup>``, ``<i>`` and the like, ``[^1]``,
``$^{1}$`` and ``^1^`` for calls. A mark that is not closed is text.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

import msgspec
import regex

__all__ = ["HARD", "SOFT", "Piece", "lines_of", "pieces_of"]

SOFT = "\n"
"""A line end of the source."""

HARD = "\v"
"""A line end that the source insists on: two spaces before it, a backslash, ``<br>``."""

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_TOKEN = regex.compile(
    r"""\\(?P<escaped>[\\`*_{}\[\]()<>#+\-.!~|^$&])
    | (?P<comment><!--.{0,2000}?-->|!\[[^\]\n]{0,300}\]\([^()\s]{0,2000}\))
    | <(?P<close>/?)(?P<tag>sup|sub|strong|b|em|i)\s{0,3}>
    | (?P<line><br\s{0,3}/?>)
    | (?P<other></?[a-zA-Z][^<>\n]{0,300}>)
    | \[\^(?P<call>[^\]\s]{1,8})\]
    | \[(?P<label>(?:[^\[\]]|\[[^\[\]]{0,80}\]){1,500})\]
      \((?P<uri>[^()\s]{0,1000}(?:\([^()\s]{0,100}\)[^()\s]{0,300}){0,4})\)
    | \$\^(?:\{(?P<tex>[^${}\n]{1,8})\}|(?P<short>[\p{L}\p{N}*]))\$ | \^(?P<caret>[\p{L}\p{N}*,]{1,8})\^
    | (?P<entity>&(?:\#\d{1,6}|\#x[\da-fA-F]{1,6}|[a-zA-Z]{2,24});)
    | (?P<digits>[⁰¹²³⁴-⁹]{1,3})
    | (?P<stars>\*{1,4}|_{1,3})
    """,
    regex.VERBOSE | regex.DOTALL,
)
_STYLES = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "sup": "raised", "sub": "lowered"}


class Piece(msgspec.Struct, frozen=True):
    """Text in one style; ``raised`` is 1 for a superscript, -1 for a subscript; ``uri`` is where it leads."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: int = 0
    uri: str = ""


def pieces_of(source: str, markers: frozenset[str] = frozenset()) -> list[Piece]:
    """The pieces of a block's source, line ends kept as SOFT and HARD.

    ``markers`` are those of the notes in the document: ``²`` and a star behind a word call a note only if there
    is such a note.
    """
    return _Scanner(source, markers).pieces


def lines_of(pieces: Iterable[Piece]) -> list[tuple[list[Piece], bool]]:
    """The lines of a block: the pieces of each, and whether it ends where the source insists."""
    lines: list[tuple[list[Piece], bool]] = []
    line: list[Piece] = []
    for piece in pieces:
        for part in regex.split(r"([\n\v])", piece.text):
            if part in (SOFT, HARD):
                lines.append((line, part == HARD))
                line = []
            elif part:
                line.append(msgspec.structs.replace(piece, text=part))
    lines.append((line, True))
    return [(found, hard) for found, hard in lines if any(piece.text.strip() for piece in found)]


class _Scanner:
    """Walks through a source once; ``_style`` is what is open."""

    def __init__(self, source: str, markers: frozenset[str]) -> None:
        self._source = source
        self._markers = markers
        self._style = dict.fromkeys(_STYLES.values(), False)
        self.pieces: list[Piece] = []
        at = 0
        for match in _TOKEN.finditer(source):
            self._put(source[at : match.start()])
            self._token(match)
            at = match.end()
        self._put(source[at:])

    def _put(self, text: str, raised: int | None = None, uri: str = "") -> None:
        if not text:
            return
        style = self._style
        height = style["raised"] - style["lowered"] if raised is None else raised
        self.pieces.append(Piece(text, style["bold"], style["italic"], height, uri))

    def _token(self, match: regex.Match[str]) -> None:
        found = match.lastgroup
        if found == "escaped":
            self._put(match["escaped"])
        elif found == "tag":
            self._style[_STYLES[match["tag"]]] = not match["close"]
        elif found == "line":
            self._put(HARD)
        elif found in ("call", "tex", "short", "caret"):
            self._put(match[found], 1)
        elif found == "uri":
            for piece in pieces_of(match["label"], self._markers):
                self.pieces.append(msgspec.structs.replace(piece, uri=match["uri"]))
        elif found == "entity":
            self._put(html.unescape(match["entity"]))
        elif found == "digits":
            digits = match["digits"].translate(SUPERSCRIPTS)
            self._put(digits, 1) if digits in self._markers else self._put(match["digits"])
        elif found == "stars":
            self._emphasis(match)

    def _emphasis(self, match: regex.Match[str]) -> None:
        """``*italic*``, ``**bold**``, ``***both***``; a star behind a word may call a note, else it is a star."""
        mark = match["stars"]
        before = self._source[: match.start()][-1:]
        after = self._source[match.end() :][:1]
        kinds = {1: ("italic",), 2: ("bold",), 3: ("bold", "italic")}.get(len(mark), ())
        inside = mark[0] == "_" and before.isalnum() and after.isalnum()
        closes = bool(before.strip()) and all(self._style[kind] for kind in kinds)
        if kinds and not inside and closes:
            self._style.update(dict.fromkeys(kinds, False))
        elif kinds and not inside and after.strip() and self._closed(mark, match.end()):
            self._style.update(dict.fromkeys(kinds, True))
        elif before.strip() and mark in self._markers:
            self._put(mark, 1)
        else:
            self._put(mark)

    def _closed(self, mark: str, start: int) -> bool:
        """Whether the same mark stands behind a word further on."""
        at = self._source.find(mark, start + 1)
        while at >= 0:
            if self._source[at - 1].strip() and self._source[at - 1] != "\\":
                return True
            at = self._source.find(mark, at + 1)
        return False
