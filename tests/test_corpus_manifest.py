"""The manifest: what it says, what survives a torn write, who may write it, and what a resumed run leaves out."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unresolve.corpus import manifest as manifests
from unresolve.corpus.manifest import Manifest, Record, key, read_records, record_of
from unresolve.corpus.places import clear_temporaries
from unresolve.corpus.resume import unfinished
from unresolve.corpus.tasks import Options, Outcome, Output, Task, perform
from unresolve.errors import ManifestError

FORMATS = ("akn", "text")


def task(source: Path, root: Path, stem: str = "a") -> Task:
    return Task(str(source), (Output("akn", str(root / f"{stem}.xml")), Output("text", str(root / f"{stem}.txt"))))


def done(tasks: list[Task], root: Path, options: Options | None = None) -> list[Outcome]:
    """The outcomes of a run that is resumed, each recorded."""
    options = options or Options()
    outcomes = []
    with Manifest(root / "manifest.jsonl") as manifest:
        for item in unfinished(tasks, options, manifest, str(root)):
            outcome = item if isinstance(item, Outcome) else perform(item, options)
            manifest.add(record_of(outcome, options, FORMATS, str(root)))
            outcomes.append(outcome)
    return outcomes


@pytest.fixture
def pdf(samples: list[Path], tmp_path: Path) -> Path:
    path = tmp_path / "in.pdf"
    path.write_bytes(samples[0].read_bytes())
    return path


def test_a_record_says_what_there_is_to_know(pdf: Path, tmp_path: Path) -> None:
    done([task(pdf, tmp_path)], tmp_path)
    [record] = read_records(tmp_path / "manifest.jsonl")
    assert (record.source, record.result, record.size) == (str(pdf), "parsed", pdf.stat().st_size)
    assert [(one.format, one.path) for one in record.outputs] == [("akn", "a.xml"), ("text", "a.txt")]
    assert all((tmp_path / one.path).stat().st_size == one.size for one in record.outputs)
    assert record.counts["pages"] > 0
    assert record.counts["paragraphs"] > 0
    assert record.seconds > 0
    assert record.finished.endswith("+00:00")


class TestResume:
    """Content, options and version decide; names and times do not."""

    def test_what_is_finished_is_kept(self, pdf: Path, tmp_path: Path) -> None:
        [first] = done([task(pdf, tmp_path)], tmp_path)
        [again] = done([task(pdf, tmp_path)], tmp_path)
        assert (first.kept, again.kept) == (False, True)
        assert (again.sha256, again.written, again.counts) == (first.sha256, first.written, first.counts)

    def test_another_name_is_copied(self, pdf: Path, tmp_path: Path) -> None:
        done([task(pdf, tmp_path)], tmp_path)
        pdf = pdf.rename(tmp_path / "other.pdf")
        [again] = done([task(pdf, tmp_path, "sub/other")], tmp_path)
        assert again.kept
        assert (tmp_path / "sub/other.xml").read_bytes() == (tmp_path / "a.xml").read_bytes()

    def test_other_content_under_the_same_name_is_parsed(self, pdf: Path, samples: list[Path], tmp_path: Path) -> None:
        done([task(pdf, tmp_path)], tmp_path)
        before = (tmp_path / "a.xml").read_bytes()
        pdf.write_bytes(samples[1].read_bytes())
        [again] = done([task(pdf, tmp_path)], tmp_path)
        assert not again.kept
        assert (tmp_path / "a.xml").read_bytes() != before

    @pytest.mark.parametrize("harm", ["deleted", "changed"])
    def test_a_file_that_is_not_what_it_was_is_made_anew(self, harm: str, pdf: Path, tmp_path: Path) -> None:
        done([task(pdf, tmp_path)], tmp_path)
        path = tmp_path / "a.txt"
        whole = path.read_bytes()
        path.unlink() if harm == "deleted" else path.write_bytes(whole[:-1])
        [again] = done([task(pdf, tmp_path)], tmp_path)
        assert not again.kept
        assert path.read_bytes() == whole

    @pytest.mark.parametrize("name", ["options", "version", "grammars", "epoch"])
    def test_another_way_of_parsing_is_another_result(
        self, name: str, pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        done([task(pdf, tmp_path)], tmp_path)
        if name == "version":
            monkeypatch.setattr(manifests, "__version__", "99.0")
        elif name == "grammars":
            monkeypatch.setattr(manifests, "_grammars", lambda: "edited")
        elif name == "epoch":
            monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
        [again] = done([task(pdf, tmp_path)], tmp_path, Options(tags=name != "options"))
        assert not again.kept

    def test_what_cannot_be_read_is_refused_once_and_what_failed_is_tried_again(self, tmp_path: Path) -> None:
        broken, missing = tmp_path / "broken.pdf", tmp_path / "missing.pdf"
        broken.write_bytes(b"\x00\x01")
        (tmp_path / "full.xml").mkdir()
        full = Task(str(broken.with_name("full.pdf")), (Output("akn", str(tmp_path / "full.xml")),))
        tasks = [task(broken, tmp_path), task(missing, tmp_path), full]
        first, again = done(tasks, tmp_path), done(tasks, tmp_path)
        assert [outcome.kept for outcome in again] == [True, False, False]
        assert [outcome.error for outcome in again] == [outcome.error for outcome in first]
        broken.rename(tmp_path / "renamed.pdf")
        [renamed] = done([task(tmp_path / "renamed.pdf", tmp_path)], tmp_path)
        assert renamed.kept
        assert str(renamed.error).startswith(f"{tmp_path / 'renamed.pdf'}: ")


records = st.builds(
    Record, source=st.text(st.characters(codec="utf-8")), result=st.just("parsed"), key=st.text("0123456789abcdef")
)


@settings(max_examples=30)
@given(st.lists(records, min_size=1, max_size=4), st.integers(0, 400))
def test_a_run_killed_at_any_byte_keeps_its_whole_records(written: list[Record], cut: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifests, "_lock", lambda *_: None)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "m.jsonl")
            lines = [msgspec.json.encode(record) + b"\n" for record in written]
            torn = b"".join(lines)[: max(0, sum(map(len, lines)) - cut)]
            path.write_bytes(torn)
            with Manifest(path) as manifest:
                manifest.add(Record("after", "parsed"))
            whole = written[: torn.count(b"\n")]
            assert list(read_records(path)) == [*whole, Record("after", "parsed")]


def test_a_line_that_is_no_record_is_counted_and_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    good = Record("a.pdf", "parsed", key=key("00", Options(), FORMATS))
    path.write_bytes(b"\x00\x00\x00\n" + msgspec.json.encode(good) + b"\n{}\n")
    with Manifest(path) as manifest:
        assert manifest.find(good.key) == good
        assert manifest.find("another") is None
        assert manifest.unreadable == 2


def test_two_runs_do_not_write_one_manifest(tmp_path: Path) -> None:
    with Manifest(tmp_path / "m.jsonl"), pytest.raises(ManifestError, match="another run"):
        Manifest(tmp_path / "m.jsonl")
    with Manifest(tmp_path / "m.jsonl"):
        pass


def test_a_manifest_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "file" / "m.jsonl"):
        with pytest.raises(ManifestError, match="cannot be written"):
            Manifest(path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_an_error_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "m.jsonl").symlink_to("/dev/full")
    with Manifest(tmp_path / "m.jsonl") as manifest, pytest.raises(ManifestError, match="No space left"):
        manifest.add(Record("a.pdf", "parsed"))


def test_leftovers_of_killed_writers_are_removed_and_nothing_else(tmp_path: Path) -> None:
    kept = [tmp_path / "a.tmp", tmp_path / "sub/.unresolve-notes.tmp", tmp_path / "sub/a.xml"]
    left = [tmp_path / f".unresolve-{'0' * 16}.tmp", tmp_path / f"sub/.unresolve-{'ab' * 8}.tmp"]
    (tmp_path / "sub").mkdir()
    for path in (*kept, *left):
        path.touch()
    assert clear_temporaries(tmp_path) == 2
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(kept)


def test_names_that_are_no_text_are_recorded(tmp_path: Path) -> None:
    outcome = Outcome("a\udcff.pdf", error="a\udcff.pdf: broken")
    assert msgspec.json.encode(record_of(outcome, Options(), FORMATS, str(tmp_path)))


def test_keys_do_not_depend_on_the_hash_seed() -> None:
    script = "from unresolve.corpus.manifest import *; from unresolve.corpus.tasks import *; "
    script += "print(key('00', Options(), {'json', 'akn', 'text'}))"
    keys = {
        subprocess.run([sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True).stdout
        for seed in "123"
    }
    assert len(keys) == 1
    assert len(keys.pop().strip()) == 64
