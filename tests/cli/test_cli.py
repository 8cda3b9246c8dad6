"""Every sub-command: its exit status, its JSON, and what it says on a terminal."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from small import act, parasol_act, section, write_small_corpus, written

from vidensplatform import __version__
from vidensplatform import cli as command_line
from vidensplatform.cli import Exit, exit_status
from vidensplatform.errors import (
    CardError,
    DamagedDocument,
    EnvironmentError_,
    IndexUnavailable,
    InputError,
    LibraryDamaged,
    LibraryTooNew,
    QueryError,
    VidensplatformError,
)
from vidensplatform.settings import Home

Run = Callable[..., Any]

SERVICE = (
    section(
        "110", "Kommunen giver midlertidigt ophold til den, der ikke har et sted at sove.", "Ophold efter stk. 1 sker også ved egen henvendelse."
    ),
    section("141", "Om ophold efter § 110, stk. 1, skrives en plan. Lov nr. 7 af 1. marts 1999 er væk."),
)


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """An invented text of an act that the program's own registry knows, and an act that it does not know."""
    sel = act(*SERVICE, title="Bekendtgørelse af lov om social service", popular="Serviceloven", number=701)
    old = act(
        section("110", "Som det var engang."),
        title="Bekendtgørelse af lov om social service",
        popular="Serviceloven",
        year=2027,
        number=9,
        status="Historic",
    )
    other = parasol_act(section("1", "Parasol gives efter servicelovens § 110, stk. 2."))
    return written(tmp_path / "love", sel=sel, gammel=old, parasol=other)


@pytest.fixture
def filled(cli: Run, law: Path) -> Run:
    assert cli("import", law).status == 0
    return cli


# -- exit status -------------------------------------------


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (QueryError("x"), 2),
        (InputError("f", "x"), 3),
        (DamagedDocument("f", "x"), 3),
        (CardError("f", "x"), 1),
        (EnvironmentError_("x"), 1),
        (LibraryDamaged("x"), 1),
        (LibraryTooNew("x"), 1),
        (IndexUnavailable("x"), 1),
        (VidensplatformError("x"), 1),
    ],
)
def test_every_kind_of_error_has_its_exit_status(error: VidensplatformError, status: int) -> None:
    assert exit_status(error) == status
    assert [e.value for e in Exit] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["search", "ingen penge"], 0),
        (["search", "kvababbelsesforstuvning"], 1),
        (["search", ""], 1),
        (["search"], 2),
        (["search", "a", "b"], 2),
        (["search", "x", "--limit", "0"], 2),
        (["search", "x", "--limit", "mange"], 2),
        (["search", "x", "--as-of", "i går"], 2),
        (["search", "x", "--as-of", "2031-02-30"], 2),
        (["search", "x", "--engine", "lucene"], 2),
        (["search", "x", "--law", "lov om ingenting"], 2),
        (["search", '"uden ende'], 2),
        (["search", "x", "--findes-ikke"], 2),
        (["show", "forsorgshjem"], 0),
        (["show", "SEL § 110"], 0),
        (["show", "§ 110"], 2),
        (["show", "noget der ikke findes"], 1),
        (["show", "SEL § 99999"], 1),
        (["show", "PM 999-99"], 1),
        (["import"], 2),
        (["import", "/findes/ikke"], 3),
        (["index"], 0),
        (["index", "--engine", "lucene"], 2),
        (["evaluate", "/findes/ikke.jsonl"], 3),
        (["corpus"], 2),
        (["corpus", "check", "/findes/ikke"], 1),
        (["corpus", "stamp"], 1),
        (["status"], 0),
        (["findes-ikke"], 2),
        (["--version"], 0),
        (["--help"], 0),
        (["search", "-h"], 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_the_exit_status_says_what_happened(cli: Run, arguments: list[str], status: int) -> None:
    assert cli(*arguments).status == status


def test_the_version_is_told(cli: Run) -> None:
    assert cli("--version").out == f"vidensplatform {__version__}\n"


# -- search ------------------------------------------------


def test_the_json_of_a_search_has_every_key_of_the_contract(filled: Run) -> None:
    found = filled("search", "sover i bil, ophold", "--json").json
    assert {"query", "as_of", "engine", "took_ms", "recognised", "options", "duties", "practice", "documents"} <= found.keys()
    assert all({"id", "title", "kind", "words"} <= c.keys() for c in found["recognised"])
    assert all({"id", "title", "obligation", "score", "why", "status", "provisions"} <= c.keys() for c in (*found["options"], *found["duties"]))
    assert all({"law", "section", "subsection", "label", "eli"} <= p.keys() for o in found["options"] for p in o["provisions"])
    assert all({"kind", "title", "law", "section", "label", "eli", "status", "snippet", "score"} <= d.keys() for d in found["documents"])
    assert found["documents"][0]["label"] == "SEL § 110"


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_both_engines_answer(filled: Run, engine: str) -> None:
    found = filled("search", "midlertidigt ophold", "--json", "--engine", engine).json
    assert found["engine"] == engine
    assert found["documents"][0]["label"] == "SEL § 110"


def test_the_options_of_search_reach_the_question(filled: Run) -> None:
    assert len(filled("search", "sover i bil", "--json", "--limit", "3").json["options"]) == 3
    assert {d["law"] for d in filled("search", "ophold parasol", "--json", "--law", "SEL").json["documents"]} == {"serviceloven"}
    then = filled("search", "engang", "--json", "--as-of", "2028-01-01").json
    assert (then["as_of"], [d["eli"] for d in then["documents"]]) == ("2028-01-01", ["lta/2027/9"])
    assert filled("search", "engang", "--json").json["documents"] == []
    assert filled("search", "engang", "--json", "--historic").json["documents"][0]["status"] == "historisk"
    assert filled("search", "ophold", "--json", "--kind", "bekendtgørelse").json["documents"] == []


def test_a_search_on_a_terminal_tells_everything(filled: Run) -> None:
    done = filled("search", "sover i bil og drikker, midlertidigt ophold")
    for part in (
        "Forstået:",
        "Muligheder, der kan være relevante",
        "skal vurderes konkret",
        "Pligter, der følger med",
        "Praksis",
        "Lovtekst og dokumenter",
        "SEL § 110",
        "pr. 20",
    ):
        assert part in done.out, part
    assert "Har borgeren også" in done.out
    assert "Intet fundet" in filled("search", "kvababbelsesforstuvning").out
    assert "Mente du: ophold" in filled("search", "opphold").out
    assert "Mente du:" in filled("search", "§ 110").out


@pytest.mark.parametrize("text", ["[/]", "[bold]fed[/bold]", "[red", "\\[x]", "[/x] ingen penge", ":smile:"])
@pytest.mark.parametrize("command", ["search", "show"])
def test_what_is_typed_is_never_taken_for_colours(cli: Run, command: str, text: str) -> None:
    done = cli(command, text)
    assert done.status in (0, 1, 2)
    if command == "show" and done.status == 1:
        assert text in done.err


def test_an_empty_search_for_a_mended_library(cli: Run, ready: Home) -> None:
    assert cli("search", "ingen penge", "--json").json["documents"] == []
    assert not ready.database.exists(), "searching makes no library"


# -- show --------------------------------------------------


def test_a_provision_is_shown_with_all_that_belongs_to_it(filled: Run) -> None:
    shown = filled("show", "SEL § 110", "--json").json
    provision = shown["provision"]
    assert {
        "label",
        "law",
        "section",
        "eli",
        "title",
        "status",
        "headings",
        "text",
        "lines",
        "references_out",
        "references_in",
        "cards",
    } <= provision.keys()
    assert (provision["label"], provision["law"], provision["section"], provision["eli"]) == ("SEL § 110", "serviceloven", "110", "lta/2031/701")
    assert provision["headings"] == ["Kapitel 1 Bænke og husly", "Midlertidige bænke"]
    assert [r["words"] for r in provision["references_out"]] == ["stk. 1"]
    assert {(r["law"], r["section"]) for r in provision["references_in"]} == {("serviceloven", "141"), ("lov-om-parasoller", "1")}
    assert "forsorgshjem" in provision["cards"]
    assert "forsorgshjem" in shown["cards"]
    assert shown["card"] is None


def test_references_that_lead_nowhere_say_so(filled: Run) -> None:
    out = filled("show", "servicelovens § 141", "--json").json["provision"]["references_out"]
    assert [(r["words"].lower(), r["resolved"], r["exists"]) for r in out] == [
        ("§ 110, stk. 1", True, True),
        ("lov nr. 7 af 1. marts 1999", False, False),
    ]


def test_a_provision_on_a_terminal(filled: Run) -> None:
    done = filled("show", "SEL § 110")
    for part in (
        "Kapitel 1 Bænke og husly",
        "SEL § 110",
        "lta/2031/701",
        "Stk. 2. Ophold efter stk. 1",
        "Henviser til",
        "Henvises til fra",
        "SEL § 141",
        "(forsorgshjem)",
    ):
        assert part in done.out, part
    assert "(ikke fundet)" in filled("show", "SEL § 141").out


@pytest.mark.parametrize(
    "reference", ["SEL § 110, stk. 2", "serviceloven/110/2", "servicelovens § 110, stk. 2", "§ 110, stk. 2, i lov om social service"]
)
def test_one_provision_has_many_names(filled: Run, reference: str) -> None:
    assert filled("show", reference, "--json").json["provision"]["text"] == "Stk. 2. Ophold efter stk. 1 sker også ved egen henvendelse."


def test_a_provision_as_of_a_day(filled: Run) -> None:
    assert filled("show", "SEL § 110", "--as-of", "2028-01-01", "--json").json["provision"]["text"].endswith("Som det var engang.")


@pytest.mark.parametrize(
    ("reference", "kind"), [("forsorgshjem", "option"), ("hjemloes", "situation"), ("PM 1-26", "practice"), ("vejledning-alle-muligheder", "duty")]
)
def test_every_kind_of_card_is_shown(cli: Run, reference: str, kind: str) -> None:
    shown = cli("show", reference, "--json").json
    assert shown["card"]["kind"] == kind
    assert shown["card"]["title"] in cli("show", reference).out


def test_law_that_moved_is_forwarded(cli: Run) -> None:
    shown = cli("show", "SEL § 19", "--json").json
    assert shown["moved"]
    assert "Flyttet" in cli("show", "SEL § 19").out


def test_a_bare_section_is_answered_with_the_acts_it_may_mean(cli: Run) -> None:
    done = cli("show", "§ 110")
    assert done.status == 2
    assert "SEL § 110" in done.err


# -- import, index -----------------------------------------


def test_an_import_on_a_terminal(cli: Run, law: Path) -> None:
    (law / "halv.xml").write_bytes(act()[:500])
    (law / "noter.txt").write_text("x")
    done = cli("import", law)
    assert done.status == 3
    for part in ("Læst 3 dokumenter: 3 nye", "1 filer af andre slags", "1 kunne ikke læses", "halv.xml"):
        assert part in done.out, part


def test_the_json_of_an_import_has_every_key_of_the_contract(cli: Run, law: Path) -> None:
    report = cli("import", law, "--json").json
    assert {"read", "new", "changed", "unchanged", "failed", "provisions", "seconds"} <= report.keys()


def test_the_names_of_files_are_never_taken_for_colours(cli: Run, tmp_path: Path) -> None:
    folder = written(tmp_path / "love [gamle] [" / "]", halv=act()[:500])
    told = cli("import", folder.parent)
    assert f"{folder}/halv.xml" in told.out
    assert f"{folder}/halv.xml" in cli("status").out


def test_an_index_is_brought_up_to_date_or_built_anew(filled: Run, cli: Run, ready: Home) -> None:
    assert filled("index", "--json").json["action"] == "opened"
    rebuilt = cli("index", "--rebuild", "--json").json
    assert (rebuilt["action"], rebuilt["engine"]) == ("built", "tantivy")
    assert "er bygget" in cli("index", "--engine", "whoosh").out
    assert "passer" in cli("index", "--engine", "whoosh").out
    assert sorted(p.name for p in ready.index.iterdir()) == ["tantivy", "whoosh"]


# -- status, doctor ----------------------------------------


def test_the_status_without_a_library(cli: Run) -> None:
    status = cli("status", "--json").json
    assert status["library"] is None
    assert status["anchors"].keys() == {"ikke kontrolleret"}
    assert "vidensplatform import" in cli("status").out


def test_the_status_with_a_library(filled: Run, tmp_path: Path) -> None:
    filled("import", written(tmp_path / "halve", halv=act()[:500]))
    status = filled("status", "--json").json
    assert status["library"]["versions"] == 3
    assert status["kinds"]["lovbekendtgørelse"] == {"texts": 2, "newest": "2031-02-03"}
    assert [f["file"].endswith("halv.xml") for f in status["failures"]] == [True]
    out = filled("status").out
    for part in ("3 versioner", "lovbekendtgørelse", "2031-02-03", "1 dokumenter kunne ikke læses", "klar", "Forankring"):
        assert part in out, part


def test_the_doctor_says_what_is_well(filled: Run) -> None:
    findings = {f["what"]: f for f in filled("doctor", "--json").json}
    assert findings["Søgeindeks"]["ok"]
    assert findings["Bibliotek"]["detail"] == "3 tekster, 7 bestemmelser"
    assert "✓ Bibliotek: 3 tekster" in filled("doctor").out


# -- corpus, evaluate --------------------------------------


def test_cards_are_checked(cli: Run, tmp_path: Path) -> None:
    folder = write_small_corpus(tmp_path / "kort")
    assert "0 fejl" in cli("corpus", "check", folder).out
    (folder / "options" / "parasol.toml").write_text("title =\n", encoding="utf-8")
    done = cli("corpus", "check", folder, "--json")
    assert done.status == 1
    assert done.json["faults"][0]["file"] == "options/parasol.toml"
    assert done.json["faults"][0]["place"] == "linje 1"


def test_cards_are_stamped(cli: Run, tmp_path: Path, ready: Home) -> None:
    folder = write_small_corpus(tmp_path / "kort")
    sel = act(*SERVICE, title="Bekendtgørelse af lov om social service", popular="Serviceloven", number=701)
    cli("import", written(tmp_path / "love", sel=sel))
    card = folder / "options" / "parasol.toml"
    card.write_text(card.read_text(encoding="utf-8").replace("parasolloven/9", "serviceloven/110"), encoding="utf-8")
    assert "1 bestemmelser stemplet i 1 kort" in cli("corpus", "stamp", "parasol", "--corpus", folder).out
    assert "lta/2031/701" in card.read_text(encoding="utf-8")
    assert "0 bestemmelser stemplet" in cli("corpus", "stamp", "--corpus", folder, "--renew").out
    done = cli("corpus", "stamp", "findes-ikke", "--corpus", folder)
    assert (done.status, "findes-ikke" in done.err) == (1, True)


def test_search_is_scored(filled: Run, tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    rows = [
        {"id": "god", "query": "SEL § 110", "domain": "bolig", "must": [[{"law": "serviceloven", "section": "110"}]]},
        {"id": "umulig", "query": "sover i bil", "domain": "bolig", "must": [[{"law": "ingenting", "section": "1"}]]},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    printed = filled("evaluate", path, "--json").json
    assert (printed["queries"], printed["group_recall"], [f["id"] for f in printed["failures"]]) == (2, 0.5, ["umulig"])
    out = filled("evaluate", path).out
    assert "Grupper mødt:" in out
    assert "mangler: ingenting § 1" in out


def test_a_line_that_is_no_question_is_told_with_its_place(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text("{\n", encoding="utf-8")
    done = cli("evaluate", tmp_path / "cases.jsonl")
    assert (done.status, "cases.jsonl, linje 1" in done.err) == (3, True)


# -- main --------------------------------------------------


def test_without_a_sub_command_and_screen_an_example_is_answered(cli: Run) -> None:
    done = cli()
    assert done.status == 0
    assert command_line.opening.EXAMPLE in done.out
    assert "Åbn vinduet" in done.out


@pytest.mark.parametrize(("name", "there"), [("DISPLAY", True), ("WAYLAND_DISPLAY", True), ("QT_QPA_PLATFORM", True), ("HOME", False)])
def test_a_screen_is_seen_by_its_variables(monkeypatch: pytest.MonkeyPatch, name: str, *, there: bool) -> None:
    for other in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv(name, "x")
    assert command_line.common.has_screen() is there


@pytest.fixture
def quiet_log() -> Iterator[None]:
    yield
    for handler in logging.getLogger("vidensplatform.bug").handlers:
        handler.close()


@pytest.mark.usefixtures("quiet_log")
def test_an_error_is_told_in_red_with_its_action_and_no_traceback(
    cli: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["vidensplatform", "show", "§ 110"])
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    assert ended.value.code == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "Fejl: »§ 110« siger ikke, hvilken lov der menes."
    assert said[1].startswith("Skriv fx")


@pytest.mark.usefixtures("quiet_log", "cli")
def test_a_bug_keeps_its_traceback_in_the_log_of_the_named_home_without_what_was_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ready: Home
) -> None:
    asked = "kvababbelsesforstuvning"

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"kunne ikke forstå {asked}")

    monkeypatch.setattr("vidensplatform.workbench.Workbench.search", broken)
    mine = Home.of(tmp_path / "mit")
    monkeypatch.setattr("sys.argv", ["vidensplatform", "search", asked, "--home", str(mine.folder)])
    with pytest.raises(RuntimeError):
        command_line.main()
    assert mine.log.exists()
    assert not ready.log.exists()
    logged = mine.log.read_text(encoding="utf-8")
    assert "RuntimeError" in logged
    assert asked not in logged
