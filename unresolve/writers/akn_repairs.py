"""What the UN's published files do otherwise, one named repair a quirk.

Each repair changes the tree in place into the shape that :mod:`unresolve.writers.akn_read` reads, and does
nothing to a file without the quirk. They run in the order of :data:`REPAIRS`.
"""

from __future__ import annotations

from collections.abc import Callable

import regex
from lxml import etree

from .akn_xml import AKN, element

__all__ = ["REPAIRS", "repair"]

_POINT = regex.compile(r"\s*(?P<number>\(?(?:\p{L}{1,5}|[0-9]{1,3})\))\t\s*")
_BODY = frozenset(f"{{{AKN}}}{name}" for name in ("paragraph", "container", "crossHeading"))


def repair(root: etree._Element) -> None:
    """Applies every repair to a file."""
    for step in REPAIRS:
        step(root)


def notes_numbered(root: etree._Element) -> None:
    """Notes without an eId, or sharing one, are numbered in their order."""
    for n, note in enumerate(root.iter(f"{{{AKN}}}authorialNote"), 1):
        note.set("eId", f"authorialNote_{n}")


def one_body(root: etree._Element) -> None:
    """A second ``preamble`` or ``mainBody`` (parts A and B in one statement) goes on in the first body."""
    for top in root:
        bodies = [child for child in top if child.tag == f"{{{AKN}}}mainBody"]
        if not bodies:
            continue
        first = bodies[0]
        for child in list(first.itersiblings()):
            if child.tag in (f"{{{AKN}}}mainBody", f"{{{AKN}}}preamble"):
                first.extend(list(child))
                top.remove(child)


def heading_before_number(root: etree._Element) -> None:
    """A heading that stands in an element before its ``num`` is the heading of what came before."""
    for num in list(root.iter(f"{{{AKN}}}num")):
        for line in list(num.itersiblings(f"{{{AKN}}}heading", f"{{{AKN}}}subheading", preceding=True)):
            holder = num.getparent()
            if holder is not None and line.get("class") != "label":
                paragraph = element(None, "paragraph")
                holder.addprevious(paragraph)
                paragraph.append(line)


def section_labels(root: etree._Element) -> None:
    """The number of a section in a line of its own, ``section > p > num`` or an empty paragraph: "II"."""
    for section in root.iter(f"{{{AKN}}}section"):
        for line in section.iterchildren(f"{{{AKN}}}p", f"{{{AKN}}}paragraph"):
            number = line.findtext(f"{{{AKN}}}num", "").strip()
            if number and number == "".join(map(str, line.itertext())).strip():
                etree.strip_elements(line, "*", with_tail=False)
                line.tag = f"{{{AKN}}}heading"
                line.set("class", "label")
                line.text = number
            break


def section_contents(root: etree._Element) -> None:
    """A ``section`` that holds only its heading and preambular part takes the paragraphs that follow it."""
    for section in list(root.iter(f"{{{AKN}}}section")):
        for following in list(section.itersiblings()):
            if following.tag not in _BODY or _heads(following):
                break
            section.append(following)


def typed_points(root: etree._Element) -> None:
    """A point typed as text, ``(a)`` and a tab before it, gets its ``num``."""
    for paragraph in root.iter(f"{{{AKN}}}paragraph"):
        line = paragraph.find(f"{{{AKN}}}content/{{{AKN}}}p")
        if paragraph.find(f"{{{AKN}}}num") is not None or line is None:
            continue
        match = _POINT.match(line.text or "")
        if match is not None:
            line.text = (line.text or "")[match.end() :]
            number = element(None, "num")
            number.text = match["number"]
            paragraph.insert(0, number)


def annex_labels(root: etree._Element) -> None:
    """The label and title of an annex, which stand at the head of its body, belong to the attachment."""
    for attachment in root.iter(f"{{{AKN}}}attachment"):
        if attachment.find(f"{{{AKN}}}heading") is not None:
            continue
        body = attachment.find(f"{{{AKN}}}doc/{{{AKN}}}mainBody")
        for name in ("heading", "subheading"):
            first = None if body is None else next(body.iterchildren(f"{{{AKN}}}*"), None)
            line = _heading_line(first) if first is not None else None
            if body is None or first is None or line is None:
                break
            line.tag = f"{{{AKN}}}{name}"
            attachment.insert(0 if name == "heading" else 1, line)
            body.remove(first)


def _heads(made: etree._Element) -> bool:
    """Does a paragraph hold nothing but a heading?"""
    return made.tag == f"{{{AKN}}}paragraph" and _heading_line(made) is not None


def _heading_line(made: etree._Element) -> etree._Element | None:
    """The line of a paragraph that is but a heading without a number: marked as one, or set in bold."""
    parts = list(made.iterchildren(f"{{{AKN}}}*"))
    if made.tag != f"{{{AKN}}}paragraph" or len(parts) != 1:
        return None
    if parts[0].tag in (f"{{{AKN}}}heading", f"{{{AKN}}}subheading"):
        return parts[0]
    line = parts[0].find(f"{{{AKN}}}p") if parts[0].tag == f"{{{AKN}}}content" else None
    if line is None or len(parts[0]) != 1 or (line.text or "").strip() or len(line) != 1:
        return None
    span = line[0]
    bold = "bold" in (span.get("class") or "").split() and not (span.tail or "").strip()
    return line if bold else None


REPAIRS: tuple[Callable[[etree._Element], None], ...] = (
    notes_numbered,
    one_body,
    heading_before_number,
    section_labels,
    section_contents,
    typed_points,
    annex_labels,
)
