"""The order in which a document is put together, one step a rule.

masthead → notes → closing → parts, or preamble and body → adopted text → annexes → calls.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast, get_args

import msgspec

from unresolve.layout.join import Hyphens
from unresolve.layout.lines import Line
from unresolve.layout.zones import Layout
from unresolve.model import AdoptedText, Annex, Block, Closing, Document, Field, Kind, Masthead, Preamble, Source, Table

from .anchors import with_notes
from .annexes import split_annexes
from .blocks import Division, Item, grow
from .closing import closing_of
from .context import Context
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
    hyphens = Hyphens(_all_lines(layout), pack.code, pack.compounds, tagging.soft_hyphen)
    found, trouble = notes_of(layout.sheets, hyphens)
    context = Context(pack, layout, hyphens, Calls(found), tagging)
    head = masthead_of(layout.sheets[0], layout.body_size, pack, hyphens)
    lines = [line for sheet in layout.sheets for line in sheet.body][head.taken :]
    preamble, body, annexes, closing = _content(lines, context)
    document = Document(
        source=source,
        kind=_kind(head.masthead, pack),
        language=pack.code,
        masthead=_with_calls(head.masthead, context.calls),
        preamble=preamble,
        body=body,
        annexes=annexes,
        closing=closing,
        diagnostics=(*head.diagnostics, *trouble),
    )
    return with_notes(document, found)


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


def _kind(masthead: Masthead, pack: Pack) -> Kind:
    """The kind that the heading names, else that of the symbol."""
    heading = str(masthead.heading.text) if masthead.heading else ""
    kind = pack.read("heading_kind", heading)
    if kind in get_args(Kind):
        return cast(Kind, kind)
    symbol = masthead.symbol.value if masthead.symbol else None
    return "resolution" if symbol and "/RES/" in symbol else "document"


def _with_calls(masthead: Masthead, calls: Calls) -> Masthead:
    """The masthead whose symbol, title and brackets call their notes."""
    changes = {}
    for name in ("symbol", "heading", "proponent", "number", "title"):
        field: Field | None = getattr(masthead, name)
        if field is not None:
            changes[name] = msgspec.structs.replace(field, text=calls.place(field.text, 1))
    return msgspec.structs.replace(masthead, **changes)


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
        title = rest.pop(0) if rest and _is_title(rest[0]) else None
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


def _is_title(piece: Piece | Table) -> bool:
    return isinstance(piece, Piece) and (piece.bold or piece.flush) and piece.marker is None
