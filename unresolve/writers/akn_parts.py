"""Resolutions adopted under one number (76/247 A to C): a collection of statements.

In the model a part is a :class:`~unresolve.model.Section` whose id begins with ``cmp_`` (the Naming
Convention's *component*), straight in the body, beside nothing but other parts. Under it the ids say where
a paragraph belongs: ``cmp_A__formula_1`` ("The General Assembly,"), ``cmp_A__preamble_1`` …, and
``cmp_A__closing_1`` for the closing lines of every part but the last, whose are the document's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import msgspec

from unresolve.model import Block, Paragraph, Section

__all__ = ["Part", "parts_of"]


class Part(msgspec.Struct, frozen=True):
    """A part, its blocks told apart."""

    section: Section
    formula: Paragraph | None
    recitals: tuple[Block, ...]
    body: tuple[Block, ...]
    closing: tuple[Paragraph, ...]


def parts_of(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """The parts that a body consists of; none if it holds anything else."""
    sections = [block for block in blocks if isinstance(block, Section)]
    if len(sections) != len(blocks) or not all(_is_part(section) for section in sections):
        return ()
    return tuple(_split(section) for section in sections)


def _is_part(section: Section) -> bool:
    return section.id.startswith("cmp_") and section.level == 1 and section.number is None


def _split(section: Section) -> Part:
    blocks = section.blocks
    formula = blocks[0] if blocks and _named(blocks[0], section, "formula") else None
    rest = blocks if formula is None else blocks[1:]
    recitals = tuple(takewhile(lambda block: block.id.startswith(f"{section.id}__preamble_"), rest))
    rest = rest[len(recitals) :]
    closing = tuple(takewhile(lambda block: _named(block, section, "closing"), reversed(rest)))[::-1]
    body = rest[: len(rest) - len(closing)]
    return Part(
        section,
        formula if isinstance(formula, Paragraph) else None,
        recitals,
        body,
        tuple(block for block in closing if isinstance(block, Paragraph)),
    )


def _named(block: Block, section: Section, name: str) -> bool:
    """Is a block a plain line of that name?"""
    plain = isinstance(block, Paragraph) and block.number is None and not block.points and block.closing is None
    return plain and block.id.startswith(f"{section.id}__{name}_")
