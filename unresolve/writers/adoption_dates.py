"""The days on which resolutions and decisions were adopted: ``grammars/adoption_dates.json``.

``python -m unresolve.writers.adoption_dates FOLDER > grammars/adoption_dates.json`` writes the table anew with
the documents of the UN's own Akoma Ntoso files in a folder, each with its symbol and its date of adoption.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from unresolve.symbols import Symbol, try_parse

__all__ = ["adoption_date", "with_files"]


class _Table(msgspec.Struct):
    """``source`` says where the facts come from; ``dates`` is an ISO date for each canonical symbol."""

    source: str
    dates: dict[str, str]


def adoption_date(symbol: str) -> str | None:
    """The date on which a resolution or decision was adopted, ISO 8601; None if the table has none."""
    return _table().dates.get(symbol)


@cache
def _table() -> _Table:
    data = files("unresolve.grammars").joinpath("adoption_dates.json").read_bytes()
    return msgspec.json.decode(data, type=_Table)


def with_files(folder: Path) -> bytes:
    """The table as JSON with the documents of the Akoma Ntoso files below ``folder``, sorted by symbol.

    A date that the table has already is kept: it was counted over many files.
    """
    from .akn_read import from_akn

    dates = dict(_table().dates)
    for path in sorted(folder.rglob("*.xml")):
        document = from_akn(path.read_bytes())
        symbol, day = document.masthead.symbol, document.closing.date
        known = try_parse(str(symbol.text)) if symbol is not None else None
        if known is not None and known.kind in ("RES", "DEC") and day is not None and day.value is not None:
            dates.setdefault(str(known), day.value)
    table = _Table(_table().source, {symbol: dates[symbol] for symbol in sorted(dates, key=Symbol.parse)})
    return msgspec.json.format(msgspec.json.encode(table), indent=1) + b"\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(with_files(Path(sys.argv[1])))
