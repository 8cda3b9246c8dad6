"""From citations to what they refer to."""

from __future__ import annotations

from datetime import date

import pytest

from vidensplatform.law.citations import Citation, CitationKind, Citations, Context
from vidensplatform.law.model import ActNumber, Address
from vidensplatform.law.references import Reference, resolve
from vidensplatform.law.registry import Act, Registry

REGISTRY = Registry.of([Act("baenkeloven", "bænkeloven", "lov om bænke", "lta/2031/7"), Act("lejeloven", "lejeloven", "lov om leje")])
WORKS = {"lta/2031/9": "lov-om-aendring-af-lov-om-baenke", "lta/2020/3": "baenkeloven", "pm-22-18": "pm-22-18", "fob/2018/31": "fob-om-baenke"}


def resolved(text: str, context: Context | None = None) -> Reference:
    (citation,) = Citations(REGISTRY).find(text, context)
    return resolve(citation, WORKS, REGISTRY)


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("bænkelovens § 5", "baenkeloven"),
        ("bænkelovens kapitel 5", "baenkeloven"),
        ("§ 5 i lov nr. 9 af 3. februar 2031", "lov-om-aendring-af-lov-om-baenke"),
        ("§ 5 i lovbekendtgørelse nr. 3 af 3. februar 2020", "baenkeloven"),
        ("lovbekendtgørelse nr. 7 af 3. februar 2031", "baenkeloven"),
        ("lovbekendtgørelse nr. 7", None),
        ("lov nr. 8 af 3. februar 2031", None),
        ("§ 5", None),
        ("stolelovens § 5", None),
        ("PM 22-18", "pm-22-18"),
        ("PM 22-19", None),
        ("FOB 2018-31", "fob-om-baenke"),
        ("FOB 2018-32", None),
        ("§ 5 i den tidligere lov om bænke", None),
    ],
)
def test_work(text: str, work: str | None) -> None:
    assert resolved(text).target_work == work


def test_in_the_text_of_a_work_that_the_registry_does_not_name() -> None:
    assert resolved("jf. § 5", Context("lov-om-drift-af-bænke")).target_work == "lov-om-drift-af-bænke"


def test_an_earlier_law_is_found_by_its_number() -> None:
    first, _ = Citations(REGISTRY).find("§ 5 i den tidligere lov om bænke, jf. lovbekendtgørelse nr. 3 af 1. maj 2020")
    assert first.law is None
    assert resolve(first, WORKS, REGISTRY).target_work == "baenkeloven"


@pytest.mark.parametrize(
    ("text", "target", "through"),
    [
        ("§ 13 d, stk. 2, nr. 3, litra b", Address("13d", "2", "3", "b"), None),
        ("§ 13 d, nr. 3", Address("13d", "1", "3"), None),
        ("§ 13 d, litra b", Address("13d", "1", None, "b"), None),
        ("§§ 20-24", Address("20"), "24"),
        ("kapitel 4-6", Address(), "6"),
        ("nr. 3", Address(number="3"), None),
    ],
)
def test_target(text: str, target: Address, through: str | None) -> None:
    citation = Citations(REGISTRY).parse_one(text)
    assert citation is not None
    reference = resolve(citation, WORKS, REGISTRY)
    assert (reference.target, reference.through, reference.citation) == (target, through, citation)


def test_an_act_without_a_year_is_not_looked_up() -> None:
    citation = Citation(kind=CitationKind.ACT, text="", start=0, end=0, act=ActNumber("lov", 9))
    assert resolve(citation, WORKS, REGISTRY).target_work is None
    dated = Citation(kind=CitationKind.ACT, text="", start=0, end=0, act=ActNumber("lov", 9, date(2031, 2, 3)))
    assert resolve(dated, WORKS, REGISTRY).target_work == "lov-om-aendring-af-lov-om-baenke"
