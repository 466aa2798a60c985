"""Link annotations as evidence: the editors' own word on what a printed reference leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import is_
from typing import Any
from urllib.parse import unquote

import msgspec
import regex
from msgspec import structs

from unresolve.model import Box, Citation, Document, Text
from unresolve.symbols import Symbol, try_parse

from .passages import Passage
from .spans import by_block, is_free, spans

__all__ = ["LinkedText", "links_of", "with_links", "without_links"]

_PAGE = regex.compile(
    r"https?://(?:www\.)?(?:undocs\.org|docs\.un\.org)/(?:(?:ar|zh|en|fr|ru|es|ch)/)?([^?#]+)", regex.IGNORECASE
)


class LinkedText(msgspec.Struct, frozen=True, order=True):
    """A span ``[start, end)`` of a block's text that a link annotation covers, and the address it leads to.

    ``block`` is an id as in :class:`~unresolve.model.Anchor`.
    """

    block: str
    start: int
    end: int
    uri: str


def links_of(texts: Iterable[Passage]) -> Iterator[LinkedText]:
    """The links marked in the texts themselves."""
    for text in texts:
        for mark in text.marks:
            if mark.kind == "link" and mark.target:
                yield LinkedText(text.block, mark.start, mark.end, mark.target)


def without_links(document: Document, texts: Iterable[Passage], found: Iterable[Citation]) -> Document:
    """The document without the link marks that its citations ``found`` speak for.

    A link to another site stays where it touches no citation that is itself a link.
    """
    taken = by_block(c for c in found if c.url or c.kind == "internal")
    kept = {
        id(mark)
        for text in texts
        for mark in text.marks
        if mark.kind == "link"
        and regex.match(r"https?://", mark.target or "")
        and not _PAGE.match(mark.target or "")
        and is_free(spans(taken.get(text.block, ())), mark.start, mark.end)
    }
    bare: Document = _bare(document, kept)
    return bare


_BARE = (str, int, float, type(None), Box)
"""What holds no text with marks, and most values of a document are."""


def _bare(value: Any, kept: set[int]) -> Any:
    """A part of a document without the link marks that are not kept; the very same one where it has none."""
    if isinstance(value, _BARE):
        return value
    if isinstance(value, Text):
        marks = tuple(mark for mark in value.marks if mark.kind != "link" or id(mark) in kept)
        return value if len(marks) == len(value.marks) else structs.replace(value, marks=marks)
    if isinstance(value, tuple):
        parts = tuple(_bare(part, kept) for part in value)
        return value if all(map(is_, parts, value)) else parts
    if isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        changed = {name: new for name, old in fields.items() if (new := _bare(old, kept)) is not old}
        return structs.replace(value, **changed) if changed else value
    return value


def with_links(
    citations: Iterable[Citation], links: Iterable[LinkedText], texts: dict[str, str], lang: str
) -> list[Citation]:
    """The citations, confirmed, corrected and completed by the links.

    A link that agrees with the printed words decides what they leave open: the organ, the part, the
    supplement. One that contradicts them (75/22 linked to A/RES/74/11) gives the address only, and the
    citation says so. Links to other sites are no evidence.
    """
    result = list(citations)
    places: dict[str, list[int]] = {}
    for n, citation in enumerate(result):
        places.setdefault(citation.block, []).append(n)
    weighed: dict[int, int] = {}  # citation → where the link on it ends
    for link in _whole(links, texts):
        symbol = _symbol(link.uri)
        if symbol is None or not texts.get(link.block, "")[link.start : link.end].strip():
            continue
        near = [n for n in places.get(link.block, ()) if result[n].start < link.end and link.start < result[n].end]
        at = max(near, key=lambda n: _fit(result[n], link, symbol), default=None)
        if at is None:
            result.append(_supplied(link, symbol, texts[link.block], lang))
        elif at not in weighed:
            weighed[at] = link.end
            result[at] = _weighed(result[at], symbol, lang)
        elif weighed[at] <= link.start:  # "72/266 A and B", each letter with a link of its own
            result[at] = _shortened(result[at], weighed[at])
            result.append(_supplied(link, symbol, texts[link.block], lang))
    return sorted(result)


def _fit(citation: Citation, link: LinkedText, symbol: Symbol) -> tuple[bool, int]:
    """How well a link that touches a citation goes with it."""
    return _agrees(citation, symbol), min(citation.end, link.end) - max(citation.start, link.start)


def _agrees(citation: Citation, symbol: Symbol) -> bool:
    return bool(symbol.number) and symbol.number in regex.findall(r"\d+(?:-\d+)?", citation.text)


def _shortened(citation: Citation, end: int) -> Citation:
    return structs.replace(citation, end=end, text=citation.text[: end - citation.start])


def _whole(links: Iterable[LinkedText], texts: dict[str, str]) -> list[LinkedText]:
    """Links with the pieces of one reference joined: Word cuts them at a change of font, PDF at a line's end."""
    whole: list[LinkedText] = []
    for link in sorted(links):
        last = whole[-1] if whole else None
        if last and (last.block, last.uri) == (link.block, link.uri):
            between = texts.get(link.block, "")[last.end : link.start]
            if not between.strip():
                whole[-1] = structs.replace(last, end=max(last.end, link.end))
                continue
        whole.append(link)
    return whole


def _symbol(uri: str) -> Symbol | None:
    page = _PAGE.match(uri)
    return try_parse(unquote(page[1]).strip(" /.")) if page else None


def _weighed(citation: Citation, symbol: Symbol, lang: str) -> Citation:
    url = f"https://docs.un.org/{lang}/{symbol}"
    if citation.url and citation.url.casefold() == url.casefold():
        return structs.replace(citation, resolved="link", confidence=1.0, reason=None)
    if citation.kind not in ("resolution", "decision", "symbol"):  # the volume that the words describe
        return structs.replace(citation, target=citation.target or str(symbol.primary), url=url, resolved="link")
    if _agrees(citation, symbol):
        printed = citation.target if citation.kind == "symbol" else None  # complete by itself: A/54/42, not its (Supp)
        target = printed or str(symbol.primary)
        return structs.replace(citation, target=target, url=url, resolved="link", confidence=1.0, reason=None)
    reason = f"printed {citation.text!r}, linked to {symbol}"
    return structs.replace(citation, url=url, resolved="link", confidence=0.6, reason=reason)


def _supplied(link: LinkedText, symbol: Symbol, text: str, lang: str) -> Citation:
    return Citation(
        block=link.block,
        start=link.start,
        end=link.end,
        text=text[link.start : link.end],
        kind="resolution" if symbol.kind == "RES" else "symbol",
        target=str(symbol.primary),
        url=f"https://docs.un.org/{lang}/{symbol}",
        resolved="link",
    )
