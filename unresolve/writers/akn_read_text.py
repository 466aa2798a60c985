"""Mixed content of Akoma Ntoso back into texts with marks, notes and their calls."""

from __future__ import annotations

from collections import defaultdict

import msgspec
import regex
from lxml import etree

from unresolve.model import Anchor, Citation, Mark, MarkKind, Note, Text

from .akn_xml import AKN, BRACKET, CALL, MARKER, TABLE_NOTE, boxes_of, local, own

__all__ = ["TextReader"]

_MARKS: dict[str, tuple[MarkKind, ...]] = {
    "i": ("italic",),
    "b": ("bold",),
    "u": ("underline",),
    "sup": ("superscript",),
    "sub": ("subscript",),
}
_CLASSES: dict[str, MarkKind] = {"italic": "italic", "bold": "bold", "underline": "underline"}
_SPACE = regex.compile(r"\s+")
_UN = regex.compile(r"https?://(?:www\.)?(?:undocs|docs\.un)\.org/(?:(?:en|fr|es|ru|ar|zh|ch)/)?([^#?]+)", regex.I)
_NUMBER = regex.compile(r"authorialNote_([0-9]+)")


class TextReader:
    """Reads texts, and collects the notes and links that stand in them.

    ``exact`` keeps white space and takes no citation from links, as for files of this project, which say
    their citations in full elsewhere; without it white space is folded and every link is a citation.
    """

    def __init__(self, root: etree._Element, *, exact: bool) -> None:
        self._exact = exact
        self._calls: defaultdict[str, list[Anchor]] = defaultdict(list)
        self._found: dict[int, Note] = {}
        self.citations: list[Citation] = []
        self._ids: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        for n, note in enumerate(root.iter(f"{{{AKN}}}authorialNote"), 1):
            eid = note.get("eId") or f"authorialNote_{n}"
            number = _NUMBER.match(eid) if exact else None
            self._numbers[eid] = int(number[1]) if number else n
            self._ids[eid] = note.get(own("id")) or f"note_{self._numbers[eid]}"
        below = (made for made in root.iter(f"{{{AKN}}}p") if made.get("class") == TABLE_NOTE)
        for n, made in enumerate(below, len(self._numbers) + 1):
            number = int(made.get(own("note")) or n)
            self._numbers[made.get("eId", "")] = number
            self._ids[made.get("eId", "")] = made.get(own("id")) or f"note_{number}"

    def notes(self) -> tuple[Note, ...]:
        """The notes read so far, in the order of their numbers, each with its calls."""
        notes = (self._found[n] for n in sorted(self._found))
        return tuple(msgspec.structs.replace(note, calls=tuple(self._calls[note.id])) for note in notes)

    def read(self, made: etree._Element, block: str, offset: int = 0) -> Text:
        """The text of an element; ``block`` is its name, ``offset`` where it begins in the text of that name."""
        run = _Run(self)
        run.walk(made)
        text, links = run.folded(self._exact)
        for mark in text.marks:
            if mark.kind == "call":
                self._calls[mark.target or ""].append(Anchor(block, offset + mark.start))
        for start, end, href in links:
            if start < end:
                self.citations.append(_citation(block, offset + start, offset + end, text.content[start:end], href))
        return text

    def note_of(self, eid: str) -> str:
        """The id of the note of an eId."""
        return self._ids.get(eid, eid)

    def note(self, made: etree._Element) -> str | None:
        """Reads a note; its id, or None where its call is not known."""
        eid = made.get("eId") or next(e for e, n in self._numbers.items() if n not in self._found)
        number, note_id = self._numbers[eid], self._ids[eid]
        lines: list[Text] = []
        offset = 0
        for line in made:
            text = self.read(line, note_id, offset)
            lines.append(text)
            offset += len(text) + 1
        page = int(made.get(own("page")) or 0)
        marker = made.get("marker") or ""
        brackets = any(span.get("class") == BRACKET for span in made.iter(f"{{{AKN}}}span"))
        self._found[number] = Note(note_id, marker, Text.join(lines, "\n"), (), page, boxes_of(made), brackets)
        return None if made.get(own("called")) == "no" else note_id

    def table_note(self, made: etree._Element) -> str:
        """Reads a note below a table; its id."""
        eid = made.get("eId", "")
        number, note_id = self._numbers[eid], self._ids[eid]
        shown = next((span for span in made if span.get("class") == MARKER), None)
        printed = "".join(map(str, shown.itertext())).strip() if shown is not None else ""
        marker = made.get(own("marker"))
        self._found[number] = Note(
            note_id,
            printed.strip("()") if marker is None else marker,
            self.read(made, note_id),
            (),
            int(made.get(own("page")) or 0),
            boxes_of(made),
            printed.startswith("("),
        )
        return note_id


class _Run:
    """The text of one element as it grows."""

    def __init__(self, reader: TextReader) -> None:
        self._reader = reader
        self._content: list[str] = []
        self._at = 0
        self._marks: list[Mark] = []
        self._links: list[tuple[int, int, str]] = []
        self._latest: dict[tuple[MarkKind, str | None], int] = {}

    def walk(self, made: etree._Element) -> None:
        self._add(made.text)
        for child in made:
            self._child(child)
            self._add(child.tail)

    def _add(self, text: str | None) -> None:
        if text:
            self._content.append(text)
            self._at += len(text)

    def _child(self, child: etree._Element) -> None:
        name = local(child)
        if name == "authorialNote":
            note = self._reader.note(child)
            if note is not None:
                self._marks.append(Mark(self._at, self._at, "call", note))
        elif name == "noteRef":
            note = self._reader.note_of((child.get("href") or "").lstrip("#"))
            self._marks.append(Mark(self._at, self._at, "call", note))
        elif name == "eop":
            self._marks.append(Mark(self._at, self._at, "break", child.get("number")))
        elif name == "eol":
            self._add("\n")
        elif name == "ref" and child.get("class") == CALL:
            note = self._reader.note_of((child.get("href") or "").lstrip("#"))
            self._marks.append(Mark(self._at, self._at, "call", note))
        elif name == "span" and child.get("class") in (BRACKET, MARKER):
            return
        elif name == "inline" and child.get("name") == "call":
            self._marks.append(Mark(self._at, self._at, "call", child.get(own("target"))))
        elif name:
            self._span(child, name)

    def _span(self, child: etree._Element, name: str) -> None:
        start = self._at
        # The place of a mark is kept before its children's, so that "next" finds the mark it goes on.
        kinds = _MARKS.get(name) or tuple(_CLASSES[c] for c in (child.get("class") or "").split() if c in _CLASSES)
        target = child.get(own("target"))
        if name == "a" and target:  # a link that is no citation
            kinds = ("link",)
        self.walk(child)
        for kind in kinds:
            latest = self._latest.get((kind, target))
            if child.get(own("part")) == "next" and latest is not None:
                self._marks[latest] = Mark(self._marks[latest].start, self._at, kind, target)
            elif start < self._at:
                self._latest[kind, target] = len(self._marks)
                self._marks.append(Mark(start, self._at, kind, target))
        href = child.get("href")
        if href and name in ("a", "ref"):
            self._links.append((start, self._at, href))

    def folded(self, exact: bool) -> tuple[Text, list[tuple[int, int, str]]]:
        """The text and its links; where not ``exact`` runs of white space are one space, none at the ends."""
        content = "".join(self._content)
        if exact:
            return Text(content, tuple(sorted(self._marks, key=_place))), []
        place: list[int] = []
        out: list[str] = []
        for character in content:
            place.append(len(out))
            if not character.isspace():
                out.append(character)
            elif out and out[-1] != " ":
                out.append(" ")
        if out and out[-1] == " ":
            out.pop()
        place.append(len(out))
        at = [min(p, len(out)) for p in place]
        marks = (Mark(at[m.start], at[m.end], m.kind, m.target) for m in self._marks)
        kept = tuple(sorted({m for m in marks if m.start < m.end or m.kind in ("call", "break")}, key=_place))
        return Text("".join(out), kept), [(at[start], at[end], href) for start, end, href in self._links]


def _place(mark: Mark) -> tuple[int, int, str, str]:
    """Where a mark stands among others; two of one span and kind may have no target, which has no order."""
    return mark.start, mark.end, mark.kind, mark.target or ""


def _citation(block: str, start: int, end: int, text: str, href: str) -> Citation:
    match = _UN.match(href)
    if match is None:
        return Citation(block, start, end, text, "publication", url=href, resolved="link")
    symbol = _SPACE.sub("", match[1].replace("%20", ""))
    return Citation(
        block, start, end, text, "resolution" if "/RES/" in symbol else "symbol", symbol, href, resolved="link"
    )
