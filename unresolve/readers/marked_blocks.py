"""Marked text to pages of blocks: headings, paragraphs, tables, notes, running heads and feet.

A page ends at a form feed, at a comment or rule that says so, and behind its notes, which converters leave
where the page has them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import regex

from .marked_inline import HARD, SOFT, SUPERSCRIPTS

__all__ = ["Block", "Leaf", "leaves_of", "markers_of"]

_HEADING = regex.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
_RULE = regex.compile(r"\s{0,3}(?:([-*_])(?:\s*\1){2,}|_{3,})\s*")
_PAGE = regex.compile(r"\f|<!--\s*page.{0,40}-->|\{\d{1,4}\}-{3,}|\[page \d{1,4}\]", regex.IGNORECASE)
_FENCE = regex.compile(r"\s*(?:`{3,}|~{3,})\s*\w*\s*")
_ROW = regex.compile(r"\s*\|.*\|\s*")
_DELIMITER = regex.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*")
_BULLET = regex.compile(r"[-*+•]\s+")
_ITEM = regex.compile(r"(?:\(?(?:\p{N}{1,3}|\p{L}{1,4})[.)]|\p{N}{1,3}\s?-|[-*+•])\s+\S|[一二三四五六七八九十]{1,4}、")
_ENDED = regex.compile(r"""[.;:,!?。；：，、؛،»”"\])]\s*$|(?:</sup>|\]|[¹²³⁰⁴-⁹*_])[.;:,]?\s*$""")
_NOTE = regex.compile(
    r"""<sup>\s*\(?(?P<sup>\d{1,3}|\*{1,4}|\p{Ll})\)?\s*</sup>\s*
    | \[\^(?P<call>[^\]\s]{1,8})\]:?\s*
    | \$\^\{?(?P<tex>\d{1,3}|\*{1,4})\}?\$\s*
    | (?P<digits>[⁰¹²³⁴-⁹]{1,3})\s*(?=\S)""",
    regex.VERBOSE,
)
_PLAIN_NOTE = regex.compile(r"(?P<plain>\d{1,3}|(?:\\?\*){1,4}|\(\d{1,3}\))\s+(?=\S)|(?P<typed>\d{1,3}/\s+)(?=\S)")
_FURNITURE = regex.compile(r"(?=.{0,60}\d)[\p{Lu}\d\s/().*\-–|]{0,60}[\p{Lu}\d)*\-–]")
_INDENT = regex.compile(r"(?: {4}|\t)\s*(?=\S)")


@dataclass
class Block:
    """Lines that no empty line parts: ``source`` with their ends as SOFT and HARD, ``level`` 1 to 6 for a heading.

    ``marker`` is that of a note; ``indented`` says that the block may go on with the note above it; ``rows`` are
    the sources of a table's cells.
    """

    source: str = ""
    level: int = 0
    marker: str = ""
    indented: bool = False
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class Leaf:
    """One page of the text."""

    head: list[Block] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    foot: list[Block] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.body or self.notes)


@dataclass
class _Cut:
    """Where a page ends, for sure or perhaps: a rule may also be the one above its notes."""

    sure: bool


def leaves_of(text: str) -> list[Leaf]:
    """The pages of a text; at least one."""
    leaves = [Leaf()]
    blocks = list(_blocks(text))
    ruled = False  # behind a rule
    for block in blocks:
        leaf = leaves[-1]
        if isinstance(block, _Cut):
            ruled = not block.sure
            if block.sure and leaf:
                leaves.append(Leaf())
            continue
        if _as_note(block, ruled or (bool(leaf.notes) and not leaf.notes[-1].source.startswith("["))):
            leaf.notes.append(block)
            continue
        if leaf.notes and block.indented:
            leaf.notes[-1].source += SOFT + block.source
            continue
        if leaf.notes and _furniture(block):
            leaf.foot.append(block)
            continue
        if (ruled or leaf.notes) and leaf:
            leaves.append(Leaf())
        ruled = False
        leaves[-1].body.append(block)
    _part_furniture(leaves)
    return leaves


def _as_note(block: Block, announced: bool) -> bool:
    """Makes a block a note if it begins as one does; without a raised marker only where notes are ``announced``."""
    if block.level or block.rows:
        return False
    match = _NOTE.match(block.source)
    if match is not None:
        marker = match["sup"] or match["call"] or match["tex"] or match["digits"].translate(SUPERSCRIPTS)
    elif announced and (match := _PLAIN_NOTE.match(block.source)) is not None:
        if match["typed"]:
            block.marker = match["typed"].strip()
            return True
        marker = match["plain"].replace("\\", "").strip("()")
    else:
        return False
    block.marker = marker
    block.source = block.source[match.end() :]
    return True


def _blocks(text: str) -> Iterator[Block | _Cut]:
    """The blocks of a text in order, and the cuts between them."""
    lines: list[str] = []
    table: list[str] = []
    for raw in [*_source_lines(text), ""]:
        if table and not _ROW.fullmatch(raw):
            yield _table(table)
            table = []
        if lines and _ends_block(lines[-1], raw):
            yield _paragraph(lines)
            lines = []
        if _PAGE.fullmatch(raw.strip(" ")):
            yield _Cut(sure=True)
        elif _RULE.fullmatch(raw):
            yield _Cut(sure=False)
        elif (heading := _HEADING.fullmatch(raw)) is not None:
            yield Block(heading[2], level=len(heading[1]))
        elif _ROW.fullmatch(raw):
            table.append(raw)
        elif raw.strip():
            lines.append(raw)


def _source_lines(text: str) -> Iterator[str]:
    for line in regex.split(r"\r\n|\r|\n|(?=\f)|(?<=\f)", text):
        if not _FENCE.fullmatch(line):
            yield regex.sub(r"^\s{0,3}(?:>\s?){1,3}", "", line)


def _ends_block(last: str, line: str) -> bool:
    """Whether a block ends before a line: it is empty or a block of another kind, or a list goes on in it."""
    if not line.strip() or line == "\f" or line.startswith("#") or _NOTE.match(line):
        return True
    if _ROW.fullmatch(line) or _RULE.fullmatch(line) or _PAGE.fullmatch(line.strip(" ")):
        return True
    return _ITEM.match(line.lstrip()) is not None and _ENDED.search(last) is not None


def _paragraph(lines: Sequence[str]) -> Block:
    parts: list[str] = []
    for at, line in enumerate(lines):
        text = line.strip()
        hard = line.endswith(("  ", "\\")) and at + 1 < len(lines)
        parts += [text.removesuffix("\\") if hard else text, HARD if hard else SOFT]
    source = "".join(parts[:-1])
    bullet = _BULLET.match(source)
    if bullet is not None:
        rest = source[bullet.end() :]
        if _ITEM.match(rest):  # a converter's bullet before the paper's own letter is no bullet: "- (a) Text"
            return Block(rest)
        return Block(source if source.startswith("*") else f"• {rest}")
    return Block(source, indented=_INDENT.match(lines[0]) is not None)


def _table(rows: Sequence[str]) -> Block:
    cells = [
        [cell.strip().replace("\\|", "|") for cell in regex.split(r"(?<!\\)\|", row.strip()[1:-1])]
        for row in rows
        if not _DELIMITER.fullmatch(row)
    ]
    width = max(len(row) for row in cells)
    return Block(rows=[row + [""] * (width - len(row)) for row in cells])


def _furniture(block: Block) -> bool:
    """Whether a block can be what is printed at the edge of a page: numbers, a symbol, "17-17058 (F)  2/6"."""
    return not block.level and not block.rows and all(_FURNITURE.fullmatch(line) for line in _lines(block))


def _lines(block: Block) -> list[str]:
    return [line.strip() for line in regex.split(r"[\n\v]", block.source)]


def _part_furniture(leaves: Sequence[Leaf]) -> None:
    """Moves running heads and feet out of the body: what can be such, and what begins two pages alike."""
    starts = Counter(_folded(leaf.body[0]) for leaf in leaves[1:] if leaf.body)
    for number, leaf in enumerate(leaves):
        _part_last_lines(leaf)
        feet: list[Block] = []
        while len(leaf.body) > 1 and _furniture(leaf.body[-1]):
            feet.insert(0, leaf.body.pop())
        leaf.foot = feet + leaf.foot
        while number and leaf.body and _is_head(leaf.body[0], starts):
            leaf.head.append(leaf.body.pop(0))


def _part_last_lines(leaf: Leaf) -> None:
    """A foot that no empty line parts from the text above it becomes a block of its own."""
    last = leaf.body[-1] if leaf.body else Block()
    text, *lines = last.source.split(SOFT)
    feet: list[str] = []
    while lines and not last.level and _FURNITURE.fullmatch(lines[-1].strip()):
        feet.insert(0, lines.pop())
    if feet:
        last.source = SOFT.join([text, *lines])
        leaf.body += map(Block, feet)


def _is_head(block: Block, starts: Counter[str]) -> bool:
    return _furniture(block) or (starts[_folded(block)] > 1 and not block.rows and len(block.source) < 200)


def _folded(block: Block) -> str:
    """What two running heads share: all but their figures."""
    return str(regex.sub(r"\d+", "0", block.source))


def markers_of(leaves: Iterable[Leaf]) -> frozenset[str]:
    """The markers of all notes."""
    return frozenset(note.marker for leaf in leaves for note in leaf.notes)
