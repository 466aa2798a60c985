"""Notes: the lines below the rule become notes, and every call in the text is tied to its note.

A note begins with its marker, raised ("1") or not ("1/" in the typewriter layout). Lines below the rule
that begin without one go on with the note of the page before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec
import regex

from unresolve.layout.join import Hyphens, join
from unresolve.layout.lines import Line
from unresolve.layout.zones import Sheet
from unresolve.model import Diagnostic, Mark, Note, Text

from .pieces import boxes_of

__all__ = ["Calls", "Found", "notes_of"]

_RAISED = regex.compile(r"\(?(?P<marker>\d{1,3}|\*{1,4}|[†‡§]|\p{Ll})\)?")
_PLAIN = regex.compile(r"(?P<marker>\d{1,3}/(?=\s)|\(\d{1,3}\)|\*{1,4}|[†‡§]|\d{1,3}(?=\s))\s*")


Style = Literal["raised", "typewriter", "plain"]
"""How markers are set: raised ("¹"), with a stroke ("1/") or like the text ("1", a star)."""


class Found(msgspec.Struct, frozen=True):
    """A note before its calls are known, and how its marker is set."""

    note: Note
    style: Style = "raised"


def notes_of(sheets: Sequence[Sheet], hyphens: Hyphens) -> tuple[list[Found], list[Diagnostic]]:
    """The notes of all pages in the order in which they stand, and what is wrong with them."""
    groups: list[tuple[str, Style, list[Line]]] = []
    bracketed: list[bool] = []
    diagnostics: list[Diagnostic] = []
    for sheet in sheets:
        for line in sheet.notes:
            marker = _marker(line, groups[-1][:2] if groups else None)
            if marker is not None:
                printed, style, length = marker
                groups.append((printed, style, [line.part(length)]))
                bracketed.append("(" in line.text[:length] or ")" in line.text[:length])
            elif groups:
                groups[-1][2].append(line)
            else:
                message = f"text below the rule has no marker: {line.text}"
                diagnostics.append(Diagnostic("note-without-marker", message, line.page, boxes_of([line])[0]))
                groups.append(("", "plain", [line]))
                bracketed.append(False)
    found = [
        Found(
            Note(
                f"note_{number}",
                marker,
                join(lines, hyphens).strip(),
                page=lines[0].page,
                boxes=boxes_of(lines),
                brackets=brackets,
            ),
            style,
        )
        for number, ((marker, style, lines), brackets) in enumerate(zip(groups, bracketed, strict=True), 1)
    ]
    return found, diagnostics


def _marker(line: Line, before: tuple[str, Style] | None) -> tuple[str, Style, int] | None:
    """The marker at the head of a line, how it is set and its length; None if the line has none.

    ``before`` is the last marker and its style. A figure that is not raised is a marker only among such,
    and only if it follows the last: "14 June 1992" goes on with a note.
    """
    first = line.spans[0]
    if first.raised > 0:
        match = _RAISED.fullmatch(line.text[first.start : first.end].strip())
        return (match["marker"], "raised", first.end) if match else None
    match = _PLAIN.match(line.text)
    if match is None:
        return None
    marker = match["marker"]
    if marker.endswith("/"):
        return marker[:-1], "typewriter", match.end()
    if marker.isdigit():
        last = int(before[0]) if before and before[0].isdigit() and before[1] == "plain" else 0
        if (before is not None and before[1] != "plain") or int(marker) != last + 1:
            return None
    return marker.strip("()"), "plain", match.end()


_STARS = regex.compile(r"(?<=[\p{L}\p{N}):])\*{1,4}(?=[\s,;.:)\]]|$)")
"""Stars behind a word call a note also where they are not raised ("Iraq:* draft resolution")."""


class Calls:
    """Turns the superscripts of a text that call a note into ``call`` marks and takes them out of the text."""

    def __init__(self, found: Iterable[Found], endnotes: frozenset[int] = frozenset()) -> None:
        """``endnotes`` are the pages whose notes stand behind the text, and may be called long before."""
        self._endnotes = endnotes
        self._by_marker: dict[str, list[Note]] = {}
        self._typewriter = False
        self.count = 0
        """How many notes there are."""
        for item in found:
            self.count += 1
            self._by_marker.setdefault(item.note.marker, []).append(item.note)
            self._typewriter = self._typewriter or item.style == "typewriter"
        self._plain = regex.compile(r"\s?(?<![\p{L}\p{N}/])(\d{1,3}|\*{1,3}|\p{Ll})/(?=[\s,;.:)\]»”]|$)")

    def place(self, text: Text, page: int) -> Text:
        """The text with its calls; ``page`` is where it begins."""
        for mark in sorted((m for m in text.marks if m.kind == "superscript"), reverse=True):
            text = self._replace(text, mark.start, mark.end, page)
        for stars in reversed(list(_STARS.finditer(text.content))):
            text = self._replace(text, stars.start(), stars.end(), page)
        if self._typewriter:
            for match in reversed(list(self._plain.finditer(text.content))):
                note = self._note(match[1], _page_at(text, match.start(), page))
                if note is not None:
                    text = _cut(text, match.start(), match.end(), (note,))
        return text

    def _replace(self, text: Text, start: int, end: int, page: int) -> Text:
        printed = text.content[start:end]
        markers = [part.strip("() ") for part in regex.split(r"[,،،，]\s?|\s", printed.strip()) if part]
        here = _page_at(text, start, page)
        notes = [self._note(marker, here) for marker in markers]
        if not markers or any(note is None for note in notes):
            return text
        return _cut(text, start, end, tuple(note for note in notes if note is not None))

    def _note(self, marker: str, page: int) -> Note | None:
        """The note of a marker: on the same page, or the nearest one, as a note may be called again later.

        No footnote stands further on than the page after its call.
        """
        notes = [n for n in self._by_marker.get(marker, ()) if n.page <= page + 1 or n.page in self._endnotes]
        return min(notes, key=lambda note: (abs(note.page - page), note.page), default=None)


def _page_at(text: Text, offset: int, page: int) -> int:
    breaks = [mark for mark in text.marks if mark.kind == "break" and mark.start <= offset and mark.target]
    return int(breaks[-1].target or page) if breaks else page


def _cut(text: Text, start: int, end: int, notes: Sequence[Note]) -> Text:
    """The text without ``[start, end)``, calls standing in its place."""
    content = text.content
    keep = content[start:end]
    if keep.endswith(" ") and not content[:start].endswith(" ") and content[end:]:
        end -= len(keep) - len(keep.rstrip())
    gone = end - start
    marks = []
    for mark in text.marks:
        if mark.kind == "superscript" and mark.start >= start and mark.end <= end:
            continue
        a, b = _moved(mark.start, start, end, gone), _moved(mark.end, start, end, gone)
        if a < b or mark.start == mark.end:
            marks.append(Mark(a, b, mark.kind, mark.target))
    marks.extend(Mark(start, start, "call", note.id) for note in notes)
    return Text(content[:start] + content[end:], tuple(sorted(marks)))


def _moved(offset: int, start: int, end: int, gone: int) -> int:
    if offset <= start:
        return offset
    return start if offset < end else offset - gone
