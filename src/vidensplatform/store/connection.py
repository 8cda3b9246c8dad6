"""SQLite as the rest of the store uses it: every error of the environment, at opening, writing or reading, is told in Danish with what mends it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from vidensplatform.errors import EnvironmentError_, LibraryDamaged

_BUSY_SECONDS = 20.0


def _tell(error: sqlite3.Error, path: Path) -> NoReturn:
    """Raise ours for an error of the environment, and the error itself for a bug."""
    text = str(error)
    if isinstance(error, sqlite3.OperationalError):
        if "full" in text:
            raise EnvironmentError_("Disken er fuld. Intet er gemt halvt.", "Frigør plads, og prøv igen.") from error
        if "readonly" in text or "unable to open" in text:
            raise EnvironmentError_(f"Biblioteket {path} kan ikke åbnes til skrivning.", "Giv adgang til mappen, eller vælg en anden.") from error
        if "locked" in text:
            raise EnvironmentError_("Et andet program skriver i biblioteket.", "Vent, til det er færdigt, og prøv igen.") from error
        if "disk I/O" in text:
            raise EnvironmentError_(f"Disken kan ikke læse eller skrive {path}.", "Undersøg disken eller netværksdrevet, og prøv igen.") from error
        raise error
    if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.InterfaceError):
        raise LibraryDamaged(
            f"Biblioteket {path} er beskadiget ({error}).", "Flyt filen til side, og importér igen; det, der blev hentet, kan læses fra kilderne."
        ) from error
    raise error


@contextmanager
def told_in_danish(path: Path) -> Iterator[None]:
    """Turns SQLite's errors of the environment (disk full, read-only, locked, damaged) into ours; bugs pass through."""
    try:
        yield
    except sqlite3.Error as error:
        _tell(error, path)


class ToldCursor(sqlite3.Cursor):
    """A cursor that tells what goes wrong while rows are read."""

    path = Path()

    def fetchone(self) -> Any:
        """The next row, or None."""
        try:
            return super().fetchone()
        except sqlite3.Error as error:
            _tell(error, self.path)

    def fetchall(self) -> list[Any]:
        """The rows that are left."""
        try:
            return super().fetchall()
        except sqlite3.Error as error:
            _tell(error, self.path)

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except sqlite3.Error as error:
            _tell(error, self.path)


class ToldConnection(sqlite3.Connection):
    """A connection that tells what goes wrong in statements."""

    path = Path()

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run one statement."""
        cursor = self.cursor(ToldCursor)
        cursor.path = self.path
        try:
            return cursor.execute(sql, parameters)
        except sqlite3.Error as error:
            _tell(error, self.path)

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        """Run one statement for many rows."""
        try:
            return super().executemany(sql, parameters)
        except sqlite3.Error as error:
            _tell(error, self.path)


def use_write_ahead_log(connection: ToldConnection) -> None:
    """Switch to WAL, so that readers and a writer do not wait for each other.

    SQLite does not wait for other connections here as it does elsewhere, so programs that start at once try again for a while.
    """
    deadline = time.monotonic() + _BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except EnvironmentError_:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def connect(path: Path, *, read_only: bool) -> ToldConnection:
    """Open the file; a folder or file whose name holds ``#``, ``?`` or ``%`` is opened under just that name."""
    if path.is_dir():
        raise EnvironmentError_(f"Biblioteket {path} kan ikke åbnes: der ligger en mappe af det navn.", "Flyt mappen, eller vælg en anden.")
    with told_in_danish(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}",
            uri=True,
            check_same_thread=False,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            factory=ToldConnection,
        )
    connection.path = path
    connection.row_factory = sqlite3.Row
    return connection
