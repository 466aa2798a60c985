"""The order in which a document is put together, one step a rule.

masthead → notes → closing → pieces → annexes → preamble and body → adopted text → ids → openers → calls.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from unresolve.layout.join import Hyphens, join
from unresolve.layout.lines import Line
from unresolve.layout.zones import Layout
from unresolve.model import (
    AdoptedText,
    Anchor,
    Annex,
    Block,
    Diagnostic,
    Document,
    Field,
    Kind,
    Masthead,
    Note,
    Paragraph,
    Preamble,
    Section,
    Source,
    Table,
    Text,
)

from .annexes import split_annexes
from .blocks import Division, Item, grow
from .closing import closing_of
from .ids import Ids, freeze
from .masthead import masthead_of
from .notes import Calls, Found, notes_of
from .openers import with_openers
from .pieces import Piece, boxes_of, pieces_of
from .preamble import split_preamble
from .tables import table_of, tables_of
from .tags import Tagging

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["structure"]


def structure(layout: Layout, pack: Pack, source: Source, tagging: Tagging) -> Document:
    """The document of laid-out pages; ``tagging`` is what its tags say."""
    hyphens = Hyphens(_all_lines(layout), pack.code, pack.compounds, tagging.soft_hyphen)
    diagnostics: list[Diagnostic] = []
    first = layout.sheets[0]
    head = masthead_of(first, pack, hyphens)
    lines = [line for sheet in layout.sheets for line in sheet.body][head.taken :]
    found, trouble = notes_of(layout.sheets, hyphens)
    diagnostics += trouble
    calls = Calls(found)
    closing, taken = closing_of(lines, pack)
    lines = [line for at, line in enumerate(lines) if at not in taken]
    formula, lines = _formula(lines, pack, hyphens)
    pieces = list(_pieces(lines, layout, pack, hyphens, calls, tagging))
    main, annexes = split_annexes(pieces, pack)
    ids = Ids()
    tree = grow(main, pack, calls)
    before, after = split_preamble(tree.content, pack) if formula else ([], tree.content)
    preamble = freeze(Division(content=before), ids)
    body = _body(after, ids)
    document = Document(
        source=source,
        kind=_kind(head.masthead, pack),
        language=pack.code,
        masthead=_with_calls(head.masthead, calls),
        preamble=Preamble(formula, with_openers(preamble, pack, "preamble")),
        body=with_openers(body, pack, "body"),
        annexes=tuple(_annexes(annexes, pack, calls, ids)),
        closing=closing,
        diagnostics=tuple(diagnostics),
    )
    return msgspec.structs.replace(document, notes=_anchored(document, found))


def _all_lines(layout: Layout) -> Iterator[Line]:
    for sheet in layout.sheets:
        yield from sheet.body
        yield from sheet.notes


def _pieces(
    lines: Sequence[Line], layout: Layout, pack: Pack, hyphens: Hyphens, calls: Calls, tagging: Tagging
) -> Iterator[Piece | Table]:
    """Pieces and tables in the order in which they stand."""
    grids = tables_of(layout, lines)
    taken = {id(line) for grid in grids for line in grid.lines}
    first = {id(grid.lines[0]): grid for grid in grids}
    waiting: list[Line] = []
    for line in lines:
        if id(line) in first:
            yield from pieces_of(waiting, pack, hyphens, tagging)
            waiting = []
            yield table_of(first[id(line)], hyphens, calls)
        elif id(line) not in taken:
            waiting.append(line)
    yield from pieces_of(waiting, pack, hyphens, tagging)


def _formula(lines: list[Line], pack: Pack, hyphens: Hyphens) -> tuple[Field | None, list[Line]]:
    """The enacting formula, which is the first line below the title."""
    if lines and (value := pack.read("formula", lines[0].text)) is not None:
        return Field(join(lines[:1], hyphens), value, boxes_of(lines[:1])), lines[1:]
    return None, lines


_KINDS = ("resolution", "draft resolution", "decision", "draft decision", "amendment", "report", "letter", "note", "information", "corrigendum")


def _kind(masthead: Masthead, pack: Pack) -> Kind:
    """The kind that the heading names, else that of the symbol."""
    heading = str(masthead.heading.text) if masthead.heading else ""
    kind = pack.read("heading_kind", heading)
    if kind in _KINDS:
        return kind  # type: ignore[return-value]
    symbol = masthead.symbol.value if masthead.symbol else None
    if symbol and "/RES/" in symbol:
        return "resolution"
    return "document"


def _with_calls(masthead: Masthead, calls: Calls) -> Masthead:
    """The masthead whose title and brackets call their notes."""
    changes = {}
    for name in ("title", "proponent", "heading"):
        field: Field | None = getattr(masthead, name)
        if field is not None:
            changes[name] = msgspec.structs.replace(field, text=calls.place(field.text, 1))
    return msgspec.structs.replace(masthead, **changes)


def _body(content: list[Item | Division | Table], ids: Ids) -> tuple[Block, ...]:
    """The body; what stands under a heading right behind "… adopts the following:" is the text adopted."""
    if len(content) > 1 and isinstance(content[0], Item) and isinstance(content[1], Division):
        lead, title = content[0], content[1]
        announced = lead.marker is None and lead.text.content.rstrip().endswith((":", "：")) and not lead.points
        if announced and title.marker is None and title.label is None:
            adopted = [*title.content, *content[2:]]
            return (
                *freeze(Division(content=[lead]), ids),
                AdoptedText(
                    ids.take("declaration_1"),
                    heading=title.heading,
                    blocks=freeze(Division(content=adopted), ids),
                    boxes=boxes_of(title.lines),
                ),
            )
    return freeze(Division(content=content), ids)


def _annexes(annexes: list[list[Piece | Table]], pack: Pack, calls: Calls, ids: Ids) -> Iterator[Annex]:
    for number, pieces in enumerate(annexes, 1):
        label, *rest = pieces
        assert isinstance(label, Piece)
        title: list[Piece] = []
        while rest and isinstance(rest[0], Piece) and rest[0].bold and not rest[0].marker and not title:
            title.append(rest.pop(0))  # type: ignore[arg-type]
        id_ = ids.take(f"att_{number}")
        tree = grow(rest, pack, calls)
        yield Annex(
            id_,
            calls.place(label.text, label.first.page),
            calls.place(title[0].text, title[0].first.page) if title else None,
            with_openers(freeze(tree, ids, id_), pack, "body"),
            boxes_of([*label.lines, *(line for piece in title for line in piece.lines)]),
        )


def _anchored(document: Document, found: Sequence[Found]) -> tuple[Note, ...]:
    """The notes with the places that call them, in the order of the calls; those never called stand last."""
    anchors: dict[str, list[Anchor]] = {}
    for block, text in _texts(document):
        for mark in text.marks:
            if mark.kind == "call" and mark.target is not None:
                anchors.setdefault(mark.target, []).append(Anchor(block, mark.start))
    return tuple(
        msgspec.structs.replace(item.note, calls=tuple(anchors.get(item.note.id, ()))) for item in found
    )


def _texts(document: Document) -> Iterator[tuple[str, Text]]:
    """Every text that can call a note, with the name an anchor gives it."""
    for name in ("title", "proponent", "heading"):
        field: Field | None = getattr(document.masthead, name)
        if field is not None:
            yield name, field.text
    for block in (*document.preamble.blocks, *document.body):
        yield from _block_texts(block)
    for annex in document.annexes:
        yield f"{annex.id}/label", annex.label
        if annex.heading is not None:
            yield f"{annex.id}/heading", annex.heading
        for block in annex.blocks:
            yield from _block_texts(block)


def _block_texts(block: Block) -> Iterator[tuple[str, Text]]:
    if isinstance(block, Paragraph):
        yield block.id, block.text
        for point in block.points:
            yield from _block_texts(point)
        if block.closing is not None:
            yield f"{block.id}/closing", block.closing
    elif isinstance(block, Table):
        for r, row in enumerate(block.rows):
            for c, cell in enumerate(row.cells):
                yield f"{block.id}/{r}/{c}", Text.join(cell.paragraphs, "\n")
    elif isinstance(block, Section | AdoptedText):
        if isinstance(block, Section) and block.label is not None:
            yield f"{block.id}/label", block.label
        if block.heading is not None:
            yield f"{block.id}/heading", block.heading
        for child in block.blocks:
            yield from _block_texts(child)
    else:
        yield block.id, block.text
