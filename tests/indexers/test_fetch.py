"""Polite HTTP, over real connections to a server on this machine that misbehaves as it is told to."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import requests
from replay import faults
from replay.clock import StandingClock
from replay.server import Answer, ReplayServer, Request

from indexers.fetch import Fetcher, Limits, Retries, open_session, user_agent
from indexers.fetch_errors import (
    BrokenAnswer,
    FetchError,
    ForbiddenByRobots,
    HostClosed,
    HostResting,
    HostUnreachable,
    Missing,
    NotStored,
    Refused,
    Rejected,
    ServerFault,
    Stopped,
    TookTooLong,
    TooLarge,
    TooManyRequests,
    WrongContent,
)
from indexers.fetched import Fetched
from indexers.pace import PACES, Pace, Rest
from indexers.snapshots import Offline, Snapshots

BODY = ("<p>Bænken står ved åen, og ænderne følger efter.</p>" * 101).encode()
CHANGED = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
A, B = "https://www.ast.dk/side", "https://oda.ft.dk/side"


class Site:
    """One page, which can be changed."""

    def __init__(self) -> None:
        self.body, self.changed = BODY, CHANGED

    def __call__(self, request: Request) -> Answer | None:
        return Answer(self.body, changed=self.changed) if request.path.startswith("/side") else None


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def server(site: Site) -> Iterator[ReplayServer]:
    with ReplayServer({"www.ast.dk": site, "oda.ft.dk": site, "www.retsinformation.dk": site, "api.retsinformation.dk": site}) as server:
        yield server


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with open_session(user_agent("0.0", "it@kommune.invalid")) as session:
        session.trust_env = False
        yield session


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def snapshots(tmp_path: Path) -> Iterator[Snapshots]:
    with Snapshots.open(tmp_path / "raw") as snapshots:
        yield snapshots


@pytest.fixture
def fetcher(server: ReplayServer, session: requests.Session, snapshots: Snapshots, clock: StandingClock) -> Fetcher:
    return Fetcher(session, snapshots, clock=clock, base_url=server.url, chance=lambda: 1.0)


def small(server: ReplayServer, session: requests.Session, **limits: float) -> Fetcher:
    """A fetcher with the real clock, short limits and no patience."""
    return Fetcher(session, base_url=server.url, paces={"www.ast.dk": Pace(0)}, retries=Retries(attempts=1), limits=Limits(**limits))  # type: ignore[arg-type]


# ---- the answer


def test_an_answer_says_where_when_and_what(fetcher: Fetcher, clock: StandingClock) -> None:
    fetched = fetcher.get(A)
    assert (fetched.url, fetched.final_url, fetched.status, fetched.not_modified) == (A, A, 200, False)
    assert fetched.body == BODY
    assert fetched.fetched_at == clock.now()
    assert fetched.content_type == "text/html"
    assert fetched.last_modified == CHANGED


def test_we_say_who_we_are(fetcher: Fetcher, server: ReplayServer) -> None:
    fetcher.get(A)
    assert {call.headers["user-agent"] for call in server.calls()} == {"Vidensplatform/0.0 (+it@kommune.invalid)"}


def test_what_did_not_change_is_not_sent_again(fetcher: Fetcher, server: ReplayServer) -> None:
    first = fetcher.get(A)
    again = fetcher.get(A)
    assert again.not_modified
    assert again.body == first.body
    assert server.calls("/side", status=304)[0].size == 0
    sent = server.calls("/side")[1].headers
    assert "if-none-match" in sent
    assert "if-modified-since" in sent


def test_what_changed_is_sent_and_the_old_is_kept(fetcher: Fetcher, site: Site, snapshots: Snapshots) -> None:
    fetcher.get(A)
    site.body, site.changed = BODY + b"<p>Mere.</p>", CHANGED + timedelta(days=1)
    assert fetcher.get(A).body == site.body
    assert [snapshots.body(s) for s in snapshots.history(A)] == [BODY, site.body]


def test_last_modified_alone_is_enough(fetcher: Fetcher, server: ReplayServer) -> None:
    def without_etag(request: Request, answer: Answer, wire: object) -> Answer:
        return Answer(BODY, headers={"Last-Modified": "Sun, 01 Feb 2026 12:00:00 GMT"})

    server.misbehave("/side", without_etag)
    fetcher.get(A)
    assert fetcher.get(A).not_modified
    assert "if-none-match" not in server.calls("/side")[1].headers


def test_chunked_answers_are_put_together(fetcher: Fetcher, server: ReplayServer) -> None:
    server.misbehave("/side", faults.in_chunks)
    assert fetcher.get(A).body == BODY


def test_a_posted_question_is_never_kept(fetcher: Fetcher, server: ReplayServer, snapshots: Snapshots) -> None:
    assert fetcher.post(A, {"navn": "værdi"}).body == BODY
    assert server.calls("/side")[0].method == "POST"
    assert snapshots.latest(A) is None


# ---- pace


def test_one_host_waits_between_calls_and_another_does_not_wait_for_it(fetcher: Fetcher, clock: StandingClock) -> None:
    fetcher.get(A)
    waited = clock.total
    fetcher.get(A)
    assert clock.total - waited == pytest.approx(PACES["www.ast.dk"].interval)
    waited = clock.total
    fetcher.get(B)
    assert clock.total - waited == pytest.approx(1.0)  # only between its own robots.txt and its page


def test_the_rest_service_gets_one_call_in_ten_seconds(fetcher: Fetcher, clock: StandingClock) -> None:
    url = "https://api.retsinformation.dk/side"
    fetcher.get(url)
    waited = clock.total
    fetcher.get(url)
    assert clock.total - waited >= 10


@pytest.mark.parametrize(
    ("utc", "opens"),
    [
        (datetime(2026, 3, 10, 22, 50, tzinfo=UTC), "11-03-2026 kl. 03:00"),  # 23:50 in Denmark, winter time
        (datetime(2026, 7, 10, 21, 50, tzinfo=UTC), "11-07-2026 kl. 03:00"),  # 23:50 in Denmark, summer time
        (datetime(2026, 3, 10, 0, 30, tzinfo=UTC), "10-03-2026 kl. 03:00"),  # 01:30
    ],
)
def test_at_ten_to_midnight_the_rest_service_is_not_asked(
    fetcher: Fetcher, clock: StandingClock, server: ReplayServer, utc: datetime, opens: str
) -> None:
    clock.at = utc
    with pytest.raises(HostClosed, match=opens):
        fetcher.get("https://api.retsinformation.dk/side")
    assert server.calls() == []
    assert fetcher.get("https://www.retsinformation.dk/side").status == 200


def test_a_wait_that_runs_into_closing_time_is_not_followed_by_a_call(fetcher: Fetcher, clock: StandingClock, server: ReplayServer) -> None:
    clock.at = datetime(2026, 3, 10, 22, 44, 45, tzinfo=UTC)
    fetcher.get("https://api.retsinformation.dk/side", keep=False)
    with pytest.raises(HostClosed):
        fetcher.get("https://api.retsinformation.dk/side", keep=False)
    assert len(server.calls("/side")) == 1


def test_threads_take_turns_at_one_host(server: ReplayServer, session: requests.Session) -> None:
    fetcher = Fetcher(session, base_url=server.url, paces={"www.ast.dk": Pace(0.02)})
    threads = [threading.Thread(target=fetcher.get, args=(A,)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = sorted(call.at for call in server.calls("/side"))
    assert len(times) == 5
    assert min(b - a for a, b in pairwise(times)) >= timedelta(seconds=0.015)


def test_a_stopped_run_waits_for_nothing(server: ReplayServer, session: requests.Session, clock: StandingClock) -> None:
    stopped = threading.Event()
    fetcher = Fetcher(session, base_url=server.url, clock=clock, stop=stopped.is_set)
    fetcher.get(A)
    stopped.set()
    slept = clock.total
    with pytest.raises(Stopped):
        fetcher.get(A)
    assert clock.total == slept


# ---- robots.txt


def test_robots_are_obeyed_and_read_once(fetcher: Fetcher, server: ReplayServer) -> None:
    server.robots["www.ast.dk"] = "User-agent: *\nDisallow: /side/lukket\nCrawl-delay: 4\nSitemap: https://www.ast.dk/sitemap.xml\n"
    with pytest.raises(ForbiddenByRobots):
        fetcher.get(f"{A}/lukket/rum")
    fetcher.get(A)
    assert len(server.calls("robots")) == 1
    assert fetcher.robots(A).sitemaps == ("https://www.ast.dk/sitemap.xml",)


def test_a_crawl_delay_longer_than_our_own_is_kept(fetcher: Fetcher, server: ReplayServer, clock: StandingClock) -> None:
    server.robots["www.ast.dk"] = "User-agent: vidensplatform\nCrawl-delay: 7\n"
    fetcher.get(A)
    waited = clock.total
    fetcher.get(A)
    assert clock.total - waited == pytest.approx(7)


def test_a_host_that_cannot_say_its_rules_is_not_asked(fetcher: Fetcher, server: ReplayServer) -> None:
    server.misbehave("robots", faults.says(500), times=10)
    with pytest.raises(ServerFault):
        fetcher.get(A)
    assert server.calls("/side") == []


def test_a_web_page_as_robots_has_no_rules(fetcher: Fetcher, server: ReplayServer) -> None:
    server.misbehave("robots", faults.page_instead)
    assert fetcher.get(A).status == 200


# ---- patience


def test_a_fault_passes_with_patience(fetcher: Fetcher, server: ReplayServer, clock: StandingClock) -> None:
    server.misbehave("/side", faults.says(500), times=2)
    assert fetcher.get(A).body == BODY
    assert clock.total == pytest.approx(1 + 2 + 4)  # robots' interval, then 2 and 4 seconds of back-off


def test_back_off_doubles_and_is_left_to_chance(server: ReplayServer, session: requests.Session, clock: StandingClock) -> None:
    fetcher = Fetcher(session, base_url=server.url, clock=clock, chance=lambda: 0.0, paces={"www.ast.dk": Pace(0)})
    server.misbehave("/side", faults.says(502), times=99)
    with pytest.raises(ServerFault):
        fetcher.get(A)
    assert clock.total == pytest.approx(1 + 2 + 4)
    assert len(server.calls("/side")) == 4


@pytest.mark.parametrize("value", ["30", "Tue, 10 Mar 2026 11:00:31 GMT"])
def test_retry_after_is_obeyed(fetcher: Fetcher, server: ReplayServer, clock: StandingClock, value: str) -> None:
    server.misbehave("/side", faults.says(429, {"Retry-After": value}))
    assert fetcher.get(A).body == BODY
    assert clock.total == pytest.approx(31, abs=1.5)


def test_a_long_retry_after_ends_the_call_and_the_host_is_not_asked_before(fetcher: Fetcher, server: ReplayServer, clock: StandingClock) -> None:
    server.misbehave("/side", faults.says(429, {"Retry-After": "900"}))
    with pytest.raises(TooManyRequests) as told:
        fetcher.get(A)
    assert told.value.wait == 900
    assert len(server.calls("/side")) == 1
    fetcher.get(A)
    assert clock.total > 900


@pytest.mark.parametrize(("status", "kind"), [(403, Refused), (401, Refused), (404, Missing), (410, Missing), (400, Rejected), (204, Rejected)])
def test_what_does_not_pass_is_asked_once(fetcher: Fetcher, server: ReplayServer, status: int, kind: type[FetchError]) -> None:
    server.misbehave("/side", faults.says(status), times=9)
    with pytest.raises(kind, match=str(status)):
        fetcher.get(A)
    assert len(server.calls("/side")) == 1


def test_a_host_that_fails_again_and_again_gets_rest(server: ReplayServer, session: requests.Session, clock: StandingClock) -> None:
    fetcher = Fetcher(session, base_url=server.url, clock=clock, rest=Rest(failures=6, first=60))
    server.misbehave("www.ast.dk/side", faults.says(500), times=7)
    for kind in (ServerFault, HostResting, HostResting):
        with pytest.raises(kind):
            fetcher.get(A)
    with pytest.raises(HostResting, match=r"får ro til"):
        fetcher.get(A)
    assert len(server.calls("www.ast.dk/side")) == 6
    assert fetcher.get(B).status == 200  # others are not touched
    clock.forward(61)
    with pytest.raises(HostResting):
        fetcher.get(A)  # one trial, which fails: rest again, twice as long
    assert len(server.calls("www.ast.dk/side")) == 7
    clock.forward(61)
    with pytest.raises(HostResting):
        fetcher.get(A)
    clock.forward(60)
    assert fetcher.get(A).body == BODY


def test_one_bad_page_does_not_close_a_host(fetcher: Fetcher, server: ReplayServer) -> None:
    for _ in range(10):
        with pytest.raises(Missing):
            fetcher.get("https://www.ast.dk/findes-ikke")
    assert fetcher.get(A).status == 200


# ---- limits


@pytest.mark.parametrize("fault", [faults.truncated, faults.truncated_chunks, faults.hangs_up, faults.damaged_packing])
def test_broken_answers_are_asked_for_again_and_never_kept(fetcher: Fetcher, server: ReplayServer, snapshots: Snapshots, fault: faults.Fault) -> None:
    server.misbehave("/side", fault, times=2)
    assert fetcher.get(A).body == BODY
    assert len(snapshots.history(A)) == 1


def test_a_broken_answer_that_stays_broken_is_told(fetcher: Fetcher, server: ReplayServer, snapshots: Snapshots) -> None:
    server.misbehave("/side", faults.truncated, times=9)
    with pytest.raises(BrokenAnswer, match="brød af"):
        fetcher.get(A)
    assert snapshots.latest(A) is None


def test_too_large_by_its_own_word(server: ReplayServer, session: requests.Session) -> None:
    with pytest.raises(TooLarge):
        small(server, session, size=1000).get(A)


def test_a_packed_bomb_is_cut_off(server: ReplayServer, session: requests.Session) -> None:
    server.misbehave("/side", faults.swollen(40))
    with pytest.raises(TooLarge):
        small(server, session, size=1024 * 1024).get(A)


def test_an_endless_drip_is_cut_off(server: ReplayServer, session: requests.Session) -> None:
    server.misbehave("/side", faults.drips(0.05, 10))
    with pytest.raises(TookTooLong, match="ikke helt"):
        small(server, session, read=1.0, total=0.4).get(A)


def test_silence_is_cut_off(server: ReplayServer, session: requests.Session) -> None:
    server.misbehave("/side", faults.silent(0.6))
    with pytest.raises(TookTooLong):
        small(server, session, read=0.2).get(A)


def test_nobody_home(session: requests.Session, clock: StandingClock) -> None:
    with ReplayServer() as server:
        url = server.url
    with pytest.raises(HostUnreachable):
        Fetcher(session, base_url=url, clock=clock).get(A)


# ---- redirects


def test_a_redirect_is_followed_and_asked_conditionally_where_it_led(fetcher: Fetcher, server: ReplayServer) -> None:
    server.misbehave("/side/gammel", faults.redirected("/side/ny", 301), times=2)
    url = f"{A}/gammel"
    first = fetcher.get(url)
    assert (first.url, first.final_url) == (url, f"{A}/ny")
    assert fetcher.get(url).not_modified
    assert "if-none-match" not in server.calls("gammel")[1].headers


def test_a_redirect_to_another_known_host_keeps_the_pace_there_and_drops_the_key(fetcher: Fetcher, server: ReplayServer) -> None:
    server.misbehave("www.ast.dk/side", faults.redirected(B))
    assert fetcher.get(A, headers={"Authorization": "Bearer hemmelig"}).final_url == B
    assert "authorization" in server.calls("ast.dk/side")[0].headers
    assert "authorization" not in server.calls("oda.ft.dk/side")[0].headers


@pytest.mark.parametrize("target", ["http://www.ast.dk/side/2", "https://logind.invalid/", "file:///etc/passwd", "https://127.0.0.1/"])
def test_a_redirect_to_elsewhere_is_not_followed(fetcher: Fetcher, server: ReplayServer, target: str) -> None:
    server.misbehave("/side", faults.redirected(target))
    with pytest.raises(Rejected, match="viderestiller"):
        fetcher.get(A)
    assert len(server.calls("/side")) == 1


def test_redirects_in_a_circle_end(fetcher: Fetcher, server: ReplayServer) -> None:
    server.misbehave("/side", faults.redirected(A), times=99)
    with pytest.raises(Rejected, match="mere end 5"):
        fetcher.get(A)


# ---- checks


def test_what_a_check_refuses_is_asked_for_once_more_and_not_kept(fetcher: Fetcher, server: ReplayServer, snapshots: Snapshots) -> None:
    def whole(fetched: Fetched) -> None:
        if not fetched.body.endswith(b"</p>"):
            raise WrongContent(fetched.url, "Ikke hel.")

    server.misbehave("/side", faults.truncated_in_silence)
    assert fetcher.get(A, check=whole).body == BODY
    server.misbehave("/side", faults.page_instead, times=9)
    with pytest.raises(WrongContent):
        fetcher.get(f"{A}/2", check=whole)
    assert len(server.calls("/side/2")) == 2
    assert snapshots.latest(f"{A}/2") is None


# ---- snapshots


def test_everything_can_be_read_again_without_network(fetcher: Fetcher, snapshots: Snapshots, server: ReplayServer) -> None:
    fetcher.get(A)
    calls = len(server.log)
    offline = Offline(snapshots)
    again = offline.get(A)
    assert again.body == BODY
    assert again.not_modified
    assert again.headers["etag"]
    with pytest.raises(NotStored):
        offline.get(B)
    assert len(server.log) == calls


def test_a_damaged_snapshot_is_fetched_anew(fetcher: Fetcher, snapshots: Snapshots, server: ReplayServer, tmp_path: Path) -> None:
    fetcher.get(A)
    (path,) = (tmp_path / "raw" / "objects").glob("*/*.gz")
    path.write_bytes(gzip.compress(b"noget andet"))
    fetched = fetcher.get(A)
    assert not fetched.not_modified
    assert "if-none-match" not in server.calls("/side")[1].headers
    latest = snapshots.latest(A)
    assert latest is not None
    assert snapshots.body(latest) == BODY


def test_a_snapshot_is_small_on_disk_and_its_cookies_are_not_kept(fetcher: Fetcher, snapshots: Snapshots, server: ReplayServer) -> None:
    server.misbehave("/side", lambda request, answer, wire: Answer(BODY, headers={"Set-Cookie": "hvem=mig", "ETag": '"1"'}))
    fetcher.get(A)
    latest = snapshots.latest(A)
    assert latest is not None
    assert snapshots.size() < len(BODY) / 5
    assert "set-cookie" not in latest.headers
    assert latest.headers["etag"] == '"1"'


def test_keep_false_leaves_no_trace(fetcher: Fetcher, snapshots: Snapshots) -> None:
    fetcher.get(A, keep=False)
    assert snapshots.latest(A) is None
    assert not fetcher.get(A).not_modified


def test_snapshots_are_found_by_the_beginning_of_their_address(fetcher: Fetcher, snapshots: Snapshots) -> None:
    fetcher.get(A)
    fetcher.get(f"{A}/2")
    fetcher.get(B)
    assert [s.url for s in snapshots.newest("https://www.ast.dk/")] == [A, f"{A}/2"]


# ---- the municipality's network


def test_the_proxy_of_the_environment_is_used(server: ReplayServer, monkeypatch: pytest.MonkeyPatch, clock: StandingClock) -> None:
    for name in ("NO_PROXY", "no_proxy", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", server.url)
    with open_session("Vidensplatform/0.0") as session:
        assert Fetcher(session, clock=clock).get("http://www.ast.dk/side").body == BODY
    assert server.calls("www.ast.dk/side")[0].headers["user-agent"] == "Vidensplatform/0.0"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_the_certificates_of_the_machine_are_trusted_and_no_others(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: StandingClock
) -> None:
    """A municipality's own authority counts, because the machine trusts it. (Here the machine is told by ``SSL_CERT_FILE``.)"""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*made, *names], check=True, capture_output=True)
    with ReplayServer({"www.ast.dk": site}) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.speak_tls(context)
        url = server.url.replace("http:", "https:")

        def asked() -> Fetched:
            with open_session("Vidensplatform/0.0") as session:
                session.trust_env = False
                return Fetcher(session, base_url=url, clock=clock, retries=Retries(attempts=1)).get(A)

        with pytest.raises(HostUnreachable, match="certifikat"):
            asked()
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert asked().body == BODY
