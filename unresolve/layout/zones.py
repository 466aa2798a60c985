"""Lines to zones: running head, body, notes, foot.

Geometry alone decides. The head of a page from the second on stands above a rule across the page (Word) or
is the symbol and the page number at its top (typewriter layout); the foot is what the printer puts there:
page number, job number, bar code; the notes stand below a short rule at the left of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise, starmap

import msgspec
import regex

from unresolve.languages import read_any
from unresolve.patterns import late
from unresolve.readers.pages import Page, Rule

from .gutters import Gutter, gutters_of, in_columns
from .lines import Line, lines_of

__all__ = ["Layout", "Sheet", "lay_out"]

HEAD_SHARE = 0.2
"""Running heads end within the first fifth of the page: three lines of title at most."""

HEAD_LINES = 8
"""Lines of a head that no rule closes: Russian titles beside the symbol have up to six, the typewriter layout two."""

HEAD_PITCH = 2.2
"""The lines of its title stand closer than this, in sizes: 1.2, in Arabic 2.1."""

FOOT_SHARE = 0.86
"""The foot begins below this share of the page's height."""

ACROSS = 0.6
"""A rule across the page covers at least this share of its width, in one piece or in several."""

_FOOT = regex.compile(
    r"""\d{1,4}(?:/\d{1,4})?                       # 3/13
    | -\s?\d{1,4}\s?-
    | \d\d-\d{5}\**(?:\s?\(\p{L}{1,3}\)\**)?       # 24-23556 (E)
    | \d{7}\**(?:\s?\(\p{L}{1,3}\)\**)?            # 2423556
    | \*\d{5,9}\p{L}?\* | \*\*                     # *2423556* in bar code, or its stars alone
    | /?\.\.\.                                     # /... in the typewriter layout
    | (?:GE|V|NY|N)\.\s?\d\d-\d{5}(?:\s?\(\p{L}{1,3}\))?
    | \d{6}(?:\s\d{6})?
    | \d{7}\p{L}?\.docx?                           # 0441989s.doc
    """,
    regex.VERBOSE,
)
_SYMBOL = late(r"[AES](?:/[\p{Lu}\p{L}\d.\-()]+){1,6}")
_SEPARATOR = regex.compile(r"_{6,}|-{12,}")

OUTDENT = 36.0
"""The rule above the notes of a column begins no further (points) to the left of it."""

NOTE_RULE = (36.0, 220.0)
"""Width in points of the rule above the notes: 68 to 72 in Word, LibreOffice and Typst."""


ASIDE = 70.0
"""How far from the outermost line of a page that rule begins at most: the text stands 63.4 points further in than
the session and the agenda item. The rule above the explanations of a table stands another 24 points further.
"""


class Sheet(msgspec.Struct, frozen=True):
    """One page in zones; ``note_rule`` is the height of the rule above the notes, None where there is none.

    The lines of a page in two columns stand in the order of reading.
    """

    page: int
    width: float
    height: float
    head: tuple[Line, ...]
    body: tuple[Line, ...]
    notes: tuple[Line, ...]
    foot: tuple[Line, ...]
    rules: tuple[Rule, ...] = ()
    note_rule: float | None = None


class Layout(msgspec.Struct, frozen=True):
    """All pages in zones, and the size of most of the body's text."""

    sheets: tuple[Sheet, ...]
    body_size: float


def lay_out(pages: Sequence[Page]) -> Layout:
    """The pages' lines in zones."""
    lines = {page.number: lines_of(page) for page in pages}
    body_size = _body_size(line for page in lines.values() for line in page)
    rough = [_parted(page, lines[page.number]) for page in pages]
    gutters = [gutters_of(zones.rest, page.rules) for page, zones in zip(pages, rough, strict=True)]
    known = [gutter for found in gutters for gutter in found]
    if known:
        gutters = [gutters_of(zones.rest, page.rules, known) for page, zones in zip(pages, rough, strict=True)]
    sheets = (_sheet(page, zones, found, body_size) for page, zones, found in zip(pages, rough, gutters, strict=True))
    return Layout(tuple(sheets), body_size)


BODY_SHARE = 0.15
"""The body's type is the largest that at least this share of the text is set in.

Not the commonest: A/RES/75/254 is mostly tables, A/RES/78/118 has pages of notes. Headings do not count: of a letter
or a corrigendum on one page they are a good part.
"""


def _body_size(lines: Iterable[Line]) -> float:
    weight: Counter[float] = Counter()
    for line in lines:
        if not line.bold:
            weight[round(line.size, 1)] += len(line.text)
    enough = BODY_SHARE * weight.total()
    return max((size for size, count in weight.items() if count >= enough), default=10.0)


class _Parted(msgspec.Struct):
    """The lines of a page: its running head, its foot, and the rest."""

    head: list[Line]
    foot: list[Line]
    rest: list[Line]


def _parted(page: Page, lines: list[Line]) -> _Parted:
    foot = [line for line in lines if _is_foot(line, page)]
    lines = [line for line in lines if line not in foot]
    head = _head(page, lines) if page.number > 1 else []
    return _Parted(head, foot, [line for line in lines if line not in head])


def _sheet(page: Page, zones: _Parted, gutters: Sequence[Gutter], body_size: float) -> Sheet:
    body: list[Line] = []
    notes: list[Line] = []
    rule: float | None = None
    for _, lines in groupby(in_columns(zones.rest, gutters), key=lambda line: line.column):
        group = list(lines)
        left = min(line.x0 for line in group)
        right = max(line.x1 for line in group) if gutters else page.width - left
        rules = [rule for rule in page.rules if not gutters or left - OUTDENT <= rule.x0 < right]
        at, found = _notes_from(rules, (left, right), group, body_size)
        body += group[:at]
        notes += group[at:]
        rule = rule if found is None else found
    return Sheet(
        page.number,
        page.width,
        page.height,
        tuple(zones.head),
        tuple(body),
        tuple(line for line in notes if not _SEPARATOR.fullmatch(line.text)),
        tuple(zones.foot),
        page.rules,
        rule,
    )


def _is_foot(line: Line, page: Page) -> bool:
    if line.baseline < FOOT_SHARE * page.height:
        return False
    columns = [part.text for part in line.columns()]
    return all(
        _FOOT.fullmatch(text) or _words_of_foot(text) or read_any("recycle", text) is not None for text in columns
    )


def _words_of_foot(text: str) -> bool:
    """``24-23556 3/4`` set so near that it is one column."""
    return all(_FOOT.fullmatch(word) or regex.fullmatch(r"\(\p{L}{1,3}\)\**", word) for word in text.split())


def _head(page: Page, lines: list[Line]) -> list[Line]:
    edge = _rule_across(page)
    if edge is not None:
        return [line for line in lines if line.baseline <= edge + 1.0]
    top = [line for line in lines[:HEAD_LINES] if line.baseline <= HEAD_SHARE * page.height]
    first = next((at for at, line in enumerate(top) if _names_page(line)), None)
    if first is None or not all(starmap(_goes_on, pairwise(top[: first + 1]))):
        return []
    end = first + 1
    while end < len(top) and (
        _names_page(top[end]) or _goes_on(top[end - 1], top[end]) or read_any("language", top[end].text) is not None
    ):
        end += 1
    return top[:end]


def _names_page(line: Line) -> bool:
    """Whether a line has a symbol or the number of the page in a column of its own."""
    columns = [part.text for part in line.columns()]
    return any(_SYMBOL.fullmatch(text) or read_any("page", text) is not None for text in columns)


def _goes_on(line: Line, after: Line) -> bool:
    """Whether a line goes on with the title of a running head: bold and small like the one before, and close."""
    alike = line.bold and after.bold and abs(line.size - after.size) < 0.5
    return alike and after.baseline - line.baseline < HEAD_PITCH * line.size


def _rule_across(page: Page) -> float | None:
    """The height of the lowest rule across the page within its head, None if there is none."""
    reach: dict[int, float] = {}
    for rule in page.rules:
        if rule.y1 - rule.y0 <= 3.0 and rule.y1 < HEAD_SHARE * page.height:
            key = round(rule.y0)
            reach[key] = reach.get(key, 0.0) + rule.x1 - rule.x0
    across = [y for y, width in reach.items() if width >= ACROSS * page.width]
    return min(across) if across else None


def _notes_from(
    rules: Sequence[Rule], sides: tuple[float, float], lines: Sequence[Line], body_size: float
) -> tuple[int, float | None]:
    """Index of the first line of the note zone, and the height of the rule above it.

    ``sides`` are the left and the right edge of the text; the rule begins at one of them.
    """
    for at, line in enumerate(lines):
        if _SEPARATOR.fullmatch(line.text) and at + 1 < len(lines) and _below(lines[at + 1 :], body_size):
            return at, line.baseline
    left, right = sides
    for rule in sorted(rules, key=lambda rule: -rule.y0):
        width = rule.x1 - rule.x0
        if not (NOTE_RULE[0] <= width <= NOTE_RULE[1] and rule.y1 - rule.y0 <= 3.0):
            continue
        if rule.x0 > left + ASIDE and rule.x1 < right - ASIDE:
            continue
        below = [line for line in lines if line.baseline > rule.y0]
        if below and _below(below, body_size) and not _row_rule(rule, rules):
            return len(lines) - len(below), rule.y0
    return len(lines), None


def _row_rule(rule: Rule, rules: Sequence[Rule]) -> bool:
    """A rule of a table: others stand beside it at the same height."""
    return any(
        other is not rule and abs(other.y0 - rule.y0) < 1.0 and (other.x0 >= rule.x1 - 1 or other.x1 <= rule.x0 + 1)
        for other in rules
    )


def _below(lines: Sequence[Line], body_size: float) -> bool:
    """Whether what stands below a rule can be notes: smaller than the text, or begun by a note's marker.

    Text in the size of the body below smaller lines shows that the rule stands in the middle of the body, as
    in A/RES/77/256 above a star's explanation.
    """
    first = lines[0]
    smaller = [line.size < body_size - 0.4 for line in lines]
    if smaller[0] and not all(smaller):
        return False
    raised = bool(first.spans) and first.spans[0].raised > 0
    marked = regex.match(r"\d{1,3}/\s|\*{1,3}\s|\(\d{1,3}\)\s|[a-z]\s", first.text) is not None
    return raised or marked or all(smaller)
