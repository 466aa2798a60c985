"""Addresses of United Nations documents: the ``/akn/`` IRI of a work and its docs.un.org URL."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

import regex

from unresolve.model import Citation
from unresolve.symbols import try_parse

from .akn_xml import address, clean

__all__ = ["full_date", "reference_url", "un_url", "work_iri", "work_number"]

_DATE = regex.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def full_date(value: str | None) -> str | None:
    """``value`` if it is a whole ISO date, else None: FRBR dates may not be years or months."""
    if value is None or not _DATE.fullmatch(value):
        return None
    try:
        date.fromisoformat(value)
    except ValueError:
        return None
    return value


def work_number(number: str) -> str:
    """A number or symbol as it stands in an IRI: ``72/1`` → ``72-1``, ``1514 (XV)`` → ``1514-XV``."""
    flat = regex.sub(r"\s*\(", "-", clean(number).strip()).replace(")", "").replace("/", "-")
    return quote(regex.sub(r"\s+", "_", flat), safe="-_.,*") or "unknown"


def work_iri(symbol: str, adopted: str | None) -> str | None:
    """The work IRI of a resolution or decision adopted on a day; None for other documents or without a day."""
    parsed = try_parse(symbol)
    return parsed.iri(adopted) if parsed is not None else None


def un_url(symbol: str, language: str) -> str:
    """The address of a symbol at docs.un.org, in one of its six languages, else in English."""
    code = language if language in ("ar", "zh", "en", "fr", "ru", "es") else "en"
    parsed = try_parse(symbol)
    return parsed.url(code) if parsed is not None else f"https://docs.un.org/{code}/{address(symbol)}"


def reference_url(citation: Citation) -> str | None:
    """Where a citation leads: its own address, None for what has none.

    Only who found the citation knows whether docs.un.org keeps a page of it: decisions, treaties (``UNTS/2225/39574``)
    and documents of other organizations have a target and no address.
    """
    return address(citation.url) if citation.url else None
