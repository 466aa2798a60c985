"""Find the citations printed in a text: symbols, resolution and decision numbers, treaties, records.

Numbers are read in the chain they are printed in. A noun opens it ("resolutions", « ses décisions »; in
Chinese 决议 closes it), every number hands it on to the next: "resolutions 46/182 of 19 December 1991,
47/57 and 48/16 to 48/18". A number outside such a chain is a date, a fraction or a page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

import regex

from unresolve.model import Citation

from .dates import date_near
from .grammar import Grammar, grammar
from .numbers import Number, numbers, organ_by_year, symbol_of
from .others import other_citations
from .pinpoints import is_within, pinpoint_after, pinpoint_before
from .printed import printed_symbols

__all__ = ["find_citations"]

_DIRECT = 60  # characters between a noun and its number: "resolution of the General Assembly 70/1"
_CHAIN = 600  # between two numbers of one chain, with dates and titles between them
_ORGAN = 200  # between the name of an organ and a number it adopted: "the Council, in its resolution 39/2"
_END = regex.compile(r"[;；。؛]|[.?!؟]\s{1,3}(?=[\p{Lu}«“\"])")
_ORGANS = {"assembly": "GA", "rights": "HRC", "security": "SC", "economic": "ESC", "other": ""}
_NUMERO = regex.compile(r"(?:\bNos?\.?|№|\bnúms?\.?|\bn[o°º]s?|رقم)\s{0,2}$", regex.IGNORECASE)
_BESIDE = regex.compile(r"[\s,،]{0,2}(?:\p{L}{1,9}[\s'’]{1,2}){0,3}")


class _Mention(NamedTuple):
    """A noun or the name of an organ in the text."""

    start: int
    end: int
    name: str


def find_citations(text: str, lang: str, *, organ: str = "GA", block: str = "") -> tuple[Citation, ...]:
    """The citations printed in ``text``, sorted, none overlapping another.

    ``lang`` is ar, zh, en, fr, ru or es; ``organ`` (GA, SC, HRC) the organ whose document the text is
    from, which decides what "its resolution 39/2" means; ``block`` is copied into the citations.
    Citations that lean on other text (Ibid., "that resolution", names) are the work of
    :func:`~unresolve.citations.cite`. Raises :class:`~unresolve.errors.InvalidLanguage`.
    """
    return _Finder(text, grammar(lang), organ, block).find()


class _Finder:
    def __init__(self, text: str, words: Grammar, organ: str, block: str) -> None:
        self.text = text
        self.words = words
        self.organ = organ
        self.block = block
        self._organs: list[_Mention] | None = None
        self._nouns: list[_Mention] = []

    def find(self) -> tuple[Citation, ...]:
        found = self._symbols()
        taken = [(citation.start, citation.end) for citation in found]
        shaped = [n for n in numbers(self.text) if not _overlaps(taken, n.start, n.end)]
        if shaped:
            found += self._numbers(shaped)
        found += other_citations(self.text, self.words, self.block, found)
        return tuple(sorted(found))

    # symbols

    def _symbols(self) -> list[Citation]:
        found = []
        for start, end, symbol in printed_symbols(self.text):
            found.append(
                Citation(
                    block=self.block,
                    start=start,
                    end=end,
                    text=self.text[start:end],
                    kind="symbol",
                    target=str(symbol.primary),
                    url=symbol.url(self.words.lang),
                    pinpoint=self._pinpoint(start, end),
                )
            )
        return found

    def _pinpoint(self, start: int, end: int) -> str | None:
        return pinpoint_after(self.text, end, self.words) or pinpoint_before(self.text, start, self.words)

    # numbers

    def _numbers(self, shaped: list[Number]) -> list[Citation]:
        nouns = self.words.any_of("resolution", "decision").finditer(self.text)
        self._nouns = [_Mention(*noun.span(), noun.lastgroup or "") for noun in nouns]
        found: list[Citation] = []
        following = self.words.noun_follows
        edge: int | None = None  # where the last number of the chain ended (began, in Chinese)
        chain = ("", "")  # its kind and the organ it was given
        for number in reversed(shaped) if following else shaped:
            kind, direct = self._noun(number, edge)
            if not kind or (number.shape == "session" and is_within(self.text, number.start, self.words)):
                continue
            carried = chain[1] if not direct else None
            citation, organ = self._citation(number, kind, carried)
            if citation:
                found.append(citation)
            edge, chain = (number.start if following else number.end), (kind, organ)
        return _share_dates(self.text, found) if not following else found

    def _noun(self, number: Number, edge: int | None) -> tuple[str, bool]:
        """The noun a number belongs to ("" if none), and whether it stands right beside it."""
        noun = self._noun_after(number) if self.words.noun_follows else self._noun_before(number)
        if noun:
            gap = self._gap(number, noun.start if noun.start > number.end else noun.end)
            nearer = edge is None or (noun.start < edge if self.words.noun_follows else noun.end > edge)
            if nearer and len(gap) <= (_CHAIN if self.words.noun_follows else _ORGAN) and not _END.search(gap):
                if _NUMERO.search(self.text, max(0, number.start - 8), number.start) and len(gap) > 12:
                    return "", False
                return noun.name, True
            if edge is not None and not nearer and not _END.search(self._gap(number, edge)):
                if len(self._gap(number, edge)) <= _CHAIN and not _NUMERO.search(self.text, 0, number.start):
                    return noun.name, False
        if number.shape == "roman" and (number.letters or len(number.number) > 2):
            return "resolution", True  # 2200 A (XXI) can be nothing else
        return "", False

    def _noun_before(self, number: Number) -> _Mention | None:
        at = bisect_right(self._nouns, number.start, key=lambda noun: noun.end)
        return self._nouns[at - 1] if at else None

    def _noun_after(self, number: Number) -> _Mention | None:
        at = bisect_left(self._nouns, number.end, key=lambda noun: noun.start)
        if at < len(self._nouns):
            return self._nouns[at]
        return self._noun_before(number)

    def _gap(self, number: Number, other: int) -> str:
        return self.text[other : number.start] if other <= number.start else self.text[number.end : other]

    def _citation(self, number: Number, kind: str, carried: str | None) -> tuple[Citation | None, str]:
        date = date_near(self.text, number.start, number.end, self.words)
        organ, sure = self._organ_of(number, date, carried)
        symbol = symbol_of(number, organ, kind)
        if symbol is None and organ:
            return None, organ
        paged = symbol is not None and (kind == "resolution" or organ == "HRC")
        return (
            Citation(
                block=self.block,
                start=number.start,
                end=number.end,
                text=number.text,
                kind="decision" if kind == "decision" else "resolution",
                target=str(symbol) if symbol else None,
                url=symbol.url(self.words.lang) if symbol and paged else None,
                pinpoint=self._pinpoint(number.start, number.end),
                date=date,
                confidence=1.0 if sure else 0.8,
                reason=None if sure else "the organ is not printed beside the number",
            ),
            organ,
        )

    def _organ_of(self, number: Number, date: str | None, carried: str | None) -> tuple[str, bool]:
        """The organ that adopted it, and whether that is certain.

        In this order: the year printed with it, an organ named right beside it, the organ of the number
        before it in the chain, an organ named earlier in the sentence, the organ of the document.
        """
        if number.shape == "council":
            return "SC", True
        beside = self._organ_beside(number)
        if number.shape != "session":
            default = "ESC" if number.shape == "year" else "GA"
            if beside == "" or (number.shape == "roman" and beside == "ESC"):
                return beside, True
            return default, True
        if beside == "":
            return "", True
        by_year = organ_by_year(number.session, int(date[:4])) if date else None
        if by_year:
            return by_year, True
        if not number.session.isdecimal():
            return ("HRC", True) if beside == "HRC" or (beside is None and self.organ == "HRC") else ("GA", True)
        session = int(number.session)
        if session <= 30:  # the Assembly's numbers had no slash before session 31
            return "HRC", beside == "HRC"
        if beside in ("GA", "HRC"):
            return beside, True
        if carried is not None:
            return carried, bool(carried)
        earlier = self._organ_earlier(number)
        if earlier is not None and session <= 65:
            return earlier, False
        if self.organ == "HRC" and session <= 65:
            return "HRC", False
        return "GA", session > 65

    def _mentions(self) -> list[_Mention]:
        if self._organs is None:
            pattern = self.words.any_of("rights", "security", "economic", "other", "assembly")
            self._organs = [_Mention(*m.span(), _ORGANS[m.lastgroup or ""]) for m in pattern.finditer(self.text)]
        return self._organs

    def _organ_beside(self, number: Number) -> str | None:
        """An organ named just before the number or its noun, or just after the number; None if there is none."""
        noun = self._noun_before(number)
        lefts = {number.start}
        if noun and number.start - noun.end <= 3:
            lefts.add(noun.start)
        for mention in self._mentions():
            if any(0 <= left - mention.end <= 12 and _glue(self.text[mention.end : left]) for left in lefts):
                return mention.name
            if 0 <= mention.start - number.end <= 24 and _glue(self.text[number.end : mention.start]):
                return mention.name
        return None

    def _organ_earlier(self, number: Number) -> str | None:
        earlier = [m for m in self._mentions() if 0 < number.start - m.end <= _ORGAN]
        if not earlier or _END.search(self.text[earlier[-1].end : number.start]):
            return None
        return {"HRC": "HRC"}.get(earlier[-1].name, "GA")


def _glue(gap: str) -> bool:
    return _BESIDE.fullmatch(gap) is not None


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in taken)


def _share_dates(text: str, found: list[Citation]) -> list[Citation]:
    """One date printed after several numbers of a session is the date of all: "65/190 and 65/232 of …"."""
    del text
    return found
