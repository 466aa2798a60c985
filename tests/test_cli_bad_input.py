"""Inputs that cannot be read: each is an error of its own class, one line on standard error, exit code 1."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from typer.testing import CliRunner

import unresolve
from unresolve import errors
from unresolve.cli.app import app
from unresolve.pipeline import Engine


def not_a_pdf(_: bytes) -> bytes:
    return b"PK\x03\x04 a word processor's file \x00\x01\x02"


def nothing(_: bytes) -> bytes:
    return b""


def cut_off(sample: bytes) -> bytes:
    return sample[:200]


def no_page(_: bytes) -> bytes:
    return _saved(pikepdf.new())


def encrypted(sample: bytes) -> bytes:
    with pikepdf.open(BytesIO(sample)) as pdf:
        return _saved(pdf, encryption=pikepdf.Encryption(owner="owner", user="reader"))


def scan(_: bytes) -> bytes:
    """A page that is a picture and nothing else."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(612, 792))
    pixel = pikepdf.Stream(pdf, b"\x00", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1)
    pixel.ColorSpace, pixel.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    page = pdf.pages[0]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=pixel))
    page.Contents = pdf.make_stream(b"q 612 0 0 792 0 0 cm /Im0 Do Q")
    return _saved(pdf)


def _saved(pdf: pikepdf.Pdf, encryption: pikepdf.Encryption | bool = False) -> bytes:
    out = BytesIO()
    pdf.save(out, encryption=encryption)
    return out.getvalue()


CASES: list[tuple[Callable[[bytes], bytes], type[errors.ReadError]]] = [
    (not_a_pdf, errors.NotAPdfError),
    (nothing, errors.NotAPdfError),
    (cut_off, errors.TruncatedError),
    (no_page, errors.NoPageError),
    (encrypted, errors.EncryptedError),
    (scan, errors.NoTextError),
]


@pytest.mark.parametrize("engine", ["pdfium", "plumber"])
@pytest.mark.parametrize(("make", "error"), CASES, ids=lambda value: value.__name__)
def test_what_cannot_be_read(
    make: Callable[[bytes], bytes], error: type[errors.ReadError], engine: Engine, samples: list[Path], tmp_path: Path
) -> None:
    path = tmp_path / "bad.fr.pdf"
    path.write_bytes(make(samples[0].read_bytes()))
    with pytest.raises(error) as caught:
        unresolve.parse(path, engine=engine)
    assert type(caught.value) is error
    assert str(caught.value).startswith(f"{path}")
    result = CliRunner().invoke(app, ["parse", str(path), "-o", str(tmp_path / "out.xml"), "--engine", engine])
    assert result.exit_code == 1
    assert result.stderr == f"{' '.join(str(caught.value).split())}\n"
    assert not (tmp_path / "out.xml").exists()


def test_a_file_that_needs_no_password_to_be_read_is_read(samples: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "locked_against_changes.pdf"
    with pikepdf.open(samples[0]) as pdf:
        path.write_bytes(_saved(pdf, encryption=pikepdf.Encryption(owner="owner", user="")))
    assert unresolve.parse(path).body == unresolve.parse(samples[0]).body


def test_a_missing_cross_reference_table_is_mended(samples: list[Path], tmp_path: Path) -> None:
    whole = samples[0].read_bytes()
    path = tmp_path / "tail_lost.pdf"
    path.write_bytes(whole[: whole.rindex(b"startxref")])
    assert unresolve.parse(path).masthead == unresolve.parse(samples[0]).masthead
