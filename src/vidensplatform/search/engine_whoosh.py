"""The embedded engine that needs nothing but Python: Whoosh.

Its files hold pickles, so an index is only ever opened where this program built it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from whoosh import fields, query
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import Index
from whoosh.scoring import BM25F

from vidensplatform.search.engine import Hit, IndexDocument, Progress
from vidensplatform.search.query import AllOf, AnyOf, But, Filters, Node, Phrase, Word

_ANALYSER = SpaceSeparatedTokenizer()


def _schema() -> fields.Schema:
    bag = fields.TEXT(analyzer=_ANALYSER, phrase=False)
    return fields.Schema(
        key=fields.STORED,
        version=fields.ID,
        work=fields.ID,
        kind=fields.ID,
        current=fields.ID,
        lemma=bag,
        parts=bag,
        heading=bag,
        exact=fields.TEXT(analyzer=_ANALYSER, phrase=True),
    )


class WhooshEngine:
    """The engine contract over a Whoosh index."""

    name = "whoosh"

    def __init__(self, index: Index) -> None:
        self._index = index
        self._searcher = index.searcher(weighting=BM25F())

    @classmethod
    def create(cls, folder: Path | None) -> WhooshEngine:
        """A new index in ``folder``, or in memory."""
        if folder is None:
            return cls(RamStorage().create_index(_schema()))
        folder.mkdir(parents=True, exist_ok=True)
        return cls(FileStorage(str(folder)).create_index(_schema()))

    @classmethod
    def open(cls, folder: Path) -> WhooshEngine:
        """The index in ``folder``, which this program built."""
        return cls(FileStorage(str(folder)).open_index())

    def add(self, documents: Iterable[IndexDocument], *, replacing: Iterable[int] = (), progress: Progress | None = None) -> int:
        """See :class:`~vidensplatform.search.engine.Engine`."""
        writer = self._index.writer(limitmb=256)
        added = 0
        try:
            for version in replacing:
                writer.delete_by_term("version", str(version))
            for document in documents:
                writer.add_document(
                    key=document.key,
                    version=str(document.version),
                    work=document.work,
                    kind=document.kind,
                    current="1" if document.current else "0",
                    lemma=" ".join(document.lemma),
                    parts=" ".join(document.parts),
                    heading=" ".join(document.heading),
                    exact=" ".join(document.exact),
                )
                added += 1
                if progress is not None and added % 500 == 0:
                    progress(added)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        self._searcher = self._index.searcher(weighting=BM25F())
        return added

    def search(self, node: Node, filters: Filters, limit: int) -> list[Hit]:
        """See :class:`~vidensplatform.search.engine.Engine`."""
        wanted = _translate(node)
        allowed = _filter(filters)
        results = self._searcher.search(wanted, limit=limit, filter=allowed)
        hits = [Hit(int(hit["key"]), float(hit.score or 0.0)) for hit in results]
        return sorted(hits, key=lambda hit: (-hit.score, hit.key))

    def count(self) -> int:
        """See :class:`~vidensplatform.search.engine.Engine`."""
        return int(self._searcher.doc_count())

    def close(self) -> None:
        """See :class:`~vidensplatform.search.engine.Engine`."""
        self._searcher.close()
        self._index.close()


def _translate(node: Node) -> query.Query:
    match node:
        case Word():
            return query.Term(node.field, node.key, boost=node.weight)
        case Phrase():
            return query.Phrase("exact", list(node.keys), boost=node.weight)
        case AnyOf():
            return query.Or([_translate(child) for child in node.nodes]) if node.nodes else query.NullQuery
        case AllOf():
            return query.And([_translate(child) for child in node.nodes])
        case But():
            return query.And([_translate(node.wanted), query.Not(_translate(node.unwanted))])


def _filter(filters: Filters) -> query.Query | None:
    clauses: list[query.Query] = []
    if filters.current_only:
        clauses.append(query.Term("current", "1"))
    for name, values in (("work", filters.works), ("kind", filters.kinds), ("version", filters.versions)):
        if values is not None and (values or name == "version"):
            clauses.append(query.Or([query.Term(name, str(value)) for value in sorted(values, key=str)]) if values else query.NullQuery)
    return query.And(clauses) if clauses else None
