"""A sink that only remembers, for tests of what comes out of a source."""

from __future__ import annotations

from indexers.harvest import Document
from indexers.outcomes import Done
from indexers.source import Item
from vidensplatform.law.model import Version


class Basket:
    """Versions by ELI, and what was damaged or removed."""

    def __init__(self) -> None:
        self.versions: dict[str, Version] = {}
        self.hashes: dict[str, str] = {}
        self.broken: dict[str, str] = {}
        self.gone: list[str] = []

    def put(self, version: Version, document: Document) -> Done:
        before = self.hashes.get(version.eli)
        self.versions[version.eli], self.hashes[version.eli] = version, document.sha256
        return Done.NEW if before is None else Done.UNCHANGED if before == document.sha256 else Done.CHANGED

    def damaged(self, document: Document, reason: str) -> None:
        self.broken[document.origin] = reason

    def removed(self, item: Item, *, erase: bool) -> None:
        self.gone.append(item.id)
        if erase:
            self.versions.pop(item.id, None)
