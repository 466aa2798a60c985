"""An alignment as a file: translation memory, table, page to read, JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

import msgspec
from lxml import etree
from lxml.html.builder import E

from unresolve.languages import CODES, load
from unresolve.writers.tmx import TranslationUnit
from unresolve.writers.tmx import to_tmx as _to_tmx

from .align import Aligned, Alignment, Segment

__all__ = ["FORMATS", "page", "safe", "to_html", "to_json", "to_tmx", "to_tsv"]

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 1rem; color-scheme: light dark; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border-top: 1px solid #8886; padding: .4rem .6rem; vertical-align: top; text-align: start; }
thead th { position: sticky; top: 0; background: Canvas; }
th.place, td.place { width: 9rem; font: .8rem ui-monospace, monospace; overflow-wrap: anywhere; }
tr.first > td { border-top-width: 2px; }
td.none { background: #f002; }
"""


def to_tmx(alignment: Alignment) -> bytes:
    """The segments as TMX 1.4b: ``x-document`` is the symbol, ``x-place`` the id of the paragraph."""
    source = "en" if "en" in alignment.languages else None
    return _to_tmx(_units(alignment), source=source)


def to_tsv(alignment: Alignment) -> bytes:
    """The segments as a table with tabs, in UTF-8: place, kind, then a column a version, named in the first line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, "excel-tab", lineterminator="\n")
    writer.writerow(["place", "kind", *alignment.names])
    for row, segment in alignment.segments:
        cells = (" ".join(segment.texts.get(name, "").split()) for name in alignment.names)
        writer.writerow([row.place, row.kind, *cells])
    return out.getvalue().encode("utf-8", "replace")


def to_json(alignment: Alignment) -> bytes:
    """All there is: names, languages, rows with their segments, disagreements."""
    return msgspec.json.format(msgspec.json.encode(alignment), indent=2) + b"\n"


def to_html(alignment: Alignment) -> bytes:
    """A page with a column a version, each in its direction, and what the versions disagree on below; no script."""
    title = alignment.symbol or "Language versions"
    head = E.tr(
        E.th("", {"class": "place"}), *(E.th(safe(name), _said_in(alignment, name)) for name in alignment.names)
    )
    body = [_line(alignment, row, segment, first=at == 0) for row in alignment.rows for at, segment in _numbered(row)]
    parts = [E.h1(safe(title)), E.table(E.thead(head), E.tbody(*body))]
    if alignment.disagreements:
        parts.append(E.h2("What the versions disagree on"))
        parts.append(E.ul(*(E.li(safe(str(each))) for each in alignment.disagreements)))
    return page(title, _STYLE, parts)


FORMATS: dict[str, Callable[[Alignment], bytes]] = {"tmx": to_tmx, "tsv": to_tsv, "html": to_html, "json": to_json}
"""What writes an alignment in each format."""


def page(title: str, style: str, parts: list[etree._Element]) -> bytes:
    """A page of HTML that needs nothing from elsewhere."""
    document = E.html(
        E.head(
            E.meta(charset="utf-8"),
            E.meta(name="viewport", content="width=device-width, initial-scale=1"),
            E.title(safe(title)),
            E.style(style),
        ),
        E.body(*parts),
        lang="en",
    )
    made = etree.tostring(document, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
    return bytes(made) + b"\n"


def _units(alignment: Alignment) -> Iterator[TranslationUnit]:
    languages = dict(zip(alignment.names, alignment.languages, strict=True))
    about = (("document", alignment.symbol),) if alignment.symbol else ()
    for row in alignment.rows:
        for at, segment in _numbered(row):
            texts = tuple((languages[name], text) for name, text in segment.texts.items() if text.strip())
            yield TranslationUnit(f"{row.place}-{at + 1}", texts, (*about, ("place", row.place), ("kind", row.kind)))


def _numbered(row: Aligned) -> Iterator[tuple[int, Segment]]:
    return enumerate(row.segments)


def _line(alignment: Alignment, row: Aligned, segment: Segment, *, first: bool) -> etree._Element:
    cells = [E.td(safe(row.place) if first else "", {"class": "place"})]
    for name in alignment.names:
        text = segment.texts.get(name)
        cells.append(E.td(safe(text or ""), _said_in(alignment, name) | ({} if text else {"class": "none"})))
    made: etree._Element = E.tr(*cells, {"class": "first"} if first else {})
    return made


def _said_in(alignment: Alignment, name: str) -> dict[str, str]:
    language = alignment.languages[alignment.names.index(name)]
    rtl = language in CODES and load(language).rtl
    return {"lang": safe(language), "dir": "rtl" if rtl else "ltr"}


def safe(text: str) -> str:
    """The text without the characters that a page cannot hold."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)
