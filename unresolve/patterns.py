"""Patterns that are compiled when they are first asked for.

To compile a pattern takes up to a millisecond, and most documents need only some: those of Arabic lines, of notes below
tables or of two columns are met by few. What every document needs is compiled where it stands.
"""

from __future__ import annotations

from typing import Any, cast

import regex

__all__ = ["late"]


def late(pattern: str, flags: int = 0) -> regex.Pattern[str]:
    """What ``regex.compile`` gives, which it is asked for at the first use."""
    return cast("regex.Pattern[str]", _Late(pattern, flags))


class _Late:
    """Stands for a pattern; each of its methods, once asked for, is the compiled pattern's own."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(regex.compile(*self._source), name)
        setattr(self, name, value)
        return value
