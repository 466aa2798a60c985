"""Right-to-left pages seen in a mirror, so that what is written for pages read from the left does for both."""

from __future__ import annotations

import msgspec

from unresolve.readers.pages import Rule

from .line import Line

__all__ = ["mirrored", "mirrored_rule"]


def mirrored(line: Line) -> Line:
    """The line with its abscissas negated: read from the right it is then read from the left, and back again."""
    replace = msgspec.structs.replace
    spans = tuple(replace(span, x0=-span.x1, x1=-span.x0, rtl=not span.rtl) for span in line.spans)
    return replace(line, x0=-line.x1, x1=-line.x0, spans=spans, rtl=not line.rtl)


def mirrored_rule(rule: Rule) -> Rule:
    """The rule with its abscissas negated."""
    return msgspec.structs.replace(rule, x0=-rule.x1, x1=-rule.x0)
