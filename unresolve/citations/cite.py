"""All citations of a document: found in its texts, weighed against its links, resolved and related."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import structs

from unresolve.languages import load
from unresolve.model import Citation, Document

from .find import find_citations
from .grammar import LANGUAGES, grammar
from .links import LinkedText, links_of, with_links, without_links
from .passages import passages
from .resolve import agree_on_organs, resolve

__all__ = ["Resolver", "cite"]

Resolver = Callable[[Citation, Document], Citation | None]


def cite(document: Document, *, links: Sequence[LinkedText] = (), resolver: Resolver | None = None) -> Document:
    """The document with its ``citations``: sorted by block in reading order and place, none overlapping another.

    ``links`` are link annotations that cover its texts, beside those marked in the texts themselves; of the
    marks only links to other sites stay. ``resolver`` is asked last about every citation and may give another
    in its place (marked ``resolver``), or None to leave it. A document whose language is not known is searched
    with the English words: symbols are the same in all languages.
    """
    words = grammar(document.language if document.language in LANGUAGES else "en")
    texts = tuple(passages(document))
    organ = _organ(document)
    found = [c for text in texts for c in find_citations(text.text, words.lang, organ=organ, block=text.block)]
    found = with_links(found, (*links, *links_of(texts)), {text.block: text.text for text in texts}, words.lang)
    found = resolve(document, texts, agree_on_organs(found), words)
    cited, relation = {citation.block for citation in found}, load(words.lang).relation
    relations = {text.block: relation(text.opener) for text in texts if text.opener and text.block in cited}
    found = [_related(citation, relations) for citation in found]
    if resolver:
        found = [_asked(citation, resolver(citation, document)) for citation in found]
    order = {text.block: n for n, text in enumerate(texts)}
    bare = without_links(structs.replace(document, citations=()), texts, found)
    return structs.replace(bare, citations=tuple(sorted(found, key=lambda c: (order[c.block], c))))


def _organ(document: Document) -> str:
    """The organ whose document it is, from its symbol: GA unless it begins with S/ or A/HRC/."""
    field = document.masthead.symbol
    symbol = (field.value or field.text.content) if field else ""
    if symbol.startswith("S/"):
        return "SC"
    return "HRC" if symbol.startswith("A/HRC/") else "GA"


def _related(citation: Citation, relations: dict[str, str | None]) -> Citation:
    """The relation the opener states; the draft or report in the masthead is what the text comes from."""
    if citation.block == "proponent":
        return structs.replace(citation, relation="originating", resolved="masthead")
    relation = relations.get(citation.block)
    return structs.replace(citation, relation=relation) if relation else citation


def _asked(citation: Citation, answer: Citation | None) -> Citation:
    return structs.replace(answer, resolved="resolver") if answer is not None else citation
