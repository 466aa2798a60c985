"""Who cites whom, as a graph for other programs: GraphML for drawing and counting, Turtle for the web of data.

A node is a document, whatever its languages; an edge goes from a document to what it cites, one for each relation
(recalling, reaffirming …), with the number of such citations in the language that has the most.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

import msgspec

from unresolve.errors import MissingExtraError

from .index import opened, order_of

if TYPE_CHECKING:
    from rdflib import Graph as Triples

__all__ = ["Edge", "Graph", "Node", "citations", "to_graphml", "to_turtle"]

Kind = Literal["graphml", "ttl"]


class Node(msgspec.Struct, frozen=True):
    """A document or another thing that is cited; ``langs`` is empty for one that is not in the index itself."""

    id: str
    kind: str
    titles: tuple[tuple[str, str], ...] = ()
    langs: tuple[str, ...] = ()
    adopted: str | None = None


class Edge(msgspec.Struct, frozen=True):
    """``source`` cites ``target``, ``count`` times, as ``relation`` says where the paragraph says it."""

    source: str
    target: str
    relation: str | None
    count: int


class Graph(msgspec.Struct, frozen=True):
    """Nodes in the order of symbols, edges in the order of their ends."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


_NODES = """
SELECT symbol, kind, title, lang, adopted FROM documents WHERE symbol IS NOT NULL ORDER BY sorted, lang, path
"""

_EDGES = """
SELECT symbol, target, relation, max(count) FROM (
  SELECT d.symbol, c.target, c.relation, count(*) AS count FROM citations c JOIN documents d ON d.id = c.document
  WHERE d.symbol IS NOT NULL AND c.target IS NOT NULL AND c.kind <> 'internal' AND c.target <> d.symbol
  GROUP BY d.symbol, d.lang, d.path, c.target, c.relation)
GROUP BY symbol, target, relation
"""

_CITED = """
SELECT DISTINCT c.target, c.kind FROM citations c JOIN documents d ON d.id = c.document
WHERE d.symbol IS NOT NULL AND c.target IS NOT NULL AND c.kind <> 'internal' ORDER BY c.target, c.kind
"""


def citations(db: Path) -> Graph:
    """The graph of an index. Raises IndexingError where there is none."""
    nodes: dict[str, Node] = {}
    with opened(db) as base:
        for symbol, kind, title, lang, adopted in base.execute(_NODES):
            old = nodes.get(symbol, Node(symbol, kind))
            titles = old.titles if title is None else (*old.titles, (lang, title))
            langs = old.langs if lang in old.langs else (*old.langs, lang)
            nodes[symbol] = Node(symbol, old.kind, titles, langs, old.adopted or adopted)
        for target, kind in base.execute(_CITED):
            nodes.setdefault(target, Node(target, "document" if kind == "symbol" else kind))
        edges = [Edge(*row) for row in base.execute(_EDGES)]
    return Graph(
        tuple(sorted(nodes.values(), key=lambda node: order_of(node.id))),
        tuple(sorted(edges, key=lambda e: (order_of(e.source), order_of(e.target), e.relation or ""))),
    )


def to_graphml(graph: Graph) -> bytes:
    """GraphML, as Gephi, Cytoscape, yEd and networkx read it. Raises MissingExtraError without networkx."""
    try:
        import networkx
    except ImportError as error:
        raise MissingExtraError("graph") from error
    made: Any = networkx.MultiDiGraph()
    for node in graph.nodes:
        title = dict(node.titles).get("en") or next((title for _, title in node.titles), "")
        facts = {"kind": node.kind, "title": title, "languages": " ".join(node.langs), "adopted": node.adopted or ""}
        made.add_node(node.id, **facts)
    for edge in graph.edges:
        made.add_edge(edge.source, edge.target, relation=edge.relation or "", count=edge.count)
    out = BytesIO()
    networkx.write_graphml_xml(made, out, encoding="utf-8")
    return out.getvalue() + b"\n"


_UNDO = "https://w3id.org/un/ontology/undo/"
_ALLOT = "https://w3id.org/akn/ontology/allot/"
_ELI = "http://data.europa.eu/eli/ontology#"
_LANGUAGE = "http://id.loc.gov/vocabulary/iso639-1/"
_RELATION = "urn:unresolve:relation:"

_CLASSES = {
    "resolution": "Resolution",
    "decision": "Decision",
    "draft resolution": "DeliberativeDocument",
    "draft decision": "DeliberativeDocument",
    "amendment": "Amendment",
    "report": "Paper",
    "letter": "OfficialLetter",
    "note": "Note",
    "treaty": "Treaty",
    "charter": "Charter",
}
"""The classes of UNDO, the United Nations System Document Ontology of the High-Level Committee on Management."""


def to_turtle(graph: Graph) -> bytes:
    """RDF in the terms of UNDO, with Dublin Core for language and title and ELI for the plain fact of a citation.

    A citation whose relation is known is an ``undo:Relation`` as well: the citing document its proponent, the cited one
    its receiver, what it does its semantics. Raises MissingExtraError without rdflib.
    """
    try:
        import rdflib
    except ImportError as error:
        raise MissingExtraError("graph") from error
    made = rdflib.Graph()
    undo, allot, eli = rdflib.Namespace(_UNDO), rdflib.Namespace(_ALLOT), rdflib.Namespace(_ELI)
    for prefix, name in (("undo", undo), ("allot", allot), ("eli", eli), ("lan", rdflib.Namespace(_LANGUAGE))):
        made.bind(prefix, name)
    kinds = {node.id: node.kind for node in graph.nodes}
    for node in graph.nodes:
        _describe(made, node, undo, allot, eli)
    for edge in graph.edges:
        source, target = _iri(edge.source, kinds[edge.source]), _iri(edge.target, kinds.get(edge.target, ""))
        made.add((source, eli.cites, target))
        if edge.relation is not None:
            concept = rdflib.URIRef(_RELATION + quote(edge.relation))
            ends = ":".join(quote(word, safe="") for word in (edge.source, edge.relation, edge.target))
            relation = rdflib.URIRef(f"urn:unresolve:citation:{ends}")
            made.add((relation, rdflib.RDF.type, undo.Relation))
            made.add((relation, undo.hasProponent, source))
            made.add((relation, undo.hasSemantics, concept))
            made.add((relation, undo.hasReceiver, target))
            made.add((concept, rdflib.RDF.type, allot.Concept))
            made.add((concept, rdflib.RDFS.label, rdflib.Literal(edge.relation, lang="en")))
    return bytes(made.serialize(format="turtle", encoding="utf-8"))


def _describe(made: Triples, node: Node, undo: Any, allot: Any, eli: Any) -> None:
    """A document, and each of its languages as a version of it."""
    from rdflib import DCTERMS, RDF, XSD, Literal, URIRef

    work = _iri(node.id, node.kind)
    made.add((work, RDF.type, undo[_CLASSES.get(node.kind, "Document")]))
    made.add((work, DCTERMS.identifier, Literal(node.id)))
    if node.adopted:
        made.add((work, eli.date_document, Literal(node.adopted, datatype=XSD.date)))
    for lang in node.langs:
        version = URIRef(f"https://docs.un.org/{lang}/{quote(node.id, safe='/().-')}")
        made.add((work, allot.hasRealization, version))
        made.add((version, RDF.type, undo.DocumentVersion))
        made.add((version, DCTERMS.language, URIRef(_LANGUAGE + lang)))
    for lang, title in node.titles:
        made.add((work, DCTERMS.title, Literal(title, lang=lang)))


def _iri(target: str, kind: str) -> Any:
    """docs.un.org without a language for documents, a name of our own for what has no page there."""
    from rdflib import URIRef

    if kind in ("treaty", "charter", "records", "publication"):
        return URIRef(f"urn:unresolve:{kind}:{quote(target, safe='/')}")
    return URIRef(f"https://docs.un.org/{quote(target, safe='/().-')}")
