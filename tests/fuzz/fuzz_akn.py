"""Any bytes as Akoma Ntoso: a document, which can then be written and read again, or an InvalidDocumentError.

``python tests/fuzz/with_atheris.py fuzz_akn [CORPUS] [-runs=N] [-max_total_time=SECONDS]``; a corpus of small Akoma
Ntoso files helps.
"""

from __future__ import annotations

from unresolve.errors import InvalidDocumentError
from unresolve.writers import write
from unresolve.writers.akn_read import from_akn
from unresolve.writers.akn_validate import validate

__all__ = ["check"]


def check(data: bytes) -> None:
    """Raises an AssertionError where a law of reading and writing is broken."""
    try:
        document = from_akn(data)
    except InvalidDocumentError:
        return
    written = write(document, "akn")
    assert validate(written) == [], "what is written is valid, whatever was read"
    assert write(from_akn(written), "akn") == written, "and reads back to the same"
