"""Translation memories: TMX 1.4b, as programs for translators read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec
from lxml import etree

from .akn_xml import clean

__all__ = ["TranslationUnit", "to_tmx", "write_tmx"]

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class TranslationUnit(msgspec.Struct, frozen=True):
    """Texts that say the same: pairs of language code and text; ``id`` and ``properties`` say where from."""

    id: str
    texts: tuple[tuple[str, str], ...]
    properties: tuple[tuple[str, str], ...] = ()


def to_tmx(units: Iterable[TranslationUnit], *, source: str | None = None, segments: str = "sentence") -> bytes:
    """The units as a TMX file in UTF-8; ``source`` is the code of the language they were translated from.

    A unit in one language only is left out: nothing can be learnt from it. ``segments`` is ``sentence`` or
    ``paragraph``.
    """
    from io import BytesIO

    out = BytesIO()
    write_tmx(out, units, source=source, segments=segments)
    return out.getvalue()


def write_tmx(
    out: BinaryIO, units: Iterable[TranslationUnit], *, source: str | None = None, segments: str = "sentence"
) -> None:
    """As :func:`to_tmx`, unit by unit into an open file: memory does not grow with their number."""
    header = {
        "creationtool": "unresolve", "creationtoolversion": "1", "segtype": segments, "o-tmf": "unresolve",
        "adminlang": "en", "srclang": source or "*all*", "datatype": "plaintext",
    }  # fmt: skip
    with etree.xmlfile(out, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element("tmx", {"version": "1.4"}):
            xml.write("\n")
            xml.write(etree.Element("header", header))
            xml.write("\n")
            with xml.element("body"):
                for made in _elements(units):
                    xml.write("\n")
                    xml.write(made)
                xml.write("\n")
            xml.write("\n")
    out.write(b"\n")


def _elements(units: Iterable[TranslationUnit]) -> Iterator[etree._Element]:
    for unit in units:
        if len(unit.texts) < 2:
            continue
        made = etree.Element("tu", {"tuid": clean(unit.id)})
        for name, value in unit.properties:
            etree.SubElement(made, "prop", {"type": f"x-{name}"}).text = clean(value)
        for language, text in unit.texts:
            variant = etree.SubElement(made, "tuv", {_XML_LANG: clean(language)})
            etree.SubElement(variant, "seg").text = clean(text)
        yield made
