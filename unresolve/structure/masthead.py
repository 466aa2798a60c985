"""The head of the first page: who, what symbol, when, which session and item, what title.

Each column of each line is offered to the fields in the order in which a masthead prints them. The place on
the page is used only where the words do not decide: the title of the agenda item is what stands between the
item and the heading, the title of the resolution what follows its number in the same type.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
import regex

from unresolve.layout.join import Hyphens, join
from unresolve.layout.lines import Line
from unresolve.layout.zones import Sheet
from unresolve.model import AgendaItem, Field, Masthead, Text
from unresolve.symbols import Symbol, try_parse

from .pieces import boxes_of

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["MastheadLines", "masthead_of"]

_NUMBER = regex.compile(
    r"(?P<number>(?:S-|ES-)?\d{1,3}/\d{1,4}(?:\s\p{Lu}(?:[-–]\p{Lu}|\sto\s\p{Lu}|\set\s\p{Lu})?)?)\s?[.．](?=\s|$)"
)
_JOB = regex.compile(r"(?P<job>\d\d-\d{5})\**\s?(?:\(\p{L}{1,3}\))?|(?P<plain>\d{7})\s?\(\p{L}{1,3}\)")
_SYMBOLS = regex.compile(r"(?<![\p{L}\p{N}/])[AES](?:[/.\-][\p{L}\p{N}]+)+(?:\s?\([XVI\d\-]{1,9}\))?(?![\p{L}\p{N}/])")
_BROKEN = regex.compile(r"(?<=/)\s(?=\p{N})|(?<=/)\s(?=\p{Lu})")
_STARS = regex.compile(r"\*{1,3}$")


class MastheadLines(msgspec.Struct, frozen=True):
    """A masthead, and how many lines of the first page's body it took."""

    masthead: Masthead
    taken: int


class _Desk:
    """The fields found so far."""

    def __init__(self, sheet: Sheet, pack: Pack, hyphens: Hyphens) -> None:
        self.sheet = sheet
        self.pack = pack
        self.hyphens = hyphens
        self.found: dict[str, Field] = {}
        self.agenda: list[tuple[list[Line], list[Line]]] = []

    def field(self, lines: Sequence[Line], value: str | None) -> Field:
        return Field(join(lines, self.hyphens), value, boxes_of(lines))

    def put(self, name: str, lines: Sequence[Line], value: str | None) -> None:
        self.found.setdefault(name, self.field(lines, value))


def masthead_of(sheet: Sheet, pack: Pack, hyphens: Hyphens) -> MastheadLines:
    """The masthead of the first page.

    It ends with the title of the document, or before the enacting formula where there is no title.
    """
    lines = list(sheet.body)
    desk = _Desk(sheet, pack, hyphens)
    end = _formula_at(lines, pack)
    at = _upper(desk, lines[:end])
    at = _heading(desk, lines, at, end)
    at = _proponent(desk, lines, at, end)
    at = _title(desk, lines, at, end)
    _job(desk)
    agenda = tuple(_agenda_item(desk, label, title) for label, title in desk.agenda)
    originating = _originating(desk.found.get("proponent"))
    return MastheadLines(Masthead(agenda=agenda, originating=originating, **desk.found), at)


def _formula_at(lines: Sequence[Line], pack: Pack) -> int:
    """Index of the line with the enacting formula; all lines where there is none."""
    for at, line in enumerate(lines):
        if line.baseline > 150 and _formula(line.text, pack):
            return at
    return len(lines)


def _formula(text: str, pack: Pack) -> bool:
    return pack.read("formula", text) is not None and pack.read("organ", text.rstrip(" ,،，")) is not None


_SIMPLE = ("publisher", "organ", "distribution", "original", "session")
_NAMES = {"original": "original_language"}


def _upper(desk: _Desk, lines: Sequence[Line]) -> int:
    """The fields above the heading; gives the index of the first line that is none of them."""
    pending: list[Line] = []
    for at, line in enumerate(lines):
        parts = line.columns()
        if desk.agenda and _is_heading(desk, line):
            return at
        if line.text.startswith("[") or _NUMBER.match(line.text):
            return at
        label = line.part(0)
        if desk.pack.read("agenda", _STARS.sub("", line.text)) is not None:
            desk.agenda.append(([label], []))
            continue
        if desk.found.get("session") and not desk.agenda and desk.pack.read("session", line.text) is None:
            joined = [*pending, label]
            if desk.pack.read("agenda", _STARS.sub("", str(join(joined, desk.hyphens)))) is not None:
                desk.agenda.append((joined, []))
                pending = []
                continue
        if desk.agenda:
            desk.agenda[-1][1].append(label)
            continue
        taken = [_take(desk, part) for part in parts]
        if not all(taken):
            if desk.found.get("session") and _is_heading(desk, line):
                return at
            pending.append(label)
    return len(lines)


def _take(desk: _Desk, part: Line) -> bool:
    """Offers one column to the fields; whether one took it."""
    text = _STARS.sub("", part.text).strip()
    symbol = try_parse(text)
    if symbol is not None and "/" in text:
        if "symbol" in desk.found:
            return True
        desk.put("symbol", [part], str(symbol))
        return True
    for rule in _SIMPLE:
        value = desk.pack.read(rule, text)
        if value is not None:
            desk.put(_NAMES.get(rule, rule), [part], value)
            return True
    issued = desk.pack.read("date", text)
    if issued is not None:
        desk.put("issued", [part], issued)
        return True
    return False


def _is_heading(desk: _Desk, line: Line) -> bool:
    return (line.bold and line.size >= _heading_size(desk)) or desk.pack.read("heading", line.text) is not None


def _heading_size(desk: _Desk) -> float:
    """The size from which on a bold line below the agenda is the heading: it is 14 where the text is 10."""
    sizes = sorted(line.size for line in desk.sheet.body)
    return sizes[len(sizes) // 2] + 2.5


def _heading(desk: _Desk, lines: list[Line], at: int, end: int) -> int:
    """ "Resolution adopted by the General Assembly on 4 December 2024", over one line or more."""
    taken: list[Line] = []
    while at < end and not lines[at].text.startswith("[") and not _NUMBER.match(lines[at].text):
        line = lines[at]
        if taken and (line.baseline - taken[-1].baseline > 2.2 * line.size or abs(line.size - taken[-1].size) > 1.0):
            break
        taken.append(line.part(0))
        at += 1
    if taken:
        text = str(join(taken, desk.hyphens))
        value = desk.pack.read("heading", text)
        dates = desk.pack.dates(text)
        desk.put("heading", taken, value or (dates[-1][2] if dates else None))
    return at


def _proponent(desk: _Desk, lines: list[Line], at: int, end: int) -> int:
    if at >= end or not lines[at].text.startswith("["):
        return at
    taken: list[Line] = []
    while at < end and len(taken) < 8:
        taken.append(lines[at].part(0))
        at += 1
        if "]" in taken[-1].text:
            break
    desk.put("proponent", taken, None)
    return at


def _title(desk: _Desk, lines: list[Line], at: int, end: int) -> int:
    """The number of the resolution and its title: "79/95." and the lines in the same type behind it."""
    if at >= end:
        return at
    match = _NUMBER.match(lines[at].text)
    if match is None:
        return at
    first = lines[at]
    number = regex.sub(r"\s+", " ", match["number"])
    desk.put("number", [first.part(0, match.end())], number)
    taken = [first.part(match.end())] if first.text[match.end() :].strip() else []
    at += 1
    while at < end:
        line, above = lines[at], lines[at - 1]
        if line.baseline - above.baseline > 1.6 * max(line.size, above.size) or abs(line.size - first.size) > 0.6:
            break
        taken.append(line.part(0))
        at += 1
    if taken:
        desk.put("title", taken, None)
    return at + _letter(desk, lines[at:end], number)


def _letter(desk: _Desk, lines: list[Line], number: str) -> int:
    """The letter of a part issued alone, below the title: "B" of A/RES/77/253 B belongs to the number."""
    symbol = desk.found.get("symbol")
    letter = lines[0].text.rstrip("0123456789*") if lines else ""
    if symbol is None or len(letter) != 1 or not (symbol.value or "").replace(" ", "").endswith(f"{number}{letter}"):
        return 0
    printed = desk.found["number"]
    desk.found["number"] = msgspec.structs.replace(printed, value=f"{number} {letter}")
    return 1


def _job(desk: _Desk) -> None:
    for line in desk.sheet.foot:
        match = _JOB.match(line.text)
        if match is not None:
            job = match["job"] or f"{match['plain'][:2]}-{match['plain'][2:]}"
            desk.put("job_number", [line.part(0, match.end())], job)
            return


def _agenda_item(desk: _Desk, label: list[Line], title: list[Line]) -> AgendaItem:
    text = _STARS.sub("", str(join(label, desk.hyphens)))
    return AgendaItem(desk.field(label, desk.pack.read("agenda", text)), desk.field(title, None) if title else None)


def _originating(proponent: Field | None) -> tuple[str, ...]:
    """The symbols of the draft and the report printed in the brackets."""
    if proponent is None:
        return ()
    symbols: dict[str, Symbol] = {}
    for match in _SYMBOLS.finditer(_BROKEN.sub("", proponent.text.content)):
        symbol = try_parse(match[0])
        if symbol is not None:
            symbols.setdefault(str(symbol), symbol)
    return tuple(symbols)


def text_of(field: Field | None) -> Text:
    """A field's text, empty where it is not printed."""
    return field.text if field is not None else Text()
