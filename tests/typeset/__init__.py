"""Sets a document of the model in the United Nations layout, so that parsing can be asked to give it back."""

from __future__ import annotations

from .comparable import comparable
from .documents import LANGUAGES, documents
from .manuscript import from_manuscript, read_manuscript, setting, texts
from .setter import missing_fonts, typeset

__all__ = [
    "LANGUAGES",
    "comparable",
    "documents",
    "from_manuscript",
    "missing_fonts",
    "read_manuscript",
    "setting",
    "texts",
    "typeset",
]
