"""The one way new material comes in: import or harvest -> store -> index, with progress events."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexers.configuration import FILE, SourcesFile, load_sources, own_or_given
from indexers.fetch_errors import FetchError
from indexers.folder import Failure, read_paths
from indexers.harvest import Report, Step, rehearse, whole_harvest
from indexers.opening import Opened, opened
from indexers.pace import Clock, SystemClock
from indexers.pipeline import Pipeline, Tally
from indexers.shelf import Shelf
from indexers.source import Plan, Source
from vidensplatform.changes.building import bring_up_to_date as build_changes
from vidensplatform.errors import CardError, DamagedDocument
from vidensplatform.knowledge.loading import Corpus, load
from vidensplatform.search.analysis import analyzer
from vidensplatform.search.engines import choose
from vidensplatform.search.index import IndexState, LawIndex
from vidensplatform.settings import Home, corpus_dir
from vidensplatform.store.library import Library
from vidensplatform.store.relating import Unresolved
from vidensplatform.store.sources import SourceState

__all__ = [
    "HarvestReport",
    "ImportReport",
    "OnProgress",
    "Plan",
    "Progress",
    "Report",
    "after_storing",
    "faults_of_settings",
    "harvest",
    "import_paths",
    "plan_harvest",
    "unresolved_json",
    "update_index",
]
"""What others of the program use; with ``Plan`` and ``Report`` of the indexers, which nothing else here imports."""

_DUE = 0.9
"""The share of a source's interval after which a planned run counts it as due: a run that began a little late must not skip the next day."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an update is: the step, how many documents or provisions are done, and the one at hand.

    A harvest also says of how many (``total``), how many seconds are left by its own estimate, and which source it is at.
    """

    step: str
    done: int
    at: str = ""
    total: int = 0
    seconds_left: float | None = None
    source: str = ""


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, as ``vidensplatform import --json`` prints it."""

    read: int
    new: int
    changed: int
    unchanged: int
    failed: tuple[Failure, ...]
    skipped: int
    provisions: int
    seconds: float
    index: IndexState
    unresolved: tuple[Unresolved, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The report as the contract has it."""
        return {
            "read": self.read,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "failed": [{"file": f.file, "reason": f.reason} for f in self.failed],
            "skipped": self.skipped,
            "provisions": self.provisions,
            "seconds": round(self.seconds, 2),
            "unresolved": unresolved_json(self.unresolved),
        }


@dataclass(frozen=True, slots=True)
class HarvestReport:
    """What a harvest did, source by source. ``titles`` are those of the documents named; ``index`` is None where it was stopped before that."""

    sources: tuple[Report, ...]
    states: tuple[SourceState, ...]
    titles: dict[str, str]
    unresolved: tuple[Unresolved, ...]
    provisions: int
    seconds: float
    index: IndexState | None
    stopped: bool

    @property
    def downloads(self) -> int:
        """Whole documents that were loaded; answers of "unchanged" do not count."""
        return sum(report.downloads for report in self.sources)

    @property
    def damaged(self) -> bool:
        """Whether a document could not be read."""
        return any(report.failed for report in self.sources)

    @property
    def unread(self) -> tuple[Report, ...]:
        """The sources that were not read to the end."""
        return tuple(report for report in self.sources if report.stopped_by)


def unresolved_json(found: Sequence[Unresolved]) -> list[dict[str, Any]]:
    """What is referred to and not there, as the reports have it."""
    return [{"words": u.words, "kind": u.kind, "count": u.count} for u in found]


def after_storing(library: Library, corpus: Corpus, on_progress: OnProgress | None = None) -> None:
    """What is worked out from the stored texts each time something new is in, before the index is brought up to date.

    The place for further steps: both ways in come through here.
    """
    library.relate_anew()

    def tell(done: int, at: str) -> None:
        if on_progress is not None:
            on_progress(Progress("sammenligner", done, at))

    build_changes(library, corpus, tell)


def import_paths(
    paths: Sequence[Path], home: Home, *, engine: str = "auto", corpus: Corpus | None = None, on_progress: OnProgress | None = None
) -> ImportReport:
    """Import files, folders and archives into the library of ``home``, then bring the index up to date.

    Unreadable files are reported and kept; everything else is stored. Raises only errors of the environment.
    """
    began = time.perf_counter()
    choose(engine)  # a wrong name is told before anything is stored
    home.ensure()
    cards = corpus or load(corpus_dir(), home.cache)
    skipped = 0

    def skip(_name: str) -> None:
        nonlocal skipped
        skipped += 1

    def tell(tally: Tally, name: str) -> None:
        if on_progress is not None:
            on_progress(Progress("læser", tally.read + len(tally.failed), name))

    with Library.open(home.database) as library:
        library.demand_whole()
        tally = Pipeline(library, cards.registry).run(read_paths(paths, on_skip=skip), tell)
        after_storing(library, cards, on_progress)
        unresolved = tuple(library.unresolved())
        state = update_index(home, library, cards, engine=engine, on_progress=on_progress)
    return ImportReport(
        tally.read,
        tally.new,
        tally.changed,
        tally.unchanged,
        tuple(tally.failed),
        skipped,
        tally.provisions,
        time.perf_counter() - began,
        state,
        unresolved,
    )


def harvest(
    home: Home,
    names: Sequence[str] = (),
    *,
    base_url: str | None = None,
    full: bool = False,
    due_only: bool = False,
    engine: str = "auto",
    corpus: Corpus | None = None,
    on_progress: OnProgress | None = None,
    stop: Callable[[], bool] = lambda: False,
    clock: Clock | None = None,
) -> HarvestReport:
    """Fetch what is new or changed at the sources (all that are enabled, or those in ``names``) into the library of ``home``, then index it.

    What was stored stays whatever happens; what is left is done by the next call. ``full`` looks at everything again, not only at what changed since
    the last time; ``due_only`` leaves out sources that were read less than their ``every_hours`` ago. ``stop`` is asked before every call to a
    source. ``base_url`` sends every call to a server there, for rehearsals.

    Raises :class:`QueryError` for an unknown source, :class:`CardError` for a fault in ``sources.toml``, and errors of the environment.
    """
    began = time.perf_counter()
    choose(engine)
    time_of = clock or SystemClock()
    reports: list[Report] = []
    home.ensure()
    cards = corpus or load(corpus_dir(), home.cache)
    settings = load_sources(own_or_given(home.folder, corpus_dir()))
    with (
        opened(home.harvest, settings, cards.registry, names, time_of, base_url=base_url, stop=stop) as run,
        Library.open(home.database) as library,
    ):
        library.demand_whole()
        shelf = Shelf(library, cards.registry)
        for source in run.sources:
            if due_only and not _is_due(library, source.name, settings, time_of):
                continue
            if stop():
                break
            reports.append(_harvest_one(source, run, shelf, library, time_of, on_progress, full=full))
        stopped = stop()
        state = None
        if reports:
            after_storing(library, cards, on_progress)
        if not stopped:
            state = update_index(home, library, cards, engine=engine, on_progress=on_progress)
        named = {i for r in reports for i in (*r.new, *r.changed, *r.removed, *(f for f, _ in r.failed))}
        return HarvestReport(
            tuple(reports),
            tuple(library.source_states()),
            library.titles(named),
            tuple(library.unresolved()),
            shelf.provisions,
            time.perf_counter() - began,
            state,
            stopped,
        )


def plan_harvest(
    home: Home,
    names: Sequence[str] = (),
    *,
    base_url: str | None = None,
    full: bool = False,
    corpus: Corpus | None = None,
    stop: Callable[[], bool] = lambda: False,
    clock: Clock | None = None,
) -> dict[str, Plan | str]:
    """What :func:`harvest` would fetch, by source; for a source that cannot be listed, why. Nothing is stored. Raises as :func:`harvest`."""
    time_of = clock or SystemClock()
    found: dict[str, Plan | str] = {}
    home.ensure()
    cards = corpus or load(corpus_dir(), home.cache)
    settings = load_sources(own_or_given(home.folder, corpus_dir()))
    with opened(home.harvest, settings, cards.registry, names, time_of, base_url=base_url, stop=stop) as run:
        for source in run.sources:
            try:
                found[source.name] = rehearse(source, run.fetcher, run.journal, time_of, anew=full)
            except (FetchError, DamagedDocument) as error:
                found[source.name] = error.message
    return found


def _harvest_one(source: Source, run: Opened, shelf: Shelf, library: Library, clock: Clock, on_progress: OnProgress | None, *, full: bool) -> Report:
    """Read one source, and keep in the library how far it is read."""

    def tell(step: Step) -> None:
        if on_progress is not None:
            on_progress(Progress("henter", step.done, step.at, step.planned, step.seconds_left, source.title))

    if on_progress is not None:
        on_progress(Progress("spørger", 0, source.title, source=source.title))
    began = clock.now()
    report = whole_harvest(source, run.fetcher, run.journal, shelf, clock, tell, anew=full)
    fresh = run.journal.freshness(source.name)
    library.put_source_state(
        SourceState(
            source.name,
            fresh.covers,
            began,
            fresh.last_ended,
            fresh.last_failure,
            fresh.last_failure_at,
            fresh.unfinished,
            fresh.failing,
            fresh.notes,
        )
    )
    return report


def faults_of_settings(folder: Path) -> tuple[CardError, ...]:
    """What is wrong with the settings of the harvest in a corpus folder, where it has any."""
    if (folder / FILE).is_file():
        try:
            load_sources(folder)
        except CardError as error:
            return (error,)
    return ()


def _is_due(library: Library, name: str, settings: SourcesFile, clock: Clock) -> bool:
    state = next(state for state in library.source_states() if state.name == name)
    if state.last_run is None or state.last_success is None or state.left_over:
        return True
    return (clock.now() - state.last_run).total_seconds() >= settings.sources[name].every_hours * 3600 * _DUE


def update_index(
    home: Home, library: Library, corpus: Corpus, *, engine: str = "auto", force: bool = False, on_progress: OnProgress | None = None
) -> IndexState:
    """Bring the full-text index of ``home`` up to date with its library; ``force`` builds it anew."""
    name = choose(engine)
    index = LawIndex(home.index / name, name, analyzer(home.cache), corpus.registry)

    def tell(done: int, _step: str) -> None:
        if on_progress is not None:
            on_progress(Progress("indekserer", done))

    try:
        return index.bring_up_to_date(library, tell, force=force)
    finally:
        index.close()
