"""Works, versions and provisions."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from vidensplatform.law.model import ActNumber, Address, Amendment, DocumentKind, NodeKind, Part, Provision, Status, Version, Work

ITEM = Provision(NodeKind.NUMBER, address=Address("2a", "1", "1"), marker="1)", text="en bænk,")
NOTE = Provision(NodeKind.FOOTNOTE, marker="1)", text="Set 2030.")
FIRST = Provision(NodeKind.SUBSECTION, address=Address("2a", "1"), text="Der lånes", children=(ITEM, NOTE))
SECTION = Provision(NodeKind.SECTION, address=Address("2a"), marker="§ 2 a.", children=(FIRST,))
CHAPTER = Provision(NodeKind.CHAPTER, marker="Kapitel 1", heading="Bænke", children=(SECTION,))
COMMENCEMENT = Provision(NodeKind.SECTION, Part.COMMENCEMENT, Address("2a"), "§ 2 a.", text="Træder i kraft.")
VERSION = Version(eli="lta/2031/7", kind=DocumentKind.CONSOLIDATED_ACT, title="Lov om bænke", provisions=(COMMENCEMENT, CHAPTER))


def test_a_consolidated_act_is_an_act_to_readers() -> None:
    assert DocumentKind.CONSOLIDATED_ACT.family == DocumentKind.ACT.family == "lov"
    assert DocumentKind.ORDER.family == "bekendtgørelse"


@pytest.mark.parametrize(
    ("address", "path"),
    [
        (Address(), ""),
        (Address("110"), "110"),
        (Address("110", "2", "3", "b"), "110/2/3/b"),
        (Address("13d", "1", "3"), "13d/1/3"),
    ],
)
def test_path(address: Address, path: str) -> None:
    assert address.path == path


def test_an_address_covers_itself_and_what_lies_inside() -> None:
    section = Address("110")
    assert section.covers(section)
    assert section.covers(Address("110", "2", "3"))
    assert not section.covers(Address("111", "2"))
    assert not Address("110", "2").covers(section)
    assert Address("110", "2", "3").of_section() == section


def test_values_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        SECTION.marker = "§ 3."  # type: ignore[misc]


def test_every_word_comes_back_in_reading_order() -> None:
    assert CHAPTER.full_text() == "Kapitel 1 Bænke\n§ 2 a.\nDer lånes\n1) en bænk,\n1) Set 2030."
    assert SECTION.full_text(footnotes=False) == "§ 2 a.\nDer lånes\n1) en bænk,"
    assert [p.kind for p in SECTION.walk()] == [NodeKind.SECTION, NodeKind.SUBSECTION, NodeKind.NUMBER, NodeKind.FOOTNOTE]


def test_find_by_address() -> None:
    assert CHAPTER.find(Address("2a", "1", "1")) is ITEM
    assert CHAPTER.find(Address("9")) is None


def test_a_section_is_the_acts_own_and_not_that_of_its_commencement() -> None:
    assert VERSION.section("2a") is SECTION
    assert VERSION.section("9") is None
    assert next(VERSION.walk()) is COMMENCEMENT


def test_without_text_for_lists() -> None:
    assert VERSION.without_text().provisions == ()
    assert VERSION.without_text().title == VERSION.title


def test_nothing_is_invented_where_the_source_says_nothing() -> None:
    assert (VERSION.status, VERSION.signed, VERSION.published, VERSION.historic_since) == (Status.UNKNOWN, None, None, None)


@pytest.mark.parametrize(
    ("act", "eli"),
    [
        (ActNumber("lov", 329, date(2024, 4, 9)), "lta/2024/329"),
        (ActNumber("lov", 329, year=2024), "lta/2024/329"),
        (ActNumber("lov", 329), None),
    ],
)
def test_eli_of_an_act_number(act: ActNumber, eli: str | None) -> None:
    assert act.eli == eli


def test_small_values() -> None:
    assert Amendment(ActNumber("lov", 1)).sections == ()
    assert Work("baenkeloven", DocumentKind.ACT, "Lov om bænke").name == ""
