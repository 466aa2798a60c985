"""Bags for archives: complete, valid by the reference implementation, the same bytes each time."""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path, PurePosixPath

import bagit
import pytest
from lxml import etree
from typer.testing import CliRunner

from unresolve import parse, write
from unresolve.cli.app import app
from unresolve.corpus.bag import PARTS, bag_of, seal
from unresolve.errors import MissingExtraError, OutputError

PREMIS = {"p": "http://www.loc.gov/premis/v3"}


@pytest.fixture(scope="module")
def payload(samples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The payload of one document in two languages, as a run writes it; the sample stands for both."""
    folder = tmp_path_factory.mktemp("payload") / "dark_skies"
    path = next(path for path in samples if path.name.startswith("dark_skies"))
    document = parse(path)
    (folder / "data").mkdir(parents=True)
    for name in ("dark_skies.en", "dark_skies.es"):
        for form, ending in PARTS.items():
            made = path.read_bytes() if form == "source" else write(document, form)
            (folder / "data" / (name + ending)).write_bytes(made)
    return folder


@pytest.fixture
def folder(payload: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(payload, tmp_path / payload.name))


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_reference_implementation_finds_it_valid(folder: Path) -> None:
    with pytest.raises(bagit.BagError):
        bagit.Bag(str(folder))
    seal(folder)
    bag = bagit.Bag(str(folder))
    bag.validate()
    assert len(bag.payload_entries()) == 8
    assert set(bag.algorithms) == {"sha256"}
    assert bag.info["External-Identifier"] == "A/RES/90/301"
    assert bag.info["Bag-Software-Agent"].startswith("unresolve ")
    assert "Bagging-Date" not in bag.info


def test_a_changed_file_is_found_out(folder: Path) -> None:
    seal(folder)
    changed = sorted((folder / "data").glob("*.txt"))[0]
    changed.write_bytes(changed.read_bytes() + b".")
    with pytest.raises(bagit.BagError):
        bagit.Bag(str(folder)).validate()


def test_sealed_twice_it_is_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seal(folder)
    once = everything(folder)
    seal(folder)
    assert everything(folder) == once
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    seal(folder)
    dated = everything(folder)
    assert {name for name in dated if dated[name] != once[name]} == {
        "bag-info.txt", "metadata/premis.xml", "tagmanifest-sha256.txt",
    }  # fmt: skip
    assert bagit.Bag(str(folder)).info["Bagging-Date"] == "2023-11-14"


def test_premis_says_what_was_made_from_what(folder: Path) -> None:
    seal(folder, date="2024-02-29T12:00:00Z")
    root = etree.parse(folder / "metadata" / "premis.xml").getroot()
    objects = {
        made.findtext("p:objectIdentifier/p:objectIdentifierValue", "", PREMIS): made
        for made in root.iterfind("p:object", PREMIS)
    }
    assert set(objects) == {name for name in everything(folder) if name.startswith("data/")}
    for name, made in objects.items():
        digest = made.findtext("p:objectCharacteristics/p:fixity/p:messageDigest", "", PREMIS)
        assert digest == hashlib.sha256((folder / name).read_bytes()).hexdigest()
    events = root.findall("p:event", PREMIS)
    assert [event.findtext("p:eventDateTime", "", PREMIS) for event in events] == ["2024-02-29T12:00:00Z"] * 2
    agent = root.findtext("p:agent/p:agentIdentifier/p:agentIdentifierValue", "", PREMIS)
    for event in events:
        assert event.findtext("p:linkingAgentIdentifier/p:linkingAgentIdentifierValue", "", PREMIS) == agent
        links = event.findall("p:linkingObjectIdentifier", PREMIS)
        named = [link.findtext("p:linkingObjectIdentifierValue", "", PREMIS) for link in links]
        roles = [link.findtext("p:linkingObjectRole", "", PREMIS) for link in links]
        assert roles == ["source", "outcome", "outcome", "outcome"]
        assert set(named) <= set(objects)
        assert len({name.rpartition(".")[0] for name in named}) == 1


def test_a_language_that_comes_later_joins_the_others(folder: Path) -> None:
    late = [path for path in (folder / "data").iterdir() if path.name.startswith("dark_skies.en.")]
    kept = {path: path.read_bytes() for path in late}
    for path in late:
        path.unlink()
    seal(folder)
    for path, content in kept.items():
        path.write_bytes(content)
    with pytest.raises(bagit.BagError):
        bagit.Bag(str(folder)).validate()
    seal(folder)
    assert len(bagit.Bag(str(folder)).payload_entries()) == 8


@pytest.mark.parametrize("name", ["näme.ru.txt", "two words.txt", "резолюция.ru.txt"])
def test_names_that_need_care(folder: Path, name: str) -> None:
    (folder / "data" / name).write_text("x")
    seal(folder)
    assert bagit.Bag(str(folder)).is_valid()


@pytest.mark.parametrize("name", ["per%cent.en.txt", "two\nlines.txt"])
def test_names_that_tools_read_in_two_ways(folder: Path, name: str) -> None:
    (folder / "data" / name).write_text("x")
    with pytest.raises(OutputError, match="a name with % or a line feed"):
        seal(folder)
    assert not (folder / "bagit.txt").exists()


def test_without_payload(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no payload"):
        seal(tmp_path)


def test_without_the_extra(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bagit", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'unresolve\[archive\]'"):
        seal(folder)
    assert not (folder / "bagit.txt").exists()


class TestCommand:
    def run(self, *words: object) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["parse", *map(str, words)])
        return done.exit_code, done.stderr

    @pytest.fixture
    def pdf(self, samples: list[Path], tmp_path: Path) -> Path:
        """One document in two languages and one in another folder."""
        source = next(path for path in samples if path.name.startswith("dark_skies"))
        for name in ("one.en.pdf", "one.es.pdf", "sub/two.en.pdf"):
            (tmp_path / "pdf" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, tmp_path / "pdf" / name)
        return tmp_path / "pdf"

    def test_a_bag_a_document_with_all_its_languages(self, pdf: Path, tmp_path: Path) -> None:
        out = tmp_path / "out"
        assert self.run(pdf, "-o", out, "--to", "bag")[0] == 0
        bags = [bagit.Bag(str(out / name)) for name in ("one", "sub/two")]
        assert [len(bag.payload_entries()) for bag in bags] == [8, 4]
        assert all(bag.is_valid() for bag in bags)
        assert (out / "one" / "data" / "one.es.pdf").read_bytes() == (pdf / "one.es.pdf").read_bytes()
        before = everything(out / "one")
        assert self.run(pdf, "-o", out, "--to", "bag", "--resume")[0] == 0
        assert everything(out / "one") == before

    def test_what_cannot_be_read_leaves_no_bag(self, pdf: Path, tmp_path: Path) -> None:
        (pdf / "bad.en.pdf").write_bytes(b"%PDF-1.7 nothing")
        assert self.run(pdf, "-o", tmp_path / "out", "--to", "bag")[0] == 1
        assert not (tmp_path / "out" / "bad").exists()
        assert bagit.Bag(str(tmp_path / "out" / "one")).is_valid()

    def test_wrong_use(self, pdf: Path, tmp_path: Path) -> None:
        assert self.run(pdf, "-o", tmp_path / "out", "--to", "bag,akn")[0] == 2
        assert self.run(pdf, "--to", "bag")[0] == 2
        assert self.run(pdf, "-o", "memory://x/", "--to", "bag")[0] == 2


@pytest.mark.parametrize(
    ("stem", "bag"),
    [
        ("A_RES_72_1.fr", "A_RES_72_1"),
        ("sub/A_RES_48_161.EN", "sub/A_RES_48_161"),
        ("A_80_L.1-EN", "A_80_L.1-EN"),
        ("report.2024", "report.2024"),
        (".fr", ".fr"),
    ],
)
def test_the_bag_of_a_file(stem: str, bag: str) -> None:
    assert bag_of(PurePosixPath(stem)) == PurePosixPath(bag)
