"""Link annotations as evidence: the editors' own word on what a printed reference leads to."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

import msgspec
import regex
from msgspec import structs

from unresolve.model import Citation
from unresolve.symbols import Symbol, try_parse

__all__ = ["LinkedText", "with_links"]

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
    for link in _whole(links, texts):
        symbol = _symbol(link.uri)
        if symbol is None:
            continue
        at = next((n for n in places.get(link.block, ()) if _meet(result[n], link)), None)
        if at is None:
            if texts.get(link.block, "")[link.start : link.end].strip():
                result.append(_supplied(link, symbol, texts[link.block], lang))
        else:
            result[at] = _weighed(result[at], symbol, lang)
    return sorted(result)


def _meet(citation: Citation, link: LinkedText) -> bool:
    overlap = citation.start < link.end and link.start < citation.end
    return overlap and citation.kind in ("symbol", "resolution", "decision")


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
    if symbol.number and symbol.number in regex.findall(r"\d+(?:-\d+)?", citation.text):
        return structs.replace(
            citation, target=str(symbol.primary), url=url, resolved="link", confidence=1.0, reason=None
        )
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
