"""Paths and addresses behave alike: reading, writing whole, folders, errors."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from typer.testing import CliRunner

from unresolve.cli.app import app
from unresolve.corpus.manifest import read_records
from unresolve.corpus.places import is_address, is_folder, join, pdf_files, read, write_whole
from unresolve.errors import MissingExtraError, OutputError, ReadError


@pytest.fixture
def memory() -> Iterator[str]:
    """The address of an empty store in memory."""
    from fsspec.implementations.memory import MemoryFileSystem

    MemoryFileSystem.store.clear()
    MemoryFileSystem.pseudo_dirs[:] = [""]
    yield "memory://bucket"
    MemoryFileSystem.store.clear()


@pytest.fixture(params=["folder", "store"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "x") if request.param == "folder" else str(request.getfixturevalue("memory"))


@pytest.mark.parametrize("place", ["s3://b/a.pdf", "memory://a", "simplecache::s3://b/a", "https://x/a.pdf"])
def test_an_address(place: str) -> None:
    assert is_address(place)


@pytest.mark.parametrize("place", ["a.pdf", "/a/b", "C:\\a.pdf", "c:/a.pdf", "a:b.pdf", "A/RES/72/1", "-", "S3://b"])
def test_no_address(place: str) -> None:
    assert not is_address(place)


def test_what_is_written_is_read(root: str) -> None:
    place = join(root, PurePosixPath("deep/a.pdf"))
    write_whole(place, b"one")
    write_whole(place, b"two")
    assert read(place) == b"two"
    assert is_folder(root)
    assert not is_folder(place)


def test_pdf_files_are_found_in_order(root: str) -> None:
    for name in ("b.pdf", "a/z.PDF", "a/.hidden.pdf", "c/d/e.pdf", "notes.txt"):
        write_whole(join(root, name), b"")
    assert sorted(map(str, pdf_files(root))) == ["a/z.PDF", "b.pdf", "c/d/e.pdf"]
    assert list(pdf_files(root)) == list(pdf_files(root))


def test_a_tree_deeper_than_the_stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    deep = "/".join(["d"] * 300)
    Path(deep).mkdir(parents=True)
    Path(deep, "a.pdf").touch()
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        assert [str(path) for path in pdf_files(".")] == [f"{deep}/a.pdf"]
    finally:
        sys.setrecursionlimit(limit)


def test_what_is_not_there_is_a_read_error(root: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(join(root, "no.pdf"))
    assert str(caught.value).startswith(join(root, "no.pdf"))


def test_a_store_nobody_knows() -> None:
    with pytest.raises(ReadError, match="nosuch://"):
        read("nosuch://b/a.pdf")
    with pytest.raises(OutputError, match="cannot be written"):
        write_whole("nosuch://b/a.pdf", b"")


def test_without_fsspec_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'unresolve\[cloud\]'"):
        read("s3://b/a.pdf")


def test_from_a_store_to_a_store(memory: str, samples: list[Path], tmp_path: Path) -> None:
    write_whole(f"{memory}/in/sub/a.fr.pdf", samples[0].read_bytes())
    records = tmp_path / "records.jsonl"
    words = ["parse", f"{memory}/in", "-o", f"{memory}/out", "--to", "akn,text", "--manifest", str(records)]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert b"akomaNtoso" in read(f"{memory}/out/sub/a.fr.xml")
    [record] = read_records(records)
    assert [one.path for one in record.outputs] == ["sub/a.fr.xml", "sub/a.fr.txt"]
    assert CliRunner().invoke(app, [*words, "--resume"]).exit_code == 0
    assert CliRunner().invoke(app, words[:-2]).exit_code == 2  # nothing can be appended there
    one = ["parse", f"{memory}/in/sub/a.fr.pdf", "-o", f"{memory}/single.xml"]
    assert CliRunner().invoke(app, one).exit_code == 0
    assert read(f"{memory}/single.xml") == read(f"{memory}/out/sub/a.fr.xml")
