"""The engine in native code: tantivy. Chosen by "auto" where it is installed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from vidensplatform.search.engine import Hit, IndexDocument, Progress
from vidensplatform.search.query import AllOf, AnyOf, But, Filters, Node, Phrase, Word

_HEAP = 128_000_000
_TOKENIZER = "keys"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("key", stored=True, indexed=True, fast=True)
    builder.add_integer_field("version", indexed=True)
    for name in ("work", "kind", "current"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("lemma", "parts", "heading"):
        builder.add_text_field(name, tokenizer_name=_TOKENIZER, index_option="freq")
    builder.add_text_field("exact", tokenizer_name=_TOKENIZER, index_option="position")
    return builder.build()


class TantivyEngine:
    """The engine contract over a tantivy index."""

    name = "tantivy"

    def __init__(self, index: tantivy.Index) -> None:
        index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        index.config_reader(reload_policy="manual")
        self._index = index
        self._schema = index.schema
        self._index.reload()
        self._searcher = index.searcher()

    @classmethod
    def create(cls, folder: Path | None) -> TantivyEngine:
        """A new index in ``folder``, or in memory."""
        if folder is None:
            return cls(tantivy.Index(_schema()))
        folder.mkdir(parents=True, exist_ok=True)
        return cls(tantivy.Index(_schema(), path=str(folder), reuse=False))

    @classmethod
    def open(cls, folder: Path) -> TantivyEngine:
        """The index in ``folder``."""
        return cls(tantivy.Index.open(str(folder)))

    def add(self, documents: Iterable[IndexDocument], *, replacing: Iterable[int] = (), progress: Progress | None = None) -> int:
        """See :class:`~vidensplatform.search.engine.Engine`."""
        writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        added = 0
        try:
            for version in replacing:
                writer.delete_documents_by_term("version", version)
            for document in documents:
                stored = tantivy.Document()
                stored.add_integer("key", document.key)
                stored.add_integer("version", document.version)
                stored.add_text("work", document.work)
                stored.add_text("kind", document.kind)
                stored.add_text("current", "1" if document.current else "0")
                stored.add_text("lemma", " ".join(document.lemma))
                stored.add_text("parts", " ".join(document.parts))
                stored.add_text("heading", " ".join(document.heading))
                stored.add_text("exact", " ".join(document.exact))
                writer.add_document(stored)
                added += 1
                if progress is not None and added % 500 == 0:
                    progress(added)
        except BaseException:
            writer.rollback()
            writer.wait_merging_threads()
            raise
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()
        return added

    def search(self, node: Node, filters: Filters, limit: int) -> list[Hit]:
        """See :class:`~vidensplatform.search.engine.Engine`."""
        searcher = self._searcher
        found = searcher.search(self._with_filters(self._translate(node), filters), limit=limit, count=False).hits
        hits = [Hit(int(searcher.doc(address)["key"][0]), float(score)) for score, address in found]
        return sorted(hits, key=lambda hit: (-hit.score, hit.key))

    def count(self) -> int:
        """See :class:`~vidensplatform.search.engine.Engine`."""
        return int(self._searcher.num_docs)

    def close(self) -> None:
        """See :class:`~vidensplatform.search.engine.Engine`. tantivy lets go of its files when nothing refers to it."""
        del self._searcher
        del self._index

    def _translate(self, node: Node) -> Query:
        match node:
            case Word():
                return self._weighted(Query.term_query(self._schema, node.field, node.key, "freq"), node.weight)
            case Phrase():
                return self._weighted(Query.phrase_query(self._schema, "exact", list(node.keys)), node.weight)
            case AnyOf():
                return Query.boolean_query([(Occur.Should, self._translate(child)) for child in node.nodes]) if node.nodes else Query.empty_query()
            case AllOf():
                return Query.boolean_query([(Occur.Must, self._translate(child)) for child in node.nodes])
            case But():
                return Query.boolean_query([(Occur.Must, self._translate(node.wanted)), (Occur.MustNot, self._translate(node.unwanted))])

    @staticmethod
    def _weighted(query: Query, weight: float) -> Query:
        return query if weight == 1.0 else Query.boost_query(query, weight)

    def _with_filters(self, wanted: Query, filters: Filters) -> Query:
        clauses = [(Occur.Must, wanted)]
        if filters.current_only:
            clauses.append((Occur.Must, self._one_of("current", ["1"])))
        if filters.works:
            clauses.append((Occur.Must, self._one_of("work", sorted(filters.works))))
        if filters.kinds:
            clauses.append((Occur.Must, self._one_of("kind", sorted(filters.kinds))))
        if filters.versions is not None:
            clauses.append((Occur.Must, self._one_of("version", sorted(filters.versions))))
        return Query.boolean_query(clauses) if len(clauses) > 1 else wanted

    def _one_of(self, name: str, values: list[str] | list[int]) -> Query:
        """A filter that gives no score."""
        if not values:
            return Query.empty_query()
        return Query.const_score_query(Query.term_set_query(self._schema, name, values), 0.0)
