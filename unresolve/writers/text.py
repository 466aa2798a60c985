"""The document as plain text, one paragraph a line."""

from __future__ import annotations

from unresolve.model import Document, Text

from .lines import Line, lines

__all__ = ["to_text"]


def to_text(document: Document, *, notes: bool = True) -> bytes:
    """The document as UTF-8 text: a line for each paragraph, an empty line between parts.

    With ``notes`` a call stands in the text as ``[1]`` and the notes follow at the end; without them
    neither does. A text without lines is an empty file.
    """
    markers = {note.id: note.marker for note in document.notes} if notes else {}
    out: list[str] = []
    role = ""
    for line in lines(document):
        shown = _line(line, markers)
        if not shown.strip():
            continue
        if out and (line.role != role or line.role == "heading"):
            out.append("")
        out.append(shown)
        role = line.role
    if markers:
        out += ["", *(f"[{note.marker}] {_called(note.text, markers)}" for note in document.notes)]
    return "".join(f"{line}\n" for line in out).encode("utf-8", "replace")


def _line(line: Line, markers: dict[str, str]) -> str:
    number = f"{line.number} " if line.number else ""
    return "  " * line.depth + number + _called(line.text, markers)


def _called(text: Text, markers: dict[str, str]) -> str:
    """The text with the markers of its notes where they are called."""
    out: list[str] = []
    at = 0
    for mark in text.marks:
        if mark.kind == "call" and mark.target in markers:
            out += [text.content[at : mark.start], f"[{markers[mark.target]}]"]
            at = mark.start
    return "".join([*out, text.content[at:]])
