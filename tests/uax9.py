"""Lines as an independent implementation of the Unicode Bidirectional Algorithm sets them."""

from __future__ import annotations

import pytest
import regex

from unresolve.layout.bidi import MIRROR
from unresolve.model.script import has_rtl

__all__ = ["on_page"]


def on_page(text: str) -> str:
    """The line as python-bidi sets it, which leaves the mirroring to the caller.

    A rare mark behind each sign tells whether it was read from the right: the mark then stands before it.
    """
    bidi = pytest.importorskip("bidi", reason="python-bidi, the independent implementation, is not installed")
    probe = "\u036f"
    marked = "".join(c + probe if c in MIRROR else c for c in text)
    seen = bidi.get_display(marked, base_dir="R" if has_rtl(text) else "L")
    sign = "([" + regex.escape("".join(MIRROR)) + "])"
    read: str = regex.sub(rf"{probe}{sign}|{sign}{probe}", lambda m: MIRROR[m[1]] if m[1] else m[2], seen)
    return read
