"""Running text in Akoma Ntoso: marks, notes at their calls, page breaks, references."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import regex
from lxml import etree
from msgspec.structs import replace

from unresolve.model import Citation, Document, Mark, Note, Table, Text
from unresolve.patterns import late

from .adoption_dates import adoption_date
from .akn_contents import is_contents
from .akn_refs import full_date, reference_url, un_url, work_iri
from .akn_xml import BRACKET, CALL, MARKER, TABLE_NOTE, address, boxes_to_str, clean, element, own
from .eids import EIds, eid_of

__all__ = ["DIRECT", "Inline"]

DIRECT = frozenset({"printed", "link"})
"""The ways of resolving a citation that make it a link in the text; all others are told in ``analysis``."""

_SHORT = late(r"/\d+[-‑–]\d+$")
"""A range printed short: "48/16-18"."""

_ELEMENT = {"italic": "i", "bold": "b", "underline": "u", "superscript": "sup", "subscript": "sub", "link": "a"}


class Inline:
    """Writes texts into elements, and remembers what the metadata must say of them.

    ``alternatives`` are pairs: the eId of a ``ref`` and the URL behind it. ``flat`` writes as the UN does:
    ``span`` for emphasis, ``a`` for every reference, no page breaks.
    """

    def __init__(self, document: Document, eids: EIds, *, flat: bool = False) -> None:
        self.alternatives: list[tuple[str, str]] = []
        self.eids = eids
        self._flat = flat
        self._numbered = list(enumerate(document.notes, 1))
        self._notes = {note.id: (n, note) for n, note in reversed(self._numbered)}
        self._note_eids: dict[str, str] = {}
        self._below = self._table_notes(document)
        self._written: set[int] = set()
        self._citations: defaultdict[str, list[Citation]] = defaultdict(list)
        for citation in sorted(document.citations, key=lambda c: (c.start, -c.end)):
            if citation.resolved in DIRECT:
                self._citations[citation.block].append(citation)
        self._internal = {block.id for block in document.blocks()}
        self._language = document.language

    def _table_notes(self, document: Document) -> dict[str, str]:
        """The eIds of the notes that stand below a table; cells call them before they are written."""
        tables = (block for block in document.blocks() if isinstance(block, Table) and not is_contents(block))
        ids = dict.fromkeys(id_ for table in tables for id_ in table.notes if id_ in self._notes)
        return {id_: self.eids.unique(f"tableNote_{self._notes[id_][0]}") for id_ in ids}

    def below(self, parent: etree._Element, notes: tuple[str, ...]) -> None:
        """The notes below a table, a ``p`` each, as the UN's files have them."""
        for number, note in (self._notes[id_] for id_ in notes if id_ in self._below):
            if number in self._written:
                continue
            self._written.add(number)
            eid = self._note_eids[note.id] = self._below[note.id]
            made = element(parent, "p", class_=TABLE_NOTE, eId=eid)
            made.set(own("note"), str(number))
            made.set(own("marker"), clean(note.marker))
            self._describe(made, note, number)
            if note.marker:
                shown = element(made, "span", class_=MARKER)
                printed = f"({note.marker})" if note.brackets else note.marker
                element(shown, "sup").text = clean(printed)
                shown[0].tail = " "
            spans = [*self._links(note.id, 0, note.text), *_spans(note.text)]
            self._fill(made, note.text, spans, 0, len(note.text))

    @staticmethod
    def _describe(made: etree._Element, note: Note, number: int) -> None:
        if note.id != f"note_{number}":
            made.set(own("id"), clean(note.id))
        if note.page:
            made.set(own("page"), str(note.page))
        boxes = boxes_to_str(note.boxes)
        if boxes:
            made.set(own("boxes"), boxes)

    def uncalled(self) -> list[tuple[int, Note]]:
        """The notes that no text written so far has called, with their numbers."""
        return [(n, note) for n, note in self._numbered if n not in self._written]

    def note_eid(self, note: str) -> str | None:
        """The eId of a note already written."""
        return self._note_eids.get(note)

    def write(self, parent: etree._Element, text: Text, block: str, offset: int = 0) -> None:
        """``text`` as the content of ``parent``.

        ``block`` is the name citations know it by, ``offset`` where it begins in the text of that name.
        """
        spans = [*self._links(block, offset, text), *_spans(text)]
        self._fill(parent, text, spans, 0, len(text))

    def note(self, parent: etree._Element, note: Note, number: int, *, called: bool = True) -> None:
        """The note itself, as an ``authorialNote`` at its first call."""
        eid = self.eids.unique(f"authorialNote_{number}")
        self._note_eids.setdefault(note.id, eid)
        self._written.add(number)
        made = element(parent, "authorialNote", marker=note.marker, placement="bottom", eId=eid)
        self._describe(made, note, number)
        if not called:
            made.set(own("called"), "no")
        spans = [*self._links(note.id, 0, note.text), *_spans(note.text)]
        start = 0
        for line in note.text.content.split("\n"):
            paragraph = element(made, "p")
            if note.brackets and not start:
                _bracket(paragraph, "()")
            self._fill(paragraph, note.text, spans, start, start + len(line))
            start += len(line) + 1

    def _leads(self, citation: Citation) -> bool:
        """Has the citation somewhere to lead to?"""
        inside = citation.kind == "internal" and citation.target in self._internal
        return inside or reference_url(citation) is not None

    def _links(self, block: str, offset: int, text: Text) -> list[_Span]:
        """The citations of a text that can be links: inside it, apart from each other, with an address."""
        links: list[_Span] = []
        free = 0
        for citation in self._citations.get(block, ()):
            start, end = citation.start - offset, citation.end - offset
            if free <= start < end <= len(text) and self._leads(citation):
                links.append(_Span(start, end, citation))
                free = end
        return links if self._flat else [*_ranges(links, self._language), *_runs(links, text), *links]

    def _fill(self, parent: etree._Element, text: Text, spans: list[_Span], start: int, end: int) -> None:
        """The characters ``[start, end)`` of ``text``, cut where a span or an empty mark begins or ends."""
        points = [m for m in text.marks if m.start == m.end and start <= m.start <= end]
        inside = [s for s in spans if s.start < end and s.end > start]
        content = clean(text.content)
        if not points and not inside:
            _append(parent, content[start:end])
            return
        cuts = {start, end} | {m.start for m in points}
        cuts |= {cut for s in inside for cut in (s.start, s.end) if start < cut < end}
        stack: list[tuple[_Span, etree._Element]] = []
        begun: set[int] = {id(s) for s in inside if s.start < start}
        at = sorted(cuts)
        for position, cut in enumerate(at):
            following = at[position + 1] if position + 1 < len(at) else None
            while stack and not all(s.start < cut < s.end for s, _ in stack):
                stack.pop()
            for mark in points:
                if mark.start == cut:
                    self._point(stack[-1][1] if stack else parent, mark)
            if following is None:
                break
            wanted = [s for s in inside if s.start <= cut and s.end >= following]
            while stack and [s for s, _ in stack] != wanted[: len(stack)]:
                stack.pop()
            for span in wanted[len(stack) :]:
                made = self._open(stack[-1][1] if stack else parent, span)
                if id(span) in begun:
                    made.set(own("part"), "next")
                begun.add(id(span))
                stack.append((span, made))
            _append(stack[-1][1] if stack else parent, content[cut:following])

    def _open(self, parent: etree._Element, span: _Span) -> etree._Element:
        if isinstance(span.what, Citation):
            return self._link(parent, span.what)
        if isinstance(span.what, _Range):
            first, last = (_work(end) or reference_url(end) for end in span.what)
            return element(parent, "rref", from_=first, upTo=last)
        if isinstance(span.what, _Run):
            return element(parent, "mref")
        if self._flat and span.what.kind in ("italic", "bold", "underline"):
            return element(parent, "span", class_=span.what.kind)
        made = element(parent, _ELEMENT[span.what.kind])
        if span.what.kind == "link":
            made.set("href", address(span.what.target or ""))
        if span.what.target is not None:
            made.set(own("target"), clean(span.what.target))
        return made

    def _link(self, parent: etree._Element, citation: Citation) -> etree._Element:
        target = citation.target or ""
        if citation.kind == "internal" and target in self._internal:
            return element(parent, "ref", eId=self.eids.unique("ref_1"), href=f"#{eid_of(target)}")
        url = reference_url(citation) or ""
        iri = None if self._flat else _work(citation)
        if iri is None:
            return element(parent, "a", href=url)
        if citation.pinpoint:
            iri += f"/!main#{address(eid_of(citation.pinpoint))}"
        eid = self.eids.unique("ref_1")
        self.alternatives.append((eid, url))
        return element(parent, "ref", eId=eid, href=iri)

    def _point(self, parent: etree._Element, mark: Mark) -> None:
        if mark.kind == "break" and not self._flat:
            element(parent, "eop", number=mark.target)
        elif mark.kind == "call":
            self._call(parent, mark.target or "")

    def _call(self, parent: etree._Element, target: str) -> None:
        known = self._notes.get(target)
        if known is None:
            # A call of a note that is not there: no marker to show, but the place is kept.
            element(parent, "inline", name="call").set(own("target"), clean(target))
            return
        number, note = known
        if target in self._below:
            if self._flat:
                made = element(parent, "sup", class_=CALL)
            else:
                made = element(element(parent, "ref", class_=CALL, href=f"#{self._below[target]}"), "sup")
            made.text = clean(f"({note.marker})" if note.brackets else note.marker)
            return
        if note.brackets:
            _bracket(parent, "(")
        if target in self._note_eids:
            element(parent, "noteRef", href=f"#{self._note_eids[target]}", marker=note.marker)
        else:
            self.note(parent, note, number)
        if note.brackets:
            _bracket(parent, ")")


def _bracket(parent: etree._Element, printed: str) -> None:
    """The brackets printed around a marker, kept apart from the text as the UN's Arabic files show them."""
    element(parent, "span", class_=BRACKET).text = printed


class _Run(NamedTuple):
    """The citations of one run: "resolutions 46/182, 47/57 and 48/16"."""

    members: tuple[Citation, ...]


class _Range(NamedTuple):
    """The citations that a range begins and ends with: "48/16 to 48/18"."""

    first: Citation
    last: Citation


def _work(citation: Citation) -> str | None:
    """The IRI of the work cited, where the day of its adoption is known."""
    target = citation.target or ""
    return work_iri(target, full_date(citation.date) or adoption_date(target))


class _Span:
    """Characters ``[start, end)`` that stand in an element of their own."""

    __slots__ = ("end", "start", "what")

    def __init__(self, start: int, end: int, what: Citation | Mark | _Range | _Run) -> None:
        self.start = start
        self.end = end
        self.what = what


def _ranges(links: list[_Span], language: str) -> Iterator[_Span]:
    """The ranges among the links, each from its first to its last: they hold both, or the one printed short."""
    for at, a in enumerate(links):
        b = links[at + 1] if at + 1 < len(links) else None
        first, last = a.what, b.what if b else None
        if not isinstance(first, Citation) or first.through is None:
            continue
        if b and isinstance(last, Citation) and first.through == last.target:
            yield _Span(a.start, b.end, _Range(first, last))
        elif _SHORT.search(first.text):
            short = replace(first, target=first.through, url=un_url(first.through, language))
            yield _Span(a.start, a.end, _Range(first, short))


_AND = late(r"(?:\s?号)?\s?[,،、，;；]?\s?(?:\p{L}{1,3}\s?)?(?:第\s?)?")
"""What parts two numbers of a run in any language: a comma, "and", « et », «и», 和, و, with 号 and 第 about it."""

_DATED = 40
"""Characters between two numbers of a run at most, with the date of the first: " of 20 December 2002 and "."""


def _runs(links: list[_Span], text: Text) -> Iterator[_Span]:
    """The runs among the links: numbers of one kind with nothing but commas, "and" and their dates between."""
    run: list[_Span] = []
    reach: str | None = None
    for link in links:
        citation = link.what
        assert isinstance(citation, Citation)
        ranged = citation.through is not None or (reach is not None and reach == citation.target)
        if run and (ranged or not _goes_on(run[-1], link, text.content)):
            yield from _run(run)
            run = []
        if not ranged:
            run.append(link)
        reach = citation.through
    yield from _run(run)


def _run(links: list[_Span]) -> Iterator[_Span]:
    members = tuple(link.what for link in links if isinstance(link.what, Citation))
    if len(members) > 1:
        yield _Span(links[0].start, links[-1].end, _Run(members))


def _goes_on(before: _Span, after: _Span, content: str) -> bool:
    first, next_ = before.what, after.what
    assert isinstance(first, Citation)
    assert isinstance(next_, Citation)
    if first.kind != next_.kind or first.kind not in _RUNNING or first.pinpoint:
        return False
    gap = content[before.end : after.start]
    year = (first.date or "")[:4]
    if year and len(gap) <= _DATED and not regex.search(r"[.;:()]", gap):
        gap = regex.sub(rf"^.*{year}(?:\s?(?:года|年.{{1,6}}日|г\b))?", "", gap)
    return _AND.fullmatch(gap) is not None


_RUNNING = ("resolution", "decision", "symbol")


def _spans(text: Text) -> list[_Span]:
    """The marks that cover characters of ``text``, the wider one first."""
    marks = sorted((m for m in text.marks if m.kind in _ELEMENT), key=lambda m: (m.start, -m.end, m.kind))
    return [_Span(max(m.start, 0), min(m.end, len(text)), m) for m in marks if m.start < m.end]


def _append(parent: etree._Element, text: str) -> None:
    """``text`` after all that ``parent`` holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
