"""SQLite FTS5 over the analysed keys, for comparison: a table without content, ranked by its own bm25."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from material import folder_bytes
from timing import timed, timed_cpu

from vidensplatform.search.engine import IndexDocument
from vidensplatform.search.query import AllOf, AnyOf, But, Node, Phrase, Word

# bm25 knows weights by column, not by word; today's text is a filter and counts nothing.
_RANK = "bm25(1.0, 0.4, 0.8, 1.0, 0.0)"


class Fts5:
    """One virtual table: lemma, parts, heading, exact, current."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path, documents: Sequence[IndexDocument], limit: int) -> None:
        folder.mkdir(parents=True)
        self._limit = limit
        self._db = sqlite3.connect(folder / "fts5.sqlite3", isolation_level=None)
        self.build_seconds, self.build_cpu, _ = timed_cpu(lambda: self._build(documents))
        self.size = folder_bytes(folder)
        self._db.execute("PRAGMA mmap_size = 1073741824")  # the whole index in memory, as the others have it
        self._db.execute("PRAGMA cache_size = -262144")

    def _build(self, documents: Sequence[IndexDocument]) -> None:
        marks = {c for d in documents for key in d.exact for c in key if not c.isalnum()} - {"'", '"', " "}
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute(
            "CREATE VIRTUAL TABLE units USING fts5(lemma, parts, heading, exact, current, content='', "
            f"tokenize=\"unicode61 remove_diacritics 0 tokenchars '{''.join(sorted(marks))}'\")"
        )
        self._db.execute("BEGIN")
        self._db.executemany(
            "INSERT INTO units(rowid, lemma, parts, heading, exact, current) VALUES (?,?,?,?,?,?)",
            ((d.key, " ".join(d.lemma), " ".join(d.parts), " ".join(d.heading), " ".join(d.exact), "1" if d.current else "0") for d in documents),
        )
        self._db.execute("INSERT INTO units(units) VALUES ('optimize')")
        self._db.execute("COMMIT")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def ask(self, node: Node) -> tuple[float, list[int]]:
        return timed(lambda: self._search(node))

    def _search(self, node: Node) -> list[int]:
        rows = self._db.execute(
            f"SELECT rowid FROM units WHERE units MATCH ? AND rank MATCH '{_RANK}' ORDER BY rank LIMIT ?",
            (f'({translate(node)}) AND current : "1"', self._limit),
        )
        return [row[0] for row in rows]

    def close(self) -> None:
        self._db.close()


def translate(node: Node) -> str:
    """The tree in FTS5's language."""
    match node:
        case Word():
            return f'{node.field} : "{node.key}"'
        case Phrase():
            return f'exact : "{" ".join(node.keys)}"'
        case AnyOf():
            return "(" + " OR ".join(map(translate, node.nodes)) + ")"
        case AllOf():
            return "(" + " AND ".join(map(translate, node.nodes)) + ")"
        case But():
            return f"({translate(node.wanted)} NOT {translate(node.unwanted)})"
