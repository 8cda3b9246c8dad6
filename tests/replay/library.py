"""Where rehearsed documents go: a real library, by the same steps as the pipeline takes."""

from __future__ import annotations

from indexers.harvest import Document
from indexers.journal import Done
from indexers.pipeline import work_of
from indexers.relate import Relater
from indexers.source import Item
from vidensplatform.law.model import Version
from vidensplatform.law.registry import Registry
from vidensplatform.store.library import Library
from vidensplatform.store.records import Origin, Outcome
from vidensplatform.store.units import rows

_DONE = {Outcome.NEW: Done.NEW, Outcome.CHANGED: Done.CHANGED, Outcome.UNCHANGED: Done.UNCHANGED}


class Shelf:
    """A sink over one library. ``gone`` are the ids that were marked as removed."""

    def __init__(self, library: Library, registry: Registry) -> None:
        self._library = library
        self._registry = registry
        self._works = library.works_by_eli() | registry.by_eli
        self._relater = Relater(registry, self._works)
        self.gone: list[str] = []

    def put(self, version: Version, document: Document) -> Done:
        origin = Origin(document.origin, document.raw, document.sha256)
        work, registered = work_of(version, self._registry)
        self._works[version.eli] = work.id
        text = rows(version.provisions)
        references = self._relater.references(text, work.id, version.kind)
        return _DONE[self._library.put(version, work, text, references, origin, registered=registered)]

    def damaged(self, document: Document, reason: str) -> None:
        self._library.put_failure(Origin(document.origin, document.raw, document.sha256), reason)

    def removed(self, item: Item, *, erase: bool) -> None:
        self.gone.append(item.id)


class Basket:
    """A sink that only remembers: versions by ELI, and what was damaged or removed."""

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
