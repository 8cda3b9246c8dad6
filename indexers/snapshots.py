"""The raw answers of the sources, kept on disk so that everything can be parsed again without the network.

A folder holds ``index.sqlite`` (which address gave which bytes, when, with which headers) and ``objects/ab/cdef….gz`` (the bytes, by their
SHA-256, each once). An object is written whole beside its place and renamed into it before its row is written, so that a program killed at any
moment leaves at most an object without a row, which the next run uses. What is read back is checked against its hash: damaged means gone.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import sqlite3
import tempfile
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from indexers.fetch_errors import NotStored
from indexers.fetched import Check, Fetched
from vidensplatform.errors import EnvironmentError_

_KEPT_HEADERS = frozenset({"content-type", "content-language", "date", "etag", "last-modified", "server"})
"""What of the headers is kept. Cookies and whatever else a proxy of the municipality adds are not."""

_TABLES = """
CREATE TABLE IF NOT EXISTS snapshots (
  id INTEGER PRIMARY KEY, url TEXT NOT NULL, final_url TEXT NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL,
  sha256 TEXT NOT NULL, size INTEGER NOT NULL,
  fetched_at TEXT NOT NULL,      -- when these bytes were first seen at the address
  checked_at TEXT NOT NULL       -- when the source last said that they are still the ones
);
CREATE INDEX IF NOT EXISTS snapshots_by_url ON snapshots(url, id);
"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A row of the index: the bytes that an address gave, without the bytes."""

    id: int
    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    sha256: str
    size: int
    fetched_at: datetime
    checked_at: datetime


class Snapshots:
    """The snapshots in one folder. May be used by several threads."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self._objects = folder / "objects"
        self._db = connection
        self._lock = threading.RLock()
        self._folder = folder

    @classmethod
    def open(cls, folder: Path) -> Snapshots:
        """Open, and where needed create, the snapshots in ``folder``. Raises :class:`EnvironmentError_`."""
        with _told_in_danish(folder):
            (folder / "objects").mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(folder / "index.sqlite", check_same_thread=False, timeout=10.0, isolation_level=None)
            try:
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.executescript(_TABLES)
            except BaseException:
                connection.close()
                raise
        return cls(folder, connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the index. Calling it twice does nothing."""
        self._db.close()

    def put(self, fetched: Fetched) -> Snapshot:
        """Keep an answer. The same bytes from the same address only renew ``checked_at`` and the headers."""
        with _told_in_danish(self._folder), self._lock:
            latest = self.latest(fetched.url)
            headers = json.dumps({k: v for k, v in fetched.headers.items() if k in _KEPT_HEADERS}, ensure_ascii=False)
            when = fetched.fetched_at.isoformat()
            self._write(fetched.sha256, fetched.body)
            if latest is not None and latest.sha256 == fetched.sha256:
                self._db.execute(
                    "UPDATE snapshots SET checked_at = ?, headers = ?, final_url = ?, status = ? WHERE id = ?",
                    (when, headers, fetched.final_url, fetched.status, latest.id),
                )
            else:
                self._db.execute(
                    "INSERT INTO snapshots(url, final_url, status, headers, sha256, size, fetched_at, checked_at) VALUES (?,?,?,?,?,?,?,?)",
                    (fetched.url, fetched.final_url, fetched.status, headers, fetched.sha256, len(fetched.body), when, when),
                )
            found = self.latest(fetched.url)
        if found is None:
            raise AssertionError("a row that was just written is not there")
        return found

    def confirm(self, snapshot: Snapshot, when: datetime) -> None:
        """The source says that these are still the bytes."""
        with _told_in_danish(self._folder), self._lock:
            self._db.execute("UPDATE snapshots SET checked_at = ? WHERE id = ?", (when.isoformat(), snapshot.id))

    def latest(self, url: str) -> Snapshot | None:
        """The newest snapshot of an address."""
        with self._lock:
            row = self._db.execute("SELECT * FROM snapshots WHERE url = ? ORDER BY id DESC LIMIT 1", (url,)).fetchone()
        return _snapshot(row) if row else None

    def history(self, url: str) -> list[Snapshot]:
        """Every snapshot of an address, oldest first."""
        with self._lock:
            return [_snapshot(row) for row in self._db.execute("SELECT * FROM snapshots WHERE url = ? ORDER BY id", (url,)).fetchall()]

    def newest(self, prefix: str = "") -> Iterator[Snapshot]:
        """The newest snapshot of every address that begins with ``prefix``, by address."""
        query = "SELECT * FROM snapshots WHERE id IN (SELECT max(id) FROM snapshots WHERE substr(url, 1, ?) = ? GROUP BY url) ORDER BY url"
        with self._lock:
            rows = self._db.execute(query, (len(prefix), prefix)).fetchall()
        yield from map(_snapshot, rows)

    def body(self, snapshot: Snapshot) -> bytes | None:
        """The bytes, or None where the object is gone or damaged: then it has to be fetched again."""
        try:
            data = gzip.decompress(self._place(snapshot.sha256).read_bytes())
        except (OSError, EOFError, zlib.error):
            return None
        return data if hashlib.sha256(data).hexdigest() == snapshot.sha256 else None

    def fetched(self, snapshot: Snapshot) -> Fetched | None:
        """A snapshot as the answer it was; None where its bytes are gone."""
        body = self.body(snapshot)
        if body is None:
            return None
        return Fetched(snapshot.url, snapshot.final_url, snapshot.status, snapshot.headers, body, snapshot.fetched_at)

    def size(self) -> int:
        """How many bytes the objects take up on disk."""
        return sum(path.stat().st_size for path in self._objects.glob("*/*.gz"))

    def _place(self, sha256: str) -> Path:
        return self._objects / sha256[:2] / f"{sha256[2:]}.gz"

    def _write(self, sha256: str, body: bytes) -> None:
        place = self._place(sha256)
        if place.exists() and self._whole(place, sha256):
            return
        place.parent.mkdir(exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=place.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(gzip.compress(body, 6, mtime=0))
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(place)
        except BaseException:
            with suppress(OSError):
                Path(beside).unlink()
            raise

    @staticmethod
    def _whole(place: Path, sha256: str) -> bool:
        try:
            return hashlib.sha256(gzip.decompress(place.read_bytes())).hexdigest() == sha256
        except (OSError, EOFError, zlib.error):
            return False


class Offline:
    """A :class:`indexers.fetched.Fetch` without network: answers from the snapshots, or raises :class:`NotStored`."""

    def __init__(self, snapshots: Snapshots) -> None:
        self._snapshots = snapshots

    def get(
        self, url: str, *, check: Check | None = None, accept: str = "*/*", headers: Mapping[str, str] | None = None, keep: bool = True
    ) -> Fetched:
        """The newest snapshot of the address, as an answer that has not changed."""
        snapshot = self._snapshots.latest(url) if keep else None
        fetched = self._snapshots.fetched(snapshot) if snapshot else None
        if fetched is None:
            raise NotStored(url)
        if check is not None:
            check(fetched)
        return Fetched(fetched.url, fetched.final_url, fetched.status, fetched.headers, fetched.body, fetched.fetched_at, not_modified=True)

    def post(self, url: str, payload: Any, *, check: Check | None = None, headers: Mapping[str, str] | None = None) -> Fetched:
        """Answers to POST are not kept: always raises :class:`NotStored`."""
        raise NotStored(url)


def _snapshot(row: sqlite3.Row) -> Snapshot:
    return Snapshot(
        row["id"],
        row["url"],
        row["final_url"],
        row["status"],
        json.loads(row["headers"]),
        row["sha256"],
        row["size"],
        datetime.fromisoformat(row["fetched_at"]),
        datetime.fromisoformat(row["checked_at"]),
    )


@contextmanager
def _told_in_danish(folder: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except (OSError, sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError):
            raise
        raise EnvironmentError_(
            f"Mappen med hentede dokumenter ({folder}) kan ikke læses eller skrives ({error}).",
            "Giv adgang til mappen, frigør plads, eller flyt mappen til side; så hentes der forfra.",
        ) from error
