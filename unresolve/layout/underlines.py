"""Words that a rule is drawn under: how typewriters set off titles, headings, openers and the figures of notes.

The rule is as long as the words, and nearer to them than the rules of a table are.
"""

from __future__ import annotations

from collections.abc import Sequence

from unresolve.patterns import late
from unresolve.readers.pages import Rule

from .line import Line, restyled

__all__ = ["with_underlines"]

THICK = 2.0
"""The thickest underline, in points: 1.4 in the files of 1994."""

BELOW = (-0.05, 0.32)
"""How far below the baseline the upper edge of an underline lies, in sizes: 0.1 for Distiller 2.1, 0.17 for Word."""

OUT = 1.0
"""How far an underline stands out of its line at most, in sizes: by the space behind the last word."""

_WORD = late(r"\S+")
_SIGNS = ",.;:)]"


def with_underlines(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Line]:
    """The lines with their underlined words marked as such."""
    thin = sorted((r for r in rules if r.y1 - r.y0 <= THICK and r.x1 - r.x0 >= THICK), key=lambda rule: rule.y0)
    if not thin:
        return list(lines)
    return [_underlined(line, thin) for line in lines]


def _underlined(line: Line, rules: Sequence[Rule]) -> Line:
    low, high = (line.baseline + share * line.size for share in BELOW)
    slack = OUT * line.size
    for rule in rules:
        if low <= rule.y0 <= high and rule.x0 >= line.x0 - slack and rule.x1 <= line.x1 + slack:
            start, end = _covered(line, rule)
            if start < end:
                line = restyled(line, start, end, underlined=True)
    return line


def _covered(line: Line, rule: Rule) -> tuple[int, int]:
    """The words above a rule, ``(n, n)`` if none is; a sign at their end that it leaves out is none of them."""
    middles = _middles(line)
    under = [at for at, x in enumerate(middles) if rule.x0 <= x <= rule.x1]
    words = [match.span() for match in _WORD.finditer(line.text)]
    covered = [(a, b) for a, b in words if sum(a <= at < b for at in under) * 2 >= len(line.text[a:b].rstrip(_SIGNS))]
    if not under or not covered:
        return 0, 0
    start, end = covered[0][0], covered[-1][1]
    while end - 1 > under[-1] and line.text[end - 1] in _SIGNS:
        end -= 1
    return start, end


def _middles(line: Line) -> list[float]:
    """About where the middle of each character stands, each span taken as set in one width."""
    middles = [float("-inf")] * len(line.text)
    for span in line.spans:
        each = (span.x1 - span.x0) / max(span.end - span.start, 1)
        for place in range(span.end - span.start):
            x = span.x1 - (place + 0.5) * each if span.rtl else span.x0 + (place + 0.5) * each
            middles[span.start + place] = x
    return middles
