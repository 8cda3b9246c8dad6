"""Files on disk -> the library, document by document: what is stored is whole, what fails is kept and told, a second run changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from indexers.folder import Failure, SourceFile
from indexers.readers import Readers
from indexers.shelf import Shelf, work_of
from vidensplatform.errors import DamagedDocument
from vidensplatform.law.registry import Registry
from vidensplatform.store.library import Library
from vidensplatform.store.records import Origin, Outcome

__all__ = ["Pipeline", "Progress", "Tally", "work_of"]


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
    """Brings files into one library."""

    def __init__(self, library: Library, registry: Registry) -> None:
        self._library = library
        self._shelf = Shelf(library, registry)
        self._readers = Readers(registry)

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
            version = self._readers.read(source.data, source.name)
        except DamagedDocument as error:
            reason = f"{error.place}: {error.reason}" if error.place else error.reason
            tally.failed.append(Failure(source.name, reason))
            self._library.put_failure(origin, reason)
            return
        outcome = self._shelf.store(version, origin)
        tally.read += 1
        tally.provisions = self._shelf.provisions
        match outcome:
            case Outcome.NEW:
                tally.new += 1
            case Outcome.CHANGED:
                tally.changed += 1
            case Outcome.UNCHANGED:
                tally.unchanged += 1
