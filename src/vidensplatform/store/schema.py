"""The tables, and the migrations that bring an older file up to them. ``user_version`` counts the migrations that have run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from vidensplatform.errors import LibraryTooNew
from vidensplatform.store.schema_changes import CHANGES
from vidensplatform.store.schema_sources import PARTS, SOURCES

APPLICATION_ID = 0x56504C42  # "VPLB": tells our file from any other SQLite file

_FIRST = """
CREATE TABLE works (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, name TEXT NOT NULL DEFAULT '',
  registered INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE versions (
  id INTEGER PRIMARY KEY, eli TEXT NOT NULL UNIQUE, work TEXT NOT NULL REFERENCES works(id),
  kind TEXT NOT NULL, accession TEXT NOT NULL, document_type TEXT NOT NULL, number INTEGER, year INTEGER,
  title TEXT NOT NULL, popular_title TEXT NOT NULL, short_name TEXT NOT NULL,
  signed TEXT, published TEXT, status TEXT NOT NULL, historic_since TEXT, ministry TEXT NOT NULL,
  base TEXT, incorporated TEXT NOT NULL, not_incorporated TEXT NOT NULL, later_amendments TEXT NOT NULL, metadata TEXT NOT NULL,
  raw_sha256 TEXT NOT NULL,
  current INTEGER NOT NULL DEFAULT 0,      -- the text of its work that is shown unless another is asked for
  revision INTEGER NOT NULL                -- the library's revision at which this row or its place among its siblings last changed
);
CREATE INDEX versions_by_work ON versions(work, signed);
CREATE INDEX versions_by_revision ON versions(revision);

CREATE TABLE provisions (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
  ord INTEGER NOT NULL, last INTEGER NOT NULL,      -- a node's subtree is ord..last of its version
  parent INTEGER, unit INTEGER,                     -- ord of the parent, ord of the search unit it belongs to
  kind TEXT NOT NULL, part TEXT NOT NULL, section TEXT, subsection TEXT, number TEXT, letter TEXT,
  marker TEXT NOT NULL, heading TEXT NOT NULL, text TEXT NOT NULL,
  sha256 TEXT                                       -- of addressable provisions of the act's own text
);
CREATE UNIQUE INDEX provisions_in_order ON provisions(version, ord);
CREATE INDEX provisions_by_section ON provisions(version, section, ord) WHERE part = 'tekst' AND section IS NOT NULL;

CREATE TABLE refs (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE, ord INTEGER NOT NULL,
  words TEXT NOT NULL, kind TEXT NOT NULL, law_words TEXT NOT NULL, target_work TEXT, section TEXT, subsection TEXT, number TEXT, letter TEXT,
  through TEXT, chapter TEXT, act_eli TEXT, practice TEXT, former INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX refs_out ON refs(version, ord);
CREATE INDEX refs_in ON refs(target_work, section) WHERE target_work IS NOT NULL;
CREATE INDEX refs_unresolved ON refs(law_words) WHERE target_work IS NULL AND law_words != '' AND NOT former;
CREATE INDEX refs_to_act ON refs(act_eli) WHERE act_eli IS NOT NULL;
CREATE INDEX refs_to_practice ON refs(practice) WHERE practice IS NOT NULL;

CREATE TABLE snapshots (
  id INTEGER PRIMARY KEY, eli TEXT NOT NULL, sha256 TEXT NOT NULL, origin TEXT NOT NULL, read_at TEXT NOT NULL,
  size INTEGER NOT NULL, raw BLOB NOT NULL, UNIQUE (eli, sha256)
);

CREATE TABLE failures (
  origin TEXT PRIMARY KEY, sha256 TEXT NOT NULL, reason TEXT NOT NULL, seen_at TEXT NOT NULL, raw BLOB
) WITHOUT ROWID;

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('revision', '0');
INSERT INTO meta VALUES ('id', lower(hex(randomblob(16))));  -- tells this library from another one in the same place
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, SOURCES, CHANGES, PARTS)


def refuse_newer(connection: sqlite3.Connection) -> int:
    """The number of migrations that have run. Raises :class:`LibraryTooNew` when the file was written by a newer program."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise LibraryTooNew("Biblioteket er skrevet af en nyere udgave af programmet.", "Opdatér programmet, eller vælg et andet bibliotek.")
    return version


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an open file to the newest schema, all steps in one transaction, so that programs that start at once do not run them twice.

    Raises :class:`LibraryTooNew` when the file was written by a newer program.
    """
    if refuse_newer(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN EXCLUSIVE")
    try:
        for number, script in enumerate(MIGRATIONS[refuse_newer(connection) :], refuse_newer(connection) + 1):
            for statement in statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one (``executescript`` would end the transaction)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
