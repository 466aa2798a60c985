"""The second reader: glyph runs from pdfplumber's characters.

It gives the same pages as :mod:`unresolve.readers.pdfium` by a way of its own, so that each engine can be
checked by the other. A run is a stretch of characters in one font and size on one baseline without a gap.
pdfplumber knows the room a character takes, not its ink; the box of a run is therefore estimated from what
its letters look like.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from unresolve.errors import EncryptedError, NoPageError, ReadError, TruncatedError
from unresolve.model import Source
from unresolve.model.script import has_rtl

from .checks import check_header, check_text
from .font_repair import read_honestly
from .fonts import drawn_as, font_of
from .ink import ink
from .pages import Link, Page, Pages, Rule, Run
from .plumber_tags import read_tags
from .visual import CONTROLS

if TYPE_CHECKING:
    from pdfplumber.page import Page as PlumberPage
    from pdfplumber.pdf import PDF

__all__ = ["read"]

WORD_GAP = 0.16
"""Room of this share of the size between two characters is a word space that the file did not write."""

RUN_GAP = 0.4
"""Room of this share of the size ends a run: a tab, another column."""

OVERLAP = 0.3
"""A character that begins this share of the size before the last one ended begins a run of its own."""

REPRINT = 0.1
"""The same character again within this share of the size: bold made by printing twice."""

RULE_THICKNESS = 2.5
"""A path thinner than this many points is a ruling line.

PDFium gives a stroke its width on both sides, which is twice what is drawn; here it is reckoned in the same way.
"""

_HYPHENS = ("-", "\u00ad")
"""A hyphen that the typesetter put is U+00AD in some files; on the page both look the same.

No space is supposed before it: LibreOffice hangs it into the margin.
"""

_UNMAPPED = "(cid:"
"""pdfminer writes ``(cid:27)`` for a glyph of which it does not know the character."""

Char = Mapping[str, Any]


def read(data: bytes, *, tags: bool = True, links: bool = True) -> Pages:
    """The pages of a PDF.

    Raises NotAPdfError, TruncatedError, EncryptedError, NoPageError, NoTextError (a scan) or UnmappedFontError.
    """
    return read_honestly(data, lambda bytes_: _read(bytes_, tags, links))


def _read(data: bytes, tags: bool, links: bool) -> Pages:
    check_header(data)
    with _open(data) as pdf:
        sheets = _sheets(pdf)
        pages = tuple(_guarded(sheet, links) for sheet in sheets)
        check_text(pages)
        producer = pdf.metadata.get("Producer")
        producer = str(producer) if producer else None
        source = Source(hashlib.sha256(data).hexdigest(), pages=len(pages), producer=producer)
        return Pages(source, pages, read_tags(pdf) if tags else ())


def _open(data: bytes) -> PDF:
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        return pdfplumber.open(BytesIO(data), raise_unicode_errors=False)
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFEncryptionError):
            raise EncryptedError("the PDF is encrypted; remove the password first") from error
        raise TruncatedError("the PDF is damaged past repair; fetch it again") from error


def _sheets(pdf: PDF) -> list[PlumberPage]:
    # pdfminer follows what a damaged file says and raises whatever comes of it, so that no narrower net will do.
    try:
        sheets = list(pdf.pages)
        named = pdf.doc.catalog.get("Pages")
    except Exception as error:
        raise TruncatedError("the PDF is damaged past repair; fetch it again") from error
    if not sheets and named is None:
        raise TruncatedError("the PDF is damaged past repair; fetch it again")
    if not sheets:
        raise NoPageError("the document has no page")
    return sheets


def _guarded(sheet: PlumberPage, links: bool) -> Page:
    """A page, read and forgotten by pdfplumber, which would keep every character of every page."""
    try:
        return _page(sheet, links)
    except ReadError:
        raise
    except Exception as error:
        raise TruncatedError("the page cannot be read", page=sheet.page_number) from error
    finally:
        sheet.close()


def _page(sheet: PlumberPage, links: bool) -> Page:
    left, top, right, bottom = (float(edge) for edge in sheet.cropbox)
    chars = list(_shown(sheet.chars))
    depths = _depths(chars)
    runs = (_run(group, depths, left, top) for group in _groups(chars, depths))
    return Page(
        sheet.page_number,
        round(right - left, 2),
        round(bottom - top, 2),
        tuple(runs),
        tuple(_rules(sheet, left, top)),
        tuple(_links(sheet, left, top)) if links else (),
    )


def _shown(chars: Iterable[Char]) -> Iterator[Char]:
    """The characters without those printed over the same character."""
    seen: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    for char in chars:
        if char["size"] <= 0:
            continue
        text, x, y, reach = char["text"], char["x0"], char["bottom"], REPRINT * char["size"]
        if text.isspace():
            yield char
            continue
        column, row = round(x / reach), round(y / reach)
        near = ((text, column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1))
        if any(abs(x - a) < reach and abs(y - b) < reach for cell in near for a, b in seen.get(cell, ())):
            continue
        seen.setdefault((text, column, row), []).append((x, y))
        yield char


def _depths(chars: Iterable[Char]) -> dict[str, float]:
    """How far below its baseline the box of each font's characters begins, as a share of the size.

    The box begins at the font's descent, which pdfplumber does not tell; a raised character (``Ts``) is the
    exception, not the rule.
    """
    found: dict[str, Counter[float]] = {}
    for char in chars:
        depth = (char["matrix"][5] - char["y0"]) / char["size"]
        found.setdefault(char["fontname"], Counter())[round(depth, 3)] += 1
    return {font: max(counts, key=lambda depth: (counts[depth], -abs(depth))) for font, counts in found.items()}


def _baseline(char: Char, depths: Mapping[str, float]) -> float:
    """In points from the top of the media box."""
    return float(char["bottom"]) - depths[char["fontname"]] * float(char["size"])


def _groups(chars: Iterable[Char], depths: Mapping[str, float]) -> Iterator[list[Char]]:
    """Characters that belong to one run, in the order in which they were drawn."""
    group: list[Char] = []
    for char in chars:
        if group and not _goes_on(group[-1], char, depths):
            yield from _parted(group)
            group = []
        group.append(char)
    yield from _parted(group)


def _parted(group: list[Char]) -> Iterator[list[Char]]:
    """The white space at the ends of a group apart from what it stands around."""
    inked = [at for at, char in enumerate(group) if not char["text"].isspace()]
    start, end = (inked[0], inked[-1] + 1) if inked else (0, 0)
    yield from (part for part in (group[:start], group[start:end], group[end:]) if part)


def _slant(char: Char) -> float:
    """How far the top of a letter is moved, as a share of its height."""
    _, b, c, d, _, _ = char["matrix"]
    return round(c / d, 2) if d and not b else 0.0


def _goes_on(last: Char, char: Char, depths: Mapping[str, float]) -> bool:
    size = char["size"]
    return (
        last["fontname"] == char["fontname"]
        and _slant(last) == _slant(char)
        and abs(last["size"] - size) < 0.05
        and last.get("mcid") == char.get("mcid")
        and last["upright"] == char["upright"]
        and (not char["upright"] or abs(_baseline(last, depths) - _baseline(char, depths)) < 0.1)
        and -OVERLAP * size < char["x0"] - last["x1"] < RUN_GAP * size
    )


def _run(group: Sequence[Char], depths: Mapping[str, float], left: float, top: float) -> Run:
    first = group[0]
    text: list[str] = []
    last: Char | None = None
    for char in group:
        if last is not None and char["text"] not in _HYPHENS and char["x0"] - last["x1"] >= WORD_GAP * char["size"]:
            text.append(" ")
        text.append(_as_it_stands(char["text"]))
        last = char
    content = "".join(text).replace("\u00ad", "-")
    size = float(first["size"])
    base = _baseline(first, depths)
    inked = [char for char in group if not char["text"].isspace()] or group
    font = drawn_as(font_of(first["fontname"]), _slant(first), stroked=False)  # pdfminer does not tell strokes
    rise, fall = ink(content, italic=font.italic) if first["upright"] else (1.0, 0.0)
    mcid = first.get("mcid")
    return Run(
        content,
        round(min(char["x0"] for char in inked) - left, 2),
        round(base - rise * size - top, 2),
        round(max(char["x1"] for char in inked) - left, 2),
        round(base + fall * size - top, 2),
        round(base - top, 2),
        round(size, 2),
        font,
        mcid if isinstance(mcid, int) else -1,
    )


def _as_it_stands(text: str) -> str:
    """What a character says, from left to right: a lam-alef (لا) is named in the order of reading."""
    if text.startswith(_UNMAPPED):
        return "\ufffd"
    if len(text) == 1:
        return text
    kept = "".join(character for character in text if character not in CONTROLS)
    return kept[::-1] if has_rtl(kept) else kept


def _rules(sheet: PlumberPage, left: float, top: float) -> Iterator[Rule]:
    """Straight strokes and thin filled shapes; LibreOffice draws the borders of tables as polygons."""
    for path in (*sheet.lines, *sheet.rects, *sheet.curves):
        pen = float(path["linewidth"] or 0.0) if path["stroke"] else 0.0
        x0, x1 = path["x0"] - pen, path["x1"] + pen
        y0, y1 = path["top"] - pen, path["bottom"] + pen
        if not (path["stroke"] or path["fill"]):
            continue
        if min(x1 - x0, y1 - y0) <= RULE_THICKNESS < max(x1 - x0, y1 - y0):
            yield Rule(round(x0 - left, 2), round(y0 - top, 2), round(x1 - left, 2), round(y1 - top, 2))


def _links(sheet: PlumberPage, left: float, top: float) -> Iterator[Link]:
    for link in sheet.hyperlinks:
        yield Link(
            round(link["x0"] - left, 2),
            round(link["top"] - top, 2),
            round(link["x1"] - left, 2),
            round(link["bottom"] - top, 2),
            link["uri"],
        )
