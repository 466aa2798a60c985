"""Every block of the README and the documentation is tried: what shows a run is run, and must show what comes.

In ``console`` blocks a line after ``$`` is a command, the lines up to the next are its output; ``python`` blocks are
doctests where they have prompts and are executed where they have none; ``sh`` blocks are run, and no command of theirs
may fail; ``toml``, ``yaml``, ``json`` and ``xml`` must be well-formed. ``…`` stands for any text. What is not run
is in NOT_RUN with the reason, and shown as skipped; ``text`` shows no run. All blocks of a page share one folder, in
which ``corpora`` is.
"""

from __future__ import annotations

import doctest
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import regex
import yaml
from lxml import etree

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = regex.compile(r"^```(\w+)\n(.*?)^```$", regex.DOTALL | regex.MULTILINE)
RUN = ("console", "python", "sh")
READ: dict[str, Callable[[str], object]] = {
    "json": json.loads,
    "toml": tomllib.loads,
    "xml": etree.fromstring,
    "yaml": lambda text: list(yaml.safe_load_all(text)),
}
SHOWN_ONLY = ("text",)

FROM_THE_WHEEL = "tests/newcomer.py runs it from the built wheel"
NETWORK = "asks the network"
NO_DATA = "needs documents of the United Nations, which are no part of the repository"
LONG = "is, or runs longer than, these tests themselves"
NOT_RUN = {
    ("README.md", "python3 -m venv"): FROM_THE_WHEEL,
    ("README.md", "python -m pip install pytest"): FROM_THE_WHEEL,
    ("README.md", "python -m pip install tox"): LONG,
    ("CONTRIBUTING.md", "python -m venv"): LONG,
    ("accuracy.md", "UNRESOLVE_DATA="): NO_DATA,
    ("archive.md", "python -m pip install"): NETWORK,
    ("reliability.md", "cd tests"): LONG,
    ("scaling.md", "unresolve parse pdf/"): NO_DATA,
    ("scaling.md", "pip install 'unresolve[cloud]'"): NETWORK,
    ("scaling.md", "pip install 'unresolve[cluster]'"): NETWORK,
    ("start.md", "python3 -m venv"): FROM_THE_WHEEL,
    ("viewer.md", "unresolve view A_RES"): NO_DATA,
}
"""What is not run: page and first words of a ``sh`` block, and why."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "corpora").symlink_to(ROOT / "corpora")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_shown_is_what_comes(page: Path, folder: Path) -> None:
    names: dict[str, object] = {}
    for line, kind, block in blocks(page):
        if kind == "console":
            for command, shown in _commands(block):
                assert _like(shown, printed := _run(command, folder)), f"line {line}: $ {command}\n{printed}"
        elif kind == "sh" and reason(page, block) is None:
            assert _run(f"set -e\n{block}echo well", folder).endswith("well\n"), f"line {line}"
        elif kind == "python" and ">>>" in block:
            _run_doctest(block, names, page, line)
        elif kind == "python":
            exec(compile("\n" * (line - 1) + block, page, "exec"), names)
        elif kind in READ:
            READ[kind](block)
        else:
            assert kind in (*RUN, *SHOWN_ONLY), f"line {line}: nobody tries a block of {kind}"


@pytest.mark.parametrize(
    ("page", "words"),
    [pytest.param(*block, marks=pytest.mark.skip(reason=why), id=": ".join(block)) for block, why in NOT_RUN.items()],
)
def test_a_block_that_is_not_run(page: str, words: str) -> None:
    """A line in the report for each."""


def test_what_is_not_run_is_still_there() -> None:
    shell = [(page.name, block) for page in PAGES for _, kind, block in blocks(page) if kind == "sh"]
    for name, words in NOT_RUN:
        assert [one for one in shell if one[0] == name and one[1].startswith(words)], (name, words)


def test_the_rooms_are_those_of_the_contract() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    [layers] = [one["layers"] for one in contract["contracts"] if one["type"] == "layers"]
    floors = {room: n for n, layer in enumerate(reversed(layers), 1) for room in layer.split(" | ")}
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert {room: int(n) for n, room in regex.findall(r"^\| (\d+) \| `(\w+)`", page, regex.MULTILINE)} == floors
    picture = etree.parse(ROOT / "docs" / "images" / "rooms.svg")
    heights = {
        str(text.text): float(text.get("y", "0"))
        for text in picture.iter("{http://www.w3.org/2000/svg}text")
        if text.text in floors
    }
    assert set(heights) == set(floors)
    drawn: dict[float, set[int]] = {}
    for room, height in heights.items():
        drawn.setdefault(height, set()).add(floors[room])
    assert [drawn[height] for height in sorted(drawn)] == [{n} for n in range(len(layers), 0, -1)]


def test_a_page_that_shows_something_else_is_found_out(folder: Path) -> None:
    assert not _like("1\n", _run("echo 2", folder))
    assert _like("1\n…\n3\n", _run("seq 3", folder))
    with pytest.raises(AssertionError):
        _run_doctest(">>> 1 + 1\n3\n", {}, Path("page.md"), 1)


def blocks(page: Path) -> Iterator[tuple[int, str, str]]:
    """Line, kind and content of each block."""
    text = page.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        yield text.count("\n", 0, block.start()) + 2, block[1], block[2]


def reason(page: Path, block: str) -> str | None:
    """Why a block is not run; None if it is."""
    return next((why for (name, words), why in NOT_RUN.items() if name == page.name and block.startswith(words)), None)


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
