"""The command as it is typed: what it prints where, what it writes, and its exit code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pikepdf
import pytest
from lxml import etree
from typer.testing import CliRunner

import unresolve
from unresolve.cli.app import app

WELL, FAILED, WRONG_USE = 0, 1, 2
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


def call(*words: str | Path, stdin: bytes | None = None) -> tuple[int, bytes, list[str]]:
    """Exit code, standard output, lines of standard error."""
    result = CliRunner().invoke(app, [str(word) for word in words], input=stdin)
    return result.exit_code, result.stdout_bytes, result.stderr.splitlines()


@pytest.fixture
def junk(tmp_path: Path) -> Path:
    path = tmp_path / "junk.en.pdf"
    path.write_bytes(b"\x00\x01 this is no PDF")
    return path


def test_one_sample_prints_akoma_ntoso(samples: list[Path]) -> None:
    code, out, errors = call("parse", samples[0])
    assert (code, errors) == (WELL, [])
    assert etree.fromstring(out).tag == f"{AKN}akomaNtoso"


def test_standard_input_gives_the_same_bytes_as_the_file(samples: list[Path]) -> None:
    assert call("parse", "-", stdin=samples[0].read_bytes())[1] == call("parse", samples[0])[1]


def test_a_folder_in_three_formats(samples: list[Path], tmp_path: Path) -> None:
    code, out, _ = call("parse", samples[0].parent, "-o", tmp_path, "--to", "akn,json,text", "--jobs", "2")
    assert (code, out) == (WELL, b"")
    for sample in samples:
        for ending in (".xml", ".json", ".txt"):
            assert (tmp_path / f"{sample.stem}{ending}").stat().st_size > 100


def test_the_library_gives_what_the_command_gives(samples: list[Path]) -> None:
    document = unresolve.parse(samples[0])
    assert unresolve.write(document, "json") == call("parse", samples[0], "--to", "json")[1]
    assert unresolve.parse(samples[0].read_bytes()) == document
    with samples[0].open("rb") as file:
        assert unresolve.parse(file) == document


def test_one_bad_input_does_not_stop_the_others(samples: list[Path], junk: Path, tmp_path: Path) -> None:
    code, out, errors = call("parse", junk, samples[0], "-o", tmp_path / "out")
    assert (code, out) == (FAILED, b"")
    assert errors[0].startswith(f"{junk}: ")
    assert errors[-1].startswith("2 documents: 1 well, 1 failed; ")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [f"{samples[0].stem}.xml", "manifest.jsonl"]


def test_the_standard_input_is_named_in_errors() -> None:
    code, out, errors = call("parse", "-", stdin=b"\x00\x01 this is no PDF")
    assert (code, out, len(errors)) == (FAILED, b"", 1)
    assert errors[0].startswith("-: ")


def test_an_input_is_never_overwritten(samples: list[Path], tmp_path: Path) -> None:
    copy = tmp_path / samples[0].name
    copy.write_bytes(samples[0].read_bytes())
    code, _, errors = call("parse", copy, "-o", copy)
    assert code == WRONG_USE
    assert "would overwrite the input" in " ".join(" ".join(errors).split())
    assert copy.read_bytes() == samples[0].read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        ["parse"],
        ["parse", "a.pdf", "b.pdf"],
        ["parse", "a.pdf", "--to", "docx"],
        ["parse", "a.pdf", "--engine", "acrobat"],
        ["parse", "a.pdf", "--jobs", "-1"],
        ["parse", "a.pdf", "--lang", "xx"],
        ["inspect", "a.pdf", "--stage", "dreams"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_use(words: list[str]) -> None:
    code, out, errors = call(*words)
    assert (code, out) == (WRONG_USE, b"")
    assert errors


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A PDF that can be read, and is no document of the United Nations."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(612, 792))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=font))
    pdf.pages[0].Contents = pdf.make_stream(b"BT /F0 12 Tf 72 700 Td (Cara amica, hic tibi scribo.) Tj ET")
    path = tmp_path / "letter.pdf"
    pdf.save(path)
    return path


def test_diagnostics_are_shown_if_asked_for_and_count_if_strict(letter: Path) -> None:
    code, out, errors = call("parse", letter)
    assert (code, errors) == (WELL, [])
    assert b"Cara amica" in out
    assert call("parse", letter, "--strict")[0] == FAILED
    code, _, errors = call("parse", letter, "-v")
    assert code == WELL
    assert errors
    assert all(line.startswith(str(letter)) for line in errors)


@pytest.mark.parametrize("stage", ["pages", "layout", "structure", "citations"])
def test_inspect_prints_every_stage(stage: str, samples: list[Path]) -> None:
    code, out, errors = call("inspect", samples[0], "--stage", stage)
    assert (code, errors) == (WELL, [])
    assert all(line.startswith("p") for line in out.decode().splitlines() if "[" in line)
    assert out.count(b"\n") > 3


@pytest.mark.parametrize("stage", ["layout", "citations"])
def test_inspect_draws_each_page(stage: str, samples: list[Path], tmp_path: Path) -> None:
    from PIL import Image

    code, out, _ = call("inspect", samples[0], "--stage", stage, "--image", tmp_path)
    assert code == WELL
    pictures = [Path(line) for line in out.decode().splitlines()]
    assert [path.name for path in pictures] == [
        f"{samples[0].name}.{stage}.{page:03}.png" for page in range(1, len(pictures) + 1)
    ]
    with Image.open(pictures[0]) as picture:
        # A page is black on white: whatever has a hue was drawn.
        colours = picture.convert("RGB").tobytes()
    hued = sum(max(colour) - min(colour) > 60 for colour in zip(*(colours[band::3] for band in range(3)), strict=True))
    assert hued > 100


def test_inspect_of_junk_is_one_line(junk: Path) -> None:
    code, out, errors = call("inspect", junk)
    assert (code, out, len(errors)) == (FAILED, b"", 1)
    assert errors[0].startswith(f"{junk}: ")


def test_json_reads_back_as_a_document(samples: list[Path]) -> None:
    out = call("parse", samples[0], "--to", "json")[1]
    assert msgspec.json.decode(out, type=unresolve.Document) == unresolve.parse(samples[0])


def test_version_is_the_same_from_outside_and_within() -> None:
    said = f"unresolve {unresolve.__version__}\n"
    command = [sys.executable, "-m", "unresolve", "--version"]
    assert subprocess.run(command, capture_output=True, check=True, text=True).stdout == said
    assert call("--version") == (WELL, said.encode(), [])


def test_starting_loads_nothing_that_a_run_may_not_need() -> None:
    script = (
        "import sys, unresolve.cli.app\n"
        "heavy = 'rich lxml regex spacy langdetect pdfplumber pypdfium2 cobalt PIL numpy pebble fsspec distributed'\n"
        "print(sorted(set(heavy.split()) & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert run.stdout.strip() == "[]"


def test_words_and_flags_are_read_without_pydantic(samples: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out.xml"
    script = (
        "import sys\n"
        "from unresolve.cli.app import app\n"
        "app(sys.argv[1:], standalone_mode=False)\n"
        "print('pydantic' in sys.modules)"
    )
    command = [sys.executable, "-c", script, "parse", str(samples[0]), "-o", str(out), "--no-tags"]
    run = subprocess.run(command, capture_output=True, check=True, text=True)
    assert run.stdout.strip() == "False"
    assert out.stat().st_size > 0


def test_an_unknown_command_is_answered_with_the_nearest() -> None:
    code, _, said = call("pars")
    assert code == WRONG_USE
    assert "Did you mean 'parse'?" in said[-1]


def test_values_that_need_reading_are_still_read(samples: list[Path]) -> None:
    assert call("parse", samples[0], "--jobs", "many")[0] == WRONG_USE
    assert call("parse", samples[0], "--jobs", "-1")[0] == WRONG_USE
    assert call("parse", samples[0], "--engine", "none")[0] == WRONG_USE
