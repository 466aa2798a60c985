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
from unresolve.symbols import Symbol, try_parse

from .desk import Desk
from .pieces import boxes_of
from .titles import number_of, titles

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


def masthead_of(sheet: Sheet, body_size: float, pack: Pack, hyphens: Hyphens) -> MastheadLines:
    """The masthead of the first page.

    It ends with the title of the document, or before the enacting formula where there is no title. A page
    without any of its fields has no masthead, and all its lines are text.
    """
    lines = list(sheet.body)
    desk = Desk(sheet, body_size, pack, hyphens)
    end = _formula_at(lines, body_size, pack)
    at = _upper(desk, lines[:end])
    if not desk.agenda and not desk.found.keys() & {"symbol", "organ", "publisher", "session"}:
        return MastheadLines(Masthead(), 0, (_no_masthead(sheet),))
    at = titles(desk, lines, at, end)
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


def _formula_at(lines: Sequence[Line], body_size: float, pack: Pack) -> int:
    """Index of the line with the enacting formula; all lines where there is none.

    It is set like the text: in Chinese "大会" in large type is the organ.
    """
    for at, line in enumerate(lines):
        if line.baseline > 150 and line.size < body_size + 2.5 and _formula(line.text, pack):
            return at
    return len(lines)


def _formula(text: str, pack: Pack) -> bool:
    return pack.read("formula", text) is not None and pack.read("organ", text.rstrip(" ,،，")) is not None


_SIMPLE = ("publisher", "organ", "distribution", "original", "session")
_NAMES = {"original": "original_language"}


def _upper(desk: Desk, lines: Sequence[Line]) -> int:
    """The fields above the titles; gives the index of the first line below them."""
    below = 0
    for at, line in enumerate(lines):
        if line.text.startswith("[") or number_of(desk, line) or (_may_be_titled(desk) and _is_title(desk, line)):
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


def _place(desk: Desk, lines: Sequence[Line], at: int) -> bool:
    """Takes a line above the titles that is no field, as the place and the days of a session are: it is reported."""
    line, below = lines[at], lines[at + 1 : at + 3]
    plain = not line.bold and line.size <= desk.body_size + 0.6 and not desk.agenda
    if _begun(desk) and plain and any(_is_title(desk, other) for other in below):
        desk.unread.append(line)
        return True
    return False


def _begun(desk: Desk) -> bool:
    """Whether the part with session and agenda item has been reached, below which titles may stand."""
    return bool(desk.agenda) or "session" in desk.found


def _may_be_titled(desk: Desk) -> bool:
    """Whether titles may stand below: the Security Council prints neither session nor item above them.

    The organ may stand lower than the date, and over two lines.
    """
    return _begun(desk) or desk.found.keys() >= {"symbol", "organ", "issued"}


def _agenda_over(desk: Desk, line: Line, below: Line) -> bool:
    """Whether two lines together are an agenda item that neither is alone."""
    return _begun(desk) and desk.pack.read("agenda", desk.text([line, below])) is not None


def _agenda(desk: Desk, line: Line) -> bool:
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


def _take(desk: Desk, part: Line) -> bool:
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


def _below(desk: Desk, part: Line) -> bool:
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


def _is_title(desk: Desk, line: Line) -> bool:
    """Whether a line is set as a title, or is one by its words.

    The title of an agenda item may have such words: "Report of the International Law Commission on …".
    """
    if desk.agenda and _right_below(desk, line) and line.size < desk.body_size + 2.5:
        return False
    if line.bold and (line.size >= desk.body_size + 2.5 or desk.pack.read("heading_kind", line.text) is not None):
        return True
    return desk.pack.read("heading", line.text) is not None


def _right_below(desk: Desk, line: Line) -> bool:
    """Whether a line follows an agenda item, or the lines of its title, from the same edge and without a space."""
    label, title = desk.agenda[-1]
    last = (title or label)[-1]
    near = line.page == last.page and 0 < line.baseline - last.baseline <= 1.6 * line.size
    return near and abs(line.start - label[0].start) < 0.5 * line.size


def _symbol(desk: Desk) -> None:
    """The symbol of a resolution of the Assembly whose text prints its number only, as converted text does."""
    number, heading, organ = (desk.found.get(name) for name in ("number", "heading", "organ"))
    if "symbol" in desk.found or number is None or heading is None or organ is None or organ.value != "ga":
        return
    if desk.pack.read("heading_kind", heading.text.content) == "resolution":
        symbol = f"A/RES/{number.value}"
        desk.found["symbol"] = Field(Text(symbol), symbol)
        message = f"no symbol is printed; {symbol} follows from the number of the resolution"
        desk.diagnostics.append(Diagnostic("symbol-from-number", message, desk.sheet.page))


def _job(desk: Desk) -> None:
    for line in desk.sheet.foot:
        match = _JOB.match(line.text)
        if match is not None:
            job = (match["job"] or "").replace(" ", "") or f"{match['plain'][:2]}-{match['plain'][2:]}"
            desk.put("job_number", [line.part(0, match.end())], job)
            return


def _agenda_item(desk: Desk, label: list[Line], title: list[Line]) -> AgendaItem:
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
