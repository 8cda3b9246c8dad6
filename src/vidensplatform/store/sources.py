"""The sources in the library: how far each is read, what it withdrew, and what had to be erased.

Where a document comes from is told by its ELI (:func:`source_of`), so that a document imported from a file has the same source as one that was
harvested; it only is not known how fresh it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from sqlite3 import Row
from typing import Final

from vidensplatform.store.writing import Rows

SOURCES: Final[Mapping[str, str]] = {
    "retsinformation": "Retsinformation",
    "ankestyrelsen": "Ankestyrelsen",
    "ombudsmanden": "Folketingets Ombudsmand",
    "folketinget": "Folketinget",
    "domsdatabasen": "Domsdatabasen",
}
"""Every source by name, with what it is called in the program."""

_BY_PREFIX: Final = {"ast": "ankestyrelsen", "ombudsmanden": "ombudsmanden", "oda": "folketinget", "domsdatabasen": "domsdatabasen"}


def source_of(eli: str) -> str:
    """The name of the source that a document is of: ``ankestyrelsen`` of ``ast/1-26``, ``retsinformation`` of ``lta/2025/1129``."""
    return _BY_PREFIX.get(eli.partition("/")[0], "retsinformation")


@dataclass(frozen=True, slots=True)
class SourceState:
    """How far a source is read, as its last run left it.

    ``read_to`` is the source's own time up to which everything is here; None where it was never read to the end. ``failing`` are documents that
    could not be read, with the reason, ``left_over`` those the last run did not come to, ``notes`` the gaps and doubts it told of.
    """

    name: str
    read_to: datetime | None = None
    last_run: datetime | None = None
    last_success: datetime | None = None
    last_failure: str = ""
    last_failure_at: datetime | None = None
    left_over: int = 0
    failing: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    documents: int = 0
    """Texts of the source in the library, those that it withdrew left out. Counted when read; not stored."""
    withdrawn: int = 0

    @property
    def title(self) -> str:
        """What the source is called in the program."""
        return SOURCES.get(self.name, self.name)


@dataclass(frozen=True, slots=True)
class Freshness:
    """How fresh a document is: its source and how far that is read, when these bytes came in, and since when the source has withdrawn it."""

    source: str
    title: str
    read_to: datetime | None
    stored: datetime | None
    withdrawn: datetime | None

    @property
    def words(self) -> str:
        """The freshness in a few Danish words."""
        if self.withdrawn is not None:
            return f"trukket tilbage af kilden (set {_day(self.withdrawn)})"
        if self.read_to is not None:
            return f"{self.title} læst til {_day(self.read_to)}"
        stored = f"; teksten er indlæst {_day(self.stored)}" if self.stored else ""
        return f"{self.title} er ikke hentet til ende{stored}"


class SourceRows(Rows):
    """What a library knows of its sources. Mixed into :class:`~vidensplatform.store.library.Library`."""

    # ---- how far

    def source_states(self) -> list[SourceState]:
        """The state of every source, in their fixed order; of one that was never harvested only how many documents there are."""
        stored = {row["name"]: row for row in self._db.execute("SELECT * FROM sources")}
        counted: dict[str, list[int]] = {}
        for eli, withdrawn in self._db.execute("SELECT v.eli, w.eli IS NOT NULL FROM versions v LEFT JOIN withdrawn w ON w.eli = v.eli"):
            counted.setdefault(source_of(eli), [0, 0])[withdrawn] += 1
        return [_state(name, stored.get(name), *counted.get(name, [0, 0])) for name in SOURCES]

    def put_source_state(self, state: SourceState) -> None:
        """Keep how far a source is read."""
        with self.transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO sources(name, read_to, last_run, last_success, last_failure, last_failure_at, left_over, failing, notes) "
                "VALUES (?,?,?,?,?,?,?,?,?)",
                (
                    state.name,
                    _iso(state.read_to),
                    _iso(state.last_run),
                    _iso(state.last_success),
                    state.last_failure,
                    _iso(state.last_failure_at),
                    state.left_over,
                    json.dumps(state.failing, ensure_ascii=False),
                    json.dumps(state.notes, ensure_ascii=False),
                ),
            )

    def freshness(self, eli: str) -> Freshness:
        """How fresh the text with that ELI is."""
        name = source_of(eli)
        row = self._db.execute(
            "SELECT (SELECT read_to FROM sources WHERE name = ?) AS read_to, (SELECT max(read_at) FROM snapshots WHERE eli = ?) AS stored, "
            "(SELECT seen_at FROM withdrawn WHERE eli = ?) AS withdrawn",
            (name, eli, eli),
        ).fetchone()
        return Freshness(name, SOURCES[name], _when(row["read_to"]), _when(row["stored"]), _when(row["withdrawn"]))

    def titles(self, elis: Iterable[str]) -> dict[str, str]:
        """What the documents with these ELIs are called, for a report: the short name and the title. Unknown ones are left out."""
        found: dict[str, str] = {}
        for eli in elis:
            row = self._db.execute("SELECT short_name, popular_title, title FROM versions WHERE eli = ?", (eli,)).fetchone()
            if row is not None:
                name = row["popular_title"] or row["title"]
                found[eli] = f"{row['short_name']}: {name}" if row["short_name"] and row["short_name"] not in name else name
        return found

    # ---- withdrawn

    def mark_withdrawn(self, eli: str) -> bool:
        """The source says that it withdrew a document: mark it, keep it. False where the library does not hold it."""
        row = self._db.execute("SELECT work FROM versions WHERE eli = ?", (eli,)).fetchone()
        if row is None:
            return False
        with self.transaction():
            self._db.execute("INSERT OR IGNORE INTO withdrawn(eli, seen_at) VALUES (?,?)", (eli, datetime.now(UTC).isoformat(timespec="seconds")))
            self._rank_around(eli, row["work"])
        return True

    def unmark_withdrawn(self, eli: str) -> None:
        """The source gives the document again."""
        row = self._db.execute("SELECT v.work FROM withdrawn w JOIN versions v ON v.eli = w.eli WHERE w.eli = ?", (eli,)).fetchone()
        if row is not None:
            with self.transaction():
                self._db.execute("DELETE FROM withdrawn WHERE eli = ?", (eli,))
                self._rank_around(eli, row["work"])

    def _rank_around(self, eli: str, work: str) -> None:
        """The order of the work, and of the decisions that this one was published as before."""
        revision = self._next_revision()
        before = self._db.execute("SELECT v.work FROM reissues r JOIN versions v ON v.eli = r.old WHERE r.new = ?", (eli,))
        for one in {work, *(row["work"] for row in before)}:
            self._rank(one, revision)

    def erase(self, eli: str) -> None:
        """Let a document disappear with everything known of it: text, references, raw bytes. For sources whose terms ask for that.

        What is deleted is overwritten on disk (``secure_delete``), and leaves the index when that is brought up to date.
        """
        row = self._db.execute("SELECT id, work FROM versions WHERE eli = ?", (eli,)).fetchone()
        self._db.execute("PRAGMA secure_delete = ON")
        with self.transaction():
            origins = [r[0] for r in self._db.execute("SELECT origin FROM snapshots WHERE eli = ?", (eli,))]
            self._db.execute("DELETE FROM snapshots WHERE eli = ?", (eli,))
            self._db.execute("DELETE FROM withdrawn WHERE eli = ?", (eli,))
            self._db.executemany("DELETE FROM failures WHERE origin = ?", [(origin,) for origin in origins])
            if row is not None:
                revision = self._next_revision()
                self._db.execute("INSERT OR REPLACE INTO erased(version, revision) VALUES (?,?)", (row["id"], revision))
                self._db.execute("DELETE FROM versions WHERE id = ?", (row["id"],))
                self._rank(row["work"], revision)
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()  # the log holds the old pages until then


def _state(name: str, row: Row | None, documents: int, withdrawn: int) -> SourceState:
    if row is None:
        return SourceState(name, documents=documents, withdrawn=withdrawn)
    return SourceState(
        name,
        _when(row["read_to"]),
        _when(row["last_run"]),
        _when(row["last_success"]),
        row["last_failure"],
        _when(row["last_failure_at"]),
        row["left_over"],
        tuple((id_, reason) for id_, reason in json.loads(row["failing"])),
        tuple(json.loads(row["notes"])),
        documents,
        withdrawn,
    )


def _day(when: datetime) -> str:
    return f"{when.astimezone():%d-%m-%Y}"


def _iso(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def _when(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
