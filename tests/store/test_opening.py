"""Opening the library: fresh, newer, foreign, damaged, out of reach. What is wrong is told, with what mends it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from small import act, section, sha256

from indexers.folder import SourceFile
from indexers.pipeline import Pipeline
from vidensplatform.errors import EnvironmentError_, LibraryDamaged, LibraryTooNew
from vidensplatform.law.model import Address
from vidensplatform.law.registry import Registry
from vidensplatform.store.connection import told_in_danish
from vidensplatform.store.library import Library
from vidensplatform.store.schema import APPLICATION_ID, MIGRATIONS


def filled(path: Path, registry: Registry) -> Path:
    """A library of some hundred kilobytes, closed."""
    documents = [act(*(section(str(s), f"Bænk {s} af {n}. " * 20) for s in range(1, 40)), year=2000 + n, number=n) for n in range(1, 13)]
    with Library.open(path) as library:
        Pipeline(library, registry).run(SourceFile(f"{n}.xml", data, sha256(data)) for n, data in enumerate(documents))
    return path


def said_by(path: Path, pragma: str) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute(f"PRAGMA {pragma}").fetchone()[0])


def test_a_fresh_file_carries_our_mark_and_the_number_of_its_schema(path: Path) -> None:
    Library.open(path).close()
    assert said_by(path, "user_version") == len(MIGRATIONS)
    assert said_by(path, "application_id") == APPLICATION_ID
    with Library.open(path) as library:
        assert (library.revision, library.check(), library.read_only) == (0, [], False)


def test_closing_twice_does_nothing(path: Path) -> None:
    library = Library.open(path)
    library.close()
    library.close()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_of_a_newer_program_is_refused_and_left_alone(path: Path, *, read_only: bool) -> None:
    Library.open(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(LibraryTooNew) as told:
        Library.open(path, read_only=read_only)
    assert told.value.action
    assert said_by(path, "user_version") == len(MIGRATIONS) + 1


@pytest.mark.parametrize("read_only", [False, True])
def test_a_database_of_another_program_is_refused_and_left_alone(path: Path, *, read_only: bool) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript("CREATE TABLE recipes(name TEXT); INSERT INTO recipes VALUES ('øllebrød');")
    before = path.read_bytes()
    with pytest.raises(LibraryDamaged, match="ikke et bibliotek") as told:
        Library.open(path, read_only=read_only)
    assert "--home" in told.value.action
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"Dette er en indkoebsliste. " * 50, b"SQLite format 3\0" + b"\xff" * 200, bytes(4096)])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_is_no_database_is_told(path: Path, content: bytes, *, read_only: bool) -> None:
    path.write_bytes(content)
    with pytest.raises(LibraryDamaged) as told:
        Library.open(path, read_only=read_only)
    assert str(path) in told.value.message
    assert told.value.action
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_library(path: Path) -> None:
    path.touch()
    with Library.open(path) as library:
        assert library.counts().works == 0


def test_an_empty_file_that_is_only_read_is_told(path: Path) -> None:
    path.touch()
    with pytest.raises(EnvironmentError_):
        Library.open(path, read_only=True)


def middle_overwritten(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 3)
        file.write(b"\xa5" * (size // 3))


def truncated(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def beginning_overwritten(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xa5" * 3000)


DAMAGES = [middle_overwritten, truncated, beginning_overwritten]


def what_is_wrong(path: Path) -> str:
    """What opening or checking says; empty where all is well."""
    try:
        with Library.open(path) as library:
            return "; ".join(library.check())
    except LibraryDamaged as told:
        return str(told) if told.action and str(path) in told.message else ""


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_library_is_found_by_its_check(path: Path, registry: Registry, damage: Callable[[Path], None]) -> None:
    filled(path, registry)
    assert what_is_wrong(path) == ""
    damage(path)
    assert what_is_wrong(path) != ""


def read_everything(path: Path) -> None:
    with Library.open(path) as library:
        library.counts()
        for version in library.current_versions().values():
            library.outline(version)
        list(library.units())
        library.provision("baenkeloven", Address("1"))
        library.references_to("baenkeloven", "1")


@pytest.mark.parametrize("damage", DAMAGES)
def test_whatever_is_read_of_a_damaged_library_is_told_in_danish(path: Path, registry: Registry, damage: Callable[[Path], None]) -> None:
    damage(filled(path, registry))
    with pytest.raises(LibraryDamaged) as told:
        read_everything(path)
    assert told.value.action


@pytest.mark.parametrize("read_only", [False, True])
def test_a_folder_in_place_of_the_library_is_told(path: Path, *, read_only: bool) -> None:
    path.mkdir()
    with pytest.raises(EnvironmentError_, match="kan ikke åbnes") as told:
        Library.open(path, read_only=read_only)
    assert told.value.action


def test_a_library_that_is_not_there_cannot_be_only_read(path: Path) -> None:
    with pytest.raises(EnvironmentError_, match="kan ikke åbnes"):
        Library.open(path, read_only=True)
    assert not path.exists()


def test_a_library_in_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentError_):
        Library.open(tmp_path / "findes" / "ikke" / "l.sqlite3")


def test_writing_to_a_library_that_is_only_read_is_told(path: Path) -> None:
    Library.open(path).close()
    with (
        Library.open(path, read_only=True) as library,
        pytest.raises(EnvironmentError_, match="skrivning"),
        library.transaction(),
    ):
        library._db.execute("UPDATE meta SET value = '5'")


def test_a_library_that_another_program_writes_in_is_told(path: Path) -> None:
    with Library.open(path) as first, Library.open(path) as second:
        second._db.execute("PRAGMA busy_timeout = 50")
        with first.transaction(), pytest.raises(EnvironmentError_, match="andet program"), second.transaction():
            raise AssertionError("two at once")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("database or disk is full", EnvironmentError_),
        ("attempt to write a readonly database", EnvironmentError_),
        ("disk I/O error", EnvironmentError_),
    ],
)
def test_errors_of_the_environment_are_told_with_an_action(words: str, kind: type[Exception]) -> None:
    with pytest.raises(kind) as told, told_in_danish(Path("l.sqlite3")):
        raise sqlite3.OperationalError(words)
    assert told.value.action  # type: ignore[attr-defined]


@pytest.mark.parametrize("bug", [sqlite3.OperationalError("no such column: x"), sqlite3.IntegrityError("UNIQUE"), sqlite3.ProgrammingError("closed")])
def test_bugs_are_no_errors_of_the_environment(bug: Exception) -> None:
    with pytest.raises(type(bug)), told_in_danish(Path("l.sqlite3")):
        raise bug


def test_a_full_disk_leaves_what_was_there(path: Path, registry: Registry) -> None:
    """A real limit: SQLite may not take more pages than the file has."""
    small = act()
    with Library.open(path) as library:
        Pipeline(library, registry).run([SourceFile("a.xml", small, sha256(small))])
        library._db.execute(f"PRAGMA max_page_count = {library._db.execute('PRAGMA page_count').fetchone()[0]}")
        large = act(*(section(str(n), "Bænken er lang. " * 200) for n in range(1, 200)), number=9)
        with pytest.raises(EnvironmentError_, match="fuld"):
            Pipeline(library, registry).run([SourceFile("b.xml", large, sha256(large))])
        assert library.counts().versions == 1
        assert library.check() == []
    with Library.open(path) as library:
        assert [v.eli for v in library.current_versions().values()] == ["lta/2031/7"]


@pytest.mark.parametrize("name", ["æøå og mellemrum", "C# kursus", "100%41 fuld", "hvorfor?", "a&b=c"])
def test_a_library_lies_in_the_folder_it_was_given_whatever_its_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    Library.open(folder / "library.sqlite3").close()
    assert (folder / "library.sqlite3").is_file()
    assert [p.name for p in tmp_path.iterdir()] == [name]
    Library.open(folder / "library.sqlite3", read_only=True).close()


FIRST_AT_ONCE = textwrap.dedent("""
    import os, sys, time
    from pathlib import Path
    from vidensplatform.store.library import Library
    failed = 0
    for round in range(int(sys.argv[2])):
        path, begin, children = Path(sys.argv[1], f"{round}.sqlite3"), time.monotonic() + 0.05, []
        for _ in range(4):
            if (child := os.fork()) == 0:
                while time.monotonic() < begin:
                    pass
                try:
                    Library.open(path).close()
                except BaseException as error:
                    print(repr(error), flush=True)
                    os._exit(1)
                os._exit(0)
            children.append(child)
        failed += sum(os.waitpid(child, 0)[1] != 0 for child in children)
    sys.exit(failed)
""")


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_programs_that_start_at_once_all_get_the_new_library(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_AT_ONCE, str(tmp_path), "25"], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_copy_of_a_closed_library_is_a_library(path: Path, registry: Registry, tmp_path: Path) -> None:
    copy = shutil.copy(filled(path, registry), tmp_path / "kopi.sqlite3")
    with Library.open(copy, read_only=True) as library:
        assert library.check() == []
        assert library.counts().versions == 12
