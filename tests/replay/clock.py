"""A clock that only moves when it is told to, or when somebody sleeps on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class StandingClock:
    """The time is ``at`` (UTC) until somebody sleeps. ``slept`` is how long each sleep was."""

    def __init__(self, at: datetime = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)) -> None:
        self.at = at
        self.slept: list[float] = []
        self._seconds = 1000.0

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self._seconds

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.slept.append(seconds)
        self.forward(seconds)

    def forward(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self._seconds += seconds

    @property
    def total(self) -> float:
        return sum(self.slept)
