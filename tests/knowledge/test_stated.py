"""Figures in running text: how long, within what time, what share, which amount."""

from __future__ import annotations

import pytest

from vidensplatform.knowledge.stated import Length, lengths, shares, time_limits, told, undated_amount


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4 uger", {(4, "uge")}),
        ("fire uger", {(4, "uge")}),
        ("inden udgangen af ottende uge", {(8, "uge")}),
        ("Udgangen af 8. uge", {(8, "uge")}),
        ("i de 9 forudgående kalendermåneder", {(9, "måned")}),
        ("14 hele dage og 24 timer", {(14, "dag"), (24, "time")}),
        ("tre på hinanden følgende måneder", {(3, "måned")}),
        ("i det første år", {(1, "år")}),
        ("en uges varsel", {(1, "uge")}),
        ("6 hverdage", {(6, "hverdag")}),
        ("de seks første måneder", set()),
        ("fra 15 til 17 år", {(17, "år")}),
        ("dagen efter mødet", set()),
        ("firedages uge", set()),
    ],
)
def test_lengths(text: str, found: set[Length]) -> None:
    assert lengths(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Klages inden 4 uger.", {(4, "uge")}),
        ("senest tre måneder efter mødet", {(3, "måned")}),
        ("inden for et år", {(1, "år")}),
        ("Inden 24 timer, og senest 7 dage efter.", {(24, "time"), (7, "dag")}),
        ("varer mindst 6 måneder", set()),
        ("senest når det sker; så går der 3 dage", set()),
        ("senest en dag, hvor solen skinner meget, før noget ganske andet, som varer 9 år", {(1, "dag")}),
    ],
)
def test_time_limits(text: str, found: set[Length]) -> None:
    assert time_limits(text) == found


def test_shares_are_the_same_however_they_are_written() -> None:
    assert shares("15 pct., 15 procent og 15 %") == {"15"}
    assert shares("7,5 pct. eller procenter") == {"7,5"}
    assert shares("de 50 procentuelle") == set()


def test_an_amount_needs_both_year_and_source() -> None:
    assert undated_amount("koster 1.250 kr. efter lov nr. 7") == "1.250 kr."
    assert undated_amount("koster 1.250 kr. i 2031") == "1.250 kr."
    assert undated_amount("koster 1.250 kr. i 2031, jf. § 7") is None


@pytest.mark.parametrize(
    ("length", "written"),
    [
        ((1, "uge"), "1 uge"),
        ((4, "uge"), "4 uger"),
        ((3, "måned"), "3 måneder"),
        ((7, "hverdag"), "7 hverdage"),
        ((2, "døgn"), "2 døgn"),
        ((24, "time"), "24 timer"),
    ],
)
def test_a_length_is_told_as_people_write_it(length: Length, written: str) -> None:
    assert told(length) == written
    assert lengths(written) == {length}
