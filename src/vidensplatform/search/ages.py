"""Ages in a story: "pige på 15", "78-årig", "i 2. klasse". They say whose law is asked about, the child's or the pensioner's."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vidensplatform.knowledge.model import Area, Situation

_OLDEST = 110
_SCHOOL_START = 6
_YEARS = r"(?:år|aar|ar)"
# Not an age: money, time, shares and amounts that follow; a duration that goes before.
_NOT_AFTER = (
    r"(?!\s*(?:kr|kroner|%|procent|timer?|t\b|min|dage?|uger?|mdr|måned|maaned|gange?|km|m2|børn|boern|personer|sal|etage|vær|siden|tusind"
    r"|\.000|[.,]\d))"
)
_AGE = re.compile(
    rf"""
    (?<![\d.])(?P<adjective>\d{{1,3}})\s*-?\s*{_YEARS}ig
  | \b(?:på|paa|pa|er|fylder|fyldt|blev|bliver|alder)\s+(?P<stated>\d{{1,3}})\b{_NOT_AFTER}(?:\s+{_YEARS}\b(?!\s+siden))?
  | (?<!\w)(?<!i\s)(?<!om\s)(?<!efter\s)(?<!for\s)(?<!gennem\s)(?<!sidste\s)(?<!over\s)(?P<plain>\d{{1,3}})\s*{_YEARS}\b(?!\s+siden)
  | (?P<grade>\d{{1,2}})\.?\s*(?:klasse|kl)\b(?!\.?\s*\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_UNFIT, _FIT = 0.5, 1.15


def ages(text: str) -> list[int]:
    """The ages in years that a text tells, in order. A school grade counts as the age of most pupils in it.

    Durations ("i 15 år", "for 3 år siden") and amounts are no ages.
    """
    found: list[int] = []
    for match in _AGE.finditer(text):
        number = int(match[match.lastgroup or 0])
        age = number + _SCHOOL_START if match.lastgroup == "grade" else number
        if 0 <= age <= _OLDEST:
            found.append(age)
    return found


def fitness(situation: Situation, areas: dict[str, Area], told: Iterable[int]) -> float:
    """How much a situation's strength counts for persons of these ages.

    1 where no age is told or the situation is for everybody; more where it is for one of these ages; less where it is for none of them.
    """
    known = list(told)
    limits = [areas[area].ages for area in situation.areas if area in areas]
    if not known or not limits:
        return 1.0
    bounded = [limit for limit in limits if limit is not None]
    if any(low <= age <= high for low, high in bounded for age in known):
        return _FIT
    return 1.0 if len(bounded) < len(limits) else _UNFIT
