"""Running a source: nothing twice, nothing lost, whatever happens on the way."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from replay import faults
from replay.clock import StandingClock
from replay.library import Basket
from replay.once import REGISTRY
from replay.real import real_sites
from replay.retsinformation import Retsinformation
from replay.server import ReplayServer
from replay.texts import act_xml, benches, record
from small import rows_of

from indexers.fetch import Fetcher, open_session
from indexers.folder import read_paths
from indexers.harvest import Report, harvest, rehearse
from indexers.journal import Journal
from indexers.outcomes import Done
from indexers.pace import PACES, REHEARSAL, Pace
from indexers.pipeline import Pipeline
from indexers.retsinformation.plan import Wanted
from indexers.retsinformation.source import Retsinformation as Source
from indexers.shelf import Shelf
from indexers.snapshots import Offline, Snapshots
from indexers.source import Item, Plan
from vidensplatform.store.library import Library

NEW_TEXT = act_xml(41, "Lov om prøvebænke", {"1": "En prøvebænk står frit og er malet.", "2": "Der sidder højst tre på den, jf. § 1."})


@dataclass
class Rehearsal:
    """A source in rehearsal, and what was read of it."""

    folder: Path
    clock: StandingClock
    site: Retsinformation
    server: ReplayServer
    fetcher: Fetcher
    journal: Journal
    basket: Basket

    def run(self) -> Report:
        return harvest(Source(Wanted(REGISTRY), cross_check=0), self.fetcher, self.journal, self.basket, self.clock)


@pytest.fixture
def r(tmp_path: Path) -> Iterator[Rehearsal]:
    clock = StandingClock()
    site = Retsinformation(benches(), now=clock.now)
    site.records["lta/2030/41"].belonging = {3: [{"title": "Bekendtgørelse om bænkes farve", "eliPath": "/eli/lta/2030/44"}]}
    with (
        ReplayServer(site.sites()) as server,
        open_session("Vidensplatform/0.0") as session,
        Snapshots.open(tmp_path / "raw") as snapshots,
        Journal.open(tmp_path / "journal.sqlite") as journal,
    ):
        session.trust_env = False
        fetcher = Fetcher(session, snapshots, clock=clock, base_url=server.url)
        yield Rehearsal(tmp_path, clock, site, server, fetcher, journal, Basket())


ACTS = ("lta/2030/41", "lta/2030/42", "lta/2030/43")


def test_the_first_run_reads_what_is_wanted_and_what_belongs_to_it(r: Rehearsal) -> None:
    report = r.run()
    assert report.how == "første hentning"
    assert report.new == (*ACTS, "lta/2030/44")
    assert report.failed == ()
    assert set(r.basket.versions) == set(report.new)
    assert r.journal.freshness("retsinformation").documents == 4


def test_the_second_run_loads_nothing(r: Rehearsal) -> None:
    r.run()
    r.clock.forward(24 * 3600)
    r.server.forget()
    report = r.run()
    assert report.how == "feedet"
    assert (report.new, report.changed, report.downloads) == ((), (), 0)
    assert not r.server.calls(r"/eli/(lta|retsinfo)", status=200)


def test_only_what_changed_is_loaded(r: Rehearsal) -> None:
    r.run()
    r.clock.forward(24 * 3600)
    r.site.change("lta/2030/41", NEW_TEXT)
    r.server.forget()
    report = r.run()
    assert report.changed == ("lta/2030/41",)
    assert [c.path for c in r.server.calls(r"/eli/lta", status=200)] == ["/eli/lta/2030/41/xml"]


def test_what_is_removed_is_marked_and_kept(r: Rehearsal) -> None:
    r.run()
    r.clock.forward(24 * 3600)
    r.site.remove("lta/2030/42")
    report = r.run()
    assert report.removed == ("lta/2030/42",)
    assert r.basket.gone == ["lta/2030/42"]
    assert "lta/2030/42" in r.basket.versions
    assert r.journal.freshness("retsinformation").removed == 1
    assert r.run().removed == ()


def test_after_ninety_days_the_dates_close_the_gap(r: Rehearsal) -> None:
    r.run()
    r.clock.forward(40 * 24 * 3600)
    r.site.change("lta/2030/43", act_xml(43, "Lov om nattelamper", {"1": "En nattelampe slukkes, når nogen siger til."}))
    r.site.vanished.add("lta/2030/42")
    r.clock.forward(70 * 24 * 3600)
    r.server.forget()
    report = r.run()
    assert report.how == "sammenligning af datoer"
    assert report.changed == ("lta/2030/43",)
    assert report.vanished == ("lta/2030/42",)
    assert "lta/2030/42" in r.basket.versions
    assert len(r.server.calls(r"/eli/lta", status=200)) == 1


@pytest.mark.parametrize(
    "fault", [faults.says(500), faults.says(403), faults.page_instead, faults.truncated, faults.truncated_in_silence, faults.says(404)]
)
def test_what_fails_is_told_and_read_the_next_time(r: Rehearsal, fault: faults.Fault) -> None:
    r.server.misbehave("2030/42/xml", fault, times=4)
    report = r.run()
    assert [eli for eli, _ in report.failed] == ["lta/2030/42"]
    assert set(report.new) == {"lta/2030/41", "lta/2030/43", "lta/2030/44"}
    assert [eli for eli, _ in r.journal.freshness("retsinformation").failing] == ["lta/2030/42"]
    r.server.behave()
    r.clock.forward(7200)
    again = r.run()
    assert again.new == ("lta/2030/42",)
    assert r.journal.freshness("retsinformation").failing == ()


def test_a_document_that_cannot_be_parsed_is_kept_with_its_reason(r: Rehearsal) -> None:
    r.server.misbehave("2030/42/xml", faults.replaced("<Meta>", "<Meta><Ukendt>"), times=1)
    report = r.run()
    assert report.failed[0][0] == "lta/2030/42"
    assert "velformet" in report.failed[0][1]
    assert list(r.basket.broken) == ["https://www.retsinformation.dk/eli/lta/2030/42/xml"]


def test_a_source_that_cannot_be_listed_is_told_and_tried_again(r: Rehearsal) -> None:
    r.server.misbehave("sitemap", faults.page_instead, times=9)
    report = r.run()
    assert "hjemmeside" in report.stopped_by
    assert "hjemmeside" in r.journal.freshness("retsinformation").last_failure
    r.server.behave()
    assert len(r.run().new) == 4


def test_a_host_that_needs_rest_leaves_the_rest_for_later(r: Rehearsal) -> None:
    r.server.misbehave(r"2030/4\d/xml", faults.says(500), times=8)
    report = r.run()
    assert "får ro" in report.stopped_by
    assert report.left == 2
    r.clock.forward(3700)
    r.server.behave()
    again = r.run()
    assert again.how == "fortsat"
    assert again.left == 0


def test_a_run_that_was_stopped_goes_on_without_listing_again(tmp_path: Path, r: Rehearsal) -> None:
    calls = iter([False] * 22 + [True] * 999)
    with open_session("Vidensplatform/0.0") as session:
        session.trust_env = False
        stopping = Fetcher(session, clock=r.clock, base_url=r.server.url, stop=lambda: next(calls))
        report = harvest(Source(Wanted(REGISTRY), cross_check=0), stopping, r.journal, r.basket, r.clock)
    assert report.left
    assert "stoppet" in report.stopped_by
    r.server.forget()
    r.run()
    assert set(r.basket.versions) == {*ACTS, "lta/2030/44"}
    assert not r.server.calls("sitemap|atom")


def test_a_rehearsal_fetches_no_document_and_writes_nothing_down(r: Rehearsal) -> None:
    plan = rehearse(Source(Wanted(REGISTRY), cross_check=0), r.fetcher, r.journal, r.clock)
    assert [i.id for i in plan.items] == list(ACTS)
    assert not r.server.calls("/xml")
    assert r.journal.unfinished("retsinformation") is None


@pytest.mark.parametrize("days", [40, 0])
def test_an_order_that_the_site_ties_to_an_act_is_wanted_whatever_it_says(r: Rehearsal, days: int) -> None:
    """Also where the feed named it, and it was read and put aside before the act's own list came."""
    r.site.records["lta/2030/44"] = record(44, "Bekendtgørelse om maling", {"1": "Maling er grøn."}, letter="B", kind="BEK H#LOKDOK04")
    r.site.records["lta/2030/44"].changed = r.clock.now() - timedelta(days=days)
    r.site.records["lta/2030/44"].belonging = {}
    r.site.records["lta/2030/41"].belonging = {3: [{"title": "Bekendtgørelse om maling", "eliPath": "/eli/lta/2030/44"}]}
    report = r.run()
    assert "lta/2030/44" in report.new
    assert ("issued-under", "lta/2030/41") in r.basket.versions["lta/2030/44"].metadata
    r.clock.forward(24 * 3600)
    r.site.change("lta/2030/44", act_xml(44, "Bekendtgørelse om maling", {"1": "Maling er blå."}, letter="B", kind="BEK H#LOKDOK04"))
    assert r.run().changed == ("lta/2030/44",)


def test_progress_is_told_with_an_estimate(r: Rehearsal) -> None:
    steps = []
    harvest(Source(Wanted(REGISTRY), cross_check=0), r.fetcher, r.journal, r.basket, r.clock, steps.append)
    assert [(s.done, s.planned) for s in steps] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert steps[0].seconds_left > steps[2].seconds_left > steps[3].seconds_left == 0


def test_everything_is_parsed_again_without_network(r: Rehearsal) -> None:
    r.run()
    calls = len(r.server.log)
    with Snapshots.open(r.folder / "raw") as snapshots, Journal.open(r.folder / "again.sqlite") as journal:
        basket = Basket()
        report = harvest(Source(Wanted(REGISTRY), cross_check=0), Offline(snapshots), journal, basket, r.clock)
    assert report.failed == ()
    assert basket.versions == r.basket.versions
    assert len(r.server.log) == calls


# ---- the journal


def test_a_failed_document_keeps_its_old_date(tmp_path: Path) -> None:
    first, later = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    with Journal.open(tmp_path / "j.sqlite") as journal:
        for changed, outcome, reason in ((first, Done.NEW, ""), (later, Done.FAILED, "nej")):
            item = Item("a", "https://x.invalid/a", changed)
            run = journal.begin("s", Plan("prøve", (item,)), changed)
            journal.tick(run, "s", item, outcome, changed, reason)
            journal.end(run, "s", changed)
        assert journal.state("s").known["a"].changed == first
        run = journal.begin("s", Plan("prøve"), later)
        assert [i.id for i in journal.pending(run)] == ["a"]


def test_documents_found_on_the_way_are_read_in_the_same_run(tmp_path: Path) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with Journal.open(tmp_path / "j.sqlite") as journal:
        run = journal.begin("s", Plan("prøve", (Item("a", "u"),)), now)
        seen = []
        for item in journal.pending(run):
            seen.append(item.id)
            journal.add(run, [Item("a", "u"), Item("b", "u")])
            journal.tick(run, "s", item, Done.NEW, now)
        assert seen == ["a", "b"]
        assert journal.counts(run) == (2, 2)


# ---- killed


def library_state(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a library says: texts, references and where they lead, the bytes kept, what failed; without row numbers and times."""
    with Library.open(folder / "library.sqlite", read_only=True) as library:
        assert library.check() == []
    return rows_of(folder / "library.sqlite")


@contextmanager
def harvesting(folder: Path, url: str) -> Iterator[subprocess.Popen[bytes]]:
    """A harvest in a process of its own, that can be killed."""
    here = Path(__file__).resolve()
    path = os.pathsep.join([str(here.parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "replay.once", str(folder), url],
        env=environment,
        cwd=here.parent.parent.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.mark.parametrize("most", [5, pytest.param(30, marks=pytest.mark.real_data)])  # thirty take half a minute
def test_killed_at_random_moments_it_ends_in_the_same_state(tmp_path: Path, most: int) -> None:
    site = Retsinformation(benches(), now=lambda: datetime(2026, 3, 10, 11, 0, tzinfo=UTC))
    site.records["lta/2030/41"].belonging = {3: [{"title": "Bekendtgørelse om bænkes farve", "eliPath": "/eli/lta/2030/44"}]}
    chance = random.Random(30)
    with ReplayServer(site.sites()) as server:
        finish(tmp_path / "whole", server.url)
        calls = len(server.log)
        expected = library_state(tmp_path / "whole")
        assert len(expected["versions"]) == 4
        assert any(row[5] for row in expected["refs"])
        kills = runs = 0
        while kills < most:
            runs += 1
            folder = tmp_path / f"killed-{runs}"
            for _ in range(min(8, most - kills)):
                server.forget()
                if not killed_after(chance.randint(1, calls), chance.uniform(0, 0.03), folder, server):
                    break
                kills += 1
            finish(folder, server.url)
            assert library_state(folder) == expected


def finish(folder: Path, url: str) -> None:
    """Let a harvest run to its end."""
    with harvesting(folder, url) as process:
        assert process.wait(120) == 0, process.stderr and process.stderr.read()


def killed_after(calls: int, seconds: float, folder: Path, server: ReplayServer) -> bool:
    """Kill a harvest so many calls and so many seconds after it began; False where it was done before that."""
    with harvesting(folder, server.url) as process:
        while process.poll() is None and len(server.log) < calls:
            time.sleep(0.002)
        time.sleep(seconds)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            return True
        assert process.returncode == 0
    return False


# ---- the real files


@pytest.mark.real_data
def test_harvest_of_the_real_files_gives_what_their_import_gives(shared_data: Path, tmp_path: Path, corpus: object) -> None:
    from vidensplatform.knowledge.loading import Corpus

    assert isinstance(corpus, Corpus)
    with Library.open(tmp_path / "imported.sqlite") as library:
        tally = Pipeline(library, corpus.registry).run(read_paths([shared_data / "current"]))
        imported = library._db.execute("SELECT eli, raw_sha256, title, status FROM versions ORDER BY eli").fetchall()
    assert tally.failed == []
    elis = frozenset(row["eli"] for row in imported)
    sites = real_sites(shared_data / "current")
    clock = StandingClock(datetime(2026, 3, 10, 11, 0, tzinfo=UTC) + timedelta(days=1))
    with (
        ReplayServer(sites) as server,
        open_session("Vidensplatform/0.0") as session,
        Snapshots.open(tmp_path / "raw") as snapshots,
        Journal.open(tmp_path / "journal.sqlite") as journal,
        Library.open(tmp_path / "harvested.sqlite") as library,
    ):
        session.trust_env = False
        fetcher = Fetcher(session, snapshots, clock=clock, base_url=server.url, paces=REHEARSAL)
        source = Source(Wanted(corpus.registry, elis), cross_check=0)
        report = harvest(source, fetcher, journal, Shelf(library, corpus.registry), clock)
        assert report.failed == ()
        assert report.downloads == len(elis)
        harvested = library._db.execute("SELECT eli, raw_sha256, title, status FROM versions ORDER BY eli").fetchall()
        assert [tuple(row) for row in harvested] == [tuple(row) for row in imported]
        server.forget()
        clock.forward(24 * 3600)
        assert harvest(source, fetcher, journal, Shelf(library, corpus.registry), clock).downloads == 0
        assert not server.calls("/xml", status=200)


def test_a_pace_of_nothing_is_for_rehearsals_only() -> None:
    assert Pace().interval >= 1
    assert all(pace.interval >= 1 for pace in PACES.values())
    assert REHEARSAL.keys() == PACES.keys()
