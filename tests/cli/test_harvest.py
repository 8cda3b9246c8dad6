"""``vidensplatform harvest`` as a user runs it, against the sources in rehearsal: what they give, how they misbehave, and what stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cli.conftest import Done, Run
from replay import faults
from replay.ankestyrelsen import decision
from replay.domsdatabasen import EMAIL, PASSWORD, Domsdatabasen, case
from replay.real import real_sites
from replay.retsinformation import DENMARK
from replay.server import ReplayServer
from replay.texts import act_xml
from small import rows_of
from small_sources import Sites, write_rehearsed_corpus

from indexers.assembly import EMAIL_VARIABLE, PASSWORD_VARIABLE
from indexers.folder import read_paths
from indexers.pipeline import Pipeline
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.settings import Home
from vidensplatform.store.library import Library

NEW_TEXT = act_xml(42, "Lov om udlån af paraplyer", {"1": "Kommunen låner kun hele paraplyer ud."})
READ = {"lta/2030/41", "lta/2030/42", "lta/2030/43", "lta/2030/44", "ast/1-30", "ombudsmanden/generel-forvaltningsret/2-notatpligt", "oda/9079"}


@dataclass
class Rehearsal:
    """The program, and the sources it asks."""

    cli: Run
    home: Home
    sites: Sites
    server: ReplayServer

    def harvest(self, *arguments: str) -> Done:
        return self.cli("harvest", *arguments, "--base-url", self.server.url, "--json")

    def versions(self) -> set[str]:
        with Library.open(self.home.database, read_only=True) as library:
            return set(library.works_by_eli())

    def state(self) -> dict[str, list[tuple[object, ...]]]:
        return rows_of(self.home.database)


@pytest.fixture
def r(cli: Run, ready: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rehearsal]:
    corpus = write_rehearsed_corpus(tmp_path / "corpus")
    for module in ("update", "workbench", "health", "curation"):
        monkeypatch.setattr(f"vidensplatform.{module}.corpus_dir", lambda: corpus)
    for name in (EMAIL_VARIABLE, PASSWORD_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    sites = Sites()
    with ReplayServer(sites.all()) as server:
        yield Rehearsal(cli, ready, sites, server)


def ids(done: Done, what: str) -> list[str]:
    return [one["id"] if isinstance(one, dict) else one for source in done.json["sources"] for one in source[what]]


def source(done: Done, name: str) -> dict[str, object]:
    return next(s for s in done.json["sources"] if s["source"] == name)


def test_an_empty_library_is_filled_from_all_sources(r: Rehearsal) -> None:
    done = r.harvest()
    assert done.status == 0, done.out + done.err
    assert set(ids(done, "new")) == READ
    assert r.versions() == READ
    assert (done.json["new"], done.json["failed"]) == (7, 0)
    assert done.json["downloads"] == 8, "one more had to be read to know that it is not wanted"
    assert ids(done, "unwanted") == ["lta/2030/45"]
    assert any("konto" in note for note in source(done, "domsdatabasen")["notes"])  # type: ignore[attr-defined]
    assert "paraplyer" in r.cli("search", "låner paraplyer ud", "--json").out


def test_a_second_run_loads_nothing(r: Rehearsal) -> None:
    r.harvest()
    state = r.state()
    r.sites.next_day()
    r.server.forget()
    done = r.harvest()
    assert (done.status, done.json["downloads"], done.json["new"], done.json["changed"]) == (0, 0, 0, 0)
    assert not r.server.calls(r"/eli/lta/|principmeddelelser/|api/Sag\(", status=200)
    assert r.state() == state


def test_after_a_change_only_what_changed_is_loaded(r: Rehearsal) -> None:
    r.harvest()
    r.sites.next_day()
    r.sites.acts.change("lta/2030/42", NEW_TEXT)
    done = r.harvest()
    assert (done.status, done.json["downloads"], ids(done, "changed")) == (0, 1, ["lta/2030/42"])
    assert "hele paraplyer" in r.cli("show", "lta/2030/42").out


def test_full_looks_at_everything_and_loads_nothing_twice(r: Rehearsal) -> None:
    r.harvest()
    r.sites.next_day()
    done = r.harvest("--full")
    assert (done.status, set(ids(done, "unchanged"))) == (0, READ)
    assert [s["source"] for s in done.json["sources"] if s["downloads"]] == ["folketinget"], "ODA knows no conditional calls"


def test_a_text_that_goes_back_to_what_it_was_is_that_text_again(r: Rehearsal) -> None:
    r.harvest()
    first = r.sites.acts.records["lta/2030/42"].xml
    for text, words in ((NEW_TEXT, "hele paraplyer"), (first, "i regnvejr")):
        r.sites.next_day()
        r.sites.acts.change("lta/2030/42", text)
        assert ids(r.harvest(), "changed") == ["lta/2030/42"]
        assert words in r.cli("show", "lta/2030/42").out


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (faults.says(429, {"Retry-After": "0"}), "færre"),
        (faults.says(403), "afviser"),
        (faults.says(500), "fejl"),
        (faults.page_instead, "hjemmeside"),
        (faults.truncated, "brød af"),
        (faults.truncated_in_silence, "ikke helt"),
        (faults.hangs_up, ""),
        (faults.replaced("<Meta>", "<Meta><Ukendt>"), "velformet"),
    ],
)
def test_a_document_that_comes_out_wrong_leaves_the_old_text_and_is_read_the_next_time(r: Rehearsal, fault: faults.Fault, reason: str) -> None:
    r.harvest()
    state = r.state()
    r.sites.next_day()
    r.sites.acts.change("lta/2030/42", NEW_TEXT)
    r.server.misbehave("2030/42/xml", fault, times=4)
    done = r.harvest()
    assert done.status == 3
    assert ids(done, "failed") == ["lta/2030/42"]
    assert reason in source(done, "retsinformation")["failed"][0]["reason"]  # type: ignore[index]
    assert {**r.state(), "failures": []} == state
    status = r.cli("status", "--json").json
    assert [f["id"] for f in status["sources"][0]["failing"]] == ["lta/2030/42"]
    r.server.behave()
    again = r.harvest()
    assert (again.status, ids(again, "changed"), ids(again, "failed")) == (0, ["lta/2030/42"], [])
    assert r.cli("status", "--json").json["sources"][0]["failing"] == []
    assert r.state()["failures"] == []


def test_a_slow_drip_is_waited_for(r: Rehearsal) -> None:
    r.server.misbehave("2030/42/xml", faults.drips(0.01, 40))
    assert r.harvest().status == 0
    assert "lta/2030/42" in r.versions()


def test_a_changed_layout_is_told_and_not_stored_as_empty_text(r: Rehearsal) -> None:
    r.harvest()
    state = r.state()
    r.sites.next_day()
    page = r.sites.decisions.pages[0]
    page.changed = r.sites.now()
    page.metadata["Journalnummer"] = "30-1"
    r.server.misbehave("principmeddelelser/", faults.replaced("rich-text", "ny-tekst"), times=9)
    done = r.harvest("ankestyrelsen")
    assert (done.status, ids(done, "failed")) == (3, ["ast/1-30"])
    assert "tekstbokse" in source(done, "ankestyrelsen")["failed"][0]["reason"]  # type: ignore[index]
    assert {**r.state(), "failures": []} == state


def test_a_source_that_is_down_is_told_and_the_others_are_read(r: Rehearsal) -> None:
    r.server.misbehave(r"retsinformation\.dk", faults.says(500), times=999)
    done = r.harvest()
    assert done.status == 1
    assert "fejlet" in str(source(done, "retsinformation")["stopped_by"])
    assert r.versions() == {eli for eli in READ if not eli.startswith("lta/")}
    shown = r.cli("status", "--json").json["sources"]
    assert shown[0]["read_to"] is None
    assert "fejlet" in shown[0]["last_failure"]
    assert shown[1]["read_to"] is not None


def test_at_ten_minutes_to_midnight_the_cross_check_is_left_out(r: Rehearsal) -> None:
    r.harvest()
    late = datetime.now(DENMARK).replace(hour=23, minute=50) + timedelta(days=1)
    r.sites.shift = late - datetime.now(DENMARK)
    r.sites.acts.change("lta/2030/42", NEW_TEXT)
    done = r.harvest("retsinformation")
    assert (done.status, ids(done, "changed")) == (0, ["lta/2030/42"])
    assert any("Krydstjekket" in note for note in source(done, "retsinformation")["notes"])  # type: ignore[attr-defined]


def test_what_the_source_withdraws_is_marked_kept_and_told(r: Rehearsal) -> None:
    r.harvest()
    r.sites.next_day()
    r.sites.acts.remove("lta/2030/42")
    done = r.harvest()
    assert (done.status, ids(done, "removed")) == (0, ["lta/2030/42"])
    shown = r.cli("show", "lta/2030/42", "--json").json["document"]
    assert "regnvejr" in shown["text"]
    assert shown["freshness"]["withdrawn"]
    assert r.cli("status", "--json").json["sources"][0]["withdrawn"] == 1
    assert "trukket tilbage" in r.cli("show", "lta/2030/42").out


def test_a_withdrawn_judgment_disappears(r: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EMAIL_VARIABLE, EMAIL)
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    courts = Domsdatabasen([case(1), case(2)])
    r.server.sites["domsdatabasen.dk"] = courts
    assert set(ids(r.harvest("domsdatabasen"), "new")) == {"domsdatabasen/1", "domsdatabasen/2"}
    assert "bænk nr. 2" in r.cli("search", "bænk nr. 2", "--json").out
    courts.cases[1] = case(2, documents=[{**case(2)["documents"][0], "revokedDateTime": "2026-03-01T00:00:00"}])
    done = r.harvest("domsdatabasen")
    assert (done.status, ids(done, "removed"), r.versions()) == (0, ["domsdatabasen/2"], {"domsdatabasen/1"})
    found = r.cli("search", "bænk nr. 2", "--json").json["documents"]
    assert "domsdatabasen/2" not in {document["eli"] for document in found}
    left = [path for path in r.home.folder.rglob("*") if path.is_file() and "bænk nr. 2".encode() in path.read_bytes()]
    assert left == []


def test_a_decision_published_again_leads_to_the_new_one(r: Rehearsal) -> None:
    labels = ["Prøvebænkeloven", "Bænke", "Kommunal"]
    told = "Principmeddelelsen er tidligere offentliggjort som 1-30, men er den 4. marts 2030 genudgivet som 2-30."
    old = decision("1-30", "våde bænke", [*labels, "Historisk"], paragraf="§ 2", reissue=told)
    new = decision("2-30", "våde bænke", [*labels, "Gældende"], paragraf="§ 2", reissue=told)
    r.sites.decisions.pages[:] = [old, new]
    r.harvest()
    found = r.cli("search", "hvem maler bænken", "--json").json["documents"]
    assert {d["eli"] for d in found if d["eli"].startswith("ast/")} == {"ast/2-30"}
    shown = r.cli("show", "PM 1-30", "--json").json["document"]
    assert (shown["eli"], shown["status"], shown["replaced_by"]) == ("ast/1-30", "historisk", "PM 2-30")
    assert r.cli("show", "PM 2-30", "--json").json["document"]["formerly"] == ["PM 1-30"]
    assert "Offentliggjort igen som PM 2-30" in r.cli("show", "PM 1-30").out
    referring = r.cli("show", "PBL § 2", "--json").json["provision"]["references_in"]
    assert ("ast/2-30", "PM 2-30") in {(one["eli"], one["label"].strip()) for one in referring}
    assert "ast/1-30" not in {one["eli"] for one in referring}


def test_every_hit_says_how_fresh_its_source_is(r: Rehearsal) -> None:
    r.harvest()
    (found,) = r.cli("search", "paraplyer i regnvejr", "--json", "--limit", "1").json["documents"]
    assert found["freshness"]["source"] == "retsinformation"
    assert found["freshness"]["read_to"]
    shown = r.cli("show", "PBL § 1", "--json").json["provision"]["freshness"]
    assert shown["read_to"] == found["freshness"]["read_to"]
    assert "læst til" in r.cli("show", "PBL § 1").out


def test_an_act_is_shown_with_what_is_issued_under_it(r: Rehearsal) -> None:
    r.harvest()
    document = r.cli("show", "prøvebænkeloven", "--json").json["document"]
    assert [one["eli"] for one in document["issued_under"]] == ["lta/2030/44"]
    assert "Bekendtgørelse om bænkes farve" in r.cli("show", "PBL").out


def test_bills_that_would_amend_an_act_are_found_by_the_act(r: Rehearsal) -> None:
    r.sites.bills.rows[0]["Sagstrin"] = [{"titel": "Fremsættelse", "dato": "2026-02-03T00:00:00"}, {"titel": "1. behandling", "dato": None}]
    r.harvest()
    with Library.open(r.home.database, read_only=True) as library:
        (bill,) = library.bills_touching("proevebaenkeloven")
        assert (bill.eli, bill.number, bill.under_way, bill.text) == ("oda/9079", "L 79", True, "ft/202512L00079")
        assert (bill.status, str(bill.proposed)) == ("1. behandlet/Henvist til udvalg", "2026-02-03")
        assert library.bills_touching("paraplyloven") == []


def test_acts_without_a_list_of_what_belongs_to_them_are_a_known_gap(r: Rehearsal) -> None:
    r.harvest("retsinformation")
    (gap,) = [note for note in r.cli("status", "--json").json["sources"][0]["notes"] if "hører til" in note]
    assert "2 love (lta/2030/42, lta/2030/43)" in gap


def test_a_dry_run_says_what_it_would_fetch_and_stores_nothing(r: Rehearsal) -> None:
    done = r.harvest("--dry-run")
    assert done.status == 0
    planned = {one["id"] for s in done.json["sources"] for one in s["fetch"]}
    assert planned == READ | {"lta/2030/45"}, "what the feed named on its last day has to be read to know whether it is wanted"
    assert not r.server.calls(r"/xml|principmeddelelser/\d|Sag\(")
    assert not r.home.database.exists()


def test_only_sources_whose_time_has_come_are_read_when_asked_so(r: Rehearsal) -> None:
    r.harvest("ankestyrelsen")
    done = r.harvest("--due")
    assert [s["source"] for s in done.json["sources"]] == ["retsinformation", "ombudsmanden", "folketinget", "domsdatabasen"]
    assert r.harvest("--due").json["sources"] == []


def test_an_unknown_source_and_a_bad_address_are_wrong_use(r: Rehearsal) -> None:
    assert r.harvest("lovtidende").status == 2
    assert r.cli("harvest", "--base-url", "her").status == 2


def test_a_second_harvest_at_the_same_time_is_refused(r: Rehearsal) -> None:
    from filelock import FileLock

    r.home.harvest.mkdir(parents=True)
    with FileLock(r.home.harvest / "harvest.lock"):
        done = r.harvest()
    assert done.status == 1
    assert "En anden hentning" in done.err


def test_a_fault_in_the_settings_is_told_with_file_and_place(r: Rehearsal, tmp_path: Path) -> None:
    path = tmp_path / "corpus" / "sources.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("every_hours = 168", "every_hour = 168"), encoding="utf-8")
    done = r.harvest()
    assert done.status == 1
    assert "sources.toml, [ombudsmanden] every_hour" in done.err
    checked = r.cli("corpus", "check", "--json")
    assert checked.status == 1
    assert "sources.toml" in {f["file"] for f in checked.json["faults"]}


def test_the_municipality_s_own_settings_count_before_the_program_s(r: Rehearsal, tmp_path: Path) -> None:
    own = (tmp_path / "corpus" / "sources.toml").read_text(encoding="utf-8").replace("[domsdatabasen]\n", "[domsdatabasen]\nenabled = false\n")
    (r.home.folder / "sources.toml").write_text(f'[afsender]\ncontact = "it@kommune.invalid"\n{own}', encoding="utf-8")
    done = r.harvest()
    assert "domsdatabasen" not in {s["source"] for s in done.json["sources"]}
    assert all("it@kommune.invalid" in call.headers["user-agent"] for call in r.server.calls())
    assert r.harvest("domsdatabasen").status == 2


def test_a_summary_names_every_document(r: Rehearsal) -> None:
    out = r.cli("harvest", "--base-url", r.server.url).out
    assert "Lov om udlån af paraplyer" in out
    assert "Hentet 8 dokumenter" in out


def test_doctor_names_sources_that_were_never_harvested(r: Rehearsal) -> None:
    r.harvest("retsinformation")
    told = {f["what"]: f["detail"] for f in r.cli("doctor", "--json").json}
    assert "Ankestyrelsen" in told["Kilder"]
    assert "Retsinformation" not in told["Kilder"]


# -- real documents, and a process of its own --------------


@pytest.mark.real_data
def test_harvest_of_the_real_acts_is_what_their_import_is_and_a_stopped_run_goes_on(
    program: Run, ready: Home, shared_data: Path, tmp_path: Path, corpus: Corpus
) -> None:
    """The whole program, once stopped with Ctrl+C and once killed on the way."""
    with ReplayServer(real_sites(shared_data / "current", lambda: datetime.now(UTC))) as server:
        command = [sys.executable, "-m", "vidensplatform", "harvest", "retsinformation", "--base-url", server.url, "--home", str(ready.folder)]
        for number in (signal.SIGINT, signal.SIGKILL):
            done_before = len(server.calls("/xml", status=200))
            process = subprocess.Popen(command, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            while process.poll() is None and len(server.calls("/xml", status=200)) < done_before + 20:
                time.sleep(0.02)
            process.send_signal(number)
            _, err = process.communicate(timeout=60)
            assert process.returncode == (1 if number == signal.SIGINT else -signal.SIGKILL), err
        done = program("harvest", "retsinformation", "--base-url", server.url, "--json")
        assert done.status == 0, done.err
        server.forget()
        again = program("harvest", "retsinformation", "--base-url", server.url, "--json")
        assert (again.status, again.json["downloads"]) == (0, 0)
        assert not server.calls("/xml", status=200)
    with Library.open(tmp_path / "imported.sqlite3") as library:
        assert Pipeline(library, corpus.registry).run(read_paths([shared_data / "current"])).new == 158
    harvested, read = rows_of(ready.database), rows_of(tmp_path / "imported.sqlite3")
    for table in ("works", "provisions", "snapshots", "failures"):
        assert harvested[table] == read[table], table
    assert [row[:12] for row in harvested["versions"]] == [row[:12] for row in read["versions"]]
    assert len(harvested["refs"]) >= len(read["refs"]), "the site ties orders to acts beside what their text says"
