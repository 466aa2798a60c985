"""The symbol of a United Nations document as a value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache, total_ordering

from unresolve.errors import InvalidSymbol

from . import grammar

__all__ = ["Symbol", "try_parse"]

_PLAIN = ("ar", "fr")  # whose editors link 75/254 to A/RES/75/254, the others to A/RES/75/254A-C
_LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
_ACTORS = {("A", None): "unga", ("A", "HRC"): "unhrc", ("S", None): "unsc", ("E", None): "ecosoc"}
_CHUNK = re.compile(r"\d+|\D+")


@total_ordering
@dataclass(frozen=True, eq=False, repr=False)
class Symbol:
    """A document symbol: ``A/RES/72/1``, ``A/C.3/72/L.1/Rev.1``, ``S/RES/1325(2000)``.

    ``printed`` is what was read; everything else is canonical. ``body`` is the subsidiary body
    ("C.3", "CN.4/Sub.2"), ``session`` the session ("72", "S-21", "XV") or the year ("2000"), ``kind``
    what the document is ("RES", "L", "PV"; None for a plain document), ``number`` its number, ``parts``
    the rest in order ("A", "PartI", "Rev.1", and the twin of a pair). Two symbols are equal when their
    canonical forms are, whatever was printed. The order is by organ, then piece by piece with numbers
    as numbers.
    """

    printed: str
    organ: str
    body: str | None
    session: str | None
    kind: str | None
    number: str | None
    parts: tuple[str, ...]
    _documents: tuple[tuple[grammar.Component, ...], ...]

    @classmethod
    def parse(cls, text: str) -> Symbol:
        """The symbol printed as ``text``; raises :class:`InvalidSymbol`, whose message shows the place.

        White space between the pieces, look-alike letters, dashes of any length and invisible
        characters are allowed: ``A/RES/2200 A (XXI)``, ``А/77/1`` with a Cyrillic letter.
        """
        return _parse(text)

    @cached_property
    def _canonical(self) -> str:
        return "-".join("/".join(map(str, document)) for document in self._documents)

    def __str__(self) -> str:
        return self._canonical

    def __repr__(self) -> str:
        return f"Symbol({self._canonical!r})"

    @cached_property
    def _key(self) -> tuple[tuple[int, int, str], ...]:
        chunks = _CHUNK.findall(self._canonical.casefold())
        return tuple((1, int(chunk), "") if chunk.isdecimal() else (0, 0, chunk) for chunk in chunks)

    def __eq__(self, other: object) -> bool:
        return self._key == other._key if isinstance(other, Symbol) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key)

    def __lt__(self, other: object) -> bool:
        return self._key < other._key if isinstance(other, Symbol) else NotImplemented

    @property
    def known(self) -> bool:
        """Whether the organ is one of the United Nations' own; an acronym of others can have the same shape."""
        return self.organ.partition(".")[0].upper() in grammar.words().organs

    @property
    def primary(self) -> Symbol:
        """The first of a pair (``A/47/60`` of ``A/47/60-S/23329``), or the symbol itself."""
        return self if len(self._documents) == 1 else _build(self.printed, self._documents[:1])

    @cached_property
    def page(self) -> str:
        """The symbol under which docs.un.org keeps the document.

        A pair is kept under its first, a resolution whose parts were issued as one document under the symbol of them
        all: ``A/RES/75/254A-C`` for 75/254 and for 75/254 B. Another resolution's part has a page of its own only
        when it was issued apart, as the parts B … F of financial resolutions have been since session 47; part A
        was issued before there was a B. So ``A/RES/61/250B``, but ``A/RES/61/250`` for 61/250 A,
        ``A/RES/2200(XXI)`` for 2200 A (XXI) and ``A/RES/41/213`` for 41/213 B.
        """
        bare = "/".join(str(component._replace(letters="")) for component in self._documents[0])
        return grammar.words().together.get(bare) or self._own_page

    @cached_property
    def _own_page(self) -> str:
        """The page of the resolution or its part, whether or not there is one of all its parts."""
        components = self._documents[0]
        apart = self.session is not None and self.session.isdecimal() and int(self.session) >= 47
        return "/".join(
            str(
                component._replace(letters="")
                if component.letters and not (apart and component.letters in "BCDEF")
                else component
            )
            for component in components
        )

    def url(self, lang: str) -> str:
        """The page on docs.un.org in a language (ar zh en fr ru es): ``https://docs.un.org/fr/A/RES/72/1``."""
        if lang not in _LANGUAGES:
            raise ValueError(f"{lang!r} is not one of {', '.join(_LANGUAGES)}")
        page = self._own_page if lang in _PLAIN else self.page
        return f"https://docs.un.org/{lang}/{page}"

    def iri(self, date: str | None) -> str | None:
        """The work's IRI for a resolution or decision adopted on ``date`` (ISO 8601), else None.

        ``/akn/un/statement/deliberation/unga/2017-09-27/72-1``; before 1976 ``…/1514-XV``.
        """
        actor = _ACTORS.get((self.organ, self.body))
        if not date or not actor or self.kind not in ("RES", "DEC", "PRST") or not self.number:
            return None
        letters = "".join(component.letters for component in self._documents[0])
        roman = self.organ == "S" or not (self.session or "").removeprefix("ES-").removeprefix("S-").isdecimal()
        pieces = (
            (self.number + letters, self.session)
            if roman and self.kind == "RES"
            else (self.session, self.number + letters)
        )
        return f"/akn/un/statement/deliberation/{actor}/{date}/{'-'.join(piece for piece in pieces if piece)}"


@lru_cache(maxsize=8192)
def _parse(text: str) -> Symbol:
    return _build(text, grammar.parse(text))


def try_parse(text: str) -> Symbol | None:
    """The symbol printed as ``text``, or None if it is not one."""
    try:
        return _parse(text)
    except InvalidSymbol:
        return None


def _build(printed: str, documents: tuple[tuple[grammar.Component, ...], ...]) -> Symbol:
    """Give each component of the first document its meaning."""
    organ, *rest = documents[0]
    body: list[str] = []
    values: list[str] = []
    parts: list[str] = []
    kind = number = session = None
    for component in rest:
        qualifiers = component.qualifiers
        if component.role == "session":
            session = component.text
        elif component.role == "value":
            values.append(component.text)
            if kind == "RES" and session is None and qualifiers:
                session, qualifiers = qualifiers[0], qualifiers[1:]
        elif component.role == "series" and kind is None:
            word, _, own = component.text.partition(".")
            kind, number = word.upper(), own or None
        elif component.role == "revision" or values:
            parts.append(component.text)  # also a State under review: A/HRC/WG.6/40/SYR/1
        else:
            body.append(component.text)
        parts.extend(filter(None, (component.letters, *qualifiers)))
    if number is None and values:
        number = values.pop()
    if session is None and values:
        session = values.pop(0)
    parts.extend(values)
    parts.extend("/".join(map(str, document)) for document in documents[1:])
    return Symbol(printed, organ.text, "/".join(body) or None, session, kind, number, tuple(parts), documents)
