"""Pictures of the pages of a PDF, small enough to stand inside a web page."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from unresolve.model import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["pictures"]

SCALE = 1.5
"""Pixels a point: note type of 8 points is 12 pixels high and legible; twice that costs half as much again."""

SHADES = 4
"""Shades kept of a page of text: black, white and two for the edges of the letters. All 256 cost twice the bytes."""

TONES = 0.15
"""A page is kept in its shades where more than this share of it is neither paper nor ink: a photograph, a map.
The edges of letters make up to 0.09."""

COLOURED = 0.02
"""A page is kept in colour where more than this share of it is coloured: a chart, not a blue link."""


def pictures(pdf: bytes) -> Iterator[Picture]:
    """The picture of each page, drawn when it is asked for; ``pdf`` must be one the readers could open.

    Pages of text are kept in few shades of grey, some 30 kB each; pages with much colour or many shades keep
    them, at some loss.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for index in range(len(document)):
            page = document[index]
            width, height = page.get_size()
            drawn = page.render(scale=SCALE).to_pil().convert("RGB")
            page.close()
            yield Picture(index + 1, width, height, _webp(drawn))
    finally:
        document.close()


def _webp(image: Image) -> bytes:
    out = BytesIO()
    grey = image.convert("L")
    if _coloured(image):
        image.save(out, "WEBP", quality=60, method=2)
    elif sum(grey.histogram()[64:224]) > TONES * grey.width * grey.height:
        grey.convert("RGB").save(out, "WEBP", quality=60, method=2)
    else:
        step = 255 / (SHADES - 1)
        few = grey.point([round(round(shade / step) * step) for shade in range(256)])
        few.convert("RGB").save(out, "WEBP", lossless=True, quality=80, method=4)
    return out.getvalue()


def _coloured(image: Image) -> bool:
    from PIL import ImageChops

    red, green, blue = image.split()
    strength = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return sum(strength.histogram()[32:]) > COLOURED * image.width * image.height
