"""``python -m unresolve`` and the ``unresolve`` command."""

from __future__ import annotations

import atexit
import gc
import sys

from unresolve import __version__

__all__ = ["main"]


def main() -> None:
    """Run the command line; leaves by :class:`SystemExit`."""
    # Scripts ask for the version often: it is given before the command line, three times as slow, is loaded.
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"unresolve {__version__}\n")
        return
    # What a start makes stays to the end: looking through it for garbage, then once more on leaving, would take a tenth
    # of the time of a short document.
    gc.set_threshold(50_000, 20, 20)
    atexit.register(gc.freeze)
    from unresolve.cli.app import app

    app(prog_name="unresolve")


if __name__ == "__main__":
    main()
