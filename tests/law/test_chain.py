"""The chain of an act's texts: in order whatever order they came in, with the amendments between them, and honest about what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidensplatform.law.chain import Evidence, Gap, MissingLink, chain, outstanding
from vidensplatform.law.model import ActNumber, Amendment, DocumentKind, Version


def text(number: int, signed: date, **more: object) -> Version:
    fields = {"eli": f"lta/{signed.year}/{number}", "kind": DocumentKind.CONSOLIDATED_ACT, "title": "Bænkelov", "number": number, "signed": signed}
    return Version(**(fields | more))  # type: ignore[arg-type]


def based_on(version: Version) -> ActNumber:
    return ActNumber("lovbekendtgørelse", version.number or 0, version.signed)


def amendment(number: int, signed: date, *sections: str) -> Amendment:
    return Amendment(ActNumber("lov", number, signed), sections)


RED = amendment(50, date(2030, 5, 1), "1")
BLUE = amendment(60, date(2031, 3, 1), "2")
GREEN = amendment(70, date(2031, 4, 1), "1")
FIRST = text(10, date(2030, 1, 2))
SECOND = text(20, date(2031, 1, 2), base=based_on(FIRST), incorporated=(RED,))
THIRD = text(30, date(2032, 1, 2), base=based_on(SECOND), incorporated=(BLUE,), not_incorporated=(GREEN,))


class TestOrder:
    @given(st.permutations([FIRST, SECOND, THIRD]))
    def test_import_order_does_not_matter(self, versions: list[Version]) -> None:
        assert chain(versions) == chain([FIRST, SECOND, THIRD])
        assert chain(versions).versions == (FIRST, SECOND, THIRD)

    def test_same_day_by_number(self) -> None:
        later = text(11, date(2030, 1, 2))
        assert chain([later, FIRST]).versions == (FIRST, later)

    def test_without_dates_by_year_and_number(self) -> None:
        undated = [replace(v, signed=None, base=None) for v in (SECOND, FIRST)]
        assert [v.eli for v in chain(undated).versions] == ["lta/2030/10", "lta/2031/20"]

    def test_the_same_eli_twice_is_one_text_and_the_later_one(self) -> None:
        again = replace(FIRST, title="Bænkeloven")
        assert chain([FIRST, again]).versions == (again,)

    def test_amending_acts_are_no_text_of_the_act(self) -> None:
        assert chain([FIRST, text(50, date(2030, 5, 1), kind=DocumentKind.AMENDING_ACT)]).versions == (FIRST,)

    def test_empty(self) -> None:
        assert chain([]).newest is None
        assert chain([]).at(date(2030, 1, 1)) is None
        assert outstanding(chain([])) == ()

    def test_the_text_of_a_day(self) -> None:
        texts = chain([FIRST, SECOND])
        assert [texts.at(date(2030, 1, 1)), texts.at(date(2030, 1, 2)), texts.at(date(2031, 1, 1)), texts.at(date(2040, 1, 1))] == [
            None,
            FIRST,
            FIRST,
            SECOND,
        ]


class TestLinks:
    def test_the_preamble_names_the_base_and_the_amendments(self) -> None:
        first, second = chain([FIRST, SECOND, THIRD]).links
        assert (first.evidence, first.by, first.complete, first.left_out) == (Evidence.PREAMBLE, (RED,), True, ())
        assert (second.by, second.left_out) == ((BLUE,), (GREEN,))
        assert chain([FIRST, SECOND, THIRD]).link_to("lta/2032/30") == second

    def test_without_a_preamble_the_older_ones_list_of_later_amendments(self) -> None:
        older = replace(FIRST, later_amendments=(RED, BLUE), historic_since=date(2031, 1, 9))
        newer = text(20, date(2031, 1, 2), later_amendments=(BLUE,))
        (link,) = chain([older, newer]).links
        assert (link.evidence, link.by, link.complete) == (Evidence.HISTORIC_MARK, (RED,), False)
        assert chain([older, newer]).missing == ()

    def test_nothing_but_dates(self) -> None:
        (link,) = chain([FIRST, text(20, date(2031, 1, 2))]).links
        assert (link.evidence, link.by, link.complete) == (Evidence.ORDER_ONLY, (), False)


class TestMissing:
    def test_a_base_that_is_not_here(self) -> None:
        texts = chain([FIRST, THIRD])
        assert texts.missing == (MissingLink(Gap.BASE_MISSING, "lta/2032/30", "lta/2030/10", "lta/2031/20", date(2031, 1, 2)),)
        (link,) = texts.links
        assert (link.evidence, link.complete) == (Evidence.ORDER_ONLY, False)

    def test_a_chain_that_begins_late(self) -> None:
        assert chain([SECOND]).missing == (MissingLink(Gap.BASE_MISSING, "lta/2031/20", None, "lta/2030/10", date(2030, 1, 2)),)

    def test_a_base_that_is_older_than_the_neighbour(self) -> None:
        beside = text(25, date(2031, 6, 1), base=based_on(FIRST))
        assert [(m.why, m.newer) for m in chain([FIRST, SECOND, beside]).missing] == [(Gap.BASE_OLDER, "lta/2031/25")]

    def test_replaced_before_the_next_one_was_made(self) -> None:
        older = replace(FIRST, historic_since=date(2030, 8, 1))
        newer = text(20, date(2031, 1, 2))
        assert chain([newer, older]).missing == (MissingLink(Gap.REPLACED_BEFORE, newer.eli, older.eli, on=date(2030, 8, 1)),)

    def test_the_first_of_all_misses_nothing(self) -> None:
        assert chain([FIRST]).missing == ()


class TestOutstanding:
    def test_what_the_newest_left_out_and_what_came_since(self) -> None:
        since = amendment(80, date(2032, 5, 1), "3")
        assert outstanding(chain([SECOND, replace(THIRD, later_amendments=(since,))])) == (GREEN, since)

    @pytest.mark.parametrize("listed", [GREEN, replace(GREEN, sections=())])
    def test_listed_twice_is_told_once(self, listed: Amendment) -> None:
        assert outstanding(chain([replace(THIRD, later_amendments=(listed,))])) == (GREEN,)

    def test_what_is_worked_in_is_not_outstanding(self) -> None:
        assert outstanding(chain([replace(THIRD, later_amendments=(BLUE,))])) == (GREEN,)
