"""Measures Vidensplatform on real law: ``python benchmarks/run.py``. See README.md beside this file."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import answering
import building
import changing
import feed
import importing
import machine
import queries
import searching
import starting
from engines import Measured, build_all
from material import DEFAULT, PROJECT, holdings, sources
from report import Aim, Section

from vidensplatform.knowledge.loading import load
from vidensplatform.search.analysis import analyzer
from vidensplatform.search.engine import IndexDocument
from vidensplatform.search.index import DocumentMaker
from vidensplatform.settings import Home, corpus_dir
from vidensplatform.store.library import Library
from vidensplatform.update import import_paths

AIMED_AT = 85_000
"""The number of provisions that the aims speak of."""
SUBJECTS = ("import", "build", "search", "answer", "change", "start", "changes")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Vidensplatform on real law.")
    parser.add_argument("--material", type=Path, default=DEFAULT, help="folder with the archive, current/ and chains/; or any archive of LexDania")
    parser.add_argument("--small", action="store_true", help="only current/, for trying the benchmark itself")
    parser.add_argument("--home", type=Path, help="keep the library here; one that is there already is used, and import is not measured")
    parser.add_argument("--rounds", type=int, default=7, help="how often each question is asked (default 7)")
    parser.add_argument("--only", nargs="+", choices=SUBJECTS, default=SUBJECTS, help="measure only these subjects")
    parser.add_argument("--wait", type=float, default=0, metavar="MINUTES", help="wait so long for a load below 0.7")
    parser.add_argument("--out", type=Path, help="where the results are written (default: RESULTS.md here; with --small or --only nowhere)")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    found = sources(options.material, small=options.small)
    if not found:
        print(f"There is no material in {options.material}; nothing is measured. Name a folder or archive of LexDania with --material.")
        return 1
    wait_for_quiet(options.wait)
    with tempfile.TemporaryDirectory(prefix="vidensplatform-benchmark-") as temporary:
        folder = Path(temporary)
        home = Home(options.home.absolute() if options.home else folder / "home").ensure()
        whole = tuple(options.only) == SUBJECTS and not options.small
        out = options.out or (PROJECT / "benchmarks" / "RESULTS.md" if whole else None)
        sections = list(measure(found, home, folder, options))
        text = results(sections, home)
    if out is not None:
        out.write_text(text, encoding="utf-8")
        print(f"\nWritten to {out}")
    return 0


def wait_for_quiet(minutes: float) -> None:
    until = time.monotonic() + minutes * 60
    while os.getloadavg()[0] > 0.7 and time.monotonic() < until:
        time.sleep(5)


def measure(found: list[Path], home: Home, folder: Path, options: argparse.Namespace) -> list[Section]:
    """All subjects that were asked for, each told as soon as it is done."""
    sections: list[Section] = []

    def do(name: str, subject: Callable[[], Section]) -> None:
        if name not in options.only:
            return
        others, began = machine.Others(), time.perf_counter()
        section = subject()
        section.say(f"(This part took {time.perf_counter() - began:.0f} s; other programs used {others.share:.0%} of the cores meanwhile.)")
        sections.append(section)
        print(f"\n{section.markdown}", flush=True)

    if not home.database.exists():
        do("import", lambda: importing.measure(found, home))
    if not home.database.exists():
        import_paths(found, home)
    documents, frequencies = analysed(home)
    asked = queries.make(documents, frequencies, load(corpus_dir(), home.cache).cards.situations, analyzer(home.cache))
    engines: list[Measured] = build_all(folder / "engines", documents) if {"build", "search"} & set(options.only) else []
    documents.clear()
    try:
        do("build", lambda: building.measure(home, engines))
        do("search", lambda: searching.measure(engines, asked.by_kind, options.rounds))
    finally:
        for engine in engines:
            engine.close()
    do("answer", lambda: answering.measure(home, asked, options.rounds))
    do("change", lambda: changing.measure(home, folder))
    do("start", lambda: starting.measure(home, folder))
    do("changes", lambda: feed.measure(options.material / "chains", folder))
    return sections


def analysed(home: Home) -> tuple[list[IndexDocument], dict[str, int]]:
    """Every unit of the library as the engines get it, and the words with the number of units that hold them."""
    maker = DocumentMaker(analyzer(home.cache), load(corpus_dir(), home.cache).registry)
    with Library.open(home.database, read_only=True) as library:
        documents = [maker(unit) for unit in library.units()]
    return documents, dict(maker.frequencies)


def results(sections: list[Section], home: Home) -> str:
    """The page."""
    held = holdings(home.database)
    page = Section("Aims")
    aims: list[Aim] = [aim for section in sections for aim in section.aims]
    fewer = f"fewer than the {AIMED_AT:,} the aims speak of" if held.units < AIMED_AT else f"the aims speak of {AIMED_AT:,}"
    page.say(f"On a library of **{held.units:,} provisions** ({fewer}), {os.cpu_count()} cores.")
    page.table(("what", "aim", "measured", "verdict"), [aim.row for aim in aims])
    facts = Section("Machine")
    facts.table(("what", "value"), machine.facts())
    head = (
        "# Results\n\nWritten by `benchmarks/run.py`; every figure is measured. Repeat it with\n\n"
        f"    {Path(sys.executable).name} benchmarks/{' '.join([Path(sys.argv[0]).name, *sys.argv[1:]])}\n\n"
        f"Measured on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC."
    )
    return "\n\n".join([head, page.markdown, facts.markdown, *(section.markdown for section in sections)]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
