"""The one place where the stages are composed: read → lay out → structure → cite.

:func:`parse` runs them all; :func:`stages` lets a caller stop between them and look.
"""

from __future__ import annotations

from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

import msgspec

from unresolve.errors import ReadError, UnresolveError
from unresolve.model import Diagnostic, Document

if TYPE_CHECKING:
    from unresolve.layout.zones import Layout
    from unresolve.readers.pages import Pages, Reader

__all__ = ["Engine", "Input", "Stages", "parse", "stages"]

Input = str | PathLike[str] | bytes | BinaryIO
Engine = Literal["pdfium", "plumber"]

_DETECT = 6_000
"""Characters looked at to tell the language; a first page has some 2,500."""


def parse(
    source: Input, *, lang: str | None = None, engine: Engine = "pdfium", tags: bool = True, links: bool = True
) -> Document:
    """The document in a PDF or in marked text.

    ``source`` is a path, the bytes themselves or an open binary file. ``lang`` forces the language instead of
    finding it; ``tags`` and ``links`` may be switched off to see what the page alone says. Raises a
    :class:`~unresolve.errors.ReadError` naming file, page and reason where nothing can be read, and
    InvalidLanguage for a language without a pack.
    """
    return stages(source, lang=lang, engine=engine, tags=tags, links=links).citations


def stages(
    source: Input, *, lang: str | None = None, engine: Engine = "pdfium", tags: bool = True, links: bool = True
) -> Stages:
    """The stages of one document, each computed when it is asked for. Takes the same arguments as parse."""
    name, data = _bytes(source)
    return Stages(name, data, lang, engine, tags, links)


class Stages:
    """One document on its way: its bytes as ``data``, then ``pages``, ``layout``, ``structure``, ``citations``."""

    def __init__(self, name: str, data: bytes, lang: str | None, engine: Engine, tags: bool, links: bool) -> None:
        self.name = name
        self.data = data
        self._lang = lang
        self._engine = engine
        self._tags = tags
        self._links = links

    @cached_property
    def pages(self) -> Pages:
        """What the reader sees."""
        try:
            return _reader(self._engine, self.data)(self.data, tags=self._tags, links=self._links)
        except UnresolveError as error:
            raise error.at(self.name) from error.__cause__

    @cached_property
    def layout(self) -> Layout:
        """The lines of each page in zones."""
        from unresolve.layout.zones import lay_out

        return lay_out(self.pages.pages)

    @cached_property
    def language(self) -> str | None:
        """The language asked for, else the one found in the text; None where it cannot be told."""
        from unresolve.languages import detect, load

        if self._lang is not None:
            return load(self._lang).code
        text: list[str] = []
        length = 0
        for sheet in self.layout.sheets:
            for line in (*sheet.body, *sheet.notes):
                text.append(line.text)
                length += len(line.text)
            if length > _DETECT:
                break
        return detect("\n".join(text))

    @cached_property
    def structure(self) -> Document:
        """The document without its citations."""
        from unresolve.languages import load
        from unresolve.structure import structure
        from unresolve.structure.tags import Tagging

        found = self.language
        document = structure(self.layout, load(found or "en"), self.pages.source, Tagging(self.pages.tags))
        if self.pages.diagnostics:
            document = msgspec.structs.replace(document, diagnostics=(*self.pages.diagnostics, *document.diagnostics))
        if found is None:
            trouble = Diagnostic("unknown-language", "the language cannot be told; read as English")
            document = msgspec.structs.replace(document, language="und", diagnostics=(trouble, *document.diagnostics))
        return document

    @cached_property
    def citations(self) -> Document:
        """The whole document."""
        from unresolve.citations import cite

        return cite(self.structure)


def _bytes(source: Input) -> tuple[str, bytes]:
    if isinstance(source, bytes):
        return "<bytes>", source
    if isinstance(source, str | PathLike):
        path = Path(source)
        try:
            return str(path), path.read_bytes()
        except OSError as error:
            raise ReadError(error.strerror or str(error), source=str(path)) from error
    return str(getattr(source, "name", "<stream>")), source.read()


def _reader(engine: Engine, data: bytes) -> Reader:
    """The engine asked for; text that another converter has made has a reader of its own."""
    from unresolve.readers.checks import is_pdf

    if not is_pdf(data):
        from unresolve.readers import marked

        return marked.read
    if engine == "plumber":
        from unresolve.readers import plumber

        return plumber.read
    from unresolve.readers import pdfium

    return pdfium.read
