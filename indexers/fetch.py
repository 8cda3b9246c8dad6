"""Polite HTTP: every call waits its turn at its host, asks only for what changed, and gives up before it does harm.

:class:`Fetcher` asks through an injected :class:`requests.Session` (:func:`indexers.wire.open_session` makes the usual one: proxies from the
environment, the machine's certificates). Per host there is one queue with its own pace, its robots.txt and a circuit breaker. What a source sent
is kept in :class:`indexers.snapshots.Snapshots`, and asked for again with ``If-None-Match`` and ``If-Modified-Since``.
"""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import requests

from indexers.fetch_errors import (
    BrokenAnswer,
    FetchError,
    ForbiddenByRobots,
    HostClosed,
    HostResting,
    HostUnreachable,
    Missing,
    Refused,
    Rejected,
    ServerFault,
    Stopped,
    TookTooLong,
    TooLarge,
    TooManyRequests,
    WrongContent,
)
from indexers.fetched import Check, Fetched
from indexers.pace import PACES, Clock, Pace, Rest, SystemClock, Turn
from indexers.robots import MAX_BYTES as ROBOTS_BYTES
from indexers.robots import Robots, read_robots
from indexers.snapshots import Snapshot, Snapshots
from indexers.wire import AGENT, REDIRECTS, Call, Limits, open_session, send, user_agent

__all__ = ["AGENT", "REHEARSAL_RETRIES", "Fetcher", "Limits", "Retries", "open_session", "user_agent"]

_MOST_REDIRECTS = 5
_NAP = 0.5
_NOT_ASKED = (HostClosed, HostResting, Stopped)
_HOST_FAULTS = (HostUnreachable, TookTooLong, BrokenAnswer, ServerFault, TooManyRequests, Refused)


@dataclass(frozen=True, slots=True)
class Retries:
    """``attempts`` in all, ``wrong`` of them for an answer that is not what was asked for.

    Between them waits of ``first`` seconds, doubled each time up to ``longest``, each by chance between half and all of it. ``obey`` is the longest
    Retry-After that is waited for; a longer one ends the call, and the host is not asked before it has passed.
    """

    attempts: int = 4
    wrong: int = 2
    first: float = 2.0
    longest: float = 60.0
    obey: float = 120.0


_LIMITS: Final = Limits()
_RETRIES: Final = Retries()
_REST: Final = Rest()

REHEARSAL_RETRIES: Final = Retries(first=0.05, longest=0.5)
"""As patient as ever, but quicker: only for a server on this machine."""


class _Host:
    """One host: its queue, its turn, its robots.txt once that is read."""

    __slots__ = ("queue", "robots", "turn")

    def __init__(self, turn: Turn) -> None:
        self.queue = threading.RLock()
        self.turn = turn
        self.robots: Robots | None = None


class Fetcher:
    """Asks sources, one call at a time at each host. May be used by several threads.

    ``paces`` names the hosts that are known: only to these, and to the host asked, is a redirect followed. ``base_url`` sends every call to a
    server there instead (``http://127.0.0.1:8000/www.ast.dk/…``), for rehearsals; ``mirrors`` the calls to one host to another address. ``stop`` is
    asked before every wait.
    """

    def __init__(
        self,
        session: requests.Session,
        snapshots: Snapshots | None = None,
        *,
        paces: Mapping[str, Pace] = PACES,
        clock: Clock | None = None,
        limits: Limits = _LIMITS,
        retries: Retries = _RETRIES,
        rest: Rest = _REST,
        base_url: str | None = None,
        mirrors: Mapping[str, str] = MappingProxyType({}),
        chance: Callable[[], float] = random.random,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._session = session
        self._snapshots = snapshots
        self._paces = paces
        self._clock: Clock = clock or SystemClock()
        self._limits = limits
        self._retries = retries
        self._rest = rest
        self._base = base_url.rstrip("/") if base_url else None
        self._mirrors = mirrors
        self._chance = chance
        self._stop = stop
        self._hosts: dict[str, _Host] = {}
        self._hosts_lock = threading.Lock()

    def get(
        self, url: str, *, check: Check | None = None, accept: str = "*/*", headers: Mapping[str, str] | None = None, keep: bool = True
    ) -> Fetched:
        """The answer to GET, followed through redirects; a snapshot's bytes where the source says that nothing changed.

        ``check`` looks at a new answer before it is kept, and one it refuses is asked for again like a broken one. ``keep=False``: neither kept nor
        asked for conditionally. Raises :class:`FetchError`, each kind saying what happened.
        """
        before = self._before(url) if keep else None
        fetched = self._follow(url, {"Accept": accept, **(headers or {})}, before, check)
        if self._snapshots is not None and keep:
            if fetched.not_modified and before is not None:
                self._snapshots.confirm(before[0], self._clock.now())
            else:
                self._snapshots.put(fetched)
        return fetched

    def post(self, url: str, payload: Any, *, check: Check | None = None, headers: Mapping[str, str] | None = None) -> Fetched:
        """The answer to POST of ``payload`` as JSON. Never kept, never followed elsewhere."""
        sent = {"Accept": "application/json", "Content-Type": "application/json", **(headers or {})}
        return self._at_host(Call(url, url, self._sent_to(url), sent, json.dumps(payload).encode()), check)

    def robots(self, url: str) -> Robots:
        """What the host of ``url`` asks of programs, and which sitemaps it names."""
        host = self._host(_host_of(url))
        with host.queue:
            return self._robots(host, url)

    # ---- one address

    def _before(self, url: str) -> tuple[Snapshot, Fetched] | None:
        """The snapshot to ask conditionally with: only where its bytes are still whole."""
        if self._snapshots is None or (snapshot := self._snapshots.latest(url)) is None:
            return None
        kept = self._snapshots.fetched(snapshot)
        return (snapshot, kept) if kept is not None else None

    def _follow(self, url: str, headers: dict[str, str], before: tuple[Snapshot, Fetched] | None, check: Check | None) -> Fetched:
        at = url
        for _ in range(_MOST_REDIRECTS + 1):
            kept = before[1] if before is not None and before[0].final_url == at else None
            answer = self._at_host(Call(url, at, self._sent_to(at), headers, kept=kept), check)
            if answer.status not in REDIRECTS:
                return answer
            target = urljoin(at, answer.headers["location"])
            self._refuse_redirect(url, at, target)
            if _host_of(target) != _host_of(at):
                headers = {name: value for name, value in headers.items() if name.lower() != "authorization"}
            at = target
        raise Rejected(url, f"Kilden viderestiller mere end {_MOST_REDIRECTS} gange.")

    def _refuse_redirect(self, url: str, at: str, target: str) -> None:
        old, new = urlsplit(at), urlsplit(target)
        if new.scheme not in ("http", "https") or (old.scheme == "https" and new.scheme == "http"):
            raise Rejected(url, f"Kilden viderestiller til en usikker adresse ({target}).")
        if _host_of(target) not in {_host_of(url), _host_of(at), *self._paces}:
            raise Rejected(url, f"Kilden viderestiller til et fremmed sted ({new.hostname}).", "Kræver netværket, at man logger på?")

    def _at_host(self, call: Call, check: Check | None) -> Fetched:
        """One answer from a host, with retries; the host's queue is held meanwhile."""

        def ask() -> Fetched:
            answer = send(self._session, call, self._limits, self._clock)
            if check is not None and not answer.not_modified and answer.status not in REDIRECTS:
                check(answer)
            return answer

        host = self._host(_host_of(call.at))
        with host.queue:
            if not self._robots(host, call.at).allows(call.at):
                raise ForbiddenByRobots(call.url)
            return self._patiently(host, call.url, ask)

    # ---- patience

    def _patiently(self, host: _Host, url: str, ask: Callable[[], Fetched]) -> Fetched:
        """Ask, and ask again after what may pass, waiting longer each time."""
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._in_turn(host, url, ask)
            except FetchError as error:
                wait = self._wait_after(error, attempt)
                last = attempt >= (self._retries.wrong if isinstance(error, WrongContent) else self._retries.attempts)
                if isinstance(error, _NOT_ASKED):
                    raise
                if error.temporary:
                    host.turn.not_before(wait)
                if host.turn.resting:
                    host.turn.check(url)  # it is the host that fails, not this address: told as such
                if last or not error.temporary or wait > self._retries.obey:
                    raise

    def _wait_after(self, error: FetchError, attempt: int) -> float:
        backed_off = min(self._retries.longest, self._retries.first * float(2 ** (attempt - 1))) * (0.5 + self._chance() / 2)
        asked = error.wait if isinstance(error, ServerFault | TooManyRequests) else None
        return max(backed_off, asked) if asked is not None else backed_off

    def _in_turn(self, host: _Host, url: str, ask: Callable[[], Fetched]) -> Fetched:
        """Wait for the host's turn, then ask, and tell the host's breaker how it went."""
        host.turn.check(url)
        while (wait := host.turn.seconds_to_wait()) > 0 and not self._stop():
            self._clock.sleep(min(wait, _NAP))
        if self._stop():
            raise Stopped(url)
        host.turn.check(url)
        try:
            answer = ask()
        except _HOST_FAULTS:
            host.turn.failed()
            raise
        except FetchError:
            host.turn.answered()
            raise
        finally:
            host.turn.called()
        host.turn.answered()
        return answer

    # ---- hosts

    def _host(self, name: str) -> _Host:
        with self._hosts_lock:
            host = self._hosts.get(name)
            if host is None:
                host = self._hosts[name] = _Host(Turn(name, self._paces.get(name, Pace()), self._rest, self._clock))
            return host

    def _robots(self, host: _Host, at: str) -> Robots:
        """The host's robots.txt, read once. None there (4xx) means no rules; a host that cannot say is not asked at all (RFC 9309)."""
        if host.robots is None:
            parts = urlsplit(at)
            try:
                host.robots = self._read_robots(host, f"{parts.scheme}://{parts.netloc}/robots.txt")
            except (Missing, Refused, Rejected, TooLarge):
                host.robots = Robots()
            host.turn.minimum = host.robots.delay
        return host.robots

    def _read_robots(self, host: _Host, url: str) -> Robots:
        limits = replace(self._limits, size=8 * ROBOTS_BYTES)
        at = url
        for _ in range(_MOST_REDIRECTS + 1):
            call = Call(url, at, self._sent_to(at), {"Accept": "text/plain"})
            answer = self._patiently(host, url, lambda call=call: send(self._session, call, limits, self._clock))  # type: ignore[misc]
            if answer.status not in REDIRECTS:
                return read_robots(answer.body, AGENT)
            target = urljoin(at, answer.headers["location"])
            self._refuse_redirect(url, at, target)
            at = target
        return Robots()

    def _sent_to(self, url: str) -> str:
        """Where a call really goes: to the address, to its stand-in under ``base_url``, or to the host's mirror."""
        parts = urlsplit(url)
        if self._base is None:
            mirror = self._mirrors.get(parts.netloc)
            return mirror + urlunsplit(("", "", parts.path or "/", parts.query, "")) if mirror else url
        return f"{self._base}/{quote(parts.netloc)}{urlunsplit(('', '', parts.path or '/', parts.query, ''))}"


def _host_of(url: str) -> str:
    return urlsplit(url).netloc.lower()
