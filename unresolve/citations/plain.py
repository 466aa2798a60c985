"""Text as the rules read it: without characters that are only there for the eye.

Arabic justification stretches words with a tatweel (قراراتـها) and writes or leaves out short vowels (المؤرّخ), and
older documents print the figures of their script (٧٠/١); any language can hold soft hyphens and direction marks.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import structs

from unresolve.model import Citation
from unresolve.patterns import late

__all__ = ["Plain"]

_SILENT = late("[\u00ad\u061c\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


_FIGURES = {0x660 + figure: str(figure) for figure in range(10)}


class Plain(NamedTuple):
    """``text`` without silent characters, figures as in ASCII; ``offsets`` are those of ``source``, None if all."""

    source: str
    text: str
    offsets: tuple[int, ...] | None

    @classmethod
    def of(cls, source: str) -> Plain:
        """The plain form of a text."""
        if source.isascii():
            return cls(source, source, None)
        figured = source.translate(_FIGURES)
        if not _SILENT.search(source):
            return cls(source, source if figured == source else figured, None)
        kept = [(at, character) for at, character in enumerate(figured) if not _SILENT.match(character)]
        return cls(source, "".join(character for _, character in kept), (*(at for at, _ in kept), len(source)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of ``text`` as one of ``source``, silent characters at its end left out."""
        if self.offsets is None or start == end:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1

    def restore(self, citation: Citation) -> Citation:
        """A citation found in ``text`` as one in ``source``."""
        if self.text is self.source:
            return citation
        start, end = self.span(citation.start, citation.end)
        return structs.replace(citation, start=start, end=end, text=self.source[start:end])
