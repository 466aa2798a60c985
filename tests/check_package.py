"""Builds sdist and wheel, installs the wheel in a clean environment, parses from there, and follows the README.

``python tests/check_package.py FOLDER`` works in FOLDER and leaves nothing elsewhere; it needs ``build`` and
``twine`` and exits with the code of the first step that fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import newcomer

__all__ = ["main"]

ROOT = Path(__file__).resolve().parent.parent
PARSE_A_SAMPLE = """
from importlib.resources import files
import unresolve
names = sorted(file.name for file in files("unresolve.samples").iterdir() if file.name.endswith(".pdf"))
assert names, "no sample"
for name in names:
    document = unresolve.parse(files("unresolve.samples").joinpath(name).read_bytes())
    assert document.masthead.symbol and list(document.paragraphs()), name
print(f"{len(names)} samples parsed by {unresolve.__file__}")
"""


def main(folder: Path) -> None:
    """Run every step in ``folder``, which is emptied first; raises CalledProcessError."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    dist = folder / "dist"
    _run(sys.executable, "-m", "build", "--outdir", dist, ROOT)
    _run(sys.executable, "-m", "twine", "check", "--strict", *sorted(dist.iterdir()))
    [wheel], [sdist] = dist.glob("*.whl"), dist.glob("*.tar.gz")

    home = folder / "venv"
    venv.create(home, with_pip=True)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    python = programs / "python"
    _run(python, "-m", "pip", "install", "--quiet", wheel)
    _run(python, "-m", "pip", "check")
    _run(programs / "unresolve", "--version")
    _run(python, "-c", PARSE_A_SAMPLE)

    # A wheel is a zip file: what is found in it now is found by importlib.resources alone.
    _run(python, "-m", "pip", "uninstall", "--quiet", "--yes", "unresolve")
    _run(python, "-c", PARSE_A_SAMPLE, PYTHONPATH=str(wheel))

    newcomer.main(wheel, sdist, folder / "newcomer")


def _run(*command: str | Path, **variables: str) -> None:
    print("+", *(str(word) if "\n" not in str(word) else "…" for word in command), flush=True)
    # Run outside the checkout, so that the package there cannot stand in for the installed one.
    where = Path(command[0]).parent
    subprocess.run([str(word) for word in command], check=True, cwd=where, env=os.environ | variables)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]).resolve())
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
