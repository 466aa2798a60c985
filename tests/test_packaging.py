"""The package as it is installed: what it holds, what it offers, what it asks for."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

import unresolve

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_package_is_listed() -> None:
    found = {"unresolve", "unresolve.grammars", "unresolve.samples"}
    for init in (ROOT / "unresolve").rglob("__init__.py"):
        found.add(".".join(init.parent.relative_to(ROOT).parts))
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == found


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "unresolve").rglob("*.py")}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize(("package", "ending"), [("unresolve.grammars", ".toml"), ("unresolve.samples", ".pdf")])
def test_data_is_found_by_package(package: str, ending: str) -> None:
    found = [file for file in files(package).iterdir() if file.name.endswith(ending)]
    assert found
    assert all(file.read_bytes() for file in found)


@pytest.mark.parametrize("name", unresolve.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(unresolve, name) is not None
    assert name in dir(unresolve)


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'prase'"):
        _ = unresolve.prase  # type: ignore[attr-defined]


def test_importing_the_package_imports_nothing_else() -> None:
    script = "import sys, unresolve; print([name for name in sys.modules if name.startswith('unresolve.')])"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert run.stdout.strip() == "[]"


def test_checks_and_dependencies_agree_on_versions() -> None:
    assert PROJECT["project"]["requires-python"] == ">=3.11"
    named = {line.rpartition(" ")[2] for line in PROJECT["project"]["classifiers"] if ":: 3." in line}
    assert named == {"3.11", "3.12", "3.13", "3.14"}
