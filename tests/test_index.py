"""The index against a count by brute force: every question is answered as reading all documents would."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from unresolve import parse, read_akn
from unresolve.cli.app import app
from unresolve.corpus import query
from unresolve.corpus.index import build, canonical, folded, order_of
from unresolve.errors import IndexingError
from unresolve.model import Citation, Document
from unresolve.symbols import try_parse
from unresolve.writers import write

WORD = regex.compile(r"[\p{L}\p{N}]+")


@pytest.fixture(scope="module")
def documents(samples: list[Path]) -> dict[str, Document]:
    """The samples, by the name of the file each is written to."""
    return {path.stem: parse(path) for path in samples}


@pytest.fixture(scope="module")
def out(documents: dict[str, Document], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree as a run leaves it: some documents in both formats, some in one, other files beside them."""
    folder = tmp_path_factory.mktemp("out")
    for place, (name, document) in enumerate(documents.items()):
        below = folder / "sub" if place % 2 else folder
        below.mkdir(exist_ok=True)
        formats = (("json", "akn"), ("json",), ("akn",))[place % 3]
        for form in formats:
            (below / f"{name}.{'xml' if form == 'akn' else form}").write_bytes(write(document, form))
    (folder / "report.json").write_text('{"made": "by something else"}')
    (folder / "premis.xml").write_text("<premis/>")
    (folder / "manifest.jsonl").write_text("{}\n")
    (folder / ".hidden.json").write_bytes(write(next(iter(documents.values())), "json"))
    return folder


@pytest.fixture(scope="module")
def db(out: Path) -> Path:
    path = out.parent / "index.sqlite"
    build(out, path)
    return path


def passages(document: Document) -> list[str]:
    """Every paragraph and note, found without the index's own walk."""
    paragraphs = [text for p in document.paragraphs() for text in (str(p.text), str(p.closing or ""))]
    return [text for text in (*paragraphs, *(str(note.text) for note in document.notes)) if text.strip()]


def words_of(text: str) -> list[str]:
    return [str(word) for word in WORD.findall(folded(text))]


def holds(text: str, wish: Sequence[str]) -> bool:
    """Whether the words stand in the text one behind the other."""
    said = words_of(text)
    return any(said[at : at + len(wish)] == list(wish) for at in range(len(said)))


def test_as_many_as_there_are(documents: dict[str, Document], out: Path, db: Path) -> None:
    assert query.counts(db) == {
        "documents": len(documents),
        "paragraphs": sum(len(passages(d)) - len(d.notes) for d in documents.values()),
        "notes": sum(len(document.notes) for document in documents.values()),
        "citations": sum(len(document.citations) for document in documents.values()),
    }
    assert build(out, db).failed == ()


def test_every_citation_is_found_from_both_ends(documents: dict[str, Document], db: Path) -> None:
    def key(lang: str, c: Citation) -> tuple[object, ...]:
        target = None if c.target is None else canonical(c.target)
        return (lang, c.block, c.text, c.kind, target, c.pinpoint, c.date, c.relation)

    def keys(found: list[query.CitedAt]) -> list[tuple[object, ...]]:
        rows = [(c.lang, c.block, c.text, c.kind, c.target, c.pinpoint, c.date, c.relation) for c in found]
        return sorted(rows, key=repr)

    every = [(document, c) for document in documents.values() for c in document.citations]
    assert len(every) > 40
    for target in {canonical(c.target) for _, c in every if c.target}:
        wanted = [key(d.language, c) for d, c in every if c.target and canonical(c.target).lower() == target.lower()]
        assert keys(query.cited_by(db, target)) == sorted(wanted, key=repr)
    symbols = {d.masthead.symbol.value for d in documents.values() if d.masthead.symbol}
    for symbol in filter(None, symbols):
        of = [d for d in documents.values() if d.masthead.symbol and d.masthead.symbol.value == symbol]
        assert keys(query.cites(db, symbol)) == sorted((key(d.language, c) for d in of for c in d.citations), key=repr)


def test_language_and_relation_narrow_it(db: Path) -> None:
    every = query.cited_by(db, "A/RES/70/1")
    assert {c.lang for c in every} >= {"en", "fr"}
    assert query.cited_by(db, "a/res/70/1", lang="fr") == [c for c in every if c.lang == "fr"]
    assert query.cited_by(db, "A/RES/70/1", relation="recalling") == [c for c in every if c.relation == "recalling"]
    assert any(c.relation == "recalling" for c in every)


def test_every_word_is_found_where_it_stands(documents: dict[str, Document], db: Path) -> None:
    """Single words, pairs and phrases from every language, each third of them to keep it short."""
    texts = [(d.language, text) for d in documents.values() for text in passages(d)]
    for lang in sorted({lang for lang, _ in texts}):
        said = [words for code, text in texts if code == lang if (words := words_of(text))]
        for words in said[::7]:
            for wish in (words[:1], words[2:4], words[-3:]):
                if not wish:
                    continue
                found = [
                    one.text
                    for one in query.search(db, f'"{" ".join(wish)}"', lang=lang)
                    if one.role in ("paragraph", "note")
                ]
                wanted = [text for code, text in texts if code == lang and holds(text, wish)]
                assert set(found) == set(wanted), wish
                assert set(wanted)


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ("SKY", "en"),
        ("dark light", "en"),
        ('"dark sky"', "en"),
        ("light*", "en"),
        ("70/1", "en"),
        ("étoil*", "fr"),
        ("ETOIL*", "fr"),
        ("неб*", "ru"),
        ("天", "zh"),
        ("决议", "zh"),
        ("القرار", "ar"),
    ],
)
def test_ways_of_asking(documents: dict[str, Document], db: Path, words: str, lang: str) -> None:
    """Case and accents do not count, a star stands for any end, Chinese needs no spaces."""

    def fits(text: str) -> bool:
        said = " ".join(words_of(text))
        wishes = [(part or word) for part, word in regex.findall(r'"([^"]*)"|(\S+)', words)]
        return all(
            regex.search(rf"(?:^| ){' '.join(words_of(w))}{'' if w.endswith('*') else '(?: |$)'}", said) for w in wishes
        )

    wanted = {t for d in documents.values() if d.language == lang for t in passages(d) if fits(t)}
    found = query.search(db, words, lang=lang)
    assert {one.text for one in found if one.role in ("paragraph", "note")} == wanted


@given(st.text(st.sampled_from("ab1 \"*()-:^{}\\'+,.;%_ANDORNOT天ش"), max_size=30))
def test_no_sign_is_a_command(db: Path, words: str) -> None:
    """Whatever is asked is looked for, or told that it holds no word; it never breaks the question."""
    if any(character.isalnum() for character in words):
        query.search(db, words)
    else:
        with pytest.raises(IndexingError, match="no word to look for"):
            query.search(db, words)


def answers(db: Path) -> list[object]:
    """Everything an index can say, whatever numbers its rows have."""
    questions = (
        "SELECT path, sha256, symbol, lang, title FROM documents ORDER BY path",
        "SELECT path, place, text FROM passages p JOIN documents d ON d.id = p.document ORDER BY 1, 2",
        "SELECT path, place, text, target FROM citations c JOIN documents d ON d.id = c.document ORDER BY 1, 2",
    )
    base = sqlite3.connect(db)
    rows: list[object] = [row for question in questions for row in base.execute(question)]
    base.close()
    return [*rows, query.search(db, "the"), query.search(db, "new*"), query.cited_by(db, "A/RES/70/1")]


def test_brought_up_to_date_it_says_what_a_new_one_says(documents: dict[str, Document], tmp_path: Path) -> None:
    folder, db = tmp_path / "out", tmp_path / "index.sqlite"
    folder.mkdir()
    names = sorted(documents)[:4]
    for name in names:
        (folder / f"{name}.json").write_bytes(write(documents[name], "json"))
    assert build(folder, db).added == 4
    assert build(folder, db) == (type(build(folder, db)))(added=0, kept=4, removed=0)

    (folder / f"{names[0]}.json").unlink()
    (folder / f"{names[1]}.json").write_bytes(write(documents[sorted(documents)[5]], "json"))
    (folder / "new.xml").write_bytes(write(documents[names[0]], "akn"))
    built = build(folder, db)
    assert (built.added, built.kept, built.removed) == (2, 2, 1)
    build(folder, fresh := tmp_path / "fresh.sqlite")
    assert answers(db) == answers(fresh)
    with sqlite3.connect(db) as base:
        base.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    base.close()


def test_a_broken_file_costs_only_itself(documents: dict[str, Document], tmp_path: Path) -> None:
    name, document = next(iter(documents.items()))
    (tmp_path / f"{name}.json").write_bytes(write(document, "json"))
    (tmp_path / "broken.json").write_text('{"source": 7}')
    (tmp_path / "torn.xml").write_text("<akomaNtoso")
    built = build(tmp_path, tmp_path / "index.sqlite")
    assert built.added == 1
    assert [line.partition(": ")[0] for line in built.failed] == [
        str(tmp_path / name) for name in ("broken.json", "torn.xml")
    ]


def test_official_files_are_indexed_too(data: Path, tmp_path: Path) -> None:
    official = sorted((data / "official").glob("*.xml"))[:6]
    for path in official:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert build(tmp_path, tmp_path / "index.sqlite").added == 6
    assert query.counts(tmp_path / "index.sqlite")["notes"] == sum(
        len(read_akn(path.read_bytes()).notes) for path in official
    )


class TestWhatIsNoIndex:
    def test_none_there(self, tmp_path: Path) -> None:
        with pytest.raises(IndexingError, match="no index here"):
            query.counts(tmp_path / "index.sqlite")
        assert not list(tmp_path.iterdir())

    def test_something_else(self, tmp_path: Path) -> None:
        (tmp_path / "x").write_bytes(b"no database at all" * 99)
        with pytest.raises(IndexingError, match="cannot be used as an index"):
            query.counts(tmp_path / "x")

    def test_the_database_of_something_else_is_left_alone(self, tmp_path: Path) -> None:
        with sqlite3.connect(tmp_path / "x") as base:
            base.execute("CREATE TABLE mine (a)")
        base.close()
        before = (tmp_path / "x").read_bytes()
        with pytest.raises(IndexingError, match="a database of something else"):
            build(tmp_path, tmp_path / "x")
        assert (tmp_path / "x").read_bytes() == before

    def test_an_older_version_is_built_anew(self, documents: dict[str, Document], tmp_path: Path) -> None:
        (tmp_path / "a.json").write_bytes(write(next(iter(documents.values())), "json"))
        db = tmp_path / "index.sqlite"
        build(tmp_path, db)
        with sqlite3.connect(db) as base:
            base.execute("PRAGMA user_version = 99")
        base.close()
        with pytest.raises(IndexingError, match="another version"):
            query.counts(db)
        assert build(tmp_path, db).added == 1

    def test_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(IndexingError, match="not a folder"):
            build(tmp_path / "none", tmp_path / "index.sqlite")


@given(st.lists(st.sampled_from(["A/RES/9/1", "A/RES/72/1", "A/RES/72/10", "A/RES/72/2", "A/9/1", "S/1"]), min_size=2))
def test_symbols_are_in_the_order_of_symbols(texts: list[str]) -> None:
    assert sorted(texts, key=order_of) == [str(s) for s in sorted(filter(None, map(try_parse, texts)))]


class TestCommand:
    def run(self, *words: object) -> tuple[int, str, str]:
        done = CliRunner().invoke(app, ["index", *map(str, words)], env={"COLUMNS": "100"})
        return done.exit_code, done.stdout, done.stderr

    def test_build_and_ask(self, out: Path, tmp_path: Path) -> None:
        db = tmp_path / "i.sqlite"
        code, text, err = self.run("build", out, "--db", db)
        assert (code, err) == (0, "")
        assert text.startswith(f"{db}: ")
        code, text, _ = self.run("cited-by", "A/RES/70/1", "--db", db, "--lang", "en")
        records = [json.loads(line) for line in text.splitlines()]
        assert code == 0
        assert {record["target"] for record in records} == {"A/RES/70/1"}
        code, text, _ = self.run("search", "dark", "sky", "--db", db, "--most", "2", "--to", "table")
        assert code == 0
        assert len(text.splitlines()) == 3
        assert self.run("cites", "A/RES/90/301", "--db", db)[1].count("\n") > 5

    def test_broken_files_are_told(self, tmp_path: Path) -> None:
        (tmp_path / "broken.xml").write_text("<akomaNtoso")
        code, _, err = self.run("build", tmp_path, "--db", tmp_path / "i.sqlite")
        assert code == 1
        assert err.startswith(str(tmp_path / "broken.xml"))
        code, said, err = self.run("build", tmp_path, "--db", tmp_path / "i.sqlite", "--json")
        record = json.loads(said)
        assert (code, err) == (1, "")
        assert (record["added"], len(record["failed"]), record["holds"]["documents"]) == (0, 1, 0)

    @pytest.mark.parametrize("words", [("cites", "A/RES/70/1"), ("search", "x"), ("graph",)])
    def test_without_an_index(self, tmp_path: Path, words: tuple[str, ...]) -> None:
        code, _, err = self.run(*words, "--db", tmp_path / "none")
        assert code == 2
        assert "unresolve index build" in " ".join(err.split())
