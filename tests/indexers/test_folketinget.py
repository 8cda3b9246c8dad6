"""Folketinget's open data: the filters that it ignores in silence, the pair of number and date, and bills on their way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from replay import faults
from replay.clock import StandingClock
from replay.folketinget import Oda, bill
from replay.golden import check_golden, golden_pairs
from replay.library import Basket
from replay.server import ReplayServer

from indexers.fetch import Fetcher, open_session
from indexers.fetch_errors import LayoutChanged, Rejected, WrongContent
from indexers.fetched import Fetched
from indexers.folketinget import EXTRACT, ODA, Bill, Folketinget, _one, bill_of, read_bill, rows
from indexers.harvest import Report, harvest
from indexers.journal import Journal
from indexers.retsinformation.plan import Wanted
from indexers.snapshots import Snapshots
from indexers.source import MAIN, Item
from vidensplatform.law.model import ActNumber, DocumentKind, Version
from vidensplatform.law.registry import Act, Registry

NOW = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
WANTED = Wanted(
    Registry.of(
        [
            Act("proevebaenkeloven", "prøvebænkeloven", "lov om prøvebænke", "lta/2030/41"),
            Act("paraplyloven", "paraplyloven", "lov om udlån af paraplyer", "lta/2030/42"),
        ]
    )
)
TITLE = "Forslag til lov om ændring af lov om udlån af paraplyer og lov om prøvebænke. (Flere paraplyer)."
BECAME = {
    "lovnummer": "716",
    "lovnummerdato": "2025-06-20T00:00:00",
    "statusid": 11,
    "Sagsstatus": {"status": "Stadfæstet"},
    "afgørelsesdato": "2025-06-17T00:00:00",
}
A_YEAR_BEFORE = BECAME | {"lovnummerdato": "2024-06-20T00:00:00", "opdateringsdato": "2024-06-21T08:00:00"}


@pytest.fixture
def oda() -> Oda:
    return Oda(
        [
            bill(79, TITLE),
            bill(80, "Forslag til lov om fyrtårne."),
            bill(81, "Forslag til lov om ændring af paraplyloven.", **BECAME, opdateringsdato="2025-06-21T08:00:00"),
            bill(
                12,
                "Forslag til lov om ændring af paraplyloven.",
                **{**BECAME, "lovnummerdato": "2024-06-20T00:00:00"},
                opdateringsdato="2024-06-21T08:00:00",
            ),
            bill(90, "Beslutningsforslag", typeid=5),
        ]
    )


@pytest.fixture
def server(oda: Oda) -> Iterator[ReplayServer]:
    with ReplayServer({"oda.ft.dk": oda}) as server:
        yield server


@pytest.fixture
def fetcher(server: ReplayServer) -> Iterator[Fetcher]:
    with open_session("Vidensplatform/0.0") as session:
        session.trust_env = False
        yield Fetcher(session, clock=StandingClock(NOW), base_url=server.url)


def run(server: ReplayServer, folder: Path, basket: Basket, clock: StandingClock) -> Report:
    with open_session("Vidensplatform/0.0") as session, Snapshots.open(folder / "raw") as snapshots, Journal.open(folder / "j.sqlite") as journal:
        session.trust_env = False
        return harvest(Folketinget(WANTED), Fetcher(session, snapshots, clock=clock, base_url=server.url), journal, basket, clock)


def parse(row: dict[str, object]) -> Version:
    found = Fetched("u", "u", 200, {}, json.dumps(row).encode(), NOW)
    return Folketinget(WANTED).parse({MAIN: found}, Item(f"oda/{row['id']}", _one(int(str(row["id"])))))


# ---- the bill of an act


def test_an_act_is_found_by_number_and_date(fetcher: Fetcher) -> None:
    found = bill_of(fetcher, ActNumber("lov", 716, date(2025, 6, 20)))
    title = "Forslag til lov om ændring af paraplyloven."
    assert found == Bill(9081, "L 81", title, "Stadfæstet", ActNumber("lov", 716, date(2025, 6, 20)), "ft/202512L00081")


def test_an_act_that_oda_does_not_know_has_no_bill(fetcher: Fetcher) -> None:
    assert bill_of(fetcher, ActNumber("lov", 716, date(2023, 6, 20))) is None
    assert bill_of(fetcher, ActNumber("lov", 716, None, 2025)) is None


@pytest.mark.parametrize("field", ["lovnummer", "lovnummerdato", "typeid"])
def test_a_filter_that_was_ignored_is_noticed(fetcher: Fetcher, oda: Oda, field: str) -> None:
    oda.rows.append(bill(99, "Noget andet", **{**BECAME, "lovnummer": "999" if field == "lovnummer" else "716"}))
    oda.ignored = {field}
    if field == "typeid":
        oda.rows[-1] |= {"typeid": 5, "lovnummerdato": "2025-06-20T00:00:00"}
    with pytest.raises(LayoutChanged, match="filteret"):
        bill_of(fetcher, ActNumber("lov", 716, date(2025, 6, 20)))


def test_two_bills_for_one_act_are_not_chosen_between(fetcher: Fetcher, oda: Oda) -> None:
    oda.rows.append(bill(82, "Et lovforslag til", **BECAME))
    with pytest.raises(LayoutChanged, match="2 lovforslag"):
        bill_of(fetcher, ActNumber("lov", 716, date(2025, 6, 20)))


# ---- pages


def test_rows_are_read_over_all_pages(fetcher: Fetcher, oda: Oda, server: ReplayServer) -> None:
    oda.rows = [bill(n, f"Forslag {n}") for n in range(1, 251)]
    found = rows(fetcher, "Sag", "typeid eq 3", lambda row: row["typeid"] == 3)
    assert len(found) == 250
    asked = server.calls("/api/Sag")
    assert len(asked) == 3
    assert all("$filter=typeid eq 3" in call.query for call in asked)


def test_missing_rows_are_noticed(fetcher: Fetcher, oda: Oda) -> None:
    oda.lost = 1
    with pytest.raises(WrongContent, match="rækker"):
        rows(fetcher, "Sag", "typeid eq 3", lambda row: True)


def test_a_filter_that_oda_cannot_read_is_told(fetcher: Fetcher) -> None:
    with pytest.raises(Rejected, match="400"):
        rows(fetcher, "Sag", "typeid er 3", lambda row: True)


def test_another_shape_is_reported(fetcher: Fetcher, server: ReplayServer) -> None:
    server.misbehave("/api/Sag", faults.replaced('"value"', '"vaerdi"'))
    with pytest.raises(LayoutChanged, match="liste"):
        rows(fetcher, "Sag", "", lambda row: True)
    server.misbehave("/api/Sag", faults.page_instead, times=9)
    with pytest.raises(WrongContent):
        rows(fetcher, "Sag", "", lambda row: True)


# ---- a bill


def test_a_bill_on_its_way_names_the_acts_it_would_amend() -> None:
    version = parse(bill(79, TITLE, resume="Der skal være flere paraplyer. " * 30))
    facts = version.metadata
    assert (version.kind, version.eli, version.short_name, version.number) == (DocumentKind.BILL, "oda/9079", "L 79", 79)
    assert ("text", "ft/202512L00079") in facts
    assert ("under-way", "ja") in facts
    assert ("bill-status", "1. behandlet/Henvist til udvalg") in facts
    assert [v for k, v in facts if k == "amends"] == ["paraplyloven", "proevebaenkeloven"]
    assert len(version.provisions[1].text) <= EXTRACT


def test_a_bill_that_became_an_act_leads_to_it() -> None:
    version = parse(bill(81, TITLE, **BECAME))
    assert ("under-way", "nej") in version.metadata
    assert ("became", "lta/2025/716") in version.metadata


def test_files_are_linked_not_fetched() -> None:
    files = [{"Dokument": {"Fil": [{"filurl": "https://www.ft.dk/l79.pdf"}, {"filurl": "javascript:alert(1)"}, {}]}}, {"Dokument": None}, 7]
    assert [v for k, v in parse(bill(79, TITLE, SagDokument=files)).metadata if k == "file"] == ["https://www.ft.dk/l79.pdf"]


@pytest.mark.parametrize(
    ("number", "period", "eli"),
    [("L 79", "20251", "ft/202512L00079"), ("L 79 A", "20251", None), ("B 79", "20251", None), ("L 79", "", None), ("", "20251", None)],
)
def test_the_eli_of_a_bill(number: str, period: str, eli: str | None) -> None:
    assert read_bill(bill(79, TITLE, nummer=number, Periode={"kode": period})).eli == eli


@pytest.mark.parametrize("change", [{"typeid": 5}, {"titel": "", "titelkort": ""}, {"nummer": ""}])
def test_what_is_no_bill_is_reported(change: dict[str, object]) -> None:
    with pytest.raises(LayoutChanged):
        parse(bill(79, TITLE) | change)


def test_another_bill_than_the_one_asked_for_is_reported() -> None:
    found = Fetched("u", "u", 200, {}, json.dumps(bill(80, TITLE)).encode(), NOW)
    with pytest.raises(LayoutChanged, match="anden sag"):
        Folketinget(WANTED).parse({MAIN: found}, Item("oda/9079", _one(9079)))


@pytest.mark.parametrize("pair", golden_pairs("folketinget"), ids=lambda pair: pair.stem)
def test_golden(pair: Path) -> None:
    check_golden(parse(json.loads(pair.read_bytes())), pair)


# ---- as a source


def test_bills_about_the_acts_are_read_and_again_only_when_they_move(server: ReplayServer, oda: Oda, tmp_path: Path) -> None:
    basket, clock = Basket(), StandingClock(NOW)
    assert sorted(run(server, tmp_path, basket, clock).new) == ["oda/9079", "oda/9081"]
    clock.forward(3 * 24 * 3600)
    again = run(server, tmp_path, basket, clock)
    assert (again.new, again.unchanged, again.downloads) == ((), (), 0)
    oda.rows[0] |= {"opdateringsdato": "2026-03-13T15:00:00", "Sagsstatus": {"status": "2. behandlet"}}
    clock.forward(24 * 3600)
    assert run(server, tmp_path, basket, clock).changed == ("oda/9079",)
    assert ("bill-status", "2. behandlet") in basket.versions["oda/9079"].metadata


def test_a_list_that_ignores_the_date_is_refused(server: ReplayServer, oda: Oda, tmp_path: Path) -> None:
    oda.ignored = {"opdateringsdato"}
    assert "filteret" in run(server, tmp_path, Basket(), StandingClock(NOW)).stopped_by


def test_the_dollar_sign_is_written_out(server: ReplayServer, fetcher: Fetcher) -> None:
    assert "%24expand=" in _one(1)
    assert ODA.startswith("https://")
