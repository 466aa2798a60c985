"""Refreshes the table of adoption dates: ``grammars/adoption_dates.json``.

``python -m unresolve.corpus.adoption_dates FOLDER > grammars/adoption_dates.json`` writes the table anew with
the documents of the UN's own Akoma Ntoso files in a folder, each with its symbol and its date of adoption.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from unresolve.symbols import Symbol, try_parse
from unresolve.writers.adoption_dates import AdoptionDates, adoption_dates
from unresolve.writers.akn_read import from_akn

__all__ = ["with_files"]


def with_files(folder: Path) -> bytes:
    """The table as JSON with the documents of the Akoma Ntoso files below ``folder``, sorted by symbol.

    A date that the table has already is kept: it was counted over many files.
    """
    known = adoption_dates()
    dates = dict(known.dates)
    for path in sorted(folder.rglob("*.xml")):
        document = from_akn(path.read_bytes())
        printed, day = document.masthead.symbol, document.closing.date
        symbol = try_parse(str(printed.text)) if printed is not None else None
        if symbol is not None and symbol.kind in ("RES", "DEC") and day is not None and day.value is not None:
            dates.setdefault(str(symbol), day.value)
    table = AdoptionDates(known.source, {symbol: dates[symbol] for symbol in sorted(dates, key=Symbol.parse)})
    return msgspec.json.format(msgspec.json.encode(table), indent=1) + b"\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(with_files(Path(sys.argv[1])))
