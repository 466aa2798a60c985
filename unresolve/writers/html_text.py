"""Running text in HTML: emphasis, note calls, citations as links, page breaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

import regex
from markupsafe import Markup, escape

from unresolve.model import Citation, Document, Mark, Text

from .akn_refs import reference_url
from .akn_xml import clean

__all__ = ["Ids", "Inline"]

_TAGS = {"italic": "i", "bold": "b", "underline": "u", "superscript": "sup", "subscript": "sub"}
_UNFIT = regex.compile(r"[^\w.-]+")
_WEB = ("https://", "http://")


class Ids:
    """The ids of one column of a page: those of the model behind the name of the column, each once."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._given: dict[str, str] = {}
        self._taken: set[str] = set()

    def of(self, name: str) -> str:
        """The id of the thing called ``name``: always the same, and fit to be an anchor."""
        if name not in self._given:
            made = wanted = _UNFIT.sub(".", clean(self._prefix + name))
            n = 1
            while made in self._taken:
                n += 1
                made = f"{wanted}.{n}"
            self._taken.add(made)
            self._given[name] = made
        return self._given[name]


class Inline:
    """Writes the texts of one document; it remembers where notes were called."""

    def __init__(self, document: Document, ids: Ids) -> None:
        self._ids = ids
        self._notes = {note.id: note for note in document.notes}
        self._citations: defaultdict[str, list[tuple[int, Citation]]] = defaultdict(list)
        for n, citation in enumerate(document.citations, 1):
            self._citations[citation.block].append((n, citation))
        for found in self._citations.values():
            found.sort(key=lambda item: (item[1].start, -item[1].end))
        self._inside = {block.id for block in document.blocks()} | {annex.id for annex in document.annexes}
        self.calls: defaultdict[str, list[str]] = defaultdict(list)
        """The ids of the calls written so far, by the id of the note."""

    def write(self, text: Text, name: str) -> Markup:
        """``text``, which citations know as ``name``."""
        out: list[str] = []
        at = 0
        for n, citation in self._apart(name, len(text)):
            out.append(self._styled(text, at, citation.start))
            out.append(self._citation(text, n, citation))
            at = citation.end
        out.append(self._styled(text, at, len(text), last=True))
        return Markup("".join(out))

    def _apart(self, name: str, length: int) -> Iterator[tuple[int, Citation]]:
        """The citations of a text that do not overlap one that begins before them."""
        free = 0
        for n, citation in self._citations.get(name, ()):
            if free <= citation.start < citation.end <= length:
                yield n, citation
                free = citation.end

    def _citation(self, text: Text, n: int, citation: Citation) -> str:
        """A citation; a note called inside it stands between its pieces, as links may not hold links."""
        inner = {m.start for m in text.marks if m.kind in ("call", "break") and citation.start < m.start < citation.end}
        edges = [citation.start, *sorted(inner), citation.end]
        tag, attributes = self._element(citation)
        kind = "c unsure" if citation.confidence < 1 else "c"
        own = escape(self._ids.of(f"cite-{n}"))
        out: list[str] = []
        for start, end in pairwise(edges):
            place = f'id="{own}"' if start == citation.start else f'data-for="{own}"'
            out.append(self._points(text, start))
            out.append(f'<{tag} class="{kind}" {place} {attributes}>{self._spans(text, start, end)}</{tag}>')
        return "".join(out)

    def _element(self, citation: Citation) -> tuple[str, str]:
        """The element of a citation, ``a`` where it leads somewhere, and its attributes: what is known of it."""
        url = reference_url(citation)
        told = Markup('title="{}"').format(_told(citation)) if _told(citation) != citation.text else ""
        if citation.kind == "internal" and citation.target in self._inside:
            return "a", Markup('href="#{}" {}').format(self._ids.of(citation.target or ""), told)
        if url and url.startswith(_WEB):
            return "a", Markup('href="{}" {}').format(url, told)
        return "span", Markup('tabindex="0" {}').format(told)

    def _styled(self, text: Text, start: int, end: int, *, last: bool = False) -> str:
        """The characters ``[start, end)`` with the calls and page breaks among them, those at its end if ``last``."""
        cuts = sorted(
            {m.start for m in text.marks if m.start == m.end and start <= m.start < end + last} | {start, end}
        )
        out: list[str] = []
        for at, after in zip(cuts, [*cuts[1:], end], strict=True):
            if at < end or last:
                out.append(self._points(text, at))
            out.append(self._spans(text, at, after))
        return "".join(out)

    def _spans(self, text: Text, start: int, end: int) -> str:
        """The characters ``[start, end)`` with their emphasis and the links of the file."""
        spans = [m for m in text.marks if m.start < end and m.end > start and m.start < m.end]
        cuts = sorted({start, end} | {edge for m in spans for edge in (m.start, m.end) if start < edge < end})
        content = clean(text.content)
        out: list[str] = []
        for a, b in pairwise(cuts):
            tags = [_TAGS[m.kind] for m in spans if m.start <= a and b <= m.end and m.kind in _TAGS]
            tags = list(dict.fromkeys(tags))
            opened = "".join(f"<{tag}>" for tag in tags)
            closed = "".join(f"</{tag}>" for tag in reversed(tags))
            out.append(f"{opened}{escape(content[a:b])}{closed}")
        return "".join(out)

    def _points(self, text: Text, at: int) -> str:
        return "".join(self._point(m) for m in text.marks if m.start == m.end == at)

    def _point(self, mark: Mark) -> str:
        if mark.kind == "call" and mark.target in self._notes:
            note = self._notes[mark.target]
            calls = self.calls[note.id]
            calls.append(self._ids.of(f"call-{note.id}-{len(calls) + 1}"))
            marker = f"({note.marker})" if note.brackets else note.marker
            made = Markup('<sup><a class="n" id="{}" href="#{}" role="doc-noteref" aria-describedby="{}">{}</a></sup>')
            aim = self._ids.of(note.id)
            return made.format(calls[-1], aim, f"{aim}-text", clean(marker))
        if mark.kind == "break" and mark.target:
            page = clean(mark.target)
            made = Markup('<span class="pb" role="doc-pagebreak" aria-label="page {0}" data-page="{0}"></span>')
            return made.format(page)
        return ""


def _told(citation: Citation) -> str:
    """What is known of a citation, in a line."""
    meant = ", ".join(clean(part) for part in (citation.target or "no target", citation.pinpoint) if part)
    known: Iterable[str] = filter(None, (meant, citation.date, citation.relation, citation.reason))
    sure = () if citation.confidence == 1 else (f"confidence {citation.confidence:.2f}",)
    return " · ".join((*map(clean, known), *sure))
