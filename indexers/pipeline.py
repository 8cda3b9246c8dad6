"""parse -> relate -> store, document by document: what is stored is whole, what fails is kept and told, a second run changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from indexers.folder import Failure, SourceFile
from indexers.relate import Relater
from indexers.retsinformation.lexdania import parse
from vidensplatform.errors import DamagedDocument
from vidensplatform.law.model import DocumentKind, Version, Work
from vidensplatform.law.registry import Registry, slug_of_title
from vidensplatform.store.library import Library
from vidensplatform.store.records import Origin, Outcome
from vidensplatform.store.units import rows


@dataclass(slots=True)
class Tally:
    """What a run did so far."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    provisions: int = 0
    failed: list[Failure] = field(default_factory=list)


Progress = Callable[[Tally, str], None]


class Pipeline:
    """Brings documents into one library."""

    def __init__(self, library: Library, registry: Registry) -> None:
        self._library = library
        self._registry = registry
        self._works = library.works_by_eli()
        self._works.update({eli: slug for eli, slug in registry.by_eli.items() if eli not in self._works})
        self._relater = Relater(registry, self._works)

    def run(self, sources: Iterable[SourceFile | Failure], progress: Progress | None = None) -> Tally:
        """Read every source. Raises only errors of the environment (disk full, library locked); what was stored before stays."""
        tally = Tally()
        for source in sources:
            if isinstance(source, Failure):
                tally.failed.append(source)
            else:
                self._one(source, tally)
            if progress is not None:
                progress(tally, source.name if isinstance(source, SourceFile) else source.file)
        if tally.new or tally.changed:
            self._library.relate_anew()
        return tally

    def _one(self, source: SourceFile, tally: Tally) -> None:
        if self._library.has_bytes(source.sha256):
            self._library.forget_failure(source.name)
            tally.read += 1
            tally.unchanged += 1
            return
        origin = Origin(source.name, source.data, source.sha256)
        try:
            version = parse(source.data, source.name)
        except DamagedDocument as error:
            reason = f"{error.place}: {error.reason}" if error.place else error.reason
            tally.failed.append(Failure(source.name, reason))
            self._library.put_failure(origin, reason)
            return
        work, registered = work_of(version, self._registry)
        self._works[version.eli] = work.id
        text = rows(version.provisions)
        references = self._relater.references(text, work.id, version.kind)
        outcome = self._library.put(version, work, text, references, origin, registered=registered)
        tally.read += 1
        tally.provisions += sum(1 for row in text if row.unit == row.ord)
        match outcome:
            case Outcome.NEW:
                tally.new += 1
            case Outcome.CHANGED:
                tally.changed += 1
            case Outcome.UNCHANGED:
                tally.unchanged += 1


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
