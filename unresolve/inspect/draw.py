"""Draws items as coloured, labelled boxes on the pictures of their pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from unresolve.inspect.items import Item
from unresolve.model import Box

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

__all__ = ["draw"]

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels of the picture."""

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
            shown = [(item, _corners(box)) for item in found for box in item.boxes if box.page == number]
            _draw_page(ImageDraw.Draw(picture, "RGBA"), picture.size, shown, colours, font)
            out = BytesIO()
            picture.save(out, "PNG")
            yield number, out.getvalue()
    finally:
        document.close()


def _corners(box: Box) -> Rectangle:
    """The box in pixels of the picture."""
    left, top, right, bottom = (_SCALE * side for side in (box.x0, box.y0, box.x1, box.y1))
    return left, top, max(left, right), max(top, bottom)


def _draw_page(
    pen: ImageDraw,
    size: tuple[int, int],
    shown: list[tuple[Item, Rectangle]],
    colours: dict[str, str],
    font: FreeTypeFont | ImageFont,
) -> None:
    for item, box in shown:
        pen.rectangle(box, fill=colours[item.kind] + "18", outline=colours[item.kind], width=1)
    taken = [box for _, box in shown]
    for item, box in shown:
        if item.label:
            words = _words(item.label)
            place = _place(box, pen.textbbox((0, 0), words, font=font)[2], size[0], taken)
            taken.append(place)
            _write(pen, place, words, colours[item.kind], font)
    for row, (kind, colour) in enumerate(colours.items()):
        width = pen.textbbox((0, 0), _words(kind), font=font)[2]
        _write(pen, (4, 4 + 17 * row, 8 + width, 20 + 17 * row), _words(kind), colour, font)


def _place(box: Rectangle, width: float, page_width: float, taken: list[Rectangle]) -> Rectangle:
    """Where a label hides nothing: right of its box, left of it, else above it, come what may."""
    left, top, right, _ = box
    beside = [(right + 2, top, right + width + 6, top + 16), (left - width - 6, top, left - 2, top + 16)]
    for place in beside:
        if place[0] >= 0 and place[2] <= page_width and not any(_meet(place, other) for other in taken):
            return place
    return left, top - 16, left + width + 4, top


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _words(label: str) -> str:
    """The label in the letters the font has; others become a question mark."""
    return label.replace("→", ">").encode("latin-1", "replace").decode("latin-1")


def _write(pen: ImageDraw, place: Rectangle, words: str, colour: str, font: FreeTypeFont | ImageFont) -> None:
    pen.rectangle(place, fill=colour)
    pen.text((place[0] + 2, (place[1] + place[3]) / 2), words, fill="white", font=font, anchor="lm")
