"""Tables, on pages drawn as text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from drawing import Case, draw, params

from unresolve.layout.grid import Grid
from unresolve.layout.zones import lay_out
from unresolve.structure.tables import tables_of


@pytest.mark.parametrize("case", params("layout/tables"))
def test_tables(case: Case) -> None:
    layout = lay_out(draw(case.drawing).pages)
    grids = tables_of(layout, [line for sheet in layout.sheets for line in sheet.body])
    assert list(_rows(grids)) == case.expected


def _rows(grids: list[Grid]) -> Iterator[str]:
    for grid in grids:
        if grid is not grids[0]:
            yield "==="
        for row in grid.rows:
            cells = [
                " ".join(line.text for line in cell.lines) + (f"<{cell.colspan}>" if cell.colspan > 1 else "")
                for cell in row
            ]
            yield f"{'# ' if row[0].header else ''}{' | '.join(cells)}"
