"""Where documents come from and files go to: paths of this machine, and addresses such as ``s3://bucket/a.pdf``.

Addresses are opened with fsspec (extra ``cloud``), which is loaded when the first one is met.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import regex

from unresolve.errors import MissingExtraError, OutputError, ReadError, UnresolveError
from unresolve.patterns import late

__all__ = ["clear_temporaries", "is_address", "is_folder", "join", "pdf_files", "read", "write_whole"]

_ADDRESS = regex.compile(r"[a-z][a-z0-9+.\-]{1,20}(?:::[a-z]|://)")
_TEMPORARY = late(r"\.unresolve-[0-9a-f]{16}\.tmp")


def is_address(place: str) -> bool:
    """Whether a place is an address for fsspec rather than a path of this machine."""
    return _ADDRESS.match(place) is not None


def is_folder(place: str) -> bool:
    """Whether there is a folder; an address ending in a slash is taken at its word."""
    if not is_address(place):
        return os.path.isdir(place)  # noqa: PTH112 - asked of every listed input: a Path costs more than the call
    if place.endswith("/"):
        return True
    files, path = _open(place)
    with _errors_as(ReadError, place):
        return bool(files.isdir(path))


def join(folder: str, below: PurePosixPath | str) -> str:
    """The place ``below`` a folder."""
    return f"{folder.rstrip('/')}/{below}" if is_address(folder) else str(Path(folder, below))


def read(place: str) -> bytes:
    """All the bytes of a file; raises a ReadError naming it."""
    if is_address(place):
        files, path = _open(place)
        with _errors_as(ReadError, place):
            return bytes(files.cat_file(path))
    try:
        return Path(place).read_bytes()
    except (OSError, ValueError) as error:
        raise ReadError(_reason(error), source=place) from error


def write_whole(place: str | Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file, given whole or in pieces, whole or not at all, making its folders; raises an OutputError.

    A file of this machine is written under a temporary name beside its own and renamed; at an address it is put
    with one request, which object stores make visible whole.
    """
    if isinstance(place, str) and is_address(place):
        files, path = _open(place, OutputError)
        with _errors_as(OutputError, place):
            files.makedirs(files._parent(path), exist_ok=True)
            files.pipe_file(path, content if isinstance(content, bytes) else b"".join(content))
        return
    try:
        _write_local(Path(place), content)
    except (OSError, ValueError) as error:
        raise OutputError(f"cannot be written: {_reason(error)}", source=str(place)) from error


def pdf_files(folder: str) -> Iterator[PurePosixPath]:
    """The PDF files below a folder, relative to it and sorted; raises a ReadError for one that cannot be listed.

    Names that begin with a dot are passed over, links to folders not followed. Only the names of one folder and of
    those above it are held at a time.
    """
    if is_address(folder):
        yield from _pdf_files_at(folder)
    else:
        yield from _pdf_files_below(Path(folder))


def clear_temporaries(folder: Path) -> int:
    """Remove what writers that were killed have left below a folder; says how many files."""
    removed = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            if _TEMPORARY.fullmatch(name):
                Path(parent, name).unlink(missing_ok=True)
                removed += 1
    return removed


def _write_local(path: Path, content: bytes | Iterable[bytes]) -> None:
    # Beside the target, because only within one file system is the replacement a single step.
    passing = path.with_name(f".unresolve-{os.urandom(8).hex()}.tmp")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with passing.open("xb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)


def _pdf_files_below(folder: Path) -> Iterator[PurePosixPath]:
    # A stack instead of recursion: folders can be nested deeper than Python's calls.
    open_folders = [(PurePosixPath(), _entries(folder))]
    while open_folders:
        below, entries = open_folders[-1]
        for name, is_dir in entries:
            if is_dir:
                open_folders.append((below / name, _entries(folder / below / name)))
                break
            if _is_pdf(name):
                yield below / name
        else:
            open_folders.pop()


def _entries(folder: Path) -> Iterator[tuple[str, bool]]:
    try:
        with os.scandir(folder) as entries:
            return iter(sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries))
    except OSError as error:
        raise ReadError(_reason(error), source=str(folder)) from error


def _pdf_files_at(folder: str) -> Iterator[PurePosixPath]:
    files, root = _open(folder)
    with _errors_as(ReadError, folder):
        for parent, folders, names in files.walk(root):
            folders.sort()  # the walk goes on in this order
            yield from (PurePosixPath(parent, name).relative_to(root) for name in sorted(names) if _is_pdf(name))


def _is_pdf(name: str) -> bool:
    return name.lower().endswith(".pdf") and not name.startswith(".")


def _open(address: str, kind: type[UnresolveError] = ReadError) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise MissingExtraError("cloud", source=address) from error
    with _errors_as(kind, address):  # its own sentence names the package that is missing: "Install s3fs to access S3"
        files, path = url_to_fs(address)
    return files, str(path)


@contextmanager
def _errors_as(kind: type[UnresolveError], address: str) -> Iterator[None]:
    """Every store has error classes of its own (botocore's ClientError, aiohttp's ClientResponseError …)."""
    try:
        yield
    except Exception as error:
        said = "cannot be written: " if kind is OutputError else ""
        raise kind(said + _reason(error), source=address) from error


def _reason(error: BaseException) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
