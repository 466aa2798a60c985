"""Fonts that lie are made to say what they draw, as far as the font program can prove it.

The Unicode table of a suspected font (:mod:`.font_doubts`) is written anew in a copy of the file, which both engines
then read. What counts as proof, for a letter that the face never gives:

* the name of the glyph in the font's encoding, or in the program;
* the program's own character map;
* the place of the glyph among its neighbours, where the program keeps the letters in the order of the alphabet, or
  where other faces of the family have the same letter at the same place;
* the same outline in another font of the document.

Whether the bytes of a font without an encoding are Windows' or Mac Roman's is proved by what accented letters are drawn
with: 0x8E is é where its outline holds that of e, and Ž where it holds that of Z. What cannot be proved is flagged and
left as it is; that a letter is missing alone is no lie, unless two glyphs claim one letter or there is no alef.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from string import ascii_lowercase
from typing import Any

import msgspec

from unresolve.model import Box, Diagnostic

from .font_doubts import Doubt, doubts_of
from .font_programs import FontProgram, character_of_name
from .fonts import font_of
from .pages import Pages, Run

__all__ = ["read_honestly"]

AGREEING = 20
"""So many letters must agree before the place of a glyph in the program, or in that of a sister face, proves one."""

VOTES = 3
"""So many accented letters must show their base letter before an encoding is believed."""

_MISSING_EXTRA = 'the font cannot be looked into: pip install "unresolve[fonts]"'


def read_honestly(data: bytes, read: Callable[[bytes], Pages]) -> Pages:
    """What ``read`` makes of a PDF, read again with repaired fonts where some are under suspicion and proved wrong."""
    pages = read(data)
    doubts = doubts_of(pages.pages)
    if not doubts:
        return pages
    try:
        fixed, repaired, cleared = _repaired(data, doubts)
        again = read(fixed) if repaired else pages
    except ImportError:
        return _flagged(pages, doubts, _MISSING_EXTRA)
    except Exception as error:  # noqa: BLE001 - a damaged font can be wrong in any way, and the text is there already
        return _flagged(pages, doubts, f"the fonts cannot be looked into ({type(error).__name__})")
    if len(again.pages) != len(pages.pages):  # a damaged file, of which saving keeps less than reading finds
        return _flagged(pages, doubts, "the file cannot be saved with its fonts repaired")
    suspects = {name: doubt for name, doubt in doubts.items() if name not in repaired | cleared}
    told = _flagged(pages, suspects, "the font program proves nothing").diagnostics
    if not repaired:
        return msgspec.structs.replace(pages, diagnostics=told)
    return msgspec.structs.replace(again, source=pages.source, diagnostics=(*_changes(pages, again), *told))


def _flagged(pages: Pages, doubts: Mapping[str, Doubt], reason: str) -> Pages:
    """The pages with a diagnostic for each face under suspicion."""
    found = list(pages.diagnostics)
    for name, doubt in doubts.items():
        first = next((page.number, run) for page in pages.pages for run in page.runs if run.font.name == name)
        found.append(Diagnostic("font-suspect", f"{name}: {doubt}; {reason}", first[0], _box(*first)))
    return msgspec.structs.replace(pages, diagnostics=tuple(found))


def _changes(before: Pages, after: Pages) -> Iterator[Diagnostic]:
    """What was read otherwise, face by face: which letter became which, how often, where first."""
    count: Counter[tuple[str, str, str]] = Counter()
    first: dict[str, tuple[int, Run]] = {}
    for old, new in zip(before.pages, after.pages, strict=True):
        for run, other in zip(old.runs, new.runs, strict=False):
            if run.text != other.text and len(run.text) == len(other.text):
                first.setdefault(other.font.name, (new.number, other))
                pairs = (pair for pair in zip(run.text, other.text, strict=True) if pair[0] != pair[1])
                count.update((other.font.name, *pair) for pair in pairs)
    for name, (page, run) in sorted(first.items()):
        letters = ", ".join(f"{a} → {b} ({n})" for (face, a, b), n in sorted(count.items()) if face == name)
        yield Diagnostic("font-repaired", f"{name}: {letters}", page, _box(page, run))


def _box(page: int, run: Run) -> Box:
    return Box(page, run.x0, run.y0, run.x1, run.y1)


class _Face:
    """A font of the file: what it says its codes stand for, and which glyphs they draw."""

    def __init__(self, font: Any) -> None:
        self.font = font
        self.name = font_of(str(font.get("/BaseFont", "/"))[1:]).name
        self.wide = font.get("/Subtype") == "/Type0"
        self.program = self._program()
        self.encoded = {} if self.wide else self._encoded()
        self.claims = self._claims()

    def _program(self) -> FontProgram | None:
        from fontTools.ttLib import TTLibError

        inner = self.font.DescendantFonts[0] if self.wide else self.font
        stream = inner.get("/FontDescriptor", {}).get("/FontFile2")
        try:
            return None if stream is None else FontProgram(stream.read_bytes())
        except (TTLibError, KeyError, AssertionError):
            return None

    def _encoded(self) -> dict[int, str]:
        """What the encoding of a simple font says: by its glyph names, else by the base encoding it is built on."""
        encoding = self.font.get("/Encoding")
        if encoding is None:
            return {}
        named = hasattr(encoding, "keys")
        base = str(encoding.get("/BaseEncoding", "")) if named else str(encoding)
        codec = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}.get(base)
        found = {code: bytes([code]).decode(codec, "ignore") for code in range(32, 256)} if codec else {}
        code = 0
        for item in encoding.get("/Differences", ()) if named else ():
            if str(item).startswith("/"):
                found[code] = character_of_name(str(item)[1:])
                code += 1
            else:
                code = int(item)
        return {code: text for code, text in found.items() if text}

    def _claims(self) -> dict[int, str]:
        if "/ToUnicode" in self.font:
            from pdfminer.cmapdb import CMapParser, FileUnicodeMap

            table = FileUnicodeMap()
            CMapParser(table, BytesIO(self.font.ToUnicode.read_bytes())).run()
            return dict(table.cid2unichr)
        if self.wide or self.encoded:
            return dict(self.encoded)
        codes = range(int(self.font.get("/FirstChar", 0)), int(self.font.get("/LastChar", 255)) + 1)
        return {code: text for code in codes if (text := bytes([code]).decode("cp1252", "ignore"))}

    def glyph(self, code: int) -> int:
        """The glyph that a code draws; 0 if it is not known."""
        if not self.wide:
            return self.program.glyph(code) if self.program else 0
        table = self.font.DescendantFonts[0].get("/CIDToGIDMap", "/Identity")
        if str(table) == "/Identity":
            return code
        data: bytes = table.read_bytes()
        return int.from_bytes(data[2 * code : 2 * code + 2], "big")

    def says(self) -> dict[int, str]:
        """The claims by glyph, of those that are one letter."""
        return {self.glyph(code): text for code, text in self.claims.items() if len(text) == 1 and self.glyph(code)}

    def doubles(self) -> bool:
        """Whether two glyphs claim one small Latin letter."""
        counts = Counter(text for text in self.says().values() if text in ascii_lowercase)
        return any(count > 1 for count in counts.values())

    def write(self, pdf: Any, truth: Mapping[int, str]) -> None:
        """Gives the font a Unicode table with what is proved."""
        digits = 4 if self.wide else 2
        lines = [
            f"<{code:0{digits}X}> <{text.encode('utf-16-be').hex().upper()}>"
            for code, text in sorted({**self.claims, **truth}.items())
        ]
        blocks = (lines[at : at + 100] for at in range(0, len(lines), 100))
        body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
        space = f"1 begincodespacerange\n<{'00' * (digits // 2)}> <{'FF' * (digits // 2)}>\nendcodespacerange"
        head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Repaired def /CMapType 2 def"
        tail = "endcmap CMapName currentdict /CMap defineresource pop end end"
        self.font["/ToUnicode"] = pdf.make_stream(f"{head}\n{space}\n{body}\n{tail}\n".encode("ascii"))


def _repaired(data: bytes, doubts: Mapping[str, Doubt]) -> tuple[bytes, frozenset[str], frozenset[str]]:
    """The file with what could be proved written into its fonts; the faces repaired, and those that tell no lie."""
    import fontTools.ttLib  # noqa: F401 - both are asked for before anything is done
    import pikepdf

    done: set[str] = set()
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            faces = [_Face(font) for font in _fonts(pdf)]
            for face in faces:
                doubt = doubts.get(face.name)
                truth = _truth(face, doubt, faces) if doubt else {}
                if truth:
                    face.write(pdf, truth)
                    done.add(face.name)
            lying = {face.name for face in faces if face.doubles() or doubts.get(face.name, Doubt()).grave}
            out = BytesIO()
            if done:
                pdf.save(out)
    except pikepdf.PdfError:
        return data, frozenset(), frozenset()
    return out.getvalue(), frozenset(done), frozenset(doubts.keys() - lying)


def _fonts(pdf: Any) -> Iterator[Any]:
    """Every font of the file once."""
    for thing in pdf.objects:
        font = hasattr(thing, "keys") and thing.get("/Type") == "/Font" and "/BaseFont" in thing
        if font and thing.get("/Subtype") in ("/Type0", "/TrueType", "/Type1", "/MMType1"):
            yield thing


def _truth(face: _Face, doubt: Doubt, faces: Iterable[_Face]) -> dict[int, str]:
    """The codes that are proved to stand for something else than the font says, with what they stand for."""
    if doubt.accents and (found := _by_accents(face)):
        return found
    order = _by_order(face)
    proofs = [_by_name(face), _by_program(face), order, _by_sisters(face, faces)]
    if not order or not doubt.missing.issubset(ascii_lowercase):  # the order speaks of all letters of ASCII
        proofs.append(_by_outline(face, faces))
    truth: dict[int, str] = {}
    for proof in proofs:
        for code, proved in proof.items():
            text = unicodedata.normalize("NFKC", proved)  # a final alef (ﺎ) is an alef
            if text in doubt.missing and code in face.claims and face.claims[code] != text:
                truth.setdefault(code, text)
    return truth


def _by_name(face: _Face) -> dict[int, str]:
    """A simple font draws the glyph that its encoding names, whatever its Unicode table says."""
    return face.encoded


def _by_program(face: _Face) -> dict[int, str]:
    if face.program is None:
        return {}
    own = {code: face.program.characters.get(face.glyph(code), frozenset()) for code in face.claims}
    return {code: next(iter(texts)) for code, texts in own.items() if len(texts) == 1}


def _by_order(face: _Face) -> dict[int, str]:
    """Microsoft's, Liberation's and most other faces have the letters of ASCII in a row: f is glyph 73, g is 74."""
    if not face.wide:
        return {}
    says = {glyph: text for glyph, text in face.says().items() if text.isascii() and text.isalpha()}
    shifts = Counter(ord(text) - glyph for glyph, text in says.items())
    if not shifts:
        return {}
    shift, agreeing = shifts.most_common(1)[0]
    return (
        {c: chr(face.glyph(c) + shift) for c in face.claims if 0 < face.glyph(c) + shift < 128}
        if (agreeing >= AGREEING and agreeing > 3 * (len(says) - agreeing))
        else {}
    )


def _by_sisters(face: _Face, faces: Iterable[_Face]) -> dict[int, str]:
    """Other faces of the family with the same glyph order, Bold or Italic, say what stands at a place."""
    if not face.wide:
        return {}
    own = face.says()
    for other in faces:
        if other is face or not other.wide or _family(other.name) != _family(face.name):
            continue
        says = other.says()
        shared = own.keys() & says.keys()
        agreeing = sum(own[glyph] == says[glyph] for glyph in shared)
        if agreeing >= AGREEING and agreeing >= 0.8 * len(shared):
            return {code: says[face.glyph(code)] for code in face.claims if face.glyph(code) in says}
    return {}


def _family(name: str) -> str:
    """``TimesNewRoman`` of TimesNewRomanPS-BoldMT and TimesNewRomanPSMT."""
    family = name.partition("-")[0].partition(",")[0]
    return family.removesuffix("MT").removesuffix("PS")


def _by_outline(face: _Face, faces: Iterable[_Face]) -> dict[int, str]:
    """The same outline in another font of the document, which has one letter for it."""
    if face.program is None:
        return {}
    known: dict[object, set[str]] = {}
    for other in faces:
        if other is not face and other.program is not None:
            for glyph, text in other.says().items():
                if outline := other.program.outline(glyph):
                    known.setdefault(outline, set()).add(text)
    drawn = {code: known.get(face.program.outline(face.glyph(code)), set()) for code in face.claims}
    return {code: next(iter(texts)) for code, texts in drawn.items() if len(texts) == 1}


def _by_accents(face: _Face) -> dict[int, str]:
    """All codes of a font that names no encoding, in the one whose accented letters are drawn with their base letter.

    Engines take such a font for Mac Roman or for Windows as they please: ``opiniÛn`` for ``opinión``.
    """
    if face.program is None or face.wide or face.encoded or "/ToUnicode" in face.font:
        return {}
    program = face.program
    used = [code for code in range(128, 256) if program.glyph(code)]
    votes = {codec: sum(_shows_base(program, code, codec) for code in used) for codec in _CODECS}
    for codec, other in zip(_CODECS, reversed(_CODECS), strict=True):
        if votes[codec] >= VOTES and not votes[other]:
            return {code: text for code in used if (text := bytes([code]).decode(codec, "ignore"))}
    return {}


_CODECS = ("mac_roman", "cp1252")


def _shows_base(program: FontProgram, code: int, codec: str) -> bool:
    """Whether the outline of an accented letter holds that of the letter below the accent."""
    parts = unicodedata.normalize("NFD", bytes([code]).decode(codec, "ignore"))
    base = program.glyph(ord(parts[0])) if len(parts) > 1 and parts[0].isascii() else 0
    return bool(base) and program.outline(base) < program.outline(program.glyph(code))
