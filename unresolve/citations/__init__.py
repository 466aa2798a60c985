"""Find, parse, resolve and relate the citations of a text or a document."""

from .alone import parse_citation
from .annotate import annotate
from .cite import Resolver, cite
from .find import find_citations
from .links import LinkedText

__all__ = ["LinkedText", "Resolver", "annotate", "cite", "find_citations", "parse_citation"]
