"""One HTTP call: sent through the session, judged by its status, read with limits. No patience, no politeness: those are :mod:`indexers.fetch`'s."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import requests
import urllib3.exceptions
from requests.adapters import HTTPAdapter

from indexers.fetch_errors import (
    BrokenAnswer,
    FetchError,
    HostUnreachable,
    Missing,
    Refused,
    Rejected,
    ServerFault,
    TookTooLong,
    TooLarge,
    TooManyRequests,
)
from indexers.fetched import Fetched, http_date
from indexers.pace import Clock

AGENT: Final = "Vidensplatform"
"""The product name that robots.txt may address."""
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """``connect`` and ``read`` are seconds for one step, ``total`` for a whole answer; ``size`` is in bytes, unpacked."""

    connect: float = 10.0
    read: float = 30.0
    total: float = 300.0
    size: int = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked: ``url`` is what the caller knows it by, ``at`` where it has been redirected to, ``sent_to`` where it really goes.

    ``kept`` is the earlier answer from ``at``, to be asked for conditionally.
    """

    url: str
    at: str
    sent_to: str
    headers: Mapping[str, str]
    payload: bytes | None = None
    kept: Fetched | None = None


def user_agent(version: str, contact: str = "") -> str:
    """Who asks: ``Vidensplatform/0.1 (+contact)``. The contact is the municipality's own, where it gives one."""
    return f"{AGENT}/{version}" + (f" (+{contact})" if contact else "")


class _MachineCertificates(HTTPAdapter):
    """Trusts what the machine trusts, so that a municipality's own certificate authority counts."""

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        super().init_poolmanager(*arguments, ssl_context=ssl.create_default_context(), **named)

    def proxy_manager_for(self, proxy: str, **named: Any) -> Any:
        return super().proxy_manager_for(proxy, ssl_context=ssl.create_default_context(), **named)


def open_session(agent: str) -> requests.Session:
    """A session with our name, proxies from the environment (``HTTPS_PROXY``, ``NO_PROXY``) and the machine's certificates."""
    session = requests.Session()
    session.headers.update({"User-Agent": agent, "Accept-Encoding": "gzip, deflate", "Accept-Language": "da"})
    session.mount("https://", _MachineCertificates())
    return session


def send(session: requests.Session, call: Call, limits: Limits, clock: Clock) -> Fetched:
    """The answer: 200 with its body, a redirect without one, or the earlier answer where nothing changed. Raises :class:`FetchError`."""
    deadline = clock.monotonic() + limits.total
    try:
        response = session.request(
            "GET" if call.payload is None else "POST",
            call.sent_to,
            headers=_with_conditions(call),
            data=call.payload,
            stream=True,
            allow_redirects=False,
            timeout=(limits.connect, limits.read),
        )
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise _told(call.url, error) from error
    with response:
        headers = {name.lower(): value for name, value in response.headers.items()}
        status = response.status_code
        _refuse(call.url, status, headers, clock)
        if status == 304 and call.kept is not None:
            return Fetched(call.url, call.at, call.kept.status, call.kept.headers, call.kept.body, call.kept.fetched_at, not_modified=True)
        if status in REDIRECTS and headers.get("location") and call.payload is None:
            return Fetched(call.url, call.at, status, headers, b"", clock.now())
        if status != 200:
            raise Rejected(call.url, f"Kilden svarer på en måde, der ikke kan bruges (status {status}).")
        body = _body(call.url, response, headers, limits, clock, deadline)
    return Fetched(call.url, call.at, status, headers, body, clock.now())


def _with_conditions(call: Call) -> dict[str, str]:
    headers = dict(call.headers)
    if call.kept is not None:
        if etag := call.kept.headers.get("etag"):
            headers["If-None-Match"] = etag
        if modified := call.kept.headers.get("last-modified"):
            headers["If-Modified-Since"] = modified
    return headers


def _refuse(url: str, status: int, headers: Mapping[str, str], clock: Clock) -> None:
    wait = _retry_after(headers.get("retry-after", ""), clock)
    if status == 429:
        raise TooManyRequests(url, wait)
    if status >= 500 or status in (408, 425):
        raise ServerFault(url, status, wait)
    if status in (401, 403):
        raise Refused(url, status)
    if status in (404, 410):
        raise Missing(url, status)


def _retry_after(value: str, clock: Clock) -> float | None:
    """Seconds to wait: the header holds them, or a date."""
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) < 8:
        return float(text)
    when = http_date(text) if text else None
    return max(0.0, (when - clock.now()).total_seconds()) if when else None


def _body(url: str, response: requests.Response, headers: Mapping[str, str], limits: Limits, clock: Clock, deadline: float) -> bytes:
    """The body, unpacked, read as it comes: a drip that never ends and a packed bomb are both cut off."""
    declared = headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared) > limits.size:
        raise TooLarge(url, _too_large(limits.size))
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := response.raw.read1(_CHUNK, decode_content=True):
            size += len(piece)
            if size > limits.size:
                raise TooLarge(url, _too_large(limits.size))
            if clock.monotonic() > deadline:
                raise TookTooLong(url, f"Svaret var ikke helt efter {limits.total:.0f} sekunder.")
            pieces.append(piece)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise _told(url, error) from error
    return b"".join(pieces)


def _too_large(size: int) -> str:
    return f"Svaret er større end {size // (1024 * 1024)} MiB og læses ikke."


def _told(url: str, error: Exception) -> FetchError:
    """What went wrong on the way, in our words."""
    if isinstance(error, requests.exceptions.ProxyError):
        return HostUnreachable(url, "Netværkets proxy kan ikke nås eller afviser.", "Se efter, hvad HTTPS_PROXY er sat til.")
    if isinstance(error, requests.exceptions.SSLError | urllib3.exceptions.SSLError | ssl.SSLError):
        return HostUnreachable(url, "Kildens certifikat kan ikke godkendes.", "Er netværkets eget rodcertifikat lagt ind på maskinen?")
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError | TimeoutError):
        return TookTooLong(url, "Kilden svarer ikke inden for tiden.")
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema | requests.exceptions.MissingSchema):
        return Rejected(url, "Adressen kan ikke bruges.")
    if isinstance(error, urllib3.exceptions.ProtocolError | urllib3.exceptions.DecodeError | requests.exceptions.ChunkedEncodingError):
        return BrokenAnswer(url, "Svaret brød af undervejs eller er beskadiget.")
    return HostUnreachable(url, "Der kan ikke skabes forbindelse til kilden.", "Er der netværk, og må programmet komme på det?")
