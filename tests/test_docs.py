"""Every block of the README and the documentation that shows a run is run, and must show what comes.

In ``console`` blocks a line after ``$`` is a command, the lines up to the next are its output; ``python`` blocks are
doctests where they have prompts and are executed where they have none. ``…`` stands for any text. Blocks of other
kinds (``sh``, ``text``, ``xml``) are not run. All blocks of a page share one folder, in which ``corpora`` is.
"""

from __future__ import annotations

import doctest
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = regex.compile(r"^```(python|console)\n(.*?)^```$", regex.DOTALL | regex.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "corpora").symlink_to(ROOT / "corpora")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_shown_is_what_comes(page: Path, folder: Path) -> None:
    names: dict[str, object] = {}
    text = page.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start()) + 2
        if block[1] == "console":
            for command, shown in _commands(block[2]):
                assert _like(shown, printed := _run(command, folder)), f"line {line}: $ {command}\n{printed}"
        elif ">>>" in block[2]:
            _run_doctest(block[2], names, page, line)
        else:
            exec(compile("\n" * (line - 1) + block[2], page, "exec"), names)


def test_a_page_that_shows_something_else_is_found_out(folder: Path) -> None:
    assert not _like("1\n", _run("echo 2", folder))
    assert _like("1\n…\n3\n", _run("seq 3", folder))
    with pytest.raises(AssertionError):
        _run_doctest(">>> 1 + 1\n3\n", {}, Path("page.md"), 1)


def _commands(block: str) -> Iterator[tuple[str, str]]:
    for part in regex.split(r"^\$ ", block, flags=regex.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


def _run(command: str, folder: Path) -> str:
    """What a command prints, on either stream; the ``unresolve`` of this very Python is the one found."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = os.environ | {"PATH": path, "LC_ALL": "C.UTF-8", "COLUMNS": "120"}
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.stdout


def _like(shown: str, printed: str) -> bool:
    pattern = ".*".join(regex.escape(part) for part in shown.strip().split("…"))
    return regex.fullmatch(pattern, printed.strip(), regex.DOTALL) is not None


class _Checker(doctest.OutputChecker):
    """Doctest's own ``...`` means something else at the head of a line, and knows no other sign."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return _like(want, got) or super().check_output(want, got, optionflags)


def _run_doctest(block: str, names: dict[str, object], page: Path, line: int) -> None:
    test = doctest.DocTestParser().get_doctest(block, {}, page.name, str(page), line - 1)
    test.globs = names
    said: list[str] = []
    failures, _ = doctest.DocTestRunner(_Checker(), verbose=False).run(test, out=said.append, clear_globs=False)
    assert not failures, "".join(said)
