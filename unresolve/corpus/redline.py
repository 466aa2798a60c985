"""A comparison as a file: text with brackets, a page with what was struck out and put in, JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
from lxml import etree
from lxml.html.builder import E

from .compare import Change, Comparison
from .parallel import page, safe
from .units import Unit

__all__ = ["FORMATS", "to_html", "to_json", "to_text"]

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 1rem auto; max-width: 60rem; color-scheme: light dark; }
del { background: #f003; } ins { background: #0a03; }
p { padding-inline-start: .8rem; border-inline-start: 4px solid transparent; }
p.added { border-color: #0a0; } p.dropped { border-color: #f00; } p.changed { border-color: #c80; }
.place { font: .8rem ui-monospace, monospace; opacity: .7; }
"""
_SIGN = {"same": " ", "changed": "~", "added": "+", "dropped": "-"}


def to_text(comparison: Comparison, *, everything: bool = False) -> bytes:
    """What changed, a line each: ``+`` added, ``-`` dropped, ``~`` changed, with ``[-old-]{+new+}`` words.

    The number or place comes first, both where they differ. What is the same is left out unless it moved, or
    ``everything`` is asked for.
    """
    lines = (
        f"{_SIGN[change.kind]} {_place(change)}: {_marked(change)}"
        for change in _shown(comparison, everything=everything)
    )
    return ("\n".join((_title(comparison), "", *lines)) + "\n").encode("utf-8", "replace")


def to_json(comparison: Comparison) -> bytes:
    """All changes with their texts and words, and how many there are of each kind."""
    changes = [
        {
            "kind": change.kind,
            "moved": change.moved,
            "renumbered": change.renumbered,
            "old": _unit(change.old),
            "new": _unit(change.new),
            "words": change.words,
        }
        for change in comparison.changes
    ]
    made = {"old": comparison.old, "new": comparison.new, "counts": comparison.counts(), "changes": changes}
    return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"


def to_html(comparison: Comparison) -> bytes:
    """The whole new text as a page, what was dropped struck out and what was put in underlined; no script."""
    parts = [E.h1(_title(comparison).partition(":")[0]), E.p(_title(comparison).partition(": ")[2])]
    for change in comparison.changes:
        made = E.p(E.span(_place(change) + " ", {"class": "place"}), {"class": change.kind})
        made.extend(_runs(change))
        parts.append(made)
    return page(f"{comparison.old} – {comparison.new}", _STYLE, parts)


FORMATS: dict[str, Callable[[Comparison], bytes]] = {"text": to_text, "html": to_html, "json": to_json}
"""What writes a comparison in each format."""


def _title(comparison: Comparison) -> str:
    counts = ", ".join(f"{count} {kind}" for kind, count in comparison.counts().items() if count)
    return f"{comparison.old or 'old'} → {comparison.new or 'new'}: {counts or 'nothing in either'}"


def _shown(comparison: Comparison, *, everything: bool) -> Iterator[Change]:
    return (change for change in comparison.changes if everything or change.kind != "same" or change.moved)


def _place(change: Change) -> str:
    old, new = change.old, change.new
    if old is None or new is None:
        return _name(new or old)
    place = _name(new) if _name(old) == _name(new) else f"{_name(old)} → {_name(new)}"
    return f"{place} (moved)" if change.moved else place


def _name(unit: Unit | None) -> str:
    return unit.place if unit is not None else ""


def _marked(change: Change) -> str:
    if change.kind != "changed":
        unit = change.new or change.old
        return " ".join(unit.text.split()) if unit is not None else ""
    return " ".join("".join(map(str, change.words)).split())


def _runs(change: Change) -> Iterator[etree._Element]:
    if change.kind != "changed":
        unit = change.new or change.old
        yield _run({"added": "ins", "dropped": "del"}.get(change.kind, "span"), unit.text if unit is not None else "")
        return
    for words in change.words:
        if words.kept:
            yield _run("span", words.new)
            continue
        if words.old:
            yield _run("del", words.old)
        if words.new:
            yield _run("ins", words.new)


def _run(tag: str, text: str) -> etree._Element:
    made = etree.Element(tag)
    made.text = safe(text)
    return made


def _unit(unit: Unit | None) -> dict[str, str | None] | None:
    return None if unit is None else {"place": unit.place, "number": unit.number, "text": unit.text}
