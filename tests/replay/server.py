"""The server. A call to ``http://127.0.0.1:PORT/www.ast.dk/x`` is answered by the site mounted as ``www.ast.dk``.

Misbehaviour is asked for with :meth:`ReplayServer.misbehave`: which addresses, which :mod:`replay.faults`, how many times. Every call is logged
with its headers, so that tests can count whole downloads and see what was asked conditionally.

By hand: ``python -m tests.replay``.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import ssl
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """A call as a site sees it: ``path`` without its host, unquoted; ``query`` as sent and taken apart."""

    method: str
    host: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes = b""

    def first(self, name: str) -> str | None:
        return next(iter(self.query.get(name, [])), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answers. With ``changed`` the answer gets ETag and Last-Modified, and conditional calls are answered 304."""

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    changed: datetime | None = None


Site = Callable[[Request], Answer | None]
"""Answers a call, or None: not found."""


class Wire(Protocol):
    """What a fault may do to the connection."""

    def status(self, code: int, headers: Mapping[str, str]) -> None: ...
    def send(self, data: bytes) -> None: ...
    def hang_up(self) -> None: ...


class Fault(Protocol):
    """Spoils an answer: returns another one, or sends it itself and returns None."""

    def __call__(self, request: Request, answer: Answer, wire: Wire) -> Answer | None: ...


@dataclass(frozen=True, slots=True)
class Logged:
    """A call that was answered."""

    method: str
    host: str
    path: str
    query: str
    headers: Mapping[str, str]
    status: int
    size: int
    at: datetime


@dataclass(slots=True)
class _Rule:
    where: re.Pattern[str]
    fault: Fault
    left: int


class ReplayServer:
    """Sites by host, on a port of this machine. A context manager: the threads end with it."""

    def __init__(self, sites: Mapping[str, Site] | None = None, port: int = 0) -> None:
        self.sites: dict[str, Site] = dict(sites or {})
        self.log: list[Logged] = []
        self.robots: dict[str, str] = {}
        self._rules: list[_Rule] = []
        self._lock = threading.Condition()
        self._answering = 0
        self._http = _Server(("127.0.0.1", port), _Handler)
        self._http.replay = self
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, name="replay", daemon=True)

    def __enter__(self) -> ReplayServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._thread.join(10)
        self._http.server_close()  # waits for the threads that still answer

    @property
    def url(self) -> str:
        host, port = self._http.server_address[:2]
        return f"http://{host!s}:{port}"

    def speak_tls(self, context: ssl.SSLContext) -> None:
        """From now on only over TLS."""
        self._http.socket = context.wrap_socket(self._http.socket, server_side=True)

    def misbehave(self, where: str, fault: Fault, times: int = 1) -> None:
        """Spoil the next ``times`` answers to addresses (``host/path?query``) in which the pattern ``where`` is found."""
        with self._lock:
            self._rules.append(_Rule(re.compile(where), fault, times))

    def behave(self) -> None:
        """No more misbehaviour."""
        with self._lock:
            self._rules.clear()

    def calls(self, where: str = "", *, status: int | None = None) -> list[Logged]:
        """The logged calls to addresses in which the pattern is found; those being answered right now are waited for."""
        with self._lock:
            self._lock.wait_for(lambda: not self._answering, 5)
            return [c for c in self.log if re.search(where, f"{c.host}{c.path}?{c.query}") and (status is None or c.status == status)]

    def forget(self) -> None:
        """Begin the log anew."""
        with self._lock:
            self.log.clear()

    def answer(self, request: Request) -> Answer:
        site = self.sites.get(request.host)
        if request.path == "/robots.txt":
            text = self.robots.get(request.host)
            return not_found() if text is None else Answer(text.encode(), "text/plain")
        return (site(request) if site else None) or not_found()

    def fault_for(self, address: str) -> Fault | None:
        with self._lock:
            for rule in self._rules:
                if rule.left > 0 and rule.where.search(address):
                    rule.left -= 1
                    return rule.fault
        return None

    @contextmanager
    def answering(self) -> Iterator[None]:
        with self._lock:
            self._answering += 1
        try:
            yield
        finally:
            with self._lock:
                self._answering -= 1
                self._lock.notify_all()

    def write_down(self, call: Logged) -> None:
        with self._lock:
            self.log.append(call)


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    replay: ReplayServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news; anything else is shown."""
        if not isinstance(sys.exception(), ConnectionError | ssl.SSLError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    timeout = 20
    _sent = 0

    def do_GET(self) -> None:
        with self.server.replay.answering():
            self._serve()

    def do_POST(self) -> None:
        with self.server.replay.answering():
            self._serve()

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _serve(self) -> None:
        self.close_connection = True  # each call its own connection: a fault never spoils the next one
        request, query = self._request()
        replay = self.server.replay
        answer: Answer | None = replay.answer(request)
        assert answer is not None
        self._status, self._sent = 0, 0
        fault = replay.fault_for(f"{request.host}{request.path}?{query}")
        if fault is not None:
            answer = fault(request, answer, self)
        if answer is not None:
            self._give(request, answer)
        replay.write_down(Logged(request.method, request.host, request.path, query, request.headers, self._status, self._sent, datetime.now(UTC)))

    def _request(self) -> tuple[Request, str]:
        parts = urlsplit(self.path)
        if parts.netloc:  # asked as a proxy: GET http://host/path
            host, path = parts.netloc, parts.path
        else:
            host, _, rest = parts.path[1:].partition("/")
            path = f"/{rest}"
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length") or 0))
        query = parse_qs(parts.query, keep_blank_values=True)
        return Request(self.command, unquote(host), unquote(path), query, headers, body), unquote(parts.query)

    def _give(self, request: Request, answer: Answer) -> None:
        headers = {"Content-Type": answer.content_type, **answer.headers}
        if answer.changed is not None and answer.status == 200:
            etag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
            headers |= {"ETag": etag, "Last-Modified": format_datetime(answer.changed, usegmt=True)}
            if _unchanged(request, etag, answer.changed):
                self.status(304, {k: v for k, v in headers.items() if k in ("ETag", "Last-Modified")})
                return
        body = answer.body
        if "gzip" in request.headers.get("accept-encoding", "") and len(body) > 500 and "Content-Encoding" not in headers:
            body = gzip.compress(body, 1)
            headers["Content-Encoding"] = "gzip"
        headers.setdefault("Content-Length", str(len(body)))
        self.status(answer.status, headers)
        self.send(body)

    # ---- Wire

    def status(self, code: int, headers: Mapping[str, str]) -> None:
        self._status = code
        self.send_response(code)
        for name, value in {**headers, "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()

    def send(self, data: bytes) -> None:
        self._sent += len(data)
        self.wfile.write(data)
        self.wfile.flush()

    def hang_up(self) -> None:
        self.close_connection = True


def _unchanged(request: Request, etag: str, changed: datetime) -> bool:
    """If-None-Match decides where it is sent (RFC 9110), else If-Modified-Since."""
    if "if-none-match" in request.headers:
        return etag in request.headers["if-none-match"]
    since = request.headers.get("if-modified-since")
    return since is not None and changed.replace(microsecond=0) <= parsedate_to_datetime(since)


def not_found() -> Answer:
    return Answer(b"Ikke fundet", "text/plain; charset=utf-8", 404)


@contextmanager
def serving(sites: Mapping[str, Site]) -> Iterator[ReplayServer]:
    """A server with these sites, for as long as the block lasts."""
    with ReplayServer(sites) as server:
        yield server
