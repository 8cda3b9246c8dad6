"""How gently each host is asked: its own pace, its opening hours, and rest when it fails.

Everything here counts on an injected :class:`Clock`, so that tests can put it at 23:50 and never wait.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from indexers.fetch_errors import HostClosed, HostResting

DENMARK: Final = ZoneInfo("Europe/Copenhagen")


class Clock(Protocol):
    """The time of day, a time that never jumps, and waiting."""

    def now(self) -> datetime:
        """The time now, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds since some fixed moment."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The time now, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some fixed moment."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Hours:
    """When a host may be asked, in Danish time; ``closes`` is later the same day than ``opens``."""

    opens: clock_time
    closes: clock_time

    def next_opening(self, now: datetime) -> datetime | None:
        """The next opening in Danish time, or None when it is open now."""
        local = now.astimezone(DENMARK)
        if self.opens <= local.time() < self.closes:
            return None
        day = local.date() if local.time() < self.opens else local.date() + timedelta(days=1)
        return datetime.combine(day, self.opens, DENMARK)


@dataclass(frozen=True, slots=True)
class Pace:
    """``interval``: seconds from the end of one call to the start of the next. ``hours``: None means day and night."""

    interval: float = 1.0
    hours: Hours | None = None


PACES: Final[Mapping[str, Pace]] = {
    "www.retsinformation.dk": Pace(1.0),
    "retsinformation.dk": Pace(1.0),
    "api.retsinformation.dk": Pace(10.0, Hours(clock_time(3, 0), clock_time(23, 45))),
    "www.ast.dk": Pace(1.0),
    "ast.dk": Pace(1.0),
    "www.ombudsmanden.dk": Pace(2.0),
    "ombudsmanden.dk": Pace(2.0),
    "oda.ft.dk": Pace(1.0),
    "domsdatabasen.dk": Pace(2.0),
}
"""The hosts that are asked. The REST service's limits are its own (one call in 10 seconds, 03:00-23:45); the others are our manners."""


REHEARSAL: Final[Mapping[str, Pace]] = {host: Pace(0.0) for host in PACES}
"""The same hosts without waiting: only for a server on this machine (``base_url`` on 127.0.0.1), never for the real ones."""


@dataclass(frozen=True, slots=True)
class Rest:
    """When a host is left alone: after ``failures`` failed calls in a row, for ``first`` seconds, doubled each time up to ``longest``."""

    failures: int = 6
    first: float = 60.0
    longest: float = 3600.0


@dataclass(slots=True)
class Turn:
    """Whose turn it is at one host. Used by one thread at a time: the host's queue sees to that."""

    host: str
    pace: Pace
    rest: Rest
    clock: Clock
    minimum: float = 0.0
    """What robots.txt asks for (Crawl-delay)."""
    _free_at: float = 0.0
    _failed: int = 0
    _rests: int = 0
    _resting_until: datetime | None = field(default=None)

    def seconds_to_wait(self) -> float:
        """How long to wait before the next call."""
        return max(0.0, self._free_at - self.clock.monotonic())

    def check(self, url: str) -> None:
        """Raises :class:`HostResting` or :class:`HostClosed` where the host may not be asked now.

        When a rest has passed, one call is let through: it decides whether the host rests again, longer.
        """
        now = self.clock.now()
        if self._resting_until is not None and now < self._resting_until:
            raise HostResting(url, self.host, self._resting_until.astimezone(DENMARK))
        opens = self.pace.hours.next_opening(now) if self.pace.hours else None
        if opens is not None:
            raise HostClosed(url, opens)

    def called(self) -> None:
        """A call has ended, well or not: the next one waits its interval."""
        self.not_before(max(self.pace.interval, self.minimum))

    def not_before(self, seconds: float) -> None:
        """The host asks for no call in the next ``seconds``."""
        self._free_at = max(self._free_at, self.clock.monotonic() + seconds)

    def answered(self) -> None:
        """The host answered, even if only that it has nothing there."""
        self._failed = self._rests = 0
        self._resting_until = None

    def failed(self) -> None:
        """The host did not answer, or with a fault of its own. Enough of these in a row, or one after a rest, and it rests."""
        self._failed += 1
        if self._failed >= self.rest.failures or self._rests:
            seconds = min(self.rest.longest, self.rest.first * 2**self._rests)
            self._resting_until = self.clock.now() + timedelta(seconds=seconds)
            self._rests += 1
            self._failed = 0

    @property
    def resting(self) -> bool:
        """Whether it rests right now."""
        return self._resting_until is not None and self.clock.now() < self._resting_until
