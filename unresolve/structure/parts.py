"""Resolutions adopted under one number: A, B, C, each with a title, a formula and closing lines of its own.

In the model a part is a section of the body whose id begins with ``cmp_``; below it ``cmp_A__formula_1``,
``cmp_A__preamble_1`` … and ``cmp_A__closing_1`` say what a paragraph is.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from unresolve.layout.lines import Line
from unresolve.model import Block, Closing, Field, Paragraph, Section

from .blocks import Division, grow
from .closing import closing_of
from .context import Context
from .ids import Ids, freeze
from .letters import letter_of
from .openers import with_openers
from .pieces import boxes_of
from .preamble import split_preamble

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["part_of", "split_parts"]

_TITLE = 6
"""A part's title runs over at most this many lines between its letter and its formula."""


def split_parts(lines: Sequence[Line], pack: Pack) -> list[list[Line]]:
    """The lines of each part, its letter first; none where the document has no parts."""
    starts = [at for at, line in enumerate(lines) if _is_letter(line, pack) and _formula_at(lines, at + 1, pack)]
    if len(starts) < 2 or starts[0] != 0:
        return []
    bounds = [*starts, len(lines)]
    return [list(lines[a:b]) for a, b in pairwise(bounds)]


def part_of(lines: list[Line], context: Context, *, last: bool) -> tuple[Section, Closing]:
    """A part, and the closing lines that stand in it; those of the last part are the document's own."""
    pack = context.pack
    letter = letter_of(lines[0], pack)
    id_ = context.ids.take(f"cmp_{letter}")
    formula_at = _formula_at(lines, 1, pack) or 1
    title = lines[1:formula_at]
    rest = lines[formula_at + 1 :]
    closing, taken = closing_of(rest, pack)
    rest = [line for at, line in enumerate(rest) if at not in taken]
    tree = grow(context.pieces(rest), pack, context.calls)
    before, after = split_preamble(tree.content, pack)
    blocks: list[Block] = [_line(context.field([lines[formula_at]], None), f"{id_}__formula_1")]
    for number, block in enumerate(freeze(Division(content=before), Ids(), id_), 1):
        if isinstance(block, Paragraph):
            blocks.append(msgspec.structs.replace(block, id=f"{id_}__preamble_{number}"))
        else:
            blocks.append(block)
    body = freeze(Division(content=after), context.ids, id_)
    made = [*with_openers(tuple(blocks), pack, "preamble"), *with_openers(body, pack, "body")]
    if not last:
        printed = [field for _, field in closing.fields()]
        made += [_line(field, f"{id_}__closing_{number}") for number, field in enumerate(printed, 1)]
    section = Section(
        id_,
        label=context.field(lines[:1], None).text,
        heading=context.field(title, None).text if title else None,
        blocks=tuple(made),
        boxes=boxes_of(lines[:formula_at]),
    )
    return section, closing


def _is_letter(line: Line, pack: Pack) -> bool:
    return letter_of(line, pack) is not None


def _formula_at(lines: Sequence[Line], start: int, pack: Pack) -> int | None:
    for at in range(start, min(start + _TITLE, len(lines))):
        if pack.read("formula", lines[at].text) is not None:
            return at
    return None


def _line(field: Field, id_: str) -> Paragraph:
    return Paragraph(id_, field.text, boxes=field.boxes)
