"""From files to the library: what is stored is whole, what fails is kept and told, a second run changes nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from small import act, parasol_act, rows_of, section, sha256, write_small_corpus

from indexers.folder import Failure, SourceFile, read_paths
from indexers.pipeline import Pipeline, Tally, work_of
from indexers.retsinformation.lexdania import parse
from vidensplatform.errors import EnvironmentError_
from vidensplatform.knowledge.loading import Corpus, load
from vidensplatform.law.model import Address, DocumentKind
from vidensplatform.law.registry import Registry
from vidensplatform.store.library import Library


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return load(write_small_corpus(tmp_path_factory.mktemp("corpus"))).registry


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.sqlite3") as opened:
        yield opened


def source(name: str, data: bytes) -> SourceFile:
    return SourceFile(name, data, sha256(data))


def numbers(tally: Tally) -> tuple[int, int, int, int]:
    return tally.read, tally.new, tally.changed, tally.unchanged


def test_a_run_counts_what_it_did_and_a_second_changes_nothing(library: Library, registry: Registry, tmp_path: Path) -> None:
    files = [source("a", act()), source("b", parasol_act()), source("c", act()[:900])]
    first = Pipeline(library, registry).run(files)
    assert numbers(first) == (2, 2, 0, 0)
    assert first.provisions == library.counts().provisions
    state, revision = rows_of(tmp_path / "library.sqlite3"), library.revision
    second = Pipeline(library, registry).run(files)
    assert numbers(second) == (2, 0, 0, 2)
    assert second.provisions == 0
    assert (rows_of(tmp_path / "library.sqlite3"), library.revision) == (state, revision)


def test_what_cannot_be_read_is_told_and_kept_and_the_rest_is_stored(library: Library, registry: Registry) -> None:
    tally = Pipeline(library, registry).run([source("halv", act()[:900]), Failure("pakke.zip", "beskadiget"), source("hel", parasol_act())])
    assert [f.file for f in tally.failed] == ["halv", "pakke.zip"]
    assert tally.new == 1
    assert [f.origin for f in library.failures()] == ["halv"]


def test_a_failure_is_forgotten_when_the_document_is_read(library: Library, registry: Registry) -> None:
    Pipeline(library, registry).run([source("a", act()[:900])])
    assert [f.origin for f in library.failures()] == ["a"]
    Pipeline(library, registry).run([source("a", act())])
    assert library.failures() == []


def test_a_failure_is_forgotten_also_when_the_mended_bytes_are_known(library: Library, registry: Registry) -> None:
    Pipeline(library, registry).run([source("a", act()), source("b", act()[:900])])
    tally = Pipeline(library, registry).run([source("b", act())])
    assert (numbers(tally), tally.failed) == ((1, 0, 0, 1), [])
    assert library.failures() == []


def test_the_later_of_two_renderings_is_the_text_and_no_legal_change(library: Library, registry: Registry) -> None:
    poor = act(*(s.replace("§ 1.", "§  1 .") for s in (section("1", "Byrådet stiller en bænk til   rådighed."),)))
    rich = act(section("1", "Byrådet stiller en bænk til rådighed."))
    Pipeline(library, registry).run([source("a", poor)])
    before = library.text_sha256("baenkeloven", Address("1"))
    tally = Pipeline(library, registry).run([source("b", rich)])
    assert tally.changed == 1
    assert library.text_sha256("baenkeloven", Address("1")) == before
    assert library.has_bytes(sha256(poor))


def test_progress_names_every_file(library: Library, registry: Registry) -> None:
    told: list[tuple[int, str]] = []
    Pipeline(library, registry).run(
        [source("a", act()), Failure("b.zip", "x"), source("c", parasol_act())],
        lambda tally, name: told.append((tally.read + len(tally.failed), name)),
    )
    assert told == [(1, "a"), (2, "b.zip"), (3, "c")]


def test_a_full_disk_stops_the_run_and_keeps_what_was_stored(library: Library, registry: Registry) -> None:
    pages = library._db.execute("PRAGMA page_count").fetchone()[0]
    library._db.execute(f"PRAGMA max_page_count = {pages + 60}")
    many = [source(str(n), act(*(section(str(s), f"Bænk {n} " * 100) for s in range(1, 30)), number=n)) for n in range(1, 40)]
    with pytest.raises(EnvironmentError_, match="fuld"):
        Pipeline(library, registry).run(many)
    assert 0 < library.counts().versions < 39
    assert library.check() == []


@pytest.mark.parametrize(
    ("given", "work", "kind", "registered"),
    [
        ({}, "baenkeloven", DocumentKind.ACT, True),
        ({"title": "Lov om prøvebænke", "kind": "LOV H", "number": 3, "suffix": "30"}, "baenkeloven", DocumentKind.ACT, True),
        ({"title": "Noget helt andet", "popular": "Bænkeloven", "number": 3}, "baenkeloven", DocumentKind.ACT, True),
        (
            {"title": "Lov om ændring af lov om prøvebænke", "popular": "", "kind": "LOV Æ", "number": 3, "suffix": "30"},
            "lta/2031/3",
            DocumentKind.AMENDING_ACT,
            False,
        ),
        (
            {"title": "Lov om ændring af lov om stole", "popular": "", "kind": "LOV H", "number": 3, "suffix": "30"},
            "lta/2031/3",
            DocumentKind.ACT,
            False,
        ),
        ({"title": "Bekendtgørelse af lov om hatte", "popular": "", "number": 3}, "lov-om-hatte", DocumentKind.ACT, False),
        ({"title": "Bekendtgørelse om hatte", "popular": "", "kind": "BEK H", "number": 3, "suffix": "05"}, "lta/2031/3", DocumentKind.ORDER, False),
    ],
)
def test_which_work_a_text_is_of(registry: Registry, given: dict[str, object], work: str, kind: DocumentKind, *, registered: bool) -> None:
    found, known = work_of(parse(act(**given), "x"), registry)  # type: ignore[arg-type]
    assert (found.id, found.kind, known) == (work, kind, registered)


def test_an_amending_act_is_no_text_of_the_act_that_its_short_title_names(registry: Registry) -> None:
    amending = act(title="Lov om ændring af forskellige love", popular="Bænkeloven", kind="LOV Æ", number=3, suffix="30")
    assert work_of(parse(amending, "x"), registry)[0].id == "lta/2031/3"


# -- real documents ----------------------------------------


@pytest.mark.real_data
def test_a_real_chain_is_the_same_in_any_order(shared_data: Path, corpus: Corpus, tmp_path: Path) -> None:
    files = [f for f in read_paths([shared_data / "chains" / "retssikkerhedsloven"]) if isinstance(f, SourceFile)]
    assert len(files) == 10
    states = []
    for seed in (1, 2):
        random.Random(seed).shuffle(files)
        path = tmp_path / f"{seed}.sqlite3"
        with Library.open(path) as library:
            Pipeline(library, corpus.registry).run(files)
            shown = library.current("retssikkerhedsloven")
            assert shown is not None
            states.append((shown.eli, library.counts(), rows_of(path)))
    assert states[0] == states[1]


@pytest.mark.real_data
@pytest.mark.parametrize("act_name", ["serviceloven", "barnets-lov"])
def test_the_same_text_in_another_rendering_is_hardly_a_change(shared_data: Path, corpus: Corpus, tmp_path: Path, act_name: str) -> None:
    """A chain's newest file has the ELI of the official print in ``current``, in a poorer rendering."""
    with Library.open(tmp_path / "l.sqlite3") as library:
        pipeline = Pipeline(library, corpus.registry)
        chain = [f for f in read_paths([shared_data / "chains" / act_name]) if isinstance(f, SourceFile)]
        pipeline.run(chain)
        shown = library.current(act_name)
        assert shown is not None
        before = {s: library.text_sha256(act_name, Address(s)) for s in library.sections(act_name)}
        tally = pipeline.run(read_paths([shared_data / "current" / f"{shown.eli}.xml"]))
        assert numbers(tally) == (1, 0, 1, 0)
        again = library.current(act_name)
        assert again is not None
        assert again.eli == shown.eli
        after = {s: library.text_sha256(act_name, Address(s)) for s in library.sections(act_name)}
        same = sum(before.get(s) == sha for s, sha in after.items()) / len(after)
        assert same > 0.8, f"{same:.1%} of {len(after)} sections keep their fingerprint"
        assert library.provision(act_name, Address(next(iter(after)))) is not None
