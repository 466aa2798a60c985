"""A file that another program has saved again is the same document: nothing hangs on how its bytes are laid out."""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import msgspec
import pikepdf
import pytest

from unresolve.model import Document
from unresolve.pipeline import parse

SAMPLES = ("dark_skies.en", "fanarat.ar", "chazhan.zh")
Change = Callable[[pikepdf.Pdf], None]


def _leave(_: pikepdf.Pdf) -> None:
    """Nothing but the way of saving changes."""


def _without_tags(pdf: pikepdf.Pdf) -> None:
    if "/StructTreeRoot" in pdf.Root:
        del pdf.Root["/StructTreeRoot"]


def _without_links(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj["/Annots"]


def _with_trim(pdf: pikepdf.Pdf) -> None:
    """A sheet larger than the page, cut by the crop box: as printers hand files back."""
    for page in pdf.pages:
        x0, y0, x1, y1 = _box(page)
        page.mediabox = pikepdf.Array([x0 - 50, y0 - 70, x1 + 50, y1 + 70])
        page.cropbox = pikepdf.Array([x0, y0, x1, y1])


def _off_the_origin(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, 1.0, 100.0, 200.0)
    for page in pdf.pages:
        x0, y0, x1, y1 = _box(page)
        page.mediabox = pikepdf.Array([x0 + 100, y0 + 200, x1 + 100, y1 + 200])


def _fitted_to_a4(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, 0.94, 10.0, 20.0)
    for page in pdf.pages:
        page.mediabox = pikepdf.Array([0, 0, 595.3, 841.9])


def _box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(side) for side in page.mediabox)
    return x0, y0, x1, y1


def _draw(pdf: pikepdf.Pdf, scale: float, x: float, y: float) -> None:
    """Draws all pages smaller and elsewhere; the links go with the words."""
    for page in pdf.pages:
        page.contents_add(f"q {scale} 0 0 {scale} {x} {y} cm\n".encode(), prepend=True)
        page.contents_add(b"\nQ")
        for link in page.obj.get("/Annots", []):
            sides = [float(side) for side in link.Rect]
            link.Rect = [scale * side + (x, y)[at % 2] for at, side in enumerate(sides)]


WAYS: dict[str, tuple[Change, dict[str, Any]]] = {
    "without tags": (_without_tags, {}),
    "without links": (_without_links, {}),
    "linearized": (_leave, {"linearize": True}),
    "object streams": (_leave, {"object_stream_mode": pikepdf.ObjectStreamMode.generate}),
    "encrypted, no password": (_leave, {"encryption": pikepdf.Encryption(owner="owner", user="", R=6)}),
    "trimmed": (_with_trim, {}),
    "off the origin": (_off_the_origin, {}),
    "fitted to A4": (_fitted_to_a4, {}),
}


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("way", WAYS)
def test_a_file_saved_again_is_the_same_document(sample: str, way: str) -> None:
    original = files("unresolve.samples").joinpath(f"{sample}.pdf").read_bytes()
    change, how = WAYS[way]
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(original)) as pdf:
        change(pdf)
        pdf.save(saved, **how)
    assert saved.getvalue() != original
    assert _content(parse(saved.getvalue())) == _content(parse(original))


_PLACES = {"source", "boxes", "box", "diagnostics"}


def _content(document: Document) -> object:
    """All of a document but where it stands on the pages and in which bytes."""
    return _without_places(msgspec.to_builtins(document))


def _without_places(value: object) -> object:
    if isinstance(value, dict):
        return {name: _without_places(inner) for name, inner in value.items() if name not in _PLACES}
    if isinstance(value, list | tuple):
        return [_without_places(inner) for inner in value]
    return value
