"""The web page of a document, or of its language versions side by side: :func:`view` and its pieces.

Each file is parsed, its citations are found on the page, and the rest of the parse is let go; the page is then
written piece by piece, each picture drawn when its turn comes. Of a long document no more than the model, the bytes
of the PDF and one page are in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from unresolve.model import Box, Document, Field, Text
from unresolve.pipeline import Engine, Input, Stages, stages
from unresolve.writers.html import Column, html_pieces

if TYPE_CHECKING:
    from unresolve.layout.zones import Layout

__all__ = ["column_of", "pieces", "places_of", "view"]


def view(
    *sources: Input,
    pictures: bool = True,
    lang: str | None = None,
    engine: Engine = "pdfium",
    tags: bool = True,
    links: bool = True,
) -> bytes:
    """One self-contained HTML page of one document, or of several side by side.

    Takes the sources and options of :func:`unresolve.parse`; without ``pictures`` it is a page of text alone. Raises
    what parse raises, and ValueError without a source.
    """
    found = [stages(source, lang=lang, engine=engine, tags=tags, links=links) for source in sources]
    return b"".join(pieces(found, pictures=pictures))


def pieces(found: Sequence[Stages], *, pictures: bool = True) -> Iterator[bytes]:
    """The page of the documents in UTF-8, piece by piece; all are parsed before the first piece is given."""
    return html_pieces([column_of(one, pictures=pictures) for one in found])


def column_of(found: Stages, *, pictures: bool = True) -> Column:
    """A document with its pictures and with the places of its citations; marked text has neither."""
    from unresolve.readers.checks import is_pdf
    from unresolve.readers.pictures import pictures as draw

    document = found.citations
    if not pictures or not is_pdf(found.data):
        return Column(document)
    return Column(document, draw(found.data), places_of(document, found.layout))


def places_of(document: Document, layout: Layout) -> list[tuple[Box, ...]]:
    """The boxes of each citation, one a line; none where its words are not found in its block."""
    from unresolve.layout.places import Places

    places = Places(layout)
    texts = dict(_texts(document))
    made = []
    for citation in document.citations:
        text, boxes = texts.get(citation.block) or texts.get(citation.block.partition("/")[0]) or (Text(), ())
        made.append(places.find(citation.text, boxes, citation.start / max(len(text), 1)))
    return made


def _texts(document: Document) -> Iterator[tuple[str, tuple[Text, tuple[Box, ...]]]]:
    """Each text that citations name, with the boxes it stands in."""
    for name in document.masthead.__struct_fields__:
        if isinstance(field := getattr(document.masthead, name), Field):
            yield name, (field.text, field.boxes)
    for place in (*document.blocks(), *document.annexes, *document.notes):
        yield place.id, (getattr(place, "text", None) or Text(), place.boxes)
