"""What every rule may ask while a document is put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

import msgspec

from unresolve.layout.grid import Grid
from unresolve.layout.join import Hyphens, join
from unresolve.layout.lines import Line
from unresolve.layout.zones import Layout
from unresolve.model import Field, Note, Table

from .contents import contents_of, contents_range
from .ids import Ids
from .margins import Margins
from .notes import Calls, Found
from .pieces import Piece, boxes_of, pieces_of
from .table_notes import is_unit, notes_below
from .tables import table_of, tables_of
from .tags import Tagging

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["Context"]


@dataclass(frozen=True)
class Context:
    """The language, the evidence of the whole document, and the ids given so far."""

    pack: Pack
    layout: Layout
    hyphens: Hyphens
    calls: Calls
    tagging: Tagging
    ids: Ids = field(default_factory=Ids)
    table_notes: list[Found] = field(default_factory=list)
    """The notes below tables found so far; they are numbered behind those of the pages."""

    def field(self, lines: Sequence[Line], value: str | None) -> Field:
        """A field printed on some lines, its note calls placed."""
        return Field(self.calls.place(join(lines, self.hyphens), lines[0].page), value, boxes_of(lines))

    def pieces(self, lines: Sequence[Line]) -> list[Piece | Table]:
        """Pieces and tables in the order in which they stand; a table takes the title above it as its caption.

        The list of contents is a table that holds its place under the id ``toc_1``.
        """
        listed = contents_range(lines, self.pack)
        if listed:
            contents = contents_of(lines[listed.start : listed.stop], self.pack, self.hyphens)
            contents = msgspec.structs.replace(contents, id="toc_1")
            return [*self.pieces(lines[: listed.start]), contents, *self.pieces(lines[listed.stop :])]
        grids = tables_of(self.layout, lines)
        taken = {id(line) for grid in grids for line in grid.lines}
        below = {id(grid): self._below(grid, lines, taken) for grid in grids}
        first = {id(grid.lines[0]): grid for grid in grids}
        margins = Margins([line for line in lines if id(line) not in taken])
        found: list[Piece | Table] = []
        waiting: list[Line] = []
        for line in lines:
            if id(line) in first:
                found += pieces_of(waiting, margins, self.pack, self.hyphens, self.tagging)
                waiting = []
                caption = self._caption(found)
                grid = first[id(line)]
                found.append(table_of(grid, caption, self.hyphens, self.calls, below[id(grid)]))
            elif id(line) not in taken:
                waiting.append(line)
        return [*found, *pieces_of(waiting, margins, self.pack, self.hyphens, self.tagging)]

    def _below(self, grid: Grid, lines: Sequence[Line], taken: set[int]) -> list[Found]:
        """The notes below a table; their lines are added to those taken."""
        after = next(at for at, line in enumerate(lines) if line is grid.lines[-1]) + 1
        free = list(takewhile(lambda line: id(line) not in taken, lines[after:]))
        made: list[Found] = []
        for printed in notes_below(grid, free, self.layout.body_size, self.pack):
            number = self.calls.count + len(self.table_notes) + 1
            text = self.calls.place(join(printed.lines, self.hyphens).strip(), printed.lines[0].page)
            page, boxes = printed.lines[0].page, boxes_of(printed.taken)
            note = Note(f"note_{number}", printed.marker, text, (), page, boxes, printed.brackets)
            made.append(Found(note, printed.style))
            self.table_notes.append(made[-1])
            taken.update(map(id, printed.taken))
        return made

    def _caption(self, found: list[Piece | Table]) -> list[Line]:
        """The lines above a table that name it, taken from the pieces."""
        return self._numbered(found) or self._titled(found)

    def _titled(self, found: list[Piece | Table]) -> list[Line]:
        """A title in bold of the size of the text, and the unit in small type below it: "(Percentage)"."""
        size = self.layout.body_size
        unit = found[-1] if found else None
        units = isinstance(unit, Piece) and unit.first.size < size - 0.8 and is_unit(unit.text.content)
        title = found[-2] if units and len(found) > 1 else None
        length = 2 if units and self._is_title(title) else 1 if units or self._is_title(unit) else 0
        lines = [line for piece in found[len(found) - length :] if isinstance(piece, Piece) for line in piece.lines]
        del found[len(found) - length :]
        return lines

    def _is_title(self, piece: Piece | Table | None) -> bool:
        """Whether a piece is set as the title of a table: bold, of the size of the text, without a number."""
        return (
            isinstance(piece, Piece)
            and piece.bold
            and piece.marker is None
            and not piece.label
            and piece.first.size < self.layout.body_size + 0.8
        )

    def _numbered(self, found: list[Piece | Table]) -> list[Line]:
        """The lines of "Table 1" and the title below it."""
        for length in (1, 2):
            above = found[-length:]
            if len(above) == length and all(isinstance(piece, Piece) for piece in above):
                lines = [line for piece in above if isinstance(piece, Piece) for line in piece.lines]
                if len(lines) <= 4 and any(
                    self.pack.read("table", " ".join(line.text.split()[:words])) is not None
                    for line in lines[:1]
                    for words in (2, len(line.text.split()))
                ):
                    del found[-length:]
                    return lines
        return []
