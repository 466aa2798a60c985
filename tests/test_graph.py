"""The graph of citations against a count by brute force, and as other programs read it."""

from __future__ import annotations

import sys
from collections import Counter
from io import BytesIO
from pathlib import Path

import networkx
import pytest
from rdflib import DCTERMS, RDF, Namespace, URIRef
from rdflib import Graph as Triples

from unresolve import parse
from unresolve.corpus.graph import Graph, citations, to_graphml, to_turtle
from unresolve.corpus.index import build, canonical
from unresolve.errors import MissingExtraError
from unresolve.model import Document
from unresolve.writers import write

UNDO = Namespace("https://w3id.org/un/ontology/undo/")
ALLOT = Namespace("https://w3id.org/akn/ontology/allot/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")


@pytest.fixture(scope="module")
def documents(samples: list[Path]) -> list[Document]:
    return [parse(path) for path in samples]


@pytest.fixture(scope="module")
def graph(documents: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("out")
    for place, document in enumerate(documents):
        (folder / f"{place}.json").write_bytes(write(document, "json"))
    build(folder, db := folder / "index.sqlite")
    return citations(db)


def symbol_of(document: Document) -> str:
    assert document.masthead.symbol is not None
    return canonical(document.masthead.symbol.value or "")


def counted(documents: list[Document]) -> dict[tuple[str, str, str | None], int]:
    """Each citing, cited and relation with the count of the language that has most."""
    most: dict[tuple[str, str, str | None], int] = {}
    for document in documents:
        here = Counter(
            (symbol_of(document), canonical(c.target), c.relation)
            for c in document.citations
            if c.target and c.kind != "internal" and canonical(c.target) != symbol_of(document)
        )
        for key, count in here.items():
            most[key] = max(most.get(key, 0), count)
    return most


def test_edges_are_the_citations(documents: list[Document], graph: Graph) -> None:
    assert {(e.source, e.target, e.relation): e.count for e in graph.edges} == counted(documents)
    assert len(graph.edges) > 10


def test_a_document_is_one_node_in_all_its_languages(documents: list[Document], graph: Graph) -> None:
    nodes = {node.id: node for node in graph.nodes}
    assert len(nodes) == len(graph.nodes)
    assert {e.source for e in graph.edges} | {e.target for e in graph.edges} <= set(nodes)
    for document in documents:
        assert document.language in nodes[symbol_of(document)].langs


def test_graphml_as_networkx_reads_it(graph: Graph) -> None:
    made = to_graphml(graph)
    assert made == to_graphml(graph)
    read = networkx.read_graphml(BytesIO(made), force_multigraph=True)
    assert sorted(read.nodes) == sorted(node.id for node in graph.nodes)
    found = sorted((a, b, facts["relation"], facts["count"]) for a, b, facts in read.edges(data=True))
    assert found == sorted((e.source, e.target, e.relation or "", e.count) for e in graph.edges)


def test_turtle_as_rdflib_reads_it(graph: Graph) -> None:
    made = to_turtle(graph)
    assert made == to_turtle(graph)
    read = Triples().parse(data=made, format="turtle")
    assert len(set(read.subject_objects(ELI.cites))) == len({(e.source, e.target) for e in graph.edges})
    relations = set(read.subjects(RDF.type, UNDO.Relation))
    assert len(relations) == sum(e.relation is not None for e in graph.edges)
    for relation in relations:
        for term in (UNDO.hasProponent, UNDO.hasSemantics, UNDO.hasReceiver):
            assert len(list(read.objects(relation, term))) == 1, "UNDO: exactly one of each"
        assert (read.value(relation, UNDO.hasSemantics), RDF.type, ALLOT.Concept) in read


def test_turtle_has_each_language_as_a_version(documents: list[Document], graph: Graph) -> None:
    read = Triples().parse(data=to_turtle(graph), format="turtle")
    for document in documents:
        symbol = symbol_of(document)
        work = URIRef(f"https://docs.un.org/{symbol}")
        version = URIRef(f"https://docs.un.org/{document.language}/{symbol}")
        assert (work, ALLOT.hasRealization, version) in read
        assert (version, RDF.type, UNDO.DocumentVersion) in read
        [language] = read.objects(version, DCTERMS.language)
        assert str(language) == f"http://id.loc.gov/vocabulary/iso639-1/{document.language}"


@pytest.mark.parametrize(("library", "writer"), [("networkx", to_graphml), ("rdflib", to_turtle)])
def test_without_the_extra(monkeypatch: pytest.MonkeyPatch, graph: Graph, library: str, writer: object) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    assert callable(writer)
    with pytest.raises(MissingExtraError, match=r"pip install 'unresolve\[graph\]'"):
        writer(graph)
