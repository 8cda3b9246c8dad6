"""From an act's many names to its slug."""

from __future__ import annotations

import pytest

from vidensplatform.law.registry import Act, Registry, fold_name, slug_of_title

BENCHES = Act("baenkeloven", "bænkeloven", "lov om bænke", "lta/2031/7", ("BÆL", "BNK"), ("lov om bænke og borde",))
STOOLS = Act("taburetter", "lov om taburetters", "lov om taburetters ben", abbreviations=("BÆL",))
REGISTRY = Registry.of([BENCHES, STOOLS])


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("  Bekendtgørelse af  Lov om\u00a0bænke. ", "lov om bænke"),
        ("»Bænkeloven«", "bænkeloven"),
        ("bekendtgørelse om bænke", "bekendtgørelse om bænke"),
        ("", ""),
    ],
)
def test_fold_name(name: str, folded: str) -> None:
    assert fold_name(name) == folded


def test_slug_of_title() -> None:
    assert slug_of_title("Bekendtgørelse af lov om drift af bænke m.v. på øer") == "lov-om-drift-af-baenke-m-v-paa-oeer"
    assert len(slug_of_title("lov om " + "bænke " * 60)) <= 120


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("bænkeloven", "baenkeloven"),
        ("Bænkelovens", "baenkeloven"),
        ("Bekendtgørelse af lov om bænke", "baenkeloven"),
        ("lov om bænke og bordes", "baenkeloven"),
        ("BNK", "baenkeloven"),
        ("bæls", "baenkeloven"),
        ("baenkeloven", "baenkeloven"),
        ("lov om taburetters", "taburetter"),
        ("lov om taburetters'", "taburetter"),
        ("stoleloven", None),
    ],
)
def test_slug_for(name: str, slug: str | None) -> None:
    assert REGISTRY.slug_for(name) == slug


def test_where_two_acts_share_an_abbreviation_the_first_has_it() -> None:
    assert REGISTRY.slug_for("BÆL") == "baenkeloven"
    assert REGISTRY.names()["bæl"] == "baenkeloven"


def test_names_shown() -> None:
    assert (REGISTRY.label("baenkeloven"), REGISTRY.name("baenkeloven")) == ("BÆL", "bænkeloven")
    assert (REGISTRY.label("lov-om-stole"), REGISTRY.name("lov-om-stole")) == ("lov-om-stole", "lov-om-stole")
    assert Act("x", "x-loven", "lov om x").label == "x-loven"


def test_acts() -> None:
    assert REGISTRY.act("baenkeloven") is BENCHES
    assert REGISTRY.act("stoleloven") is None
    assert REGISTRY.by_eli == {"lta/2031/7": "baenkeloven"}
    assert Registry().names() == {}
