"""Principmeddelelser: from pages and records, with what may be concluded and what may not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from replay import faults
from replay.ankestyrelsen import Ankestyrelsen as Site
from replay.ankestyrelsen import DecisionPage, decision
from replay.clock import StandingClock
from replay.golden import check_golden, golden_pairs
from replay.library import Basket
from replay.real import ankestyrelsen as real_site
from replay.server import ReplayServer

from indexers.ankestyrelsen import Ankestyrelsen, Chains, Reader, ast_id, practice_id, year_of
from indexers.danish import danish_date
from indexers.fetch import Fetcher, open_session
from indexers.fetch_errors import LayoutChanged
from indexers.harvest import Report, harvest
from indexers.journal import Journal
from indexers.snapshots import Snapshots
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.law.model import DocumentKind, Status, Version
from vidensplatform.law.registry import Act, Registry

REGISTRY = Registry.of(
    [
        Act("proevebaenkeloven", "prøvebænkeloven", "lov om prøvebænke", "lta/2030/41"),
        Act("paraplyloven", "paraplyloven", "lov om udlån af paraplyer", "lta/2030/42"),
    ]
)
LABELS = ["Prøvebænkeloven", "Maling", "Bukser", "Gældende", "Kommunal"]
AGAIN = (
    "Principmeddelelsen er tidligere offentliggjort som 20-29, men er den 4. marts 2030 genudgivet som 1-30. Indholdet i meddelelsen er det samme."
)
URL = "https://www.ast.dk/for-myndigheder/principmeddelelser/2030/ankestyrelsens-principmeddelelse-1-30-om-maling"


def read(page: DecisionPage) -> Version:
    return Reader(REGISTRY).page(page.html().encode(), f"https://www.ast.dk{page.path}")


def facts(version: Version, name: str) -> list[str]:
    return [value for key, value in version.metadata if key == name]


def one(**rest: object) -> DecisionPage:
    return decision("1-30", "maling", LABELS, **rest)  # type: ignore[arg-type]


# ---- a page


def test_a_page_gives_number_dates_status_and_authority() -> None:
    version = read(one())
    assert (version.eli, version.kind, version.number, version.year) == ("ast/1-30", DocumentKind.DECISION, 1, 2030)
    assert (version.signed, version.published, version.status) == (date(2030, 3, 4), date(2030, 3, 6), Status.VALID)
    assert version.short_name == "PM 1-30"
    assert facts(version, "authority") == ["Kommunal"]
    assert facts(version, "keyword") == ["Maling", "Bukser"]
    assert facts(version, "Journalnummer") == ["29-12345"]


def test_its_named_parts_are_found_in_order_with_their_sections() -> None:
    parts = read(one()).provisions[1:]
    assert [part.heading for part in parts] == [
        "Principmeddelelsen fastslår",
        "De konkrete sager",
        "Baggrund for at offentliggøre principmeddelelsen",
        "Reglerne",
        "Den konkrete afgørelse",
    ]
    assert [child.heading for child in parts[0].children] == ["Hvem maler bænken?"]
    assert parts[0].children[0].full_text().endswith("Malingen skal være tør, før nogen sætter sig.")
    assert [child.heading for child in parts[3].children] == ["Love og bekendtgørelser", "Praksis"]


def test_the_foot_and_the_menu_of_the_page_are_no_text() -> None:
    text = "\n".join(p.full_text() for p in read(one()).provisions)
    for words in ("Teglholmsgade", "EAN", "Menu", "Forside", "var side"):
        assert words not in text


@pytest.mark.parametrize(
    ("field", "labels", "about", "still_open"),
    [
        ("§§ 109 og 110", ["Prøvebænkeloven"], ["proevebaenkeloven/109", "proevebaenkeloven/110"], []),
        (
            "§ 47 § 49 § 171 b",
            ["Lov om prøvebænke", "Prøvebænkeloven"],
            ["proevebaenkeloven/47", "proevebaenkeloven/49", "proevebaenkeloven/171b"],
            [],
        ),
        ("§ 14, stk. 1 og 2", ["Prøvebænkeloven"], ["proevebaenkeloven/14/1", "proevebaenkeloven/14/2"], []),
        ("§§ 5-7", ["Prøvebænkeloven"], ["proevebaenkeloven/5-7"], []),
        ("§ 17a", ["Prøvebænkeloven", "Paraplyloven"], [], ["17a"]),
        ("§ 17a", ["Prøvebænkeloven", "Fyrtårnsloven"], [], ["17a"]),
        ("§ 17a", ["Fyrtårnsloven"], [], ["17a"]),
        ("§ 17a", [], [], ["17a"]),
        ("paraplylovens § 3", ["Prøvebænkeloven", "Paraplyloven"], ["paraplyloven/3"], []),
        ("", ["Prøvebænkeloven"], [], []),
    ],
)
def test_a_section_gets_its_act_from_the_labels_only_where_they_name_one(
    field: str, labels: list[str], about: list[str], still_open: list[str]
) -> None:
    version = read(decision("1-30", "maling", [*labels, "Gældende"], paragraf=field))
    assert facts(version, "about") == about
    assert facts(version, "about-open") == still_open


def test_an_act_that_the_registry_does_not_know_is_kept_as_it_is_called() -> None:
    version = read(decision("1-30", "maling", ["Fyrtårnsloven", "Bekendtgørelse om bænke", "Gældende"]))
    assert facts(version, "law-unknown") == ["Fyrtårnsloven", "Bekendtgørelse om bænke"]
    assert facts(version, "law") == []


def test_status_is_that_of_the_labels() -> None:
    assert read(decision("1-30", "maling", ["Historisk"])).status is Status.HISTORIC
    old = read(decision("1-14", "maling", ["Maling"], year=2014))
    assert old.status is Status.UNKNOWN
    both = decision("1-14", "maling", ["Gældende", "Historisk"], year=2014)
    assert read(both).status is Status.UNKNOWN


def test_no_date_is_made_up() -> None:
    page = one()
    page.metadata["Dato for underskrift"] = ""
    version = read(page)
    assert version.signed is None
    assert version.published == date(2030, 3, 6)


def test_discarded_decisions_are_told() -> None:
    assert facts(read(one()), "discards") == ["7-28", "8-28"]


@pytest.mark.parametrize(
    ("number", "title", "eli", "year"),
    [
        ("C-22-02", "principafgørelse", "ast/C-22-02", 2002),
        ("A-25-98", "principafgørelse", "ast/A-25-98", 1998),
        ("162-10", "principafgørelse", "ast/162-10", 2010),
    ],
)
def test_the_numbers_of_old_decisions(number: str, title: str, eli: str, year: int) -> None:
    version = read(decision(number, "maling", ["Historisk"], kind=title, year=2012, slug="gammel-afgoerelse-om-maling"))
    assert (version.eli, version.year) == (eli, year)
    assert practice_id(eli) == f"pm-{number.lower()}"


# ---- re-issues


def test_the_old_points_to_the_new_and_the_new_to_the_old() -> None:
    old = read(decision("20-29", "maling", ["Prøvebænkeloven", "Historisk"], reissue=AGAIN))
    new = read(one(reissue=AGAIN))
    assert facts(old, "reissued-as") == ["1-30"]
    assert facts(old, "formerly") == []
    assert facts(new, "formerly") == ["20-29"]
    assert facts(new, "reissued-on") == ["2030-03-04"]
    for versions in ([old, new], [old], [new]):
        chains = Chains.of(versions)
        assert chains.current("ast/20-29") == "ast/1-30"
        assert chains.current("ast/1-30") == "ast/1-30"
        assert chains.earlier("ast/1-30") == ("ast/20-29",)


def test_chains_of_three_and_circles_end() -> None:
    chains = Chains({"ast/1-10": "ast/2-12", "ast/2-12": "ast/3-14"})
    assert chains.current("ast/1-10") == "ast/3-14"
    assert chains.earlier("ast/3-14") == ("ast/1-10", "ast/2-12")
    assert Chains({"a": "b", "b": "a"}).current("a") == "b"


# ---- another layout


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("rich-text", "text-area", "tekstbokse"),
        ("<h1>", "<div>", "overskrift"),
        ("principmeddelelse 1-30 om", "meddelelse om", "nummer"),
        ("principmeddelelse 1-30 om", "principmeddelelse 2-30 om", "adressen siger 1-30"),
        ("Principmeddelelsen fastslår", "Kort fortalt", "Principmeddelelsen fastslår"),
        ('class="label', 'class="maerkat', "mærkaten mangler"),
        ("<p>", "<p hidden><script>", "tekst"),
    ],
)
def test_a_page_of_another_layout_is_reported_not_stored_as_empty(old: str, new: str, reason: str) -> None:
    html = one().html()
    assert old in html
    with pytest.raises(LayoutChanged, match=reason):
        Reader(REGISTRY).page(html.replace(old, new).encode(), URL)


@pytest.mark.parametrize("data", [b"", b"ikke en side", faults.PAGE.encode(), b"\x00\x01\x02<", b"<html><body></body></html>"])
def test_what_is_no_decision_is_refused(data: bytes) -> None:
    with pytest.raises(LayoutChanged):
        Reader(REGISTRY).page(data, URL)


@pytest.mark.parametrize("codec", ["cp1252", "utf-8-sig"])
def test_a_page_is_read_in_whatever_encoding_it_comes(codec: str) -> None:
    page = one()
    assert Reader(REGISTRY).page(page.html().replace("–", "-").encode(codec), URL).provisions == read(page).provisions


def test_letters_that_were_broken_on_the_way_are_noticed() -> None:
    broken = one().html().encode().decode("cp1252", "replace").encode()
    with pytest.raises(LayoutChanged, match="tegnsættet"):
        Reader(REGISTRY).page(broken, URL)


def test_the_pair_of_label_and_value_may_be_set_in_several_ways() -> None:
    html = one(paragraf="§ 3").html()
    for shape in (
        "<p><strong>{}:</strong> {}</p>",
        "<table><tr><th>{}</th><td>{}</td></tr></table>",
        "<div>{}</div><div>{}</div>",
        "<p>{}<br>{}</p>",
    ):
        rows = "".join(shape.format(k, v) for k, v in one(paragraf="§ 3").metadata.items())
        changed = html[: html.index("<dl")] + rows + html[html.index("</dl>") + 5 :]
        assert Reader(REGISTRY).page(changed.encode(), URL) == Reader(REGISTRY).page(html.encode(), URL)


# ---- golden pairs


@pytest.mark.parametrize("pair", golden_pairs("ankestyrelsen"), ids=lambda pair: pair.name)
def test_golden(pair: Path) -> None:
    reader = Reader(REGISTRY)
    url = f"https://www.ast.dk/for-myndigheder/principmeddelelser/2030/{pair.stem}"
    version = reader.record(pair.read_bytes(), pair.name) if pair.suffix == ".record" else reader.page(pair.read_bytes(), url)
    check_golden(version, pair)


# ---- records


def test_a_record_is_read_as_its_page_is() -> None:
    record = {
        "_source": "DK/Ankestyrelsen",
        "title": "Ankestyrelsens principmeddelelse 1-30 om maling",
        "text": "Principmeddelelsen fastslår Det er kommunen, der maler bænken, når den står på kommunens jord. De konkrete sager En borger "
        "satte sig.\n\nSagen blev behandlet for at vise, hvornår maling regnes for tør.\n\nLove og bekendtgørelser Lov om prøvebænke. § 2 Praksis "
        "Kasserede: 7-28: Om våd.\n\nDu har klaget over dine bukser. Resultatet er: Kommunen renser dem.\n\n"
        f"{AGAIN}\n\nAnkestyrelsen Teglholmsgade 3 2450 København SV\n\nEAN: 0",
        "date": "2030-03-04",
        "url": URL,
        "journal_number": "29-1",
        "paragraph": "§ 2",
        "categories": LABELS,
        "year": 2030,
    }
    version = Reader(REGISTRY).record(json.dumps(record).encode(), "record.json")
    assert [p.heading for p in version.provisions[1:]] == [
        "Principmeddelelsen fastslår",
        "De konkrete sager",
        "Baggrund for at offentliggøre",
        "Reglerne",
        "Den konkrete afgørelse",
        "Genudgivelse",
    ]
    assert [c.heading for c in version.provisions[4].children] == ["Love og bekendtgørelser", "Praksis"]
    assert version.signed == date(2030, 3, 4)
    assert facts(version, "about") == ["proevebaenkeloven/2"]
    record["date"] = "2030-01-01"
    assert Reader(REGISTRY).record(json.dumps(record).encode(), "record.json").signed is None


@pytest.mark.parametrize(
    "data", [b"{}", b"[]", b"nej", b'{"_source": "DK/Retsinformation", "text": "x"}', b'{"_source": "DK/Ankestyrelsen", "text": ""}']
)
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(LayoutChanged):
        Reader(REGISTRY).record(data, "x.json")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4. marts 2026", date(2026, 3, 4)),
        ("den 4 mar. 2026", date(2026, 3, 4)),
        ("04.03.2026", date(2026, 3, 4)),
        ("4/3-2026", date(2026, 3, 4)),
        ("2026-03-04", date(2026, 3, 4)),
        ("31. februar 2026", None),
        ("4. marts 0026", None),
        ("i marts", None),
    ],
)
def test_danish_dates(text: str, found: date | None) -> None:
    assert danish_date(text) == found


def test_ids() -> None:
    assert ast_id("c-22-02") == "ast/C-22-02"
    assert year_of("1-26") == 2026


# ---- as a source


@pytest.fixture
def site() -> Site:
    return Site(
        [one(reissue=AGAIN), decision("20-29", "maling", ["Prøvebænkeloven", "Historisk"], reissue=AGAIN, year=2029), decision("3-30", "gæs", LABELS)]
    )


@pytest.fixture
def server(site: Site) -> Iterator[ReplayServer]:
    with ReplayServer({"www.ast.dk": site}) as server:
        yield server


def run(server: ReplayServer, folder: Path, basket: Basket, registry: Registry = REGISTRY) -> Report:
    clock = StandingClock(datetime(2026, 3, 10, 11, 0, tzinfo=UTC))
    with open_session("Vidensplatform/0.0") as session, Snapshots.open(folder / "raw") as snapshots, Journal.open(folder / "j.sqlite") as journal:
        session.trust_env = False
        return harvest(Ankestyrelsen(registry), Fetcher(session, snapshots, clock=clock, base_url=server.url), journal, basket, clock)


def test_all_decisions_are_read_and_the_second_time_none(server: ReplayServer, site: Site, tmp_path: Path) -> None:
    basket = Basket()
    assert sorted(run(server, tmp_path, basket).new) == ["ast/1-30", "ast/20-29", "ast/3-30"]
    server.forget()
    again = run(server, tmp_path, basket)
    assert (again.new, again.changed, again.downloads) == ((), (), 0)
    assert [c.path for c in server.calls("", status=200)] == ["/sitemap.xml"]
    site.pages[2].labels = ["Prøvebænkeloven", "Historisk"]
    site.pages[2].changed = datetime(2026, 3, 9, tzinfo=UTC)
    assert run(server, tmp_path, basket).changed == ("ast/3-30",)
    assert basket.versions["ast/3-30"].status is Status.HISTORIC


def test_a_changed_layout_is_reported_for_each_page_and_the_old_text_stays(server: ReplayServer, site: Site, tmp_path: Path) -> None:
    basket = Basket()
    run(server, tmp_path, basket)
    before = dict(basket.versions)
    for page in site.pages:
        page.changed = datetime(2026, 3, 9, tzinfo=UTC)
    server.misbehave("principmeddelelser/", faults.replaced("rich-text", "nyt-design"), times=99)
    report = run(server, tmp_path, basket)
    assert len(report.failed) == 3
    assert all("tekstbokse" in reason for _, reason in report.failed)
    assert basket.versions == before


def test_a_decision_under_two_addresses_is_read_once(server: ReplayServer, site: Site, tmp_path: Path) -> None:
    twin = decision("3-30", "gæs", LABELS, slug="ankestyrelsens-principmeddelelse-3-30-om-gaes-2", changed=datetime(2026, 3, 9, tzinfo=UTC))
    site.pages.append(twin)
    assert len(run(server, tmp_path, Basket()).new) == 3
    assert len(server.calls("3-30")) == 1


def test_a_vanished_decision_is_told_and_kept(server: ReplayServer, site: Site, tmp_path: Path) -> None:
    basket = Basket()
    run(server, tmp_path, basket)
    site.pages.pop()
    assert run(server, tmp_path, basket).vanished == ("ast/3-30",)
    assert "ast/3-30" in basket.versions


def test_a_sitemap_without_decisions_is_reported(server: ReplayServer, site: Site, tmp_path: Path) -> None:
    site.pages.clear()
    assert "ingen principmeddelelser" in run(server, tmp_path, Basket()).stopped_by


# ---- the real records


@pytest.mark.real_data
def test_the_real_records_and_the_pages_made_of_them(shared_data: Path, tmp_path: Path, corpus: Corpus) -> None:
    folder = shared_data / "ast-principmeddelelser"
    reader = Reader(corpus.registry)
    records = {v.eli: v for v in (reader.record(p.read_bytes(), p.name) for p in sorted(folder.glob("*.json")))}
    assert len(records) == 10
    assert Chains.of(records.values()).later == {"ast/20-25": "ast/1-26", "ast/21-25": "ast/2-26", "ast/22-25": "ast/3-26"}
    assert {e for e, v in records.items() if v.status is Status.HISTORIC} == {"ast/20-25", "ast/21-25", "ast/22-25"}
    assert [e for e, v in records.items() if v.signed is None] == ["ast/17-25"]
    basket = Basket()
    with ReplayServer({"www.ast.dk": real_site(folder)}) as server:
        report = run(server, tmp_path, basket, corpus.registry)
    assert report.failed == ()
    assert basket.versions == records
