"""Runs a target under atheris, which looks for input that takes new paths through the code (coverage-guided).

``python tests/fuzz/with_atheris.py fuzz_symbol [CORPUS] [-runs=N] [-max_total_time=SECONDS] [-seed=N]`` gives the check
of that module one input after the other and leaves with libFuzzer's exit code. Needs atheris (``pip install atheris``).
"""

from __future__ import annotations

import sys
from importlib import import_module

__all__ = ["main"]


def main() -> None:
    """See above."""
    import atheris

    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=["unresolve"]):
        check = import_module(name).check
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
