"""Changes: every pair of texts of the six chains compared, and a page of the feed with 50,000 invented changes in the library.

By itself: ``python benchmarks/feed.py [MATERIAL]``.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from material import DEFAULT
from report import Aim, Section
from timing import Spread, ms, timed, timed_cpu

from indexers.folder import read_paths
from indexers.pipeline import Pipeline
from indexers.retsinformation.lexdania import parse
from vidensplatform.changes.building import bring_up_to_date
from vidensplatform.changes.facade import Changes
from vidensplatform.changes.records import ChangeFilter, FollowKind
from vidensplatform.knowledge.loading import Corpus, load
from vidensplatform.law.chain import chain
from vidensplatform.law.diff import Change, ChangeKind, compare
from vidensplatform.law.sectiontext import sections_of
from vidensplatform.law.worddiff import word_diff
from vidensplatform.settings import Home, corpus_dir
from vidensplatform.store.change_writing import ChangeWriting
from vidensplatform.store.changes import ChangeReading, Dated, NewChange, PairKey
from vidensplatform.store.library import Library

ACTS = 100
VERSIONS = 50
EACH = 10
_ROUNDS = 15
_KINDS = (ChangeKind.AMENDED, ChangeKind.AMENDED, ChangeKind.ADDED, ChangeKind.EDITORIAL, ChangeKind.MOVED)


def measure(chains: Path, folder: Path) -> Section:
    """Both subjects; the chains are left out where they are not there."""
    section = Section("7. Changes")
    corpus = load(corpus_dir())
    if chains.is_dir():
        _chains(section, chains, folder, corpus)
    _feed(section, Home(folder / "many").ensure(), corpus)
    return section


def _chains(section: Section, chains: Path, folder: Path, corpus: Corpus) -> None:
    read = []
    for act in sorted(chains.iterdir()):
        versions = chain(parse(file.read_bytes(), file.name) for file in act.rglob("*.xml")).versions
        read.append([sections_of(version) for version in versions])
    pairs = [pair for texts in read for pair in combinations(texts, 2)]
    seconds, cpu, _ = timed_cpu(lambda: [compare(old, new) for old, new in pairs])
    section.aims.append(Aim(f"all {len(pairs)} pairs of versions of the six chains compared", cpu, 60, "s"))
    with Library.open((Home(folder / "chains").ensure()).database) as library:
        Pipeline(library, corpus.registry).run(read_paths([chains]))
        built, built_cpu, report = timed_cpu(lambda: bring_up_to_date(library, corpus))
        again, _ = timed(lambda: bring_up_to_date(library, corpus))
        changes = ChangeReading(library).count()
    section.table(
        ("the six chains", "seconds", "processor time"),
        [
            (f"all {len(pairs)} pairs compared", f"{seconds:.1f}", f"{cpu:.1f}"),
            (f"built into the library: {report.texts} texts read, {report.pairs} pairs, {changes} changes", f"{built:.1f}", f"{built_cpu:.1f}"),
            ("built again (nothing new)", f"{again:.3f}", ""),
        ],
    )


def fill(home: Home) -> int:
    """A library with as many invented changes; how many."""
    old = " ".join(f"Bænk {n} stilles til rådighed for den, der har brug for den." for n in range(12))
    with Library.open(home.database) as library:
        tables = ChangeWriting(library)
        for number in range(ACTS):
            work = "serviceloven" if number == 0 else "aktivloven" if number == 1 else f"lov-om-baenke-{number}"
            new = []
            for version in range(VERSIONS):
                pair = PairKey(f"lta/{1980 + version}/{number}", "a", f"lta/{1981 + version}/{number}", "b")
                day = date(1981 + version, 1, 1) + timedelta(days=number)
                new.append((pair, "benchmark", [_change(work, pair, day, n, old) for n in range(EACH)]))
            tables.put_work(work, (), new)
        return tables.count()


def _change(work: str, pair: PairKey, day: date, number: int, old: str) -> NewChange:
    text = old.replace("rådighed", f"rådighed nummer {number}")
    kind = _KINDS[number % len(_KINDS)]
    section = str(100 + number)
    change = Change(kind=kind, section=section, old_text=old, new_text=text, diff=word_diff(old, text), moved_to=("1",) if kind == "moved" else ())
    return NewChange(f"{work}/{section}@{pair.newer}:{kind}", change, Dated(day, None, "Datoen kan ikke læses.", "[]"), "»rådighed« → »nummer«")


def _feed(section: Section, home: Home, corpus: Corpus) -> None:
    number = fill(home)
    with Library.open(home.database, read_only=True) as library:

        def opened() -> Changes:
            return Changes(home, corpus, library, library.text_sha256, lambda _: (), threading.RLock())

        def first() -> None:
            fresh = opened()
            fresh.feed()
            fresh.count()
            fresh.close()

        changes = opened()
        changes.mark_all_read(ChangeFilter(until=date(2010, 1, 1)))
        for key in ("serviceloven", "aktivloven"):
            changes.follow(FollowKind.ACT, key)
        changes.follow(FollowKind.AREA, "bolig")
        deep = _deep(changes)
        one = changes.feed().rows[0].id
        asked: dict[str, Callable[[], Any]] = {
            "**opened anew: first page and the count**": first,
            "first page of 100": lambda: changes.feed(),
            "the hundredth page": lambda: changes.feed(after=deep),
            "one act": lambda: changes.feed(ChangeFilter(laws=frozenset({"lov-om-baenke-50"}))),
            "one section": lambda: changes.feed(ChangeFilter(laws=frozenset({"serviceloven"}), section="105")),
            "by act": lambda: changes.feed(ChangeFilter(by_act=True)),
            "an area": lambda: changes.feed(ChangeFilter(areas=frozenset({"bolig"}))),
            "followed only": lambda: changes.feed(ChangeFilter(followed_only=True)),
            "unread and substantive only": lambda: changes.feed(ChangeFilter(unread_only=True, substantive_only=True)),
            "count of all": lambda: changes.count(),
            "unread of what is followed": lambda: changes.unread_count(),
            "one change with its words": lambda: changes.change(one),
        }
        spreads = {name: Spread.of([timed(work)[0] for _ in range(_ROUNDS)]) for name, work in asked.items()}
        changes.close()
    section.say(f"A library of **{number:,} changes** of {ACTS} acts, {_ROUNDS} times each, ms:")
    section.table(("asked", "median", "worst"), [(name, ms(s.p50), ms(s.worst)) for name, s in spreads.items()])
    section.aims.append(
        Aim(f"feed page opened with {number:,} changes, worst", spreads["**opened anew: first page and the count**"].worst * 1000, 200, "ms")
    )


def _deep(changes: Changes) -> str | None:
    after = None
    for _ in range(99):
        after = changes.feed(after=after).next
    return after


if __name__ == "__main__":
    material = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    with tempfile.TemporaryDirectory(prefix="vidensplatform-benchmark-") as temporary:
        measured = measure(material / "chains", Path(temporary))
    print(measured.markdown)
    for aim in measured.aims:
        print(" | ".join(aim.row))
