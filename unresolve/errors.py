"""Everything that can go wrong, one class a cause.

Every error is an :class:`UnresolveError` and prints as one line: where, what, and what to do.
"""

from __future__ import annotations

__all__ = [
    "ClusterError",
    "CrashError",
    "EncryptedError",
    "FetchError",
    "IndexingError",
    "InvalidCitation",
    "InvalidDocumentError",
    "InvalidLanguage",
    "InvalidSymbol",
    "ManifestError",
    "MemoryLimitError",
    "MissingExtraError",
    "MissingLanguageError",
    "NoPageError",
    "NoTextError",
    "NotAPdfError",
    "OutputError",
    "ReadError",
    "TimeLimitError",
    "TruncatedError",
    "UnknownDocumentError",
    "UnmappedFontError",
    "UnreachableError",
    "UnresolveError",
    "WrongContentError",
]


class UnresolveError(Exception):
    """Base of all errors of this package.

    ``source`` names the input (a path, ``-`` or ``<bytes>``), ``page`` counts from 1.
    """

    def __init__(self, reason: str, *, source: str | None = None, page: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.source = source
        self.page = page

    def __str__(self) -> str:
        place = self.source or ""
        if self.page is not None:
            place = f"{place}, page {self.page}" if place else f"page {self.page}"
        return f"{place}: {self.reason}" if place else self.reason

    def at(self, source: str) -> UnresolveError:
        """The same error, naming its input; an input already named is kept."""
        self.source = self.source or source
        return self


class ReadError(UnresolveError):
    """The input cannot be read at all."""


class NotAPdfError(ReadError):
    """The bytes are not a PDF (nor, for the marked reader, text)."""


class TruncatedError(ReadError):
    """The PDF breaks off or is damaged past repair."""


class EncryptedError(ReadError):
    """The PDF asks for a password."""


class NoPageError(ReadError):
    """The PDF has no page."""


class NoTextError(ReadError):
    """No page has a text layer (a scan): run OCR first."""


class UnmappedFontError(ReadError):
    """No font of the PDF says which characters its glyphs stand for."""


class OutputError(UnresolveError):
    """The output cannot be written where it was asked for."""


class FetchError(UnresolveError):
    """A document cannot be fetched; ``source`` names symbol and language."""


class UnreachableError(FetchError):
    """The service does not answer, or only with errors of its own, however often it is asked."""


class UnknownDocumentError(FetchError):
    """The service has no document of this symbol, in any language."""


class MissingLanguageError(FetchError):
    """The service has the document, but not in this language."""


class WrongContentError(FetchError):
    """Something else came than what was asked for: a web page instead of a PDF, a file of enormous size."""


class IndexingError(UnresolveError):
    """An index cannot be built, or cannot answer what is asked."""


class TimeLimitError(UnresolveError):
    """The document took longer than it may."""


class MemoryLimitError(UnresolveError):
    """The document needs more memory than it may have."""


class CrashError(UnresolveError):
    """The process that read the document died of it."""


class ManifestError(UnresolveError):
    """The manifest of a run cannot be written, or another run is writing it."""


class ClusterError(UnresolveError):
    """The scheduler of a cluster cannot be reached, or was lost."""


class MissingExtraError(UnresolveError, ImportError):
    """What was asked for needs packages that are not installed; ``extra`` names the set that holds them."""

    def __init__(self, extra: str, *, source: str | None = None) -> None:
        super().__init__(f"needs more packages: pip install 'unresolve[{extra}]'", source=source)
        self.extra = extra


class InvalidSymbol(UnresolveError, ValueError):
    """A string is not a United Nations document symbol."""


class InvalidCitation(UnresolveError, ValueError):
    """A string looks like a citation and cannot be understood as one."""


class InvalidLanguage(UnresolveError, ValueError):
    """A language code without a pack in ``grammars/``."""


class InvalidDocumentError(UnresolveError, ValueError):
    """An XML or JSON file is not a document of this model."""
