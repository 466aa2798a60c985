"""Fonts that lie: the Unicode table of a typeset page is falsified, and what the font program proves is read back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import msgspec
import pikepdf
import pytest
import regex
from fontTools.ttLib import TTFont

from unresolve import parse
from unresolve.readers import pdfium, plumber
from unresolve.readers.font_doubts import doubts_of
from unresolve.readers.font_repair import read_honestly
from unresolve.readers.pages import Pages

typst = pytest.importorskip("typst", reason="typst, which sets the pages, is not installed")

Read = Callable[[bytes], Pages]
ENGINES = [pytest.param(pdfium.read, id="pdfium"), pytest.param(plumber.read, id="plumber")]

LATIN = "The five officers who quietly left before dusk gave the court of first review a full and final brief. "
ARABIC = "أعلنت الأمانة العامة اليوم أن الاجتماع الأول سيعقد في القاعة الكبرى بعد افتتاح المعرض. "


def typeset(text: str, face: str) -> bytes:
    """A page in one face of Liberation or Noto; the subset keeps the names of its glyphs."""
    source = f'#set page(width: 612pt, height: 792pt)\n#set text(font: "{face}", size: 10pt, ligatures: false)\n{text}'
    data: bytes = typst.compile(source.encode())
    if not any(face.replace(" ", "") in name for name in faces_of(data)):
        pytest.skip(f"face not installed: {face}")
    return data


def fonts_of(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing]


def faces_of(data: bytes) -> list[str]:
    with pikepdf.open(BytesIO(data)) as pdf:
        return [str(font.BaseFont) for font in fonts_of(pdf)]


def falsified(data: bytes, lies: dict[str, str], *, names: bool = True, honest: str | None = None) -> bytes:
    """The page with letters said to be others, but not in faces whose name holds ``honest``.

    Without ``names``, the programs forget what their glyphs are called.
    """
    with pikepdf.open(BytesIO(data)) as pdf:
        for font in fonts_of(pdf):
            table = font.ToUnicode.read_bytes().decode("ascii")
            for letter, lie in lies.items() if honest is None or honest not in str(font.BaseFont) else ():
                a, b = (character.encode("utf-16-be").hex().upper() for character in (letter, lie))
                table, found = regex.subn(rf"<{a}>(?=\n)", f"<{b}>", table)
                assert found, f"{letter} is not in the table"
            font.ToUnicode = pdf.make_stream(table.encode())
            if not names:
                descriptor = font.DescendantFonts[0].FontDescriptor
                program = TTFont(BytesIO(descriptor.FontFile2.read_bytes()))
                program["post"].formatType = 3.0
                descriptor.FontFile2 = pdf.make_stream(saved(program))
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def saved(program: TTFont) -> bytes:
    out = BytesIO()
    program.save(out)
    return out.getvalue()


def as_word_sets_it(text: str, lies: dict[str, str], *, tables: tuple[str, ...] = ()) -> bytes:
    """A page whose font keeps all glyphs in their places, as Word's do, with some tables of the program only."""
    path = next(Path("/usr/share/fonts").rglob("LiberationSerif-Regular.ttf"), None)
    if path is None:
        pytest.skip("face not installed: Liberation Serif")
    program = TTFont(path)
    cmap = program.getBestCmap()
    glyphs = {character: program.getGlyphID(cmap[ord(character)]) for character in set(text)}
    for table in {"cmap", "GSUB", "GPOS", "GDEF", "kern"} - set(tables):
        if table in program:
            del program[table]
    if "post" not in tables:
        program["post"].formatType = 3.0
    said = "\n".join(f"<{glyph:04X}> <{ord(lies.get(c, c)):04X}>" for c, glyph in sorted(glyphs.items()))
    table = f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{len(glyphs)} beginbfchar\n{said}\nendbfchar\n"
    widths = [
        x
        for glyph in sorted(glyphs.values())
        for x in (glyph, [program["hmtx"][f"{program.getGlyphName(glyph)}"][0] // 2])
    ]
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(612, 792))
    name = pikepdf.Name("/LiberationSerif")
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=name,
        Flags=4,
        FontBBox=[0, -300, 1000, 900],
        ItalicAngle=0,
        Ascent=891,
        Descent=-216,
        CapHeight=650,
        StemV=80,
        FontFile2=pdf.make_stream(saved(program)),
    )
    inner = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=name,
        CIDToGIDMap=pikepdf.Name.Identity,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        W=pikepdf.Array(widths),
    )
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=name,
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=pikepdf.Array([pdf.make_indirect(inner)]),
        ToUnicode=pdf.make_stream(table.encode()),
    )
    pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
    words = text.split()
    lines = (" ".join(words[at : at + 12]) for at in range(0, len(words), 12))
    shown = " ".join(f"<{''.join(f'{glyphs[c]:04X}' for c in line)}> Tj T*" for line in lines)
    pdf.pages[0].Contents = pdf.make_stream(f"BT /F 10 Tf 12 TL 60 740 Td {shown} ET".encode())
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def text_of(pages: Pages) -> str:
    return "".join("".join(run.text for page in pages.pages for run in page.runs).split())


def codes(pages: Pages) -> list[str]:
    return [found.code for found in pages.diagnostics]


LIES = {"f": "i", "q": "u"}


@pytest.mark.parametrize("read", ENGINES)
def test_the_names_of_the_glyphs_prove_a_letter(read: Read) -> None:
    honest = typeset(LATIN * 18, "Liberation Serif")
    assert not read(honest).diagnostics
    pages = read(falsified(honest, LIES))
    assert text_of(pages) == text_of(read(honest))
    (found,) = pages.diagnostics
    assert found.code == "font-repaired"
    assert found.message.startswith("LiberationSerif: i → f (")
    assert "u → q (18)" in found.message
    assert (found.page, found.box is not None) == (1, True)


@pytest.mark.parametrize("read", ENGINES)
@pytest.mark.parametrize("tables", [(), ("cmap",), ("post",)], ids=["order", "cmap", "names"])
def test_each_proof_is_enough_by_itself(read: Read, tables: tuple[str, ...]) -> None:
    text = LATIN * 18 + "WE HAVE JUST SIXTY MAZE BRICKS"
    pages = read(as_word_sets_it(text, LIES, tables=tables))
    assert text_of(pages) == "".join(text.split())
    assert codes(pages) == ["font-repaired"]


@pytest.mark.parametrize("read", ENGINES)
def test_what_nothing_proves_is_flagged_and_left_as_it_is(read: Read) -> None:
    honest = typeset(LATIN * 18, "Liberation Serif")
    pages = read(falsified(honest, LIES, names=False))
    assert codes(pages) == ["font-suspect"]
    assert "officers".replace("f", "i") in text_of(pages)


@pytest.mark.parametrize("read", ENGINES)
def test_a_sister_of_the_family_proves_a_letter(read: Read) -> None:
    honest = typeset(f"{LATIN * 18}\n\n#strong[{LATIN * 18}]", "Liberation Serif")
    pages = read(falsified(honest, LIES, names=False, honest="Bold"))
    assert text_of(pages) == text_of(read(honest))
    assert codes(pages) == ["font-repaired"]


@pytest.mark.parametrize("read", ENGINES)
def test_an_equal_outline_in_another_font_proves_a_letter(read: Read) -> None:
    lying = falsified(typeset(LATIN * 18, "Liberation Serif"), LIES, names=False)
    honest = typeset("A quiet evening on the roof. " * 3, "Liberation Serif")
    with pikepdf.open(BytesIO(lying)) as pdf, pikepdf.open(BytesIO(honest)) as other:
        for font in fonts_of(other):
            inner = font.DescendantFonts[0]
            font.BaseFont = inner.BaseFont = inner.FontDescriptor.FontName = pikepdf.Name("/QuillHand")
        pdf.pages.extend(other.pages)
        out = BytesIO()
        pdf.save(out)
    pages = read(out.getvalue())
    assert text_of(pages) == text_of(read(typeset(LATIN * 18, "Liberation Serif"))) + text_of(read(honest))
    assert codes(pages) == ["font-repaired"]


@pytest.mark.parametrize("read", ENGINES)
def test_an_alef_that_says_it_has_a_hamza_below(read: Read) -> None:
    honest = typeset('#set text(lang: "ar")\n' + ARABIC * 12, "Noto Naskh Arabic")
    assert not read(honest).diagnostics
    pages = read(falsified(honest, {"\u0627": "\u0625"}))
    assert text_of(pages) == text_of(read(honest))
    assert codes(pages) == ["font-repaired"]


def test_strokes_that_say_they_are_a_letter_are_flagged(data: Path) -> None:
    """PowerPoint's lengthened words: no word has one letter three times in a row."""
    (found,) = pdfium.read((data / "rtl-word" / "right_to_left_02.pdf").read_bytes()).diagnostics
    assert found.code == "font-suspect"
    assert "three times in a row" in found.message


def test_the_diagnostics_are_those_of_the_document() -> None:
    document = parse(falsified(typeset(LATIN * 18, "Liberation Serif"), LIES), lang="en")
    assert "font-repaired" in [found.code for found in document.diagnostics]


def test_without_the_extra_the_face_is_flagged_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    page = falsified(typeset(LATIN * 18, "Liberation Serif"), LIES)
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    (found,) = pdfium.read(page).diagnostics
    assert found.code == "font-suspect"
    assert 'pip install "unresolve[fonts]"' in found.message


def test_a_letter_that_is_not_used_is_no_lie() -> None:
    page = typeset(
        "The band had an art room near the pond and all of it stood in the sun. ".replace("f", "") * 40,
        "Liberation Serif",
    )
    assert doubts_of(pdfium.read(page).pages)
    assert not pdfium.read(page).diagnostics


def test_bytes_without_an_encoding_are_read_as_their_outlines_show(data: Path) -> None:
    pages = pdfium.read((data / "other" / "A_ES-10_273-ES.pdf").read_bytes())
    text = text_of(pages)
    assert set(codes(pages)) == {"font-repaired"}
    assert not regex.search(r"\p{Ll}[ÛÌÈÒ·˙]\p{Ll}", text)
    assert text.count("opiniónconsultiva") > 50


def test_a_damaged_font_beside_it_is_told_and_costs_no_text() -> None:
    """The descendants of a second font are a number, as a few flipped bytes leave them."""
    lying = falsified(typeset(LATIN * 18, "Liberation Serif"), LIES)
    with pikepdf.open(BytesIO(lying)) as pdf:
        pdf.Root["/Lost"] = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name.Lost, DescendantFonts=7
            )
        )
        out = BytesIO()
        pdf.save(out)
    pages = pdfium.read(out.getvalue())
    assert text_of(pages) == text_of(pdfium.read(falsified(lying, {}, names=False)))
    (found,) = pages.diagnostics
    assert found.code == "font-suspect"
    assert "the fonts cannot be looked into" in found.message


def test_a_page_lost_in_saving_is_worth_more_than_a_repair() -> None:
    """Of a file with damaged tables of pages the saved copy can hold fewer than were read."""
    lying = falsified(typeset(LATIN * 18, "Liberation Serif"), LIES)

    def read(data: bytes) -> Pages:
        pages = pdfium._read(data, True, True)
        return pages if data == lying else msgspec.structs.replace(pages, pages=())

    pages = read_honestly(lying, read)
    assert len(pages.pages) == 1
    assert "font-suspect" in codes(pages)
    assert any("cannot be saved" in found.message for found in pages.diagnostics)


def test_a_face_is_bold_where_it_is_stroked_and_italic_where_it_is_slanted() -> None:
    """Word draws so what a face does not have: ``2 Tr`` fills and strokes, the third figure of ``Tm`` slants."""
    shown = {
        "plain": "0 Tr 1 0 0 1 72 700 Tm (plain) Tj",
        "bold": "2 Tr 1 0 0 1 72 680 Tm (bold) Tj",
        "italic": "0 Tr 1 0 0.33 1 72 660 Tm (italic) Tj",
    }
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    face = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Times-Roman"))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(face)))
    page.Contents = pdf.make_stream(f"BT /F1 12 Tf {' '.join(shown.values())} ET".encode())
    pdf.save(written := BytesIO())
    for read, tells_strokes in ((pdfium.read, True), (plumber.read, False)):
        [only] = read(written.getvalue()).pages
        slanted = "".join(run.text for run in only.runs if run.font.italic)
        stroked = "".join(run.text for run in only.runs if run.font.bold)
        assert (slanted.strip(), stroked.strip()) == ("italic", "bold" if tells_strokes else "")
