"""What is stored, and what is read back."""

from __future__ import annotations

import itertools
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from small import BENCH_SECTIONS, PARASOL_SECTIONS, act, parasol_act, rows_of, section, sha256

from indexers.folder import SourceFile
from indexers.pipeline import Pipeline, Tally
from indexers.retsinformation.lexdania import parse
from vidensplatform.law.model import ActNumber, Address, Amendment, DocumentKind, Status, Work
from vidensplatform.law.references import Reference
from vidensplatform.law.registry import Registry
from vidensplatform.store.library import Library
from vidensplatform.store.reading import amendments_from_json
from vidensplatform.store.records import Origin, Outcome
from vidensplatform.store.units import Row, rows

BENCH = Work("baenkeloven", DocumentKind.ACT, "lov om prøvebænke", "bænkeloven")


def bring(library: Library, registry: Registry, *documents: bytes) -> Tally:
    """Import documents in this order."""
    return Pipeline(library, registry).run(SourceFile(f"fil-{n}.xml", data, sha256(data)) for n, data in enumerate(documents))


def put(library: Library, data: bytes, references: Iterator[tuple[int, Reference]] | tuple[()] = (), work: Work = BENCH) -> Outcome:
    version = parse(data, "fil.xml")
    return library.put(version, work, rows(version.provisions), references, Origin("fil.xml", data, sha256(data)), registered=True)


# -- put ---------------------------------------------------


def test_a_document_is_new_then_unchanged_then_changed(library: Library) -> None:
    assert put(library, act()) is Outcome.NEW
    assert put(library, act()) is Outcome.UNCHANGED
    assert library.revision == 1
    assert put(library, act(section("1", "Bænken er af træ."))) is Outcome.CHANGED
    assert library.revision == 2
    assert library.sections("baenkeloven") == ["1"]


def test_other_bytes_of_the_same_document_keep_the_earlier_snapshot(library: Library, path: Path) -> None:
    first, second = act(), act(section("1", "Bænken er af træ."))
    put(library, first)
    put(library, second)
    assert sorted(sha for _, sha, _ in rows_of(path)["snapshots"]) == sorted([sha256(first), sha256(second)])
    assert library.knows("lta/2031/7", sha256(first))
    assert library.has_bytes(sha256(second))
    assert not library.has_bytes(sha256(b"andet"))
    assert library.counts().versions == 1


def test_the_raw_bytes_of_every_snapshot_can_be_had_back(library: Library, path: Path) -> None:
    put(library, act())
    with closing(sqlite3.connect(path)) as db:
        (raw,) = db.execute("SELECT raw FROM snapshots").fetchone()
    assert zlib.decompress(raw) == act()


def test_a_changed_document_keeps_its_row_and_leaves_no_old_provisions(library: Library, path: Path) -> None:
    put(library, act())
    before = library.version("lta/2031/7")
    put(library, act(section("5", "Kun denne.")))
    after = library.version("lta/2031/7")
    assert before is not None
    assert after is not None
    assert before.id == after.id
    assert library.provision("baenkeloven", Address("1")) is None
    assert {row[0] for row in rows_of(path)["provisions"]} == {"lta/2031/7"}


@pytest.mark.parametrize("changed", [False, True])
def test_an_error_in_the_middle_of_a_document_leaves_nothing_of_it(library: Library, path: Path, *, changed: bool) -> None:
    if changed:
        put(library, act(section("1", "Det var sådan før.")))
    before, revision = rows_of(path), library.revision

    def breaking() -> Iterator[tuple[int, Reference]]:
        raise RuntimeError("midt i henvisningerne")
        yield

    with pytest.raises(RuntimeError):
        put(library, act(), breaking())
    assert rows_of(path) == before
    assert library.revision == revision
    assert put(library, act()) is (Outcome.CHANGED if changed else Outcome.NEW)


def test_an_error_in_the_middle_of_the_rows_leaves_nothing(library: Library, path: Path) -> None:
    version = parse(act(), "fil.xml")
    good = rows(version.provisions)
    twice = [*good, Row(good[0].ord, good[0].last, None, None, good[0].node, None)]
    before = rows_of(path)
    with pytest.raises(Exception, match="UNIQUE"):
        library.put(version, BENCH, twice, (), Origin("fil.xml", act(), sha256(act())), registered=True)
    assert rows_of(path) == before


def test_a_document_that_cannot_be_read_is_kept_with_its_reason_and_goes_when_it_is_read(library: Library) -> None:
    library.put_failure(Origin("fil.xml", b"<Dok", sha256(b"<Dok")), "ikke hel")
    (failed,) = library.failures()
    assert (failed.origin, failed.reason, failed.seen_at[:2]) == ("fil.xml", "ikke hel", "20")
    library.put_failure(Origin("fil.xml", b"<Do", sha256(b"<Do")), "stadig ikke hel")
    assert [f.reason for f in library.failures()] == ["stadig ikke hel"]
    assert library.counts().failures == 1
    put(library, act())
    assert library.failures() == []


# -- which text is shown -----------------------------------

CHAIN = {
    "2031/7": act(),
    "2032/3": act(section("1", "Den nye bænk."), year=2032, number=3),
    "2032/4": act(section("1", "Samme dag, højere nummer."), year=2032, number=4),
    "2033/1": act(section("1", "Historisk, selv om den er nyest."), year=2033, number=1, status="Historic", historic="2034-01-01"),
}


@pytest.mark.parametrize("order", list(itertools.permutations(CHAIN))[::3], ids=" ".join)
def test_the_shown_text_does_not_depend_on_the_order_of_import(library: Library, registry: Registry, order: tuple[str, ...]) -> None:
    bring(library, registry, *(CHAIN[name] for name in order))
    shown = library.current("baenkeloven")
    assert shown is not None
    assert shown.eli == "lta/2032/4"
    assert [v.eli for v in library.current_versions().values()] == ["lta/2032/4"]
    assert [v.eli for v in library.versions("baenkeloven")] == ["lta/2033/1", "lta/2032/4", "lta/2032/3", "lta/2031/7"]


def test_where_every_text_is_historic_the_newest_is_shown_and_says_so(library: Library, registry: Registry) -> None:
    old = act(status="Historic", historic="2032-01-01")
    bring(library, registry, act(year=2032, number=1, status="Historic", historic="2033-01-01"), old)
    shown = library.current("baenkeloven")
    assert shown is not None
    assert (shown.eli, shown.status, shown.historic_since) == ("lta/2032/1", Status.HISTORIC, date(2033, 1, 1))


def test_a_text_that_loses_its_place_is_among_the_changed_ones(library: Library, registry: Registry) -> None:
    bring(library, registry, CHAIN["2031/7"])
    revision = library.revision
    bring(library, registry, CHAIN["2032/3"])
    assert len(library.changed_versions(revision)) == 2
    assert {unit.current for unit in library.units(after_revision=revision)} == {True, False}


@pytest.mark.parametrize(
    ("day", "eli"),
    [("2031-02-02", None), ("2031-02-03", "lta/2031/7"), ("2032-02-02", "lta/2031/7"), ("2032-02-03", "lta/2032/4"), ("2033-06-01", "lta/2033/1")],
)
def test_a_text_counts_from_its_signature_until_the_next_one(library: Library, registry: Registry, day: str, eli: str | None) -> None:
    bring(library, registry, *CHAIN.values())
    shown = library.current("baenkeloven", date.fromisoformat(day))
    assert (shown.eli if shown else None) == eli
    assert [v.eli for v in library.current_versions(date.fromisoformat(day)).values()] == ([eli] if eli else [])


def test_a_text_counts_only_until_its_source_marks_it_as_historic(library: Library, registry: Registry) -> None:
    bring(library, registry, act(status="Historic", historic="2032-06-01"), act(year=2035, number=1))
    assert library.current("baenkeloven", date(2032, 5, 31)) is not None
    assert library.current("baenkeloven", date(2033, 1, 1)) is None
    assert library.current_versions(date(2033, 1, 1)) == {}


def test_a_document_that_turns_out_to_be_of_another_work_leaves_the_first_work_in_order(library: Library) -> None:
    other = Work("parasolloven", DocumentKind.ACT, "lov om parasoller")
    put(library, act(year=2030, number=1))
    put(library, act())
    put(library, act(section("1", "Andre bytes.")), work=other)
    assert (first := library.current("baenkeloven")) is not None
    assert first.eli == "lta/2030/1"
    assert (second := library.current("parasolloven")) is not None
    assert second.eli == "lta/2031/7"


def test_a_work_without_texts_is_not_counted(library: Library) -> None:
    put(library, act())
    put(library, act(section("1", "Andre bytes.")), work=Work("parasolloven", DocumentKind.ACT, "lov om parasoller"))
    assert library.counts().works == 1


ANY_ORDER = [
    *CHAIN.values(),
    parasol_act(),
    act(section("1", "Se lov nr. 9 af 3. februar 2031."), title="Lov om hatte", popular="Hatteloven", number=11, kind="LOV H", suffix="30"),
    act(title="Bekendtgørelse af lov om hatte", popular="", number=12),
    act(section("1", "Hatten."), title="Lov om huer", popular="", number=9, kind="LOV H", suffix="30"),
]


@pytest.mark.parametrize("part", ["works", "versions", "provisions", "refs", "snapshots"])
@pytest.mark.parametrize("order", [ANY_ORDER[::-1], ANY_ORDER[3:] + ANY_ORDER[:3]], ids=["backwards", "turned"])
def test_what_is_stored_is_the_same_in_whatever_order_it_came(tmp_path: Path, registry: Registry, order: list[bytes], part: str) -> None:
    states = []
    for n, documents in enumerate((ANY_ORDER, order)):
        with Library.open(tmp_path / f"{n}.sqlite3") as library:
            bring(library, registry, *documents)
        states.append(rows_of(tmp_path / f"{n}.sqlite3")[part])
    assert states[1] == states[0]


# -- reading -----------------------------------------------


def test_a_provision_is_found_by_its_address_with_the_headings_above(library: Library) -> None:
    put(library, act())
    found = library.provision("baenkeloven", Address("1", "2"))
    assert found is not None
    assert found.text == "Stk. 2. Bænken efter stk. 1 er gratis. Den lånes ud for en nat ad gangen."
    assert found.headings == ("Kapitel 1 Bænke og husly", "Midlertidige bænke", "§ 1.")
    assert found.node.address == Address("1", "2")
    assert library.provision("baenkeloven", Address("2a")) is not None


@pytest.mark.parametrize("address", [Address("99"), Address("1", "3"), Address("1", "1", "1"), Address("2A")])
def test_a_provision_that_does_not_exist_is_none(library: Library, address: Address) -> None:
    put(library, act())
    assert library.provision("baenkeloven", address) is None
    assert library.provision("hatteloven", address) is None
    assert library.text_sha256("baenkeloven", address) is None


def test_lines_say_how_deep_they_stand(library: Library) -> None:
    put(library, act())
    found = library.provision("baenkeloven", Address("1"))
    assert found is not None
    assert [(depth, text.split()[0]) for depth, text in found.lines()] == [(0, "§"), (1, "Byrådet"), (1, "Stk.")]
    assert library.unit(-1) is None


def test_a_provision_as_of_a_day_is_that_days_words(library: Library, registry: Registry) -> None:
    bring(library, registry, *CHAIN.values())
    then = library.provision("baenkeloven", Address("1", "1"), date(2031, 12, 24))
    assert then is not None
    assert then.text.startswith("Byrådet stiller")
    now = library.provision("baenkeloven", Address("1", "1"))
    assert now is not None
    assert now.text == "Samme dag, højere nummer."


def test_the_outline_has_chapters_groups_and_sections_in_order(library: Library) -> None:
    put(library, act())
    version = library.current("baenkeloven")
    assert version is not None
    assert [n.marker or n.heading for n in library.outline(version)] == ["Kapitel 1", "Midlertidige bænke", "§ 1.", "§ 2.", "§ 2 a.", "§ 3."]
    assert library.sections("baenkeloven") == ["1", "2", "2a", "3"]


def test_references_lead_out_and_back_in(library: Library, registry: Registry) -> None:
    bring(library, registry, act(), parasol_act())
    found = library.provision("baenkeloven", Address("2"))
    assert found is not None
    out = library.references_from(found.version, found.node.ord, found.node.last)
    assert [(r.words, r.target_work, r.target, r.found) for r in out] == [
        ("§ 1, stk. 1", "baenkeloven", Address("1", "1"), True),
        ("§ 3", "baenkeloven", Address("3"), True),
    ]
    into = library.references_to("baenkeloven", "1")
    assert ("parasolloven", Address("9", "1")) in [(r.source_work, r.source) for r in into]
    assert ("baenkeloven", Address("2", "1")) in [(r.source_work, r.source) for r in into]


def test_a_range_refers_to_every_section_in_it(library: Library, registry: Registry) -> None:
    bring(library, registry, act(), parasol_act())
    for number in ("1", "2", "2a", "3"):
        assert ("parasolloven", Address("10", "1")) in [(r.source_work, r.source) for r in library.references_to("baenkeloven", number)], number


def test_a_reference_to_what_is_not_there_stays_as_written(library: Library, registry: Registry) -> None:
    bring(library, registry, act(), parasol_act())
    hammock = library.provision("baenkeloven", Address("2a"))
    assert hammock is not None
    (out,) = library.references_from(hammock.version, hammock.node.ord, hammock.node.last)
    assert (out.target_work, out.found) == ("parasolloven", True)
    repealed = library.provision("parasolloven", Address("10"))
    assert repealed is not None
    unresolved = [r for r in library.references_from(repealed.version, repealed.node.ord, repealed.node.last) if r.target_work is None]
    assert [(r.words.lower(), r.act_eli) for r in unresolved] == [("lov nr. 99 af 1. maj 2030", "lta/2030/99")]
    counts = library.counts()
    assert counts.references - counts.resolved == 1


def test_a_reference_to_a_section_that_the_text_does_not_have_says_so(library: Library, registry: Registry) -> None:
    bring(library, registry, act())
    hammock = library.provision("baenkeloven", Address("2a"))
    assert hammock is not None
    assert [r.found for r in library.references_from(hammock.version, hammock.node.ord, hammock.node.last)] == [False]


def test_only_shown_texts_refer_unless_all_are_asked_for(library: Library, registry: Registry) -> None:
    bring(library, registry, act(), act(section("1", "Intet."), section("3", "Intet."), year=2032, number=1))
    assert library.references_to("baenkeloven", "3") == []
    assert [r.source_eli for r in library.references_to("baenkeloven", "3", all_versions=True)] == ["lta/2031/7"]


def test_counts_kinds_and_titles(library: Library, registry: Registry) -> None:
    bring(library, registry, act(), parasol_act(), act(*BENCH_SECTIONS[:1], year=2030, number=2))
    counts = library.counts()
    assert (counts.works, counts.versions, counts.failures) == (2, 3, 0)
    assert counts.provisions == sum(1 for _ in library.units())
    assert library.kinds() == {"lovbekendtgørelse": (2, "2031-02-03")}
    assert library.work_titles() == {"baenkeloven": "lov om prøvebænke", "parasolloven": "lov om parasoller"}
    assert library.works_by_eli()["lta/2030/2"] == "baenkeloven"


def test_amendments_are_read_back_as_they_were(library: Library) -> None:
    waiting = (
        Amendment(ActNumber("lov", 5, date(2031, 5, 1)), ("1", "3"), "Lov om ændring", "§ 1 træder i kraft senere"),
        Amendment(ActNumber("lov", 6, None, 2032)),
    )
    version = replace(parse(act(), "x"), base=ActNumber("lovbekendtgørelse", 4, None, 2029), not_incorporated=waiting)
    library.put(version, BENCH, rows(version.provisions), (), Origin("x", b"x", sha256(b"x")), registered=True)
    assert library.amendments("lta/2031/7", "not_incorporated") == waiting
    assert library.amendments("lta/2031/7", "incorporated") == ()
    assert library.amendments("lta/1849/1", "later_amendments") == ()
    assert amendments_from_json("[]") == ()
    with pytest.raises(ValueError, match="works"):
        library.amendments("lta/2031/7", "works")


def test_a_version_that_is_not_there(library: Library) -> None:
    assert library.version("lta/1849/1") is None
    assert library.current("baenkeloven") is None
    assert library.versions("baenkeloven") == []
    with pytest.raises(KeyError):
        library.version_by_id(17)


def test_more_units_than_sqlite_takes_in_one_question(library: Library) -> None:
    put(library, act(*(section(str(n), f"Bænk nummer {n}.") for n in range(1, 1203))))
    keys = [unit.key for unit in library.units()]
    assert len(keys) > 1200
    assert set(library.unit_places(keys)) == set(keys)
    assert len(PARASOL_SECTIONS) == 2
