"""What the words of the command line mean: inputs, formats, and the file of each output."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path, PurePath
from types import SimpleNamespace

import pytest

from unresolve.cli._inputs import Input, WrongUse, choose_formats, expand, plan
from unresolve.corpus.runner import Task

EXTENSIONS = {"akn": ".xml", "json": ".json", "text": ".txt"}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder of PDFs with sub-folders and things that are no documents."""
    for name in ("b.fr.pdf", "a.en.PDF", "sub/deep/c.pdf", "sub/._c.pdf", "notes.txt", ".d.pdf"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "in"


def planned(tmp_path: Path, *arguments: str, to: str = "akn", target: str | None) -> dict[str, list[str]]:
    tasks = plan(list(expand(arguments)), choose_formats(to, EXTENSIONS), target, EXTENSIONS)
    return {
        Path(task.source).name: [
            str(output.path.relative_to(tmp_path)) if output.path else "stdout" for output in task.outputs
        ]
        for task in tasks
    }


def test_a_folder_is_walked_in_order_and_its_sub_folders_are_kept(tree: Path, tmp_path: Path) -> None:
    assert planned(tmp_path, str(tree), to="akn,text", target=str(tmp_path / "out")) == {
        "a.en.PDF": ["out/a.en.xml", "out/a.en.txt"],
        "b.fr.pdf": ["out/b.fr.xml", "out/b.fr.txt"],
        "c.pdf": ["out/sub/deep/c.xml", "out/sub/deep/c.txt"],
    }


def test_files_keep_their_given_order_and_lose_their_folder(tree: Path, tmp_path: Path) -> None:
    files = [str(tree / "sub/deep/c.pdf"), str(tree / "a.en.PDF")]
    assert list(planned(tmp_path, *files, target=str(tmp_path / "out")).values()) == [["out/c.xml"], ["out/a.en.xml"]]


@pytest.mark.parametrize(
    ("target", "written"),
    [("out.xml", "out.xml"), ("new/out.xml", "new/out.xml"), ("new/", "new/b.fr.xml"), ("in", "in/b.fr.xml")],
)
def test_one_file_goes_to_a_file_unless_told_a_folder(tree: Path, tmp_path: Path, target: str, written: str) -> None:
    end = "/" if target.endswith("/") else ""
    assert planned(tmp_path, str(tree / "b.fr.pdf"), target=str(tmp_path / target) + end) == {"b.fr.pdf": [written]}


def test_a_folder_with_one_file_still_goes_to_a_folder(tree: Path, tmp_path: Path) -> None:
    assert planned(tmp_path, str(tree / "sub"), target=str(tmp_path / "out")) == {"c.pdf": ["out/deep/c.xml"]}


@pytest.mark.parametrize("target", [None, "-"])
def test_one_input_in_one_format_goes_to_standard_output(tree: Path, tmp_path: Path, target: str | None) -> None:
    assert planned(tmp_path, str(tree / "b.fr.pdf"), target=target) == {"b.fr.pdf": ["stdout"]}


@pytest.mark.parametrize(
    ("name", "stem"),
    [("A_RES_72_1.fr.pdf", "A_RES_72_1.fr"), ("A_RES_72_1.fr", "A_RES_72_1.fr"), ("x.MD", "x"), ("plain", "plain")],
)
def test_only_the_ending_of_a_format_is_cut_off(name: str, stem: str) -> None:
    assert list(expand([name])) == [Input(name, PurePath(stem))]


def test_a_path_that_is_nothing_is_left_to_its_reader() -> None:
    assert [one.source for one in expand(["no/such.pdf"])] == ["no/such.pdf"]


def test_standard_input_is_read_into_the_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"%PDF")))
    [task] = plan(list(expand(["-"])), ["akn"], "out/", EXTENSIONS)
    assert (task.source, task.data, task.outputs[0].path) == ("-", b"%PDF", Path("out/stdin.xml"))


class TestWrongUse:
    """Each is refused before anything is read or written."""

    def refused(self, *arguments: str, target: str | None, to: str = "akn") -> str:
        with pytest.raises(WrongUse) as caught:
            plan(list(expand(arguments)), choose_formats(to, EXTENSIONS), target, EXTENSIONS)
        return str(caught.value)

    def test_several_outputs_to_standard_output(self, tree: Path) -> None:
        assert "need a folder" in self.refused(str(tree), target=None)
        assert "need a folder" in self.refused(str(tree / "b.fr.pdf"), to="akn,json", target=None)

    def test_several_outputs_to_a_file(self, tree: Path) -> None:
        assert "not a folder" in self.refused(str(tree), target=str(tree / "notes.txt"))

    def test_two_inputs_to_one_file(self, tree: Path) -> None:
        other = tree / "sub/b.fr.pdf"
        other.touch()
        assert "would both be written" in self.refused(str(tree / "b.fr.pdf"), str(other), target="out/")

    @pytest.mark.parametrize("make", [os.link, os.symlink, None], ids=["hard link", "link", "itself"])
    def test_an_output_on_an_input(self, tree: Path, make: object) -> None:
        source, target = tree / "b.fr.pdf", tree / "b.fr.xml"
        if callable(make):
            make(source, target)
        else:
            target = source
        assert "would overwrite" in self.refused(str(source), target=str(target))

    def test_an_output_on_another_input(self, tree: Path) -> None:
        text = tree / "b.fr.txt"
        text.touch()
        message = self.refused(str(tree / "b.fr.pdf"), str(text), to="json,text", target=str(tree))
        assert "b.fr.txt" in message

    def test_a_folder_without_documents(self, tmp_path: Path) -> None:
        assert "no PDF" in self.refused(str(tmp_path), target="out/")

    def test_standard_input_twice(self) -> None:
        assert "only once" in self.refused("-", "-", target="out/")

    @pytest.mark.parametrize("to", ["", ",", "docx", "akn,docx"])
    def test_a_format_that_does_not_exist(self, to: str) -> None:
        assert "akn, json, text" in self.refused("a.pdf", to=to, target=None)


def test_formats_are_taken_once_in_the_order_given() -> None:
    assert choose_formats(" json,akn,json ", EXTENSIONS) == ("json", "akn")


def test_a_task_holds_no_bytes_of_files(tree: Path) -> None:
    [task] = plan(list(expand([str(tree / "b.fr.pdf")])), ["akn"], None, EXTENSIONS)
    assert isinstance(task, Task)
    assert task.data is None
