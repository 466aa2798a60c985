"""What the words of the command line mean: inputs, formats, and the file of each output."""

from __future__ import annotations

import io
import os
import sys
import weakref
from pathlib import Path, PurePath
from types import SimpleNamespace

import pytest

from unresolve.cli._inputs import Input, WrongUse, choose_formats, expand
from unresolve.cli._plan import Plan
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
    tasks = Plan(arguments, choose_formats(to, EXTENSIONS), target, EXTENSIONS).tasks()
    return {
        Path(task.source).name: [
            str(Path(output.path).relative_to(tmp_path)) if output.path else "stdout" for output in task.outputs
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


def test_where_two_inputs_would_fall_on_one_file_all_keep_their_whole_path(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tree / "sub/b.fr.pdf").touch()
    monkeypatch.chdir(tree)
    given = ["b.fr.pdf", "sub/b.fr.pdf", "../in/a.en.PDF"]
    plan = Plan(given, ["akn"], "out", EXTENSIONS)
    assert [task.outputs[0].path for task in plan.tasks()] == ["out/b.fr.xml", "out/sub/b.fr.xml", "out/in/a.en.xml"]


class TestLists:
    def test_what_is_listed_keeps_its_path(self, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tree.parent)
        Path("list.txt").write_text("# two files and a folder\n\nin/b.fr.pdf\n in/a.en.PDF \r\nin/sub\n", "utf-8")
        expected = ["out/in/b.fr.xml", "out/in/a.en.xml", "out/in/sub/deep/c.xml"]
        for arguments, lists in ((["@list.txt"], []), ([], ["list.txt"])):
            plan = Plan(arguments, ["akn"], "out", EXTENSIONS, lists=lists)
            assert [task.outputs[0].path for task in plan.tasks()] == expected
            assert plan.total == 3

    @pytest.mark.parametrize(
        ("line", "inside"),
        [
            ("../../etc/x.pdf", "etc/x"),
            ("/etc/x.pdf", "etc/x"),
            ("a/../../../x.pdf", "a/x"),
            ("s3://bucket/../../x.pdf", "bucket/x"),
            ("memory:///x.pdf", "x"),
        ],
    )
    def test_no_name_leads_out_of_the_folder(self, line: str, inside: str, tmp_path: Path) -> None:
        pytest.importorskip("fsspec")
        (tmp_path / "list").write_text(line, encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("unresolve.cli._inputs.is_folder", lambda _: False)
            [one] = expand([f"@{tmp_path / 'list'}"])
        assert (one.source, one.stem) == (line, PurePath(inside))

    def test_a_file_with_such_a_name_is_itself(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("@list.pdf").touch()
        assert [one.source for one in expand(["@list.pdf"])] == ["@list.pdf"]

    @pytest.mark.parametrize("content", [None, b"", b"# nothing\n\n", b"\xff\xfe\x00"])
    def test_a_list_that_names_nothing_is_wrong_use(self, content: bytes | None, tmp_path: Path) -> None:
        if content is not None:
            (tmp_path / "list").write_bytes(content)
        with pytest.raises(WrongUse, match="list"):
            list(expand([f"@{tmp_path / 'list'}"]))


def test_a_plan_of_many_inputs_holds_none_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alive: set[int] = set()
    most = 0

    class Counted(Input, frozen=True, weakref=True):
        def __post_init__(self) -> None:
            nonlocal most
            alive.add(id(self))
            weakref.finalize(self, alive.discard, id(self))
            most = max(most, len(alive))

    monkeypatch.setattr("unresolve.cli._inputs.Input", Counted)
    (tmp_path / "list").write_text("".join(f"in/{n}.pdf\n" for n in range(1_000)), encoding="utf-8")
    plan = Plan([f"@{tmp_path / 'list'}"], ["akn"], "out", EXTENSIONS)
    assert sum(1 for _ in plan.tasks()) == plan.total == 1_000
    assert 0 < most < 10


@pytest.mark.parametrize("target", [None, "-"])
def test_one_input_in_one_format_goes_to_standard_output(tree: Path, tmp_path: Path, target: str | None) -> None:
    assert planned(tmp_path, str(tree / "b.fr.pdf"), target=target) == {"b.fr.pdf": ["stdout"]}


@pytest.mark.parametrize(
    ("name", "stem"),
    [("A_RES_72_1.fr.pdf", "A_RES_72_1.fr"), ("A_RES_72_1.fr", "A_RES_72_1.fr"), ("x.MD", "x"), ("plain", "plain")],
)
def test_only_the_ending_of_a_format_is_cut_off(name: str, stem: str) -> None:
    assert list(expand([name])) == [Input(name, PurePath(stem), full=PurePath(stem))]


def test_a_path_that_is_nothing_is_left_to_its_reader() -> None:
    assert [one.source for one in expand(["no/such.pdf"])] == ["no/such.pdf"]


def test_standard_input_is_read_into_the_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"%PDF")))
    [task] = Plan(["-"], ["akn"], "out/", EXTENSIONS).tasks()
    assert (task.source, task.data, task.outputs[0].path) == ("-", b"%PDF", "out/stdin.xml")


class TestWrongUse:
    """Each is refused before anything is read or written."""

    def refused(self, *arguments: str, target: str | None, to: str = "akn") -> str:
        with pytest.raises(WrongUse) as caught:
            Plan(arguments, choose_formats(to, EXTENSIONS), target, EXTENSIONS)
        return str(caught.value)

    def test_several_outputs_to_standard_output(self, tree: Path) -> None:
        assert "need a folder" in self.refused(str(tree), target=None)
        assert "need a folder" in self.refused(str(tree / "b.fr.pdf"), to="akn,json", target=None)

    def test_several_outputs_to_a_file(self, tree: Path) -> None:
        assert "not a folder" in self.refused(str(tree), target=str(tree / "notes.txt"))

    def test_two_inputs_to_one_file(self, tree: Path) -> None:
        other = tree / "b.fr.md"
        other.touch()
        assert "would both be written" in self.refused(str(tree / "b.fr.pdf"), str(other), target="out/")

    def test_one_input_twice(self, tree: Path) -> None:
        assert "would both be written" in self.refused(str(tree), str(tree / "b.fr.pdf"), target="out/")

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
    [task] = Plan([str(tree / "b.fr.pdf")], ["akn"], None, EXTENSIONS).tasks()
    assert isinstance(task, Task)
    assert task.data is None
