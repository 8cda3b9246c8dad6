"""The product's whole way: a question to the workbench, and suggestions at every letter typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from queries import SITUATION_WORDS, Queries
from report import Aim, Section
from timing import Spread, ms, timed_cpu

from vidensplatform.search.answering import Question
from vidensplatform.settings import Home
from vidensplatform.workbench import Workbench

LETTERS = 10


def measure(home: Home, queries: Queries, rounds: int) -> Section:
    """Ask the open workbench, warm."""
    section = Section("4. The whole answer, and suggestions while typing")
    with Workbench.open(home) as bench:
        told = [query.text for query in queries.situations]
        cited = ("SEL § 110", "servicelovens § 85", "§ 112, stk. 1", "retssikkerhedslovens § 5", "aktivlovens § 81")
        kinds: dict[str, Sequence[str]] = {
            f"situation of {SITUATION_WORDS} words": told,
            "short (one or three words)": queries.short,
            "a citation": cited,
        }
        section.say(
            "`Workbench.search` in the open program: recognising, cards, law text, ranking, snippets. "
            f"Engine {bench.engine_name}; {rounds} rounds, the median of each question; milliseconds."
        )
        rows = []
        for kind, texts in kinds.items():
            spread, cpu = _each(lambda text: bench.search(Question(text)), texts, rounds)
            rows.append((f"{kind}, {len(texts)} questions", ms(spread.p50), ms(spread.p95), ms(spread.worst), ms(cpu.p50), ms(cpu.p95)))
            if kind.startswith("situation"):
                section.aims.append(Aim("situation of 20 words, whole answer, p95", spread.p95 * 1000, 50, "ms"))
        section.table(("whole answer", "p50", "p95", "worst", "CPU p50", "CPU p95"), rows)
        typed = {n: sorted({word[:n] for word in queries.typed if len(word) >= n}) for n in range(1, LETTERS + 1)}
        every = [beginning for beginnings in typed.values() for beginning in beginnings]
        spread, _ = _each(bench.suggest, every, rounds)
        section.aims.append(Aim("suggestion while typing, p95", spread.p95 * 1000, 20, "ms"))
        rows = [(f"all, {len(every)} beginnings", ms(spread.p50), ms(spread.p95), ms(spread.worst))]
        for n, beginnings in typed.items():
            one, _ = _each(bench.suggest, beginnings, rounds)
            rows.append((f"{n} letter{'s' if n > 1 else ''}, {len(beginnings)}", ms(one.p50), ms(one.p95), ms(one.worst)))
        section.say(f"`Workbench.suggest` at each letter of words from rare to common; the vocabulary holds {len(bench.index.vocabulary):,} words.")
        section.table(("suggestion", "p50", "p95", "worst"), rows)
    return section


def _each(work: Callable[[str], object], texts: Sequence[str], rounds: int) -> tuple[Spread, Spread]:
    """(seconds, seconds of processor time) over the questions."""
    times: list[list[tuple[float, float]]] = [[] for _ in texts]
    for _ in range(rounds):
        for number, text in enumerate(texts):
            times[number].append(timed_cpu(lambda text=text: work(text))[:2])
    return Spread.of([median(t for t, _ in one) for one in times]), Spread.of([median(c for _, c in one) for one in times])
