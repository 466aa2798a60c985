"""TMX: the elements and attributes that TMX 1.4b asks for, and the texts as they are."""

from __future__ import annotations

from io import StringIO

from lxml import etree

from unresolve.writers.tmx import TranslationUnit, to_tmx

DTD = etree.DTD(
    StringIO(
        "<!ELEMENT tmx (header, body)><!ATTLIST tmx version CDATA #FIXED '1.4'><!ELEMENT header (note | prop | ude)*>"
        "<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED"
        " segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED"
        " srclang CDATA #REQUIRED datatype CDATA #REQUIRED><!ELEMENT body (tu)*><!ELEMENT tu ((note | prop)*, tuv+)>"
        "<!ATTLIST tu tuid CDATA #IMPLIED><!ELEMENT tuv ((note | prop)*, seg)><!ATTLIST tuv xml:lang CDATA #REQUIRED>"
        "<!ELEMENT seg (#PCDATA)><!ELEMENT note (#PCDATA)><!ELEMENT ude EMPTY><!ELEMENT prop (#PCDATA)>"
        "<!ATTLIST prop type CDATA #REQUIRED>"
    )
)


def test_units_are_valid_and_whole() -> None:
    units = [
        TranslationUnit("para_1-1", (("en", "Wells & <clocks>\x00"), ("ar", "آبار")), (("place", "para_1"),)),
        TranslationUnit("para_2-1", (("en", "alone"),)),
    ]
    made = etree.fromstring(to_tmx(units, source="en"))
    assert DTD.validate(made), DTD.error_log
    assert [seg.text for seg in made.iter("seg")] == ["Wells & <clocks>\ufffd", "آبار"]
    assert made.find("header").get("srclang") == "en"  # type: ignore[union-attr]
    assert [prop.get("type") for prop in made.iter("prop")] == ["x-place"]


def test_no_units_and_whole_paragraphs() -> None:
    made = etree.fromstring(to_tmx([], segments="paragraph"))
    assert DTD.validate(made)
    assert made.find("header").get("segtype") == "paragraph"  # type: ignore[union-attr]
