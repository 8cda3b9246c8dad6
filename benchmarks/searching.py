"""The engines side by side on the same questions: warm, interleaved, the median of several rounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from engines import LIMIT, Measured
from queries import Query
from report import Section
from timing import Spread, ms

_SLOW = 0.2
"""An engine whose median question takes longer than this (seconds) is asked in fewer rounds."""


def measure(engines: Sequence[Measured], queries: dict[str, tuple[Query, ...]], rounds: int) -> Section:
    """Every engine answers every question, one after the other, in turns."""
    section = Section("3. Search: the engines side by side")
    section.say(
        "Only the engine: the tree that the product makes of the question (without what the cards add), today's texts only, the best "
        f"{LIMIT}. Each question is asked in {rounds} rounds ({_fewer(rounds)} where an engine's median is above {_SLOW * 1000:.0f} ms) in "
        "turns, and its median counts; p50, p95 and worst are over the questions. Milliseconds."
    )
    for kind, asked in queries.items():
        seconds, agreed, few = _ask(engines, asked, rounds)
        spreads = {engine.name: Spread.of(seconds[engine.name]) for engine in engines}
        base = spreads[engines[0].name]
        section.table(
            (f"{kind}, {len(asked)} questions", "p50", "p95", "worst", "p50 to tantivy", "p95 to tantivy"),
            [(name, ms(s.p50), ms(s.p95), ms(s.worst), f"{s.p50 / base.p50:.1f} ×", f"{s.p95 / base.p95:.1f} ×") for name, s in spreads.items()],
        )
        if few:
            section.say(f"All engines found the same provisions for {agreed} of the {few} questions with fewer than {LIMIT} hits.")
    return section


def _fewer(rounds: int) -> int:
    return min(rounds, 3)


def _ask(engines: Sequence[Measured], queries: Sequence[Query], rounds: int) -> tuple[dict[str, list[float]], int, int]:
    """(median seconds of each question by engine, how many were answered alike, of how many that had fewer hits than the limit)."""
    times: dict[str, list[list[float]]] = {engine.name: [[] for _ in queries] for engine in engines}
    found: dict[int, dict[str, set[int]]] = defaultdict(dict)
    slow: set[str] = set()
    for turn in range(rounds):
        for number, query in enumerate(queries):
            for step in range(len(engines)):
                engine = engines[(turn + number + step) % len(engines)]
                if engine.name in slow and turn >= _fewer(rounds):
                    continue
                seconds, keys = engine.ask(query.node)
                times[engine.name][number].append(seconds)
                found[number][engine.name] = set(keys)
        slow = {name for name, lists in times.items() if median(median(one) for one in lists) > _SLOW}
    answers = [list(by_engine.values()) for by_engine in found.values() if all(len(keys) < LIMIT for keys in by_engine.values())]
    agreed = sum(all(keys == one[0] for keys in one) for one in answers)
    return {name: [median(one) for one in lists] for name, lists in times.items()}, agreed, len(answers)
