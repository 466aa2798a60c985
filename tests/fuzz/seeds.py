"""Writes what the targets begin with, made from the sample documents: ``python tests/fuzz/seeds.py FOLDER``.

Below the folder there is one for each target: symbols, paragraphs with the byte that chooses their language, and
Akoma Ntoso files cut down to one paragraph each.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import msgspec

from unresolve import parse, write
from unresolve.languages import CODES

__all__ = ["seeds"]

_SYMBOLS = ("A/RES/72/1", "A/RES/1514 (XV)", "A/C.3/72/L.1/Rev.1", "A/47/60-S/23329", "S/RES/1325(2000)", "A/ES-10/273")


def seeds() -> dict[str, list[bytes]]:
    """The inputs to begin with, by the name of the target."""
    made: dict[str, list[bytes]] = {"fuzz_symbol": [symbol.encode() for symbol in _SYMBOLS]}
    for path in sorted(Path(str(files("unresolve.samples"))).glob("*.pdf")):
        document = parse(path)
        place = sorted(CODES).index(document.language)
        texts = [str(block.text) for block in document.paragraphs()] + [str(note.text) for note in document.notes]
        made.setdefault("fuzz_citations", []).extend(bytes([place]) + text.encode() for text in texts if text)
        made["fuzz_symbol"] += [c.target.encode() for c in document.citations if c.target]
        for block in document.body[:8]:
            small = msgspec.structs.replace(document, body=(block,), annexes=(), notes=(), citations=(), diagnostics=())
            made.setdefault("fuzz_akn", []).append(write(small, "akn"))
    return made


if __name__ == "__main__":
    for target, inputs in seeds().items():
        folder = Path(sys.argv[1], target)
        folder.mkdir(parents=True, exist_ok=True)
        for data in inputs:
            (folder / sha256(data).hexdigest()[:16]).write_bytes(data)
