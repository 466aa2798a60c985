"""What a run will write where, found out before anything is done and without holding it in memory."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from unresolve.cli._inputs import STDIN, Input, WrongUse, expand, listed, read_bytes
from unresolve.corpus.places import is_address, join
from unresolve.corpus.tasks import Output, Task

__all__ = ["Plan"]


class Plan:
    """One task an input, with the file of each output.

    ``target`` is the file if one file was given and one format is asked for, unless it is a folder, an address or
    ends in a slash; else it is the folder, and ``folder`` names it. None and ``-`` mean the standard output, which
    can hold one output only. In a folder an output has the name of its input, below the folders in which it was
    found; where two inputs would so fall on one file, all outputs keep the whole path their input was named by.
    An output never leaves the folder. With ``bags`` the outputs of a document are below ``data/`` of its bag.

    Raises WrongUse if two outputs would still fall on one file or an output on an input.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        formats: Sequence[str],
        target: str | None,
        extensions: Mapping[str, str],
        *,
        lists: Sequence[str] = (),
        bags: bool = False,
    ) -> None:
        self._arguments = arguments
        self._lists = lists
        self._formats = formats
        self._extensions = extensions
        self._target = None if target == STDIN else target
        self._whole_paths = False
        self._bags = bags
        self._stdin: bytes | None = None
        self.total = 0
        with _Claims() as claims:
            first = self._count(claims)
            self.folder = self._folder(first)
            self._refuse_overwriting(claims)

    def tasks(self) -> Iterator[Task]:
        """The tasks in the order of the inputs, made as they are asked for."""
        for one in self._inputs():
            yield Task(one.source, self._outputs(one), data=self._read_stdin() if one.source == STDIN else None)

    def _inputs(self) -> Iterator[Input]:
        yield from expand(self._arguments)
        for path in self._lists:
            yield from listed(path)

    def _count(self, claims: _Claims) -> Input:
        first = None
        for one in self._inputs():
            claims.read(one.source)
            first = first or one
            self.total += 1
        if first is None:
            raise WrongUse("no input: name files, folders, addresses, lists of them, or - (the standard input)")
        return first

    def _folder(self, first: Input) -> str | None:
        one = self.total * len(self._formats) == 1
        if self._target is None:
            if not one:
                raise WrongUse("several inputs or formats need a folder to write to: -o DIR")
            return None
        if is_address(self._target) and self._bags:
            raise WrongUse(f"{self._target}: bags are made in a folder of this machine")
        if is_address(self._target):
            return None if one and not first.walked and not self._target.endswith("/") else self._target.rstrip("/")
        path = Path(self._target)
        if one and not first.walked and not path.is_dir() and not self._target.endswith(("/", os.sep)):
            return None
        if path.exists() and not path.is_dir():
            raise WrongUse(f"{self._target}: not a folder, and more than one file may have to be written")
        return str(path)

    def _outputs(self, one: Input) -> tuple[Output, ...]:
        if self.folder is None:
            return (Output(self._formats[0], self._target),)
        # The ending is put behind, not in the place of one: A_RES_72_1.fr keeps its language.
        stem = self._stem(one)
        if self._bags:
            stem = self._bag(stem) / "data" / stem.name
        return tuple(Output(name, join(self.folder, f"{stem}{self._ending(one, name)}")) for name in self._formats)

    def bags(self) -> Iterator[Path]:
        """The folders that are to be sealed as bags, each once where its languages stand side by side."""
        last = None
        for one in self._inputs() if self._bags and self.folder is not None else ():
            bag = Path(self.folder or "", self._bag(self._stem(one)))
            if bag != last and (bag / "data").is_dir():  # not there if no language of it could be read
                yield bag
            last = bag

    def _bag(self, stem: PurePosixPath) -> PurePosixPath:
        from unresolve.corpus.bag import bag_of

        return bag_of(stem)

    def _stem(self, one: Input) -> PurePosixPath:
        return PurePosixPath((one.full if self._whole_paths else one.stem).as_posix())

    def _ending(self, one: Input, name: str) -> str:
        own = PurePosixPath(one.source).suffix.lower() if name == "source" else ""
        return own or self._extensions[name]

    def _read_stdin(self) -> bytes:
        if self._stdin is None:
            self._stdin = read_bytes(STDIN)
        return self._stdin

    def _refuse_overwriting(self, claims: _Claims) -> None:
        clash = self._clash(claims)
        if clash is not None and self.folder is not None:
            self._whole_paths = True
            clash = self._clash(claims)
        if clash is not None:
            raise WrongUse(clash)

    def _clash(self, claims: _Claims) -> str | None:
        """The first output that is another's or an input, said in a sentence."""
        claims.forget_outputs()
        for one in self._inputs():
            for output in self._outputs(one):
                if output.path is None:
                    continue
                other = claims.write(output.path, one.source)
                if other is not None:
                    return f"{other} and {one.source} would both be written to {output.path}"
                if (source := claims.reader(output.path)) is not None:
                    return f"{output.path}: would overwrite the input {source}"
        return None


class _Claims:
    """Which file is whose, in a temporary database on disk: millions of inputs take no more memory than a few."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        # Names are kept as bytes: not every name of a file is text.
        self._db.execute("create table inputs (file blob primary key, source blob)")
        self._db.execute("create table outputs (path blob primary key, source blob)")

    def __enter__(self) -> _Claims:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def read(self, source: str) -> None:
        """Say that a file will be read."""
        identity = _identity(source)
        if identity is not None:
            self._db.execute("insert or ignore into inputs values (?, ?)", (identity, os.fsencode(source)))

    def reader(self, path: str) -> str | None:
        """The input that is the file at ``path``."""
        return self._one("select source from inputs where file = ?", _identity(path))

    def write(self, path: str, source: str) -> str | None:
        """Claim a path for an input; the input that has claimed it before."""
        row = (os.fsencode(path), os.fsencode(source))
        claimed = self._db.execute("insert or ignore into outputs values (?, ?)", row).rowcount
        return None if claimed else self._one("select source from outputs where path = ?", row[0])

    def forget_outputs(self) -> None:
        """Claim anew."""
        self._db.execute("delete from outputs")

    def _one(self, query: str, value: bytes | None) -> str | None:
        row = self._db.execute(query, (value,)).fetchone()
        return None if row is None else os.fsdecode(row[0])


def _identity(place: str) -> bytes | None:
    """What tells a file from all others, whatever path or link leads to it; None if there is no such file."""
    if is_address(place):
        return place.encode()
    try:
        found = os.stat(place)  # noqa: PTH116 - asked of every input and output: making a Path costs more than the call
    except (OSError, ValueError):
        return None
    return b"%d:%d" % (found.st_dev, found.st_ino)
