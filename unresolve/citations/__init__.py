"""Find, parse, resolve and relate the citations of a text or a document."""

from .find import find_citations

__all__ = ["find_citations"]
