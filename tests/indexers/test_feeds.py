"""What Retsinformation says has changed: sitemap, feed, REST and the site's own JSON; and what is read because of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from replay import faults
from replay.clock import StandingClock
from replay.retsinformation import Record, Retsinformation
from replay.server import Answer, ReplayServer
from replay.texts import LONG_AGO, benches, record

from indexers.fetch import Fetcher, open_session
from indexers.fetch_errors import HostClosed, LayoutChanged, ServerFault, WrongContent
from indexers.fetched import Fetched
from indexers.listing import read_sitemap, when
from indexers.retsinformation.elis import collection_of, eli_of_accession, eli_of_url, url_of
from indexers.retsinformation.feeds import FEED, Listed, Reason, feed, newest, read_feed, read_rest, rest, sitemap
from indexers.retsinformation.links import Belonging, Group, Link, later_amendments, read_belonging, read_references, with_references
from indexers.retsinformation.plan import Wanted, after_a_gap, daily, first_fill, reaches_back
from indexers.retsinformation.source import Retsinformation as Source
from indexers.retsinformation.source import is_whole_document
from indexers.source import Known, ReadState
from vidensplatform.errors import QueryError
from vidensplatform.law.model import ActNumber, Amendment, DocumentKind, NodeKind, Part, Provision, Version
from vidensplatform.law.registry import Act, Registry

NOW = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
REGISTRY = Registry.of(
    [
        Act("proevebaenkeloven", "prøvebænkeloven", "lov om prøvebænke", "lta/2030/41"),
        Act("paraplyloven", "paraplyloven", "lov om udlån af paraplyer", "lta/2030/42"),
        Act("nattelampeloven", "nattelampeloven", "lov om nattelamper", "lta/2030/43"),
    ]
)
WANTED = Wanted(REGISTRY)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(NOW)


@pytest.fixture
def site(clock: StandingClock) -> Retsinformation:
    return Retsinformation(benches(), now=clock.now)


@pytest.fixture
def server(site: Retsinformation) -> Iterator[ReplayServer]:
    with ReplayServer(site.sites()) as server:
        yield server


@pytest.fixture
def fetcher(server: ReplayServer, clock: StandingClock) -> Iterator[Fetcher]:
    with open_session("Vidensplatform/0.0") as session:
        session.trust_env = False
        yield Fetcher(session, clock=clock, base_url=server.url)


def got(body: str | bytes, url: str = "https://www.retsinformation.dk/eli/sitemap.xml") -> Fetched:
    return Fetched(url, url, 200, {}, body.encode() if isinstance(body, str) else body, NOW)


def listed(eli: str, days_ago: float, reason: Reason = Reason.UNKNOWN, title: str = "") -> Listed:
    return Listed(eli, NOW - timedelta(days=days_ago), title, reason)


# ---- addresses


@pytest.mark.parametrize(
    ("url", "eli"),
    [
        ("https://www.retsinformation.dk/eli/lta/2025/1129", "lta/2025/1129"),
        ("http://retsinformation.dk/eli/lta/2025/1129/xml", "lta/2025/1129"),
        ("https://www.retsinformation.dk/eli/lta/2025/1129.rdfa", "lta/2025/1129"),
        ("https://www.retsinformation.dk/eli/lta/2025/1129#P82a", "lta/2025/1129"),
        ("https://www.retsinformation.dk/eli/fob/2009/1-1", "fob/2009/1-1"),
        ("https://www.retsinformation.dk/eli/ft/202522L00004", "ft/202522L00004"),
        ("https://www.retsinformation.dk/eli/retsinfo/2023/9432", "retsinfo/2023/9432"),
        ("http://retsinformation.dk/eli/accn/A20250112929/xml", "lta/2025/1129"),
        ("https://www.retsinformation.dk/eli/accn/C20230943260#P12", "retsinfo/2023/9432"),
        ("https://www.retsinformation.dk/eli/sitemap.xml?page=2", None),
        ("https://fremmed.invalid/eli/lta/2025/1129", None),
        ("/eli/mt/1985/12", "mt/1985/12"),
        ("noget helt andet", None),
    ],
)
def test_an_address_gives_its_eli(url: str, eli: str | None) -> None:
    assert eli_of_url(url) == eli


def test_accession_numbers_and_addresses() -> None:
    assert eli_of_accession("B20170124405") == "lta/2017/1244"
    assert eli_of_accession("202522L00004") == "ft/202522L00004"
    assert eli_of_accession("ukendt") is None
    assert url_of("lta/2025/1129", "xml") == "https://www.retsinformation.dk/eli/lta/2025/1129/xml"
    assert collection_of("fob/2009/1-1") == "fob"


# ---- sitemap


def test_the_sitemap_is_walked_over_all_its_pages(site: Retsinformation, fetcher: Fetcher, server: ReplayServer) -> None:
    site.per_page = 2
    assert {r.eli: r.changed for r in sitemap(fetcher)} == {r.eli: r.changed for r in site.records.values()}
    assert [c.query for c in server.calls("sitemap")] == ["", "page=1", "page=2", "page=3"]


def test_a_document_named_twice_counts_once_with_its_newest_date(site: Retsinformation, fetcher: Fetcher) -> None:
    site.doubled = ["lta/2030/41", "lta/2030/41"]
    assert len(sitemap(fetcher)) == 6
    twice = [listed("lta/2030/41", 5), listed("lta/2030/41", 2), listed("lta/2030/41", 9)]
    assert newest(twice) == [listed("lta/2030/41", 2)]


def test_a_sitemap_with_a_hole_is_no_sitemap(site: Retsinformation, fetcher: Fetcher, server: ReplayServer) -> None:
    site.per_page = 2
    server.misbehave("page=2", faults.says(500), times=9)
    with pytest.raises(ServerFault):
        sitemap(fetcher)


@pytest.mark.parametrize("fault", [faults.page_instead, faults.truncated_in_silence])
def test_a_page_or_half_a_list_is_asked_for_again(fetcher: Fetcher, server: ReplayServer, fault: faults.Fault) -> None:
    server.misbehave("page=1", fault)
    assert len(sitemap(fetcher)) == 6
    server.misbehave("page=1", fault, times=9)
    with pytest.raises(WrongContent):
        sitemap(fetcher)


@pytest.mark.parametrize(
    "body",
    [
        "<urlset></urlset>",
        "<urlset><url><loc>https://www.retsinformation.dk/dokument/1</loc></url></urlset>",
        "<urlset><adresse><sted>https://www.retsinformation.dk/eli/lta/2030/41</sted></adresse></urlset>",
    ],
)
def test_a_sitemap_without_documents_has_changed_its_layout(fetcher: Fetcher, server: ReplayServer, body: str) -> None:
    server.misbehave("page=1", lambda request, answer, wire: Answer(body.encode(), "application/xml"), times=9)
    with pytest.raises(LayoutChanged):
        sitemap(fetcher)


def test_hostile_lists_are_refused() -> None:
    with pytest.raises(LayoutChanged, match="sikkerhedsgrunde"):
        read_sitemap(got('<!DOCTYPE x [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>'))
    with pytest.raises(LayoutChanged, match="velformet"):
        read_sitemap(got("<urlset><url></urlset>"))
    with pytest.raises(LayoutChanged, match="begynder med"):
        read_sitemap(got("<rss></rss>"))


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-04T10:00:00Z", datetime(2026, 3, 4, 10, tzinfo=UTC)),
        ("2026-03-04T10:00:00.1234567+01:00", datetime(2026, 3, 4, 9, 0, 0, 123456, tzinfo=UTC)),
        ("2026-03-04T10:00:00", datetime(2026, 3, 4, 9, tzinfo=UTC)),
        ("2026-07-04", datetime(2026, 7, 3, 22, tzinfo=UTC)),
        ("i går", None),
        ("", None),
        ("2026-02-30", None),
    ],
)
def test_no_date_is_made_up(text: str, utc: datetime | None) -> None:
    assert when(text) == utc


# ---- feed


def test_the_feed_is_read_although_it_lies_about_its_encoding(site: Retsinformation, fetcher: Fetcher) -> None:
    site.records["lta/2030/42"].changed = NOW - timedelta(days=1)
    site.records["lta/2030/42"].title = "Lov om udlån af paraplyer på Ærø & Fanø"
    assert feed(fetcher)[1] == Listed("lta/2030/42", NOW - timedelta(days=1), "Lov om udlån af paraplyer på Ærø & Fanø", Reason.NEW)


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig", "cp1252"])
def test_the_feed_is_read_in_whatever_encoding_it_comes(fetcher: Fetcher, server: ReplayServer, codec: str) -> None:
    server.misbehave("atom", faults.recoded(codec))
    assert {r.title for r in feed(fetcher)} >= {"Lov om prøvebænke", "Bekendtgørelse om bænkes farve"}


def test_an_empty_reason_means_look_at_it(site: Retsinformation, fetcher: Fetcher) -> None:
    for r, reason in zip(site.records.values(), ["", "NoetHeltNyt", "removeddocument", "DocumentContentChanged", "Unknown"], strict=False):
        r.reason = reason
    assert sorted(r.reason.name for r in feed(fetcher)) == ["CONTENT", "NEW", "REMOVED", "UNKNOWN", "UNKNOWN", "UNKNOWN"]


def test_a_feed_of_another_layout_is_reported(fetcher: Fetcher, server: ReplayServer) -> None:
    server.misbehave("atom", faults.replaced("<id>https", "<guid>https"))
    with pytest.raises(LayoutChanged, match="velformet"):
        feed(fetcher)
    server.misbehave("atom", faults.replaced("entry>", "post>"))
    with pytest.raises(LayoutChanged, match="ingen poster"):
        feed(fetcher)


def test_an_entry_is_known_by_its_link_where_its_id_is_another() -> None:
    entry = "<entry><id>urn:1</id><link href='https://www.retsinformation.dk/eli/fob/2020/31'/><updated>2026-03-01</updated></entry>"
    assert [r.eli for r in read_feed(got(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>", FEED))] == ["fob/2020/31"]


# ---- REST


def test_rest_names_what_changed_on_a_day(site: Retsinformation, fetcher: Fetcher) -> None:
    site.change("lta/2030/44", site.records["lta/2030/44"].xml)
    assert rest(fetcher, date(2026, 3, 10), NOW) == [Listed("lta/2030/44", NOW, "", Reason.CONTENT)]
    assert rest(fetcher, date(2026, 3, 9), NOW) == []


def test_rest_is_not_asked_for_days_it_does_not_answer(fetcher: Fetcher, server: ReplayServer) -> None:
    for day in (date(2026, 2, 27), date(2026, 3, 11)):
        with pytest.raises(QueryError, match="10 dage"):
            rest(fetcher, day, NOW)
    assert server.calls() == []


def test_rest_is_kept_within_its_limits(fetcher: Fetcher, server: ReplayServer, clock: StandingClock) -> None:
    for back in range(3):
        rest(fetcher, date(2026, 3, 10) - timedelta(days=back), NOW)
    assert not server.calls("Documents", status=429)
    clock.at = datetime(2026, 3, 10, 22, 50, tzinfo=UTC)
    with pytest.raises(HostClosed):
        rest(fetcher, date(2026, 3, 10), NOW)


def test_rest_of_another_layout_is_reported() -> None:
    for body in ('{"fejl": 1}', "[{}]", "hej"):
        with pytest.raises(LayoutChanged):
            read_rest(got(body))
    by_href = '[{"accessionsnummer": null, "href": "http://retsinformation.dk/eli/accn/B20170124405/xml"}, 7]'
    assert [r.eli for r in read_rest(got(by_href))] == ["lta/2017/1244"]


# ---- the site's JSON


REFERENCES = {
    "referenceGroups": [
        {
            "header": "Senere ændringer til forskriften",
            "references": [
                {"title": "LOV nr 716 af 20/06/2030", "eliPath": "/eli/lta/2030/716", "paragraph": "§ 4", "offentliggoerelsesDato": "2030-06-21"},
                {
                    "title": "Lov om ændring af lov om prøvebænke",
                    "eliPath": "/eli/lta/2031/7",
                    "paragraph": "§ 2, § 11 a",
                    "offentliggoerelsesDato": "2031-03-02",
                },
                {"title": "Noget andet", "eliPath": "/eli/lta/2031/8", "paragraph": ""},
            ],
        },
        {"header": "Indarbejdede forskrifter", "references": [{"title": "LOV nr 1 af 01/01/2029", "eliPath": "/eli/lta/2029/1"}]},
    ]
}


def references(value: object) -> tuple[Group, ...] | None:
    import json

    return read_references(got(json.dumps(value)))


def test_later_amendments_come_with_their_sections() -> None:
    groups = references(REFERENCES)
    assert groups is not None
    assert later_amendments(groups) == (
        Amendment(ActNumber("lov", 716, date(2030, 6, 20)), ("4",)),
        Amendment(ActNumber("lov", 7, None, 2031), ("2", "11a"), "Lov om ændring af lov om prøvebænke"),
    )


def test_the_day_of_publication_is_not_the_day_of_the_act() -> None:
    groups = references(REFERENCES)
    assert groups is not None
    assert later_amendments(groups)[1].act.signed is None


def test_sections_are_added_to_the_amendments_of_the_xml() -> None:
    known = Amendment(ActNumber("lov", 716, date(2030, 6, 20)), title="Lov om ændring (Flere bænke)")
    only = Amendment(ActNumber("bekendtgørelse", 3, date(2030, 7, 1)))
    version = Version(eli="lta/2030/41", kind=DocumentKind.ACT, title="Lov om prøvebænke", later_amendments=(known, only))
    merged = with_references(version, references(REFERENCES)).later_amendments
    assert [(a.act.number, a.sections, a.title) for a in merged] == [
        (716, ("4",), "Lov om ændring (Flere bænke)"),
        (3, (), ""),
        (7, ("2", "11a"), "Lov om ændring af lov om prøvebænke"),
    ]


@pytest.mark.parametrize("value", [{}, [], "nej", {"referenceGroups": None}, [1, 2]])
def test_references_that_are_not_understood_are_none(value: object) -> None:
    assert references(value) is None
    version = Version(eli="lta/2030/41", kind=DocumentKind.ACT, title="Lov")
    assert with_references(version, None) is version


def test_what_belongs_to_an_act() -> None:
    answer = '{"documents": [{"title": "Bekendtgørelse om bænkes farve", "retsinfoLink": "/eli/lta/2030/44"}, {"id": 3}]}'
    assert read_belonging(got(answer)) == (Link("Bekendtgørelse om bænkes farve", "lta/2030/44"),)
    assert read_belonging(got('[{"shortName": "FOB", "eliPath": "eli/fob/2020/31"}]')) == (Link("FOB", "fob/2020/31"),)
    assert read_belonging(got("<html></html>")) is None
    assert read_belonging(None) is None


# ---- plans


def test_the_first_time_everything_wanted_is_read() -> None:
    records = [listed("lta/2030/41", 9), listed("lta/2030/45", 9), listed("fob/2020/31", 9)]
    plan = first_fill(records, Wanted(REGISTRY, frozenset({"retsinfo/2023/9432"}), frozenset({"fob"})), [listed("lta/2030/42", 1)])
    assert [i.id for i in plan.items] == ["lta/2030/41", "fob/2020/31", "lta/2030/42", "lta/2030/43", "retsinfo/2023/9432"]
    assert "2 ønskede dokumenter" in plan.notes[0]
    assert plan.read_to == NOW - timedelta(days=1)


def test_the_first_time_the_last_day_of_the_feed_is_looked_at_too() -> None:
    recent = [listed("ltc/2031/1", 0), listed("lta/2031/5", 0.5), listed("lta/2031/4", 3), listed("lta/2030/41", 0.2)]
    plan = first_fill([listed("lta/2030/41", 9)], WANTED, recent)
    assert [i.id for i in plan.items[:2]] == ["lta/2030/41", "lta/2031/5"]
    state = ReadState(plan.read_to, {i.id: Known(i.changed, wanted=i.id != "lta/2031/5") for i in plan.items})
    assert daily(recent, WANTED, state).items == ()


def test_what_the_feed_removed_is_not_read_the_first_time() -> None:
    plan = first_fill([listed("lta/2030/41", 9)], WANTED, [listed("lta/2030/41", 1, Reason.REMOVED)])
    assert "lta/2030/41" not in [i.id for i in plan.items]


def test_daily_reads_what_is_wanted_or_might_be() -> None:
    state = ReadState(
        NOW - timedelta(days=3), {"lta/2030/41": Known(NOW - timedelta(days=30)), "lta/2030/45": Known(NOW - timedelta(days=1), wanted=False)}
    )
    plan = daily(
        [
            listed("lta/2030/41", 1, Reason.CONTENT),
            listed("lta/2030/45", 1),  # looked at yesterday, not wanted
            listed("lta/2030/99", 2, Reason.NEW, "Bekendtgørelse om bænkes farve"),  # only its text says under which act
            listed("ltc/2026/1", 1, Reason.NEW, "Bekendtgørelse af en traktat"),
            listed("ft/202522L00004", 1, Reason.NEW, "Forslag til lov om ændring af lov om udlån af paraplyer"),
            listed("ft/202522L00005", 1, Reason.NEW, "Forslag til lov om noget helt andet"),
            listed("lta/2030/42", 30, Reason.CONTENT),  # before we last read
        ],
        WANTED,
        state,
    )
    assert [i.id for i in plan.items] == ["lta/2030/41", "lta/2030/99", "ft/202522L00004"]
    assert plan.read_to == NOW - timedelta(days=1)


def test_what_was_removed_is_marked_once_and_only_where_we_have_it() -> None:
    state = ReadState(NOW - timedelta(days=3), {"lta/2030/41": Known(LONG_AGO), "lta/2030/42": Known(LONG_AGO, removed=True)})
    plan = daily([listed(f"lta/2030/{n}", 1, Reason.REMOVED) for n in (41, 42, 43)], WANTED, state)
    assert [(i.id, i.removed) for i in plan.items] == [("lta/2030/41", True)]


def test_what_was_removed_and_comes_back_is_read() -> None:
    state = ReadState(NOW - timedelta(days=3), {"lta/2030/42": Known(NOW, removed=True)})
    assert [i.id for i in daily([listed("lta/2030/42", 1, Reason.NEW)], WANTED, state).items] == ["lta/2030/42"]


def test_after_a_gap_the_dates_decide_and_nothing_counts_as_removed() -> None:
    state = ReadState(
        NOW - timedelta(days=100),
        {
            "lta/2030/41": Known(NOW - timedelta(days=200)),
            "lta/2030/42": Known(NOW - timedelta(days=200)),
            "lta/2030/43": Known(NOW - timedelta(days=200)),
            "lta/2030/45": Known(NOW - timedelta(days=200), wanted=False),
        },
    )
    records = [
        listed("lta/2030/41", 200),
        listed("lta/2030/42", 80),
        listed("lta/2030/45", 200),
        listed("lta/2031/1", 50),
        listed("lta/2029/1", 150),
        listed("ltc/2031/1", 50),
    ]
    plan = after_a_gap(records, [], WANTED, state)
    assert [i.id for i in plan.items] == ["lta/2030/42", "lta/2031/1"]
    assert not any(i.removed for i in plan.items)
    assert plan.vanished == ("lta/2030/43",)
    assert "beholdt" in plan.notes[0]


@pytest.mark.parametrize(
    ("oldest", "last_read", "reaches"),
    [(60, 5, True), (60, 61, False), (10, 40, False), (60, 59, True), (3, 5, True)],
)
def test_when_the_feed_reaches_back_far_enough(oldest: int, last_read: int, reaches: bool) -> None:
    assert reaches_back([listed("lta/2030/41", oldest)], ReadState(NOW - timedelta(days=last_read)), NOW) is reaches


def test_titles_that_name_a_wanted_act() -> None:
    for title in (
        "Lov om prøvebænke",
        "Bekendtgørelse af lov om prøvebænke",
        "Lov om ændring af lov om nattelamper og paraplyloven",
        "PRØVEBÆNKELOVEN",
    ):
        assert WANTED.by_title(title), title
    for title in ("", "Lov om prøvebænkebetræk", "Lov om fremmede øer"):
        assert not WANTED.by_title(title), title


# ---- the source as a whole


def test_a_plan_goes_by_feed_and_rest_and_notes_what_only_rest_names(
    site: Retsinformation, fetcher: Fetcher, server: ReplayServer, clock: StandingClock
) -> None:
    source = Source(WANTED)
    site.change("lta/2030/41", site.records["lta/2030/41"].xml)
    clock.forward(3600)
    server.misbehave("atom", lambda request, answer, wire: Answer(answer.body.replace(b"eli/lta/2030/41", b"eli/lta/2030/42")))
    plan = source.plan(fetcher, ReadState(NOW - timedelta(days=2), {}), clock.now())
    assert plan.how == "feedet"
    assert {i.id for i in plan.items} >= {"lta/2030/41", "lta/2030/42"}
    assert any("ikke af feedet: lta/2030/41" in note for note in plan.notes)
    assert len(server.calls("sitemap")) == 0


def test_at_night_the_plan_is_made_without_rest(fetcher: Fetcher, clock: StandingClock, server: ReplayServer) -> None:
    clock.at = datetime(2026, 3, 10, 22, 50, tzinfo=UTC)
    plan = Source(WANTED).plan(fetcher, ReadState(clock.at - timedelta(days=2), {}), clock.now())
    assert any("åbningstid" in note for note in plan.notes)
    assert server.calls("Documents") == []


def test_without_feed_the_sitemap_closes_the_gap(fetcher: Fetcher, server: ReplayServer, clock: StandingClock) -> None:
    server.misbehave("atom", faults.says(404), times=9)
    plan = Source(WANTED).plan(fetcher, ReadState(NOW - timedelta(days=2), {}), clock.now())
    assert plan.how == "sammenligning af datoer"
    assert any("Feedet kunne ikke læses" in note for note in plan.notes)


def test_a_document_counts_only_when_it_is_whole() -> None:
    is_whole_document(got("<Dokument></Dokument>\n "))
    is_whole_document(got("<lex:LexDaniaDokument></lex:LexDaniaDokument>"))
    for body in ("<Dokument><Meta>", "<html><body></Dokument> findes ikke</body></html>", "", "</Dokument"):
        with pytest.raises(WrongContent):
            is_whole_document(got(body))


def test_an_act_is_read_with_its_references_and_leads_to_its_orders(site: Retsinformation, fetcher: Fetcher) -> None:
    site.records["lta/2030/41"].references = REFERENCES
    site.records["lta/2030/41"].belonging = {3: [{"title": "Bekendtgørelse om bænkes farve", "eliPath": "/eli/lta/2030/44"}]}
    source = Source(WANTED)
    plan = source.plan(fetcher, ReadState(), NOW)
    item = next(i for i in plan.items if i.id == "lta/2030/41")
    parts = source.fetch(item, fetcher)
    version = source.parse(parts, item)
    assert [a.act.number for a in version.later_amendments] == [716, 7]
    assert [i.id for i in source.follow(version, parts, fetcher)] == ["lta/2030/44"]


@pytest.mark.parametrize("fault", [faults.says(404), faults.says(403), faults.page_instead])
def test_the_sites_json_may_be_missing(site: Retsinformation, fetcher: Fetcher, server: ReplayServer, fault: faults.Fault) -> None:
    site.records["lta/2030/41"].references = REFERENCES
    server.misbehave("api/document", fault, times=9)
    source = Source(WANTED)
    item = source.plan(fetcher, ReadState(), NOW).items[0]
    parts = source.fetch(item, fetcher)
    version = source.parse(parts, item)
    assert version.section("1") is not None
    assert list(source.follow(version, parts, fetcher)) == []


def test_a_document_without_text_is_read_from_its_html(site: Retsinformation, fetcher: Fetcher) -> None:
    page = "<html><body><div id='INDHOLD'><p><b>§ 1.</b> Gamle bænke står ved gamle åer, og ingen flytter dem om vinteren.</p></div></body></html>"
    site.records["lta/2030/41"] = Record("lta/2030/41", record(41, "Lov om prøvebænke", {}).xml, LONG_AGO, "Lov om prøvebænke", html=page.encode())
    source = Source(WANTED)
    item = source.plan(fetcher, ReadState(), NOW).items[0]
    section = source.parse(source.fetch(item, fetcher), item).section("1")
    assert section is not None
    assert "gamle åer" in section.full_text()


def test_a_document_in_print_only_is_metadata_with_a_link(site: Retsinformation, fetcher: Fetcher) -> None:
    site.records["lta/2030/41"] = record(41, "Lov om prøvebænke", {})
    source = Source(WANTED)
    item = source.plan(fetcher, ReadState(), NOW).items[0]
    version = source.parse(source.fetch(item, fetcher), item)
    assert ("pdf", "https://www.retsinformation.dk/eli/lta/2030/41/pdf") in version.metadata
    assert version.section("1") is None


def test_an_order_is_wanted_for_the_act_it_concerns(site: Retsinformation, fetcher: Fetcher) -> None:
    source = Source(WANTED)
    for eli, wanted in (("lta/2030/44", True), ("lta/2030/45", False)):
        item = first_fill([listed(eli, 1)], Wanted(REGISTRY, frozenset({eli}))).items[0]
        assert source.wants(source.parse(source.fetch(item, fetcher), item)) is wanted


@pytest.mark.parametrize(
    ("metadata", "preamble", "wanted"),
    [
        ((("Concerns/Ref_Accn", "A20300004230"),), "", True),
        ((("Concerns/Ref_Text", "Bekendtgørelse af lov om nattelamper"),), "", True),
        ((("Ref_Accn", "A20300004230"),), "", False),
        ((), "I medfør af § 12, stk. 3, i lov om udlån af paraplyer fastsættes:", True),
        ((), "I medfør af § 1 i lov om fremmede øer fastsættes:", False),
    ],
)
def test_an_order_says_in_metadata_or_preamble_under_which_act_it_is_issued(
    metadata: tuple[tuple[str, str], ...], preamble: str, wanted: bool
) -> None:
    text = (Provision(NodeKind.PREAMBLE, Part.PREAMBLE, text=preamble),)
    version = Version(eli="lta/2030/99", kind=DocumentKind.ORDER, title="Bekendtgørelse om farver", metadata=metadata, provisions=text)
    assert WANTED.version(version) is wanted


def test_kinds_of_belonging() -> None:
    assert [b.value for b in Belonging] == [3, 5, 6]
