"""The one way new material comes in: import, store, index."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from small import act, parasol_act, quick, section, written

from vidensplatform.errors import EnvironmentError_, QueryError
from vidensplatform.knowledge.loading import Corpus, load
from vidensplatform.search.answering import Question
from vidensplatform.search.engines import names
from vidensplatform.search.evaluation import evaluate, read_cases
from vidensplatform.settings import Home
from vidensplatform.store.library import Library
from vidensplatform.update import Progress, import_paths, update_index
from vidensplatform.workbench import Workbench


@pytest.fixture
def cards(cards_folder: Path) -> Corpus:
    return load(cards_folder)


@pytest.mark.parametrize("engine", names())
def test_what_was_imported_can_be_found_at_once(home: Home, cards: Corpus, cards_folder: Path, tmp_path: Path, engine: str) -> None:
    folder = written(tmp_path / "love", a=act(), b=parasol_act())
    report = import_paths([folder], quick(home), engine=engine, corpus=cards)
    assert (report.read, report.new, report.provisions, report.index.action, report.index.documents) == (2, 2, 8, "built", 8)
    written(folder, a=act(section("1", "Byrådet låner en gynge ud.")))
    report = import_paths([folder], home, engine=engine, corpus=cards)
    assert (report.changed, report.unchanged, report.index.action) == (1, 1, "updated")
    with Workbench.open(home, engine=engine, corpus=cards_folder) as bench:
        assert bench.index_is_current
        assert [d.label for d in bench.search(Question("gynge")).documents] == ["BÆL § 1"]
        assert bench.search(Question("hængekøje")).documents == ()


def test_a_second_import_changes_nothing(home: Home, cards: Corpus, tmp_path: Path) -> None:
    folder = written(tmp_path / "love", a=act(), b=parasol_act())
    import_paths([folder], quick(home), corpus=cards)
    pointer = (home.index / "tantivy" / "current.json").read_bytes()
    report = import_paths([folder], home, corpus=cards)
    assert (report.new, report.changed, report.unchanged, report.index.action) == (0, 0, 2, "opened")
    assert (home.index / "tantivy" / "current.json").read_bytes() == pointer


def test_the_report_is_as_the_contract_has_it(home: Home, cards: Corpus, tmp_path: Path) -> None:
    folder = written(tmp_path / "love", a=act(), halv=act()[:700])
    (folder / "note.txt").write_text("x")
    report = import_paths([folder, tmp_path / "intet"], quick(home), corpus=cards)
    printed = json.loads(json.dumps(report.to_json()))
    assert {"read", "new", "changed", "unchanged", "failed", "provisions", "seconds"} <= printed.keys()
    assert printed["skipped"] == 1
    assert [set(f) for f in printed["failed"]] == [{"file", "reason"}] * 2


def test_every_step_is_told(home: Home, cards: Corpus, tmp_path: Path) -> None:
    told: list[Progress] = []
    many = act(*(section(str(n), f"Bænk {n}.") for n in range(1, 620)))
    import_paths([written(tmp_path / "love", a=many, b=parasol_act())], quick(home), corpus=cards, on_progress=told.append)
    steps = [(p.step, p.done, Path(p.at).name) for p in told if p.step != "sammenligner"]
    assert steps == [("læser", 1, "a.xml"), ("læser", 2, "b.xml"), ("indekserer", 500, "")]
    assert [p.step for p in told[2:-1]] == ["sammenligner"] * 2, "once for each of the two acts, between reading and indexing"


def test_an_index_can_be_built_anew(home: Home, cards: Corpus, tmp_path: Path) -> None:
    import_paths([written(tmp_path / "love", a=act())], quick(home), corpus=cards)
    with Library.open(home.database) as library:
        assert update_index(home, library, cards).action == "opened"
        assert update_index(home, library, cards, force=True).action == "built"


@pytest.mark.parametrize("wrong", [lambda home: home.database.mkdir(), lambda home: home.database.write_bytes(b"x" * 5000)])
def test_an_import_into_what_is_no_library_is_told(home: Home, cards: Corpus, tmp_path: Path, wrong: Callable[[Home], None]) -> None:
    wrong(quick(home))
    with pytest.raises(EnvironmentError_) as told:
        import_paths([written(tmp_path / "love", a=act())], home, corpus=cards)
    assert told.value.action


def test_an_unknown_engine_is_told_before_anything_is_read(home: Home, cards: Corpus, tmp_path: Path) -> None:
    with pytest.raises(QueryError):
        import_paths([written(tmp_path / "love", a=act())], quick(home), engine="lucene", corpus=cards)
    assert not home.database.exists()


# -- real documents ----------------------------------------


@pytest.fixture(scope="module")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Today's law, imported once."""
    home = quick(Home(tmp_path_factory.mktemp("real")), cards=True)
    report = import_paths([shared_data / "current"], home)
    assert (report.read, report.new, report.failed) == (158, 158, ())
    assert report.provisions > 8000
    return home


@pytest.mark.real_data
def test_a_real_provision_is_shown_with_all_that_belongs_to_it(real: Home) -> None:
    with Workbench.open(real) as bench:
        assert bench.index_is_current
        shown = bench.show("SEL § 110")
        assert shown is not None
        assert shown.provision is not None
        provision = shown.provision
        assert provision.provision.version.eli == "lta/2025/1129"
        assert "midlertidigt ophold i boformer" in provision.provision.text
        assert any("Kapitel 20" in heading for heading in provision.provision.headings)
        assert provision.references_out
        assert provision.references_in
        assert {r.source_work for r in provision.references_in} - {"serviceloven"}
        assert "forsorgshjem" in provision.cards
        assert provision.later_amendments or provision.not_incorporated


@pytest.mark.real_data
@pytest.mark.parametrize("text", ["forsorgshjem", "har ikke et sted at sove", "herberg", "midlertidigt ophold i boformer", "sover i bil"])
def test_words_of_every_day_lead_to_the_real_provision(real: Home, text: str) -> None:
    with Workbench.open(real) as bench:
        found = bench.search(Question(text))
        shown = {(p.law, p.section) for o in found.options for p in o.provisions} | {(d.law, d.section) for d in found.documents}
        assert ("serviceloven", "110") in shown


@pytest.mark.real_data
def test_every_card_stands_on_provisions_that_today_s_law_has(real: Home, corpus: Corpus) -> None:
    missing = []
    with Library.open(real.database, read_only=True) as library:
        for card, basis in corpus.cards.bases():
            if library.current(basis.law) is not None and library.text_sha256(basis.law, basis.address) is None:
                missing.append(f"{card.id}: {basis.provision}")
    assert missing == []


@pytest.mark.real_data
def test_the_search_meets_its_floor(real: Home, shared_data: Path) -> None:
    cases = read_cases(shared_data.parent / "eval" / "dev.jsonl")
    assert len(cases) >= 40
    with Workbench.open(real) as bench:
        report = evaluate(cases, lambda text: bench.search(Question(text)))
    assert report.group_recall > 0.6, f"{report.group_recall:.1%} of the groups, {report.all_met:.1%} of the questions"
