"""Fusing and diversifying."""

from __future__ import annotations

import pytest

from vidensplatform.search.ranking import Candidate, RankedList, diversify, fuse, normalised


def test_a_card_on_two_lists_beats_one_on_one() -> None:
    found = fuse([RankedList("a", 1.0, ("x", "y"), "A"), RankedList("b", 1.0, ("z", "y"), "B")])
    assert found["y"].score > found["x"].score
    assert found["y"].sources == {"a", "b"}


def test_reasons_stand_in_the_order_of_what_they_gave() -> None:
    found = fuse([RankedList("a", 0.2, ("x",), "lidt"), RankedList("b", 2.0, ("x",), "meget")])
    assert found["x"].why == ["meget", "lidt"]


def test_an_earlier_place_gives_more() -> None:
    found = fuse([RankedList("a", 1.0, ("x", "y", "z"), "")])
    assert found["x"].score > found["y"].score > found["z"].score
    assert found["x"].why == []


def test_every_need_gets_a_place_among_the_first() -> None:
    strong = RankedList("bolig", 1.0, tuple(f"b{i}" for i in range(9)), "")
    weak = RankedList("gaeld", 0.4, ("g0", "g1"), "")
    ordered = diversify(fuse([strong, weak]), ["bolig", "gaeld"], lambda i: i[0], first=5)
    assert "g0" in [c.id for c in ordered[:3]]
    assert len(ordered) == 11


def test_laws_are_mixed_when_the_rest_is_equal() -> None:
    cards = {i: Candidate(i, 1.0) for i in ("a1", "a2", "b1")}
    assert [c.id for c in diversify(cards, [], lambda i: i[0], first=3)] == ["a1", "b1", "a2"]


def test_shown_scores_never_rise() -> None:
    shown = normalised([Candidate("a", 2.0), Candidate("b", 4.0), Candidate("c", 1.0)])
    assert shown == pytest.approx([0.5, 0.5, 0.25])


def test_nothing_fuses_to_nothing() -> None:
    assert diversify(fuse([]), ["x"], lambda i: i) == []
    assert normalised([]) == []
