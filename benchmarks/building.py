"""Index build: the product's whole way from SQLite in a process of its own, and the engines alone over documents analysed before."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence

from engines import Measured
from machine import xapian_version
from material import folder_bytes, holdings
from report import Aim, Section
from timing import Spread

from vidensplatform.search.engine import names
from vidensplatform.settings import Home

_RUNS = {"tantivy": 3}


def measure(home: Home, engines: Sequence[Measured]) -> Section:
    """Rebuild with each engine of the product, and show the builds that ``engines`` measured of themselves."""
    section = Section("2. Index build")
    units = holdings(home.database).units
    rows = []
    for name in names():
        spread = Spread.of([_rebuild(home, name) for _ in range(_RUNS.get(name, 1))])
        size = folder_bytes(home.index / name)
        rows.append((name, f"{spread.p50:.1f}", f"{spread.worst:.1f}", spread.number, f"{units / spread.p50:,.0f}", f"{size / 1e6:.0f}"))
        if name == "tantivy":
            section.aims.append(Aim("index build (tantivy, from SQLite, fresh process)", spread.p50, 40, "s"))
    section.say(
        f"`vidensplatform index --rebuild`, fresh process: start, reading {units:,} units from SQLite, analysing every word, "
        "engine, vocabulary, checksums."
    )
    section.table(("the product's whole build", "seconds (median)", "worst", "runs", "provisions/s", "MB on disk"), rows)
    base = engines[0].build_seconds
    section.say("The engine alone, over the same keys analysed before and held in memory (FTS5 with its `optimize`, tantivy with its merges):")
    alone = [(e.name, f"{e.build_seconds:.1f}", f"{e.build_seconds / base:.1f} ×", f"{e.size / 1e6:.0f}") for e in engines]
    if not xapian_version():
        alone.append(("Xapian", "not here", "", ""))
    section.table(("engine alone", "seconds", f"to {engines[0].name}", "MB on disk"), alone)
    return section


def _rebuild(home: Home, name: str) -> float:
    command = [sys.executable, "-m", "vidensplatform", "index", "--rebuild", "--json", "--engine", name, "--home", str(home.folder)]
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - began
    if json.loads(done.stdout)["action"] != "built":
        raise RuntimeError(f"{name} was not built: {done.stdout}")
    return seconds
