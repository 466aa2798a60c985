"""Draws items as coloured, labelled boxes on the pictures of their pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from unresolve.inspect.items import Item

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

__all__ = ["draw"]

# Dark enough to be read on white, far enough apart to be told from each other by most eyes (after Okabe and Ito).
_COLOURS = ("#0072b2", "#d55e00", "#008060", "#b0307f", "#8a6d00", "#2f88c0", "#6a3d9a", "#a02020", "#444444")
_SCALE = 2.0  # pixels a point: a line of footnote type stays legible


def draw(pdf: bytes, items: Iterable[Item]) -> Iterator[tuple[int, bytes]]:
    """Each page of ``pdf`` with the boxes of ``items`` on it: its number from 1 and a PNG picture.

    A kind of item has one colour all through the document. ``pdf`` must be one the readers could open.
    """
    import pypdfium2
    from PIL import ImageDraw, ImageFont

    found = list(items)
    kinds = sorted({item.kind for item in found})
    colours = {kind: _COLOURS[index % len(_COLOURS)] for index, kind in enumerate(kinds)}
    font = ImageFont.load_default(12)
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(1, len(document) + 1):
            picture = document[number - 1].render(scale=_SCALE).to_pil().convert("RGB")
            pen = ImageDraw.Draw(picture, "RGBA")
            for item in found:
                _draw_item(pen, item, number, colours[item.kind], font)
            _draw_legend(pen, colours, font)
            out = BytesIO()
            picture.save(out, "PNG")
            yield number, out.getvalue()
    finally:
        document.close()


def _draw_item(pen: ImageDraw, item: Item, page: int, colour: str, font: FreeTypeFont | ImageFont) -> None:
    for box in (box for box in item.boxes if box.page == page):
        corners = [_SCALE * side for side in (box.x0, box.y0, max(box.x0, box.x1), max(box.y0, box.y1))]
        pen.rectangle(corners, fill=colour + "18", outline=colour, width=1)
        if item.label:
            _write(pen, (corners[0], corners[1]), item.label, colour, font)


def _draw_legend(pen: ImageDraw, colours: dict[str, str], font: FreeTypeFont | ImageFont) -> None:
    for row, (kind, colour) in enumerate(colours.items()):
        _write(pen, (4, 18 + 16 * row), kind, colour, font)


def _write(pen: ImageDraw, at: tuple[float, float], words: str, colour: str, font: FreeTypeFont | ImageFont) -> None:
    """White words on a slip of the colour, standing on the point ``at``; letters the font lacks become ``?``."""
    words = words.replace("→", ">").encode("latin-1", "replace").decode("latin-1")
    left, top, right, bottom = pen.textbbox(at, words, font=font, anchor="lb")
    pen.rectangle((left - 2, top - 1, right + 2, bottom + 1), fill=colour)
    pen.text(at, words, fill="white", font=font, anchor="lb")
