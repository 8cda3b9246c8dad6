"""The courts' database: metadata only, with an account of one's own, and what is withdrawn disappears."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from replay import faults
from replay.clock import StandingClock
from replay.domsdatabasen import EMAIL, PASSWORD, case
from replay.domsdatabasen import Domsdatabasen as Site
from replay.golden import check_golden, golden_pairs
from replay.library import Basket
from replay.server import ReplayServer

from indexers.domsdatabasen import Account, Domsdatabasen
from indexers.fetch import Fetcher, open_session
from indexers.fetch_errors import LayoutChanged
from indexers.fetched import Fetched
from indexers.harvest import Report, harvest
from indexers.journal import Journal
from indexers.snapshots import Snapshots
from indexers.source import MAIN, Item
from vidensplatform.law.model import Version

NOW = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
REVOKED = {"ecli": "x", "revokedDateTime": "2026-03-01T00:00:00", "contentHtml": "<p>Hemmelig tekst</p>"}


@pytest.fixture
def site() -> Site:
    return Site([case(n) for n in range(1, 6)])


@pytest.fixture
def server(site: Site) -> Iterator[ReplayServer]:
    with ReplayServer({"domsdatabasen.dk": site}) as server:
        yield server


def run(server: ReplayServer, folder: Path, basket: Basket, account: Account | None = Account(EMAIL, PASSWORD)) -> Report:  # noqa: B008
    clock = StandingClock(NOW)
    with open_session("Vidensplatform/0.0") as session, Snapshots.open(folder / "raw") as snapshots, Journal.open(folder / "j.sqlite") as journal:
        session.trust_env = False
        return harvest(Domsdatabasen(account), Fetcher(session, snapshots, clock=clock, base_url=server.url), journal, basket, clock)


def parse(row: object) -> Version:
    url = "https://domsdatabasen.dk/#sag/1"
    return Domsdatabasen(None).parse({MAIN: Fetched(url, url, 200, {}, json.dumps(row).encode(), NOW)}, Item("domsdatabasen/1", url))


def test_a_judgment_is_metadata_and_a_link() -> None:
    version = parse(case(1))
    assert (version.eli, version.title, version.signed) == ("domsdatabasen/1", "Sag om bænk nr. 1", date(2029, 5, 6))
    assert version.metadata == (
        ("court", "Retten i Bænkeborg"),
        ("case-number", "BS-1/2029-BÆN"),
        ("verdict-status", "Endelig"),
        ("subject", "Forvaltningsret"),
        ("subject", "Bænke"),
        ("ecli", "ECLI:DK:BAEN:2029:1"),
        ("url", "https://domsdatabasen.dk/#sag/1"),
    )
    assert len(list(version.walk())) == 1


@pytest.mark.parametrize("row", [{}, [], "nej", {"id": 1, "headline": " "}])
def test_what_is_no_judgment_is_reported(row: object) -> None:
    with pytest.raises(LayoutChanged):
        parse(row)


@pytest.mark.parametrize("pair", golden_pairs("domsdatabasen"), ids=lambda pair: pair.stem)
def test_golden(pair: Path) -> None:
    check_golden(parse(json.loads(pair.read_bytes())), pair)


def test_without_an_account_nothing_is_asked(server: ReplayServer, tmp_path: Path) -> None:
    report = run(server, tmp_path, Basket(), None)
    assert "konto" in report.notes[0]
    assert server.log == []


def test_all_are_read_and_the_second_time_none(server: ReplayServer, site: Site, tmp_path: Path) -> None:
    basket = Basket()
    assert len(run(server, tmp_path, basket).new) == 5
    assert run(server, tmp_path, basket) == Report("domsdatabasen", "fuld liste")
    assert site.signed_in == 2


def test_nothing_of_the_text_or_the_password_lies_on_disk(server: ReplayServer, site: Site, tmp_path: Path) -> None:
    run(server, tmp_path, Basket())
    site.cases[0]["documents"] = [REVOKED]
    run(server, tmp_path, Basket())
    for path in tmp_path.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            for words in ("Hemmelig tekst", PASSWORD, EMAIL, site.key, "Sag om bænk nr. 1"):
                assert words.encode() not in data, (path, words)
    assert PASSWORD not in repr(Account(EMAIL, PASSWORD))


@pytest.mark.parametrize("how", ["revoked", "case", "gone"])
def test_a_withdrawn_judgment_disappears(server: ReplayServer, site: Site, tmp_path: Path, how: str) -> None:
    basket = Basket()
    run(server, tmp_path, basket)
    if how == "revoked":
        site.cases[2]["documents"] = [REVOKED, REVOKED]
    elif how == "case":
        site.cases[2]["revokedDateTime"] = "2026-03-01T00:00:00"
    else:
        del site.cases[2]
    report = run(server, tmp_path, basket)
    assert report.removed == ("domsdatabasen/3",)
    assert "domsdatabasen/3" not in basket.versions
    assert run(server, tmp_path, basket).removed == ()


def test_a_list_that_lost_most_judgments_erases_none(server: ReplayServer, site: Site, tmp_path: Path) -> None:
    basket = Basket()
    run(server, tmp_path, basket)
    del site.cases[1:]
    assert "intet er slettet" in run(server, tmp_path, basket).stopped_by
    assert len(basket.versions) == 5


def test_a_document_that_was_withdrawn_beside_others_is_left_out() -> None:
    documents = [REVOKED, {"ecli": "ECLI:DK:2", "verdictDateTime": "2029-07-01T00:00:00"}]
    assert [v for k, v in parse(case(1, documents=documents)).metadata if k == "ecli"] == ["ECLI:DK:2"]


def test_pages_are_read_to_the_end(server: ReplayServer, site: Site, tmp_path: Path) -> None:
    site.cases = [case(n) for n in range(1, 251)]
    assert len(run(server, tmp_path, Basket()).new) == 250
    assert [c.query for c in server.calls("sager")] == [f"sideNr={n}&perSide=100" for n in (1, 2, 3)]


def test_a_key_that_ran_out_is_renewed_once(server: ReplayServer, site: Site, tmp_path: Path) -> None:
    server.misbehave("sager", faults.says(401))
    assert len(run(server, tmp_path, Basket()).new) == 5
    assert site.signed_in == 2


def test_a_wrong_password_is_told_without_it(server: ReplayServer, tmp_path: Path) -> None:
    told = run(server, tmp_path, Basket(), Account(EMAIL, "forkert")).stopped_by
    assert "401" in told
    assert "forkert" not in told


@pytest.mark.parametrize(("old", "new"), [('"tokenString"', '"token"'), ('"id"', '"nummer"')])
def test_another_shape_is_reported(server: ReplayServer, tmp_path: Path, old: str, new: str) -> None:
    server.misbehave("autoriser" if "token" in old else "sager", faults.replaced(old, new))
    assert run(server, tmp_path, Basket()).stopped_by


def test_a_changed_judgment_is_read_again(server: ReplayServer, site: Site, tmp_path: Path) -> None:
    basket = Basket()
    run(server, tmp_path, basket)
    site.cases[3] |= {"headline": "Sag om en anden bænk", "updatedDateTime": "2026-03-09T10:00:00"}
    assert run(server, tmp_path, basket).changed == ("domsdatabasen/4",)
