"""References that lean on other text: Ibid., "that resolution", "the present resolution", "paragraph 5 above".

A resolver takes the document, its passages and what has been found, and gives further citations. They are
tried in the order of :data:`RESOLVERS`; none gives a citation that overlaps one found before it.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Sequence

import regex
from msgspec import structs

from unresolve.model import Citation, Document

from .grammar import Grammar
from .names import named_citations
from .passages import Passage
from .pinpoints import numerals, pinpoint_after
from .spans import by_block, is_free, spans

__all__ = ["RESOLVERS", "agree_on_organs", "resolve"]

_Resolver = Callable[[Document, Sequence[Passage], list[Citation], Grammar], Iterable[Citation]]


def resolve(document: Document, texts: Sequence[Passage], found: list[Citation], words: Grammar) -> list[Citation]:
    """``found`` and the citations of every resolver, sorted."""
    taken = {block: spans(citations) for block, citations in by_block(found).items()}
    for resolver in RESOLVERS:
        for citation in list(resolver(document, texts, found, words)):
            held = taken.setdefault(citation.block, [])
            if is_free(held, citation.start, citation.end):
                insort(held, (citation.start, citation.end))
                found.append(citation)
    return sorted(found)


def agree_on_organs(found: list[Citation]) -> list[Citation]:
    """A number whose organ is a guess means what the same number means where the organ is printed.

    What a link says is no guess.
    """
    sure: dict[str, dict[str | None, Citation]] = {}
    for citation in found:
        if citation.kind in ("resolution", "decision") and citation.confidence == 1:
            sure.setdefault(citation.text, {}).setdefault(citation.target, citation)
    return [_agreed(citation, sure.get(citation.text, {})) for citation in found]


def _agreed(citation: Citation, sure: dict[str | None, Citation]) -> Citation:
    guessed = citation.confidence < 1 and citation.resolved != "link"
    if citation.kind not in ("resolution", "decision") or not guessed or len(sure) != 1:
        return citation
    (same,) = sure.values()
    reason = "as elsewhere in the document"
    return structs.replace(citation, target=same.target, url=same.url, confidence=0.95, reason=reason)


def _ibid(document: Document, texts: Sequence[Passage], found: list[Citation], words: Grammar) -> Iterator[Citation]:
    """ "Ibid., annex II" is the source that the note before it cites last; sisters: Там же, 同上, المرجع نفسه."""
    contents = {passage.block: passage.text for passage in texts}
    cited = by_block(c for c in found if c.target)
    source: Citation | None = None
    for note in document.notes:
        text = contents.get(note.id, "")
        own = cited.get(note.id, [])
        for match in words.matches("ibid", text):
            if source is None or any(c.start <= match.start() < c.end for c in own):
                continue
            citation = structs.replace(
                source,
                block=note.id,
                start=match.start(),
                end=match.end(),
                text=match[0],
                pinpoint=pinpoint_after(text, match.end(), words) or _same_place(text, match.end(), source),
                date=None,
                resolved="ibid",
                confidence=0.9,
                reason=f"the source of the note before: {source.text}",
            )
            own.append(citation)
            yield citation
        source = max(own, key=lambda c: c.start, default=None)


def _same_place(text: str, end: int, source: Citation) -> str | None:
    """A bare "Ibid." is the very place cited before."""
    return source.pinpoint if not text[end:].strip(" .。") else None


def _demonstrative(
    document: Document, texts: Sequence[Passage], found: list[Citation], words: Grammar
) -> Iterator[Citation]:
    """ "That resolution" is the resolution named last before it in the paragraph, or in the one before it."""
    del document
    named = by_block(sorted(c for c in found if _is_resolution(c)))
    last: Citation | None = None
    for passage in texts:
        here = named.get(passage.block, [])
        for match in words.matches("demonstrative", passage.text):
            source = next((c for c in reversed(here) if c.end <= match.start()), last)
            if source:
                yield structs.replace(
                    source,
                    block=passage.block,
                    start=match.start(),
                    end=match.end(),
                    text=match[0],
                    pinpoint=None,
                    date=None,
                    resolved="demonstrative",
                    confidence=0.9 if source.block == passage.block else 0.7,
                    reason=f"the resolution named before: {source.text}",
                )
        if here:
            last = here[-1]
        elif "__point_" not in passage.block:
            last = None


def _is_resolution(citation: Citation) -> bool:
    return citation.target is not None and "/RES/" in citation.target and citation.resolved in ("printed", "link")


def _itself(document: Document, texts: Sequence[Passage], found: list[Citation], words: Grammar) -> Iterator[Citation]:
    """ "The present resolution" is the document itself; "paragraph 5 above" one of its blocks."""
    del found
    own = document.masthead.symbol
    target = (own.value or own.text.content) if own else None
    for passage in texts:
        for match in words.matches("internal", passage.text):
            yield from _place(document, passage, match, words)
        for match in words.matches("present", passage.text) if target else ():
            yield Citation(
                block=passage.block,
                start=match.start(),
                end=match.end(),
                text=match[0],
                kind="internal",
                target=target,
                resolved="self",
            )


def _place(document: Document, passage: Passage, match: regex.Match[str], words: Grammar) -> Iterator[Citation]:
    places = numerals(match["number"], "para", words)
    paragraph = document.find(regex.split(r"[,-]", places)[0])
    yield Citation(
        block=passage.block,
        start=match.start(),
        end=match.end(),
        text=match[0],
        kind="internal",
        target=paragraph.id if paragraph else None,
        pinpoint=f"para. {places}",
        resolved="self",
        confidence=1.0 if paragraph else 0.5,
        reason=None if paragraph else "no paragraph has this number",
    )


RESOLVERS: tuple[_Resolver, ...] = (_ibid, named_citations, _itself, _demonstrative)
