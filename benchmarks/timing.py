"""Clocks and what is said of many measurements: the middle one, the 95th percentile, the worst."""

from __future__ import annotations

import math
import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds: median, 95th percentile (nearest rank), worst, and of how many."""

    p50: float
    p95: float
    worst: float
    number: int

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Spread:
        ordered = sorted(seconds)
        return cls(median(ordered), ordered[math.ceil(0.95 * len(ordered)) - 1], ordered[-1], len(ordered))


def ms(seconds: float) -> str:
    """Seconds as milliseconds, with as many decimals as mean something."""
    value = seconds * 1000
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def timed_cpu(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """(seconds, seconds of processor time of this process, result) of one call: on a busy machine the two differ."""
    cpu = time.process_time()
    seconds, result = timed(work)
    return seconds, time.process_time() - cpu, result


def run_program(command: Sequence[str], environment: dict[str, str] | None = None) -> tuple[float, float, str]:
    """(seconds, seconds of processor time, output) of a program in a process of its own. Raises where it fails."""
    before, began = os.times(), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    seconds, after = time.perf_counter() - began, os.times()
    return seconds, sum(after[2:4]) - sum(before[2:4]), done.stdout


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """(seconds, result) of one call."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


class Steps:
    """How long each named step took by itself: time inside an inner step is not counted to the outer one."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._open: list[str] = []
        self._at = 0.0

    def _turn(self) -> None:
        now = time.perf_counter()
        if self._open:
            self.seconds[self._open[-1]] += now - self._at
        self._at = now

    def enter(self, name: str) -> None:
        self._turn()
        self._open.append(name)

    def leave(self) -> None:
        self._turn()
        self._open.pop()

    def function(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """``work``, timed as that step."""

        def run(*args: Any, **options: Any) -> Any:
            self.enter(name)
            try:
                return work(*args, **options)
            finally:
                self.leave()

        return run

    def generator(self, name: str, work: Callable[..., Any]) -> Callable[..., Iterator[Any]]:
        """A function that gives an iterator, timed only while it makes the next thing."""

        def run(*args: Any, **options: Any) -> Iterator[Any]:
            self.enter(name)
            try:
                items = iter(work(*args, **options))
            finally:
                self.leave()
            while True:
                self.enter(name)
                try:
                    item = next(items)
                except StopIteration:
                    return
                finally:
                    self.leave()
                yield item

        return run
