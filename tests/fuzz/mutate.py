"""Damages PDF files at random, the same damage for the same seed.

``python tests/fuzz/mutate.py FILE OTHER SEED > OUT`` writes one damaged file.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pikepdf

__all__ = ["KINDS", "mutated"]

_MAX = 60
"""At most so many places of one file are damaged."""


def mutated(data: bytes, other: bytes, seed: str) -> tuple[str, bytes]:
    """The name of the damage and the file after it; pieces of ``other`` may stand in it.

    Objects of a file that cannot be taken apart (a scan, a file of many megabytes) are left whole: its bytes are
    damaged instead.
    """
    source = random.Random(seed)
    kind = source.choice(sorted(KINDS))
    try:
        return kind, KINDS[kind](data, other, source)
    except pikepdf.PdfError:
        return "flips", _flips(data, other, source)


def _flips(data: bytes, _other: bytes, source: random.Random) -> bytes:
    """Single bits the other way round."""
    out = bytearray(data)
    for _ in range(source.randint(1, _MAX)):
        out[source.randrange(len(out))] ^= 1 << source.randrange(8)
    return bytes(out)


def _cuts(data: bytes, _other: bytes, source: random.Random) -> bytes:
    """The end lost, or pieces from the middle."""
    if source.random() < 0.3:
        return data[: source.randrange(1, max(2, len(data)))]
    out = bytearray(data)
    for _ in range(source.randint(1, 8)):
        at = source.randrange(max(1, len(out)))
        del out[at : at + source.choice((1, 7, 100, 4000))]
    return bytes(out) or b"%PDF-1.7"


def _splices(data: bytes, other: bytes, source: random.Random) -> bytes:
    """Pieces of this file or another put in, or put over what was there."""
    out = bytearray(data)
    for _ in range(source.randint(1, 8)):
        taken = source.choice((data, other))
        start = source.randrange(len(taken))
        piece = taken[start : start + source.choice((4, 40, 400, 20_000))]
        at = source.randrange(len(out))
        out[at : at + (len(piece) if source.random() < 0.5 else 0)] = piece
    return bytes(out)


def _figures(data: bytes, _other: bytes, source: random.Random) -> bytes:
    """Figures outside the streams changed: offsets, lengths, object numbers, counts."""
    out = bytearray(data)
    for _ in range(source.randint(1, _MAX)):
        at = source.randrange(len(out))
        for place in range(at, min(at + 2000, len(out))):
            if 0x30 <= out[place] <= 0x39:
                out[place] = source.choice(b"0123456789-.")
                break
    return bytes(out)


def _objects(data: bytes, _other: bytes, source: random.Random) -> bytes:
    """Entries of dictionaries lost, exchanged, or made to lead in a ring."""
    with pikepdf.open(BytesIO(data)) as pdf:
        holders = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)]
        for _ in range(source.randint(1, 20)):
            holder = source.choice(holders)
            keys = sorted(str(key) for key in holder.keys() if str(key) not in ("/Length",))  # noqa: SIM118
            if not keys:
                continue
            key = source.choice(keys)
            if source.random() < 0.25:
                del holder[key]
            else:
                holder[key] = _value(source, holders)
        return _saved(pdf, source)


def _streams(data: bytes, other: bytes, source: random.Random) -> bytes:
    """Streams damaged inside, where compression hides what is said: contents, fonts, character maps."""
    with pikepdf.open(BytesIO(data)) as pdf:
        streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
        for _ in range(source.randint(1, 6)):
            stream = source.choice(streams)
            try:
                said = stream.read_bytes()
            except pikepdf.PdfError:  # a picture, in a filter of its own
                continue
            if said:
                change = source.choice((_flips, _cuts, _splices, _figures))
                stream.write(change(said, source.choice((said, other[:5000])), source))
        return _saved(pdf, source)


KINDS: dict[str, Callable[[bytes, bytes, random.Random], bytes]] = {
    "cuts": _cuts,
    "figures": _figures,
    "flips": _flips,
    "objects": _objects,
    "splices": _splices,
    "streams": _streams,
}


def _value(source: random.Random, holders: Sequence[pikepdf.Object]) -> object:
    """Something that does not belong there."""
    match source.randrange(7):
        case 0:
            return source.choice((0, -1, 1, 7, 2**31 - 1, -(2**31), 10**12))
        case 1:
            return pikepdf.Name("/" + source.choice(("P", "Page", "Font", "Null", "FlateDecode", "Identity-H")))
        case 2:
            return pikepdf.Array([source.choice((0, 1e-9, 1e9, -5)) for _ in range(source.randrange(6))])
        case 3:
            return pikepdf.String(source.randbytes(source.randrange(40)))
        case 4:
            return pikepdf.Dictionary()
        case _:
            return source.choice(holders)  # often an ancestor: a ring


def _saved(pdf: pikepdf.Pdf, source: random.Random) -> bytes:
    out = BytesIO()
    mode = source.choice((pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable))
    pdf.save(
        out,
        deterministic_id=True,
        fix_metadata_version=False,
        object_stream_mode=mode,
        compress_streams=source.random() < 0.5,
    )
    return out.getvalue()


if __name__ == "__main__":
    file, donor, number = sys.argv[1:]
    sys.stdout.buffer.write(mutated(Path(file).read_bytes(), Path(donor).read_bytes(), number)[1])
