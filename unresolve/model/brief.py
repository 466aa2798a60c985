"""The parts of a document in one short line, as a debugger or a prompt shows them."""

from __future__ import annotations

import msgspec

__all__ = ["Brief"]

_LONGEST = 48
"""Characters shown of a text."""
_SHOWN = ("number", "marker", "label", "text", "heading", "caption")
_COUNTED = ("points", "blocks", "rows", "calls")


class Brief(msgspec.Struct, frozen=True):
    """A struct shown by its id, what it says, and how much it holds, never by all that stands below it."""

    def __repr__(self) -> str:
        """``<Paragraph para_2 '2.' 'Invites Member States to draw up…' 3 points>``."""
        words = [type(self).__name__, str(getattr(self, "id", ""))]
        words += [_shortened(str(value)) for name in _SHOWN if (value := getattr(self, name, None))]
        words += [_counted(len(value), name) for name in _COUNTED if (value := getattr(self, name, ()))]
        return f"<{' '.join(words)}>"


def _shortened(text: str) -> str:
    return repr(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")


def _counted(number: int, name: str) -> str:
    return f"{number} {name.removesuffix('s') if number == 1 else name}"
