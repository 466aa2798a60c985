"""Structure: lines in zones become a document. One rule a file, in the order of ``chain``."""

from .chain import structure

__all__ = ["structure"]
