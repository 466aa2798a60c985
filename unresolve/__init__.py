"""Reads United Nations General Assembly documents and gives their structure.

    >>> import unresolve
    >>> document = unresolve.parse("resolution.pdf")  # doctest: +SKIP

``import unresolve`` loads nothing else: each name below is imported when it is first used.
"""

from __future__ import annotations

__version__ = "0.1.0"
