"""Scoring: a group is met by any of its provisions among what is shown first."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from vidensplatform.errors import InputError
from vidensplatform.search.answers import Answer, CardHit, DocumentHit, ProvisionLink
from vidensplatform.search.evaluation import Case, evaluate, read_cases, spots
from vidensplatform.search.snippets import Snippet


def card(*provisions: tuple[str, str]) -> CardHit:
    return CardHit("x", "X", "kan", 1.0, (), "", tuple(ProvisionLink(law, section, None, "", None, "") for law, section in provisions))


def document(law: str, section: str | None) -> DocumentHit:
    return DocumentHit(1, "lov", "", law, section, "", "", "", Snippet("", ()), 1.0)


def answer(options: list[CardHit] | None = None, duties: list[CardHit] | None = None, documents: list[DocumentHit] | None = None) -> Answer:
    return Answer("q", date(2031, 1, 1), "x", options=tuple(options or ()), duties=tuple(duties or ()), documents=tuple(documents or ()))


def case(*groups: list[tuple[str, str]], domain: str = "bænke") -> Case:
    return Case("c", "ingen bænk", domain, "situation", tuple(tuple(g) for g in groups))


def test_only_what_stands_first_counts() -> None:
    options = [card(("a", str(n))) for n in range(12)]
    duties = [card(("b", str(n))) for n in range(7)]
    documents = [document("c", str(n)) for n in range(7)]
    shown = spots(answer(options, duties, documents))
    assert {s for law, s in shown if law == "a"} == {str(n) for n in range(10)}
    assert {s for law, s in shown if law == "b"} == {str(n) for n in range(5)}
    assert {s for law, s in shown if law == "c"} == {str(n) for n in range(5)}


def test_a_document_without_a_section_meets_nothing() -> None:
    assert spots(answer(documents=[document("a", None)])) == set()


def test_any_provision_of_a_group_meets_it() -> None:
    found = answer([card(("sel", "110"), ("rsl", "9"))])
    report = evaluate([case([("sel", "80"), ("sel", "110")], [("akl", "81")])], lambda _: found)
    assert report.results[0].met == (True, False)
    assert report.results[0].missed == [["akl § 81"]]
    assert (report.groups, report.group_recall, report.all_met) == (2, 0.5, 0.0)


def test_across_acts_counts_only_questions_that_need_two() -> None:
    one = case([("sel", "1")], [("sel", "2"), ("akl", "2")])
    two = case([("sel", "1")], [("akl", "2")])
    both = answer([card(("sel", "1"), ("akl", "2"))])
    assert evaluate([one], lambda _: both).across == 0.0
    assert evaluate([one, two], lambda _: both).across == 1.0
    assert evaluate([two], lambda _: answer([card(("sel", "1"))])).across == 0.0


def test_the_figures_by_domain_and_the_failures() -> None:
    cases = [case([("sel", "1")], domain="a"), case([("sel", "2")], domain="b")]
    report = evaluate(cases, lambda _: answer([card(("sel", "1"))]))
    assert report.by_domain() == {"a": (1, 1), "b": (0, 1)}
    printed = report.to_json()
    assert printed["domains"] == {"a": {"met": 1, "groups": 1, "recall": 1.0}, "b": {"met": 0, "groups": 1, "recall": 0.0}}
    assert printed["failures"] == [{"id": "c", "query": "ingen bænk", "missed": [["sel § 2"]]}]
    assert {"queries", "groups", "group_recall", "all_groups_met", "across_acts"} <= printed.keys()
    json.dumps(printed)


def test_no_questions_give_no_figures() -> None:
    report = evaluate([], lambda _: answer())
    assert (report.groups, report.group_recall, report.all_met, report.across, report.by_domain()) == (0, 0.0, 0.0, 0.0, {})


@pytest.mark.parametrize("must", [(), ((),)])
def test_a_question_that_demands_nothing_does_not_stop_the_rest(must: tuple[()]) -> None:
    report = evaluate([Case("tom", "q", "d", "", must), case([("sel", "1")])], lambda _: answer([card(("sel", "1"))]))
    assert 0.0 <= report.across <= 1.0
    json.dumps(report.to_json())


def test_cases_are_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    row = {"id": "1", "query": "q", "must": [[{"law": "sel", "section": 110, "subsection": "2"}]], "note": "x"}
    path.write_text(json.dumps(row) + "\n\n" + json.dumps({**row, "domain": "bolig", "kind": "situation"}) + "\n", encoding="utf-8")
    first, second = read_cases(path)
    assert first == Case("1", "q", "", "", ((("sel", "110"),),))
    assert (second.domain, second.kind) == ("bolig", "situation")


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "7",
        "null",
        '{"id": "1"}',
        '{"id": "1", "query": "q", "must": 7}',
        '{"id": "1", "query": "q", "must": [[{"law": "sel"}]]}',
        '{"id": "1", "query": "q", "must": [["sel/110"]]}',
        '{"id": "1", "query": 7, "must": []}',
        '{"id": "1", "query": "q", "must": [], "domain": null}',
    ],
)
def test_a_line_that_is_no_question_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id": "0", "query": "q", "must": []}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_cases(path)
    assert (told.value.file, told.value.place) == (str(path), "linje 2")


def test_a_file_that_is_not_there_or_is_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"findes-ikke\.jsonl"):
        read_cases(tmp_path / "findes-ikke.jsonl")
    (tmp_path / "latin.jsonl").write_bytes("æ".encode("latin-1"))
    with pytest.raises(InputError, match=r"latin\.jsonl"):
        read_cases(tmp_path / "latin.jsonl")
