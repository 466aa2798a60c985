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
from unresolve.model import AgendaItem, Diagnostic, Field, Masthead, Text
from unresolve.model.script import has_rtl
from unresolve.symbols import Symbol, try_parse

from .letters import letter_of
from .markers import marker_of
from .pieces import boxes_of

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["MastheadLines", "masthead_of"]

_JOB = regex.compile(
    r"(?P<job>(?:(?:GE|V|NY)\.\s?)?\d\d-\d{5})\**\s?(?:\(\p{L}{1,3}\))?|(?P<plain>\d{7})\s?\(\p{L}{1,3}\)"
)
_SYMBOLS = regex.compile(r"(?<![\p{L}\p{N}/])[AES](?:[/.\-][\p{L}\p{N}]+)+(?:\s?\([XVI\d\-]{1,9}\))?(?![\p{L}\p{N}/])")
_BROKEN = regex.compile(r"(?<=/)\s(?=\p{N})|(?<=/)\s(?=\p{Lu})")
_STARS = regex.compile(r"\*{1,3}$")


class MastheadLines(msgspec.Struct, frozen=True):
    """A masthead, how many lines of the first page's body it took, and the lines among them no field took."""

    masthead: Masthead
    taken: int
    diagnostics: tuple[Diagnostic, ...] = ()


class _Desk:
    """The fields found so far."""

    def __init__(self, sheet: Sheet, body_size: float, pack: Pack, hyphens: Hyphens) -> None:
        self.sheet = sheet
        self.body_size = body_size
        self.pack = pack
        self.hyphens = hyphens
        self.found: dict[str, Field] = {}
        self.agenda: list[tuple[list[Line], list[Line]]] = []
        self.columns: list[Line] = []
        self.heading: list[Line] = []
        self.unread: list[Line] = []
        self.diagnostics: list[Diagnostic] = []

    def text(self, lines: Sequence[Line]) -> str:
        """The running text of some lines."""
        return str(join(lines, self.hyphens))

    def field(self, lines: Sequence[Line], value: str | None) -> Field:
        """A field printed on some lines."""
        return Field(join(lines, self.hyphens), value, boxes_of(lines))

    def put(self, name: str, lines: Sequence[Line], value: str | None) -> None:
        """Keeps a field; the first that is printed counts."""
        self.found.setdefault(name, self.field(lines, value))


def masthead_of(sheet: Sheet, body_size: float, pack: Pack, hyphens: Hyphens) -> MastheadLines:
    """The masthead of the first page.

    It ends with the title of the document, or before the enacting formula where there is no title. A page
    without any of its fields has no masthead, and all its lines are text.
    """
    lines = list(sheet.body)
    desk = _Desk(sheet, body_size, pack, hyphens)
    end = _formula_at(lines, pack)
    at = _upper(desk, lines[:end])
    if not desk.agenda and not desk.found.keys() & {"symbol", "organ", "publisher", "session"}:
        return MastheadLines(Masthead(), 0, (_no_masthead(sheet),))
    at = _titles(desk, lines, at, end)
    _job(desk)
    _symbol(desk)
    agenda = tuple(_agenda_item(desk, label, title) for label, title in desk.agenda)
    originating = _originating(desk.found.get("proponent"))
    masthead = Masthead(agenda=agenda, originating=originating, **desk.found)
    return MastheadLines(masthead, at, (*desk.diagnostics, *(_unread(line) for line in desk.unread)))


def _no_masthead(sheet: Sheet) -> Diagnostic:
    return Diagnostic("no-masthead", "no field of a masthead was found on the first page", sheet.page)


def _unread(line: Line) -> Diagnostic:
    message = f"a line of the masthead is none of its fields: {line.text}"
    return Diagnostic("masthead-line-unread", message, line.page, boxes_of([line])[0])


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
    """The fields above the titles; gives the index of the first line below them."""
    below = 0
    for at, line in enumerate(lines):
        if line.text.startswith("[") or _number(desk, line) or (_may_be_titled(desk) and _is_title(desk, line)):
            return at
        if _agenda(desk, line):
            continue
        if not desk.agenda and at + 1 < len(lines) and _agenda_over(desk, line, lines[at + 1]):
            desk.unread.append(line)
            continue
        taken = [_take(desk, part) for part in line.columns()]
        if all(taken):
            below = at + 1
        elif not _place(desk, lines, at):
            if desk.agenda or ("session" in desk.found and line.size <= desk.body_size + 0.6 and not line.bold):
                return at
            desk.unread.append(line)
    if _begun(desk):
        return len(lines)
    if not _may_be_titled(desk):
        below = 0
    last = lines[below - 1].baseline if below else 0.0
    desk.unread = [line for line in desk.unread if line.baseline < last]  # what is not taken is text
    return below


def _place(desk: _Desk, lines: Sequence[Line], at: int) -> bool:
    """Takes a line above the titles that is no field, as the place and the days of a session are: it is reported."""
    line, below = lines[at], lines[at + 1 : at + 3]
    plain = not line.bold and line.size <= desk.body_size + 0.6 and not desk.agenda
    if _begun(desk) and plain and any(_is_title(desk, other) for other in below):
        desk.unread.append(line)
        return True
    return False


def _begun(desk: _Desk) -> bool:
    """Whether the part with session and agenda item has been reached, below which titles may stand."""
    return bool(desk.agenda) or "session" in desk.found


def _may_be_titled(desk: _Desk) -> bool:
    """Whether titles may stand below: the Security Council prints neither session nor item above them.

    The organ may stand lower than the date, and over two lines.
    """
    return _begun(desk) or desk.found.keys() >= {"symbol", "organ", "issued"}


def _agenda_over(desk: _Desk, line: Line, below: Line) -> bool:
    """Whether two lines together are an agenda item that neither is alone."""
    return _begun(desk) and desk.pack.read("agenda", desk.text([line, below])) is not None


def _agenda(desk: _Desk, line: Line) -> bool:
    """Takes a line of an agenda item, or of its title, which stands below it from the same edge."""
    if desk.pack.read("agenda", _STARS.sub("", line.text)) is not None:
        desk.agenda.append(([line.part(0)], []))
        return True
    if not desk.agenda:
        above = desk.unread[-1:]
        joined = [*above, line.part(0)]
        if above and desk.pack.read("agenda", _STARS.sub("", desk.text(joined))) is not None:
            desk.unread.pop()
            desk.agenda.append((joined, []))
            return True
        return False
    label, title = desk.agenda[-1]
    last = (title or label)[-1]
    below = line.baseline - last.baseline <= 2.2 * line.size
    if below and abs(line.start - label[0].start) < 2 * line.size:
        title.append(line.part(0))
        return True
    return False


def _take(desk: _Desk, part: Line) -> bool:
    """Offers one column to the fields; whether one took it."""
    text = _STARS.sub("", part.text).strip()
    symbol = try_parse(text)
    if symbol is not None and "/" in text:
        if "symbol" in desk.found:
            return True
        desk.put("symbol", [part], str(symbol))
        return True
    if _below(desk, part):
        return True
    for rule in _SIMPLE:
        value = desk.pack.read(rule, text)
        if rule == "organ" and value and value != "ga" and "organ" in desk.found:
            desk.put("committee", [part], value)
            return True
        if value is not None:
            desk.put(_NAMES.get(rule, rule), [part], value)
            desk.columns.append(part)
            return True
    issued = desk.pack.read("date", text)
    if issued is not None:
        desk.put("issued", [part], issued)
        return True
    desk.columns.append(part)
    return text in _SERIES or text.casefold() in _LANGUAGES


_SERIES = ("A", "S", "E")
"""The letter of the series, which stands alone at the right of older mastheads."""

_LANGUAGES = ("arabic", "chinese", "english", "français", "french", "russian", "español", "spanish")
"""What stands alone below the date says in which language the file is."""


def _below(desk: _Desk, part: Line) -> bool:
    """Takes the second half of a field set over two lines: "UNITED" "NATIONS", "GENERAL" "ASSEMBLY", "Distr." …"""
    for above in desk.columns:
        if abs(above.start - part.start) < part.size and 0 < part.baseline - above.baseline < 2.5 * part.size:
            for rule in ("publisher", "distribution", "organ"):
                value = desk.pack.read(rule, f"{above.text} {part.text}")
                if value:
                    desk.found[rule] = desk.field([above, part], value)
                    desk.unread = [line for line in desk.unread if line.baseline != above.baseline]
                    return True
    return False


def _is_title(desk: _Desk, line: Line) -> bool:
    """Whether a line is set as a title, or is one by its words.

    The title of an agenda item may have such words: "Report of the International Law Commission on …".
    """
    if desk.agenda and _right_below(desk, line) and line.size < desk.body_size + 2.5:
        return False
    if line.bold and (line.size >= desk.body_size + 2.5 or desk.pack.read("heading_kind", line.text) is not None):
        return True
    return desk.pack.read("heading", line.text) is not None


def _right_below(desk: _Desk, line: Line) -> bool:
    """Whether a line follows an agenda item, or the lines of its title, from the same edge and without a space."""
    label, title = desk.agenda[-1]
    last = (title or label)[-1]
    near = line.page == last.page and 0 < line.baseline - last.baseline <= 1.6 * line.size
    return near and abs(line.start - label[0].start) < 0.5 * line.size


def _titles(desk: _Desk, lines: list[Line], at: int, end: int) -> int:
    """What stands between the agenda item and the text: heading, sponsors or brackets, number and title."""
    while at < end:
        group = _group(desk, lines, at, end)
        text = desk.text(group)
        kind = desk.pack.read("heading_kind", text) or desk.pack.read("heading_kind", group[-1].text)
        if text.startswith("["):
            desk.put("proponent", group, None)
        elif _number(desk, group[0]):
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


def _heading(desk: _Desk, group: Sequence[Line], text: str) -> None:
    """Takes a heading; one of several groups ("Report of the Secretary-General", "Addendum") is one field.

    So are "Resolution 1990 (2011)" and "Adopted by the Security Council at its 6567th meeting, on 27 June 2011".
    """
    dates = desk.pack.dates(text)
    value = desk.pack.read("heading", text) or (dates[-1][2] if dates else None)
    desk.heading += group
    known = desk.found.get("heading")
    desk.found["heading"] = desk.field(desk.heading, (known.value if known else None) or value)


def _agenda_title(desk: _Desk, text: str, lines: Sequence[Line]) -> bool:
    """Whether capitals stand where the typewriter layout has the title of the agenda item: above the sponsors."""
    untitled = bool(desk.agenda) and not desk.agenda[-1][1]
    return untitled and text.isupper() and any(desk.pack.read("formula", line.text) is not None for line in lines)


def _titled(desk: _Desk, group: Sequence[Line]) -> bool:
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


def _group(desk: _Desk, lines: list[Line], at: int, end: int) -> list[Line]:
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
        if not bracket and (_number(desk, line) or _bold(line) != _bold(above)):
            break
        taken.append(line.part(0))
    return taken


_BRACKET = 8
"""The bracket below the heading runs over at most this many lines."""


def _title(desk: _Desk, lines: list[Line], at: int, end: int) -> int:
    """The number of the resolution and its title: "79/95." and the lines in the same type behind it."""
    if at >= end:
        return at
    match = _number(desk, lines[at])
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


def _number(desk: _Desk, line: Line) -> regex.Match[str] | None:
    """The number of a resolution at the head of a line; in Arabic only the symbol tells it from any other."""
    match = desk.pack.title_number.match(line.text)
    if not line.rtl:
        return match
    symbol = desk.found.get("symbol")
    here = regex.escape(match["number"]) if match else ""
    return match if match and symbol and regex.search(rf"/{here}(?!\d)", symbol.value or "") else None


def _letter(desk: _Desk, lines: list[Line], number: str) -> int:
    """The letter of a part issued alone, below the title: "B" of A/RES/77/253 B belongs to the number."""
    letter = _part(desk, lines[0]) if lines else None
    if letter is None:
        return 0
    printed = desk.found["number"]
    desk.found["number"] = Field(
        Text.join((printed.text, lines[0].rich())), f"{number} {letter}", (*printed.boxes, *boxes_of(lines[:1]))
    )
    return 1


def _part(desk: _Desk, line: Line) -> str | None:
    """The letter on a line, if the symbol ends in it."""
    symbol = desk.found.get("symbol")
    letter = letter_of(line, desk.pack)
    return letter if letter and symbol and regex.search(rf"\d\s?{letter}$", symbol.value or "") else None


def _symbol(desk: _Desk) -> None:
    """The symbol of a resolution of the Assembly whose text prints its number only, as converted text does."""
    number, heading, organ = (desk.found.get(name) for name in ("number", "heading", "organ"))
    if "symbol" in desk.found or number is None or heading is None or organ is None or organ.value != "ga":
        return
    if desk.pack.read("heading_kind", heading.text.content) == "resolution":
        symbol = f"A/RES/{number.value}"
        desk.found["symbol"] = Field(Text(symbol), symbol)
        message = f"no symbol is printed; {symbol} follows from the number of the resolution"
        desk.diagnostics.append(Diagnostic("symbol-from-number", message, desk.sheet.page))


def _job(desk: _Desk) -> None:
    for line in desk.sheet.foot:
        match = _JOB.match(line.text)
        if match is not None:
            job = (match["job"] or "").replace(" ", "") or f"{match['plain'][:2]}-{match['plain'][2:]}"
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
