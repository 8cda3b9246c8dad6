"""The one way new material comes in: import -> store -> index, with progress events. (Harvesting joins here.)"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexers.folder import Failure, read_paths
from indexers.pipeline import Pipeline, Tally
from vidensplatform.knowledge.loading import Corpus, load
from vidensplatform.search.analysis import analyzer
from vidensplatform.search.engine import choose
from vidensplatform.search.index import IndexState, LawIndex
from vidensplatform.settings import Home, corpus_dir
from vidensplatform.store.library import Library


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an update is: the step, how many documents or provisions are done, and the one at hand."""

    step: str
    done: int
    at: str = ""


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
        }


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
    )


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
