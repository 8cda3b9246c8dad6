"""changes, follow, queue, and history and the law of a day in show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small import act, section, written

from vidensplatform.cli import Exit

Run = Callable[..., Any]

NAMES = {"title": "Bekendtgørelse af lov om social service", "popular": "Serviceloven"}
LOAN = "Kommunen giver en bænk til den kvinde, der ikke har et sted at sove om natten."
PLAN = "Om opholdet på bænken skrives der en plan sammen med borgeren."


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    old = act(section("109", LOAN), section("141", PLAN), year=2027, number=9, status="Historic", historic="2031-02-03", **NAMES)
    new = act(section("109", LOAN.replace("kvinde", "person")), section("142", PLAN), year=2031, number=701, **NAMES)
    return written(tmp_path / "love", ny=new, gammel=old)


@pytest.fixture
def filled(cli: Run, texts: Path) -> Run:
    assert cli("import", texts).status == Exit.DONE
    return cli


def test_changes_as_json_have_what_scripts_rely_on(filled: Run) -> None:
    found = filled("changes", "--law", "SEL", "--json").json
    assert found["pending"] == []
    amended, moved = found["changes"]
    assert {name: amended[name] for name in ("law", "section", "kind", "from_version", "to_version", "effective", "by", "moved_to")} == {
        "law": "serviceloven",
        "section": "109",
        "kind": "amended",
        "from_version": "lta/2027/9",
        "to_version": "lta/2031/701",
        "effective": None,
        "by": [],
        "moved_to": [],
    }
    assert [part for part in amended["diff"] if part[0] != "="] == [["-", " kvinde"], ["+", " person"]]
    assert amended["effective_unknown_because"]
    assert "krisecenter" in amended["cards"]
    assert (moved["section"], moved["kind"], moved["moved_to"]) == ("141", "moved", ["serviceloven/142"])


@pytest.mark.parametrize(
    ("options", "sections"),
    [
        (["--section", "§ 109"], ["109"]),
        (["--section", "142"], ["141"]),
        (["--since", "2031-02-03", "--until", "2031-02-03"], ["109", "141"]),
        (["--limit", "1"], ["109"]),
        (["--law", "serviceloven"], ["109", "141"]),
    ],
)
def test_changes_are_filtered(filled: Run, options: list[str], sections: list[str]) -> None:
    assert [c["section"] for c in filled("changes", *options, "--json").json["changes"]] == sections


def test_no_changes_and_unknown_laws_have_their_own_status(filled: Run) -> None:
    assert filled("changes", "--until", "2020-01-01").status == Exit.NOTHING
    assert filled("changes", "--law", "hatteloven").status == Exit.WRONG_USE


def test_on_a_terminal_what_went_and_came_have_signs(filled: Run) -> None:
    shown = filled("changes", "--law", "SEL").out
    assert "−kvinde +person" in shown
    assert "SEL § 109" in shown


def test_show_as_of_a_day_and_its_history(filled: Run) -> None:
    then = filled("show", "SEL § 109", "--as-of", "2030-01-01", "--json").json
    assert then["provision"]["eli"] == "lta/2027/9"
    assert then["as_of_notes"]
    history = filled("show", "SEL § 142", "--history", "--json").json
    assert [(e["version"], e["section"]) for e in history["history"]] == [("lta/2031/701", "142"), ("lta/2027/9", "141")]
    assert "−kvinde +person" in filled("show", "SEL § 109", "--history").out
    assert filled("show", "SEL § 999", "--history").status == Exit.NOTHING


def test_an_answer_for_an_earlier_day_says_so(filled: Run) -> None:
    found = filled("search", "krisecenter", "--as-of", "2030-01-01", "--json").json
    assert any("2030" in note for note in found["as_of_notes"])
    assert filled("search", "krisecenter", "--json").json["as_of_notes"] == []
    assert "som den var den 1.1.2030" in filled("search", "krisecenter", "--as-of", "2030-01-01").out


@pytest.mark.parametrize(
    ("what", "kind", "key"),
    [
        (["SEL"], "lov", "serviceloven"),
        (["SEL § 109"], "paragraf", "serviceloven/109"),
        (["bolig"], "område", "bolig"),
        (["sover ude om natten", "--search"], "søgning", "sover ude om natten"),
    ],
)
def test_following(filled: Run, what: list[str], kind: str, key: str) -> None:
    assert filled("changes", "--followed").status == Exit.NOTHING
    assert filled("follow", "add", *what).status == Exit.DONE
    (one,) = filled("follow", "list", "--json").json
    assert (one["kind"], one["key"]) == (kind, key)
    assert key in filled("follow", "list").out
    assert filled("follow", "remove", *what).status == Exit.DONE
    assert filled("follow", "remove", *what).status == Exit.NOTHING


def test_what_is_nothing_cannot_be_followed(filled: Run) -> None:
    assert filled("follow", "add", "hat og stok").status == Exit.WRONG_USE


def test_the_queue_and_seeing_to_a_card(filled: Run) -> None:
    entries = [e for e in filled("queue", "--json").json if e["card"] == "krisecenter" and e["provision"].startswith("serviceloven/109")]
    assert {e["why"] for e in entries} == {"teksten er ændret siden kontrol"}
    assert filled("queue", "done", "krisecenter", "--by", "Ditte Holm", "--note", "set").status == Exit.DONE
    assert [e for e in filled("queue", "--json").json if e["card"] == "krisecenter"] == []
    settled = [e for e in filled("queue", "--settled", "--json").json if e["card"] == "krisecenter"]
    assert {(e["settled"]["by"], e["settled"]["note"]) for e in settled} == {("Ditte Holm", "set")}
    assert "Ditte Holm" in filled("queue", "--settled").out
    assert filled("queue", "done", "krisecenter", "--by", "Ditte Holm").status == Exit.NOTHING
    assert filled("queue", "done", "hat", "--by", "Ditte Holm").status == Exit.NOTHING


@pytest.mark.parametrize(("ending", "begins"), [("md", b"# "), ("docx", b"PK"), ("html", b"<!DOCTYPE html>")])
def test_a_month_in_review_is_written(filled: Run, tmp_path: Path, ending: str, begins: bytes) -> None:
    target = tmp_path / f"februar.{ending}"
    assert filled("changes", "review", "--month", "2031-02", "--to", target).status == Exit.DONE
    assert target.read_bytes().startswith(begins)


def test_a_review_as_pdf_without_a_screen(program: Run, texts: Path, tmp_path: Path) -> None:
    assert program("import", texts).status == Exit.DONE
    done = program("changes", "review", "--month", "2031-02", "--to", tmp_path / "februar.pdf")
    assert (done.status, done.err) == (Exit.DONE, "")
    assert (tmp_path / "februar.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    "options", [["--month", "2031-13"], ["--week", "2031-W99"], [], ["--since", "2031-02-01"], ["--month", "2031-02", "--to", "a.xls"]]
)
def test_a_wrong_period_or_ending_is_told(filled: Run, options: list[str]) -> None:
    assert filled("changes", "review", *options).status == Exit.WRONG_USE


def test_a_review_on_the_terminal(filled: Run) -> None:
    assert "~~−kvinde~~ **+person**" in filled("changes", "review", "--since", "2031-02-01", "--until", "2031-02-28").out


def test_the_home_may_stand_before_the_sub_command(cli: Run, texts: Path, tmp_path: Path) -> None:
    other = tmp_path / "andet"
    assert cli("import", texts, "--home", other).status == Exit.DONE
    assert cli("--home", other, "changes", "--json").json["changes"]
    assert "kvinde" in cli("changes", "--home", other, "review", "--month", "2031-02").out
    assert cli("changes").status == Exit.NOTHING
