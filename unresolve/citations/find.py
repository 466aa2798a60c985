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
from unresolve.patterns import late
from unresolve.symbols import Symbol

from .dates import date_near
from .grammar import Grammar, grammar
from .likely import likely_organ
from .numbers import Number, is_of_assembly_session, numbers, organs_of, symbol_of
from .others import other_citations, with_supplement_pages
from .pinpoints import is_within, pinpoint_after, pinpoint_before
from .plain import Plain
from .printed import printed_symbols
from .ranges import with_ranges
from .spans import is_free, spans

__all__ = ["find_citations"]

_CHAIN = 600  # between two numbers of one chain, with dates and titles between them
_ORGAN = 200  # between a noun or an organ's name and a number: "the Council, in its resolution 39/2"
_OWN = 40  # before a noun, for "its" and an adjective; in Chinese for a date
_RUN = 24  # numbers looked at for the end of a run
_UNSURE = "the organ is not printed beside the number"
_END = late(r"[;；。؛]|[.?!؟]\s{1,3}(?=[\p{Lu}«“\"])")
_ORGANS = {"assembly": "GA", "rights": "HRC", "security": "SC", "economic": "ESC", "council": "council", "other": ""}
_SESSIONAL = {"GA": "GA", "HRC": "HRC", "council": "HRC"}  # of the Councils, only one numbers by session: "39/2"
_NUMERO = late(r"(?:\bNos?\.?|№|\bnúms?\.?|\bn[o°º]s?|رقم)\s{0,2}$", regex.IGNORECASE)
_FOREIGN = late(r"[A-Za-z]/[^\s/]{0,12}\s?$|\b[A-Z]{2,5}\s$")  # Assembly/AU/Decl. 8 (XXXII), LC 45/18
_AND_BEFORE = late(r"号?\s?(?:[、，]|和|及|以及|至|到)?\s?(?:\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日)?\s?第?\s?")
_AND = late(r"\s?(?:[,،、]|号)?\s?(?:\p{L}{1,3}\s)?(?:和|及|以及|و)?\s?第?")


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
    plain = Plain.of(text)
    found = _Finder(plain.text, grammar(lang), organ, block).find()
    return tuple(plain.restore(citation) for citation in found)


class _Finder:
    def __init__(self, text: str, words: Grammar, organ: str, block: str) -> None:
        self.text = text
        self.words = words
        self.organ = organ
        self.block = block
        self._organs: list[_Mention] | None = None
        self._nouns: list[_Mention] = []
        self._shaped: list[Number] = []

    def find(self) -> tuple[Citation, ...]:
        found = self._symbols()
        taken = spans(found)
        shaped = [n for n in numbers(self.text) if is_free(taken, n.start, n.end)]
        if shaped:
            found += self._numbers(shaped)
        others = other_citations(self.text, self.words, self.block, found)
        found = sorted(with_supplement_pages(found, self.words) + others)
        return tuple(with_ranges(self.text, found, self.words))

    # symbols

    def _symbols(self) -> list[Citation]:
        found = []
        for start, end, symbol in printed_symbols(self.text):
            reason = _doubt(symbol)
            found.append(
                Citation(
                    block=self.block,
                    start=start,
                    end=end,
                    text=self.text[start:end],
                    kind="symbol",
                    target=str(symbol.primary),
                    url=None if reason or _is_reported(symbol) else symbol.url(self.words.lang),
                    pinpoint=self._pinpoint(start, end),
                    confidence=0.5 if reason else 1.0,
                    reason=reason,
                )
            )
        return found

    def _pinpoint(self, start: int, end: int) -> str | None:
        return pinpoint_after(self.text, end, self.words) or pinpoint_before(self.text, start, self.words)

    # numbers

    def _numbers(self, shaped: list[Number]) -> list[Citation]:
        self._shaped = shaped
        nouns = self.words.any_of("resolution", "decision").finditer(self.text)
        self._nouns = [_Mention(noun.start(), noun.end(), noun.lastgroup or "") for noun in nouns]
        found: list[Citation] = []
        following = self.words.noun_follows
        edge: int | None = None  # where the last number of the chain ended (began, in Chinese)
        chain = ("", "")  # its kind and the organ it was given
        for number in reversed(shaped) if following else shaped:
            kind, direct = self._noun(number, edge)
            if not kind or self._is_internal(number) or (self._is_period(number) and not self._is_named(number, edge)):
                continue
            carried = chain[1] if not direct else None
            citation, organ = self._citation(number, kind, carried)
            if citation:
                found.append(citation)
            edge, chain = (number.start if following else number.end), (kind, organ)
        return found

    def _noun(self, number: Number, edge: int | None) -> tuple[str, bool]:
        """The noun a number belongs to ("" if none), and whether it stands right beside it."""
        if _FOREIGN.search(self.text[max(0, number.start - 16) : number.start]):
            return "", False
        noun = self._noun_after(number) if self.words.noun_follows else self._noun_before(number)
        numbered = _NUMERO.search(self.text[max(0, number.start - 8) : number.start]) is not None
        if noun:
            gap = self._gap(number, noun.start if noun.start > number.end else noun.end)
            nearer = edge is None or (noun.start < edge if self.words.noun_follows else noun.end > edge)
            if not nearer and edge is not None:
                gap = self._gap(number, edge)
            reach = _CHAIN if self.words.noun_follows or not nearer else _ORGAN
            # "resolution No. 242 (1967)" is one, "resolutions of 1999, No. 12/3" is not
            if len(gap) <= reach and not _END.search(gap) and not (numbered and len(gap) > 12):
                return noun.name, nearer
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

    def _is_internal(self, number: Number) -> bool:
        """A piece of the document named before it: "A/56/1026, annex II, resolution 14/221"."""
        piece = number.shape == "session" and "GA" not in organs_of(number)
        return piece and is_within(self.text, number.start, self.words)

    def _is_period(self, number: Number) -> bool:
        """ "2025/26": also the way a financial period is printed."""
        return number.shape == "year" and int(number.number) == (int(number.session) + 1) % 100

    def _is_named(self, number: Number, edge: int | None) -> bool:
        """Whether the noun, the organ or the number before it in the chain stands right beside a number."""
        if self._named_at_once(number) or self._organ_beside(number) == "ESC":
            return True
        return edge is not None and _AND.fullmatch(self._gap(number, edge)) is not None

    def _citation(self, number: Number, kind: str, carried: str | None) -> tuple[Citation | None, str]:
        date = date_near(self.text, number.start, number.end, self.words)
        organ, sure = self._organ_of(number, kind, date, carried)
        symbol = symbol_of(number, organ, kind)
        last = symbol_of(number._replace(number=number.upto, letters=""), organ, kind) if number.upto else None
        if symbol is None and (organ or not (sure or self._named_at_once(number))):
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
                through=str(last) if last else None,
                url=symbol.url(self.words.lang) if symbol and paged else None,
                pinpoint=self._pinpoint(number.start, number.end),
                date=date,
                confidence=1.0 if sure else 0.8,
                reason=None if sure else _UNSURE,
            ),
            organ,
        )

    def _named_at_once(self, number: Number) -> bool:
        """ "Decision 14/1" is one, whosever it is; "the decision was taken on 12/7" is none."""
        noun = self._noun_after(number) if self.words.noun_follows else self._noun_before(number)
        return noun is not None and len(self._gap(number, noun.start if noun.start > number.end else noun.end)) <= 3

    def _organ_of(self, number: Number, kind: str, date: str | None, carried: str | None) -> tuple[str, bool]:
        """The organ that adopted it ("" for one that is none of ours), and whether that is certain.

        In this order: the shape, the session and the year printed with it; an organ named right beside it;
        the organ of the number before it in the chain; the Human Rights Council named earlier in the
        sentence; the organ of the document.
        """
        if number.shape == "council":
            return "SC", True
        beside = self._organ_beside(number)
        if beside == "" or (beside is None and carried == ""):
            return "", True
        if number.shape == "year":
            return "ESC", beside in ("ESC", "council")
        if number.shape == "roman":
            if beside is None and date and not is_of_assembly_session(number, int(date[:4])):
                return "", True  # a regional commission's 574 (XXVII) of 1998
            return ("ESC" if beside == "ESC" else "GA"), True
        possible = organs_of(number, int(date[:4]) if date else None, kind)
        for organ in (_SESSIONAL.get(beside or ""), carried):
            if organ in possible:
                return organ, True
        if possible == {"GA"} or (possible and date):
            return next(iter(possible)) if len(possible) == 1 else self.organ, True
        if "HRC" in possible and carried is None and self._organ_earlier(number) == "HRC":
            return "HRC", False
        if self.organ == "GA" and len(possible) == 2 and not self._is_own(number):
            return likely_organ(number), False
        if self.organ in possible:
            return self.organ, False
        return ("GA" if "GA" in possible else ""), False

    def _mentions(self) -> list[_Mention]:
        if self._organs is None:
            pattern = self.words.any_of("rights", "security", "economic", "other", "council", "assembly")
            self._organs = [
                _Mention(m.start(), m.end(), _ORGANS[m.lastgroup or ""]) for m in pattern.finditer(self.text)
            ]
        return self._organs

    def _mentions_between(self, start: int, end: int) -> list[_Mention]:
        """The organs named in a stretch of the text."""
        mentions = self._mentions()
        low = bisect_left(mentions, start, key=lambda mention: mention.start)
        return mentions[low : bisect_left(mentions, end, key=lambda mention: mention.start)]

    def _organ_beside(self, number: Number) -> str | None:
        """An organ named just before the number or its noun, or just after its run; None if there is none."""
        noun = self._noun_before(number)
        lefts = [number.start]
        if noun and number.start - noun.end <= 3:
            lefts.append(noun.start)
        if self.words.noun_follows:
            lefts.append(self._run_start(number))
        right = self._run_end(number)
        before, after = self.words.pattern("before"), self.words.pattern("after")
        if noun and self.words.pattern("acting").search(self.text[max(0, noun.start - _OWN) : noun.end]):
            after = self.words.pattern("subject")
            date = self.words.pattern("date").match(self.text, right)
            right = date.end() if date else right
        for mention in self._mentions_between(min(lefts) - 120, right + 80):
            if any(0 <= left - mention.end <= 70 and before.fullmatch(self.text, mention.end, left) for left in lefts):
                return mention.name
            if 0 <= mention.start - right <= 24 and after.fullmatch(self.text, right, mention.start):
                return mention.name
        return None

    def _is_own(self, number: Number) -> bool:
        """Whether it is called the organ's own: "its resolution 46/17", « sa résolution », 其第46/17号决议."""
        own = self.words.pattern("own")
        if self.words.noun_follows:
            start = self._run_start(number)
            return own.search(self.text[max(0, start - _OWN) : start]) is not None
        noun = self._noun_before(number)
        return noun is not None and own.search(self.text[max(0, noun.start - _OWN) : noun.end]) is not None

    def _run_start(self, number: Number) -> int:
        """Where the run begins that a number ends: 人权委员会2004年4月16日第2004/16号和2005年4月14日第2005/5号."""
        start = number.start
        at = bisect_left(self._shaped, number.start, key=lambda other: other.start)
        for other in reversed(self._shaped[max(0, at - _RUN) : at]):
            between = self.text[other.end : start]
            if not _AND_BEFORE.fullmatch(between):
                break
            start = other.start
        return start

    def _run_end(self, number: Number) -> int:
        """Where the run ends that a number begins: "2004/16 and 2005/5 of the Commission"."""
        end = number.end
        at = bisect_left(self._shaped, number.start, key=lambda other: other.start)
        for other in self._shaped[at : at + _RUN]:
            if other.start > end and not _AND.fullmatch(self.text, end, other.start):
                break
            end = max(end, other.end)
            date = None if self.words.noun_follows else self.words.pattern("date").match(self.text, end)
            end = date.end() if date else end
        return end

    def _organ_earlier(self, number: Number) -> str | None:
        """The organ named last before the number in its sentence."""
        earlier = [m for m in self._mentions_between(number.start - 2 * _ORGAN, number.start) if m.end < number.start]
        if (
            not earlier
            or number.start - earlier[-1].end > _ORGAN
            or _END.search(self.text[earlier[-1].end : number.start])
        ):
            return None
        return _SESSIONAL.get(earlier[-1].name)


def _is_reported(symbol: Symbol) -> bool:
    """What UNIDO's organs adopt is printed in their reports: GC.18/Res.9 has no page, GC.18/INF/4 has."""
    return symbol.organ.startswith(("GC.", "IDB.")) and symbol.kind in ("RES", "DEC")


def _doubt(symbol: Symbol) -> str | None:
    """Why a string of a symbol's shape may be none of the United Nations'; None if there is no doubt."""
    if not symbol.known:
        return f"{symbol.organ} is not a United Nations organ"
    council = symbol.organ == "S" and not symbol.body and not symbol.kind
    if council and symbol.session and not 1994 <= int(symbol.session) <= 2100:
        return "Security Council documents are numbered by year"  # S/2338/2024 is the chemical weapons organisation's
    return None
