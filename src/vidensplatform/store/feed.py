"""Lists of changes by page, with what the user marked beside them: one query a page, however many changes there are.

The marks lie in a file of their own, which is attached to a connection of this reader's own. Pages are cut by key and not by number, so that the
hundredth opens as fast as the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vidensplatform.store.changes import CHANGE_COLUMNS, StoredChange, stored_change
from vidensplatform.store.connection import connect, told_in_danish


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedQuery:
    """What to list. ``places`` are (work, section), with "" for a whole work; None for everywhere. All that is given must hold."""

    works: frozenset[str] = frozenset()
    section: str | None = None
    places: frozenset[tuple[str, str]] | None = None
    followed: frozenset[tuple[str, str]] | None = None
    kinds: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    found_after: str | None = None
    unread_only: bool = False
    substantive_only: bool = False
    by_work: bool = False


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A change, and whether it was read."""

    change: StoredChange
    read: bool


_READ = "EXISTS (SELECT 1 FROM marks.read_changes r WHERE r.key = c.key)"
_FROM = "FROM changes c JOIN comparisons p ON p.id = c.comparison"


class Feed:
    """Reads lists of changes. One thread at a time."""

    def __init__(self, library: Path, personal: Path) -> None:
        """Open both files for reading. Where nothing was marked yet, nothing is read."""
        self._db = connect(library, read_only=True)
        try:
            self._personal = personal
            self._attached = False
            self._attach()
            for name in ("places", "followed"):
                self._db.execute(f"CREATE TEMP TABLE wanted_{name} (work TEXT NOT NULL, section TEXT NOT NULL, PRIMARY KEY (work, section))")
        except BaseException:
            self._db.close()
            raise

    def _attach(self) -> None:
        """The file of marks is made when something is first marked; until then an empty one stands for it."""
        there = self._personal.exists()
        if self._attached:
            self._db.execute("DETACH marks")
        with told_in_danish(self._personal):
            if there:
                self._db.execute("ATTACH ? AS marks", (f"{self._personal.absolute().as_uri()}?mode=ro",))
            else:
                self._db.execute("ATTACH ':memory:' AS marks")
                self._db.execute("CREATE TABLE marks.read_changes (key TEXT PRIMARY KEY, at TEXT)")
        self._attached = True
        self._marked = there

    def close(self) -> None:
        """Close the files."""
        self._db.close()

    def page(self, query: FeedQuery, after: str | None, limit: int) -> tuple[list[FeedRow], str | None]:
        """The rows after a place (None: from the start), and the place after the last one (None: no more)."""
        where, values = self._where(query)
        if after is not None:
            work, day, row_id = after.split("|")
            if query.by_work:
                where += " AND c.work >= ? AND (c.work > ? OR c.day < ? OR (c.day = ? AND c.id > ?))"
                values += [work, work, day, day, int(row_id)]
            else:
                where += " AND c.day <= ? AND (c.day < ? OR c.id > ?)"
                values += [day, day, int(row_id)]
        order = "c.work, c.day DESC, c.id" if query.by_work else "c.day DESC, c.id"
        rows = self._db.execute(
            f"SELECT {CHANGE_COLUMNS}, {_READ} AS seen {_FROM} WHERE {where} ORDER BY {order} LIMIT ?", (*values, limit + 1)
        ).fetchall()
        found = [FeedRow(stored_change(row), bool(row["seen"])) for row in rows[:limit]]
        last = rows[limit - 1] if len(rows) > limit else None
        return found, f"{last['work']}|{last['day']}|{last['id']}" if last else None

    def count(self, query: FeedQuery) -> tuple[int, int]:
        """How many there are, and how many of them are unread."""
        where, values = self._where(query)
        row = self._db.execute(f"SELECT count(*), coalesce(sum(NOT {_READ}), 0) {_FROM} WHERE {where}", values).fetchone()
        return row[0], row[1]

    def is_read(self, key: str) -> bool:
        """Whether a change was read."""
        self._see_marks()
        return self._db.execute("SELECT 1 FROM marks.read_changes WHERE key = ?", (key,)).fetchone() is not None

    def unread_keys(self, query: FeedQuery) -> list[str]:
        """The names of those that are unread."""
        where, values = self._where(query)
        return [row[0] for row in self._db.execute(f"SELECT c.key {_FROM} WHERE {where} AND NOT {_READ}", values)]

    def _see_marks(self) -> None:
        if not self._marked and self._personal.exists():
            self._attach()

    def _where(self, query: FeedQuery) -> tuple[str, list[object]]:
        self._see_marks()
        parts: list[str] = ["1"]
        values: list[object] = []
        if query.works:
            parts.append(f"c.work IN ({','.join('?' * len(query.works))})")
            values += sorted(query.works)
        if query.section is not None:
            parts.append("(c.section = ? OR c.moved_to LIKE ?)")
            values += [query.section, f'%"{query.section}"%']
        if query.kinds:
            parts.append(f"c.kind IN ({','.join('?' * len(query.kinds))})")
            values += sorted(query.kinds)
        for clause, value in (("c.day >= ?", query.since), ("c.day <= ?", query.until)):
            if value is not None:
                parts.append(clause)
                values.append(value.isoformat())
        if query.found_after is not None:
            parts.append("p.found_at > ?")
            values.append(query.found_after)
        if query.substantive_only:
            parts.append("c.substantive")
        if query.unread_only:
            parts.append(f"NOT {_READ}")
        for name, places in (("places", query.places), ("followed", query.followed)):
            if places is not None:
                self._want(name, places)
                parts.append(f"EXISTS (SELECT 1 FROM temp.wanted_{name} w WHERE w.work = c.work AND w.section IN ('', c.section))")
        return " AND ".join(parts), values

    def _want(self, name: str, places: Iterable[tuple[str, str]]) -> None:
        self._db.execute(f"DELETE FROM temp.wanted_{name}")
        self._db.executemany(f"INSERT INTO temp.wanted_{name} VALUES (?,?)", sorted(places))
