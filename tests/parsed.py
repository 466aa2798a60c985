"""The sets of UN documents, each parsed once in a run of the tests, into Akoma Ntoso and JSON."""

from __future__ import annotations

from pathlib import Path

from unresolve.cli._plan import Plan
from unresolve.corpus.runner import Options, run

__all__ = ["ParsedSets"]


class ParsedSets:
    """Folders of what was written for a folder of PDF files, by folder and options."""

    def __init__(self, data: Path, into: Path) -> None:
        self._data = data
        self._into = into
        self._done: dict[tuple[str, Options], tuple[Path, list[str]]] = {}

    def folder(self, pdf: str, options: Options | None = None) -> Path:
        """Where the ``.xml`` and ``.json`` of each document of a folder below the data are."""
        return self._parsed(pdf, options or Options())[0]

    def failed(self, pdf: str, options: Options | None = None) -> list[str]:
        """What could not be parsed, and why."""
        return self._parsed(pdf, options or Options())[1]

    def _parsed(self, pdf: str, options: Options) -> tuple[Path, list[str]]:
        key = pdf, options
        if key not in self._done:
            folder = self._into / str(len(self._done))
            endings = {"akn": ".xml", "json": ".json"}
            tasks = Plan([str(self._data / pdf)], list(endings), f"{folder}/", endings).tasks()
            outcomes = run(tasks, options, jobs=2)
            self._done[key] = folder, [outcome.error for outcome in outcomes if outcome.error is not None]
        return self._done[key]
