"""Opening and writing the library. One document is one transaction: it is there whole, or not at all."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from vidensplatform.errors import EnvironmentError_, LibraryDamaged
from vidensplatform.law.model import Amendment, Version, Work
from vidensplatform.law.references import Reference
from vidensplatform.law.registry import slug_of_title
from vidensplatform.store.reading import Reader
from vidensplatform.store.records import Origin, Outcome
from vidensplatform.store.schema import APPLICATION_ID, migrate
from vidensplatform.store.units import Row


@contextmanager
def told_in_danish(path: Path) -> Iterator[None]:
    """Turns SQLite's errors of the environment (disk full, read-only, locked, damaged) into ours; bugs pass through."""
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        if "full" in text:
            raise EnvironmentError_("Disken er fuld. Intet er gemt halvt.", "Frigør plads, og prøv igen.") from error
        if "readonly" in text or "unable to open" in text:
            raise EnvironmentError_(f"Biblioteket {path} kan ikke åbnes til skrivning.", "Giv adgang til mappen, eller vælg en anden.") from error
        if "locked" in text:
            raise EnvironmentError_("Et andet program skriver i biblioteket.", "Vent, til det er færdigt, og prøv igen.") from error
        raise
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.InterfaceError):
            raise
        raise LibraryDamaged(
            f"Biblioteket {path} er beskadiget ({error}).",
            "Flyt filen til side, og importér igen; det, der blev hentet, kan læses fra kilderne.",
        ) from error


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _amendments(amendments: Sequence[Amendment]) -> str:
    return json.dumps(
        [
            {
                "kind": a.act.kind,
                "number": a.act.number,
                "signed": _iso(a.act.signed),
                "year": a.act.year,
                "sections": a.sections,
                "title": a.title,
                "words": a.words,
            }
            for a in amendments
        ],
        ensure_ascii=False,
    )


class Library(Reader):
    """The library of one home folder."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
        super().__init__(connection)
        self.path = path
        self.read_only = read_only

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Library:
        """Open, and unless ``read_only`` create or migrate, the library at ``path``.

        Raises :class:`EnvironmentError_` (cannot be opened), :class:`LibraryDamaged` (not SQLite, or its first integrity check fails) or
        :class:`LibraryTooNew`. The whole-file check is :meth:`check`; at opening the header, the schema and a read are tried.
        """
        with told_in_danish(path):
            name = f"file:{path.as_posix()}?mode={'ro' if read_only else 'rwc'}"
            connection = sqlite3.connect(name, uri=True, check_same_thread=False, timeout=10.0, isolation_level=None)
            try:
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA foreign_keys = ON")
                fresh = not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
                if not fresh and connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                    raise LibraryDamaged(f"{path} er ikke et bibliotek fra Vidensplatform.", "Vælg en anden mappe med --home.")
                if not read_only:
                    connection.execute("PRAGMA journal_mode = WAL")
                    connection.execute("PRAGMA synchronous = NORMAL")
                    migrate(connection)
                connection.execute("SELECT value FROM meta WHERE name = 'revision'").fetchone()
            except BaseException:
                connection.close()
                raise
        return cls(connection, path, read_only=read_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection. Calling it twice does nothing."""
        self._db.close()

    def check(self) -> list[str]:
        """SQLite's integrity check over the whole file: what is wrong, or an empty list."""
        with told_in_danish(self.path):
            rows = self._db.execute("PRAGMA quick_check(20)").fetchall()
        return [row[0] for row in rows if row[0] != "ok"]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing for what is written inside."""
        with told_in_danish(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def knows(self, eli: str, sha256: str) -> bool:
        """Whether exactly these bytes of that document were read before."""
        return self._db.execute("SELECT 1 FROM snapshots WHERE eli = ? AND sha256 = ?", (eli, sha256)).fetchone() is not None

    def has_bytes(self, sha256: str) -> bool:
        """Whether these bytes were read before as whatever document."""
        return self._db.execute("SELECT 1 FROM snapshots WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def put(
        self,
        version: Version,
        work: Work,
        rows: Sequence[Row],
        references: Iterable[tuple[int, Reference]],
        origin: Origin,
        *,
        registered: bool,
    ) -> Outcome:
        """Store a document: its work, text, references and the bytes it was read from, in one transaction.

        ``rows`` are those of ``version.provisions``; ``references`` are pairs of a row's ``ord`` and what is referred to there. Bytes known
        already change nothing. Other bytes under a known ELI replace the text; the earlier bytes stay among the snapshots.
        """
        if self.knows(version.eli, origin.sha256):
            return Outcome.UNCHANGED
        with self.transaction():
            self._db.execute(
                "INSERT INTO works(id, kind, title, name, registered) VALUES (?,?,?,?,?) "
                "ON CONFLICT(id) DO UPDATE SET title = excluded.title, name = excluded.name, registered = excluded.registered",
                (work.id, work.kind, work.title, work.name, registered),
            )
            old = self._db.execute("SELECT id FROM versions WHERE eli = ?", (version.eli,)).fetchone()
            revision = self._next_revision()
            version_id = self._write_version(version, work, origin, revision, old["id"] if old else None)
            self._write_rows(version_id, rows)
            self._write_references(version_id, references)
            self._db.execute(
                "INSERT INTO snapshots(eli, sha256, origin, read_at, size, raw) VALUES (?,?,?,?,?,?)",
                (
                    version.eli,
                    origin.sha256,
                    origin.name,
                    datetime.now(UTC).isoformat(timespec="seconds"),
                    len(origin.raw),
                    zlib.compress(origin.raw, 3),
                ),
            )
            self._db.execute("DELETE FROM failures WHERE origin = ?", (origin.name,))
            self._rank(work.id, revision)
        return Outcome.CHANGED if old else Outcome.NEW

    def put_failure(self, origin: Origin, reason: str) -> None:
        """Keep a document that could not be read, with the reason, so that it is told and can be tried again."""
        with self.transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO failures(origin, sha256, reason, seen_at, raw) VALUES (?,?,?,?,?)",
                (origin.name, origin.sha256, reason, datetime.now(UTC).isoformat(timespec="seconds"), zlib.compress(origin.raw, 3)),
            )

    def relate_by_title(self) -> int:
        """Resolve the references whose law is named by a title that the registry does not know but a stored work has.

        Returns how many were resolved. References to an earlier law ("den tidligere lov om …") are left alone.
        """
        works = {
            slug_of_title(name): work
            for work, title, popular in self._db.execute("SELECT id, title, name FROM works WHERE kind = 'lov'")
            for name in (title, popular)
            if name
        }
        unresolved = self._db.execute("SELECT DISTINCT law_words FROM refs WHERE target_work IS NULL AND law_words != '' AND NOT former").fetchall()
        found = []
        for (words,) in unresolved:
            name = slug_of_title(words)
            work = works.get(name) or (works.get(name.removesuffix("s")) if name.endswith("s") else None)
            if work is not None:
                found.append((work, words))
        with self.transaction():
            cursor = self._db.executemany("UPDATE refs SET target_work = ? WHERE target_work IS NULL AND law_words = ? AND NOT former", found)
        return max(0, cursor.rowcount)

    def _next_revision(self) -> int:
        self._db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'revision'")
        return self.revision

    def _write_version(self, version: Version, work: Work, origin: Origin, revision: int, old: int | None) -> int:
        if old is not None:
            self._db.execute("DELETE FROM versions WHERE id = ?", (old,))
        cursor = self._db.execute(
            """INSERT INTO versions(id, eli, work, kind, accession, document_type, number, year, title, popular_title, short_name, signed, published,
               status, historic_since, ministry, base, incorporated, not_incorporated, later_amendments, metadata, raw_sha256, revision)
               VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)""",
            (
                old,
                version.eli,
                work.id,
                version.kind,
                version.accession,
                version.document_type,
                version.number,
                version.year,
                version.title,
                version.popular_title,
                version.short_name,
                _iso(version.signed),
                _iso(version.published),
                version.status,
                _iso(version.historic_since),
                version.ministry,
                _amendments([Amendment(version.base)]) if version.base else None,
                _amendments(version.incorporated),
                _amendments(version.not_incorporated),
                _amendments(version.later_amendments),
                json.dumps(version.metadata, ensure_ascii=False),
                origin.sha256,
                revision,
            ),
        )
        if cursor.lastrowid is None:
            raise AssertionError("SQLite gave no row id")
        return cursor.lastrowid

    def _write_rows(self, version_id: int, rows: Sequence[Row]) -> None:
        self._db.executemany(
            "INSERT INTO provisions(version, ord, last, parent, unit, kind, part, section, subsection, number, letter, "
            "marker, heading, text, sha256) "
            "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                (
                    version_id,
                    row.ord,
                    row.last,
                    row.parent,
                    row.unit,
                    row.node.kind,
                    row.node.part,
                    row.node.address.section,
                    row.node.address.subsection,
                    row.node.address.number,
                    row.node.address.letter,
                    row.node.marker,
                    row.node.heading,
                    row.node.text,
                    row.sha256,
                )
                for row in rows
            ),
        )

    def _write_references(self, version_id: int, references: Iterable[tuple[int, Reference]]) -> None:
        self._db.executemany(
            "INSERT INTO refs(version, ord, words, kind, law_words, target_work, section, subsection, number, letter, through, "
            "chapter, act_eli, practice, former) "
            "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                (
                    version_id,
                    ordinal,
                    reference.citation.text,
                    reference.citation.kind,
                    reference.citation.law_words,
                    reference.target_work,
                    reference.target.section,
                    reference.target.subsection,
                    reference.target.number,
                    reference.target.letter,
                    reference.through,
                    reference.citation.chapter,
                    reference.citation.act.eli if reference.citation.act else None,
                    reference.citation.practice,
                    reference.citation.former,
                )
                for ordinal, reference in references
            ),
        )

    def _rank(self, work: str, revision: int) -> None:
        """Say anew which text of a work is shown: the newest that its source does not mark as historic, else the newest."""
        rows = self._db.execute(
            "SELECT id, current FROM versions WHERE work = ? ORDER BY (status = 'historisk'), signed DESC, number DESC", (work,)
        ).fetchall()
        for place, row in enumerate(rows):
            if bool(row["current"]) != (place == 0):
                self._db.execute("UPDATE versions SET current = ?, revision = ? WHERE id = ?", (place == 0, revision, row["id"]))
