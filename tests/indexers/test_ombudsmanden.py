"""The Myndighedsguide: what a page is about and when it changed, and no more of its text than an extract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from replay import faults
from replay.clock import StandingClock
from replay.golden import check_golden, golden_pairs
from replay.library import Basket
from replay.ombudsmanden import GUIDE, Ombudsmanden, Overview
from replay.server import ReplayServer

from indexers.fetch import Fetcher, open_session
from indexers.fetch_errors import LayoutChanged
from indexers.fetched import Fetched
from indexers.harvest import Report, harvest
from indexers.journal import Journal
from indexers.ombudsmanden import EXTRACT, KNOWN, SITE, read_overview
from indexers.ombudsmanden import Ombudsmanden as Source
from indexers.snapshots import Snapshots
from indexers.source import MAIN, Item
from vidensplatform.law.model import NodeKind, Version
from vidensplatform.law.registry import Registry

NOW = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
NOTES = Overview("generel-forvaltningsret/2-notatpligt", "Overblik #2: Notatpligt")
CASES = Overview("specifikke-sagsomraader/9-baenke", "Overblik #9: Bænke", outline=("Bænke", "Åer"), log="")


def fetched(html: str | bytes, path: str = NOTES.path) -> Fetched:
    url = f"{SITE}{GUIDE}/{path}"
    return Fetched(url, url, 200, {}, html.encode() if isinstance(html, str) else html, NOW)


def read(html: str | bytes, path: str = NOTES.path) -> Version:
    return Source(Registry()).parse({MAIN: fetched(html, path)}, Item(f"ombudsmanden/{path}", f"{SITE}{GUIDE}/{path}"))


@pytest.fixture
def site() -> Ombudsmanden:
    return Ombudsmanden([NOTES, CASES])


@pytest.fixture
def server(site: Ombudsmanden) -> Iterator[ReplayServer]:
    with ReplayServer({"www.ombudsmanden.dk": site}) as server:
        yield server


def run(server: ReplayServer, folder: Path, basket: Basket) -> Report:
    clock = StandingClock(NOW)
    with open_session("Vidensplatform/0.0") as session, Snapshots.open(folder / "raw") as snapshots, Journal.open(folder / "j.sqlite") as journal:
        session.trust_env = False
        return harvest(Source(Registry()), Fetcher(session, snapshots, clock=clock, base_url=server.url), journal, basket, clock)


def test_an_overview_is_title_date_outline_and_link() -> None:
    version = read(NOTES.html())
    facts = dict(version.metadata)
    assert version.title == "Overblik #2: Notatpligt"
    assert facts["updated"] == "2029-03-12"
    assert facts["url"] == f"{SITE}{GUIDE}/{NOTES.path}"
    assert [(p.marker, p.heading) for p in version.provisions if p.kind is NodeKind.HEADING] == [
        ("1", "Hvad er en bænk?"),
        ("1.1", "Bænke af træ"),
        ("2", "Hvem skriver den ned?"),
        ("", "Opdateringer"),
    ]


def test_the_statements_that_the_page_names_are_found() -> None:
    assert [value for name, value in read(NOTES.html()).metadata if name == "practice"] == ["fob-2028-31", "fob-2010-20-2"]


def test_no_more_text_than_an_extract_is_kept() -> None:
    version = read(NOTES.html())
    texts = [p.text for p in version.walk() if p.kind is NodeKind.TEXT]
    assert len(texts) == 1
    assert len(texts[0]) <= EXTRACT
    assert texts[0].endswith("…")
    assert "gentages ikke her" not in "\n".join(p.full_text() for p in version.provisions)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Senest opdateret", "Ajourført", "senest er opdateret"),
        ("12. marts 2029", "for nylig", "senest er opdateret"),
        ("<h1>", "<p>", "overskrift"),
        ("h2>", "p>", "disposition"),
    ],
)
def test_a_page_of_another_layout_is_reported(old: str, new: str, reason: str) -> None:
    html = NOTES.html()
    assert old in html
    with pytest.raises(LayoutChanged, match=reason):
        read(html.replace(old, new))


def test_a_page_that_is_no_overview_is_reported() -> None:
    for html in (faults.PAGE, "", "tekst"):
        with pytest.raises(LayoutChanged):
            read_overview(fetched(html))


@pytest.mark.parametrize("pair", golden_pairs("ombudsmanden"), ids=lambda pair: pair.stem)
def test_golden(pair: Path) -> None:
    check_golden(read(pair.read_bytes(), f"generel-forvaltningsret/{pair.stem}"), pair)


def test_all_overviews_are_read_and_the_second_time_none_is_loaded(server: ReplayServer, tmp_path: Path) -> None:
    basket = Basket()
    assert run(server, tmp_path, basket).new == ("ombudsmanden/generel-forvaltningsret/2-notatpligt", "ombudsmanden/specifikke-sagsomraader/9-baenke")
    again = run(server, tmp_path, basket)
    assert (again.changed, again.downloads) == ((), 0)


def test_an_updated_overview_is_changed(server: ReplayServer, site: Ombudsmanden, tmp_path: Path) -> None:
    basket = Basket()
    run(server, tmp_path, basket)
    site.pages[1] = Overview(CASES.path, CASES.title, "1. april 2029", changed=datetime(2026, 3, 9, tzinfo=UTC))
    assert run(server, tmp_path, basket).changed == ("ombudsmanden/specifikke-sagsomraader/9-baenke",)
    assert date.fromisoformat(dict(basket.versions["ombudsmanden/specifikke-sagsomraader/9-baenke"].metadata)["updated"]) == date(2029, 4, 1)


def test_an_older_address_leads_to_the_new_one(server: ReplayServer, site: Ombudsmanden, tmp_path: Path) -> None:
    old = Overview("generel-forvaltningsret/notatpligt", "Gammel adresse")
    site.pages.append(old)
    server.misbehave(f"{GUIDE}/{old.path}", faults.redirected(f"{GUIDE}/{NOTES.path}", 301), times=9)
    basket = Basket()
    run(server, tmp_path, basket)
    version = basket.versions[f"ombudsmanden/{old.path}"]
    assert dict(version.metadata)["url"].endswith(NOTES.path)


def test_without_front_pages_the_known_overviews_are_asked_for(server: ReplayServer, tmp_path: Path) -> None:
    server.misbehave("(forvaltningsret|sagsomraader)\\?", faults.says(404), times=9)
    report = run(server, tmp_path, Basket())
    assert report.new == ("ombudsmanden/generel-forvaltningsret/2-notatpligt",)
    assert len(report.failed) == len(KNOWN) - 1
    assert len(report.notes) == 2
