"""What the doctor finds."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest
from small import act, quick, written

from vidensplatform import health
from vidensplatform.health import Finding, examine
from vidensplatform.settings import Home
from vidensplatform.store.library import Library
from vidensplatform.update import import_paths


def findings(home: Home) -> dict[str, Finding]:
    return {f.what: f for f in examine(home)}


def files(folder: Path) -> dict[str, bytes]:
    """All files but those that SQLite itself keeps beside a library while it is read."""
    own = (p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.endswith(("-wal", "-shm")))
    return {str(p.relative_to(folder)): p.read_bytes() for p in own}


def test_a_machine_without_a_library_is_well(tmp_path: Path) -> None:
    home = Home.of(tmp_path / "nyt" / "hjem")
    found = findings(home)
    assert {"Python", "Kort", "Søgemaskiner", "Vinduet (Qt)", "Mappe", "Diskplads", "Bibliotek"} == set(found)
    assert found["Bibliotek"].ok
    assert found["Mappe"].ok
    assert "import" in found["Bibliotek"].action
    assert not home.folder.exists()


def test_a_library_and_its_index_are_examined(home: Home, tmp_path: Path) -> None:
    import_paths([written(tmp_path / "love", a=act(), halv=act()[:700])], quick(home))
    found = findings(home)
    assert found["Bibliotek"].detail == "1 tekster, 5 bestemmelser"
    assert found["Søgeindeks"].ok
    assert (found["Ulæste dokumenter"].ok, found["Ulæste dokumenter"].detail[:1]) == (False, "1")


def test_an_index_that_is_gone_or_behind_is_found(home: Home, tmp_path: Path) -> None:
    import_paths([written(tmp_path / "love", a=act())], quick(home))
    with Library.open(home.database) as library:
        library._db.execute("UPDATE meta SET value = value + 1 WHERE name = 'revision'")
    behind = findings(home)["Søgeindeks"]
    assert (behind.ok, behind.detail) == (False, "mangler de nyeste dokumenter")
    (home.index / "tantivy" / "current.json").unlink()
    gone = findings(home)["Søgeindeks"]
    assert (gone.ok, gone.detail) == (False, "der var intet indeks")
    assert gone.action


@pytest.mark.parametrize("damage", [b"ingen database " * 100, b""])
def test_a_library_that_cannot_be_read_is_a_finding_and_no_bug(home: Home, damage: bytes) -> None:
    home.database.write_bytes(damage)
    found = findings(quick(home))["Bibliotek"]
    assert not found.ok or damage == b""
    assert found.action or damage == b""


def test_a_library_damaged_inside_is_found(home: Home, tmp_path: Path) -> None:
    import_paths([written(tmp_path / "love", **{f"l{n}": act(number=n) for n in range(1, 30)})], quick(home))
    size = home.database.stat().st_size
    with home.database.open("r+b") as file:
        file.seek(size // 3)
        file.write(b"\xa5" * (size // 3))
    found = findings(home)["Bibliotek"]
    assert not found.ok
    assert found.action


def test_the_doctor_writes_nothing(home: Home, tmp_path: Path) -> None:
    import_paths([written(tmp_path / "love", a=act())], quick(home))
    before = files(home.folder)
    examine(home)
    assert files(home.folder) == before


def test_the_doctor_makes_no_derived_files(home: Home) -> None:
    Library.open(home.database).close()
    before = set(files(home.folder))
    examine(home)
    assert set(files(home.folder)) == before


def test_a_machine_without_qt_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str, package: str | None = None) -> ModuleType:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    monkeypatch.setattr(importlib, "import_module", missing)
    found = findings(Home.of(tmp_path))["Vinduet (Qt)"]
    assert not found.ok
    assert "libegl1" in found.action


def test_a_corpus_that_is_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "corpus_dir", lambda: tmp_path)
    found = findings(Home.of(tmp_path / "hjem"))["Kort"]
    assert (found.ok, bool(found.action)) == (False, True)
    assert all(isinstance(f, Finding) for f in examine(Home.of(tmp_path / "hjem")))
