"""Opening what a harvest works with: the chosen sources, the fetcher, the snapshots and the journal; one harvest at a time in each folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from indexers.assembly import account_of, fetcher_of, sources_of
from indexers.configuration import SourcesFile
from indexers.fetch import Fetcher, open_session, user_agent
from indexers.journal import Journal
from indexers.pace import Clock
from indexers.snapshots import Snapshots
from indexers.source import Source
from vidensplatform import __version__
from vidensplatform.errors import EnvironmentError_, QueryError
from vidensplatform.law.registry import Registry


@dataclass(frozen=True, slots=True)
class Opened:
    """What a harvest works with: the sources chosen, in the order in which they are read."""

    sources: tuple[Source, ...]
    fetcher: Fetcher
    journal: Journal


@contextmanager
def opened(
    folder: Path,
    settings: SourcesFile,
    registry: Registry,
    names: Sequence[str],
    clock: Clock,
    *,
    base_url: str | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Opened]:
    """Everything open, for as long as the block lasts. ``folder`` holds the snapshots and the journal; ``names`` are the sources, all if empty.

    Raises :class:`QueryError` for a source that is unknown or switched off, :class:`EnvironmentError_` where another harvest is at work in the folder
    or it cannot be written.
    """
    sources = _chosen(settings, registry, names)
    lock = _locked(folder)
    try:
        with (
            open_session(user_agent(__version__, settings.afsender.contact)) as session,
            Snapshots.open(folder / "snapshots") as snapshots,
            Journal.open(folder / "journal.sqlite3") as journal,
        ):
            yield Opened(sources, fetcher_of(settings, session, snapshots, clock, base_url=base_url, stop=stop), journal)
    finally:
        lock.release()


def _chosen(settings: SourcesFile, registry: Registry, names: Sequence[str]) -> tuple[Source, ...]:
    enabled = sources_of(settings, registry, account_of(os.environ))
    for name in names:
        if name not in settings.sources:
            raise QueryError(f"Kilden »{name}« kendes ikke.", f"Vælg mellem: {', '.join(settings.sources)}.")
        if name not in enabled:
            raise QueryError(f"Kilden »{name}« er slået fra.", "Sæt enabled = true i sources.toml.")
    return tuple(source for name, source in enabled.items() if not names or name in names)


def _locked(folder: Path) -> FileLock:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "harvest.lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise EnvironmentError_("En anden hentning er i gang i denne mappe.", "Vent, til den er færdig, eller stop den.") from error
    except OSError as error:
        raise EnvironmentError_(f"Mappen {folder} kan ikke skrives ({error.strerror}).", "Giv adgang til mappen, eller frigør plads.") from error
    return lock
