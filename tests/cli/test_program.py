"""The program in a process of its own: what scripts outside the project rely on."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from small import act, parasol_act, quick, rows_of, section, write_small_corpus, written

from vidensplatform.settings import Home

Run = Callable[..., Any]

ACCEPTANCE = "mand sover i bil, lige løsladt, drikker, ingen penge"


def test_a_situation_is_answered_across_acts_with_reasons_and_the_two_standing_duties(program: Run) -> None:
    done = program("search", ACCEPTANCE, "--json")
    assert (done.status, done.err) == (0, "")
    found = done.json
    assert found["query"] == ACCEPTANCE
    assert len({p["law"] for option in found["options"] for p in option["provisions"]}) >= 3
    assert all(option["why"] for option in found["options"])
    duties = {(p["law"], p["section"]) for duty in found["duties"] for p in duty["provisions"]}
    assert {("retssikkerhedsloven", "5"), ("forvaltningsloven", "7")} <= duties


def test_every_answer_that_is_a_command_of_its_own(program: Run, tmp_path: Path, ready: Home) -> None:
    """import, index, search, show, status, doctor, evaluate, corpus check, in the order in which a user would."""
    law = written(tmp_path / "love", baenke=act(), parasol=parasol_act())
    first = program("import", law, "--json")
    assert (first.status, first.err) == (0, "")
    assert {k: first.json[k] for k in ("read", "new", "changed", "unchanged", "failed")} == {
        "read": 2,
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "failed": [],
    }
    assert first.json["provisions"] == 8
    assert first.json["seconds"] >= 0
    state = rows_of(ready.database)
    again = program("import", law, "--json")
    assert (again.json["new"], again.json["unchanged"], again.json["provisions"]) == (0, 2, 0)
    assert rows_of(ready.database) == state

    assert program("index", "--json").json == {"engine": "tantivy", "action": "opened", "documents": 8, "reason": ""}
    shown = program("show", "lov-om-parasoller/9/1", "--json")
    assert shown.status == 0
    assert shown.json["provision"]["text"].startswith("En parasol lånes ud")
    assert program("search", "hængekøje", "--json").json["documents"][0]["section"] == "2a"
    status = program("status", "--json")
    assert (status.status, status.json["library"]["versions"], status.json["index"]) == (0, 2, "klar")
    doctor = program("doctor", "--json")
    assert {"what", "ok", "detail", "action"} == set(doctor.json[0])
    assert doctor.status == (0 if all(f["ok"] for f in doctor.json) else 1)
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"id": "1", "query": "hængekøje", "must": [[{"law": "lov-om-proevebaenke", "section": "2a"}]]}\n', encoding="utf-8")
    evaluated = program("evaluate", cases, "--json")
    assert (evaluated.status, evaluated.json["group_recall"]) == (0, 1.0)
    checked = program("corpus", "check", write_small_corpus(tmp_path / "kort"), "--json")
    assert (checked.status, checked.json["faults"]) == (0, [])


def test_without_a_screen_an_example_is_answered_and_the_window_explained(program: Run) -> None:
    done = program()
    assert (done.status, done.err) == (0, "")
    assert ACCEPTANCE in done.out
    assert "Muligheder, der kan være relevante" in done.out
    assert "Åbn vinduet" in done.out


@pytest.mark.parametrize("place", ["before", "after", "environment", "both"])
def test_the_home_folder_can_be_named_in_three_ways(program: Run, tmp_path: Path, place: str) -> None:
    mine = tmp_path / "mit hjem æ"
    written(tmp_path / "love", baenke=act())
    quick(Home(mine), cards=True)
    arguments, environment = ["import", tmp_path / "love"], {}
    if place == "before":
        arguments = ["--home", mine, *arguments]
    elif place == "after":
        arguments += ["--home", mine]
    elif place == "both":
        arguments = ["--home", tmp_path / "andet", *arguments, "--home", mine]
    else:
        environment = {"VIDENSPLATFORM_HOME": str(mine)}
    assert program(*arguments, **environment).status == 0
    assert (mine / "library.sqlite3").is_file()
    assert not (tmp_path / "home" / "library.sqlite3").exists()
    assert not (tmp_path / "andet").exists()


BOMB = '<?xml version="1.0"?><!DOCTYPE Dokument [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><Dokument><Meta/>&b;</Dokument>'
NOT_FOUND = "<!DOCTYPE html><html><head><title>404</title></head><body>Siden findes ikke</body></html>"


def test_bad_input_is_told_file_by_file_and_everything_else_is_stored(program: Run, tmp_path: Path) -> None:
    folder = written(
        tmp_path / "love", god=act(), halv=parasol_act()[:800], siden=NOT_FOUND.encode(), bombe=BOMB.encode(), tekst=b"kun tekst", tom=b""
    )
    (folder / "note.txt").write_text("ikke lov")
    with zipfile.ZipFile(folder / "pakke.zip", "w") as archive:
        archive.writestr("../../ud.xml", act(number=50))
        archive.writestr("god.xml", act(section("1", "Zippet."), number=51))
    (tmp_path / "tom").mkdir()
    (tmp_path / "brev.txt").write_text("Kære kommune")
    done = program("import", folder, tmp_path / "tom", tmp_path / "brev.txt", tmp_path / "findes-ikke", "--json")
    assert (done.status, done.err) == (3, "")
    report = done.json
    assert (report["read"], report["new"]) == (2, 2)
    reasons = {Path(f["file"].replace("!", "/")).name: f["reason"] for f in report["failed"]}
    assert set(reasons) == {"halv.xml", "siden.xml", "bombe.xml", "tekst.xml", "tom.xml", "ud.xml", "tom", "brev.txt", "findes-ikke"}
    assert "ikke hel" in reasons["halv.xml"]
    assert "hjemmeside" in reasons["siden.xml"]
    assert "sikkerhedsgrunde" in reasons["bombe.xml"]
    assert "peger ud af arkivet" in reasons["ud.xml"]
    assert not (tmp_path / "ud.xml").exists()
    assert len(program("status", "--json").json["failures"]) == 5
    told = program("import", folder)
    assert told.status == 3
    assert all(name in told.out for name in ("halv.xml", "siden.xml", "bombe.xml", "tekst.xml", "ud.xml"))


def test_a_wrong_card_is_told_with_file_and_place(program: Run, tmp_path: Path) -> None:
    folder = write_small_corpus(tmp_path / "kort")
    path = folder / "options" / "parasol.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("obligation", "obligaton"), encoding="utf-8")
    done = program("corpus", "check", folder)
    assert (done.status, done.err) == (1, "")
    assert "options/parasol.toml, obligaton: ukendt nøgle" in done.out


RARE = "kvababbelsesforstuvning"


def test_nothing_of_a_question_is_written_to_disk(program: Run, ready: Home, tmp_path: Path) -> None:
    written(tmp_path / "love", baenke=act())
    program("import", tmp_path / "love")
    for arguments in (
        ["search", f"har en {RARE} og ingen penge", "--json"],
        ["search", f'"{RARE}'],
        ["search", RARE],
        ["show", RARE],
        ["show", f"§ 9 {RARE}"],
    ):
        assert "Traceback" not in program(*arguments).err
    program("search", b"kvababbelsesforstuvning \xff\xfe")
    holding = [p for p in ready.folder.rglob("*") if p.is_file() and RARE.encode() in p.read_bytes()]
    assert holding == []


def test_a_question_with_bytes_that_are_no_text_is_no_bug(program: Run) -> None:
    done = program("search", b"ingen penge \xff\xe6", "--json", PYTHONIOENCODING="utf-8:strict")
    assert "Traceback" not in done.err
    assert done.status in (0, 2)


@pytest.mark.parametrize("damage", ["no database", "overwritten in the middle", "a folder", "newer", "foreign"])
@pytest.mark.parametrize("command", ["search", "import"])
def test_a_library_that_cannot_be_used_is_told_with_what_mends_it(program: Run, ready: Home, tmp_path: Path, damage: str, command: str) -> None:
    law = written(tmp_path / "love", **{f"l{n}": act(*(section(str(s), "Bænk " * 60) for s in range(1, 25)), number=n) for n in range(1, 9)})
    if damage in ("overwritten in the middle", "newer"):
        assert program("import", law).status == 0
    match damage:
        case "no database":
            ready.database.write_bytes(b"En helt anden fil. " * 400)
        case "a folder":
            ready.database.mkdir()
        case "overwritten in the middle":
            with ready.database.open("r+b") as file:
                size = ready.database.stat().st_size
                file.seek(size // 4)
                file.write(b"\xa5" * (size // 2))
        case "newer":
            with closing(sqlite3.connect(ready.database)) as db:
                db.execute("PRAGMA user_version = 900")
        case _:
            with closing(sqlite3.connect(ready.database)) as db:
                db.execute("CREATE TABLE recipes(name)")
    more = written(tmp_path / "flere", ny=act(number=77), parasol=parasol_act())
    done = program("search", "bænk i parken") if command == "search" else program("import", more)
    assert "Traceback" not in done.err, done.err[-600:]
    assert done.status == 1
    assert done.err.startswith("Fejl: ")
    assert len(done.err.strip().splitlines()) == 2, "what happened, and what mends it"


@pytest.mark.parametrize("derived", ["corpus-*.json", "cards-*.json", "simplemma-*/*.dic"])
@pytest.mark.parametrize("damage", ["emptied", "garbled"])
def test_derived_files_that_are_damaged_are_made_anew(program: Run, ready: Home, derived: str, damage: str) -> None:
    (path,) = ready.cache.glob(derived)
    data = path.read_bytes()
    path.unlink()  # the file is shared with other tests
    path.write_bytes(b"" if damage == "emptied" else data[: len(data) // 2] + b"\x00garbled")
    done = program("search", ACCEPTANCE, "--json")
    assert done.status == 0
    assert "Traceback" not in done.err
    assert done.json["options"]
    assert "hjemloes" in [c["id"] for c in done.json["recognised"]]


def test_a_home_that_cannot_be_made_is_told(program: Run, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x")
    done = program("import", written(tmp_path / "love", baenke=act()), "--home", tmp_path / "fil" / "hjem")
    assert done.status == 1
    assert "kan ikke oprettes" in done.err
    assert "Traceback" not in done.err
    assert program("search", ACCEPTANCE, "--home", tmp_path / "fil" / "hjem").status == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_on_a_terminal_stands_any_file_name(ready: Home, tmp_path: Path) -> None:
    folder = written(tmp_path / "love [gamle] [" / "nye]", baenke=act(), halv=act()[:700])
    master, screen = os.openpty()
    surroundings = {**os.environ, "TERM": "xterm", "VIDENSPLATFORM_HOME": str(ready.folder)}
    command = [sys.executable, "-m", "vidensplatform", "import", str(folder.parent)]
    done = subprocess.run(command, env=surroundings, stdout=subprocess.PIPE, stderr=screen, check=False, timeout=60)
    os.close(screen)
    shown = os.read(master, 100_000).decode(errors="replace")
    os.close(master)
    assert done.returncode == 3, shown[-500:]
    assert "Traceback" not in shown
