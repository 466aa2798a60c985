"""A citation printed alone, without any text around it, as the words of a link are."""

from __future__ import annotations

from msgspec import structs

from unresolve.errors import InvalidCitation
from unresolve.model import Citation
from unresolve.patterns import late

from .find import find_citations
from .likely import likely_organ, running_session
from .numbers import Number, numbers, organs_of, symbol_of
from .plain import Plain

__all__ = ["parse_citation"]

_CUT_ORGAN = late(r"\s*/\d{2,4}/\d{1,4}(?:/.{1,20})?\s*")
_CUT_SPECIAL = late(r"\s*[-‑–]\s?(?P<session>\d{1,2})/\d{1,3}\s*")
_CUT_ROMAN = late(r"\s*(?P<number>\d{1,4})(?:\s?[A-Z])?(?P<open>\s?\((?P<session>(?:E?S)?-?[IVX]{0,7}))?\s*")
_LETTERS = {"GA": "A", "SC": "S"}
_YEARS = range(1945, 2101)


def parse_citation(printed: str, lang: str, *, organ: str = "GA") -> Citation:
    """The citation that ``printed`` is, whole and alone: "70/1", "A/RES/70/1", "1325 (2000)", "Resolution 70/1".

    Without any text around it a number with a slash is a resolution of ``organ``. Where the Assembly and the Human
    Rights Council both have it, it is whose number is cited more often (``grammars/numbers.toml``). What was cut is
    made whole, as far as it can be nothing else: "1325 (2000", "2625 (", "‑10/15" of ES-10/15. Raises
    :class:`~unresolve.errors.InvalidCitation` if it is none.
    """
    found = find_citations(printed, lang, organ=organ)
    if found:
        return found[0]
    plain = Plain.of(printed)
    missing = _missing(plain.text, organ)
    if missing:
        before, after = missing
        whole = parse_citation(before + plain.text + after, lang, organ=organ)
        start = max(0, whole.start - len(before))
        end = min(whole.end - len(before), len(plain.text))
        return plain.restore(structs.replace(whole, start=start, end=end, text=plain.text[start:end]))
    for number in numbers(plain.text):
        for guess in _guesses(number, organ):
            symbol = symbol_of(number, guess)
            if symbol:
                target, url = str(symbol), symbol.url(lang)
                return plain.restore(
                    Citation("", number.start, number.end, number.text, "resolution", target=target, url=url)
                )
    raise InvalidCitation(f"{printed!r} is no citation")


def _missing(printed: str, organ: str) -> tuple[str, str] | None:
    """What was cut off before and after a number, where it can be nothing else."""
    if organ in _LETTERS and _CUT_ORGAN.fullmatch(printed):  # its letter was typed in Cyrillic: «А/79/214»
        return _LETTERS[organ], ""
    special = _CUT_SPECIAL.fullmatch(printed)
    if special:  # ordinary special sessions 10 and 11 adopted few resolutions; the emergency ones go on
        return ("ES" if int(special["session"]) in (10, 11) else "S"), ""
    roman = _CUT_ROMAN.fullmatch(printed)
    if roman and (roman["open"] or int(roman["number"]) not in _YEARS):
        session = running_session(int(roman["number"])) or ""
        begun = roman["session"] or ""
        if len(session) > len(begun) and session.startswith(begun):
            return "", ("" if roman["open"] else " (") + session.removeprefix(begun) + ")"
    if printed.count("(") == printed.count(")") + 1:
        return "", ")"
    return None


def _guesses(number: Number, organ: str) -> tuple[str, ...]:
    """The organs that may have adopted a number that stands alone, likeliest first."""
    if number.shape != "session":
        return (organ,)
    likely = likely_organ(number) if organ == "GA" else organ
    return tuple(guess for guess in dict.fromkeys((likely, "GA", "HRC")) if guess in organs_of(number))
