"""Index build: the product's whole way from SQLite in a process of its own, and the engines alone over documents analysed before."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from engines import Measured
from machine import xapian_version
from material import folder_bytes, holdings
from report import Aim, Section
from timing import Spread, run_program

from vidensplatform.search.engines import names
from vidensplatform.settings import Home

_RUNS = {"tantivy": 3}


def measure(home: Home, engines: Sequence[Measured]) -> Section:
    """Rebuild with each engine of the product, and show the builds that ``engines`` measured of themselves."""
    section = Section("2. Index build")
    units = holdings(home.database).units
    rows = []
    for name in names():
        runs = [_rebuild(home, name) for _ in range(_RUNS.get(name, 1))]
        spread, cpu = Spread.of([run[0] for run in runs]), Spread.of([run[1] for run in runs])
        size = folder_bytes(home.index / name)
        rows.append(
            (name, f"{spread.p50:.1f}", f"{cpu.p50:.1f}", f"{spread.worst:.1f}", spread.number, f"{units / spread.p50:,.0f}", f"{size / 1e6:.0f}")
        )
        if name == "tantivy":
            section.aims.append(Aim("index build (tantivy, from SQLite, fresh process)", spread.p50, 40, "s"))
    section.say(
        f"`vidensplatform index --rebuild`, fresh process: start, reading {units:,} units from SQLite, analysing every word, "
        "engine, vocabulary, checksums."
    )
    section.table(("the product's whole build", "seconds (median)", "CPU", "worst", "runs", "provisions/s", "MB on disk"), rows)
    base = engines[0].build_seconds
    section.say("The engine alone, over the same keys analysed before and held in memory (FTS5 with its `optimize`, tantivy with its merges):")
    alone = [(e.name, f"{e.build_seconds:.1f}", f"{e.build_cpu:.1f}", f"{e.build_seconds / base:.1f} ×", f"{e.size / 1e6:.0f}") for e in engines]
    if not xapian_version():
        alone.append(("Xapian", "not here", "", "", ""))
    section.table(("engine alone", "seconds", "CPU", f"to {engines[0].name}", "MB on disk"), alone)
    return section


def _rebuild(home: Home, name: str) -> tuple[float, float]:
    command = [sys.executable, "-m", "vidensplatform", "index", "--rebuild", "--json", "--engine", name, "--home", str(home.folder)]
    seconds, cpu, output = run_program(command)
    if json.loads(output)["action"] != "built":
        raise RuntimeError(f"{name} was not built: {output}")
    return seconds, cpu
