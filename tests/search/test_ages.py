"""Ages in a story."""

from __future__ import annotations

import pytest

from vidensplatform.knowledge.model import Area, Situation
from vidensplatform.search.ages import ages, fitness


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pige på 15 ryger", [15]),
        ("78-årig mand", [78]),
        ("39årig har fået en diagnose", [39]),
        ("knægt paa 20", [20]),
        ("datter 9 år med epilepsi", [9]),
        ("dreng i 2. klasse", [8]),
        ("fylder 18 til oktober", [18]),
        ("mor er 41 og datteren er 12", [41, 12]),
    ],
)
def test_ages_are_read(text: str, expected: list[int]) -> None:
    assert ages(text) == expected


@pytest.mark.parametrize(
    "text",
    ["300 kr tilbage", "for 3 år siden", "gift gennem 15 år", "efter 8 mdr", "på 48 timer", "gæld på 20.000", "i 12 år", "bor på 3 sal", "er 2 børn"],
)
def test_durations_and_amounts_are_no_ages(text: str) -> None:
    assert ages(text) == []


AREAS = {
    "boern": Area(id="boern", title="Børn", ages=(0, 17)),
    "bolig": Area(id="bolig", title="Bolig"),
    "aeldre": Area(id="aeldre", title="Ældre", ages=(60, 110)),
}


def situation(*areas: str) -> Situation:
    return Situation(id="x", title="En situation", summary="kort", areas=areas, words=("en", "to", "tre"), options=("o",))


@pytest.mark.parametrize(
    ("areas", "told", "better"),
    [
        (("boern",), [15], 1),
        (("boern",), [40], -1),
        (("bolig",), [40], 0),
        (("boern", "bolig"), [40], 0),
        (("boern",), [], 0),
        (("aeldre",), [40, 81], 1),
    ],
)
def test_a_situation_fits_an_age_or_not(areas: tuple[str, ...], told: list[int], better: int) -> None:
    value = fitness(situation(*areas), AREAS, told)
    assert (value > 1) - (value < 1) == better
