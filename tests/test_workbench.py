"""The one object a client holds."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from small import act, numbered_section, parasol_act, quick, section, written

from vidensplatform.as_json.showing import shown_json
from vidensplatform.curation import stamp_cards
from vidensplatform.errors import LibraryDamaged, QueryError, VidensplatformError
from vidensplatform.knowledge.loading import load
from vidensplatform.knowledge.model import Duty, Option
from vidensplatform.law.model import Address
from vidensplatform.search.answering import Question
from vidensplatform.settings import Home
from vidensplatform.update import import_paths
from vidensplatform.workbench import Workbench

MOVED = '[[moved]]\nold = "baenkeloven/44"\nnew = ["parasolloven/9"]\non = 2032-01-01\nnote = "Solen er flyttet"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "love", a=act(), b=parasol_act(), c=act(title="Bekendtgørelse af lov om hatte", popular="Hatteloven", number=30))


@pytest.fixture
def bench(home: Home, cards_folder: Path, folder: Path) -> Iterator[Workbench]:
    (cards_folder / "forwarding.toml").write_text(MOVED, encoding="utf-8")
    import_paths([folder], quick(home), corpus=load(cards_folder))
    stamp_cards(home, cards_folder, ["laanebaenk"])
    with Workbench.open(home, corpus=cards_folder) as opened:
        yield opened


@pytest.fixture
def bare(home: Home, cards_folder: Path) -> Iterator[Workbench]:
    with Workbench.open(quick(home), corpus=cards_folder) as opened:
        yield opened


# -- show --------------------------------------------------


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("BÆL § 1", Address("1")),
        ("bænkelovens § 1, stk. 2", Address("1", "2")),
        ("  BÆL § 2a ", Address("2a")),
        ("baenkeloven/1/2", Address("1", "2")),
        ("§ 3 i lov om prøvebænke", Address("3")),
    ],
)
def test_a_reference_shows_its_provision(bench: Workbench, reference: str, address: Address) -> None:
    shown = bench.show(reference)
    assert shown is not None
    assert shown.provision is not None
    assert (shown.provision.law, shown.provision.address, shown.provision.provision.node.address) == ("baenkeloven", address, address)


def test_a_number_of_the_only_subsection_is_shown(home: Home, cards_folder: Path, tmp_path: Path) -> None:
    data = act(numbered_section("4", "Der skelnes mellem", "bænke,", "skamler og", "stole."))
    import_paths([written(tmp_path / "love", a=data)], quick(home), corpus=load(cards_folder))
    with Workbench.open(home, corpus=cards_folder) as bench:
        jump = bench.search(Question("BÆL § 4, nr. 2")).jump
        assert jump is not None
        for reference in ("BÆL § 4, nr. 2", "BÆL § 4, stk. 1, nr. 2", jump):
            shown = bench.show(reference)
            assert shown is not None, reference
            assert shown.provision is not None, reference
            assert "skamler" in shown.provision.provision.text, reference


def test_a_provision_brings_references_and_cards_along(bench: Workbench) -> None:
    shown = bench.show("BÆL § 1")
    assert shown is not None
    assert shown.provision is not None
    assert [r.source_label for r in shown.provision.references_in][:1] == ["BÆL § 2, stk. 1"]
    assert "PARA § 9, stk. 1" in [r.source_label for r in shown.provision.references_in]
    assert shown.cards == ("laanebaenk", "altid-vejlede")
    assert all((r.source_work, r.source.section) != ("baenkeloven", "1") for r in shown.provision.references_in)


def test_a_work_that_the_registry_does_not_name_is_shown_by_its_path(bench: Workbench) -> None:
    shown = bench.show("lov-om-hatte/1")
    assert shown is not None
    assert shown.provision is not None
    assert shown.provision.law == "lov-om-hatte"


@pytest.mark.parametrize("reference", ["laanebaenk", "baenkejournal", "uden-husly", "pm-9-31", "PM 9-31"])
def test_a_card_is_shown_by_its_id_or_number(bench: Workbench, reference: str) -> None:
    shown = bench.show(reference)
    assert shown is not None
    assert shown.card is not None
    assert shown.card.id == reference.lower().replace(" ", "-")
    assert shown.status == (bench.card_status(shown.card) if isinstance(shown.card, Option | Duty) else "")


@pytest.mark.parametrize("reference", ["PM 9-31", "laanebaenk", "uden-husly", "baenkejournal"])
def test_the_json_of_a_card_says_what_kind_of_card_it_is(bench: Workbench, reference: str) -> None:
    shown = bench.show(reference)
    assert shown is not None
    card = shown_json(shown)["card"]
    assert card["kind"] in ("situation", "option", "duty", "practice")
    assert card["title"]


@pytest.mark.parametrize(
    "reference",
    [
        "",
        " ",
        "noget",
        "kapitel 1",
        "BÆL § 99",
        "PM 1-99",
        "serviceloven/",
        "/",
        "baenkeloven/",
        "lov nr. 7 af 3. februar 2031",
        "hat/1",
        "a/b/c/d/e/f",
    ],
)
def test_what_leads_nowhere_is_none(bench: Workbench, reference: str) -> None:
    assert bench.show(reference) is None


def test_a_bare_section_is_never_given_an_act(bench: Workbench) -> None:
    with pytest.raises(QueryError, match="§ 9") as told:
        bench.show("§ 9")
    assert "PARA § 9" in told.value.action
    with pytest.raises(QueryError) as told:
        bench.show("§ 777")
    assert told.value.action


def test_law_that_moved_says_where_to(bench: Workbench) -> None:
    shown = bench.show("BÆL § 44")
    assert shown is not None
    assert shown.provision is None
    assert [m.new for m in shown.moved] == [("parasolloven/9",)]
    assert shown_json(shown)["moved"][0]["on"] == "2032-01-01"
    assert bench.show("BÆL § 4") is None


def test_a_provision_can_be_shown_as_of_a_day(bench: Workbench) -> None:
    assert bench.show("BÆL § 2 a", date(2031, 2, 3)) is not None
    early = bench.show("BÆL § 2 a", date(1999, 1, 1))
    assert early is None or early.provision is None


def test_cards_are_shown_without_any_law(bare: Workbench) -> None:
    shown = bare.show("BÆL § 1")
    assert shown is not None
    assert (shown.provision, shown.cards) == (None, ("laanebaenk", "altid-vejlede"))
    assert bare.show("BÆL § 88") is None
    assert bare.version_of("baenkeloven") is None


# -- status and cards --------------------------------------


def test_the_status_of_cards_follows_what_was_read(bench: Workbench) -> None:
    cards = bench.corpus.cards
    assert bench.card_status(cards.options["laanebaenk"]) == "kontrolleret"
    assert bench.card_status(cards.options["parasol"]) == "ikke kontrolleret"
    (link,) = bench.links(cards.options["laanebaenk"])
    assert (link.label, link.eli, link.status) == ("BÆL § 1", "lta/2031/7", "kontrolleret")
    found = bench.search(Question("ingen bænk, solskoldet"))
    assert {o.id: o.status for o in found.options} == {"laanebaenk": "kontrolleret", "parasol": "ikke kontrolleret"}


def test_a_changed_text_is_seen_without_a_new_start(bench: Workbench, tmp_path: Path) -> None:
    option = bench.corpus.cards.options["laanebaenk"]
    assert bench.card_status(option) == "kontrolleret"
    import_paths([written(tmp_path / "nyt", a=act(section("1", "Helt andre ord om gynger.")))], bench.home, corpus=bench.corpus)
    bench.bring_index_up_to_date()
    assert bench.card_status(option) == "ændret siden kontrol"
    assert [d.label for d in bench.search(Question("gynger")).documents] == ["BÆL § 1"]


def test_the_status_counts(bench: Workbench) -> None:
    status = bench.status()
    assert status.counts is not None
    assert (status.counts.versions, status.index, status.failures) == (3, "klar", ())
    assert status.cards == {"situationer": 2, "muligheder": 2, "pligter": 3, "praksis": 1, "ord": 2}
    assert status.anchors == {"kontrolleret": 1, "ikke kontrolleret": 4}


def test_the_status_without_law(bare: Workbench) -> None:
    status = bare.status()
    assert (status.counts, status.kinds, status.index) == (None, {}, "ingen lovtekst indlæst")
    assert bare.index_is_current
    assert bare.bring_index_up_to_date().action == "opened"


# -- index -------------------------------------------------


def test_without_an_index_the_cards_answer_meanwhile(home: Home, cards_folder: Path, folder: Path) -> None:
    import_paths([folder], quick(home), engine="whoosh", corpus=load(cards_folder))
    with Workbench.open(home, engine="tantivy", corpus=cards_folder) as bench:
        assert not bench.index_is_current
        assert bench.status().index == "skal opdateres"
        found = bench.search(Question("ingen bænk"))
        assert found.options
        assert found.documents == ()
        assert bench.suggest("paras")
        assert bench.bring_index_up_to_date().action == "built"
        assert bench.search(Question("ingen bænk")).documents
        assert "hængekøje" in [s.word for s in bench.suggest("hæng")]


def test_a_library_that_is_only_read_can_be_searched(bench: Workbench, cards_folder: Path) -> None:
    with Workbench.open(bench.home, corpus=cards_folder, read_only=True) as reader:
        assert reader.search(Question("hængekøje")).documents


def test_an_unknown_engine_or_folder_is_told(home: Home, tmp_path: Path) -> None:
    with pytest.raises(QueryError):
        Workbench.open(home, engine="lucene")
    with pytest.raises(VidensplatformError):
        Workbench.open(quick(home), corpus=tmp_path / "intet")


def test_opening_a_home_that_is_not_there_makes_nothing(tmp_path: Path, cards_folder: Path) -> None:
    home = Home(tmp_path / "findes-ikke")
    with Workbench.open(home, corpus=cards_folder) as bench:
        assert bench.search(Question("ingen bænk")).options
    assert not home.folder.exists()


def test_a_corpus_with_wrong_cards_answers_with_the_right_ones(home: Home, cards_folder: Path) -> None:
    (cards_folder / "options" / "parasol.toml").write_text("title =\n", encoding="utf-8")
    with Workbench.open(quick(home), corpus=cards_folder) as bench:
        assert bench.corpus.faults
        assert [o.id for o in bench.search(Question("ingen bænk, solskoldet")).options] == ["laanebaenk"]


def test_questions_are_answered_from_several_threads(bench: Workbench) -> None:
    texts = ["ingen bænk", "solskoldet", "hængekøje", "BÆL § 1", "siddeplads"] * 6
    alone = {text: [d.label for d in bench.search(Question(text)).documents] for text in texts}
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda text: [d.label for d in bench.search(Question(text)).documents], texts))
    assert together == [alone[text] for text in texts]
    assert all(bench.search(Question(text)).took_ms > 0 for text in texts)


def test_a_library_damaged_inside_is_found_by_the_check_at_start(home: Home, tmp_path: Path) -> None:
    import_paths([written(tmp_path / "love", **{f"l{n}": act(number=n) for n in range(1, 30)})], quick(home))
    size = home.database.stat().st_size
    with home.database.open("r+b") as file:
        file.seek(size // 3)
        file.write(b"\xa5" * (size // 3))
    with pytest.raises(LibraryDamaged) as told, Workbench.open(home) as bench:
        bench.check_library()
    assert told.value.action


def test_a_whole_library_and_none_pass_the_check(home: Home, tmp_path: Path) -> None:
    with Workbench.open(home) as bench:
        bench.check_library()
    import_paths([written(tmp_path / "love", a=act())], quick(home))
    with Workbench.open(home) as bench:
        bench.check_library()
