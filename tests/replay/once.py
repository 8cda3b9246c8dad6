"""One harvest of the rehearsal into a folder: ``python -m replay.once FOLDER URL``. A process of its own, so that it can be killed."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from indexers.fetch import Fetcher, open_session
from indexers.harvest import harvest
from indexers.journal import Journal
from indexers.retsinformation.plan import Wanted
from indexers.retsinformation.source import Retsinformation
from indexers.shelf import Shelf
from indexers.snapshots import Snapshots
from replay.clock import StandingClock
from vidensplatform.law.registry import Act, Registry
from vidensplatform.store.library import Library

REGISTRY = Registry.of(
    [
        Act("proevebaenkeloven", "prøvebænkeloven", "lov om prøvebænke", "lta/2030/41"),
        Act("paraplyloven", "paraplyloven", "lov om udlån af paraplyer", "lta/2030/42"),
        Act("nattelampeloven", "nattelampeloven", "lov om nattelamper", "lta/2030/43"),
    ]
)


class Brisk(StandingClock):
    """Waits a hundredth of what is asked, so that a kill may come at any step and no test takes long."""

    def sleep(self, seconds: float) -> None:
        time.sleep(min(seconds, 1.0) / 50)
        super().sleep(seconds)


def main(folder: Path, url: str) -> None:
    folder.mkdir(exist_ok=True)
    clock = Brisk(datetime(2026, 3, 10, 11, 0, tzinfo=UTC))
    with (
        open_session("Vidensplatform/0.0") as session,
        Snapshots.open(folder / "raw") as snapshots,
        Journal.open(folder / "journal.sqlite") as journal,
        Library.open(folder / "library.sqlite") as library,
    ):
        session.trust_env = False
        fetcher = Fetcher(session, snapshots, clock=clock, base_url=url)
        report = harvest(Retsinformation(Wanted(REGISTRY), cross_check=0), fetcher, journal, Shelf(library, REGISTRY), clock)
        library.relate_anew()
    if report.left or report.stopped_by or report.failed:
        sys.exit(f"{report}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
