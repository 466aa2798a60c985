"""From the words of the command line to inputs: files, folders, addresses, lists of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePath, PurePosixPath

import msgspec

from unresolve.corpus.places import is_address, is_folder, join, pdf_files
from unresolve.errors import ReadError, UnresolveError

__all__ = ["STDIN", "Input", "WrongUse", "choose_formats", "expand", "listed", "read_bytes", "rereadable"]

STDIN = "-"
LIST = "@"
# Endings that say what a file is written in; any other ending belongs to the name (A_RES_72_1.fr).
_ENDINGS = frozenset({".pdf", ".md", ".markdown", ".txt"})


class WrongUse(Exception):
    """What was asked for cannot be done as asked; the message is one line."""


class Input(msgspec.Struct, frozen=True):
    """An input, and the path without ending that its output has below the output folder.

    ``DIR/sub/NAME.LANG.pdf`` has ``sub/NAME.LANG`` if DIR was given, ``NAME.LANG`` if it was itself given;
    ``walked`` says that it was found in a folder or a list. ``full`` is the path with all the folders that were
    named, ``DIR/sub/NAME.LANG``.
    """

    source: str
    stem: PurePath
    walked: bool = False
    full: PurePath = PurePath()


def expand(arguments: Iterable[str]) -> Iterator[Input]:
    """The inputs meant by the arguments, in their order.

    A folder stands for the PDF files below it, sorted by path; files whose name begins with a dot are passed
    over, links to folders not followed. ``@FILE`` stands for the lines of FILE, each a file, a folder or an address,
    whose outputs keep the path they are listed by. ``-`` is the standard input. A path that is nothing yet is given
    as it is, for its reader to say so. Raises WrongUse for a folder without PDF files, a list that cannot be read and
    a second ``-``.
    """
    stdin = 0
    for argument in arguments:
        if argument == STDIN:
            stdin += 1
            if stdin > 1:
                raise WrongUse("the standard input can be read only once")
            yield Input(STDIN, PurePath("stdin"), full=PurePath("stdin"))
        elif argument.startswith(LIST) and not Path(argument).exists():
            yield from listed(argument.removeprefix(LIST))
        else:
            yield from _expanded(argument)


def listed(path: str) -> Iterator[Input]:
    """The inputs named in a list, one a line; empty lines and those that begin with # are passed over."""
    found = False
    try:
        with Path(path).open(encoding="utf-8-sig") as lines:
            for line in lines:
                name = line.strip()
                if name and not name.startswith("#"):
                    found = True
                    for one in _expanded(name):
                        yield msgspec.structs.replace(one, stem=one.full, walked=True)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a text file in UTF-8"
        raise WrongUse(f"{path}: the list cannot be read: {reason}") from None
    if not found:
        raise WrongUse(f"{path}: the list names no input")


@contextmanager
def rereadable(path: str | None) -> Iterator[str | None]:
    """A list that can be read again: itself, or a copy of the standard input for ``-``."""
    if path != STDIN:
        yield path
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="unresolve-") as folder:
        copy = Path(folder, "list")
        copy.write_bytes(sys.stdin.buffer.read())
        yield str(copy)


def choose_formats(words: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """``"akn,json"`` as formats, each once; raises WrongUse for one that is not ``known``."""
    chosen = tuple(dict.fromkeys(word.strip() for word in words.split(",") if word.strip()))
    unknown = [word for word in chosen if word not in known]
    if unknown or not chosen:
        raise WrongUse(f"no such format: {', '.join(unknown) or words!r}; there are {', '.join(known)}")
    return chosen


def read_bytes(source: str) -> bytes:
    """All the bytes of a path or of the standard input; raises a ReadError naming it."""
    try:
        return sys.stdin.buffer.read() if source == STDIN else Path(source).read_bytes()
    except OSError as error:
        raise ReadError(error.strerror or str(error), source=source) from error


def _expanded(argument: str) -> Iterator[Input]:
    try:
        if not is_folder(argument):
            name = PurePosixPath(argument).name if is_address(argument) else Path(argument).name
            yield Input(argument, _stem(PurePath(name)), full=_stem(_inside(argument)))
            return
        found = False
        for below in pdf_files(argument):
            found = True
            stem = _stem(PurePath(below))
            yield Input(join(argument, below), stem, walked=True, full=_inside(argument) / stem)
    except UnresolveError as error:
        raise WrongUse(str(error)) from error
    if not found:
        raise WrongUse(f"{argument}: no PDF file in this folder")


def _inside(place: str) -> PurePath:
    """A place as a path that cannot lead out of the folder it is put in: without root, drive, scheme or ``..``."""
    if is_address(place):
        path: PurePath = PurePosixPath(place.rpartition("://")[2].lstrip("/"))
    else:
        path = PurePath(place)
    return PurePath(*(part for part in path.parts if part not in (path.anchor, "..", ".")))


def _stem(path: PurePath) -> PurePath:
    return path.with_suffix("") if path.suffix.lower() in _ENDINGS else path
