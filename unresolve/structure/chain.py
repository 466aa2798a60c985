"""The order in which a document is put together, one step a rule.

masthead → notes → closing → parts, or preamble and body → adopted text → annexes → calls.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast, get_args

import msgspec
import regex

from unresolve.layout.join import Hyphens
from unresolve.layout.lines import Line
from unresolve.layout.zones import Layout
from unresolve.model import (
    AdoptedText,
    Annex,
    Block,
    Closing,
    Diagnostic,
    Document,
    Field,
    Kind,
    Masthead,
    Preamble,
    Source,
    Table,
)

from .anchors import with_notes
from .annexes import split_annexes
from .blocks import Division, Item, grow
from .closing import closing_of
from .context import Context
from .endnotes import with_endnotes
from .ids import freeze
from .masthead import masthead_of
from .notes import Calls, notes_of
from .openers import with_openers
from .parts import part_of, split_parts
from .pieces import Piece, boxes_of
from .preamble import split_preamble
from .tags import Tagging

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["structure"]


def structure(layout: Layout, pack: Pack, source: Source, tagging: Tagging) -> Document:
    """The document of laid-out pages in a language; ``tagging`` is what its tags say."""
    layout, endnotes = with_endnotes(layout, pack)
    hyphens = Hyphens(_all_lines(layout), pack.code, pack.compounds, tagging.soft_hyphen)
    found, trouble = notes_of(layout.sheets, hyphens)
    context = Context(pack, layout, hyphens, Calls(found, endnotes), tagging)
    head = masthead_of(layout.sheets[0], layout.body_size, pack, hyphens)
    lines = _until_end([line for sheet in layout.sheets for line in sheet.body][head.taken :])
    preamble, body, annexes, closing = _content(lines, context)
    kind = _kind(head.masthead, pack, preamble)
    document = Document(
        source=source,
        kind=kind,
        language=pack.code,
        masthead=_with_calls(head.masthead, context.calls),
        preamble=preamble,
        body=body,
        annexes=annexes,
        closing=closing,
        diagnostics=(*_doubts(kind, head.masthead, source), *head.diagnostics, *trouble),
    )
    return with_notes(document, [*found, *context.table_notes])


_END = regex.compile(r"[-–—_=]{3,}")


def _until_end(lines: list[Line]) -> list[Line]:
    """The lines without the stroke that closes a document in the typewriter layout: ``-----``."""
    return lines[:-1] if lines and _END.fullmatch(lines[-1].text.strip()) else lines


def _all_lines(layout: Layout) -> Iterator[Line]:
    for sheet in layout.sheets:
        yield from sheet.body
        yield from sheet.notes


Content = tuple[Preamble, tuple[Block, ...], tuple[Annex, ...], Closing]


def _content(lines: list[Line], context: Context) -> Content:
    parts = split_parts(lines, context.pack)
    if parts:
        made = [part_of(part, context, last=part is parts[-1]) for part in parts]
        return Preamble(), tuple(section for section, _ in made), (), made[-1][1]
    closing, taken = closing_of(lines, context.pack)
    lines = [line for at, line in enumerate(lines) if at not in taken]
    formula, lines = _formula(lines, context)
    main, annexes = split_annexes(context.pieces(lines), context.pack)
    tree = grow(main, context.pack, context.calls)
    before, after = split_preamble(tree.content, context.pack) if formula else ([], tree.content)
    preamble = freeze(Division(content=before), context.ids)
    body = _body(after, context)
    return (
        Preamble(formula, with_openers(preamble, context.pack, "preamble")),
        with_openers(body, context.pack, "body"),
        tuple(_annexes(annexes, context)),
        closing,
    )


def _formula(lines: list[Line], context: Context) -> tuple[Field | None, list[Line]]:
    """The enacting formula, which is the first line below the title."""
    if lines and (value := context.pack.read("formula", lines[0].text)) is not None:
        return context.field(lines[:1], value), lines[1:]
    return None, lines


_SERIES: tuple[tuple[str, Kind], ...] = (
    (r"/Corr\.\d+$", "corrigendum"),
    (r"/INF/", "information"),
    (r"/RES/", "resolution"),
    (r"/DEC/", "decision"),
)
"""Kinds that the symbol tells, whatever the heading says: A/INF/76/1 is headed "Note by the Secretariat"."""


def _kind(masthead: Masthead, pack: Pack, preamble: Preamble) -> Kind:
    """The kind that the series of the symbol tells, else the heading; a text of the L. series with a formula is a
    draft resolution.
    """
    symbol = (masthead.symbol.value if masthead.symbol else None) or ""
    for series, told in _SERIES:
        if regex.search(series, symbol):
            return told
    kind = pack.read("heading_kind", masthead.heading.text.content if masthead.heading else "")
    if kind in get_args(Kind):
        return cast(Kind, kind)
    return "draft resolution" if preamble.formula is not None and "/L." in symbol else "document"


def _doubts(kind: Kind, masthead: Masthead, source: Source) -> Iterator[Diagnostic]:
    """What a reader must know of the document as a whole."""
    if kind == "document" and masthead.symbol is not None:
        yield Diagnostic("kind-unknown", "neither heading nor symbol tell of what kind the document is")
    if source.producer and _OCR.search(source.producer):
        yield Diagnostic("recognized-text", f"the text was recognized from pictures by {source.producer}")


_OCR = regex.compile(r"paper capture|\bocr\b|abbyy|finereader|tesseract|omnipage", regex.IGNORECASE)


def _with_calls(masthead: Masthead, calls: Calls) -> Masthead:
    """The masthead whose symbol, title and brackets call their notes."""
    changes = {}
    for name in ("symbol", "heading", "proponent", "number", "title"):
        field: Field | None = getattr(masthead, name)
        if field is not None:
            changes[name] = msgspec.structs.replace(field, text=calls.place(field.text, 1))
    agenda = tuple(
        msgspec.structs.replace(item, label=msgspec.structs.replace(item.label, text=calls.place(item.label.text, 1)))
        for item in masthead.agenda
    )
    return msgspec.structs.replace(masthead, agenda=agenda, **changes)


def _body(content: Sequence[Item | Division | Table], context: Context) -> tuple[Block, ...]:
    """The body; what stands under a heading right behind "… adopts the following:" is the text adopted."""
    if len(content) > 1 and isinstance(content[0], Item) and isinstance(content[1], Division):
        lead, title = content[0], content[1]
        announced = lead.marker is None and lead.text.content.rstrip().endswith((":", "：")) and not lead.points
        if announced and title.marker is None and title.label is None:
            return (
                *freeze(Division(content=[lead]), context.ids),
                AdoptedText(
                    context.ids.take("declaration_1"),
                    heading=title.heading,
                    blocks=freeze(Division(content=[*title.content, *content[2:]]), context.ids),
                    boxes=boxes_of(title.lines),
                ),
            )
    return freeze(Division(content=list(content)), context.ids)


def _annexes(annexes: Sequence[Sequence[Piece | Table]], context: Context) -> Iterator[Annex]:
    """The annexes: the label, the bold title below it, and what follows."""
    for number, (label, *rest) in enumerate(annexes, 1):
        title = rest.pop(0) if rest and _is_title(rest[0], label) else None
        id_ = context.ids.take(f"att_{number}")
        heads = [piece for piece in (label, title) if isinstance(piece, Piece)]
        texts = [context.calls.place(piece.text, piece.first.page) for piece in heads]
        tree = grow(rest, context.pack, context.calls)
        yield Annex(
            id_,
            texts[0],
            texts[1] if len(texts) > 1 else None,
            with_openers(freeze(tree, context.ids, id_), context.pack, "body"),
            boxes_of(line for piece in heads for line in piece.lines),
        )


def _is_title(piece: Piece | Table, label: Piece | Table) -> bool:
    """Whether a piece is the title of an annex: bold, or set as a heading is where its label is in plain type too."""
    if not isinstance(piece, Piece) or piece.marker is not None:
        return False
    plainly = piece.plain or (isinstance(label, Piece) and label.flush and not label.bold)
    return piece.bold or piece.underlined or piece.capitals or (piece.flush and plainly)
