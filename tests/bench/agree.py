"""What language versions do not have alike, beside the list of what is known and the official XML.

    python tests/bench/agree.py [lo|ty] [FOLDER]

parses the documents of a set (or takes those of a folder, as PDF, JSON or Akoma Ntoso) and prints, by document and
kind, each report that ``corpora/known-disagreements.toml`` does not list, then each listed one that is gone. A report
that the official XML gives too, whatever the id of the place, is marked with "=".
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from six_languages import known, reports  # noqa: E402

from unresolve.corpus.agree import agree, by_symbol  # noqa: E402
from unresolve.corpus.load import load_documents  # noqa: E402
from unresolve.errors import UnresolveError  # noqa: E402
from unresolve.model import Document  # noqa: E402

DATA = Path(os.environ.get("UNRESOLVE_DATA", ROOT.parent / "shared" / "data"))
ENDINGS = (".pdf", ".json", ".xml")


def main(route: str = "lo", folder: Path | None = None) -> None:
    """Prints the reports, and how many there are of each sort."""
    documents, names = _read(sorted((folder or DATA / "six" / route).iterdir()))
    found, listed = reports(documents, names), known(route)
    official = _official(_read(sorted((DATA / "six" / "gold").glob("*.xml"))))
    for symbol, report in sorted(set(found) - set(listed)):
        same = (symbol, _what(report)) in official
        print(f"new   {'=' if same else ' '} {symbol}  {report}")
    for symbol, report in sorted(set(listed) - set(found)):
        print(f"gone    {symbol}  {report}")
    new, gone = len(set(found) - set(listed)), len(set(listed) - set(found))
    print(f"{len(found)} reports, {len(found) - new} of them listed, {new} new; {gone} listed ones gone")


def _read(paths: Iterable[Path]) -> tuple[list[Document], list[str]]:
    files = [path for path in paths if path.suffix in ENDINGS]
    documents = []
    for found in load_documents(map(str, files), jobs=2):
        if isinstance(found, UnresolveError):
            raise found
        documents.append(found)
    return documents, [path.name for path in files]


def _official(read: tuple[list[Document], list[str]]) -> set[tuple[str, str]]:
    return {(symbol, _what(str(each))) for symbol, group in by_symbol(*read).items() for each in agree(group)}


def _what(report: str) -> str:
    """A report without the place it names: "not in ru"."""
    return report.partition(": ")[2]


if __name__ == "__main__":
    arguments = [*sys.argv[1:3], "", ""]
    main(arguments[0] or "lo", Path(arguments[1]) if arguments[1] else None)
