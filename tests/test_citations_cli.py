"""The commands ``symbol`` and ``cite``: JSON Lines out, an error a line, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from unresolve.cli.cite import cite
from unresolve.cli.symbol import symbol

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
app.command()(symbol)
app.command()(cite)


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=given)


def records(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_symbol_says_all_of_a_symbol() -> None:
    result = run("symbol", "A/C.3/72/L.1/Rev.1")
    assert result.exit_code == 0
    assert records(result) == [
        {
            "symbol": "A/C.3/72/L.1/Rev.1",
            "canonical": "A/C.3/72/L.1/Rev.1",
            "organ": "A",
            "body": "C.3",
            "session": "72",
            "kind": "L",
            "number": "1",
            "parts": ["Rev.1"],
            "url": "https://docs.un.org/en/A/C.3/72/L.1/Rev.1",
        }
    ]


def test_symbol_reads_lines_and_goes_on_after_an_error() -> None:
    result = run("symbol", "--lang", "fr", given="A/RES/1514 (XV)\nnonsense\n\nA/72/1\n")
    assert result.exit_code == 1
    first, error, last = records(result)
    assert first["url"] == "https://docs.un.org/fr/A/RES/1514(XV)"
    assert (error["input"], set(error)) == ("nonsense", {"input", "error"})
    assert "\n" in error["error"]
    assert last["canonical"] == "A/72/1"


def test_symbol_in_a_language_that_is_none() -> None:
    assert run("symbol", "--lang", "de", "A/72/1").exit_code == 2


def test_cite_finds_what_a_text_cites() -> None:
    result = run("cite", "--lang", "en", given="Recalling its resolution 70/1 of 25 September 2015, annex,\n")
    assert result.exit_code == 0
    assert records(result) == [
        {
            "start": 25,
            "end": 29,
            "text": "70/1",
            "kind": "resolution",
            "target": "A/RES/70/1",
            "pinpoint": "annex",
            "date": "2015-09-25",
            "relation": "recalling",
        }
    ]


def test_cite_finds_the_language_out(tmp_path: Path) -> None:
    path = tmp_path / "texte.txt"
    path.write_text("Rappelant sa résolution 70/1 du 25 septembre 2015 sur le développement durable,", "utf-8")
    (found,) = records(run("cite", str(path)))
    assert (found["target"], found["date"], found["relation"]) == ("A/RES/70/1", "2015-09-25", "recalling")


@pytest.mark.parametrize("given", [b"\xff\xfe\xfa", None])
def test_cite_of_what_cannot_be_read(given: bytes | None, tmp_path: Path) -> None:
    result = run("cite", "-", given=given) if given else run("cite", str(tmp_path / "none.txt"))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1


def test_cite_says_where_a_range_ends() -> None:
    first, last = records(run("cite", "--lang", "fr", given="Rappelant ses résolutions 48/16 à 48/18,"))
    assert (first["target"], first["through"], last["target"]) == ("A/RES/48/16", "A/RES/48/18", "A/RES/48/18")
    assert "through" not in last
