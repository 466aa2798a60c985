"""The ``meta`` element: identification after FRBR, classification, lifecycle, workflow, references."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import msgspec
from lxml import etree

from unresolve.model import Citation, Document, Field, Kind

from .akn_refs import full_date, reference_url, un_url, work_iri, work_number
from .akn_xml import AKN4UN, OWN, address, clean, element, own

__all__ = ["KINDS", "LANGUAGES", "UNKNOWN_DAY", "Identity", "identify", "write_meta"]

KINDS: dict[Kind, tuple[str, str, str]] = {
    "resolution": ("statement", "deliberation", "resolution"),
    "draft resolution": ("statement", "deliberation", "resolutionDraft"),
    "decision": ("statement", "deliberation", "decision"),
    "draft decision": ("statement", "deliberation", "decisionDraft"),
    "amendment": ("statement", "deliberation", "amendment"),
    "report": ("doc", "paper", "report"),
    "letter": ("doc", "communication", "officialLetter"),
    "note": ("doc", "communication", "note"),
    "information": ("doc", "communication", "information"),
    "corrigendum": ("doc", "communication", "corrigendum"),
    "document": ("doc", "paper", "document"),
}
"""Element, ``FRBRsubtype`` and ``@name`` of each kind (AKN4UN guidelines, part 2)."""

LANGUAGES = {"ar": "ara", "zh": "zho", "en": "eng", "fr": "fra", "ru": "rus", "es": "spa"}

_ACTORS = (
    ("A/HRC/", "unhrc", "United Nations Human Rights Council"),
    ("S/", "unsc", "United Nations Security Council"),
    ("E/", "unecosoc", "United Nations Economic and Social Council"),
)
UNKNOWN_DAY = "0001-01-01"
"""Where no date is printed: what the UN's own files give, since there must be a whole date."""

_CONCEPTS = {
    "symbol": ("TLCConcept", "Document symbol"),
    "publisher": ("TLCOrganization", "United Nations"),
    "issuingBody": ("TLCOrganization", "Issuing body"),
    "committee": ("TLCOrganization", "Committee"),
    "distribution": ("TLCConcept", "Distribution"),
    "dateOfIssuance": ("TLCEvent", "Issuance"),
    "dateOfAdoption": ("TLCEvent", "Date of adoption"),
    "adoption": ("TLCEvent", "Adoption"),
    "adoptionMeeting": ("TLCEvent", "Meeting of adoption"),
    "draft": ("TLCConcept", "Draft submitted"),
    "report": ("TLCConcept", "Report submitted"),
    "adopted": ("TLCConcept", "Adopted"),
    "session": ("TLCEvent", "Session"),
    "originalLanguage": ("TLCConcept", "Original language"),
    "proponent": ("TLCOrganization", "Proponent"),
    "resolutionTitle": ("TLCConcept", "Title"),
    "letter": ("TLCConcept", "Letter of a part"),
    "preamble": ("TLCConcept", "Preamble"),
    "author": ("TLCRole", "Author"),
    "issuer": ("TLCRole", "Issuer"),
    "editor": ("TLCRole", "Editor"),
}
"""What ``#name`` in the document may point to; only those used are written."""

CONCEPTS = tuple(_CONCEPTS)

_SUBMITTED: dict[Kind, str] = {
    "draft resolution": "draft", "draft decision": "draft", "amendment": "draft", "report": "report",
}  # fmt: skip
"""What a document that is not adopted is a step of."""


class Identity(msgspec.Struct, frozen=True):
    """What the FRBR addresses of a document are made of."""

    element: str
    subtype: str
    name: str
    actor: str
    actor_name: str
    symbol: str
    number: str
    adopted: str
    adoption_known: bool
    issued: str
    marked: str
    language: str

    @property
    def work(self) -> str:
        """The IRI of the work, without a trailing slash."""
        iri = work_iri(self.symbol, self.adopted) if self.element == "statement" else None
        return iri or f"/akn/un/{self.element}/{self.subtype}/{self.actor}/{self.adopted}/{work_number(self.number)}"

    @property
    def expression(self) -> str:
        """The IRI of the work in its language."""
        return f"{self.work}/{self.language}@"


def identify(document: Document, markup_date: str | None, *, collection: bool = False) -> Identity:
    """The identity of a document; a date that is not printed is the next best one that is.

    ``markup_date`` is ISO; without it ``SOURCE_DATE_EPOCH`` is used, then the document's own dates.
    """
    head = document.masthead
    kind, subtype, name = ("documentCollection", "publication", "publication") if collection else KINDS[document.kind]
    symbol = _value(head.symbol) or ""
    closing = document.closing.date
    adopted = full_date(_meant(closing)) or full_date(_meant(head.heading))
    issued = full_date(_meant(head.issued))
    known = adopted or issued or UNKNOWN_DAY
    actor, actor_name = next(((a, n) for start, a, n in _ACTORS if symbol.startswith(start)), ("unga", ""))
    return Identity(
        element=kind,
        subtype=subtype,
        name=name,
        actor=actor,
        actor_name=actor_name or "United Nations General Assembly",
        symbol=symbol,
        number=(head.number and head.number.value) or symbol or document.source.sha256[:16],
        adopted=known,
        adoption_known=adopted is not None,
        issued=issued or known,
        marked=full_date(markup_date) or _epoch() or issued or known,
        language=LANGUAGES.get(document.language, "und"),
    )


def write_meta(
    meta: etree._Element,
    document: Document,
    identity: Identity,
    alternatives: list[tuple[str, str]],
    implied: list[tuple[str, Citation]],
    used: list[str],
) -> None:
    """Fills ``meta`` in the order of the schema.

    ``alternatives`` are the URLs behind the ``ref``s by their eIds; ``implied`` the citations that are not
    links, each with the eId of its place; ``used`` the names that ``#`` in the text points to.
    """
    write_identification(meta, document, identity)
    head = document.masthead
    element(meta, "publication", date=identity.issued, name="United Nations", showAs="United Nations")
    items = [item for item in head.agenda if item.label.text or item.label.value]
    if items:
        classification = element(meta, "classification", source="#unresolve")
        for item in items:
            shown = str(item.title.text) if item.title is not None else str(item.label.text)
            value = item.label.value or str(item.label.text)
            element(classification, "keyword", value=value, showAs=shown, dictionary="agenda")
    used = [*used, *_steps(meta, document, identity)]
    if alternatives or implied:
        analysis = element(meta, "analysis", source="#unresolve")
        other = element(analysis, "otherReferences", source="#unresolve")
        for eid, citation in implied:
            href = reference_url(citation)
            element(other, "implicitReference", for_=f"#{eid}", href=href, showAs=citation.text)
        for eid, url in alternatives:
            element(other, "alternativeReference", for_=f"#{eid}", href=url)
    _references(meta, document, identity, used)
    _proprietary(meta, document)


def _steps(meta: etree._Element, document: Document, identity: Identity) -> list[str]:
    """``lifecycle`` and ``workflow``, whose dates must be printed: the concepts and events they point to."""
    if identity.adoption_known:
        event, outcome, day = "adoption", "adopted", identity.adopted
    elif (outcome := _SUBMITTED.get(document.kind, "")) and document.masthead.issued and identity.issued != UNKNOWN_DAY:
        event, day = "dateOfIssuance", identity.issued
    else:
        return []
    lifecycle = element(meta, "lifecycle", source="#unresolve")
    element(lifecycle, "eventRef", date=day, source=identity.work, type="generation", refersTo=f"#{event}")
    workflow = element(meta, "workflow", source="#unresolve")
    element(
        workflow, "step", date=day, by=f"#{identity.actor}", as_="#author", refersTo=f"#{event}",
        outcome=f"#{outcome}",
    )  # fmt: skip
    return [event, outcome]


def write_identification(
    meta: etree._Element, document: Document, identity: Identity, component: str = "!main"
) -> None:
    """``identification`` of the document, or of a ``component`` (``!main/annex_1``) of it."""
    head = document.masthead
    top = element(meta, "identification", source="#unresolve")
    work = element(top, "FRBRWork")
    element(work, "FRBRthis", value=f"{identity.work}/{component}")
    element(work, "FRBRuri", value=identity.work)
    if component == "!main":
        _aliases(work, document, identity)
    element(work, "FRBRdate", date=identity.adopted, name="adoption" if identity.adoption_known else "unknown")
    element(work, "FRBRauthor", href=f"#{identity.actor}", as_="#author")
    element(work, "FRBRcountry", value="un")
    element(work, "FRBRsubtype", value=identity.subtype)
    element(work, "FRBRnumber", value=identity.work.rpartition("/")[2], showAs=identity.number)

    expression = element(top, "FRBRExpression")
    element(expression, "FRBRthis", value=f"{identity.expression}/{component}")
    element(expression, "FRBRuri", value=identity.expression)
    element(expression, "FRBRdate", date=identity.issued, name="publication")
    element(expression, "FRBRauthor", href=f"#{identity.actor}", as_="#issuer")
    element(expression, "FRBRlanguage", language=identity.language)
    original = LANGUAGES.get(head.original_language.value or "") if head.original_language is not None else None
    if original is not None and original != identity.language:
        element(
            expression,
            "FRBRtranslation",
            href=f"{identity.work}/{original}@",
            fromLanguage=original,
            by="#unitedNations",
        )

    manifestation = element(top, "FRBRManifestation")
    element(manifestation, "FRBRthis", value=f"{identity.expression}/{component}.xml")
    element(manifestation, "FRBRuri", value=f"{identity.expression}.xml")
    element(manifestation, "FRBRdate", date=identity.marked, name="markup")
    element(manifestation, "FRBRauthor", href="#unresolve", as_="#editor")
    if component == "!main":
        _preservation(manifestation, document)


def _aliases(work: etree._Element, document: Document, identity: Identity) -> None:
    head = document.masthead
    symbol = _value(head.symbol)
    if head.title is not None:
        element(work, "FRBRalias", value=str(head.title.text), name="title")
    if symbol:
        element(work, "FRBRalias", value=symbol, name="symbol")
        element(work, "FRBRalias", value=un_url(symbol, document.language), name="undocs")
    guideline = identity.work.replace("/unga/", "/un-ga/")
    element(work, "FRBRalias", value=guideline, name="akn4un-guidelines")


def _preservation(manifestation: etree._Element, document: Document) -> None:
    source = document.source
    kept = etree.SubElement(element(manifestation, "preservation"), own("source"))
    kept.set("sha256", clean(source.sha256))
    kept.set("mediaType", clean(source.media_type))
    kept.set("pages", str(source.pages))
    if source.producer is not None:
        kept.set("producer", clean(source.producer))


def _references(meta: etree._Element, document: Document, identity: Identity, used: list[str]) -> None:
    references = element(meta, "references", source="#unresolve")
    for n, symbol in enumerate(document.masthead.originating, 1):
        href = un_url(symbol, document.language)
        element(references, "original", eId=f"original_{n}", href=address(href), showAs=symbol)
    organization = "/akn/ontology/organization/un"
    element(
        references, "TLCOrganization", eId=identity.actor, href=f"{organization}/{identity.actor}",
        showAs=identity.actor_name,
    )  # fmt: skip
    element(
        references, "TLCOrganization", eId="unitedNations", href=organization, showAs="United Nations",
    )  # fmt: skip
    element(
        references, "TLCObject", eId="unresolve", href="https://pypi.org/project/unresolve/", showAs="unresolve",
    )  # fmt: skip
    for name in _CONCEPTS:
        if name in used or name in ("author", "issuer", "editor"):
            kind, shown = _CONCEPTS[name]
            place = kind[3:].lower()
            if name == "adoptionMeeting" and document.closing.meeting is not None:
                shown = str(document.closing.meeting.text) or shown  # "24th plenary meeting"
            element(references, kind, eId=name, href=f"/akn/ontology/{place}/un/{name}", showAs=shown)


def _proprietary(meta: etree._Element, document: Document) -> None:
    """What the UN's own namespace names, then the citations and diagnostics in full in this project's."""
    head = document.masthead
    top = element(meta, "proprietary", source="#unresolve")
    for name, field in (
        ("symbol", head.symbol), ("session", head.session), ("jobNumber", head.job_number),
    ):  # fmt: skip
        if field is not None:
            etree.SubElement(top, f"{{{AKN4UN}}}{name}").text = clean(_value(field) or "")
    for item in head.agenda:
        etree.SubElement(top, f"{{{AKN4UN}}}agendaItem").text = clean(item.label.value or str(item.label.text))
    if document.language not in LANGUAGES:
        etree.SubElement(top, own("language")).text = clean(document.language)
    for citation in document.citations:
        _record(top, "citation", citation)
    for diagnostic in document.diagnostics:
        _record(top, "diagnostic", diagnostic)


def _record(parent: etree._Element, name: str, value: msgspec.Struct) -> None:
    """A flat value as attributes of an element of this project's namespace; defaults are left out."""
    made = etree.SubElement(parent, f"{{{OWN}}}{name}")
    for key, item in msgspec.to_builtins(value).items():
        if isinstance(item, dict):
            item = ",".join(repr(part) for part in item.values())
        made.set(key, clean(item if isinstance(item, str) else repr(item)))


def _meant(field: Field | None) -> str | None:
    return field.value if field is not None else None


def _value(field: Field | None) -> str | None:
    """What a field means, or what it says where the meaning is not known."""
    return None if field is None else field.value or str(field.text)


def _epoch() -> str | None:
    """``SOURCE_DATE_EPOCH`` (reproducible-builds.org) as a date."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not seconds.isdigit():
        return None
    return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
