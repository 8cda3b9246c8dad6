"""The index: built, opened, updated, and built anew whenever it does not fit."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small import act, parasol_act, section, sha256

from indexers.folder import SourceFile
from indexers.pipeline import Pipeline
from vidensplatform.errors import IndexUnavailable
from vidensplatform.knowledge.loading import load
from vidensplatform.law.registry import Registry
from vidensplatform.search.analysis import Analyzer
from vidensplatform.search.engines import names
from vidensplatform.search.index import LawIndex, checksums
from vidensplatform.search.query import Filters, Word
from vidensplatform.settings import Home
from vidensplatform.store.library import Library


class Desk:
    """A library and an index over it; each question opens the index as a new start of the program would."""

    def __init__(self, home: Home, engine: str, words: Analyzer, registry: Registry) -> None:
        self.home, self.engine, self.words, self.registry = home, engine, words, registry
        self.folder = home.index / engine

    def bring(self, *documents: bytes) -> None:
        with Library.open(self.home.database) as library:
            Pipeline(library, self.registry).run(SourceFile(f"{sha256(d)}.xml", d, sha256(d)) for d in documents)

    def index(self) -> LawIndex:
        return LawIndex(self.folder, self.engine, self.words, self.registry)

    def opened(self, index: LawIndex) -> tuple[bool, str]:
        """Open an index over this desk's library."""
        with Library.open(self.home.database, read_only=True) as library:
            return index.open(library)

    def update(self, index: LawIndex | None = None, **more: object) -> tuple[str, int, str]:
        mine = index or self.index()
        with Library.open(self.home.database, read_only=True) as library:
            state = mine.bring_up_to_date(library, **more)  # type: ignore[arg-type]
            assert state.documents == library.counts().provisions
            assert mine.revision() == library.revision
        if index is None:
            mine.close()
        return state.action, state.documents, state.reason

    def sections(self, word: str, index: LawIndex | None = None) -> set[str]:
        """Where a word stands, by a fresh start."""
        mine = index or self.index()
        if index is None:
            assert self.opened(mine) == (True, "")
        assert mine.engine is not None
        with Library.open(self.home.database, read_only=True) as library:
            hits = mine.engine.search(Word("lemma", word), Filters(current_only=True), 50)
            places = [library.unit(hit.key) for hit in hits]
        assert None not in places, "the index leads to what is not there"
        if index is None:
            mine.close()
        return {f"{p.version.work}/{p.node.address.path}" for p in places if p is not None}

    @property
    def build(self) -> Path:
        return self.folder / str(json.loads((self.folder / "current.json").read_bytes())["build"])


@pytest.fixture(params=names())
def desk(request: pytest.FixtureRequest, home: Home, words: Analyzer, cards_folder: Path) -> Desk:
    return Desk(home, request.param, words, load(cards_folder).registry)


def test_an_index_is_built_then_opened(desk: Desk) -> None:
    desk.bring(act())
    assert desk.opened(desk.index()) == (False, "der var intet indeks")
    assert desk.update() == ("built", 5, "der var intet indeks")
    assert desk.update() == ("opened", 5, "")
    assert desk.sections("haengekoeje") == {"baenkeloven/2a"}


def test_a_changed_act_is_found_and_its_old_words_are_not(desk: Desk) -> None:
    desk.bring(act(), parasol_act())
    desk.update()
    desk.bring(act(section("1", "Byrådet låner en gynge ud.")))
    assert desk.update()[0] == "updated"
    assert desk.sections("gynge") == {"baenkeloven/1"}
    assert desk.sections("haengekoeje") == set()
    assert "parasolloven/9" in desk.sections("parasol")


def test_a_newer_text_takes_the_place_of_the_older(desk: Desk) -> None:
    desk.bring(act())
    desk.update()
    desk.bring(act(section("2a", "En hængekøje findes ikke mere."), year=2033))
    assert desk.update()[0] == "updated"
    assert desk.sections("haengekoeje") == {"baenkeloven/2a"}
    assert desk.sections("boligindskud") == set()


def test_the_vocabulary_holds_the_words_of_the_law(desk: Desk) -> None:
    desk.bring(act())
    desk.update()
    index = desk.index()
    desk.opened(index)
    assert "hængekøje" in [s.word for s in index.vocabulary.suggest("hæng")]
    index.close()
    desk.bring(parasol_act())
    desk.update()
    desk.opened(index)
    assert "blæst" in index.vocabulary
    assert "hængekøje" in index.vocabulary
    index.close()


def test_words_are_counted_once_however_often_a_text_comes(desk: Desk) -> None:
    desk.bring(act())
    desk.update()
    for n in range(3):
        desk.bring(act(section("2a", f"En hængekøje, udgave {n}.")))
        desk.update()
    index = desk.index()
    desk.opened(index)
    assert {s.word: s.documents for s in index.vocabulary.suggest("hængekøje")} == {"hængekøje": 1}
    index.close()


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x20
    path.write_bytes(data)


def largest(build: Path) -> Path:
    return max((p for p in build.iterdir() if p.is_file()), key=lambda p: p.stat().st_size)


DAMAGES: dict[str, Callable[[Desk], None]] = {
    "a flipped byte": lambda d: flip(largest(d.build)),
    "a flipped byte in the vocabulary": lambda d: flip(d.build / "vocabulary.tsv"),
    "a truncated file": lambda d: largest(d.build).write_bytes(b""),
    "a missing file": lambda d: largest(d.build).unlink(),
    "a file too many": lambda d: (d.build / "fremmed.bin").write_bytes(b"x"),
    "all files gone": lambda d: shutil.rmtree(d.build),
    "no pointer": lambda d: (d.folder / "current.json").unlink(),
    "half a pointer": lambda d: (d.folder / "current.json").write_bytes((d.folder / "current.json").read_bytes()[:40]),
    "a pointer that is a list": lambda d: (d.folder / "current.json").write_text("[]"),
    "killed in an update": lambda d: (d.folder / "current.json").rename(d.folder / "current.json.before") and None,
    "killed in a build": lambda d: (d.folder / "build-000000000000").mkdir() or (d.folder / "current.json").unlink(),
    "another analysis": lambda d: stamp(d, analysis=0),
    "another schema": lambda d: stamp(d, schema=999),
    "another engine": lambda d: stamp(d, engine="lucene"),
    "the folder gone": lambda d: shutil.rmtree(d.home.index),
}


def stamp(desk: Desk, **values: object) -> None:
    pointer = desk.folder / "current.json"
    data = json.loads(pointer.read_bytes())
    data["stamp"].update(values)
    pointer.write_text(json.dumps(data))


@pytest.mark.parametrize("damage", DAMAGES)
def test_an_index_that_does_not_fit_is_noticed_and_built_anew(desk: Desk, damage: str) -> None:
    desk.bring(act())
    desk.update()
    DAMAGES[damage](desk)
    usable, why = desk.opened(desk.index())
    assert not usable
    assert why
    action, documents, reason = desk.update()
    assert (action, documents) == ("built", 5)
    assert reason == why
    assert desk.sections("haengekoeje") == {"baenkeloven/2a"}
    assert [p.name for p in desk.folder.glob("build-*")] == [desk.build.name]


def test_an_index_can_be_built_anew_when_asked(desk: Desk) -> None:
    desk.bring(act())
    desk.update()
    before = desk.build
    assert desk.update(force=True) == ("built", 5, "det blev bedt om")
    assert desk.build != before
    assert not before.exists()


def test_an_empty_library_has_an_empty_index(desk: Desk) -> None:
    Library.open(desk.home.database).close()
    assert desk.update()[:2] == ("built", 0)
    assert desk.update()[:2] == ("opened", 0)
    desk.bring(act())
    assert desk.update()[:2] == ("updated", 5)


def test_a_library_made_anew_is_not_answered_from_the_old_ones_index(desk: Desk) -> None:
    """The program itself advises it: move a damaged library aside, and import again."""
    desk.bring(act(), parasol_act())
    desk.update()
    desk.home.database.unlink()
    desk.bring(parasol_act(section("1", "Kun skygge.")))
    desk.update()
    assert desk.sections("haengekoeje") == set()
    assert desk.sections("skygge") == {"parasolloven/1"}


def test_a_library_made_anew_with_as_many_documents_is_told_apart(desk: Desk) -> None:
    desk.bring(act())
    desk.update()
    desk.home.database.unlink()
    desk.bring(parasol_act(*(section(str(n), f"Skygge {n}.") for n in range(1, 5))))
    desk.update()
    assert desk.sections("haengekoeje") == set()
    assert "parasolloven/1" in desk.sections("skygge")


def many_sections(word: str) -> bytes:
    return act(*(section(str(n), f"{word} nummer {n}.") for n in range(1, 620)), number=9, title="Bekendtgørelse af lov om rækker", popular="")


def test_an_error_in_an_update_leaves_the_index_able_to_go_on(desk: Desk) -> None:
    desk.bring(act())
    index = desk.index()
    desk.update(index)
    desk.bring(many_sections("Gynge"))

    def stop(_done: int, _step: str) -> None:
        raise RuntimeError("afbrudt")

    with Library.open(desk.home.database, read_only=True) as library, pytest.raises(RuntimeError):
        index.bring_up_to_date(library, stop)
    assert desk.sections("haengekoeje", index) == {"baenkeloven/2a"}
    desk.update(index)
    assert len(desk.sections("gynge", index)) == 50
    index.close()
    assert desk.update()[0] == "opened"


def test_an_error_in_the_first_build_leaves_nothing_behind(desk: Desk) -> None:
    desk.bring(many_sections("Gynge"))

    def stop(_done: int, _step: str) -> None:
        raise RuntimeError("afbrudt")

    with Library.open(desk.home.database, read_only=True) as library, pytest.raises(RuntimeError):
        desk.index().bring_up_to_date(library, stop)
    assert [p.name for p in desk.folder.iterdir() if p.suffix != ".lock"] == []
    assert desk.update()[0] == "built"


def test_progress_is_told(desk: Desk) -> None:
    desk.bring(many_sections("Gynge"))
    told: list[int] = []
    with Library.open(desk.home.database, read_only=True) as library:
        index = desk.index()
        index.bring_up_to_date(library, lambda done, _: told.append(done))
        index.close()
    assert told == [500]


def test_a_program_that_is_open_sees_what_another_one_indexed(desk: Desk) -> None:
    desk.bring(act())
    open_one = desk.index()
    desk.update(open_one)
    desk.bring(parasol_act())
    desk.update()
    desk.update(open_one)
    assert desk.sections("parasol", open_one) >= {"parasolloven/9"}
    desk.bring(act(section("1", "Byrådet låner en gynge ud.")))
    desk.update(force=True)
    desk.update(open_one)
    assert desk.sections("gynge", open_one) == {"baenkeloven/1"}
    assert desk.sections("haengekoeje", open_one) == set()
    open_one.close()


def test_searching_goes_on_while_the_index_is_updated(desk: Desk) -> None:
    desk.bring(act())
    index = desk.index()
    desk.update(index)
    desk.bring(many_sections("Gynge"))
    meanwhile: list[set[str]] = []
    with Library.open(desk.home.database, read_only=True) as library:
        index.bring_up_to_date(library, lambda *_: meanwhile.append(desk.sections("haengekoeje", index)))
    assert meanwhile == [{"baenkeloven/2a"}]
    index.close()


def test_a_file_where_the_index_should_lie_is_told(desk: Desk) -> None:
    desk.bring(act())
    desk.home.index.write_text("en fil")
    with Library.open(desk.home.database, read_only=True) as library, pytest.raises(IndexUnavailable) as told:
        desk.index().bring_up_to_date(library)
    assert told.value.action


def test_checksums_leave_locks_out(tmp_path: Path) -> None:
    for name in ("a", "MAIN_WRITELOCK", ".tantivy-writer.lock"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "mappe").mkdir()
    assert list(checksums(tmp_path)) == ["a"]
