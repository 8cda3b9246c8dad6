"""What the parts of the library that write have in common: the connection, the transaction, and the order among the texts of a work."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from contextlib import AbstractContextManager


class Rows(ABC):
    """Rows of one subject. :class:`~vidensplatform.store.library.Library` is all of them together."""

    _db: sqlite3.Connection

    @abstractmethod
    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing for what is written inside."""

    @abstractmethod
    def _next_revision(self) -> int:
        """Count one more change of the library."""

    @abstractmethod
    def _rank(self, work: str, revision: int) -> None:
        """Say anew which text of a work is shown."""
