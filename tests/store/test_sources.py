"""What a library knows of its sources, of decisions published again, of bills, and of references that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from small import act, parasol_act, section, sha256

from indexers.retsinformation.lexdania import parse
from indexers.shelf import Shelf
from vidensplatform.law.model import DocumentKind, NodeKind, Part, Provision, Status, Version
from vidensplatform.law.registry import Act, Registry
from vidensplatform.store.library import Library
from vidensplatform.store.practice import eli_of_practice, practice_of_eli
from vidensplatform.store.records import Origin
from vidensplatform.store.sources import SOURCES, SourceState, source_of

REGISTRY = Registry.of([Act("baenkeloven", "bænkeloven", "lov om prøvebænke", "lta/2031/7", ("BÆL",))])


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.sqlite3") as opened:
        yield opened


def put(library: Library, version: Version, text: bytes | None = None) -> None:
    raw = text or repr(version).encode()
    Shelf(library, REGISTRY).store(version, Origin(version.eli, raw, sha256(raw)))


def decision(number: str, *told: tuple[str, str], status: Status = Status.VALID, words: str = "Bænken er våd.") -> Version:
    text = (Provision(NodeKind.TITLE, Part.TITLE, text=f"Principmeddelelse {number}"), Provision(NodeKind.TEXT, text=words))
    return Version(
        eli=f"ast/{number}",
        kind=DocumentKind.DECISION,
        title=f"PM {number}",
        short_name=f"PM {number}",
        status=status,
        metadata=told,
        provisions=text,
    )


def shown(library: Library) -> set[str]:
    return {version.eli for version in library.current_versions().values()}


# ---- sources


@pytest.mark.parametrize(
    ("eli", "name"),
    [
        ("lta/2025/1129", "retsinformation"),
        ("retsinfo/2026/9355", "retsinformation"),
        ("fob/2018/31", "retsinformation"),
        ("ft/202512L00079", "retsinformation"),
        ("ast/1-26", "ankestyrelsen"),
        ("ombudsmanden/generel-forvaltningsret/2-notatpligt", "ombudsmanden"),
        ("oda/9079", "folketinget"),
        ("domsdatabasen/1", "domsdatabasen"),
    ],
)
def test_a_document_s_source_is_told_by_its_eli(eli: str, name: str) -> None:
    assert source_of(eli) == name


def test_a_source_that_was_never_harvested_has_documents_and_no_dates(library: Library) -> None:
    put(library, parse(act(), "x"))
    states = {state.name: state for state in library.source_states()}
    assert list(states) == list(SOURCES)
    assert states["retsinformation"] == SourceState("retsinformation", documents=1)
    freshness = library.freshness("lta/2031/7")
    assert freshness.read_to is None
    assert freshness.stored is not None
    assert "ikke hentet til ende" in freshness.words


def test_how_far_a_source_is_read_is_kept(library: Library) -> None:
    when = datetime(2026, 3, 1, 12, tzinfo=UTC)
    state = SourceState("ankestyrelsen", when, when, when, "nede", when, 3, (("ast/1-30", "halv"),), ("et hul",))
    library.put_source_state(state)
    assert library.source_states()[1] == state
    assert "læst til 01-03-2026" in library.freshness("ast/9-30").words


def test_a_withdrawn_text_gives_way_to_one_that_is_not(library: Library) -> None:
    put(library, parse(act(), "old"))
    put(library, parse(act(number=9, year=2032), "new"))
    assert shown(library) == {"lta/2032/9"}
    assert library.mark_withdrawn("lta/2032/9")
    assert shown(library) == {"lta/2031/7"}
    assert library.freshness("lta/2032/9").withdrawn is not None
    library.unmark_withdrawn("lta/2032/9")
    assert shown(library) == {"lta/2032/9"}


def test_a_document_that_is_not_here_cannot_be_marked(library: Library) -> None:
    assert not library.mark_withdrawn("lta/2099/1")


def test_what_is_erased_is_gone_from_the_file_and_leaves_the_index(library: Library, tmp_path: Path) -> None:
    put(library, parse(act(section("1", "Hemmeligheden om bænken.")), "x"), b"Hemmeligheden om banken")
    put(library, parse(parasol_act(), "y"))
    version = library.version("lta/2031/7")
    assert version is not None
    before = library.revision
    library.erase("lta/2031/7")
    assert library.version("lta/2031/7") is None
    assert not library.knows("lta/2031/7", sha256(b"Hemmeligheden om banken"))
    assert version.id in library.changed_versions(before)
    assert library.work_titles().keys() == {"lov-om-parasoller"}
    left = b"".join(path.read_bytes() for path in tmp_path.glob("library.sqlite3*"))
    assert b"Hemmeligheden" not in left
    assert library.check() == []


def test_erasing_what_is_not_here_changes_nothing(library: Library) -> None:
    revision = library.revision
    library.erase("domsdatabasen/1")
    assert library.revision == revision


# ---- decisions published again


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("teller", ["old", "new", "both"])
def test_of_a_decision_published_again_the_new_one_is_shown(library: Library, order: tuple[int, int], teller: str) -> None:
    old = decision("20-25", *([("reissued-as", "1-26")] if teller != "new" else []), status=Status.HISTORIC)
    new = decision("1-26", *([("formerly", "20-25")] if teller != "old" else []))
    for place in order:
        put(library, (old, new)[place])
    assert shown(library) == {"ast/1-26"}
    assert library.reissued_as("ast/20-25") == "ast/1-26"
    assert library.reissued_as("ast/1-26") is None
    assert library.formerly("ast/1-26") == ("ast/20-25",)


def test_the_old_decision_is_shown_while_the_new_one_is_not_here(library: Library) -> None:
    put(library, decision("20-25", ("reissued-as", "1-26"), status=Status.HISTORIC))
    assert shown(library) == {"ast/20-25"}


def test_a_chain_leads_to_its_end_and_a_circle_nowhere(library: Library) -> None:
    put(library, decision("1-20", ("reissued-as", "2-21")))
    put(library, decision("2-21", ("reissued-as", "3-22")))
    put(library, decision("3-22"))
    assert library.reissued_as("ast/1-20") == "ast/3-22"
    assert library.formerly("ast/3-22") == ("ast/2-21", "ast/1-20")
    assert shown(library) == {"ast/3-22"}
    put(library, decision("4-23", ("reissued-as", "5-23")))
    put(library, decision("5-23", ("reissued-as", "4-23")))
    assert library.reissued_as("ast/4-23") is None
    assert {"ast/4-23", "ast/5-23"} <= shown(library)


def test_a_tie_that_is_no_longer_told_is_forgotten(library: Library) -> None:
    put(library, decision("20-25", ("reissued-as", "1-26")))
    put(library, decision("1-26"))
    put(library, decision("20-25"), b"other bytes")
    assert library.reissued_as("ast/20-25") is None
    assert shown(library) == {"ast/20-25", "ast/1-26"}


def test_a_withdrawn_reissue_lets_the_old_decision_be_shown(library: Library) -> None:
    put(library, decision("20-25", ("reissued-as", "1-26")))
    put(library, decision("1-26"))
    library.mark_withdrawn("ast/1-26")
    assert "ast/20-25" in shown(library)


@pytest.mark.parametrize(("practice", "eli"), [("pm-1-26", "ast/1-26"), ("pm-c-22-02", "ast/C-22-02"), ("fob-2018-31", "fob/2018/31")])
def test_a_citation_s_id_and_the_eli_lead_to_each_other(practice: str, eli: str) -> None:
    assert (eli_of_practice(practice), practice_of_eli(eli)) == (eli, practice)


def test_other_documents_are_no_practice() -> None:
    assert (eli_of_practice("u-2023-2221"), practice_of_eli("lta/2025/1")) == (None, None)


# ---- references


def test_a_decision_refers_to_the_sections_it_is_about_when_its_act_is_certain(library: Library) -> None:
    put(library, parse(act(), "x"))
    put(library, decision("1-26", ("Paragraf", "§§ 1 og 2, stk. 1"), ("law", "baenkeloven")))
    put(library, decision("2-26", ("Paragraf", "§ 1"), ("law", "baenkeloven"), ("law", "parasolloven")))
    put(library, decision("3-26", ("Paragraf", "§ 1"), ("law", "baenkeloven"), ("law-unknown", "lov om øer")))
    assert {r.source_eli for r in library.references_to("baenkeloven", "1") if r.source_eli.startswith("ast/")} == {"ast/1-26"}
    (second,) = [r for r in library.references_to("baenkeloven", "2") if r.source_eli.startswith("ast/")]
    assert (second.target.subsection, second.source_label) == ("1", "PM 1-26")


def test_citations_of_decisions_that_come_later_are_resolved(library: Library) -> None:
    put(library, decision("1-26", words="Se principmeddelelse 2-26 og 9-26."))
    put(library, decision("2-26"))
    assert library.relate_anew() == 1
    assert [(u.words, u.kind, u.count) for u in library.unresolved()] == [("pm-9-26", "praksis", 1)]
    assert [r.source_eli for r in library.references_to_document("ast/2-26")] == ["ast/1-26"]


def test_documents_belong_to_the_act_that_they_name_or_that_their_source_ties_them_to(library: Library) -> None:
    put(library, parse(act(), "x"))
    named, tied = (1, "Bekendtgørelse om lån efter bænkeloven", ()), (2, "Bekendtgørelse om maling", (("issued-under", "lta/2031/7"),))
    for number, title, fields in (named, tied):
        text = (Provision(NodeKind.TITLE, Part.TITLE, text=title), Provision(NodeKind.SECTION, text="Bænke er grønne."))
        order = Version(eli=f"lta/2032/{number}", kind=DocumentKind.ORDER, title=title, metadata=fields, provisions=text)
        put(library, order)
    put(library, parse(parasol_act(), "y"))
    assert [one.eli for one in library.documents_under("baenkeloven")] == ["lta/2032/1", "lta/2032/2"]


def test_a_file_that_is_the_main_part_of_a_harvested_document_is_known(library: Library) -> None:
    raw = act()
    Shelf(library, REGISTRY).store(parse(raw, "x"), Origin("https://x.invalid", raw, sha256(raw + b"references"), sha256(raw)))
    assert library.has_bytes(sha256(raw))
    assert not library.knows("lta/2031/7", sha256(raw))


def test_what_is_not_here_is_listed_by_how_often_it_is_named(library: Library) -> None:
    words = "Se § 4 i lov om fonde. Lov nr. 99 af 1. maj 2030 og lov nr. 99 af 1. maj 2030 er ophævet. Jf. lovens § 3."
    put(library, parse(act(section("1", words)), "x"))
    found = [(u.words, u.kind, u.count) for u in library.unresolved()]
    assert found == [("lta/2030/99", "nummer", 2), ("lov om fonde", "titel", 1)]
    assert [u.words for u in library.unresolved(1)] == ["lta/2030/99"]


# ---- bills


def bill(number: int, *fields: tuple[str, str]) -> Version:
    title = Provision(NodeKind.TITLE, Part.TITLE, text=f"Forslag {number}")
    return Version(
        eli=f"oda/{number}", kind=DocumentKind.BILL, title=f"Forslag {number}", short_name=f"L {number}", metadata=fields, provisions=(title,)
    )


def test_bills_are_found_by_the_act_they_would_amend_newest_first(library: Library) -> None:
    amends = ("amends", "baenkeloven")
    put(library, bill(1, amends, ("under-way", "ja"), ("proposed", "2026-01-02"), ("bill-status", "fremsat")))
    put(library, bill(2, amends, ("under-way", "ja"), ("proposed", "2026-02-02"), ("text", "ft/202512L00002")))
    put(library, bill(3, amends, ("under-way", "nej"), ("became", "lta/2026/3")))
    put(library, bill(4, ("amends", "parasolloven"), ("under-way", "ja")))
    found = library.bills_touching("baenkeloven")
    assert [b.number for b in found] == ["L 2", "L 1"]
    assert (found[0].text, found[0].proposed, found[1].status) == ("ft/202512L00002", date(2026, 2, 2), "fremsat")
    (ended,) = [b for b in library.bills_touching("baenkeloven", under_way_only=False) if not b.under_way]
    assert (ended.number, ended.became, ended.proposed) == ("L 3", "lta/2026/3", None)
    library.mark_withdrawn("oda/2")
    assert [b.number for b in library.bills_touching("baenkeloven")] == ["L 1"]
