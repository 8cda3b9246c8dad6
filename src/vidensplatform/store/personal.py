"""What this user marked: what is followed and read, when the page was looked at, and what was done about cards.

A small SQLite file of its own (:attr:`~vidensplatform.settings.Home.personal`), so that it survives a new library. It is made when something is
marked for the first time. Nothing about a citizen is in it: a saved search is kept only when the user asks to follow it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vidensplatform.errors import LibraryDamaged, LibraryTooNew
from vidensplatform.store.connection import connect, use_write_ahead_log
from vidensplatform.store.schema import statements

APPLICATION_ID = 0x56505052  # "VPPR"
SCHEMA = """
CREATE TABLE follows (kind TEXT NOT NULL, key TEXT NOT NULL, title TEXT NOT NULL, since TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE read_changes (key TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE looks (what TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE settlements (
  id INTEGER PRIMARY KEY, entry TEXT NOT NULL, card TEXT NOT NULL, outcome TEXT NOT NULL, by TEXT NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL
);
CREATE INDEX settlements_by_card ON settlements(card);
"""
_VERSION = 1


@dataclass(frozen=True, slots=True)
class FollowRow:
    """Something followed."""

    kind: str
    key: str
    title: str
    since: datetime


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """That somebody saw to an entry of the queue."""

    entry: str
    card: str
    outcome: str
    by: str
    note: str
    at: datetime


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


class Personal:
    """The marks of one home folder."""

    def __init__(self, path: Path) -> None:
        """Open or make the file. Raises EnvironmentError_, :class:`LibraryDamaged` or :class:`LibraryTooNew`."""
        self.path = path
        self._db = connect(path, read_only=False)
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self) -> None:
        application = self._db.execute("PRAGMA application_id").fetchone()[0]
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if application not in (0, APPLICATION_ID):
            raise LibraryDamaged(f"{self.path} rummer ikke dine mærker fra Vidensplatform.", "Flyt filen til side; der laves en ny.")
        if version > _VERSION:
            raise LibraryTooNew("Dine mærker er skrevet af en nyere udgave af programmet.", "Opdatér programmet.")
        use_write_ahead_log(self._db)
        if version == _VERSION:
            return
        self._db.execute("BEGIN EXCLUSIVE")
        try:
            if self._db.execute("PRAGMA user_version").fetchone()[0] == 0:  # not made by another program meanwhile
                for statement in statements(SCHEMA):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {_VERSION}")
                self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def follow(self, kind: str, key: str, title: str) -> None:
        """Follow something; following it again changes only its title."""
        self._db.execute(
            "INSERT INTO follows VALUES (?,?,?,?) ON CONFLICT(kind, key) DO UPDATE SET title = excluded.title", (kind, key, title, _now())
        )

    def unfollow(self, kind: str, key: str) -> bool:
        """Follow it no longer; whether it was followed."""
        return self._db.execute("DELETE FROM follows WHERE kind = ? AND key = ?", (kind, key)).rowcount > 0

    def follows(self) -> list[FollowRow]:
        """What is followed, in the order in which it was begun."""
        rows = self._db.execute("SELECT kind, key, title, since FROM follows ORDER BY since, kind, key")
        return [FollowRow(row[0], row[1], row[2], datetime.fromisoformat(row[3])) for row in rows]

    def mark_read(self, keys: Iterable[str], *, read: bool) -> None:
        """Mark changes as read, or unread again, all or none."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            if read:
                at = _now()
                self._db.executemany("INSERT OR IGNORE INTO read_changes VALUES (?,?)", ((key, at) for key in keys))
            else:
                self._db.executemany("DELETE FROM read_changes WHERE key = ?", ((key,) for key in keys))
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def look(self, what: str) -> None:
        """Something was looked at now."""
        self._db.execute("INSERT OR REPLACE INTO looks VALUES (?,?)", (what, _now()))

    def looked(self, what: str) -> datetime | None:
        """When it was looked at last."""
        row = self._db.execute("SELECT at FROM looks WHERE what = ?", (what,)).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def settle(self, entry: str, card: str, outcome: str, by: str, note: str) -> SettlementRow:
        """Keep that somebody saw to an entry of the queue."""
        at = _now()
        self._db.execute(
            "INSERT INTO settlements(entry, card, outcome, by, note, at) VALUES (?,?,?,?,?,?)",
            (entry, card, outcome, by, note, at),
        )
        return SettlementRow(entry, card, outcome, by, note, datetime.fromisoformat(at))

    def settlements(self, card: str | None = None) -> list[SettlementRow]:
        """What was seen to, newest first."""
        rows = self._db.execute(
            "SELECT entry, card, outcome, by, note, at FROM settlements WHERE ? IS NULL OR card = ? ORDER BY id DESC", (card, card)
        )
        return [SettlementRow(row[0], row[1], row[2], row[3], row[4], datetime.fromisoformat(row[5])) for row in rows]
