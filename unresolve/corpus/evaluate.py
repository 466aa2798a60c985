"""Many documents against the official ones: figures by language and session, gains and losses, the worst."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import fmean

import msgspec
import regex

from unresolve.errors import InvalidDocumentError, ReadError, UnresolveError
from unresolve.model import Document

from .compare import redline
from .load import ENDINGS, load_document, load_documents
from .measures import METRICS, Faults, Scores, figures, measure
from .view import view

__all__ = ["Evaluation", "Loss", "Measured", "evaluate", "from_json", "losses", "mean", "shown", "summary"]

_SESSION = regex.compile(r"A_RES_(?:(?:ES|S)-)?(\d+)_")


class Measured(msgspec.Struct, frozen=True, omit_defaults=True):
    """A document: its scores and its faults; ``error`` says why there is nothing to measure (then all scores are 0)."""

    scores: Scores
    faults: Faults = Faults()
    error: str | None = None


class Evaluation(msgspec.Struct, frozen=True):
    """The documents by name, and the means: ``all``, each language (``fr``), each session (``s72``)."""

    groups: dict[str, Scores]
    documents: dict[str, Measured]
    sizes: dict[str, int]

    def worst(self, count: int) -> list[str]:
        """The names of the documents with the lowest sum of figures, the worst first."""
        return sorted(self.documents, key=lambda name: (sum(figures(self.documents[name].scores)), name))[:count]


class Loss(msgspec.Struct, frozen=True, order=True):
    """A figure of a group or a document that is another than before."""

    name: str
    metric: str
    before: float
    now: float


def evaluate(official: str | Path, found: str | Path, *, jobs: int = 1) -> Evaluation:
    """The documents of the folder ``found`` (XML, JSON or PDF) against the official XML of the same names.

    ``NAME.LANG.xml`` of the one folder goes with ``NAME.LANG.xml``, ``.json`` or ``.pdf`` of the other, sub-folders
    included. An official document without a partner, or with one that cannot be read, scores 0. ``jobs`` processes
    parse the PDFs. Raises ReadError for a folder without official XML.
    """
    gold, own = Path(official), Path(found)
    paths = sorted(gold.rglob("*.xml"))
    if not paths:
        raise ReadError("no official XML in this folder", source=str(gold))
    partners = [_partner(own / path.relative_to(gold)) for path in paths]
    documents = load_documents(partners, jobs=jobs)
    names = [path.relative_to(gold).with_suffix("").as_posix() for path in paths]
    return summary({name: _measured(path, next(documents)) for name, path in zip(names, paths, strict=True)})


def summary(documents: dict[str, Measured]) -> Evaluation:
    """The means over documents by name."""
    members: dict[str, list[str]] = {"all": list(documents)}
    for name in documents:
        if "." in name:
            members.setdefault(name.rsplit(".", 1)[-1], []).append(name)
        if match := _SESSION.search(name):
            members.setdefault(f"s{match[1]}", []).append(name)
    groups = {group: mean(documents[name].scores for name in names) for group, names in members.items()}
    return Evaluation(groups, documents, {group: len(names) for group, names in members.items()})


def mean(scores: Iterable[Scores]) -> Scores:
    """The mean of each figure."""
    columns = zip(*map(figures, scores), strict=True)
    return Scores(*(fmean(column) for column in columns))


def losses(before: Evaluation, now: Evaluation, *, above: float = 0.0) -> list[Loss]:
    """The figures of groups and documents in both that differ by more than ``above``, the greatest loss first."""
    found = []
    for old, new in ((before.groups, now.groups), (_scores(before), _scores(now))):
        for name in old.keys() & new.keys():
            for metric, was, is_ in zip(METRICS, figures(old[name]), figures(new[name]), strict=True):
                if abs(is_ - was) > max(above, 1e-9):
                    found.append(Loss(name, metric, was, is_))
    return sorted(found, key=lambda loss: (loss.now - loss.before, loss.name, loss.metric))


def shown(document: Measured) -> Iterator[str]:
    """The faults of a document in lines: ``[-official-]{+found+}`` where words differ."""
    if document.error is not None:
        yield document.error
    faults = document.faults
    for name, official, found in faults.fields:
        yield f"{name}: [-{official}-]{{+{found}+}}"
    for kind, pairs in (("block", faults.blocks), ("note", faults.notes)):
        for official_text, found_text in pairs:
            yield f"{kind}: {redline(official_text or '', found_text or '')}"
    for sign, links in (("missed", faults.missed), ("extra", faults.extra)):
        if links:
            yield f"{sign} links: {', '.join(f'{symbol} ×{count}' for symbol, count in links.items())}"


def from_json(data: bytes) -> Evaluation:
    """An evaluation that was written as JSON (``msgspec.json.encode``); raises InvalidDocumentError."""
    try:
        return msgspec.json.decode(data, type=Evaluation)
    except msgspec.DecodeError as error:
        raise InvalidDocumentError(f"not an evaluation: {error}") from error


def _scores(of: Evaluation) -> dict[str, Scores]:
    return {name: document.scores for name, document in of.documents.items()}


def _measured(path: Path, found: Document | UnresolveError) -> Measured:
    if isinstance(found, UnresolveError):
        return Measured(Scores(), error=str(found))
    try:
        official = load_document(path)
    except UnresolveError as error:
        return Measured(Scores(), error=str(error))
    scores, faults = measure(view(official), view(found))
    return Measured(scores, faults)


def _partner(path: Path) -> Path:
    """The file beside ``path`` that has its name and one of the endings; ``path`` itself where there is none."""
    others = (path.with_name(path.stem + ending) for ending in ENDINGS)
    return next((other for other in others if other.exists()), path)
