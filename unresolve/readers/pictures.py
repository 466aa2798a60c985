"""Pictures of the pages of a PDF, small enough to stand inside a web page."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from unresolve.model import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["pictures"]

SCALE = 2.0
"""Pixels a point: twice what a screen shows, so that black and white alone look smooth when drawn smaller."""

INK = 168
"""Shades darker than this are ink: thin strokes of note type stay whole."""

TONES = 0.12
"""A page is kept in its shades where more than this share of it is neither paper nor ink: a photograph, a map.
The edges of letters make up to 0.05."""

COLOURED = 0.02
"""A page is kept in colour where more than this share of it is coloured: a chart, not a blue link."""


def pictures(pdf: bytes) -> Iterator[Picture]:
    """The picture of each page, drawn when it is asked for; ``pdf`` must be one the readers could open.

    Pages of text are black and white, some 30 kB each; pages with much colour or many shades keep them, at some loss.
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
        inked = grey.point([0 if shade < INK else 255 for shade in range(256)])
        inked.convert("RGB").save(out, "WEBP", lossless=True, quality=50, method=4)
    return out.getvalue()


def _coloured(image: Image) -> bool:
    from PIL import ImageChops

    red, green, blue = image.split()
    strength = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return sum(strength.histogram()[32:]) > COLOURED * image.width * image.height
