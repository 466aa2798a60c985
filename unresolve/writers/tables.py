"""The document as three tables in CSV, with the description that CSV on the Web asks for, in one ZIP file."""

from __future__ import annotations

import csv
import io
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec

from unresolve.model import Document
from unresolve.model.rows import TABLES

__all__ = ["members", "pack", "to_tables"]

_XSD = {"int": "integer", "float": "number"}
_KEYS = {"texts": ["id"], "notes": ["id"], "citations": ["position"]}


def to_tables(document: Document) -> bytes:
    """A ZIP file of ``texts.csv``, ``notes.csv``, ``citations.csv`` and ``csv-metadata.json``.

    The CSV is that of RFC 4180 in UTF-8, a header first; what is not known is empty. The metadata give each column
    its type, as *Metadata Vocabulary for Tabular Data* (W3C, 2015) has it.
    """
    files = {f"{name}.csv": _csv(name, document) for name in TABLES}
    return pack({**files, "csv-metadata.json": _metadata()})


def members(name: str) -> list[tuple[str, str, bool]]:
    """The columns of a table: name, type (``str``, ``int``, ``float``), and whether a value may be missing."""
    columns = []
    for field in msgspec.structs.fields(TABLES[name][0]):
        kinds = [kind for kind in getattr(field.type, "__args__", (field.type,)) if kind is not type(None)]
        kind = next((kind.__name__ for kind in kinds if kind in (int, float)), "str")
        columns.append((field.name, kind, type(None) in getattr(field.type, "__args__", ())))
    return columns


def pack(files: dict[str, bytes]) -> bytes:
    """A ZIP file of the files, in this order and without times, so that the same files give the same bytes."""
    out = io.BytesIO()
    with ZipFile(out, "w") as made:
        for name, content in files.items():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            made.writestr(info, content)
    return out.getvalue()


def _csv(name: str, document: Document) -> bytes:
    row, rows = TABLES[name]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(row.__struct_fields__)
    writer.writerows(msgspec.structs.astuple(each) for each in rows(document))
    return out.getvalue().encode("utf-8", "replace")


def _metadata() -> bytes:
    tables = [{"url": f"{name}.csv", "tableSchema": _schema(name)} for name in TABLES]
    described: dict[str, Any] = {"@context": "http://www.w3.org/ns/csvw", "tables": tables}
    return msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"


def _schema(name: str) -> dict[str, Any]:
    columns = [
        {"name": column, "datatype": _XSD.get(kind, "string"), "required": not missing and kind != "str"}
        for column, kind, missing in members(name)
    ]
    return {"columns": columns, "primaryKey": _KEYS[name]}
