"""The library as the place where documents go: the one way in, for files on disk and for what is harvested.

relate -> store, document by document. The same document twice changes nothing.
"""

from __future__ import annotations

from indexers.harvest import Document
from indexers.outcomes import Done
from indexers.relate import Relater
from indexers.source import Item
from vidensplatform.law.model import DocumentKind, Version, Work
from vidensplatform.law.registry import Registry, slug_of_title
from vidensplatform.store.library import Library
from vidensplatform.store.practice import practice_of_eli
from vidensplatform.store.records import Origin, Outcome
from vidensplatform.store.units import rows

_DONE = {Outcome.NEW: Done.NEW, Outcome.CHANGED: Done.CHANGED, Outcome.UNCHANGED: Done.UNCHANGED}


class Shelf:
    """Puts documents into one library. ``provisions`` counts the units that were stored."""

    def __init__(self, library: Library, registry: Registry) -> None:
        self._library = library
        self._registry = registry
        self._works = library.works_by_eli()
        self._works.update({practice: work for eli, work in self._works.items() if (practice := practice_of_eli(eli))})
        self._works.update({eli: slug for eli, slug in registry.by_eli.items() if eli not in self._works})
        self._relater = Relater(registry, self._works)
        self.provisions = 0

    def store(self, version: Version, origin: Origin, *, latest: bool = False) -> Outcome:
        """Relate a document and store it. ``latest``: these bytes are what its source gives today."""
        work, registered = work_of(version, self._registry)
        self._works[version.eli] = work.id
        if practice := practice_of_eli(version.eli):
            self._works[practice] = work.id
        text = rows(version.provisions)
        references = self._relater.of_version(version, text, work.id)
        outcome = self._library.put(version, work, text, references, origin, registered=registered, latest=latest)
        if outcome is not Outcome.UNCHANGED:
            self.provisions += sum(1 for row in text if row.unit == row.ord)
        return outcome

    # ---- as the harvest asks for it

    def put(self, version: Version, document: Document) -> Done:
        """Store a harvested document; one that its source had withdrawn is no longer marked."""
        outcome = self.store(version, Origin(document.origin, document.raw, document.sha256, document.main_sha256), latest=True)
        self._library.unmark_withdrawn(version.eli)
        self._library.forget_failure(document.origin)
        return _DONE[outcome]

    def damaged(self, document: Document, reason: str) -> None:
        """Keep a document that could not be read, with the reason; the text that was there stays."""
        self._library.put_failure(Origin(document.origin, document.raw, document.sha256), reason)

    def removed(self, item: Item, *, erase: bool) -> None:
        """Mark a document that its source withdrew, or let it disappear where the source's terms ask for that."""
        if erase:
            self._library.erase(item.id)
        else:
            self._library.mark_withdrawn(item.id)


def work_of(version: Version, registry: Registry) -> tuple[Work, bool]:
    """The work that a version is a text of, and whether the registry names it.

    Acts and consolidated acts of one title are texts of one work. Other documents are works of their own: two orders of the same title may be
    different orders, and nothing in their text proves that one follows the other.
    """
    slug = registry.by_eli.get(version.eli) or registry.slug_for(version.title)
    if slug is None and version.popular_title:
        slug = registry.slug_for(version.popular_title)
    if slug is not None and version.kind is not DocumentKind.AMENDING_ACT and (act := registry.act(slug)) is not None:
        kind = DocumentKind.ACT if version.kind is DocumentKind.CONSOLIDATED_ACT else version.kind
        return Work(slug, kind, act.title, act.name), True
    if version.kind in (DocumentKind.ACT, DocumentKind.CONSOLIDATED_ACT) and not version.title.casefold().startswith("lov om ændring af"):
        return Work(slug_of_title(version.title), DocumentKind.ACT, version.title, version.popular_title), False
    return Work(version.eli, version.kind, version.title, version.popular_title), False
