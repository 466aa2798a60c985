"""Where the preamble ends: before the first paragraph that is operative.

Preambular paragraphs end in a comma and are not numbered; headings between them ("Transport and transit
corridors" in A/RES/78/148) and rows of stars belong to the preamble while a preambular paragraph follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from unresolve.model import Table

from .blocks import Division, Item

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["split_preamble"]

Content = Item | Division | Table


def split_preamble(content: Sequence[Content], pack: Pack) -> tuple[list[Content], list[Content]]:
    """The preamble and the body."""
    content = list(content)
    last = -1
    for at, part in enumerate(content):
        if isinstance(part, Division):
            if last >= 0 and not any(_opens_preamble(other, pack) for other in content[at + 1 :]):
                content[at : at + 1] = _parted(part, pack)
                part = content[at]
            if not isinstance(part, Division) or not _preambular_division(part, pack):
                break
            last = at
        elif isinstance(part, Item):
            if not _preambular(part, pack):
                if not _separator(part):
                    break
                continue
            last = at
        else:
            break
    return content[: last + 1], content[last + 1 :]


def _opens_preamble(part: Content, pack: Pack) -> bool:
    """Whether a part is a heading that has preambular paragraphs of its own below it."""
    return isinstance(part, Division) and bool(part.content) and _is_preambular(part.content[0], pack)


def _parted(division: Division, pack: Pack) -> list[Content]:
    """A heading over preambular paragraphs, and the operative ones behind them, which it does not head."""
    at = 0
    while at < len(division.content) and _is_preambular(division.content[at], pack):
        at += 1
    if not at or division.marker is not None or division.label is not None:
        return [division]
    return [replace(division, content=division.content[:at]), *division.content[at:]]


def _is_preambular(part: Content, pack: Pack) -> bool:
    return isinstance(part, Item) and _preambular(part, pack)


def _preambular_division(division: Division, pack: Pack) -> bool:
    """A heading without a number over preambular paragraphs only."""
    if division.marker is not None or division.label is not None:
        return False
    items = [part for part in division.content if not (isinstance(part, Item) and _separator(part))]
    return bool(items) and all(isinstance(part, Item) and _preambular(part, pack) for part in items)


def _preambular(item: Item, pack: Pack) -> bool:
    if item.marker is not None:
        return False
    end = item.points[-1].text if item.points else item.text
    if item.closing is not None:
        end = item.closing
    ending = end.content.rstrip()
    if ending.endswith((",", "，", "،", "、")):
        return True
    if ending.endswith((".", "。", ":", "：")):
        return False
    return pack.opener(item.text.content, "preamble") is not None and pack.opener(item.text.content, "body") is None


def _separator(item: Item) -> bool:
    return not any(character.isalnum() for character in item.text.content)
