"""The six real chains, imported as the program imports them and built as the program builds them."""

from __future__ import annotations

import json
import re
import sys
import tarfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from indexers.folder import read_paths
from indexers.pipeline import Pipeline
from vidensplatform.changes.acts import Tie
from vidensplatform.changes.building import bring_up_to_date
from vidensplatform.changes.dating import acts_from_json
from vidensplatform.changes.facade import Changes
from vidensplatform.changes.records import ChangeFilter
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.law.diff import ChangeKind
from vidensplatform.law.sectiontext import letters
from vidensplatform.settings import Home
from vidensplatform.store.changes import ChangeReading
from vidensplatform.store.library import Library
from vidensplatform.workbench import Workbench

pytestmark = pytest.mark.real_data

ARCHIVE = "amending-acts-2019-2026-json.tar.xz"


def imported(folder: Path, paths: list[Path], corpus: Corpus) -> Home:
    home = Home(folder).ensure()
    with Library.open(home.database) as library:
        tally = Pipeline(library, corpus.registry).run(read_paths(paths))
        assert tally.failed == []
        bring_up_to_date(library, corpus)
    return home


@pytest.fixture(scope="module")
def bench(shared_data: Path, tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> Iterator[Workbench]:
    home = imported(tmp_path_factory.mktemp("chains"), [shared_data / "chains"], corpus)
    with Workbench.open(home) as opened:
        yield opened


@pytest.fixture(scope="module")
def changes(bench: Workbench) -> Changes:
    assert bench.changes.is_current
    return bench.changes


def test_the_history_of_shelters_shows_the_change_to_all_sexes_with_its_act(changes: Changes) -> None:
    found = changes.history("serviceloven", "109")
    by_version = {e.version: e.change for e in found.entries}
    change = by_version["lta/2024/909"]
    assert change is not None
    first = next(p for p in change.parts if p.label == "Stk. 1")
    assert ("-", " kvinder") in first.diff
    assert ("+", " personer") in first.diff
    assert "lta/2024/329" in {b.eli for b in change.row.by}
    assert change.row.likely_act is not None
    assert change.row.likely_act.eli == "lta/2024/329"
    assert change.row.effective is None
    assert "kan ikke ses af teksten" in change.row.reason
    assert by_version["lta/2018/102"] is None
    assert "lta/2025/1129" not in by_version


def test_sections_that_left_for_barnets_lov_are_moved_with_their_forwarding(changes: Changes, corpus: Corpus) -> None:
    table = {m.old.removeprefix("serviceloven/"): m.new for m in corpus.cards.moved if m.new[0].startswith("barnets-lov/") and m.old.count("/") == 1}
    left = [row for row in changes.feed(ChangeFilter(laws=frozenset({"serviceloven"})), limit=2000).rows if row.to_version == "lta/2024/67"]
    moved = {row.section: row for row in left if row.kind is ChangeKind.MOVED and row.moved_to[0].startswith("barnets-lov/")}
    assert len(moved) >= 85
    for section, row in moved.items():
        assert row.moved_to == table[section]
        assert row.effective == date(2024, 1, 1)
    assert not any(row.section in table for row in left if row.kind is ChangeKind.REPEALED)
    home_training = changes.history("barnets-lov", "85")
    assert {(e.law, e.section) for e in home_training.entries} == {("barnets-lov", "85"), ("serviceloven", "32a")}


def test_what_the_editor_did_is_no_substantive_change(changes: Changes) -> None:
    found = changes.feed(ChangeFilter(laws=frozenset({"serviceloven"}), kinds=frozenset({ChangeKind.EDITORIAL})), limit=2000).rows
    assert len(found) > 100
    details = [d for row in found if (d := changes.change(row.id)) is not None]
    assert all(d.why and not d.row.by and d.row.effective is None for d in details)


def test_the_day_before_barnets_lov_serviceloven_had_the_rules_for_children(changes: Changes, bench: Workbench) -> None:
    assert changes.known_as_of("barnets-lov", date(2023, 12, 31)).eli is None
    assert changes.known_as_of("barnets-lov", date(2024, 1, 1)).eli == "lta/2023/721"
    then = bench.show("SEL § 32 a", date(2023, 12, 31))
    assert then is not None
    assert then.provision is not None
    now = bench.show("SEL § 32 a")
    assert now is not None
    assert now.provision is None
    assert [m.new for m in now.moved] == [("barnets-lov/85",)]


def test_the_order_of_imports_does_not_matter(shared_data: Path, tmp_path: Path, corpus: Corpus, bench: Workbench) -> None:
    files = sorted((shared_data / "chains" / "barnets-lov").rglob("*.xml"))
    assert len(files) == 4
    home = Home(tmp_path / "backwards").ensure()
    with Library.open(home.database) as library:
        for file in reversed(files):
            Pipeline(library, corpus.registry).run(read_paths([file]))
            bring_up_to_date(library, corpus)
        backwards = said(library)
    assert bench.library is not None
    assert backwards == said(bench.library)
    assert len(backwards) > 40


def said(library: Library) -> list[tuple[object, ...]]:
    found = ChangeReading(library).of_work("barnets-lov")
    return sorted((c.key, c.kind.value, c.older, c.newer, c.dated, c.excerpt, c.moved_to, c.moved_from) for c in found)


def test_a_chain_with_a_missing_link_says_so(shared_data: Path, tmp_path: Path, corpus: Corpus, changes: Changes) -> None:
    files = [f for f in sorted((shared_data / "chains" / "barnets-lov").rglob("*.xml")) if f.name != "890.xml"]
    assert len(files) == 3
    home = imported(tmp_path / "gap", files, corpus)
    with Workbench.open(home) as bench:
        assert any("mangler mindst én tekst" in note for note in bench.changes.history("barnets-lov", "85").notes)
    assert not any("mangler" in note for note in changes.history("barnets-lov", "85").notes)


def test_another_rendering_of_the_newest_texts_changes_nothing(shared_data: Path, tmp_path: Path, corpus: Corpus, bench: Workbench) -> None:
    again = shared_data / "current" / "lta" / "2025" / "282.xml"
    home = imported(tmp_path / "again", [shared_data / "chains" / "barnets-lov"], corpus)
    with Library.open(home.database) as library:
        before = {(c.key, c.kind) for c in ChangeReading(library).of_work("barnets-lov") if c.kind is not ChangeKind.HEADING}
        Pipeline(library, corpus.registry).run(read_paths([again]))
        assert bring_up_to_date(library, corpus).pairs == 1
        assert {(c.key, c.kind) for c in ChangeReading(library).of_work("barnets-lov") if c.kind is not ChangeKind.HEADING} == before


def test_the_act_named_by_its_title_is_mostly_the_right_one(shared_data: Path, bench: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    put_in = inserted(shared_data / ARCHIVE)
    assert bench.library is not None
    tables = ChangeReading(bench.library)
    right = wrong = silent = 0
    for work in tables.works():
        for stored, change in tables.with_words(work):
            acts = acts_from_json(stored.dated.acts)
            section = next((p for p in stored.moved_to if "/" not in p), stored.section)
            words = letters(change.new_text)
            truth = {a.eli for a in acts if words and words in put_in.get((a.eli or "", section), ())}
            if len(acts) < 2 or len(truth) != 1:
                continue
            named = next((a.eli for a in acts if a.tie is Tie.SUBJECT), None)
            right += named in truth
            wrong += named is not None and named not in truth
            silent += named is None
    with capsys.disabled():
        sys.stdout.write(f"\nnamed by title: right {right}, wrong {wrong}, not named {silent}\n")
    assert right + wrong >= 15
    assert right > 2 * wrong


def inserted(archive: Path) -> dict[tuple[str, str], set[str]]:
    """The letters of the whole sections that amending acts put in, by act and section."""
    found: dict[tuple[str, str], set[str]] = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.name.endswith(".json") and (file := tar.extractfile(member)) is not None:
                act = json.load(file)
                for provision in act["provisions"]:
                    words = re.sub(r"^§\s*\d+\s*[a-zæøå]?\.\s*", "", provision["content"])
                    found.setdefault((f"lta/{act['id'].replace(':', '/')}", provision["section"]), set()).add(letters(words))
    return found
