"""How long the page Ændringer takes to open in a library with very many changes: ``python benchmarks/opening_changes.py [--changes 50000]``.

Real law holds some thousand changes, so the acts are invented: two texts each of as many registered acts as it takes, with other words in every
section. They go through the product's own import and comparison. Then the window is opened, offscreen, and the page is turned to with a key. Measured
is the time from the key to the painted list with its first changes in it; each time in a fresh window, so that nothing is warm but the files.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from PySide6.QtWidgets import QApplication
from small import act, section
from timing import Spread, ms

from vidensplatform.desktop.application import make_application
from vidensplatform.desktop.main_window import MainWindow
from vidensplatform.knowledge.loading import load
from vidensplatform.settings import Home, corpus_dir
from vidensplatform.update import import_paths
from vidensplatform.workbench import Workbench

_SECTIONS = 2_000
_PATIENCE = 60.0


def write_acts(folder: Path, changes: int) -> None:
    """Two texts each of invented acts under registered titles."""
    acts = list(load(corpus_dir()).registry.acts.values())
    for place in range(-(-changes // _SECTIONS)):
        for year, words in ((2022, "en bænk"), (2025, "et herberg")):
            sections = (
                section(str(n), f"Byrådet stiller {words} nummer {n} i række {place} til rådighed for den, der ikke har noget sted at sove.")
                for n in range(1, min(_SECTIONS, changes - place * _SECTIONS) + 1)
            )
            title = f"Bekendtgørelse af {acts[place].title}"
            text = act(*sections, title=title, popular=acts[place].name.capitalize(), year=year, number=5000 + place)
            (folder / f"{year}-{place}.xml").write_bytes(text)


def build(home: Home, folder: Path, changes: int) -> int:
    """The library; returns how many changes it holds."""
    write_acts(folder, changes)
    report = import_paths([folder], home)
    if report.failed:
        raise SystemExit(f"Could not be read: {report.failed[:3]}")
    with Workbench.open(home) as bench:
        bench.changes.bring_up_to_date()
        return bench.changes.count().total


def wait(application: QApplication, until: Callable[[], bool]) -> None:
    """Let the window work until that is so."""
    ends = time.perf_counter() + _PATIENCE
    while not until():
        if time.perf_counter() > ends:
            raise SystemExit("The window does not come to rest.")
        application.processEvents()


def open_once(application: QApplication, home: Home) -> tuple[float, float, float]:
    """Seconds from turning to the page until its list is painted: on the clock, and of this program's processor time (on a busy machine the two
    differ); and seconds until everything around the list is there too. In a fresh window."""
    window = MainWindow(home)
    window.show()
    window.session.open()
    wait(application, lambda: window.session.bench is not None)
    wait(application, lambda: not window.session.reading.busy and not window.session.working)
    began, cpu = time.perf_counter(), time.process_time()
    window._turn_to(window.changes)
    wait(application, lambda: window.changes.model.rowCount() > 0)
    window.changes.list.viewport().repaint()
    listed, worked = time.perf_counter() - began, time.process_time() - cpu
    wait(application, lambda: not window.session.reading.busy)
    settled = time.perf_counter() - began
    window.close()
    window.deleteLater()
    return listed, worked, settled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--home", type=Path, help="keep the library here; one that is there already is used")
    options = parser.parse_args()
    application = make_application()
    with tempfile.TemporaryDirectory(prefix="vidensplatform-changes-") as temporary:
        home = Home(options.home.absolute() if options.home else Path(temporary) / "home").ensure()
        if home.database.exists():
            with Workbench.open(home) as bench:
                held = bench.changes.count().total
        else:
            folder = Path(temporary) / "acts"
            folder.mkdir()
            held = build(home, folder, options.changes)
        times = [open_once(application, home) for _ in range(options.rounds)]
    for place, name in enumerate(("list painted", "list painted, processor time", "all around it too")):
        spread = Spread.of([one[place] for one in times])
        print(f"{held} changes, {name}: median {ms(spread.p50)} ms, worst {ms(spread.worst)} ms, {spread.number} windows")


if __name__ == "__main__":
    main()
