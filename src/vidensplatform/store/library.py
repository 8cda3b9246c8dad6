"""Opening and writing the library. One document is one transaction: it is there whole, or not at all."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from vidensplatform.errors import LibraryDamaged
from vidensplatform.law.model import Amendment, Version, Work
from vidensplatform.law.references import Reference
from vidensplatform.store.bills import BillRows
from vidensplatform.store.connection import connect, use_write_ahead_log
from vidensplatform.store.practice import PracticeRows
from vidensplatform.store.reading import Reader
from vidensplatform.store.records import Origin, Outcome, iso
from vidensplatform.store.relating import RelatingRows
from vidensplatform.store.schema import APPLICATION_ID, migrate, refuse_newer
from vidensplatform.store.sources import SourceRows
from vidensplatform.store.units import Row


def _amendments(amendments: Sequence[Amendment]) -> str:
    return json.dumps(
        [
            {
                "kind": a.act.kind,
                "number": a.act.number,
                "signed": iso(a.act.signed),
                "year": a.act.year,
                "sections": a.sections,
                "title": a.title,
                "words": a.words,
            }
            for a in amendments
        ],
        ensure_ascii=False,
    )


class Library(Reader, RelatingRows, SourceRows, PracticeRows, BillRows):
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
        connection = connect(path, read_only=read_only)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            fresh = not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if not fresh and connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise LibraryDamaged(f"{path} er ikke et bibliotek fra Vidensplatform.", "Vælg en anden mappe med --home.")
            if not read_only:
                use_write_ahead_log(connection)
                connection.execute("PRAGMA synchronous = NORMAL")
                migrate(connection)
            elif fresh:
                raise LibraryDamaged(f"Biblioteket {path} er tomt.", "Flyt filen til side, og importér igen.")
            else:
                refuse_newer(connection)
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
        rows = self._db.execute("PRAGMA quick_check(20)").fetchall()
        return [row[0] for row in rows if row[0] != "ok"]

    def demand_whole(self) -> None:
        """Raise :class:`LibraryDamaged` where the integrity check finds something."""
        if wrong := self.check():
            raise LibraryDamaged(f"Biblioteket {self.path} er beskadiget ({wrong[0]}).", "Flyt filen til side, og importér igen.")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing for what is written inside."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # on a full disk SQLite has rolled back by itself
                self._db.execute("ROLLBACK")
            raise

    def knows(self, eli: str, sha256: str) -> bool:
        """Whether exactly these bytes of that document were read before."""
        return self._db.execute("SELECT 1 FROM snapshots WHERE eli = ? AND sha256 = ?", (eli, sha256)).fetchone() is not None

    def has_bytes(self, sha256: str) -> bool:
        """Whether these bytes were read before as whatever document, or as the main part of one."""
        return self._db.execute("SELECT 1 FROM snapshots WHERE sha256 = ? OR main_sha256 = ?", (sha256, sha256)).fetchone() is not None

    def put(
        self,
        version: Version,
        work: Work,
        rows: Sequence[Row],
        references: Iterable[tuple[int, Reference]],
        origin: Origin,
        *,
        registered: bool,
        latest: bool = False,
    ) -> Outcome:
        """Store a document: its work, text, references and the bytes it was read from, in one transaction.

        ``rows`` are those of ``version.provisions``; ``references`` are pairs of a row's ``ord`` and what is referred to there. Bytes known
        already change nothing, unless ``latest`` says that they are what the source gives today and other bytes are the text. Other bytes
        under a known ELI replace the text; the earlier bytes stay among the snapshots.
        """
        if self.knows(version.eli, origin.sha256) and not (latest and self._bytes_shown(version.eli) != origin.sha256):
            return Outcome.UNCHANGED
        with self.transaction():
            self._db.execute(
                "INSERT INTO works(id, kind, title, name, registered) VALUES (?,?,?,?,?) "
                "ON CONFLICT(id) DO UPDATE SET title = excluded.title, name = excluded.name, registered = excluded.registered",
                (work.id, work.kind, work.title, work.name, registered),
            )
            old = self._db.execute("SELECT id, work FROM versions WHERE eli = ?", (version.eli,)).fetchone()
            revision = self._next_revision()
            version_id = self._write_version(version, work, origin, revision, old["id"] if old else None)
            self._write_rows(version_id, rows)
            self._write_references(version_id, references)
            self._db.execute(
                "INSERT INTO snapshots(eli, sha256, origin, read_at, size, raw, main_sha256) VALUES (?,?,?,?,?,?,?) "
                "ON CONFLICT(eli, sha256) DO UPDATE SET origin = excluded.origin, read_at = excluded.read_at",
                (
                    version.eli,
                    origin.sha256,
                    origin.name,
                    datetime.now(UTC).isoformat(timespec="seconds"),
                    len(origin.raw),
                    zlib.compress(origin.raw, 3),
                    origin.main_sha256 or None,
                ),
            )
            self._db.execute("DELETE FROM failures WHERE origin = ?", (origin.name,))
            for touched in {work.id, old["work"]} if old else {work.id}:
                self._rank(touched, revision)
            self._write_reissues(version, revision)
        return Outcome.CHANGED if old else Outcome.NEW

    def _bytes_shown(self, eli: str) -> str | None:
        row = self._db.execute("SELECT raw_sha256 FROM versions WHERE eli = ?", (eli,)).fetchone()
        return row[0] if row else None

    def put_failure(self, origin: Origin, reason: str) -> None:
        """Keep a document that could not be read, with the reason, so that it is told and can be tried again."""
        with self.transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO failures(origin, sha256, reason, seen_at, raw) VALUES (?,?,?,?,?)",
                (origin.name, origin.sha256, reason, datetime.now(UTC).isoformat(timespec="seconds"), zlib.compress(origin.raw, 3)),
            )

    def forget_failure(self, origin: str) -> None:
        """A document of this origin could be read after all."""
        self._db.execute("DELETE FROM failures WHERE origin = ?", (origin,))

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
                iso(version.signed),
                iso(version.published),
                version.status,
                iso(version.historic_since),
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
        """Say anew which text of a work is shown: the newest that its source neither withdrew nor marks as historic, else the newest.

        Of a decision that was published again and whose new text is here, none is shown: the new one is. A work that the registry does not name is
        called as the text that is shown; one without texts is no work any more.
        """
        rows = self._db.execute(
            "SELECT v.id, v.current, v.title, v.popular_title, EXISTS (SELECT 1 FROM reissues r JOIN versions n ON n.eli = r.new "
            "WHERE r.old = v.eli AND NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.eli = n.eli) "
            "AND NOT EXISTS (SELECT 1 FROM reissues back WHERE back.old = r.new AND back.new = r.old)) AS replaced "
            "FROM versions v LEFT JOIN withdrawn w ON w.eli = v.eli WHERE v.work = ? "
            "ORDER BY (w.eli IS NOT NULL), (v.status = 'historisk'), v.signed DESC, v.number DESC, v.eli DESC",
            (work,),
        ).fetchall()
        for place, row in enumerate(rows):
            shown = place == 0 and not row["replaced"]
            if bool(row["current"]) != shown:
                self._db.execute("UPDATE versions SET current = ?, revision = ? WHERE id = ?", (shown, revision, row["id"]))
        if rows:
            self._db.execute(
                "UPDATE works SET title = ?, name = ? WHERE id = ? AND NOT registered", (rows[0]["title"], rows[0]["popular_title"], work)
            )
        else:
            self._db.execute("DELETE FROM works WHERE id = ?", (work,))
