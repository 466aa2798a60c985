"""Akoma Ntoso 3.0 in the shape of AKN4UN, the United Nations' guidelines; see ``docs/akn.md``."""

from __future__ import annotations

from typing import Literal

from lxml import etree

from unresolve.model import Annex, Citation, Document, Field, Preamble

from .akn_blocks import Blocks
from .akn_inline import DIRECT, Inline
from .akn_meta import CONCEPTS, KINDS, identify, write_identification, write_meta
from .akn_parts import Part, parts_of
from .akn_refs import full_date
from .akn_validate import validate
from .akn_xml import AKN, boxes_to_str, clean, element, own, to_bytes
from .eids import EIds

__all__ = ["Profile", "to_akn", "validate"]

Profile = Literal["unresolve", "un"]


def to_akn(document: Document, *, profile: Profile = "unresolve", markup_date: str | None = None) -> bytes:
    """The document as Akoma Ntoso, UTF-8, valid by the strict schema whatever the document holds.

    ``profile="un"`` writes as the UN publishes: every reference an ``a``, emphasis in ``span``, nothing of
    this project's own. ``markup_date`` is the ISO date of markup; without it ``SOURCE_DATE_EPOCH``, else the
    document's date of issue, so that the same input gives the same bytes.
    """
    return to_bytes(_Akn(document, markup_date, flat=profile == "un").tree())


class _Akn:
    def __init__(self, document: Document, markup_date: str | None, *, flat: bool) -> None:
        self._document = document
        self._parts = parts_of(document.body) if document.preamble == Preamble() else ()
        self._identity = identify(document, markup_date, collection=bool(self._parts))
        self._flat = flat
        originals = tuple(f"original_{n}" for n in range(1, len(document.masthead.originating) + 1))
        self._eids = EIds((*CONCEPTS, *originals, self._identity.actor, "unitedNations", "unresolve"))
        self._inline = Inline(document, self._eids, flat=flat)
        self._blocks = Blocks(self._inline, self._eids)

    def tree(self) -> etree._Element:
        document = self._document
        root = element(None, "akomaNtoso")
        top = element(root, self._identity.element, name=self._identity.name)
        meta = element(top, "meta")
        self._cover(top)
        self._preface(top)
        if self._parts:
            self._collection(top)
        else:
            if document.preamble.formula is not None or document.preamble.blocks:
                self._blocks.preamble(element(top, "preamble"), document.preamble)
            self._blocks.body(element(top, "mainBody"), document.body)
            self._end(top)
        for number, note in self._inline.uncalled():
            self._blocks.leftover(number, note)
        self._blocks.contents.tie(document, self._blocks.eid_of)
        write_meta(meta, document, self._identity, self._inline.alternatives, self._implied(), self._used(root))
        if self._flat:
            _strip_own(root)
        return root

    def _end(self, top: etree._Element) -> None:
        """The closing lines and the annexes."""
        self._conclusions(top)
        if self._document.annexes:
            attachments = element(top, "attachments")
            for n, annex in enumerate(self._document.annexes, 1):
                self._annex(attachments, annex, n)

    def _collection(self, top: etree._Element) -> None:
        """The parts of a resolution, each a statement; the last holds the closing lines and the annexes."""
        body = element(top, "collectionBody")
        components = element(top.getparent(), "components")
        for part in self._parts:
            section = part.section
            made = element(components, "component", eId=self._eids.claim(section.id))
            self._blocks.describe(made, section.id, section.boxes)
            eid = made.get("eId", "")
            shown = str(section.label or section.heading or eid)
            element(element(body, "component"), "documentRef", href=f"#{eid}", showAs=shown)
            self._part(made, part, f"!{eid}")
            if part is self._parts[-1]:
                self._end(made[0])

    def _part(self, component: etree._Element, part: Part, name: str) -> None:
        tag, _, said = KINDS[self._document.kind]
        top = element(component, tag, name=said)
        write_identification(element(top, "meta"), self._document, self._identity, name)
        section = part.section
        if section.label is not None or section.heading is not None:
            line = element(element(top, "preface"), "p")
            if section.label is not None:
                self._inline.write(element(line, "docNumber", refersTo="#letter"), section.label, f"{section.id}/label")
            if section.heading is not None:
                title = element(line, "docTitle", refersTo="#resolutionTitle")
                self._inline.write(title, section.heading, f"{section.id}/heading")
        if part.formula is not None or part.recitals:
            self._blocks.part_preamble(element(top, "preamble"), part.formula, part.recitals)
        self._blocks.body(element(top, "mainBody"), part.body)
        if part.closing:
            conclusions = element(top, "conclusions")
            for paragraph in part.closing:
                self._blocks.line(conclusions, paragraph)

    def _cover(self, top: etree._Element) -> None:
        head = self._document.masthead
        cover = element(top, "coverPage")
        self._field(cover, "docAuthority", head.publisher, "publisher", "publisher")
        self._field(cover, "docNumber", head.symbol, "symbol", "symbol")
        self._field(cover, "docAuthority", head.organ, "organ", "issuingBody")
        self._field(cover, "docStatus", head.distribution, "distribution", "distribution")
        self._date(cover, head.issued, "issued", "dateOfIssuance")
        self._inline_field(cover, "original language", head.original_language, "original_language")
        self._field(cover, "session", head.session, "session", "session")
        self._field(cover, "docAuthority", head.committee, "committee", "committee")
        for n, item in enumerate(head.agenda):
            self._inline_field(cover, "agenda item", item.label, f"agenda/{n}")
            if item.title is not None:
                self._inline_field(cover, "agenda item name", item.title, f"agenda/{n}/title")
        self._field(cover, "docTitle", head.heading, "heading")
        self._field(cover, "docProponent", head.proponent, "proponent", "proponent")
        self._inline_field(cover, "job number", head.job_number, "job_number")
        if not len(cover):
            top.remove(cover)

    def _preface(self, top: etree._Element) -> None:
        head = self._document.masthead
        if head.number is None and head.title is None:
            return
        line = element(element(top, "preface"), "p")
        if head.number is not None:
            self._fill(element(line, "docNumber"), head.number, "number")
        if head.number is not None and head.title is not None:
            line[-1].tail = " "
        if head.title is not None:
            self._fill(element(line, "docTitle", refersTo="#resolutionTitle"), head.title, "title")

    def _conclusions(self, top: etree._Element) -> None:
        sittings = self._document.closing.sittings
        if not sittings:
            return
        conclusions = element(top, "conclusions", eId=self._eids.unique("conclusions"))
        for number, sitting in enumerate(sittings, 1):
            behind = "" if number == 1 else f"/{number}"
            event = element(element(conclusions, "p"), "event", refersTo="#adoption")
            if sitting.meeting is not None:
                place = element(event, "location", refersTo="#adoptionMeeting", title=sitting.meeting.value)
                self._fill(place, sitting.meeting, f"meeting{behind}", natural="title")
            if sitting.meeting is not None and sitting.date is not None:
                element(event, "eol")
            if sitting.date is not None:
                self._date(event, sitting.date, f"date{behind}", "dateOfAdoption")

    def _annex(self, attachments: etree._Element, annex: Annex, number: int) -> None:
        made = element(attachments, "attachment", eId=self._eids.claim(annex.id))
        self._blocks.describe(made, annex.id, annex.boxes)
        if annex.label:
            self._blocks.heading(made, "heading", annex.label, f"{annex.id}/label")
        if annex.heading is not None:
            self._blocks.heading(made, "subheading", annex.heading, f"{annex.id}/heading")
        doc = element(made, "doc", name="annex")
        write_identification(element(doc, "meta"), self._document, self._identity, f"!main/annex_{number}")
        self._blocks.body(element(doc, "mainBody"), annex.blocks)

    def _field(
        self, parent: etree._Element, name: str, field: Field | None, block: str, refers: str | None = None
    ) -> None:
        """A field of the masthead in a line of its own."""
        if field is not None:
            refers_to = f"#{refers}" if refers else None
            natural = "value" if name == "session" else None
            made = element(element(parent, "p"), name, refersTo=refers_to)
            if natural is not None and field.value is not None:
                made.set(natural, clean(field.value))
            self._fill(made, field, block, natural=natural)

    def _inline_field(self, parent: etree._Element, name: str, field: Field | None, block: str) -> None:
        if field is not None:
            title = field.value if name == "agenda item" else None
            made = element(element(parent, "p"), "inline", name=name, title=title)
            self._fill(made, field, block, natural="title" if name == "agenda item" else None)

    def _date(self, parent: etree._Element, field: Field | None, block: str, refers: str) -> None:
        """A printed date; ``docDate`` must have a whole date, so that one that has none is an ``inline``."""
        if field is None:
            return
        holder = parent if parent.tag.endswith("}event") else element(parent, "p")
        day = full_date(field.value)
        if day is not None:
            made = element(holder, "docDate", date=day, refersTo=f"#{refers}")
        else:
            made = element(holder, "inline", name="date", refersTo=f"#{refers}")
        self._fill(made, field, block, natural="date" if day else None)

    def _fill(self, made: etree._Element, field: Field, block: str, *, natural: str | None = None) -> None:
        """The text of a field, its value where no attribute of Akoma Ntoso holds it, its boxes."""
        self._inline.write(made, field.text, block)
        if natural is None and field.value is not None:
            made.set(own("value"), clean(field.value))
        boxes = boxes_to_str(field.boxes)
        if boxes is not None:
            made.set(own("boxes"), boxes)

    def _implied(self) -> list[tuple[str, Citation]]:
        """The citations that are not links in the text, each with the eId of the place it stands in."""
        places = self._blocks.eid_of
        found: list[tuple[str, Citation]] = []
        for citation in self._document.citations:
            if citation.resolved in DIRECT or not (citation.target or citation.url):
                continue
            eid = self._inline.note_eid(citation.block) or places.get(citation.block)
            if eid is None:
                eid = places.get(citation.block.partition("/")[0])
            if eid is not None:
                found.append((eid, citation))
        return found

    @staticmethod
    def _used(root: etree._Element) -> list[str]:
        """The names that ``refersTo`` points to, as they come."""
        return [made.get("refersTo", "").lstrip("#") for made in root.iter(f"{{{AKN}}}*") if made.get("refersTo")]


def _strip_own(root: etree._Element) -> None:
    """Takes away every attribute and element of this project's own namespace, and the ids of the Work."""
    prefix = own("")
    for made in list(root.iter()):
        for name in [n for n in made.attrib if str(n).startswith(prefix) or n == "wId"]:
            del made.attrib[name]
        if str(made.tag).startswith(prefix):
            parent = made.getparent()
            if parent is not None:
                parent.remove(made)
