"""The grammar of document symbols: tokens to components, components to meaning.

::

    symbol    = document [ "-" document ]                  A/47/60-S/23329
    document  = organ [ "." number ] { "/" component }
    component = ( session | value | name ) { [ "/" ] qualifier }
    session   = ( "S" | "ES" ) "-" number                  S-21, ES-10
    value     = number [ letters ] [ "-" number ]          213 B, 2-4
    name      = word { "." ( word | number ) } { "-" … }   C.3, L.1, Rev.1, COP-MOP
    qualifier = "(" word … ")"                             (XV), (2000), (Part I), (د-15)
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import rtoml

from .tokens import ARABIC_LETTERS, Reader

__all__ = ["Component", "Words", "parse", "roman", "words"]

_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


class Words(NamedTuple):
    """The vocabulary of ``grammars/symbols.toml``: word in capitals to its canonical spelling.

    ``together`` leads from a resolution's symbol without letters to that of all its parts.
    """

    organs: dict[str, str]
    bodies: dict[str, str]
    kinds: dict[str, str]
    numbered: dict[str, str]
    revisions: dict[str, str]
    pieces: dict[str, str]
    together: dict[str, str]


class Component(NamedTuple):
    """One piece between slashes.

    ``text`` is canonical, ``role`` one of organ, session, value, name, series ("RES", "L.1"), revision
    ("Add.1"). ``letters`` are the
    parts of a resolution ("A-B"), ``qualifiers`` what stands in parentheses after it ("XV", "PartI").
    """

    text: str
    role: str
    letters: str = ""
    qualifiers: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text + self.letters + "".join(f"({qualifier})" for qualifier in self.qualifiers)


@cache
def words() -> Words:
    """The vocabulary, read once."""
    data: dict[str, Any] = rtoml.loads(files("unresolve.grammars").joinpath("symbols.toml").read_text("utf-8"))
    vocabulary = {name: {word.upper(): word for word in data[name]} for name in Words._fields}
    vocabulary["together"] = {word.rstrip("ABCDEF-"): word for word in data["together"]}
    return Words(**vocabulary)


def roman(number: int) -> str:
    """1–399 in Roman digits: 15 is "XV"."""
    digits = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, letters in digits:
        text += letters * (number // value)
        number %= value
    return text


def parse(printed: str) -> tuple[tuple[Component, ...], ...]:
    """The components of a printed symbol, one tuple a document: two for a pair as ``A/47/60-S/23329``.

    Raises :class:`~unresolve.errors.InvalidSymbol` with the place.
    """
    reader = Reader(printed)
    documents = [_document(reader)]
    while reader.read("hyphen"):
        documents.append(_document(reader))
    if not reader.done:
        reader.fail("unexpected text after the symbol")
    return tuple(documents)


def _document(reader: Reader) -> tuple[Component, ...]:
    """``document = organ [ "." number ] { "/" component }``"""
    start = reader.mark()
    first = reader.expect("word", "an organ such as A, S or E")
    organ = words().organs.get(first.text.upper())
    meeting = f".{reader.expect('number', 'a number').text}" if reader.read("point") else ""  # GC.18/INF/4
    components = [Component((organ or first.text) + meeting, "organ", qualifiers=_qualifiers(reader))]
    while reader.read("slash"):
        components.append(_component(reader))
        while reader.check("word") and not reader.spaced and components[-1].role in ("value", "revision"):
            if not _is_revision(reader):
                break
            components.append(_name(reader))  # a slash forgotten by the typist: A/75/7Add.2
    if organ is None and not _looks_like_symbol(components):
        reader.back(start)
        reader.fail(f"{first.text!r} is not an organ")
    if len(components) == 1:
        reader.fail("expected '/'")
    if not any(character.isdigit() for component in components for character in component.text):
        reader.fail("expected a number")
    return tuple(components)


def _looks_like_symbol(components: list[Component]) -> bool:
    """An unknown acronym is believed when the rest is as a symbol's: OHCHR/STM/CB/2, never HIV/AIDS."""
    first, *rest = components
    return (
        len(first.text) > 1
        and first.text.isupper()
        and len(rest) > 1
        and rest[0].role == "name"
        and rest[0].text[0].isupper()
        and any(component.role == "value" for component in rest)
    )


def _component(reader: Reader) -> Component:
    """``component = ( session | value | name ) { qualifier }``"""
    if reader.check("number"):
        return _value(reader)
    if not reader.check("word"):
        reader.fail("expected a number or a word")
    return _session(reader) or _name(reader)


def _session(reader: Reader) -> Component | None:
    """``session = ( "S" | "ES" ) "-" number``"""
    start = reader.mark()
    word = reader.expect("word", "a word")
    if word.text.upper() in ("S", "ES") and reader.read("hyphen"):
        number = reader.read("number")
        if number:
            return Component(f"{word.text.upper()}-{number.text}", "session", qualifiers=_qualifiers(reader))
    reader.back(start)
    return None


def _value(reader: Reader) -> Component:
    """``value = number [ letters ] [ "-" number ]``"""
    text = reader.expect("number", "a number").text
    letters = _letters(reader)
    start = reader.mark()
    if not letters and not reader.spaced and reader.read("hyphen"):
        last = reader.read("number")
        if last and (not reader.check("slash") or _revision_follows(reader)):
            text += f"-{last.text}"
        else:
            reader.back(start)
    return Component(text, "value", letters, _qualifiers(reader))


def _letters(reader: Reader) -> str:
    """``letters = letter [ ( "-" | "," ) letter ]``: 213 B, 130 A-B, 2200 ألف"""
    start = reader.mark()
    arabic = reader.read("arabic")
    if arabic and arabic.text in ARABIC_LETTERS:
        return ARABIC_LETTERS[arabic.text]
    reader.back(start)
    first = reader.read("word")
    if not first or len(first.text) > 1:
        reader.back(start)
        return ""
    middle = reader.mark()
    if reader.read("hyphen"):
        last = reader.read("word")
        if last and len(last.text) == 1 and not reader.check("slash"):
            return f"{first.text}-{last.text}".upper()
        reader.back(middle)
    return first.text.upper()


def _is_revision(reader: Reader) -> bool:
    word = reader.check("word")
    return word is not None and word.text.upper() in words().revisions


def _revision_follows(reader: Reader) -> bool:
    """Whether a slash and a revision come next, as behind a range: ``S/1-603/Rev.1``."""
    start = reader.mark()
    found = reader.read("slash") is not None and _is_revision(reader)
    reader.back(start)
    return found


def _name(reader: Reader) -> Component:
    """``name = word { "." ( word | number ) | "-" word }``"""
    word = reader.expect("word", "a word")
    vocabulary = words()
    key = word.text.upper()
    text = word.text
    number = reader.read("number")  # a point forgotten: CCW/MSP2022/6, A/RES72/276 is no symbol
    if number:
        text += number.text
    pointed = False
    while reader.read("point"):
        pointed = True
        piece = reader.read("number") or reader.read("word")
        if piece is None:
            reader.fail("expected a number")
        text += f".{piece.text}"
        text += _range(reader) or _tail(reader)
    if not pointed:
        text += _compound(reader)
    role = "name"
    if key in vocabulary.revisions:
        role = "revision"
    elif key in (vocabulary.numbered if pointed else vocabulary.kinds):
        role = "series"
    spelling = _spelling(key, pointed)
    return Component(spelling + text[len(word.text) :], role, qualifiers=_qualifiers(reader))


def _spelling(key: str, pointed: bool) -> str:
    vocabulary = words()
    tables = (vocabulary.revisions, vocabulary.numbered if pointed else vocabulary.kinds, vocabulary.bodies)
    return next((table[key] for table in tables if key in table), key)


def _tail(reader: Reader) -> str:
    """A letter or word that follows a number at once: ``WP.2a``."""
    start = reader.mark()
    if not reader.spaced and not _is_revision(reader) and (word := reader.read("word")):
        if len(word.text) == 1:
            return word.text.upper()
        reader.back(start)
    return ""


def _range(reader: Reader) -> str:
    """``SR.11-13``"""
    start = reader.mark()
    if reader.read("hyphen"):
        last = reader.read("number")
        if last:
            return f"-{last.text}"
        reader.back(start)
    return ""


def _compound(reader: Reader) -> str:
    """``COP-MOP``; not the hyphen of a pair, after which an organ and a slash follow."""
    start = reader.mark()
    if reader.read("hyphen"):
        word = reader.read("word")
        if word and word.text.upper() not in words().organs:
            return f"-{word.text.upper()}"
        reader.back(start)
    return ""


def _qualifiers(reader: Reader) -> tuple[str, ...]:
    """``{ "(" … ")" }``"""
    found = []
    while reader.read("open"):
        found.append(_qualifier(reader))
        reader.expect("close", "')'")
    return tuple(found)


def _qualifier(reader: Reader) -> str:
    """The inside of parentheses, canonical: ``XV``, ``S-VI``, ``2000``, ``PartI``, ``Sect.29A``."""
    arabic = reader.read("arabic")
    if arabic:
        prefix = {"د": "", "دإ": "S-", "دا": "S-", "دإط": "ES-", "داط": "ES-"}.get(arabic.text)
        if prefix is None:
            reader.fail("not a session", arabic.at)
        reader.expect("hyphen", "'-'")
        return prefix + roman(int(reader.expect("number", "a session").text))
    text = ""
    while token := next((t for n in ("number", "word", "point", "hyphen", "and") if (t := reader.read(n))), None):
        text += "and" if token.name == "and" else token.text
    if not text:
        reader.fail("expected a session, a year or a part")
    return _qualifier_spelling(text)


def _qualifier_spelling(text: str) -> str:
    upper = text.upper()
    prefix, _, session = upper.rpartition("-")
    if prefix in ("", "S", "ES") and _ROMAN.fullmatch(session):
        return upper
    for key, spelling in sorted(words().pieces.items(), key=lambda item: -len(item[0])):
        plain = key.replace(" ", "")
        if upper.startswith(plain):
            rest = text[len(plain) :]
            if plain == "PART" and "and" in rest:  # "Part I and II", as Chinese has it: Part I和II
                spelling = "Parts"
            return spelling.replace(" ", "") + (rest if "and" in rest else rest.upper())
    return text
