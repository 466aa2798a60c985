"""The command as a terminal, a script and a shell meet it: what is said where, colours, JSON lines, completion."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from unresolve.cli.app import app

COMMAND = [sys.executable, "-m", "unresolve"]


def on_a_terminal(words: list[str], **variables: str) -> tuple[bytes, bytes]:
    """Standard output as a pipe gets it, and what a terminal on standard error shows."""
    inside, outside = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment |= {"TERM": "xterm-256color", **variables}
    with subprocess.Popen([*COMMAND, *words], stdout=subprocess.PIPE, stderr=outside, env=environment) as run:
        os.close(outside)
        shown = b"".join(_read(inside))
        assert run.stdout is not None
        out = run.stdout.read()
    os.close(inside)
    return out, shown


def _read(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other end is closed
            return
        if not piece:
            return
        yield piece


@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_progress_is_on_standard_error_alone_and_without_colour_where_none_is_wanted(
    variables: dict[str, str], coloured: bool, samples: list[Path], tmp_path: Path
) -> None:
    out, shown = on_a_terminal(
        ["parse", *map(str, samples[:2]), "-o", str(tmp_path / "out"), "--to", "text"], **variables
    )
    assert out == b""
    assert b"2/2" in shown
    assert b"2 documents: 2 well, 0 failed; " in shown
    assert (re.search(rb"\x1b\[(3[0-8]|9[0-7])[m;]", shown) is not None) == coloured


@pytest.mark.parametrize("words", [["--help"], ["parse", "--help"], ["prase"], ["parse", "nowhere.pdf"]], ids=" ".join)
def test_nothing_but_a_bar_is_ever_coloured(words: list[str]) -> None:
    out, shown = on_a_terminal(words)
    assert b"\x1b[" not in out + shown


class TestJsonLines:
    def events(self, *words: str | Path, stdin: bytes | None = None) -> tuple[int, bytes, list[dict[str, Any]]]:
        result = CliRunner().invoke(app, [str(word) for word in words], input=stdin)
        return result.exit_code, result.stdout_bytes, [json.loads(line) for line in result.stderr.splitlines()]

    def test_every_document_and_a_summary(self, samples: list[Path], tmp_path: Path) -> None:
        junk = tmp_path / "junk.pdf"
        junk.write_bytes(b"\x00\x01 this is no PDF")
        out = tmp_path / "out"
        code, printed, events = self.events("parse", samples[0], junk, "-o", out, "--json")
        assert (code, printed) == (1, b"")
        first, second, last = events
        assert (first["event"], first["source"], first["result"]) == ("document", str(samples[0]), "parsed")
        assert first["counts"]["pages"] > 0
        assert [Path(file["path"]).is_file() for file in first["written"]] == [True]
        assert (second["result"], second["error_type"]) == ("failed", "NotAPdfError")
        assert second["error"].startswith(f"{junk}: ")
        expected = {"event": "summary", "total": 2, "done": 2, "failed": 1, "kept": 0}
        assert expected.items() <= last.items()

    def test_diagnostics_are_told_with_code_and_place(self) -> None:
        text = b"# Cara amica\n\nHic tibi scribo, et nihil aliud.\n"
        code, printed, [document, _] = self.events("parse", "-", "--json", "--strict", "--to", "text", stdin=text)
        assert (code, document["result"]) == (1, "failed")
        assert "error" not in document
        assert all(doubt["code"] and doubt["message"] for doubt in document["diagnostics"])
        assert document["diagnostics"]
        assert b"Cara amica" in printed

    def test_what_an_earlier_run_has_done(self, samples: list[Path], tmp_path: Path) -> None:
        words: list[str | Path] = ["parse", *samples[:2], "-o", tmp_path / "out", "--to", "text", "--json"]
        self.events(*words)
        code, _, events = self.events(*words, "--resume")
        assert code == 0
        assert [event.get("result") for event in events] == ["kept", "kept", None]
        assert events[-1]["kept"] == 2

    def test_a_terminal_gets_no_bar(self, samples: list[Path], tmp_path: Path) -> None:
        _, shown = on_a_terminal(
            ["parse", *map(str, samples[:2]), "-o", str(tmp_path / "out"), "--to", "text", "--json"]
        )
        assert [json.loads(line)["event"] for line in shown.splitlines()] == ["document", "document", "summary"]


@pytest.mark.parametrize("words", [["symbol", "-"], ["cite", "-", "--lang", "en"], ["parse", "-"], ["inspect", "-"]])
def test_a_dash_is_the_standard_input(words: list[str], samples: list[Path]) -> None:
    given = samples[0].read_bytes() if words[0] in ("parse", "inspect") else b"A/RES/72/1\n"
    result = CliRunner().invoke(app, words, input=given)
    assert result.exit_code == 0
    assert result.stdout_bytes


def test_every_command_has_examples_in_its_help() -> None:
    def leaves(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for name, one in getattr(command, "commands", {}).items():
            yield from leaves(one, (*path, name))
        if not hasattr(command, "commands"):
            yield path

    for path in leaves(get_command(app), ()):
        said = CliRunner().invoke(app, [*path, "--help"]).stdout
        lines = [line.strip() for line in said.splitlines()]
        words = " ".join(("unresolve", *path))
        assert [line for line in lines if words in line and not line.startswith("Usage")], path


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash")
def test_completion_is_installed_and_completes(tmp_path: Path) -> None:
    programs = Path(sys.executable).parent
    environment = os.environ | {
        "HOME": str(tmp_path),
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1",
    }
    subprocess.run([*COMMAND, "--install-completion", "bash"], env=environment, check=True, capture_output=True)
    assert "unresolve.sh" in (tmp_path / ".bashrc").read_text(encoding="utf-8")
    script = """
    . "$HOME/.bashrc"
    COMP_WORDS=(unresolve "$1" "$2"); COMP_CWORD=$(( $# )); _unresolve_completion unresolve; echo "${COMPREPLY[@]}"
    """
    for typed, completed in ((["pa"], "parse"), (["inspect", "--st"], "--stage")):
        run = subprocess.run(["bash", "-c", script, "bash", *typed], env=environment, capture_output=True, text=True)
        assert run.stdout.split() == [completed], run.stderr


@pytest.mark.parametrize("words", [["view"], ["inspect"], ["align", "other.pdf"], ["diff", "other.pdf"]])
def test_what_cannot_be_read_is_said_as_json_if_asked(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "other.pdf").write_bytes(b"\1 not one")
    command = [words[0], *(str(tmp_path / name) for name in words[1:]), str(tmp_path / "none.pdf"), "--json"]
    result = CliRunner().invoke(app, command)
    said = [json.loads(line) for line in result.stderr.splitlines()]
    assert (result.exit_code, result.stdout) == (1, "")
    assert {one["event"] for one in said} == {"error"}
    assert any("none.pdf" in one["error"] and one["error_type"] == "ReadError" for one in said)
