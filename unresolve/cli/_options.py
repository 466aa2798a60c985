"""Options that several commands share, so that they mean and say the same everywhere."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "Engine",
    "EngineOption",
    "JobsOption",
    "JsonOption",
    "LangOption",
    "NoLinksOption",
    "NoTagsOption",
    "OutputOption",
    "PicturesOption",
]


class Engine(StrEnum):
    """The engines that read a PDF."""

    pdfium = "pdfium"
    plumber = "plumber"


def _known(code: str | None) -> str | None:
    if code is not None:
        from unresolve.languages import CODES

        if code not in CODES:
            raise typer.BadParameter(f"no pack for {code!r}; there are {' '.join(CODES)}")
    return code


EngineOption = Annotated[Engine, typer.Option("--engine", help="What reads the PDF.")]
LangOption = Annotated[
    str | None,
    typer.Option(
        "--lang", metavar="CODE", callback=_known, help="The language: ar zh en fr ru es. Found out if not given."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Say on standard error what happens as lines of JSON.")]
JobsOption = Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes that parse.")]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write; stdout if not given.")
]
NoTagsOption = Annotated[bool, typer.Option("--no-tags", help="Do without the structure tags of the PDF.")]
NoLinksOption = Annotated[bool, typer.Option("--no-links", help="Do without the link annotations of the PDF.")]
PicturesOption = Annotated[bool, typer.Option("--pictures/--no-pictures", help="Show the pages of the PDF in HTML.")]
