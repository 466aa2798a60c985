"""``python -m unresolve`` and the ``unresolve`` command."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command line; leaves by :class:`SystemExit`."""
    from unresolve.cli.app import app

    app(prog_name="unresolve")


if __name__ == "__main__":
    main()
