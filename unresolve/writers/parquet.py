"""The document as three tables in Parquet, in one ZIP file."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from unresolve.errors import MissingExtraError
from unresolve.model import Document
from unresolve.model.rows import TABLES

from .tables import members, pack

if TYPE_CHECKING:
    import pyarrow

__all__ = ["table", "to_parquet"]


def to_parquet(document: Document) -> bytes:
    """A ZIP file of ``texts.parquet``, ``notes.parquet`` and ``citations.parquet``.

    Raises MissingExtraError where pyarrow is not installed.
    """
    from_arrow = {f"{name}.parquet": _bytes(table([document], name)) for name in TABLES}
    return pack(from_arrow)


def table(documents: Iterable[Document], name: str) -> pyarrow.Table:
    """The rows of several documents as one Arrow table: ``texts``, ``notes`` or ``citations``.

    Raises MissingExtraError where pyarrow is not installed, and ValueError for another table.
    """
    arrow = _arrow()
    if name not in TABLES:
        raise ValueError(f"no table {name!r}: there are {', '.join(TABLES)}")
    kinds = {"str": arrow.string(), "int": arrow.int32(), "float": arrow.float64()}
    schema = arrow.schema([arrow.field(column, kinds[kind], missing) for column, kind, missing in members(name)])
    rows = (msgspec.structs.asdict(row) for document in documents for row in TABLES[name][1](document))
    return arrow.Table.from_pylist(list(rows), schema=schema)


def _arrow() -> pyarrow:
    try:
        import pyarrow
    except ModuleNotFoundError as error:
        raise MissingExtraError("Parquet needs pyarrow: pip install 'unresolve[tables]'") from error
    return pyarrow


def _bytes(made: pyarrow.Table) -> bytes:
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(made, out, compression="zstd")
    return out.getvalue()
