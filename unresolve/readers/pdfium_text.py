"""The characters of PDFium's text page: which object drew them, and what of them is text."""

from __future__ import annotations

from itertools import repeat
from typing import Any

import pypdfium2.raw as raw

from unresolve.model.script import is_wide

from .pdfium_calls import address, is_generated, is_unmapped, text_object

__all__ = ["HYPHENS", "Characters"]

WORD_GAP = 0.16
"""A space PDFium supposes inside a text object counts from this share of the font size on.

Word spreads letters by up to 0.13 of the size when it justifies a line ("Secre tariat" in A/RES/78/100);
the narrowest word space of the corpus, in LibreOffice's French lines, is 0.2.
"""

HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""What PDFium writes for a hyphen at the end of a line."""

_SURROGATES = range(0xD800, 0xE000)


class Characters:
    """The characters of a page as ``string``, one for one, so that offsets into it are PDFium's own."""

    def __init__(self, textpage: Any) -> None:
        self._textpage = textpage
        self.address = address(textpage.raw)
        self.string = self._characters()

    def _characters(self) -> str:
        """One character for each of the text page's own.

        PDFium's ready-made string leaves out what it takes for no text, and then the two do not agree.
        """
        count = self._textpage.count_chars()
        text: str = self._textpage.get_text_range(errors="replace") if count else ""
        if len(text) == count:
            return text
        codes = (raw.FPDFText_GetUnicode(self._textpage.raw, at) for at in range(count))
        return "".join(chr(code) if 0 < code < 0x110000 and code not in _SURROGATES else "\ufffd" for code in codes)

    def stretches(self) -> dict[int, list[tuple[int, int]]]:
        """The stretches of characters ``[start, end)`` that each text object drew; what nobody drew is in none."""
        found: dict[int, list[tuple[int, int]]] = {}
        at, total = 0, len(self.string)
        while at < total:
            end = at + 1
            if obj := text_object(self.address, at):
                end = self._end_of(obj, at)
                found.setdefault(obj, []).append((at, end))
            at = end
        return found

    def _end_of(self, obj: int, start: int) -> int:
        """The end of the stretch of one object, found by halving: at most that of the line, where every other ends."""
        line = self.string.find("\r", start + 1)
        low, high = start, line if line > 0 else len(self.string)
        if text_object(self.address, high - 1) == obj:
            return high
        high -= 1
        while high - low > 1:
            middle = (low + high) // 2
            if text_object(self.address, middle) == obj:
                low = middle
            else:
                high = middle
        return high

    def decoded(self, start: int, end: int) -> str:
        """A stretch as text: U+FFFD for what the font has no character for, no spaces that are none."""
        text = self.string[start:end]
        if self._unmapped((start + end) // 2) and 2 * sum(map(self._unmapped, range(start, end))) > end - start:
            return "\ufffd" * len(text)
        if "\r" in text or "\n" in text:
            text = text.replace("\r", "").replace("\n", "")
        elif " " in text:
            text = self._respaced(text, start)
        return text if text.isascii() and "\x02" not in text else text.translate(HYPHENS)

    def _unmapped(self, at: int) -> bool:
        """Whether the font does not say which character a glyph is, so that PDFium gives its code instead."""
        return bool(is_unmapped(self.address, at) == 1)

    def _respaced(self, text: str, start: int) -> str:
        """The text without the spaces PDFium supposed inside a word."""
        spaces = [at for at, character in enumerate(text, start) if character == " "]
        supposed = map(is_generated, repeat(self.address), spaces)
        dropped = [at for at, made_up in zip(spaces, supposed, strict=True) if made_up == 1 and self._is_none(at)]
        for at in reversed(dropped):
            text = text[: at - start] + text[at - start + 1 :]
        return text

    def _is_none(self, at: int) -> bool:
        """Whether a supposed space is none: beside a Chinese character, before a hyphen, or narrow."""
        before, after = self.string[max(at - 1, 0) : at], self.string[at + 1 : at + 2]
        if is_wide(before) or is_wide(after):  # figures are set apart from Chinese without a space
            return True
        return ord(after or " ") in HYPHENS or self._gap(at) < WORD_GAP

    def _gap(self, at: int) -> float:
        """The room between the glyphs beside a character, as a share of the glyph size."""
        before, after = raw.FS_RECTF(), raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(self._textpage.raw, at - 1, before)
        raw.FPDFText_GetLooseCharBox(self._textpage.raw, at + 1, after)
        height = abs(after.top - after.bottom) or 1.0
        return float(after.left - before.right) / height
