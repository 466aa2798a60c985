"""The document as Markdown: CommonMark with tables and footnotes, as most renderers read them."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from unresolve.model import (
    AdoptedText,
    Annex,
    Block,
    Citation,
    Document,
    Field,
    Heading,
    Mark,
    Masthead,
    Note,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
)

__all__ = ["to_markdown"]

_LABEL = regex.compile(r"[\p{L}\p{N}]{1,12}")
# At the head of a line also what begins a list, a rule or a heading: "1." "-" "+" "=".
_HEAD = regex.compile(r"^(\d{1,9})([.)])|^([-+=])")
_SIGNS = regex.compile(r"[\\`*_\[\]<>#|~&$]|!(?=\[)")
_UNSEEN = regex.compile(r"[\p{Cc}\p{Cs}]")
_TAGS = {
    "italic": ("*", "<em>", "</em>"),
    "bold": ("**", "<strong>", "</strong>"),
    "underline": ("", "<u>", "</u>"),
    "superscript": ("", "<sup>", "</sup>"),
    "subscript": ("", "<sub>", "</sub>"),
}
_DEEPEST = 6


def to_markdown(document: Document, *, notes: bool = True, links: bool = True) -> bytes:
    """The document as UTF-8 Markdown.

    The printed numbers stand as they are (``1\\.``), points are nested lists (``- (a)``), notes are footnotes
    (``[^1]``), tables are those of GitHub. Without ``notes`` neither calls nor notes are written; without ``links``
    citations are plain text.
    """
    return _Markdown(document, notes=notes, links=links).made().encode("utf-8", "replace")


class _Markdown:
    def __init__(self, document: Document, *, notes: bool, links: bool) -> None:
        self._document = document
        self._labels = _labels(document.notes) if notes else {}
        self._links: dict[str, list[Citation]] = {}
        for citation in sorted(document.citations, key=lambda c: (c.start, -c.end)) if links else ():
            if citation.url:
                self._links.setdefault(citation.block, []).append(citation)

    def made(self) -> str:
        parts = [part for part in self._parts() if part.strip()]
        return "\n\n".join(parts) + "\n" if parts else ""

    def _parts(self) -> Iterator[str]:
        document = self._document
        yield self._head(document.masthead)
        yield self._title(document.masthead)
        if document.preamble.formula is not None:
            yield self._text(document.preamble.formula.text, "formula")
        yield from self._blocks((*document.preamble.blocks, *document.body), 2)
        yield "\\\n".join(self._text(field.text, name) for name, field in document.closing.fields())
        for annex in document.annexes:
            yield from self._annex(annex)
        for note in document.notes if self._labels else ():
            yield self._note(note)

    def _head(self, head: Masthead) -> str:
        """The fields of the masthead but number and title, a line each."""
        fields: list[tuple[str, Field | None]] = [
            (name, getattr(head, name))
            for name in ("publisher", "symbol", "organ", "distribution", "issued", "original_language", "session")
        ]
        for n, item in enumerate(head.agenda):
            fields += [(f"agenda/{n}", item.label), (f"agenda/{n}/title", item.title)]
        fields += [(name, getattr(head, name)) for name in ("heading", "proponent", "job_number")]
        return "\\\n".join(self._text(field.text, name) for name, field in fields if field is not None and field.text)

    def _title(self, head: Masthead) -> str:
        parts = [(name, field) for name, field in (("number", head.number), ("title", head.title)) if field is not None]
        return _heading(1, " ".join(self._text(field.text, name) for name, field in parts))

    def _annex(self, annex: Annex) -> Iterator[str]:
        yield _heading(2, self._text(annex.label, f"{annex.id}/label"))
        if annex.heading is not None:
            yield _heading(3, self._text(annex.heading, f"{annex.id}/heading"))
        yield from self._blocks(annex.blocks, 3)

    def _blocks(self, blocks: tuple[Block, ...], level: int) -> Iterator[str]:
        for block in blocks:
            match block:
                case Paragraph():
                    yield from self._paragraph(block)
                case Heading():
                    yield _heading(level, self._text(block.text, block.id))
                case Section():
                    label = self._text(block.label, f"{block.id}/label") if block.label is not None else ""
                    number = _escaped(block.number or "")
                    title = self._text(block.heading, f"{block.id}/heading") if block.heading is not None else ""
                    yield _heading(level, " ".join(part for part in (label, number, title) if part))
                    yield from self._blocks(block.blocks, level + 1)
                case AdoptedText():
                    if block.heading is not None:
                        yield _heading(level, self._text(block.heading, f"{block.id}/heading"))
                    yield from self._blocks(block.blocks, level + 1)
                case Table():
                    yield from self._table(block)

    def _paragraph(self, block: Paragraph) -> Iterator[str]:
        yield _at_head(self._numbered(block))
        if block.points:
            yield "\n".join(line for point in block.points for line in self._point(point, 0))
        if block.closing is not None:
            yield _at_head(self._text(block.closing, f"{block.id}/closing"))

    def _point(self, point: Paragraph, depth: int) -> Iterator[str]:
        indent = "  " * depth
        yield f"{indent}- {_at_head(self._numbered(point))}"
        for inner in point.points:
            yield from self._point(inner, depth + 1)
        if point.closing is not None:
            yield f"\n{indent}  {_at_head(self._text(point.closing, f'{point.id}/closing'))}\n"

    def _numbered(self, block: Paragraph) -> str:
        text = self._text(block.text, block.id)
        return f"{_escaped(block.number)} {text}" if block.number else text

    def _table(self, block: Table) -> Iterator[str]:
        if block.caption is not None:
            yield f"<strong>{self._text(block.caption, f'{block.id}/caption')}</strong>"
        if not block.rows:
            return
        grid = [list(self._row(row, f"{block.id}/{r}")) for r, row in enumerate(block.rows)]
        width = max(1, *(len(row) for row in grid))
        head = grid.pop(0) if any(cell.header for cell in block.rows[0].cells) else []
        yield "\n".join(
            "| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in (head, ["---"] * width, *grid)
        )

    def _row(self, row: Row, place: str) -> Iterator[str]:
        """The cells of a row; a cell over several columns is followed by empty ones."""
        for c, cell in enumerate(row.cells):
            shown = [self._text(text, f"{place}/{c}") for text in cell.paragraphs[:1]]
            # Citations of a cell count from its first paragraph: those of the others are not linked.
            shown += [self._text(text, "") for text in cell.paragraphs[1:]]
            yield "<br>".join(shown)
            yield from [""] * (cell.colspan - 1)

    def _note(self, note: Note) -> str:
        lines = self._text(note.text, note.id, breaks="\n").split("\n")
        return f"[^{self._labels[note.id]}]: " + "\n\n    ".join(_at_head(line) for line in lines)

    def _text(self, text: Text, place: str, breaks: str = " ") -> str:
        """A text with its emphasis, calls and links."""
        spans: list[tuple[int, int, Mark | Citation]] = [
            (m.start, m.end, m) for m in text.marks if m.kind in _TAGS and m.start < m.end
        ]
        spans += [(c.start, c.end, c) for c in _apart(self._links.get(place, ()), len(text))]
        calls = [m for m in text.marks if m.kind == "call" and m.target in self._labels]
        cuts = {0, len(text), *(cut for a, b, _ in spans for cut in (a, b)), *(mark.start for mark in calls)}
        at = sorted(cut for cut in cuts if 0 <= cut <= len(text))
        out: list[str] = []
        for start, end in zip(at, [*at[1:], at[-1]], strict=True):
            out += (f"[^{self._labels[mark.target or '']}]" for mark in calls if mark.start == start)
            whole = sorted((s for s in spans if s[0] <= start and end <= s[1]), key=lambda s: (s[0], -s[1]))
            out.append(_wrapped(text.content, start, end, [what for _, _, what in whole], breaks))
        return "".join(out)


def _labels(notes: tuple[Note, ...]) -> dict[str, str]:
    """The label of each note: its marker where that is a word and no other note has it, else its place."""
    labels: dict[str, str] = {}
    taken = set()
    for n, note in enumerate(notes, 1):
        label = note.marker if _LABEL.fullmatch(note.marker) and note.marker not in taken else f"note-{n}"
        taken.add(label)
        labels.setdefault(note.id, label)
    return labels


def _apart(citations: list[Citation] | tuple[()], length: int) -> Iterator[Citation]:
    """The citations that do not overlap the one before them: a link cannot stand in a link."""
    free = 0
    for citation in citations:
        if free <= citation.start < citation.end <= length:
            yield citation
            free = citation.end


def _wrapped(content: str, start: int, end: int, inside: list[Mark | Citation], breaks: str) -> str:
    """The characters ``[start, end)`` in the emphasis and the link they stand in.

    Stars where CommonMark takes them for emphasis: not beside another star, and where the first and the last sign
    are letters or figures; else the tags they stand for.
    """
    piece = content[start:end]
    if not piece.strip():
        return _escaped(piece, breaks)
    left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
    core = _escaped(piece[left:right], breaks)
    kinds = list(dict.fromkeys(what.kind for what in inside if isinstance(what, Mark)))
    starred = len(kinds) == 1 and _can_be_starred(content, start + left, start + right, inside)
    for kind in reversed(kinds):
        stars, opening, closing = _TAGS[kind]
        core = f"{stars}{core}{stars}" if starred and stars else f"{opening}{core}{closing}"
    link = next((what for what in inside if isinstance(what, Citation)), None)
    if link is not None and link.url is not None:
        core = f"[{core}](<{_address(link.url)}>)"
    return _escaped(piece[:left], breaks) + core + _escaped(piece[right:], breaks)


def _can_be_starred(content: str, start: int, end: int, inside: list[Mark | Citation]) -> bool:
    whole = all(what.start >= start - 1 and what.end <= end + 1 for what in inside)
    edges = content[start].isalnum() and content[end - 1].isalnum()
    return whole and edges


def _address(url: str) -> str:
    return str(_UNSEEN.sub("", url)).replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")


def _heading(level: int, text: str) -> str:
    return f"{'#' * min(level, _DEEPEST)} {text}" if text else ""


def _escaped(text: str, breaks: str = " ") -> str:
    """The text with a backslash before every sign that means something, and without line feeds."""
    flat = breaks.join(_UNSEEN.sub(" ", line) for line in text.split("\n"))
    return str(_SIGNS.sub(r"\\\g<0>", flat))


def _at_head(line: str) -> str:
    """A line that begins no list, no rule and no block of code."""
    return str(_HEAD.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line.lstrip()))
