"""From the words of the command line to tasks: which inputs, in which formats, to which files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath

import msgspec

from unresolve.corpus.runner import Output, Task
from unresolve.errors import ReadError

__all__ = ["STDIN", "Input", "WrongUse", "choose_formats", "expand", "plan", "read_bytes"]

STDIN = "-"
# Endings that say what a file is written in; any other ending belongs to the name (A_RES_72_1.fr).
_ENDINGS = frozenset({".pdf", ".md", ".markdown", ".txt"})


class WrongUse(Exception):
    """What was asked for cannot be done as asked; the message is one line."""


class Input(msgspec.Struct, frozen=True):
    """An input, and the path without ending that its output has below the output folder.

    ``DIR/sub/NAME.LANG.pdf`` has ``sub/NAME.LANG`` if DIR was given, ``NAME.LANG`` if it was itself given;
    ``walked`` says that it was found in a folder.
    """

    source: str
    stem: PurePath
    walked: bool = False


def expand(arguments: Iterable[str]) -> Iterator[Input]:
    """The inputs meant by the arguments, in their order.

    A folder stands for the PDF files below it, sorted by path; files whose name begins with a dot are passed
    over, links to folders not followed. ``-`` is the standard input. A path that is nothing yet is given as it
    is, for its reader to say so. Raises WrongUse for a folder without PDF files and for a second ``-``.
    """
    stdin = 0
    for argument in arguments:
        path = Path(argument)
        if argument == STDIN:
            stdin += 1
            if stdin > 1:
                raise WrongUse("the standard input can be read only once")
            yield Input(STDIN, PurePath("stdin"))
        elif path.is_dir():
            found = sorted(_pdf_files(path))
            if not found:
                raise WrongUse(f"{argument}: no PDF file in this folder")
            yield from (Input(str(file), _stem(file.relative_to(path)), walked=True) for file in found)
        else:
            yield Input(argument, _stem(PurePath(path.name)))


def choose_formats(words: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """``"akn,json"`` as formats, each once; raises WrongUse for one that is not ``known``."""
    chosen = tuple(dict.fromkeys(word.strip() for word in words.split(",") if word.strip()))
    unknown = [word for word in chosen if word not in known]
    if unknown or not chosen:
        raise WrongUse(f"no such format: {', '.join(unknown) or words!r}; there are {', '.join(known)}")
    return chosen


def plan(
    inputs: Sequence[Input], formats: Sequence[str], target: str | None, extensions: Mapping[str, str]
) -> list[Task]:
    """One task an input, with the file of each output.

    ``target`` is the file if one file was given and one format is asked for, unless it is a folder or ends in a
    slash; else it is the folder. None and ``-`` mean the standard output, which can hold one output only. Raises
    WrongUse if two outputs would fall on one file or an output on an input.
    """
    if target is None or target == STDIN:
        if len(inputs) * len(formats) != 1:
            raise WrongUse("several inputs or formats need a folder to write to: -o DIR")
        return [_task(inputs[0], [Output(formats[0])])]
    path = Path(target)
    to_folder = path.is_dir() or target.endswith(("/", os.sep))
    if len(inputs) * len(formats) == 1 and not inputs[0].walked and not to_folder:
        tasks = [_task(inputs[0], [Output(formats[0], path)])]
    elif path.exists() and not path.is_dir():
        raise WrongUse(f"{target}: not a folder, and more than one file may have to be written")
    else:
        tasks = [
            _task(one, tuple(_output(path / one.stem, name, extensions[name]) for name in formats)) for one in inputs
        ]
    _refuse_overwriting(tasks)
    return tasks


def read_bytes(source: str) -> bytes:
    """All the bytes of a path or of the standard input; raises a ReadError naming it."""
    try:
        return sys.stdin.buffer.read() if source == STDIN else Path(source).read_bytes()
    except OSError as error:
        raise ReadError(error.strerror or str(error), source=source) from error


def _output(path: Path, name: str, extension: str) -> Output:
    # The ending is put behind, not in the place of one: A_RES_72_1.fr keeps its language.
    return Output(name, path.with_name(path.name + extension))


def _task(one: Input, outputs: Iterable[Output]) -> Task:
    return Task(one.source, tuple(outputs), data=read_bytes(STDIN) if one.source == STDIN else None)


def _pdf_files(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        for name in names:
            if name.lower().endswith(".pdf") and not name.startswith("."):
                yield Path(parent, name)


def _stem(path: PurePath) -> PurePath:
    return path.with_suffix("") if path.suffix.lower() in _ENDINGS else path


def _refuse_overwriting(tasks: Sequence[Task]) -> None:
    files: dict[Path, str] = {}
    sources = {_identity(Path(task.source)): task.source for task in tasks}
    sources.pop(None, None)
    for task in tasks:
        for path in (output.path for output in task.outputs if output.path is not None):
            if path in files:
                raise WrongUse(f"{files[path]} and {task.source} would both be written to {path}")
            files[path] = task.source
            if (identity := _identity(path)) in sources:
                raise WrongUse(f"{path}: would overwrite the input {sources[identity]}")


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from all others, whatever path or link leads to it; None if there is no such file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
