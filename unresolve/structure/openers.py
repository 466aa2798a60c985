"""The opener of a paragraph: the phrase set apart at its head ("Reaffirming also", "Decides")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from unresolve.model import AdoptedText, Block, Paragraph, Section, Text

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["with_openers"]

_LONGEST = 90


def with_openers(blocks: tuple[Block, ...], pack: Pack, part: Literal["preamble", "body"]) -> tuple[Block, ...]:
    """The blocks with the opener of every paragraph that has one."""
    return tuple(_with(block, pack, part) for block in blocks)


def _with(block: Block, pack: Pack, part: Literal["preamble", "body"]) -> Block:
    if isinstance(block, Paragraph):
        return msgspec.structs.replace(block, opener=_opener(block.text, pack, part))
    if isinstance(block, Section | AdoptedText):
        return msgspec.structs.replace(block, blocks=with_openers(block.blocks, pack, part))
    return block


def _opener(text: Text, pack: Pack, part: Literal["preamble", "body"]) -> str | None:
    """The phrase set off by its type at the head; without such setting, what the language pack knows."""
    for mark in text.marks:
        if mark.start == 0 and mark.kind in ("italic", "bold", "underline") and 0 < mark.end <= _LONGEST:
            phrase = text.content[: mark.end].strip(" ,،，:：")
            if phrase and mark.end < len(text.content) and not any(character.isdigit() for character in phrase):
                return phrase
    return pack.opener(text.content, part)
