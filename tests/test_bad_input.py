"""What cannot be read is told by an error of its own; what is merely odd is read as far as it goes."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from unresolve import parse
from unresolve.errors import NoTextError, UnmappedFontError, UnresolveError
from unresolve.pipeline import Engine
from unresolve.writers import write

ENGINES: list[Engine] = ["pdfium", "plumber"]


@pytest.fixture(scope="module")
def sample(samples: list[Path]) -> bytes:
    """A resolution in English, three pages."""
    return next(path for path in samples if path.name.startswith("dark_skies")).read_bytes()


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)
        return saved(pdf)


def page_of(content: bytes) -> bytes:
    """A page with a content stream, in Times."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(612, 792))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Times-Roman"))
    pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
    pdf.pages[0].Contents = pdf.make_stream(content)
    return saved(pdf)


def without_unicode(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
            del thing["/ToUnicode"]


@pytest.mark.parametrize("engine", ENGINES)
def test_fonts_that_do_not_say_their_characters(sample: bytes, engine: Engine) -> None:
    with pytest.raises(UnmappedFontError) as caught:
        parse(changed(sample, without_unicode), engine=engine)
    assert str(caught.value).startswith("<bytes>, page 1: the fonts do not say")


def test_one_page_without_unicode_does_not_cost_the_others(sample: bytes) -> None:
    def only_last(pdf: pikepdf.Pdf) -> None:
        with pikepdf.open(BytesIO(changed(sample, without_unicode))) as mute:
            pdf.pages.append(mute.pages[0])

    document = parse(changed(sample, only_last))
    assert document.masthead == parse(sample).masthead
    assert "\ufffd" in write(document, "text").decode()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "content",
    [b"", b"BT /F 10 Tf 90 700 Td ( ) Tj ET", b"BT /F 0 Tf 90 700 Td (nothing) Tj ET", b"BT /F 10 Tf (broken off"],
)
def test_pages_without_a_letter_to_see(content: bytes, engine: Engine) -> None:
    with pytest.raises(NoTextError):
        parse(page_of(content), engine=engine)


def rotated(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].Rotate = 90


def huge(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].MediaBox = [0, 0, 14400, 14400]


def tiny(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].MediaBox = [0, 0, 1, 1]


def upside_down_box(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].MediaBox = [612, 792, 0, 0]


def empty_pages(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page()
    pdf.add_blank_page(page_size=(10, 10))


def tags_that_lead_nowhere(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=pikepdf.Array([7, pdf.Root]))


def tags_in_a_ring(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    ring = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.P, P=root))
    ring.K = ring
    root.K = ring


def tags_that_unfold_without_end(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    twins = [pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.P, P=root, Pg=pdf.pages[0].obj)) for _ in range(2)]
    for twin in twins:
        twin.K = pikepdf.Array([*twins, *twins])
    root.K = pikepdf.Array(twins)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "change",
    [
        *(rotated, huge, tiny, upside_down_box, empty_pages),
        *(tags_that_lead_nowhere, tags_in_a_ring, tags_that_unfold_without_end),
    ],
    ids=lambda change: change.__name__,
)
def test_odd_pages_are_read_as_far_as_they_go(
    sample: bytes, change: Callable[[pikepdf.Pdf], None], engine: Engine
) -> None:
    document = parse(changed(sample, change), engine=engine)
    assert document.masthead.symbol == parse(sample, engine=engine).masthead.symbol
    assert "dark" in document.plain_text()
    assert write(document, "akn").startswith(b"<?xml")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "content",
    [
        b"BT /F 10 Tf 90 700 Td (x) Tj ET",
        b"BT /F 100000 Tf 90 700 Td (enormous letters) Tj ET",
        b"BT /F 10 Tf -1 0 0 1 300 700 Tm (written in a mirror) Tj ET",
        b"BT /F 10 Tf 0 1 -1 0 300 300 Tm (written upwards) Tj ET",
        b"BT /F 10 Tf 1 0 0 1 9000 9000 Tm (far off the page) Tj ET",
        b"0 750 m 612 750 l S BT /F 10 Tf 90 760 Td (a head and nothing else) Tj ET",
        b"90 200 m 162 200 l S BT /F 8 Tf 90 190 Td (a note and nothing else) Tj ET",
        b"BT /F 10 Tf 90 20 Td (1) Tj ET",
    ],
)
def test_pages_that_are_no_document(content: bytes, engine: Engine) -> None:
    document = parse(page_of(content), engine=engine)
    assert document.diagnostics
    assert write(document, "akn").startswith(b"<?xml")


def test_many_runs_and_rules_are_read_in_time() -> None:
    rules = b"".join(b"%d %d m %d %d l S " % (i % 600, i % 790, i * 7 % 600, i % 790) for i in range(5000))
    runs = b"".join(b"BT /F 10 Tf %d %d Td (ab) Tj ET " % (i % 600, i * 13 % 790) for i in range(5000))
    assert parse(page_of(rules + runs)).source.pages == 1


def test_a_page_that_swells_when_unpacked() -> None:
    pdf = pikepdf.open(BytesIO(page_of(b"")))
    packed = zlib.compress(b" " * 50_000_000 + b"BT /F 10 Tf 90 700 Td (small) Tj ET", 9)
    stream = pikepdf.Stream(pdf, packed)
    stream.Filter = pikepdf.Name.FlateDecode
    pdf.pages[0].Contents = pdf.make_indirect(stream)
    pdf.save(out := BytesIO(), compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert len(out.getvalue()) < 100_000
    assert parse(out.getvalue()).plain_text() == "small"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_form_that_draws_itself(engine: Engine) -> None:
    pdf = pikepdf.open(BytesIO(page_of(b"/X Do BT /F 10 Tf 90 700 Td (once) Tj ET")))
    form = pikepdf.Stream(pdf, b"/X Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 612, 792])
    form = pdf.make_indirect(form)
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary(X=form)
    assert parse(saved(pdf), engine=engine).plain_text() == "once"


def mutated(data: bytes, source: random.Random) -> bytes:
    """The bytes after some accidents: bytes changed, lost, put in, moved; figures changed; the end lost."""
    out = bytearray(data)
    for _ in range(source.choice((1, 3, 10, 40))):
        at = source.randrange(len(out))
        match source.randrange(6):
            case 0:
                out[at] = source.randrange(256)
            case 1:
                del out[at : at + source.randrange(1, 200)]
            case 2:
                out[at:at] = source.randbytes(source.randrange(1, 20))
            case 3:
                other = source.randrange(len(out))
                out[at : at + 30] = out[other : other + 30]
            case 4:
                figures = [i for i in range(at, min(at + 60, len(out))) if chr(out[i]).isdigit()]
                if figures:
                    out[figures[0]] = source.choice(b"0123456789-")
            case 5 if source.random() < 0.1:
                del out[max(at, 10) :]
    return bytes(out)


def assert_read_or_told(data: bytes, engine: Engine) -> bool:
    told = None
    try:
        document = parse(data, engine=engine)
    except UnresolveError as error:
        told = error
    if told is not None:
        assert told.source == "<bytes>"
        assert told.reason
        return False
    assert write(document, "akn").startswith(b"<?xml")
    return True


@pytest.mark.parametrize(("engine", "count"), [("pdfium", 200), ("plumber", 20)])
def test_damaged_bytes_are_read_or_told(sample: bytes, engine: Engine, count: int) -> None:
    """Half of the files with open streams, so that what the pages say is damaged and not only how it is packed."""
    with pikepdf.open(BytesIO(sample)) as pdf:
        pdf.save(
            opened := BytesIO(),
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            deterministic_id=True,
        )
    originals = (sample, opened.getvalue())
    read = [assert_read_or_told(mutated(originals[n % 2], random.Random(n)), engine) for n in range(count)]
    assert 0 < sum(read) < count


@pytest.mark.parametrize("length", [0, 1, 4, 5, 8, 100, 1024, 5000, 20000])
def test_the_beginning_of_a_file_is_read_or_told(sample: bytes, length: int) -> None:
    for engine in ENGINES:
        assert_read_or_told(sample[:length], engine)


def test_everything_there_is_parses(data: Path) -> None:
    scans = []
    for path in sorted((data / "other").glob("*.pdf")):
        try:
            document = parse(path)
        except NoTextError:
            scans.append(path.name)
        else:
            assert document.plain_text()
    assert scans == ["A_47_60-S_23329-EN.pdf"]
