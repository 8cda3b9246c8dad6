"""What an engine must do. It receives keys that were analysed before, so an adapter is short; all pass one conformance suite.

Which engines there are and how one is made stands in :mod:`~vidensplatform.search.engines`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from vidensplatform.search.query import Filters, Node

SCHEMA_VERSION = 1
"""Stamped on every index: another number means that the index is built anew."""


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A unit as an engine stores it: ``key`` is its id; the fields are analysed keys."""

    key: int
    version: int
    work: str
    kind: str
    current: bool
    lemma: tuple[str, ...]
    parts: tuple[str, ...]
    heading: tuple[str, ...]
    exact: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit found, with the engine's score (higher is better; comparable within one answer only)."""

    key: int
    score: float


Progress = Callable[[int], None]


class Engine(Protocol):
    """An index of units. The folder it is given is its own; None keeps it in memory."""

    name: str

    def add(self, documents: Iterable[IndexDocument], *, replacing: Iterable[int] = (), progress: Progress | None = None) -> int:
        """Add documents, after taking out all of the versions in ``replacing``. Returns how many were added. All or nothing."""
        ...

    def search(self, node: Node, filters: Filters, limit: int) -> list[Hit]:
        """The best ``limit`` units, best first; equal scores in the order of their keys."""
        ...

    def count(self) -> int:
        """How many units the index holds."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...
