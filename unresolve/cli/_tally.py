"""How far a run over many documents is."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unresolve.corpus.tasks import Outcome

__all__ = ["Tally"]


class Tally:
    """Counts of a run so far."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = self.kept = self.failed = self.pages = 0
        self._start = monotonic()

    def add(self, outcome: Outcome, *, failed: bool) -> None:
        """Count an outcome."""
        self.done += 1
        self.kept += outcome.kept
        self.failed += failed
        self.pages += 0 if outcome.kept else outcome.counts.get("pages", 0)

    @property
    def seconds(self) -> float:
        """Since the tally was opened."""
        return monotonic() - self._start

    @property
    def rate(self) -> float:
        """Documents a second."""
        return self.done / max(self.seconds, 0.001)

    def line(self) -> str:
        """Where the run is: ``120 of 1,000 documents, 3 failed, 14.2 a second``."""
        return f"{self.done:,} of {self.total:,} documents, {self.failed:,} failed, {self.rate:.1f} a second"

    def summary(self) -> str:
        """What the run has done, in one line."""
        parts = [f"{self.done - self.failed:,} well", f"{self.failed:,} failed"]
        if self.kept:
            parts.append(f"{self.kept:,} of them done before")
        pace = f"{self.pages:,} pages in {self.seconds:.1f} s, {self.pages / max(self.seconds, 0.001):.1f} a second"
        return f"{self.done:,} documents: {', '.join(parts)}; {pace}"
