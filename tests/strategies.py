"""Whole documents for property tests, as hypothesis makes them.

``documents()`` are sound and realistic: ids, numbers, calls and citations agree as a parser's do, so that
a round trip can ask for equality and a typesetter can set them. ``odd_documents()`` hold anything the
types admit: writers must still write them.
"""

from __future__ import annotations

from functools import cache
from string import ascii_lowercase

from hypothesis import strategies as st

from unresolve import model as m

__all__ = ["documents", "odd_documents", "sentences"]

WORDS = {
    "en": "the Assembly work of all States progress water Secretary-General “report” notes in its follow-up",
    "fr": "les États Membres l’eau développement été où sous-régionaux progrès « rapport » la Secrétaire",
    "es": "los Estados Miembros el agua informe según niños cooperación de la Secretaría también",
    "ru": "Генеральная Ассамблея доклад о ходе работы государства-члены вода всех «развития» и",
    "zh": "大会 会员国 报告 水 秘书长 可持续 发展 工作 注意到 所有",
    "ar": "الجمعية العامة تقرير الأمين العام المياه جميع الدول الأعضاء في التنمية",
}
OPENERS = {
    "en": ("Recalling", "Requests"),
    "fr": ("Rappelant", "Prie"),
    "es": ("Recordando", "Pide"),
    "ru": ("ссылаясь", "просит"),
    "zh": ("回顾", "请"),
    "ar": ("وإذ تشير", "تطلب"),
}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")
CITED = (
    ("64/293", "resolution", "A/RES/64/293"),
    ("1514 (XV)", "resolution", "A/RES/1514(XV)"),
    ("A/72/115", "symbol", "A/72/115"),
    ("A/C.3/72/L.1/Rev.1", "symbol", "A/C.3/72/L.1/Rev.1"),
)
STYLES: tuple[m.MarkKind, ...] = ("bold", "italic", "subscript", "superscript", "underline")


@cache
def sentences(language: str, *, longest: int = 12) -> st.SearchStrategy[str]:
    """Words of a language with one space between: never empty, no space at the ends."""
    return st.lists(st.sampled_from(WORDS[language].split()), min_size=1, max_size=longest).map(" ".join)


@cache
def boxes() -> st.SearchStrategy[tuple[m.Box, ...]]:
    """No box, one, or two on pages that follow, as for a paragraph that runs over."""
    edge = st.integers(0, 8000).map(lambda tenths: tenths / 10)
    box = st.builds(m.Box, st.just(1), edge, edge, edge, edge)
    return st.one_of(
        st.just(()),
        box.map(lambda b: (b,)),
        box.map(lambda b: (b, m.Box(2, b.x0, 72.0, b.x1, b.y1))),
    )


QUARTER = st.integers(0, 3)


class Maker:
    """Draws the parts of one document and keeps its notes and citations as it goes."""

    def __init__(self, draw: st.DrawFn, language: str) -> None:
        self.draw = draw
        self.language = language
        self.notes: list[tuple[str, m.Text]] = []
        self.calls: list[list[m.Anchor]] = []
        self.citations: list[m.Citation] = []

    def chance(self) -> bool:
        return self.draw(QUARTER) == 0

    def plain(self, longest: int = 6) -> m.Text:
        return m.Text(self.draw(sentences(self.language, longest=longest)))

    def text(self, block: str, opener: str | None = None, *, notes: bool = True) -> m.Text:
        """A sentence: an opener in italics, emphasis, a page break, a citation, calls of notes."""
        content = self.draw(sentences(self.language))
        marks: list[m.Mark] = []
        if opener is not None:
            content = f"{opener} {content}"
            marks.append(m.Mark(0, len(opener), "italic"))
        if self.chance():
            content = self.cite(block, f"{content} ")
        if self.chance():
            start = self.draw(st.integers(len(opener or ""), len(content) - 1))
            end = self.draw(st.integers(start + 1, len(content)))
            marks.append(m.Mark(start, end, self.draw(st.sampled_from([s for s in STYLES if s != "italic"]))))
        if self.chance():
            at = self.draw(st.integers(0, len(content)))
            marks.append(m.Mark(at, at, "break", "2"))
        if notes and self.chance():
            marks.append(self.call(block, self.draw(st.integers(1, len(content)))))
        return m.Text(content, tuple(sorted(marks)))

    def cite(self, block: str, before: str) -> str:
        """``before`` and a citation, or a range of two, whose first says where it goes through to."""
        printed, kind, target = self.draw(st.sampled_from(CITED))
        if kind != "resolution" or not self.chance():
            return self._cited(block, before, printed, kind, target)
        before = self._cited(block, before, printed, kind, target, through="A/RES/70/4")
        return self._cited(block, f"{before} – ", "70/4", "resolution", "A/RES/70/4")

    def _cited(
        self, block: str, before: str, printed: str, kind: str, target: str, *, through: str | None = None
    ) -> str:
        end = len(before) + len(printed)
        self.citations.append(
            m.Citation(
                block,
                len(before),
                end,
                printed,
                kind,  # type: ignore[arg-type]
                target,
                url=f"https://docs.un.org/{self.language}/{target}",
                date=self.draw(st.sampled_from((None, "2010-07-30"))),
                resolved=self.draw(st.sampled_from(("printed", "link", "ibid", "name"))),
                confidence=self.draw(st.sampled_from((1.0, 0.5))),
                through=through,
            )
        )
        return before + printed

    def call(self, block: str, at: int) -> m.Mark:
        """The call of a new note or of one that was called before."""
        if self.notes and self.chance():
            n = self.draw(st.integers(1, len(self.notes)))
        else:
            n = len(self.notes) + 1
            marker = "*" if self.chance() else str(n)
            self.notes.append((marker, m.Text()))
            self.calls.append([])
            text = self.text(f"note_{n}", notes=False)
            if self.chance():
                text = m.Text.join((text, self.plain()), "\n")
            self.notes[n - 1] = (marker, text)
        self.calls[n - 1].append(m.Anchor(block, at))
        return m.Mark(at, at, "call", f"note_{n}")

    def field(self, value: str | None = None, *, block: str | None = None) -> m.Field:
        text = self.plain() if block is None else self.text(block)
        return m.Field(text, value, self.draw(boxes()))

    def maybe(self, value: str | None = None) -> m.Field | None:
        return self.field(value) if self.draw(st.booleans()) else None

    def opener(self, position: int) -> str | None:
        return OPENERS[self.language][position] if self.draw(st.booleans()) else None

    def paragraph(self, id: str, number: str | None, depth: int = 0) -> m.Paragraph:  # noqa: A002
        opener = self.opener(1)
        text = self.text(id, opener)
        points: list[m.Paragraph] = []
        closing = None
        if depth < 2 and self.chance():
            for n in range(self.draw(st.integers(1, 3))):
                letter = ascii_lowercase[n] if depth == 0 else ROMAN[n].lower()
                points.append(self.paragraph(f"{id}__point_{letter}", f"({letter})", depth + 1))
            if self.chance():
                closing = self.text(f"{id}/closing")
        return m.Paragraph(id, text, number, opener, tuple(points), closing, self.draw(boxes()))

    def table(self, id: str) -> m.Table:  # noqa: A002
        """A table with spans down and across, or, where the id says so, a list of contents."""
        caption = self.text(f"{id}/caption") if self.draw(st.booleans()) else None
        if id.rpartition("__")[2].startswith("toc_"):
            parts = self.draw(st.sampled_from((3, 4)))
            entries = tuple(self.entry(f"{id}/{r}", parts, r) for r in range(self.draw(st.integers(1, 3))))
            return m.Table(id, entries, caption, self.draw(boxes()))
        width = self.draw(st.integers(1, 3))
        rows = tuple(
            m.Row(tuple(self.cell(f"{id}/{r}/{c}", header=r == 0) for c in range(width)))
            for r in range(self.draw(st.integers(1, 3)))
        )
        return m.Table(id, rows, caption, self.draw(boxes()), self.below())

    def below(self) -> tuple[str, ...]:
        """The notes below a table: mostly none, or one that nothing calls, as "Source: …" is."""
        if not self.chance():
            return ()
        self.notes.append(
            (self.draw(st.sampled_from(("", "a"))), self.text(f"note_{len(self.notes) + 1}", notes=False))
        )
        self.calls.append([])
        return (f"note_{len(self.notes)}",)

    def entry(self, block: str, parts: int, n: int) -> m.Row:
        """An entry of the contents: number, title, paragraphs, page, of which all but the title may be missing."""
        number = m.Text(f"{ROMAN[n]}.") if self.draw(st.booleans()) else None
        rest = [m.Text("3 - 45"), m.Text("5")][4 - parts :]
        texts = (number, self.text(f"{block}/1"), *(text if self.draw(st.booleans()) else None for text in rest))
        return m.Row(tuple(m.Cell(() if text is None else (text,)) for text in texts))

    def cell(self, block: str, *, header: bool) -> m.Cell:
        if self.chance():
            return m.Cell((), header)
        paragraphs = (self.text(block), *([self.plain()] if self.chance() else []))
        return m.Cell(paragraphs, header, self.draw(st.integers(1, 2)), self.draw(st.integers(1, 2)))

    def blocks(self, prefix: str = "", depth: int = 0) -> tuple[m.Block, ...]:
        """Paragraphs in the order of their numbers, with what may stand between them."""
        made: list[m.Block] = []
        for n in range(1, self.draw(st.integers(1, 4)) + 1):
            kind = self.draw(st.integers(0, 9))
            if kind < 5:
                made.append(self.paragraph(f"{prefix}para_{n}", f"{n}."))
            elif kind == 5:
                made.append(self.paragraph(f"{prefix}para_nn_{n}", None))
            elif kind == 6:
                id_ = f"{prefix}heading_{n}"
                made.append(m.Heading(id_, self.text(id_), self.draw(boxes())))
            elif kind == 7:
                made.append(self.table(f"{prefix}{'toc' if self.chance() else 'table'}_{n}"))
            elif depth < 2:
                made.append(self.section(prefix, n, depth) if kind == 8 else self.adopted(prefix, n, depth))
        return tuple(made)

    def section(self, prefix: str, n: int, depth: int) -> m.Section:
        """A section with its number before its heading (``II. Title``), or on the line above (``II``)."""
        id_ = f"{prefix}sec_{ROMAN[n - 1]}"
        above = self.draw(st.booleans())
        label = m.Text(ROMAN[n - 1]) if above else None
        number = f"{ROMAN[n - 1]}." if not above and self.draw(st.booleans()) else None
        heading = self.text(f"{id_}/heading") if not above or self.draw(st.booleans()) else None
        blocks = self.blocks(f"{id_}__", depth + 1)
        return m.Section(id_, depth + 1, number, label, heading, blocks, self.draw(boxes()))

    def adopted(self, prefix: str, n: int, depth: int) -> m.AdoptedText:
        id_ = f"{prefix}declaration_{n}"
        name = self.draw(st.sampled_from(("declaration", "pact", "plan")))
        return m.AdoptedText(
            id_, name, self.text(f"{id_}/heading"), self.blocks(f"{id_}__", depth + 1), self.draw(boxes())
        )

    def parts(self) -> tuple[m.Block, ...]:
        """Resolutions A and B under one number, each with its own preamble."""
        made: list[m.Block] = []
        for letter in "AB":
            id_ = f"cmp_{letter}"
            heading = self.text(f"{id_}/heading") if self.draw(st.booleans()) else None
            formula = m.Paragraph(f"{id_}__formula_1", self.plain())
            recital = f"{id_}__preamble_1"
            blocks = (formula, m.Paragraph(recital, self.text(recital)), *self.blocks(f"{id_}__", 1))
            if letter == "A":
                blocks += (m.Paragraph(f"{id_}__closing_1", self.plain()),)
            made.append(m.Section(id_, 1, None, m.Text(letter), heading, blocks, self.draw(boxes())))
        return tuple(made)

    def masthead(self) -> m.Masthead:
        return m.Masthead(
            publisher=self.maybe(),
            symbol=self.maybe("A/RES/72/1"),
            organ=self.maybe(),
            distribution=self.maybe(),
            issued=self.maybe(self.draw(st.sampled_from((None, "2017-10-09")))),
            original_language=self.maybe("en"),
            session=self.maybe("72"),
            committee=self.maybe("c3"),
            agenda=tuple(m.AgendaItem(self.field("71 (a)"), self.maybe()) for _ in range(self.draw(st.integers(0, 2)))),
            heading=self.maybe("2017-09-27"),
            proponent=self.maybe(),
            originating=self.draw(st.sampled_from(((), ("A/72/L.1",), ("A/72/458", "A/72/L.2")))),
            number=self.maybe("72/1"),
            title=self.field(block="title") if self.draw(st.booleans()) else None,
            job_number=self.maybe("17-16970"),
        )

    def preamble(self) -> m.Preamble:
        formula = self.field() if self.draw(st.booleans()) else None
        made: list[m.Block] = []
        for n in range(1, self.draw(st.integers(0, 3)) + 1):
            id_ = f"preamble_{n}"
            if self.chance():
                made.append(m.Heading(id_, self.text(id_), self.draw(boxes())))
            elif self.chance():
                made.append(self.paragraph(id_, None))
            else:
                opener = self.opener(0)
                made.append(m.Paragraph(id_, self.text(id_, opener), None, opener, boxes=self.draw(boxes())))
        return m.Preamble(formula, tuple(made))

    def annex(self, n: int) -> m.Annex:
        id_ = f"att_{n}"
        heading = self.text(f"{id_}/heading") if self.draw(st.booleans()) else None
        return m.Annex(id_, self.plain(2), heading, self.blocks(f"{id_}__", 1), self.draw(boxes()))


@st.composite
def documents(draw: st.DrawFn, languages: tuple[str, ...] = ("ar", "zh", "en", "fr", "ru", "es")) -> m.Document:
    """A sound document in one of the languages."""
    make = Maker(draw, draw(st.sampled_from(languages)))
    masthead = make.masthead()
    if draw(QUARTER) == 0:
        preamble, body = m.Preamble(), make.parts()
    else:
        preamble, body = make.preamble(), make.blocks()
    later = [m.Sitting(make.field("25"), make.maybe("2017-09-28"))] if make.chance() else []
    closing = m.Closing(make.maybe("24"), make.maybe("2017-09-27"), tuple(later))
    annexes = tuple(make.annex(n) for n in range(1, draw(st.integers(0, 2)) + 1))
    notes = [
        m.Note(f"note_{n}", marker, text, tuple(calls), draw(st.integers(0, 2)), draw(boxes()))
        for n, ((marker, text), calls) in enumerate(zip(make.notes, make.calls, strict=True), 1)
    ]
    if make.chance():
        notes.append(m.Note(f"note_{len(notes) + 1}", "9", make.plain()))
    diagnostic = m.Diagnostic("note-not-called", "the call of note 9 was not found", 1, m.Box(1, 1.5, 2.0, 3.0, 4.25))
    return m.Document(
        source=m.Source("ab" * 32, pages=2, producer=draw(st.sampled_from((None, "Microsoft Word")))),
        kind=draw(st.sampled_from(("resolution", "draft resolution", "decision", "report", "letter", "document"))),
        language=make.language,
        masthead=masthead,
        preamble=preamble,
        body=body,
        annexes=annexes,
        closing=closing,
        notes=tuple(notes),
        citations=tuple(make.citations),
        diagnostics=(diagnostic,) if make.chance() else (),
    )


def odd_documents() -> st.SearchStrategy[m.Document]:
    """Documents in which nothing need agree with anything, of any characters a PDF may hold."""
    content = st.one_of(
        st.text(max_size=8), st.sampled_from(("", " ", "\x00\x0b", "\ufffe", "]]>&<", "a\nb", "\ud800"))
    )
    name = st.one_of(
        st.sampled_from(("para_1", "para_1__point_a", "toc_1", "", "a b", "#", "%zz", "authorialNote_1")), content
    )
    maybe = st.none() | content
    offset = st.integers(-1, 9)
    kinds = st.sampled_from((*STYLES, "call", "break"))
    marks = st.lists(st.builds(m.Mark, offset, offset, kinds, maybe | st.just("n")), max_size=3)
    text = st.builds(lambda c, k: m.Text(c, tuple(k)), content, marks)
    value = st.none() | st.sampled_from(("2017-02-30", "2017", "2017-10-09", "en", "A/RES/72/1")) | content
    field = st.none() | st.builds(m.Field, text, value)
    number = st.none() | st.sampled_from(("1.", "(a)", "II", "", "第一")) | content

    def several(one: st.SearchStrategy[m.Block]) -> st.SearchStrategy[tuple[m.Block, ...]]:
        return st.lists(one, max_size=2).map(tuple)

    paragraph: st.SearchStrategy[m.Paragraph] = st.deferred(
        lambda: st.builds(
            m.Paragraph, name, text, number, maybe, st.lists(paragraph, max_size=2).map(tuple), st.none() | text
        )
    )
    cell = st.builds(
        m.Cell, st.lists(text, max_size=2).map(tuple), st.booleans(), st.integers(-1, 3), st.integers(-1, 3)
    )
    row = st.builds(m.Row, st.lists(cell, max_size=2).map(tuple))
    table = st.builds(m.Table, name, st.lists(row, max_size=2).map(tuple), st.none() | text)
    block: st.SearchStrategy[m.Block] = st.deferred(
        lambda: st.one_of(
            paragraph,
            st.builds(m.Heading, name, text),
            table,
            st.builds(m.Section, name, st.integers(-1, 3), number, st.none() | text, st.none() | text, several(block)),
            st.builds(m.AdoptedText, name, content, st.none() | text, several(block)),
        )
    )
    kind = st.sampled_from(("symbol", "resolution", "internal", "treaty"))
    resolved = st.sampled_from(("printed", "ibid"))
    citation = st.builds(
        m.Citation, name, offset, offset, content, kind, value, value, value, value, maybe, resolved, through=maybe
    )
    note = st.builds(m.Note, st.just("n") | name, content, text, page=st.integers(0, 3))
    masthead = st.builds(
        m.Masthead, *[field] * 7, st.lists(st.builds(m.AgendaItem, field.filter(bool), field), max_size=1).map(tuple),
        field, field, st.lists(content, max_size=2).map(tuple), field, field, field, field,
    )  # fmt: skip
    return st.builds(
        m.Document,
        source=st.builds(m.Source, content),
        kind=st.sampled_from(("resolution", "letter")),
        language=st.sampled_from(("en", "und")) | content,
        masthead=masthead,
        preamble=st.builds(m.Preamble, field, several(block)),
        body=several(block),
        annexes=st.lists(st.builds(m.Annex, name, text, st.none() | text, several(block)), max_size=2).map(tuple),
        closing=st.builds(m.Closing, field, field),
        notes=st.lists(note, max_size=2).map(tuple),
        citations=st.lists(citation, max_size=3).map(tuple),
        diagnostics=st.lists(st.builds(m.Diagnostic, content, content), max_size=1).map(tuple),
    )
