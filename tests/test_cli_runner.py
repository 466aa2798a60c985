"""Many inputs: failures that stay with their input, one process and several, files written whole."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from msgspec.structs import replace

from unresolve.corpus.runner import Output, Task, run, write_whole
from unresolve.errors import OutputError

AKN = (Output("akn"),)


def test_what_cannot_be_read_is_one_line_naming_it(tmp_path: Path) -> None:
    missing, folder = tmp_path / "no.pdf", tmp_path
    outcomes = list(run([Task(str(missing), AKN), Task(str(folder), AKN)]))
    for outcome, path in zip(outcomes, (missing, folder), strict=True):
        assert outcome.error is not None
        assert outcome.error.startswith(f"{path}: ")
        assert "\n" not in outcome.error
        assert outcome.trace is None


def test_a_fault_of_ours_is_told_with_its_trace(monkeypatch: pytest.MonkeyPatch, samples: list[Path]) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("two\nlines")

    monkeypatch.setattr("unresolve.pipeline.stages", broken)
    [outcome] = run([Task(str(samples[0]), AKN)])
    assert outcome.error == f"{samples[0]}: unforeseen KeyError: 'two\\nlines'"
    assert outcome.trace is not None
    assert "in broken" in outcome.trace


def test_processes_give_what_one_process_gives(tmp_path: Path, samples: list[Path]) -> None:
    tasks = [Task(str(path), AKN) for path in (*samples[:3], tmp_path / "missing.pdf")]
    one, two = ({outcome.source: replace(outcome, seconds=0.0) for outcome in run(tasks, jobs=jobs)} for jobs in (1, 2))
    assert one == two
    assert len(one) == 4


class TestWriteWhole:
    def test_folders_are_made_and_nothing_else_is_left(self, tmp_path: Path) -> None:
        path = tmp_path / "new" / "deep" / "a.xml"
        write_whole(path, b"one")
        write_whole(path, b"two")
        assert path.read_bytes() == b"two"
        assert [entry.name for entry in path.parent.iterdir()] == ["a.xml"]

    def test_the_file_has_the_rights_of_any_new_file(self, tmp_path: Path) -> None:
        plain, ours = tmp_path / "plain", tmp_path / "ours"
        plain.touch()
        write_whole(ours, b"")
        assert stat.S_IMODE(ours.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)

    def test_a_name_as_long_as_the_system_allows(self, tmp_path: Path) -> None:
        path = tmp_path / ("n" * 251 + ".xml")
        write_whole(path, b"x")
        assert path.read_bytes() == b"x"

    def test_what_cannot_be_written_leaves_the_old_file(self, tmp_path: Path) -> None:
        target = tmp_path / "folder.xml"
        target.mkdir()
        with pytest.raises(OutputError, match="cannot be written") as caught:
            write_whole(target, b"x")
        assert str(caught.value).startswith(str(target))
        assert [entry.name for entry in tmp_path.iterdir()] == ["folder.xml"]

    def test_a_file_where_a_folder_should_be(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_text("x")
        with pytest.raises(OutputError):
            write_whole(tmp_path / "a" / "b.xml", b"x")
