"""The table of adoption dates: sound, sorted, and open to more documents."""

from __future__ import annotations

import datetime
import json
from importlib.resources import files
from pathlib import Path

from unresolve.corpus.adoption_dates import with_files
from unresolve.model import Closing, Document, Field, Masthead, Source, Text
from unresolve.symbols import Symbol
from unresolve.writers.adoption_dates import adoption_date
from unresolve.writers.akn import to_akn

TABLE = json.loads(files("unresolve.grammars").joinpath("adoption_dates.json").read_bytes())


def test_every_symbol_is_canonical_and_every_date_a_day() -> None:
    dates = TABLE["dates"]
    assert [symbol for symbol in dates if str(Symbol.parse(symbol)) != symbol] == []
    days = {datetime.date.fromisoformat(day) for day in dates.values()}
    assert min(days) >= datetime.date(1945, 10, 24)
    assert list(dates) == sorted(dates, key=Symbol.parse)


def test_a_date_is_found_by_its_symbol() -> None:
    assert adoption_date("A/RES/1514(XV)") == "1960-12-14"
    assert adoption_date("A/RES/70/1") == "2015-09-25"
    assert adoption_date("A/72/L.1") is None


def test_files_add_what_the_table_does_not_know(tmp_path: Path) -> None:
    for symbol, day in (("A/RES/99/9", "2044-12-01"), ("A/RES/70/1", "2044-12-01"), ("A/72/L.1", "2044-12-01")):
        closing = Closing(date=Field(Text("1 December 2044"), day))
        document = Document(Source(), masthead=Masthead(symbol=Field(Text(symbol), symbol)), closing=closing)
        (tmp_path / f"{symbol.replace('/', '_')}.xml").write_bytes(to_akn(document))
    table = json.loads(with_files(tmp_path))
    assert table["dates"].pop("A/RES/99/9") == "2044-12-01"
    assert table == TABLE
