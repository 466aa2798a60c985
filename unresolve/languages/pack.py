"""A language pack: everything the other rooms ask of a language, read from one file of ``grammars/``."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property, lru_cache
from importlib.resources import files

import msgspec
import regex
import rtoml

from unresolve.errors import InvalidLanguage
from unresolve.patterns import late

from .dates import Dates
from .enumerators import Enumerator, Lists
from .fold import fold_line, fold_pattern
from .numbers import Numerals, roman, roman_value
from .openers import Openers, Part
from .rules import Reader, Rule, first
from .sentences import Sentences
from .title_number import TitleNumber

__all__ = ["CODES", "Agenda", "Detection", "Pack", "available", "load", "read_any"]

CODES = ("ar", "zh", "en", "fr", "ru", "es")
# Fields that the registry of documents sets, in English, on mastheads of every language: "Distr.: General".
_REGISTRY = "en"
_FIGURES_AND_LETTER = late(r"(\d{1,3}) ?(\p{Lu}|\p{Arabic}{2,6})")
_REGISTERED = frozenset({"date", "distribution", "original", "recycle"})


class Agenda(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words between agenda items: "items 9 *and* 10", "items 9 *to* 12"."""

    and_: tuple[str, ...] = msgspec.field(name="and")
    to: tuple[str, ...]


class Detection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the language is told from others.

    ``script`` is a Unicode script and ``weight`` what one of its letters counts; ``masthead`` are phrases
    of mastheads and enacting formulas, ``words`` the commonest short words. ``profile`` is its name in
    langdetect.
    """

    script: str
    profile: str
    weight: int = 1
    masthead: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A language as the United Nations print it.

    ``rtl`` is true for a script that runs from right to left; ``point_style`` shows how a first point is
    marked ("(a)", "a)"); ``compounds`` are the parts of words that keep their hyphen at a line's end ("self", "non"),
    in small letters.
    """

    code: str
    point_style: str
    compounds: frozenset[str]
    detection: Detection
    numerals: Numerals
    calendar: Dates
    lists: Lists
    agenda: Agenda
    title_number: TitleNumber
    openers: Openers
    rules: dict[str, tuple[Rule, ...]]
    sentences: Sentences = Sentences()
    rtl: bool = False

    def read(self, rule: str, text: str) -> str | None:
        """The value of a printed line or field under the named rule, None where it says nothing.

        The whole line must fit; spaces at its ends, no-break spaces, capitals and missing accents make no
        difference. Raises KeyError for a rule that the pack does not have.
        """
        if len(text) > 400:
            return None
        value = first(self.rules[rule], text, self._readers)
        if value is None and self.code != _REGISTRY and rule in _REGISTERED:
            value = load(_REGISTRY).read(rule, text)
        return value

    def dates(self, text: str) -> list[tuple[int, int, str]]:
        """The full dates in running text as (start, end, ISO date); offsets into ``text``.

        English dates are found in every language, as the registry prints them ("22 December 2023").
        """
        found = self.calendar.find(text)
        return found if self.code == _REGISTRY else sorted({*found, *load(_REGISTRY).calendar.find(text)})

    def number(self, text: str) -> int | None:
        """The number from 1 to 199 that words or figures stand for ("seventy-second", "1.ª"), else None."""
        return self.numerals.read(text)

    def enumerator(self, text: str) -> Enumerator | None:
        """The list marker that the text is ("1.", "(a)", "一、"), else None."""
        return self._enumerator(text)

    def opener(self, text: str, part: Part = "preamble") -> str | None:
        """The longest opener at the head of a paragraph, as printed ("Reaffirming also"), else None."""
        return self.openers.find(text, part)

    def relation(self, opener: str) -> str | None:
        """The relation an opener states, the same word in all languages ("recalling"), else None."""
        return self.openers.relation(opener)

    @cached_property
    def _enumerator(self) -> Callable[[str], Enumerator | None]:
        return lru_cache(maxsize=4096)(lambda marker: self.lists.read(marker, self.numerals))

    @cached_property
    def _readers(self) -> dict[str, Reader]:
        return {"ordinal": self._ordinal, "date": self.calendar.read, "items": self._items, "label": self._label}

    def _ordinal(self, words: str) -> str | None:
        number = self.number(words)
        return None if number is None else str(number)

    def _label(self, words: str) -> str | None:
        """ "II", "2" and "A" stay; numbers in words become Roman, as the other languages print them.

        "29A" stays, "29 ألف" becomes it.
        """
        words = words.strip(" .-:")
        if parted := _FIGURES_AND_LETTER.fullmatch(words):
            letter = self.enumerator(parted[2]) or self.enumerator(f"{parted[2]}.")
            kinds = letter.kinds if letter else ()
            place = letter.ordinals[kinds.index("upper-letter")] if letter and "upper-letter" in kinds else 0
            return f"{parted[1]}{chr(ord('A') + place - 1)}" if 0 < place <= 26 else None
        if words.isdigit() or roman_value(words.upper()) or (len(words) == 1 and words.isascii()):
            return words.upper()
        letter = self.enumerator(words)
        if letter and letter.kind == "upper-letter":
            return chr(ord("A") + letter.ordinals[0] - 1)
        number = self.number(words)
        return None if number is None else roman(number)

    def _items(self, words: str) -> str | None:
        """Agenda items: "9 and 71 (a) to (c)" is "9, 71 (a)-(c)", letters Latin in every language."""
        text = words
        for joiner, neutral in ((self.agenda.to, "~"), (self.agenda.and_, ";")):
            text = regex.sub(fold_pattern("|".join(joiner)), neutral, text, flags=regex.IGNORECASE)
        written = []
        for part in regex.findall(r"[~;]|\d{1,3}|[^\d~;]{1,12}", fold_line(text)):
            part = part.strip(" .,")
            letter = self.enumerator(part) if part not in "~;" and not part.isdigit() else None
            if letter and "letter" in letter.kinds:
                place = letter.ordinals[letter.kinds.index("letter")] - 1
                written.append(f" ({chr(ord('a') + place % 26) * (place // 26 + 1)})")
            elif part in ("~", ";", ""):
                written.append({"~": "-", ";": ", ", "": ""}[part])
            elif part.isdigit():
                written.append(part)
            else:
                return None
        joined: str = regex.sub(r"(, |-) ", r"\1", "".join(written))
        return joined.strip()


@cache
def load(code: str) -> Pack:
    """The pack of a language code ("en"); raises InvalidLanguage if ``grammars/`` holds none."""
    if code not in available():
        raise InvalidLanguage(f"no language pack {code!r}; there are {', '.join(available())}")
    data = files("unresolve.grammars").joinpath(f"{code}.toml").read_bytes()
    return decode(data)


def decode(data: bytes | str) -> Pack:
    """A pack from the bytes of its TOML file; raises msgspec.ValidationError for one that is not in shape."""
    return msgspec.convert(rtoml.loads(data if isinstance(data, str) else data.decode("utf-8")), type=Pack)


@lru_cache(maxsize=1)
def available() -> tuple[str, ...]:
    """The codes of all packs there are: the official six first, then any others in the order of the alphabet."""
    names = (entry.name for entry in files("unresolve.grammars").iterdir())
    codes = {name[:2] for name in names if regex.fullmatch("[a-z]{2}\\.toml", name)}
    return (*(code for code in CODES if code in codes), *sorted(codes - set(CODES)))


def read_any(rule: str, text: str) -> str | None:
    """The value of a printed line under the named rule in whichever language reads it, None where none does.

    For what is asked before the language is known: "Page 2", "Sírvase reciclar".
    """
    return next((value for code in available() if (value := load(code).read(rule, text)) is not None), None)
