"""Makes PDF files that are meant to do harm: bombs, rings, depths, numbers out of all range.

Each maker takes a source of chance and gives the bytes of a file. ``python tests/fuzz/hostile.py NAME SEED > OUT``
writes one. Sizes grow with ``SCALE`` of the source's choice, from small ones that must be read as far as they go to
those that only a limit can end.
"""

from __future__ import annotations

import random
import sys
import zlib
from collections.abc import Callable

__all__ = ["MAKERS", "hostile"]

_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"
_TEXT = b"BT /F 10 Tf 90 700 Td (1. Recalls its resolution 70/1 of 25 September 2015;) Tj ET"


def hostile(seed: str) -> tuple[str, bytes]:
    """The name of the harm and the file that does it."""
    source = random.Random(seed)
    name = source.choice(sorted(MAKERS))
    return name, MAKERS[name](source)


class _File:
    """A PDF written object by object, with a true table of offsets."""

    def __init__(self) -> None:
        self._objects: dict[int, bytes] = {}
        self.trailer = b""

    def put(self, number: int, body: bytes) -> None:
        self._objects[number] = body

    def stream(self, number: int, content: bytes, entries: bytes = b"") -> None:
        self.put(number, b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries, content))

    def bytes(self) -> bytes:
        out = [b"%PDF-1.7\n"]
        at = len(out[0])
        places = {}
        for number, body in self._objects.items():
            places[number] = at
            out.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
            at += len(out[-1])
        size = max(places) + 1
        table = [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(size)]
        out += [b"xref\n0 %d\n" % size, *table]
        out.append(b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, self.trailer, at))
        return b"".join(out)


def _page(content: bytes = _TEXT, page: bytes = b"", catalog: bytes = b"", entries: bytes = b"") -> _File:
    """A file of one page: 1 catalog, 2 pages, 3 page, 4 contents, 5 font; numbers from 10 on are free."""
    file = _File()
    file.put(1, b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog)
    file.put(2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
    box = b"" if b"MediaBox" in page else b"/MediaBox[0 0 612 792]"
    resources = b"" if b"Resources" in page else b"/Resources<</Font<</F 5 0 R>>>>"
    file.put(3, b"<</Type/Page/Parent 2 0 R%s%s/Contents 4 0 R%s>>" % (box, resources, page))
    file.stream(4, content, entries)
    file.put(5, _FONT)
    return file


def _scale(source: random.Random, most: int) -> int:
    """A size up to ``most``, as likely to be small as large."""
    return max(1, int(most ** source.random()))


def _number(source: random.Random) -> bytes:
    return source.choice(
        (b"0", b"-1", b"1e9", b"99999999999", b"-99999999999", b"0.0000000001", b"3.4e38", b"1" * 400, b"--5", b"NaN")
    )


def huge_pages(source: random.Random) -> bytes:
    sides = b" ".join(_number(source) for _ in range(4))
    extra = b"/UserUnit %s/Rotate %s" % (_number(source), source.choice((b"90", b"45", _number(source))))
    return _page(page=b"/MediaBox[%s]%s" % (sides, extra)).bytes()


def deep_page_tree(source: random.Random) -> bytes:
    depth = _scale(source, 50_000)
    file = _page()
    file.put(2, b"<</Type/Pages/Kids[10 0 R]/Count 1>>")
    for level in range(depth):
        kid = 11 + level if level < depth - 1 else 3
        file.put(10 + level, b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (kid, 9 + level or 2))
    return file.bytes()


def page_tree_ring(source: random.Random) -> bytes:
    file = _page()
    kids = source.choice((b"2 0 R", b"3 0 R 2 0 R", b"10 0 R", b"3 0 R " * _scale(source, 20_000), b"99 0 R 3 0 R"))
    file.put(2, b"<</Type/Pages/Kids[%s]/Count %d/Parent 2 0 R>>" % (kids, source.choice((1, 2, 10**9, -3, 50_000))))
    file.put(10, b"<</Type/Pages/Kids[2 0 R]/Count 5/Parent 10 0 R>>")
    return file.bytes()


def many_pages(source: random.Random) -> bytes:
    count = _scale(source, 5_000)
    file = _page()
    kids = b" ".join(b"%d 0 R" % (10 + n) for n in range(count))
    file.put(2, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count))
    for n in range(count):
        body = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>"
        file.put(10 + n, body)
    return file.bytes()


def deep_tags(source: random.Random) -> bytes:
    depth = _scale(source, 100_000)
    content = b"/P <</MCID 0>> BDC " + _TEXT + b" EMC"
    file = _page(content, b"/StructParents 0", b"/MarkInfo<</Marked true>>/StructTreeRoot 10 0 R")
    file.put(10, b"<</Type/StructTreeRoot/K 12 0 R/ParentTree 11 0 R>>")
    file.put(11, b"<</Nums[0[%d 0 R]]>>" % (11 + depth))
    for level in range(depth):
        kid = b"%d 0 R" % (13 + level) if level < depth - 1 else b"0"
        file.put(12 + level, b"<</S/P/P %d 0 R/Pg 3 0 R/K %s>>" % (11 + level if level else 10, kid))
    return file.bytes()


def tag_rings(source: random.Random) -> bytes:
    content = b"/P <</MCID 0>> BDC " + _TEXT + b" EMC"
    roles = source.choice((b"", b"/RoleMap<</P/Q/Q/P>>", b"/RoleMap 10 0 R"))
    file = _page(content, b"/StructParents 0", b"/MarkInfo<</Marked true>>/StructTreeRoot 10 0 R")
    ring = source.choice((b"12 0 R", b"[12 0 R 13 0 R]", b"10 0 R", b"[0 12 0 R]", b"0"))
    file.put(10, b"<</Type/StructTreeRoot/K[12 0 R 12 0 R]/ParentTree 11 0 R%s>>" % roles)
    file.put(11, source.choice((b"<</Nums[0[12 0 R 13 0 R]]>>", b"<</Kids[11 0 R]>>", b"<</Nums[0 11 0 R]>>")))
    file.put(12, b"<</S/P/P 13 0 R/Pg 3 0 R/K %s>>" % ring)
    file.put(13, b"<</S/Note/P 12 0 R/K[12 0 R]>>")
    return file.bytes()


def wide_tags(source: random.Random) -> bytes:
    count = _scale(source, 100_000)
    parts = b" ".join(b"/P <</MCID %d>> BDC EMC" % n for n in range(min(count, 30_000)))
    file = _page(parts + b" " + _TEXT, b"/StructParents 0", b"/MarkInfo<</Marked true>>/StructTreeRoot 10 0 R")
    kids = b" ".join(b"%d 0 R" % (20 + n) for n in range(count))
    file.put(10, b"<</Type/StructTreeRoot/K[%s]/ParentTree 11 0 R>>" % kids)
    file.put(11, b"<</Nums[0[%s]]>>" % kids)
    for n in range(count):
        file.put(20 + n, b"<</S/P/P 10 0 R/Pg 3 0 R/K %d>>" % n)
    return file.bytes()


def xref_loops(source: random.Random) -> bytes:
    made = _page()
    made.trailer = source.choice((b"/Prev %d", b"/XRefStm %d", b"/Prev %d/XRefStm 9")).replace(b"%d", b"0000000000")
    whole = made.bytes()
    start = int(whole.rsplit(b"startxref\n", 1)[1].split()[0])
    target = source.choice((start, start + 5, 0, 9, len(whole), 10**9))
    whole = whole.replace(b"0000000000/XRefStm", b"%010d/XRefStm" % target, 1)
    whole = whole.replace(b"Prev 0000000000", b"Prev %010d" % target).replace(b"Stm 0000000000", b"Stm %010d" % target)
    for _ in range(_scale(source, 2_000) if source.random() < 0.5 else 0):
        here = len(whole)
        whole += b"xref\n0 1\n0000000000 65535 f \ntrailer<</Size 6/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
            source.choice((start, here)),
            here,
        )
        start = here
    return whole


def million_objects(source: random.Random) -> bytes:
    file = _page()
    body = source.choice((b"null", b"<</A 1>>", b"[1 0 R 2 0 R]", b"(text)"))
    for number in range(10, 10 + _scale(source, 1_000_000)):
        file.put(number, body)
    return file.bytes()


def object_streams(source: random.Random) -> bytes:
    """Object streams that hold or extend themselves, and lengths that are asked of themselves."""
    file = _page()
    length = source.choice((b"10 0 R", b"11 0 R", b"-5", b"999999999", b"[1]"))
    file.put(4, b"<</Length %s>>stream\n%s\nendstream" % (length, _TEXT))
    file.put(11, source.choice((b"11 0 R", b"10 0 R", b"5")))
    inner = b"10 0 5 10 " + _FONT
    extends = source.choice((b"/Extends 10 0 R", b"/Extends 12 0 R", b""))
    count = source.choice((b"2", b"1000000000", b"-1"))
    file.stream(10, inner, b"/Type/ObjStm/N %s/First %s%s" % (count, source.choice((b"10", b"99999", b"-1")), extends))
    file.stream(12, inner, b"/Type/ObjStm/N 2/First 10/Extends 10 0 R")
    return file.bytes()


def enormous_content(source: random.Random) -> bytes:
    count = _scale(source, 300_000)
    piece = source.choice(
        (
            b"BT /F 10 Tf 90 700 Td (ab) Tj ET ",
            b"0 0 m 612 0 l S ",
            b"q ",
            b"Q ",
            b"BT ",
            b"[(a) -100 (b)] TJ ",
            b"/P <</MCID 0>> BDC ",
            b"1 0 0 1 1 1 cm ",
            b"BT /F 9 Tf 1 0 0 1 %d %d Tm (word) Tj ET " % (source.randrange(600), source.randrange(800)),
        )
    )
    packed = zlib.compress(piece * count + _TEXT, 6)
    return _page(packed, entries=b"/Filter/FlateDecode").bytes()


def scattered_words(source: random.Random) -> bytes:
    """A page on which words and lines stand anywhere, in any size."""
    parts = []
    for _ in range(_scale(source, 30_000)):
        x, y, size = source.uniform(-100, 800), source.uniform(-100, 900), source.choice((1, 5, 10, 10, 10, 72, 900))
        word = source.choice((b"1.", b"(a)", b"A/RES/70/1", b"Recalling", b"____", b"12", b"*", b"and", b"\\050i\\051"))
        parts.append(b"BT /F %d Tf %.1f %.1f Td (%s) Tj ET" % (size, x, y, word))
        if source.random() < 0.2:
            parts.append(b"%.1f %.1f m %.1f %.1f l S" % (x, y, x + source.choice((0.0, 50.0, 500.0)), y))
    return _page(b"\n".join(parts)).bytes()


def recursive_forms(source: random.Random) -> bytes:
    """Forms that draw themselves, or each the next one many times over: 2 to the power of 60 words."""
    depth = _scale(source, 200)
    times = source.choice((1, 2, 2, 10))
    file = _page(b"/X Do " + _TEXT, b"/Resources<</Font<</F 5 0 R>>/XObject<</X 10 0 R>>>>")
    for level in range(depth):
        following = 11 + level if level < depth - 1 else source.choice((10, 3, 99, 5))
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>"
        file.stream(10 + level, b"/X Do " * times + _TEXT, entries % following)
    return file.bytes()


def zip_bombs(source: random.Random) -> bytes:
    size = _scale(source, 1_000_000_000)
    times = source.choice((1, 1, 2, 3))
    packer = zlib.compressobj(9)
    block = source.choice((b" ", b"0 ", b"\0")) * 1_000_000
    out = b"".join(packer.compress(block[:size]) for _ in range(max(1, size // len(block))))
    packed = out + packer.compress(_TEXT) + packer.flush()
    for _ in range(times - 1):
        packed = zlib.compress(packed, 9)
    filters = b"/Filter[%s]" % (b"/FlateDecode " * source.choice((times, times, times + 1)))
    if source.random() < 0.3:  # the bomb is a character map instead of the page
        file = _page()
        file.put(5, b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/ToUnicode 10 0 R>>")
        file.stream(10, packed, filters)
        return file.bytes()
    return _page(packed, entries=filters).bytes()


def bad_fonts(source: random.Random) -> bytes:
    file = _page(b"BT /F %s Tf 90 700 Td <00410042> Tj (1. Text) Tj ET" % source.choice((b"10", _number(source))))
    ranges = b"<0000> <FFFF> <0041>\n" * _scale(source, 20_000)
    broken = source.choice((ranges, b"<00> <zz> <41>", b"<0041> <0041> [<0041><0042>", b"/X usecmap", b"<41> <5a> 5"))
    file.stream(10, b"/CIDInit begincmap 100 beginbfrange\n%s endbfrange endcmap" % broken)
    file.put(
        5,
        source.choice(
            (
                b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[5 0 R]/ToUnicode 10 0 R>>",
                b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 10 0 R/DescendantFonts[11 0 R]>>",
                b"<</Type/Font/Subtype/Type0/Encoding/Identity-H>>",
                b"<</Type/Font/Subtype/TrueType/FirstChar -5/LastChar 99999999/Widths[%s]/ToUnicode 10 0 R>>"
                % (_number(source) + b" ")
                * _scale(source, 1000),
                b"<</Type/Font/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix[0 0 0 0 0 0]/CharProcs<</a 4 0 R>>"
                b"/Encoding<</Differences[65/a/a/a]>>/Resources<</Font<</F 5 0 R>>>>"
                b"/FirstChar 65/LastChar 67/Widths[9]>>",
                b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman"
                b"/Encoding 5 0 R/FontDescriptor 5 0 R/ToUnicode 5 0 R>>",
                b"null",
                b"5 0 R",
            )
        ),
    )
    file.put(
        11, b"<</Type/Font/Subtype/CIDFontType2/CIDSystemInfo 11 0 R/W[0[%s]]/DW %s>>" % (b"9 " * 999, _number(source))
    )
    return file.bytes()


def deep_values(source: random.Random) -> bytes:
    depth = _scale(source, 200_000)
    opening, closing = source.choice(((b"[", b"]"), (b"<</A ", b">>"), (b"(", b")"), (b"[<</A", b">>]")))
    deep = opening * depth + source.choice((b"", closing * depth))
    match source.randrange(3):
        case 0:
            return _page(catalog=b"/X %s" % deep).bytes()
        case 1:
            return _page(deep + b" " + _TEXT).bytes()
        case _:
            return _page(b"BT /F 10 Tf %s TJ ET %s" % (deep, _TEXT)).bytes()


def odd_matrices(source: random.Random) -> bytes:
    parts = []
    for _ in range(_scale(source, 500)):
        matrix = b" ".join(_number(source) if source.random() < 0.3 else b"%.3f" % source.gauss(0, 2) for _ in range(6))
        size = _number(source) if source.random() < 0.2 else b"%d" % source.randint(-20, 40)
        parts.append(b"q %s cm BT /F %s Tf %s Tm (Notes 1. that) Tj ET Q" % (matrix, size, matrix))
    return _page(b"\n".join(parts) + _TEXT).bytes()


def many_links(source: random.Random) -> bytes:
    count = _scale(source, 30_000)
    file = _page(page=b"/Annots 10 0 R")
    kinds = (
        b"<</Type/Annot/Subtype/Link/Rect[%s %s 300 710]/A<</S/URI/URI(https://docs.un.org/en/A/RES/70/1)>>>>",
        b"<</Type/Annot/Subtype/Link/Rect[%s %s 300 710]/A 11 0 R/Dest[3 0 R/XYZ]>>",
        b"<</Type/Annot/Subtype/Link/QuadPoints[%s %s 1]/A<</S/URI/URI(\\377\\376\\000)>>>>",
    )
    links = (source.choice(kinds) % (source.choice((b"90", _number(source))), b"700") for _ in range(count))
    file.put(10, source.choice((b"[%s]", b"[10 0 R %s]")) % b" ".join(links))
    file.put(11, b"<</S/URI/URI 11 0 R/Next 11 0 R>>")
    return file.bytes()


def long_text(source: random.Random) -> bytes:
    """Text that patterns may stumble over: one word of a million letters, brackets, numbers, symbols without end."""
    unit = source.choice(
        (
            b"a",
            b"1",
            b"A/RES/",
            b"\\(",
            b"1, 2 and ",
            b"\\(a\\)",
            b"II.",
            b"A/1-",
            b"and 70/1 ",
            b"- ",
            b". ",
            b"*",
            b"/A",
        )
    )
    text = unit * _scale(source, 200_000)
    if source.random() < 0.5:  # cut into lines, as on a page
        lines = [text[at : at + 80].rstrip(b"\\") for at in range(0, min(len(text), 40_000), 80)]
        shown = b"".join(
            b"BT /F 10 Tf 90 %d Td (%s) Tj ET " % (780 - n % 70 * 11, part) for n, part in enumerate(lines)
        )
        return _page(shown).bytes()
    return _page(b"BT /F 10 Tf 90 700 Td (%s) Tj ET" % text.rstrip(b"\\")).bytes()


def many_numbers(source: random.Random) -> bytes:
    """A resolution of nothing but paragraphs, points and notes, numbered in all the ways there are."""
    words = (
        b"%d. Decides",
        b"\\(%c\\) To go on",
        b"\\(i\\) And on",
        b"%d See A/RES/70/1.",
        b"Annex",
        b"I",
        b"* Reissued",
        b"A.",
    )
    lines = []
    for n in range(_scale(source, 4_000)):
        word = source.choice(words)
        value = source.choice((n % 999, 0x61 + n % 26))
        text = word % value if b"%d" in word else word % (0x61 + n % 26) if b"%c" in word else word
        left = source.choice((72, 90, 108, 126, 300))
        lines.append(
            b"BT /F %d Tf %d %d Td (%s) Tj ET" % (source.choice((8, 10, 10, 12)), left, 780 - n % 75 * 10, text)
        )
    return _page(b"\n".join(lines)).bytes()


def broken_syntax(source: random.Random) -> bytes:
    """Content that breaks off, pictures in the line that never end, words no operator."""
    pieces = (
        b"BI /W 99999999 /H 99999999 ID ", b"BI /W 1 /H 1 ID x EI ", b"(open ", b"<41", b"<<", b"/F ", b"10 Tf ",
        b"BT ", b"ET ", b"Tj ", b"[ ", b"] TJ ", b"' ", b'" ', b"%", b"\0", b"\xff\xfe", b"1e400 ", b"Do ", b"EMC ",
        b"/X BDC ", b"q ", b"Q ", _TEXT + b" ",
    )  # fmt: skip
    return _page(b"".join(source.choice(pieces) for _ in range(_scale(source, 20_000)))).bytes()


def locked(source: random.Random) -> bytes:
    file = _page()
    version, bits = source.choice(((1, 40), (2, 128), (5, 256), (99, -8)))
    secret = source.randbytes(32).hex().encode()
    file.trailer = b"/Encrypt<</Filter/Standard/V %d/R %d/Length %d/O<%s>/U<%s>/P -4>>/ID[<%s><%s>]" % (
        version, source.choice((2, 3, 6, 99)), bits, secret, secret, secret, secret,
    )  # fmt: skip
    return file.bytes()


MAKERS: dict[str, Callable[[random.Random], bytes]] = {
    maker.__name__: maker
    for maker in (
        bad_fonts, broken_syntax, deep_page_tree, deep_tags, deep_values, enormous_content, huge_pages, locked,
        long_text, many_links, many_numbers, many_pages, million_objects, object_streams, odd_matrices,
        page_tree_ring, recursive_forms, scattered_words, tag_rings, wide_tags, xref_loops, zip_bombs,
    )
}  # fmt: skip


if __name__ == "__main__":
    name, number = sys.argv[1:]
    sys.stdout.buffer.write(MAKERS[name](random.Random(number)))
