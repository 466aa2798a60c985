"""What stands between the agenda item and the text: heading, sponsors or brackets, number and title."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from unresolve.layout.lines import Line
from unresolve.model import Field, Text
from unresolve.model.script import has_rtl

from .desk import Desk
from .letters import letter_of
from .markers import marker_of
from .pieces import boxes_of

__all__ = ["number_of", "titles"]


def titles(desk: Desk, lines: list[Line], at: int, end: int) -> int:
    """What stands between the agenda item and the text: heading, sponsors or brackets, number and title."""
    while at < end:
        group = _group(desk, lines, at, end)
        text = desk.text(group)
        kind = desk.pack.read("heading_kind", text) or desk.pack.read("heading_kind", group[-1].text)
        if text.startswith("["):
            desk.put("proponent", group, None)
        elif number_of(desk, group[0]):
            return _title(desk, lines, at, end)
        elif kind is not None or desk.pack.read("heading", text) is not None:
            _heading(desk, group, text)
        elif "title" not in desk.found and _titled(desk, group):
            desk.put("title", group, None)
        elif _agenda_title(desk, text, lines[at:]):
            desk.agenda[-1][1].extend(group)  # centred, in the typewriter layout
        else:
            break
        at += len(group)
    return at


def _heading(desk: Desk, group: Sequence[Line], text: str) -> None:
    """Takes a heading; one of several groups ("Report of the Secretary-General", "Addendum") is one field.

    So are "Resolution 1990 (2011)" and "Adopted by the Security Council at its 6567th meeting, on 27 June 2011".
    """
    dates = desk.pack.dates(text)
    value = desk.pack.read("heading", text) or (dates[-1][2] if dates else None)
    desk.heading += group
    known = desk.found.get("heading")
    desk.found["heading"] = desk.field(desk.heading, (known.value if known else None) or value)


def _agenda_title(desk: Desk, text: str, lines: Sequence[Line]) -> bool:
    """Whether capitals stand where the typewriter layout has the title of the agenda item: above the sponsors."""
    untitled = bool(desk.agenda) and not desk.agenda[-1][1]
    return untitled and text.isupper() and any(desk.pack.read("formula", line.text) is not None for line in lines)


def _titled(desk: Desk, group: Sequence[Line]) -> bool:
    """Whether lines are set as the title: bold and large, or bold right below what the document is ("Italy")."""
    if not all(_bold(line) for line in group):
        return False
    text = desk.text(group)
    return all(line.size > desk.body_size + 1.0 for line in group) or (
        "heading" in desk.found and not text[0].isdigit() and marker_of(text, desk.pack) is None and len(text) > 1
    )


def _bold(line: Line) -> bool:
    """Whether a line is set in bold, the stars that call a note left aside ("Palestine:** draft decision")."""
    return all(span.bold for span in line.spans if line.text[span.start : span.end].strip(" *") and not span.raised)


def _group(desk: Desk, lines: list[Line], at: int, end: int) -> list[Line]:
    """Lines set alike without a space between; brackets to their end."""
    taken = [lines[at].part(0)]
    bracket = taken[0].text.startswith("[")
    while at + len(taken) < end:
        above, line = lines[at + len(taken) - 1], lines[at + len(taken)]
        if bracket and ("]" in above.text or len(taken) == _BRACKET):
            break
        wide = bracket or (line.rtl and line.bold and line.size > desk.body_size + 2.5)  # Arabic headings: up to 2.1
        apart = line.baseline - above.baseline > (2.2 if wide else 1.6) * max(line.size, above.size)
        figures = line.rtl and not has_rtl(line.text)  # of another face, so of another size
        unlike = abs(line.size - above.size) > 1.0 and not figures
        if apart or unlike or (not bracket and line.text.startswith("[")):
            break
        if not bracket and (number_of(desk, line) or _bold(line) != _bold(above)):
            break
        taken.append(line.part(0))
    return taken


_BRACKET = 8
"""The bracket below the heading runs over at most this many lines."""


def _title(desk: Desk, lines: list[Line], at: int, end: int) -> int:
    """The number of the resolution and its title: "79/95." and the lines in the same type behind it."""
    if at >= end:
        return at
    match = number_of(desk, lines[at])
    if match is None:
        return at
    first = lines[at]
    number = regex.sub(r"\s+", " ", match["number"])
    desk.put("number", [first.part(0, match.end())], number)
    taken = [first.part(match.end())] if first.text[match.end() :].strip() else []
    at += 1
    while at < end:
        line, above = lines[at], lines[at - 1]
        if not taken and line.baseline - above.baseline < 0.5 * line.size:  # beside its number, in another type
            first = line
        # In Arabic the dash behind the number is cut off, and where the title begins is estimated.
        flush = (1.2 if line.rtl else 0.5) * line.size
        goes_on = bool(taken) and line.bold and abs(line.start - taken[0].start) < flush
        room = (2.2 if goes_on else 1.6) * max(line.size, above.size)
        apart = line.baseline - above.baseline > room or abs(line.size - first.size) > 0.6
        if apart or (taken and letter_of(line, desk.pack)):  # "A", above the first of several resolutions
            break
        taken.append(line.part(0))
        at += 1
    if taken:
        desk.put("title", taken, None)
    return at + _letter(desk, lines[at:end], number)


def number_of(desk: Desk, line: Line) -> regex.Match[str] | None:
    """The number of a resolution at the head of a line; in Arabic only the symbol tells it from any other."""
    match = desk.pack.title_number.match(line.text)
    if not line.rtl:
        return match
    symbol = desk.found.get("symbol")
    here = regex.escape(match["number"]) if match else ""
    return match if match and symbol and regex.search(rf"/{here}(?!\d)", symbol.value or "") else None


def _letter(desk: Desk, lines: list[Line], number: str) -> int:
    """The letter of a part issued alone, below the title: "B" of A/RES/77/253 B belongs to the number."""
    letter = _part(desk, lines[0]) if lines else None
    if letter is None:
        return 0
    printed = desk.found["number"]
    desk.found["number"] = Field(
        Text.join((printed.text, lines[0].rich())), f"{number} {letter}", (*printed.boxes, *boxes_of(lines[:1]))
    )
    return 1


def _part(desk: Desk, line: Line) -> str | None:
    """The letter on a line, if the symbol ends in it."""
    symbol = desk.found.get("symbol")
    letter = letter_of(line, desk.pack)
    return letter if letter and symbol and regex.search(rf"\d\s?{letter}$", symbol.value or "") else None
