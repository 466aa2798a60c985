"""The fields of a masthead while they are found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from unresolve.layout.join import Hyphens, join
from unresolve.layout.lines import Line
from unresolve.layout.zones import Sheet
from unresolve.model import Diagnostic, Field

from .pieces import boxes_of

if TYPE_CHECKING:
    from unresolve.languages import Pack

__all__ = ["Desk"]


class Desk:
    """The fields found so far."""

    def __init__(self, sheet: Sheet, body_size: float, pack: Pack, hyphens: Hyphens) -> None:
        self.sheet = sheet
        self.body_size = body_size
        self.pack = pack
        self.hyphens = hyphens
        self.found: dict[str, Field] = {}
        self.agenda: list[tuple[list[Line], list[Line]]] = []
        self.columns: list[Line] = []
        self.heading: list[Line] = []
        self.unread: list[Line] = []
        self.diagnostics: list[Diagnostic] = []

    def text(self, lines: Sequence[Line]) -> str:
        """The running text of some lines."""
        return str(join(lines, self.hyphens))

    def field(self, lines: Sequence[Line], value: str | None) -> Field:
        """A field printed on some lines."""
        return Field(join(lines, self.hyphens), value, boxes_of(lines))

    def put(self, name: str, lines: Sequence[Line], value: str | None) -> None:
        """Keeps a field; the first that is printed counts."""
        self.found.setdefault(name, self.field(lines, value))
