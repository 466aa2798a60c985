"""Where a thing stands on the page."""

from __future__ import annotations

import msgspec

__all__ = ["Box", "Diagnostic", "Picture", "Source"]


class Box(msgspec.Struct, frozen=True, order=True):
    """A rectangle on a page: PDF points, origin at the top left of the page, y downwards; pages count from 1."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class Diagnostic(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something the parser was not sure of: a stable ``code``, a sentence, and where it stands."""

    code: str
    message: str
    page: int | None = None
    box: Box | None = None


class Picture(msgspec.Struct, frozen=True):
    """The picture of a page: its number from 1, width and height in PDF points, and the bytes of a WebP file."""

    page: int
    width: float
    height: float
    data: bytes


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """The bytes a document was read from. The file's name is no part of it: it is never evidence."""

    sha256: str = ""
    media_type: str = "application/pdf"
    pages: int = 0
    producer: str | None = None
