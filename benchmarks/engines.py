"""The engines side by side: the product's two, and for comparison SQLite FTS5 and Xapian, over the same analysed keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from engine_fts5 import Fts5
from engine_xapian import Xapian
from machine import xapian_version
from material import folder_bytes
from timing import timed, timed_cpu

from vidensplatform.search.engine import IndexDocument
from vidensplatform.search.engines import create, names
from vidensplatform.search.query import Filters, Node

LIMIT = 80
"""As deep as the product asks (``search/documents.py``)."""
TODAY = Filters(current_only=True)


class Measured(Protocol):
    """An engine that says itself how long it took."""

    name: str
    build_seconds: float
    build_cpu: float
    size: int

    def ask(self, node: Node) -> tuple[float, list[int]]:
        """(seconds, keys best first) of one search in today's texts."""
        ...

    def close(self) -> None: ...


class Ours:
    """An engine of the product."""

    def __init__(self, name: str, folder: Path, documents: Sequence[IndexDocument]) -> None:
        self.name = name
        self._engine = create(name, folder)
        self.build_seconds, self.build_cpu, _ = timed_cpu(lambda: self._engine.add(documents))
        self.size = folder_bytes(folder)

    def ask(self, node: Node) -> tuple[float, list[int]]:
        seconds, hits = timed(lambda: self._engine.search(node, TODAY, LIMIT))
        return seconds, [hit.key for hit in hits]

    def close(self) -> None:
        self._engine.close()


def build_all(folder: Path, documents: Sequence[IndexDocument]) -> list[Measured]:
    """Every engine that is here, with all documents in it."""
    built: list[Measured] = [Ours(name, folder / name, documents) for name in names()]
    built.append(Fts5(folder / "fts5", documents, LIMIT))
    if xapian_version():
        built.append(Xapian(folder / "xapian", documents, LIMIT))
    return built
