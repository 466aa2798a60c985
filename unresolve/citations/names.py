"""Names that a footnote defines: "the 2030 Agenda for Sustainable Development²", note 2 "Resolution 70/1."

Every later mention of the name, or of a beginning of it that can be nothing else ("the 2030 Agenda"),
leads to what the note cites.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex

from unresolve.model import Citation, Document
from unresolve.patterns import late

from .grammar import Grammar
from .passages import Passage
from .spans import by_block, is_free, spans

__all__ = ["named_citations"]

_BEFORE = 220  # characters before a call in which its name begins
_TELLING = 3  # words that a shortened name keeps; two where a year is one of them
_YEAR = late(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_STOPS = " \u00a0,;:.，、；：。،؛"  # English and Chinese call a note after them: "the 2030 Agenda,²"
_ENDING = r"\p{L}{0,4}"
_EDGE = '《》“”"«» '


class _Name(NamedTuple):
    text: str
    pattern: regex.Pattern[str]
    clue: str
    source: Citation


class _Looks(NamedTuple):
    """Patterns of the shortest form of a name and of all its forms, and the letters that stand in each of them."""

    shortest: str
    whole: str
    clue: str


def named_citations(
    document: Document, texts: Iterable[Passage], found: list[Citation], words: Grammar
) -> Iterator[Citation]:
    """A citation for every mention of a name that a note of the document defines."""
    names = _names(document, {passage.block: passage.text for passage in texts}, found, words)
    notes = {note.id for note in document.notes}
    cited = by_block(found)
    for passage in texts if names else ():
        if passage.block in notes or passage.block in ("title", "proponent"):
            continue
        taken = spans(cited.get(passage.block, ()))
        for name in names:
            # Most passages hold few of the names, and looking for a word costs little.
            for match in name.pattern.finditer(passage.text) if name.clue in passage.text else ():
                start, end = match.span()
                if not is_free(taken, start, end) or _is_other(match, name, names, words):
                    continue
                insort(taken, (start, end))
                source = name.source
                yield Citation(
                    block=passage.block,
                    start=start,
                    end=end,
                    text=match[0],
                    kind=source.kind,
                    target=source.target,
                    url=source.url,
                    pinpoint=source.pinpoint,
                    resolved="name",
                    confidence=0.9,
                    reason=f"named by the note that cites {source.text}",
                )


def _is_other(match: regex.Match[str], name: _Name, names: list[_Name], words: Grammar) -> bool:
    """Whether a shortened name may begin another: "Convention on the Rights" of the Child, of Persons …"""
    short = match[0].casefold()
    if len(short) >= len(name.text):
        return False
    if any(n.source.target != name.source.target and n.text.casefold().startswith(short) for n in names):
        return True
    following = regex.match(r"[\s'’]{1,2}(\p{L}+)", match.string, pos=match.end())
    return not _YEAR.search(short) and following is not None and following[1].casefold() in words.defining


def _names(document: Document, texts: dict[str, str], found: list[Citation], words: Grammar) -> list[_Name]:
    """The names defined in a document, longest first; one that would mean two things is none.

    Of names that begin alike the one defined first is believed, and in its shortest form: a longer one has the
    rest of its sentence in it.
    """
    names: dict[str, _Name] = {}
    twice: set[str] = set()
    cited = by_block(c for c in found if c.target)
    for note in document.notes:
        source = next(iter(cited.get(note.id, ())), None)
        if source is None or not _can_be_named(source):
            continue
        for call in note.calls:
            before = texts.get(call.block, "")[max(0, call.offset - _BEFORE) : call.offset].rstrip(_STOPS)
            match = words.search("name", before)
            printed = _last_named(match["name"], words) if match else ""
            looks = _looks(printed, words) if printed else None
            if looks is None:
                continue
            name = _Name(printed, regex.compile(looks.whole), looks.clue, source)
            key = looks.shortest
            known = names.setdefault(key, name)
            if known.source.target != source.target:
                if known.text == name.text:
                    twice.add(key)
            elif len(name.text) < len(known.text):
                names[key] = name
    once = [name for key, name in names.items() if key not in twice]
    return sorted(once, key=lambda name: (-len(name.text), name.text))


def _last_named(name: str, words: Grammar) -> str:
    """The last of the names in a row: "the Convention on Climate Change and the Sendai Framework" has two."""
    for match in regex.finditer(words.joining, name) if words.joining else ():
        last = name[match.end() :]
        if _is_name(last, words):
            return _last_named(last, words)
    return name


def _can_be_named(source: Citation) -> bool:
    """An instrument has a name; a report does not, unless the name is of its annex."""
    return source.kind in ("resolution", "decision", "treaty") or (
        source.kind == "symbol" and "annex" in (source.pinpoint or "")
    )


def _looks(name: str, words: Grammar) -> _Looks | None:
    """What a name looks like in its forms; None if it tells too little."""
    if words.noun_follows:
        return _ideographic(name)
    found = list(regex.finditer(r"[\p{L}\p{N}–-]+", name))
    pieces = [match[0] for match in found]
    telling = [n for n, piece in enumerate(pieces) if _tells(piece, words)]
    dated = next((n for n, piece in enumerate(pieces) if _YEAR.search(piece)), -1)  # 2030, 2018-2028
    least = next(
        (
            n
            for count, n in enumerate(telling, 1)
            if count >= _least(pieces[: n + 1]) and (n >= dated >= 0 or _is_name(name[: found[n].end()], words))
        ),
        None,
    )
    if least is None:
        return None
    stems = [_stem(piece, words) for piece in pieces]
    looks = [_inflected(piece, stem, words) for piece, stem in zip(pieces, stems, strict=True)]
    gap = r"[\s'’]{1,2}"
    pattern = gap.join(looks[: least + 1])
    rest = ""
    for n in reversed([n for n in telling if n > least]):
        previous = max((m for m in telling if m < n), default=least)
        rest = f"(?:,?{gap}{gap.join(looks[previous + 1 : n + 1])}{rest})?"
    whole = pattern + rest
    if dated > 0 and pieces.count(pieces[0]) == 1:
        between = r"{0,5}" if words.lang in ("ru", "ar") else r"{0,1}"
        word = rf"(?:{gap}\p{{Ll}}[\p{{L}}-]{{0,14}}|{gap}\p{{Arabic}}{{1,12}})"
        whole = rf"{whole}|{looks[0]}{word}{between}{gap}{looks[dated]}"
    return _Looks(pattern, rf"(?<![\p{{L}}\p{{N}}])(?:{whole})(?![\p{{L}}\p{{N}}])", stems[0])


def _is_name(text: str, words: Grammar) -> bool:
    """Whether a beginning of a name is one by itself: "World Trade Organization" of its Agenda is not."""
    match = words.search("name", text)
    return match is not None and match.start("name") == 0


def _least(pieces: list[str]) -> int:
    return _TELLING - 1 if any(_YEAR.search(piece) for piece in pieces) else _TELLING


def _tells(piece: str, words: Grammar) -> bool:
    return piece.lower() not in words.small_words and (len(piece) > 2 or piece.isdecimal())


def _stem(piece: str, words: Grammar) -> str:
    """What of a word its cases share: Russian changes the end, Arabic writes its article before it."""
    if words.lang == "ru" and len(piece) > 3 and piece.isalpha():
        return piece[: max(3, len(piece) - 3)]
    if words.lang == "ar":
        return str(regex.sub(r"^(?:ال|لل)", "", piece))
    return piece


def _inflected(piece: str, stem: str, words: Grammar) -> str:
    """A word in any of its cases."""
    if words.lang == "ar":
        return rf"(?:[ولبكف]?ال|لل)?{regex.escape(stem)}"
    return f"{regex.escape(stem)}{_ENDING if stem != piece else ''}"


def _ideographic(name: str) -> _Looks | None:
    plain = name.strip(_EDGE)
    year = _YEAR.search(plain)
    if len(plain) < 4:
        return None
    # Some programs put a space between figures and characters: 《2030 年议程》.
    pieces = regex.findall(r"\d+|[^\d\s]+", plain)
    patterns = [r"\s?".join(map(regex.escape, pieces))]
    if year and len(plain) > year.end() + 3:
        patterns.append(rf"{year[0]}\s?年\s?{regex.escape(plain[-2:])}")  # 《2030年议程》
    return _Looks(patterns[0], "|".join(patterns), year[0] if year else pieces[0])
