"""Random resolutions for property tests: grammatical nonsense in the form the United Nations prints.

A document is drawn as a manuscript (see ``manuscript.py``) and read like one, so that a failing example can
be pasted into a TOML file. The words of a language are in ``vocabulary.toml``.
"""

from __future__ import annotations

import datetime
import functools
import tomllib
from importlib.resources import files
from typing import Any

from hypothesis import strategies as st

from unresolve.model import Document

from .manuscript import from_manuscript

__all__ = ["LANGUAGES", "documents"]

ROMAN = ("I", "II", "III", "IV")


@functools.cache
def _vocabulary() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text("utf-8"))


LANGUAGES = tuple(_vocabulary())


@st.composite
def documents(draw: st.DrawFn, language: str) -> Document:
    """Whole resolutions: masthead, preamble, operative part in sections or not, notes, annexes, a table."""
    return from_manuscript(_Author(draw, language).manuscript())


class _Author:
    """Writes one manuscript; notes are numbered as they come."""

    def __init__(self, draw: st.DrawFn, language: str) -> None:
        self.draw = draw
        self.language = language
        self.words = _vocabulary()[language]
        self.notes: dict[str, str] = {}

    def manuscript(self) -> dict[str, Any]:
        adopted = self.draw(st.dates(datetime.date(2030, 1, 1), datetime.date(2039, 12, 31)))
        masthead = self.masthead(adopted)
        preamble = [{"text": self.text(",", self.words["preamble"])} for _ in range(self.count(1, 5))]
        body = self.body()
        annexes = self.annexes()
        return {
            "language": self.language,
            "kind": "resolution",
            "masthead": masthead,
            "preamble": {"formula": self.words["formula"], "blocks": preamble},
            "body": body,
            "annexes": annexes,
            "closing": {"meeting": self.pick(self.words["meetings"]), "date": self.date(adopted)},
            "notes": self.notes,
        }

    # Chance ---------------------------------------------------------------------------------------------

    def count(self, least: int, most: int) -> int:
        return self.draw(st.integers(least, most))

    def chance(self, of: int) -> bool:
        """True once in ``of`` times."""
        return self.count(1, of) == of

    def pick(self, choices: list[Any]) -> Any:
        return self.draw(st.sampled_from(choices))

    # Masthead -------------------------------------------------------------------------------------------

    def masthead(self, adopted: datetime.date) -> dict[str, Any]:
        words = self.words
        session = self.pick(words["sessions"])
        number = f"{session['value']}/{self.count(1, 320)}"
        item = str(self.count(1, 140))
        draft = f"A/{session['value']}/{self.count(1, 500)}"
        job = f"{adopted:%y}-{self.count(0, 99999):05}"
        date = self.date(adopted)
        return {
            "publisher": words["publisher"],
            "symbol": {"text": f"A/RES/{number}", "value": f"A/RES/{number}"},
            "organ": words["organ"],
            "distribution": words["distribution"],
            "issued": self.date(adopted + datetime.timedelta(days=9), words.get("issued_in")),
            "session": session,
            "agenda": [{"label": {"text": words["agenda"].format(item), "value": item}, "title": self.title()}],
            "heading": {"text": words["heading"].format(date["text"]), "value": date["value"]},
            "proponent": words["proponent"].format(draft),
            "originating": [draft],
            "number": {"text": words["number"].format(number), "value": number},
            "title": self.title(),
            "job_number": {"text": f"{job} ({words['job']})", "value": job},
        }

    def date(self, date: datetime.date, language: str | None = None) -> dict[str, str]:
        words = _vocabulary()[language or self.language]
        day = words["first"] if date.day == 1 else str(date.day)
        text = words["date"].format(day=day, month=words["months"][date.month - 1], year=date.year)
        return {"text": text, "value": date.isoformat()}

    def title(self) -> str:
        title: str = self.space.join(self.some_words(2, 9))
        return title[0].upper() + title[1:]

    # Text -----------------------------------------------------------------------------------------------

    @property
    def space(self) -> str:
        return "" if self.language == "zh" else " "

    def some_words(self, least: int, most: int) -> list[str]:
        return self.draw(st.lists(st.sampled_from(self.words["words"]), min_size=least, max_size=most))

    def text(self, end: str, openers: list[str] | None = None, *, most: int = 45) -> str:
        """A sentence in the manuscript's markup: opener, words, stop, and now and then a note's call."""
        words = self.some_words(4, most)
        call = self.call()
        if call and self.chance(3):
            middle = len(words) // 2
            words[middle] += call
            call = ""
        stop: str = self.words["stops"][end]
        written: str = self.space.join(words) + (stop + call if self.words["call_after_stop"] else call + stop)
        if openers:
            opener: str = self.words["opener"].format(self.pick(openers))
            return opener + self.space + written
        return written[0].upper() + written[1:]

    def call(self) -> str:
        """Mostly nothing; a new note's call, or an earlier note's once more."""
        if not self.chance(4):
            return ""
        if self.notes and self.chance(4):
            return f"[^{self.pick(sorted(self.notes))}]"
        marker = str(len(self.notes) + 1)
        self.notes[marker] = self.pick(self.words["notes"])
        return f"[^{marker}]"

    # Blocks ---------------------------------------------------------------------------------------------

    def body(self) -> list[dict[str, Any]]:
        form = self.pick(["plain", "plain", "sections", "declaration"])
        if form == "sections":
            return self.sections()
        if form == "declaration":
            return self.declaration()
        count = self.count(1, 9)
        # A single operative paragraph has no number.
        if count == 1:
            return [{"text": self.text(".", self.words["operative"])}]
        return [self.operative(n, last=n == count) for n in range(1, count + 1)]

    def sections(self) -> list[dict[str, Any]]:
        sections: list[dict[str, Any]] = []
        n, count = 0, self.count(2, 4)
        for roman in ROMAN[:count]:
            heading, blocks = self.title(), []
            inside = self.count(1, 3)
            for i in range(1, inside + 1):
                n += 1
                blocks.append(self.operative(n, last=roman == ROMAN[count - 1] and i == inside))
            sections.append({"section": roman, "heading": heading, "blocks": blocks})
        return sections

    def declaration(self) -> list[dict[str, Any]]:
        """ "Adopts the following declaration:" and the declaration, with numbers of its own."""
        blocks = [self.paragraph(n, None, ".") for n in range(1, self.count(2, 8) + 1)]
        heading = self.words["declaration"].format(self.title())
        return [{"text": self.words["adopts"]}, {"adopted": "declaration", "heading": heading, "blocks": blocks}]

    def operative(self, n: int, *, last: bool) -> dict[str, Any]:
        return self.paragraph(n, self.words["operative"], "." if last else ";")

    def paragraph(self, n: int, openers: list[str] | None, end: str) -> dict[str, Any]:
        number = self.words["numbered"].format(n)
        if not self.chance(3):
            return {"number": number, "text": self.text(end, openers)}
        text, closed = self.text(":", openers), bool(openers) and self.chance(4)
        paragraph = {"number": number, "text": text, "points": self.points(0, ";" if closed else end)}
        if closed:
            paragraph["closing"] = self.space.join(self.some_words(5, 30)) + self.words["stops"][end]
        return paragraph

    def points(self, depth: int, end: str) -> list[dict[str, Any]]:
        letters = self.words["points"][depth]
        count = self.count(2, len(letters))
        points = []
        for letter in letters[:count]:
            nested = depth == 0 and self.chance(5)
            point: dict[str, Any] = {"number": letter}
            stop = ":" if nested else end if letter == letters[count - 1] else ";"
            point["text"] = self.text(stop, most=25)
            if nested:
                point["points"] = self.points(1, ";")
            points.append(point)
        return points

    def annexes(self) -> list[dict[str, Any]]:
        count = max(0, self.count(-1, 2))
        labels = self.words["annex"]
        return [self.annex(labels[0] if count == 1 else label) for label in labels[1:][:count] or labels[:count]]

    def annex(self, label: str) -> dict[str, Any]:
        """An annex with numbers of its own, under headings or not."""
        title, headed = self.title(), self.chance(2)
        blocks = [self.paragraph(n, None, ".") for n in range(1, self.count(2, 5) + 1)]
        if self.chance(2):
            blocks.insert(1, self.table())
        if headed:
            cut = self.count(1, len(blocks))
            parts = [part for part in (blocks[:cut], blocks[cut:]) if part]
            numbers = self.pick([("", ""), ("A.", "B."), ("I.", "II.")])
            blocks = [
                {"section": number, "heading": self.title(), "blocks": part}
                for number, part in zip(numbers, parts, strict=False)
            ]
        return {"label": label, "heading": title, "blocks": blocks}

    def table(self) -> dict[str, Any]:
        columns = self.count(2, 4)
        rows = [[self.title() for _ in range(columns)] for _ in range(self.count(2, 5))]
        return {"rows": rows}
