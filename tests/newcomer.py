"""A newcomer with the README and nothing else: its commands, copied letter for letter, in an empty environment.

``python tests/newcomer.py WHEEL SDIST FOLDER`` takes the README and the samples out of the sdist, and nothing else, and
runs the ``sh`` blocks under ``## Start`` in one shell, which stops at the first command that fails. The one change:
``pip install .`` installs the built wheel, so that no source can stand in for it. Then it looks at what the commands
say they make. Exits with the code of the shell, or 1 if something is missing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

__all__ = ["commands", "main"]

_START = re.compile(r"^## Start\n(.*?)^## ", re.DOTALL | re.MULTILINE)
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_INSTALL = "python -m pip install .\n"
_KEPT = ("README.md", "corpora/samples/")
_AKN, _PAGE, _TEST = "dark_skies.en.xml", "dark_skies.en.html", "test_dark_skies.py"


def main(wheel: Path, sdist: Path, folder: Path) -> None:
    """Do it in ``folder``, which is emptied first; raises CalledProcessError or AssertionError."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _take_out(sdist, folder)
    script = commands((folder / "README.md").read_text(encoding="utf-8"))
    assert script.count(_INSTALL) == 1, f"the README has no line {_INSTALL!r}"
    script = script.replace(_INSTALL, f"python -m pip install '{wheel}'\n")
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    subprocess.run(["sh", "-eux"], input=script, text=True, cwd=folder, env=environment, check=True)

    akn, page = (folder / _AKN).read_bytes(), (folder / _PAGE).read_bytes()
    assert b"<akomaNtoso" in akn, f"{_AKN} is no Akoma Ntoso"
    assert page.lstrip().lower().startswith(b"<!doctype html>"), f"{_PAGE} is no web page"
    assert (folder / _TEST).is_file(), f"no {_TEST}"
    print(
        f"the README leads from nothing to {_AKN} ({len(akn):,} bytes), {_PAGE} ({len(page):,} bytes), a passing test"
    )


def commands(readme: str) -> str:
    """The commands under ``## Start``, in their order."""
    found = _START.search(readme)
    return "".join(_BLOCK.findall(found[1])) if found else ""


def _take_out(sdist: Path, folder: Path) -> None:
    with tarfile.open(sdist) as archive:
        for member in archive.getmembers():
            inside = member.name.partition("/")[2]
            if inside.startswith(_KEPT) and member.isfile():
                member.name = inside
                archive.extract(member, folder, filter="data")


if __name__ == "__main__":
    try:
        main(*(Path(word).resolve() for word in sys.argv[1:4]))
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
    except AssertionError as error:
        sys.exit(str(error))
