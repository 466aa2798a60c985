"""Documents in, bytes out: what the commands that compare documents share."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from unresolve.model import Document

__all__ = ["read_all", "write_out"]


def read_all(files: Sequence[str], *, jobs: int = 1, as_json: bool = False) -> list[Document]:
    """The document of each file; if one cannot be read the command ends with exit code 1, a line for each."""
    from unresolve.cli._log import tell
    from unresolve.corpus.load import load_documents
    from unresolve.errors import UnresolveError

    found = list(load_documents(files, jobs=jobs))
    errors = [error for error in found if isinstance(error, UnresolveError)]
    for error in errors:
        tell(error, as_json=as_json)
    if errors:
        raise typer.Exit(1)
    return [document for document in found if not isinstance(document, UnresolveError)]


def write_out(content: bytes, output: Path | None, *, as_json: bool = False) -> None:
    """The bytes into a file, whole or not at all, or on standard output; exit code 1 if they cannot be written."""
    from unresolve.cli._log import tell
    from unresolve.corpus.runner import write_whole
    from unresolve.errors import OutputError

    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        write_whole(output, content)
    except OutputError as error:
        tell(error, as_json=as_json)
        raise typer.Exit(1) from None
