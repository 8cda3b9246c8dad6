"""Where the time goes inside the product: ``python benchmarks/hotspots.py import|build|answer|suggest|change|start [--home DIR]``.

Profiles one subject with cProfile and prints the dearest functions, by themselves and with all they call.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from changing import ACT, changed_copy, shown_xml
from material import DEFAULT, sources
from queries import situation

from vidensplatform.search.analysis import analyzer
from vidensplatform.search.answering import Question
from vidensplatform.settings import Home
from vidensplatform.update import import_paths
from vidensplatform.workbench import Workbench


def main() -> int:
    parser = argparse.ArgumentParser(description="Profile one subject.")
    parser.add_argument("subject", choices=("import", "build", "answer", "suggest", "change", "start"))
    parser.add_argument("--material", type=Path, default=DEFAULT)
    parser.add_argument("--home", type=Path, help="a library that is there (not needed for import; it is not changed)")
    parser.add_argument("--lines", type=int, default=30)
    options = parser.parse_args()
    if options.subject != "import" and not (options.home and Home(options.home).database.exists()):
        print("Name a library with --home (run.py --home DIR makes one).")
        return 1
    with tempfile.TemporaryDirectory(prefix="vidensplatform-hotspots-") as temporary:
        folder = Path(temporary)
        if options.home:
            shutil.copytree(options.home, folder / "home")
        work = subject(options.subject, Home(folder / "home").ensure(), folder, options.material)
        profile = cProfile.Profile()
        profile.runcall(work)
    for order in ("tottime", "cumtime"):
        pstats.Stats(profile, stream=sys.stdout).strip_dirs().sort_stats(order).print_stats(options.lines)
    return 0


def subject(name: str, home: Home, folder: Path, material: Path) -> Callable[[], object]:
    """What to run under the profiler; what comes before it is not counted."""
    if name == "import":
        return lambda: import_paths(sources(material, small=True), home)
    if name == "start":
        return lambda: Workbench.open(home).search(Question("mand sover i bil, lige løsladt, drikker, ingen penge"))
    if name == "change":
        _, file = changed_copy(shown_xml(home.database, ACT), folder, 1)
        return lambda: import_paths([file], home)
    bench = Workbench.open(home)
    chance = random.Random(1)
    if name == "build":
        analyzer.cache_clear()
        return lambda: bench.bring_index_up_to_date(force=True)
    if name == "suggest":
        return lambda: [bench.suggest(letter) for letter in "abcdefghijklmnopqrstuvæøå" * 20]
    texts = [situation(bench.corpus.cards.situations, bench.analyzer, chance) for _ in range(60)]
    for text in texts:
        bench.search(Question(text))
    return lambda: [bench.search(Question(text)) for text in texts for _ in range(3)]


if __name__ == "__main__":
    sys.exit(main())
