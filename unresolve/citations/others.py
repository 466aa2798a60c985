"""Citations that are no symbols: treaties, Official Records, sales publications, articles of the Charter."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable

import regex
from msgspec import structs

from unresolve.languages import load
from unresolve.model import Citation, CitationKind
from unresolve.symbols import try_parse
from unresolve.symbols.tokens import ARABIC_LETTERS, fold

from .grammar import Grammar
from .pinpoints import numerals
from .spans import is_free, spans

__all__ = ["other_citations", "with_supplement_pages"]

_Reading = tuple[str | None, str | None]  # target, pinpoint


def other_citations(text: str, words: Grammar, block: str, found: list[Citation]) -> list[Citation]:
    """The citations of these kinds in a text; ``found`` are those already known, which are not overlapped."""
    ordered = sorted(found)
    taken = spans(ordered)
    result: list[Citation] = []
    for kind, read in _READERS.items():
        for match in words.matches(kind, text):
            start, end = match.span()
            if not is_free(taken, start, end):
                continue
            after = bisect_left(ordered, end, key=lambda citation: citation.start)
            target, pinpoint = read(match, words, ordered[after : after + 1])
            insort(taken, (start, end))
            result.append(
                Citation(
                    block=block,
                    start=start,
                    end=end,
                    text=match[0],
                    kind=kind,
                    target=target,
                    url=_url(target, words.lang),
                    pinpoint=pinpoint,
                    resolved="ibid" if words.pattern("ibid").match(match[0]) else "printed",
                )
            )
    return result


def with_supplement_pages(found: list[Citation], words: Grammar) -> list[Citation]:
    """``found`` with the pages of those that are supplements to the Official Records.

    A symbol says by its number that it is one: those of the Assembly are numbers 1 to 54 of a session, those of the
    Economic and Social Council 20 to 49 of a year. Up to session 65 and the year 2010 docs.un.org keeps them with
    ``(Supp)`` as well: ``A/54/42(Supp)``; but not the Human Rights Council's, supplement 53. The English editors link
    to that page mostly, the others to the plain symbol.
    """
    return [_as_supplement(citation) for citation in found] if words.supplement_pages else found


def _as_supplement(citation: Citation) -> Citation:
    symbol = try_parse(citation.target or "")
    if citation.kind != "symbol" or citation.url is None or symbol is None:
        return citation
    if symbol.body or symbol.kind or not (symbol.session or "").isdecimal() or not (symbol.number or "").isdecimal():
        return citation
    session, number = int(symbol.session or ""), int(symbol.number or "")
    of_assembly = symbol.organ == "A" and 31 <= session <= 65 and number <= 54 and number != 53
    of_council = symbol.organ == "E" and 1975 <= session <= 2010 and 20 <= number <= 49
    if of_assembly or of_council:
        return structs.replace(citation, url=f"{citation.url}(Supp)")
    return citation


def _url(target: str | None, lang: str) -> str | None:
    symbol = try_parse(target) if target and target.startswith("A/") else None
    return symbol.url(lang) if symbol else None


def _group(match: regex.Match[str], name: str) -> str | None:
    """The first of ``name``, ``name2``, ``name3`` that was met: a rule has one for each way of printing it."""
    groups = match.groupdict()
    return next((groups[key] for key in (name, f"{name}2", f"{name}3") if groups.get(key)), None)


def _treaty(match: regex.Match[str], words: Grammar, following: list[Citation]) -> _Reading:
    """``UNTS/2225/39574``; the League of Nations' series is ``LNTS``. "Ibid., vol. …" is of the same series."""
    del words, following
    series = "LNTS" if match.groupdict().get("league") else "UNTS"
    return f"{series}/{_group(match, 'volume')}/{_group(match, 'number')}", None


def _records(match: regex.Match[str], words: Grammar, following: list[Citation]) -> _Reading:
    """The symbol of a supplement that is printed without one: ``A/72/53`` is supplement 53 of session 72.

    Where the symbol follows ("Supplement No. 53 (A/72/53)") it is a citation of its own, and this one has
    no target. Before session 31 supplements were not numbered so. A letter counts the addenda: supplement 5P
    of session 79 is ``A/79/5/Add.16``.
    """
    plain, letter = _supplement(_group(match, "number") or "")
    number = plain + letter
    if any(c.kind == "symbol" and c.start - match.end() <= 60 for c in following):
        return None, f"supplement {number}"
    pieces = (piece.strip() for piece in regex.split("[,،，]", match[0])[1:-1])
    session = next((n for piece in pieces if (n := load(words.lang).read("session", piece))), None)
    assembly = words.pattern("assembly").search(match[0]) is not None
    target = f"A/{session}/{plain}" if assembly and session and session.isdecimal() and int(session) >= 31 else None
    if target and letter:
        target += f"/Add.{ord(letter) - ord('A') + 1}"
    return target if target and try_parse(target) else None, f"supplement {number}"


def _supplement(printed: str) -> tuple[str, str]:
    """The number of a supplement and its letter in Latin: "53А" in Russian, "53 ألف" in Arabic."""
    number, letter = regex.split(
        r"(?<=\d)\s?(?=\D|$)", "".join(character for character, _ in fold(printed)), maxsplit=1
    )
    letter = ARABIC_LETTERS.get(letter, letter.upper())
    return number, letter if "A" <= letter <= "Z" else ""


def _publication(match: regex.Match[str], words: Grammar, following: list[Citation]) -> _Reading:
    """``Sales/93.I.8``: the letter before it is only the language's (E.93.I.8, F.93.I.8)."""
    del words, following
    number = _group(match, "sales") or ""
    return f"Sales/{number.partition('.')[2]}", None


def _charter(match: regex.Match[str], words: Grammar, following: list[Citation]) -> _Reading:
    """``Charter`` with ``art. 19`` or ``chap. VII``."""
    del following
    unit = "chap" if regex.match(words.pinpoints["chap"], match["unit"], regex.IGNORECASE) else "art"
    return "Charter", f"{unit}. {numerals(match['number'], unit, words)}"


_READERS: dict[CitationKind, Callable[[regex.Match[str], Grammar, list[Citation]], _Reading]] = {
    "treaty": _treaty,
    "records": _records,
    "publication": _publication,
    "charter": _charter,
}
