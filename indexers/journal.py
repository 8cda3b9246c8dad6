"""What a harvest has done and still has to do, written down after every document: a run killed at any moment goes on where it was.

One SQLite file. A run's plan is written in one transaction before the first document is fetched; each document is ticked off in a transaction of
its own after it was stored. What is then done twice at worst is one document, and storing the same bytes twice changes nothing.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from indexers.outcomes import Done, Freshness, Ticked
from indexers.source import Item, Known, Plan, ReadState
from vidensplatform.errors import EnvironmentError_

_TABLES = """
CREATE TABLE IF NOT EXISTS runs (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL, how TEXT NOT NULL, read_to TEXT, covers TEXT, began TEXT NOT NULL, ended TEXT, notes TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS items (
  run INTEGER NOT NULL REFERENCES runs(id), ord INTEGER NOT NULL, id TEXT NOT NULL, url TEXT NOT NULL, changed TEXT, title TEXT NOT NULL,
  content TEXT NOT NULL, removed INTEGER NOT NULL, under TEXT NOT NULL, outcome TEXT, reason TEXT NOT NULL DEFAULT '', PRIMARY KEY (run, id)
);
CREATE INDEX IF NOT EXISTS items_in_order ON items(run, ord);
CREATE TABLE IF NOT EXISTS known (
  source TEXT NOT NULL, id TEXT NOT NULL, url TEXT NOT NULL, changed TEXT, read_at TEXT NOT NULL, removed_at TEXT, failed TEXT NOT NULL DEFAULT '',
  wanted INTEGER NOT NULL DEFAULT 1, title TEXT NOT NULL DEFAULT '', under TEXT NOT NULL DEFAULT '', PRIMARY KEY (source, id)
);
CREATE TABLE IF NOT EXISTS sources (
  source TEXT PRIMARY KEY, read_to TEXT, covers TEXT, last_ended TEXT, last_failure TEXT NOT NULL DEFAULT '', last_failure_at TEXT
);
"""


class Journal:
    """The journal in one file."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._db = connection
        self._lock = threading.RLock()

    @classmethod
    def open(cls, path: Path) -> Journal:
        """Open, and where needed create, the journal. Raises :class:`EnvironmentError_`."""
        with _told_in_danish(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, check_same_thread=False, timeout=10.0, isolation_level=None)
            try:
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.executescript(_TABLES)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Calling it twice does nothing."""
        self._db.close()

    # ---- a run

    def unfinished(self, source: str) -> int | None:
        """The run of this source that was begun and not ended, or None."""
        row = self._db.execute("SELECT id FROM runs WHERE source = ? AND ended IS NULL ORDER BY id DESC LIMIT 1", (source,)).fetchone()
        return int(row["id"]) if row else None

    def begin(self, source: str, plan: Plan, when: datetime) -> int:
        """Write down a plan; returns the run. Whatever failed before and is not in the plan is added to it."""
        with self._transaction():
            cursor = self._db.execute(
                "INSERT INTO runs(source, how, read_to, covers, began, notes) VALUES (?,?,?,?,?,?)",
                (
                    source,
                    plan.how,
                    _iso(plan.read_to),
                    _iso(plan.covers or plan.read_to),
                    when.isoformat(),
                    json.dumps(plan.notes, ensure_ascii=False),
                ),
            )
            run = int(cursor.lastrowid or 0)
            again = [
                Item(row["id"], row["url"], _when(row["changed"]), row["title"])
                for row in self._db.execute("SELECT * FROM known WHERE source = ? AND failed != '' AND removed_at IS NULL ORDER BY id", (source,))
            ]
            self._add(run, [*plan.items, *again])
        return run

    def add(self, run: int, items: Iterable[Item]) -> None:
        """Further documents, found on the way."""
        with self._transaction():
            self._add(run, items)

    def _add(self, run: int, items: Iterable[Item]) -> None:
        (last,) = self._db.execute("SELECT coalesce(max(ord), 0) FROM items WHERE run = ?", (run,)).fetchone()
        for number, item in enumerate(items, last + 1):
            self._db.execute(
                "INSERT INTO items(run, ord, id, url, changed, title, content, removed, under) VALUES (?,?,?,?,?,?,?,?, "
                # what a list says of a document tells nothing of the act it belongs to: an earlier run may have learned that
                "coalesce(nullif(?, ''), (SELECT k.under FROM known k JOIN runs r ON r.source = k.source WHERE r.id = ? AND k.id = ?), '')) "
                # one already in the run stays as it is, unless it is learned only now that it belongs to an act: then it is looked at again
                "ON CONFLICT(run, id) DO UPDATE SET under = excluded.under, ord = CASE outcome WHEN ? THEN excluded.ord ELSE ord END, "
                "outcome = nullif(outcome, ?) WHERE items.under = '' AND excluded.under != ''",
                (
                    *(run, number, item.id, item.url, _iso(item.changed), item.title, item.content, item.removed),
                    *(item.under, run, item.id),
                    *(Done.UNWANTED, Done.UNWANTED),
                ),
            )

    def pending(self, run: int) -> Iterator[Item]:
        """What is still to be done, in the plan's order; also what is added meanwhile."""
        at = 0
        while True:
            row = self._db.execute("SELECT * FROM items WHERE run = ? AND outcome IS NULL AND ord > ? ORDER BY ord LIMIT 1", (run, at)).fetchone()
            if row is None:
                return
            at = row["ord"]
            yield Item(row["id"], row["url"], _when(row["changed"]), row["title"], row["content"], bool(row["removed"]), row["under"])

    def counts(self, run: int) -> tuple[int, int]:
        """(done, planned) of a run."""
        row = self._db.execute("SELECT count(outcome) AS done, count(*) AS planned FROM items WHERE run = ?", (run,)).fetchone()
        return int(row["done"]), int(row["planned"])

    def tick(self, run: int, source: str, item: Item, outcome: Done, when: datetime, reason: str = "") -> None:
        """Write down what became of a document."""
        failed = reason if outcome is Done.FAILED else ""
        removed = when.isoformat() if outcome is Done.REMOVED else None
        with self._transaction():
            # what the list held of the document is not kept longer than it takes to read it: it may be withdrawn
            self._db.execute("UPDATE items SET outcome = ?, reason = ?, content = '' WHERE run = ? AND id = ?", (outcome, reason, run, item.id))
            self._db.execute(
                "INSERT INTO known(source, id, url, changed, read_at, removed_at, failed, wanted, title, under) VALUES (?,?,?,?,?,?,?,?,?,?) "
                "ON CONFLICT(source, id) DO UPDATE SET url = excluded.url, read_at = excluded.read_at, removed_at = excluded.removed_at, "
                "failed = excluded.failed, wanted = excluded.wanted, title = excluded.title, under = excluded.under, "
                # a document that failed keeps its old date, so that a comparison of dates finds it again
                "changed = CASE WHEN excluded.failed = '' THEN coalesce(excluded.changed, known.changed) ELSE known.changed END",
                (
                    source,
                    item.id,
                    item.url,
                    None if failed else _iso(item.changed),
                    when.isoformat(),
                    removed,
                    failed,
                    outcome is not Done.UNWANTED,
                    item.title,
                    item.under,
                ),
            )
            if failed:
                self._failure(source, f"{item.id}: {reason}", when)

    def ticked(self, run: int) -> list[Ticked]:
        """What became of each document so far."""
        rows = self._db.execute("SELECT * FROM items WHERE run = ? AND outcome IS NOT NULL ORDER BY ord", (run,)).fetchall()
        return [Ticked(row["id"], row["url"], Done(row["outcome"]), row["reason"]) for row in rows]

    def note(self, run: int, notes: tuple[str, ...]) -> None:
        """Gaps that were met on the way, beside those that the plan told of."""
        with self._transaction():
            before = json.loads(self._db.execute("SELECT notes FROM runs WHERE id = ?", (run,)).fetchone()["notes"])
            self._db.execute("UPDATE runs SET notes = ? WHERE id = ?", (_as_json(tuple(dict.fromkeys((*before, *notes)))), run))

    def end(self, run: int, source: str, when: datetime) -> None:
        """The run is over: the source is read up to where its plan said."""
        with self._transaction():
            row = self._db.execute("SELECT read_to, covers FROM runs WHERE id = ?", (run,)).fetchone()
            self._db.execute("UPDATE runs SET ended = ? WHERE id = ?", (when.isoformat(), run))
            self._db.execute(
                "INSERT INTO sources(source, read_to, covers, last_ended) VALUES (?,?,?,?) ON CONFLICT(source) DO UPDATE SET "
                "last_ended = excluded.last_ended, read_to = coalesce(excluded.read_to, sources.read_to), "
                "covers = coalesce(excluded.covers, sources.covers)",
                (source, row["read_to"], row["covers"], when.isoformat()),
            )

    # ---- a source

    def failure(self, source: str, reason: str, when: datetime) -> None:
        """The source itself could not be listed."""
        with self._transaction():
            self._failure(source, reason, when)

    def _failure(self, source: str, reason: str, when: datetime) -> None:
        self._db.execute(
            "INSERT INTO sources(source, last_failure, last_failure_at) VALUES (?,?,?) ON CONFLICT(source) DO UPDATE SET "
            "last_failure = excluded.last_failure, last_failure_at = excluded.last_failure_at",
            (source, reason, when.isoformat()),
        )

    def state(self, source: str, *, anew: bool = False) -> ReadState:
        """What is known of a source from earlier runs, for its next plan. ``anew``: as if nothing had been read, to look at everything again."""
        row = self._db.execute("SELECT read_to FROM sources WHERE source = ?", (source,)).fetchone()
        known = {
            found["id"]: Known(_when(found["changed"]), found["removed_at"] is not None, bool(found["wanted"]))
            for found in self._db.execute("SELECT id, changed, removed_at, wanted FROM known WHERE source = ?", (source,))
        }
        if anew:
            return ReadState(None, {id_: replace(one, changed=None) for id_, one in known.items()})
        return ReadState(_when(row["read_to"]) if row else None, known)

    def freshness(self, source: str) -> Freshness:
        """How fresh a source is, for ``status`` and for every hit."""
        row = self._db.execute("SELECT * FROM sources WHERE source = ?", (source,)).fetchone()
        counted = self._db.execute(
            "SELECT coalesce(sum(removed_at IS NULL AND failed = ''), 0) AS documents, coalesce(sum(removed_at IS NOT NULL), 0) AS removed "
            "FROM known WHERE source = ? AND wanted",
            (source,),
        ).fetchone()
        failing = self._db.execute("SELECT id, failed FROM known WHERE source = ? AND failed != '' ORDER BY id", (source,)).fetchall()
        noted = self._db.execute("SELECT notes FROM runs WHERE source = ? ORDER BY id DESC LIMIT 1", (source,)).fetchone()
        run = self.unfinished(source)
        done, planned = self.counts(run) if run is not None else (0, 0)
        return Freshness(
            source,
            _when(row["read_to"]) if row else None,
            _when(row["last_ended"]) if row else None,
            counted["documents"],
            counted["removed"],
            tuple((found["id"], found["failed"]) for found in failing),
            planned - done,
            row["last_failure"] if row else "",
            _when(row["last_failure_at"]) if row else None,
            tuple(json.loads(noted["notes"])) if noted else (),
            _when(row["covers"]) if row else None,
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _told_in_danish(self._path), self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")


def _iso(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def _as_json(notes: tuple[str, ...]) -> str:
    return json.dumps(notes, ensure_ascii=False)


def _when(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@contextmanager
def _told_in_danish(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        raise EnvironmentError_(
            f"Hentningens dagbog ({path}) kan ikke læses eller skrives ({error}).", "Giv adgang til mappen, eller frigør plads."
        ) from error
