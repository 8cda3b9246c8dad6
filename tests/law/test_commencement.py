"""When an act takes effect, read from its words; a date that is not there is never given."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidensplatform.law.commencement import Commencement, CommencementKind, Scope, commencement_of, read_commencement
from vidensplatform.law.model import Address

DATE, RELATIVE, MINISTER = CommencementKind.DATE, CommencementKind.RELATIVE, CommencementKind.MINISTER
EFFECT, UNKNOWN = CommencementKind.EFFECT, CommencementKind.UNKNOWN


def clause(text: str, section: str | None = None) -> Commencement:
    found = read_commencement(text, section)
    assert len(found) == 1, found
    return found[0]


def scopes(found: tuple[Scope, ...]) -> list[str]:
    return [f"{s.address.path}-{s.through}" if s.through else s.address.path for s in found]


class TestTheFourForms:
    @pytest.mark.parametrize(
        ("text", "on"),
        [
            ("Loven træder i kraft den 1. januar 2031.", date(2031, 1, 1)),
            ("Denne lov træder i kraft den 15. maj 2031", date(2031, 5, 15)),
            ("Loven\u00a0træder i\u00a0kraft den 1.\u00a0juli 2031, jf. dog stk. 2.", date(2031, 7, 1)),
            ("Bekendtgørelsen træder i kraft den 29. februar 2032.", date(2032, 2, 29)),
            ("§ 5\nStk. 1. Loven træder i kraft den 1. januar 2031.", date(2031, 1, 1)),
        ],
    )
    def test_a_date(self, text: str, on: date) -> None:
        found = clause(text)
        assert (found.kind, found.on, found.whole) == (DATE, on, True)
        assert found.day(None) == on

    @pytest.mark.parametrize(
        ("text", "days"),
        [
            ("Loven træder i kraft dagen efter bekendtgørelsen i Lovtidende.", 1),
            ("Loven træder i kraft dagen efter lovens bekendtgørelse i Lovtidende.", 1),
            ("Loven træder i kraft ved bekendtgørelsen i Lovtidende.", 0),
            ("Loven træder i kraft den 1. i måneden efter bekendtgørelsen i Lovtidende.", None),
        ],
    )
    def test_counted_from_promulgation(self, text: str, days: int | None) -> None:
        found = clause(text)
        assert (found.kind, found.on, found.days_after, found.whole) == (RELATIVE, None, days, True)
        assert found.day(None) is None
        assert found.day(date(2031, 12, 31)) == (None if days is None else date.fromordinal(date(2031, 12, 31).toordinal() + days))

    @pytest.mark.parametrize(
        "text",
        [
            "Park- og bænkeministeren fastsætter tidspunktet for lovens ikrafttræden.",
            "Ministeren fastsætter tidspunktet for lovens ikrafttræden og kan herunder fastsætte, at §§ 2-5 træder i kraft i etaper.",
            "Loven træder i kraft på et tidspunkt, der fastsættes af parkministeren.",
        ],
    )
    def test_left_to_the_minister(self, text: str) -> None:
        found = clause(text)
        assert (found.kind, found.on, found.whole, found.day(date(2031, 1, 1))) == (MINISTER, None, True, None)

    @pytest.mark.parametrize(
        "text",
        [
            "Loven træder i kraft samtidig med lov om springvand.",
            "Loven træder i kraft den 31. februar 2031.",
            "Loven træder i kraft, når alle bænke er malet.",
        ],
    )
    def test_not_readable(self, text: str) -> None:
        found = clause(text)
        assert (found.kind, found.on, found.words) == (UNKNOWN, None, text)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Grønland er ikke omfattet; ved kongelig anordning kan loven dog sættes i kraft også dér.",
            "Sager, der er indgivet, før loven træder i kraft den 1. juli 2031, behandles efter de hidtidige regler.",
            "Regler fastsat efter bænkeloven forbliver i kraft, indtil de ophæves.",
            "Bestemmelserne kan sættes i kraft på forskellige tidspunkter.",
            "Byrådet træder sammen den 1. januar 2031.",
        ],
    )
    def test_no_clause(self, text: str) -> None:
        assert read_commencement(text) == []


class TestParts:
    def test_parts_of_the_act(self) -> None:
        found = clause("§ 1, nr. 3-5 og 7, og § 2 træder i kraft den 1. januar 2032.")
        assert (found.whole, scopes(found.scope)) == (False, ["1/3-5", "1/7", "2"])

    def test_what_is_excepted(self) -> None:
        found = clause("Loven træder i kraft den 1. juli 2031, jf. dog stk. 2 og 3.", section="5")
        assert scopes(found.excepting) == ["5/2", "5/3"]

    def test_a_part_of_what_an_instruction_puts_in(self) -> None:
        found = clause("§ 82 b, stk. 2, i lov om bænke som affattet ved denne lovs § 1, nr. 3, træder i kraft den 1. marts 2032.")
        assert (scopes(found.scope), found.part_of, found.on) == (["1/3"], True, date(2032, 3, 1))

    def test_a_chapter_is_a_part_without_a_place(self) -> None:
        found = clause("Kapitel 3 træder i kraft den 1. marts 2032.")
        assert (found.whole, found.scope, found.on) == (False, (), date(2032, 3, 1))

    def test_the_minister_for_a_part(self) -> None:
        found = clause("Ministeren for sundhed og forebyggelse fastsætter tidspunktet for ikrafttrædelsen af § 1, nr. 4.")
        assert (found.kind, scopes(found.scope), found.whole) == (MINISTER, ["1/4"], False)
        other = clause("Tidspunktet for ikrafttræden af § 1, nr. 4, fastsættes af parkministeren.")
        assert (other.kind, scopes(other.scope)) == (MINISTER, ["1/4"])

    def test_two_sentences(self) -> None:
        first, second = read_commencement("Lovens § 2, nr. 1, træder i kraft den 1. juli 2031. § 3 træder i kraft den 2. juli 2031.")
        assert (scopes(first.scope), first.on) == (["2/1"], date(2031, 7, 1))
        assert (scopes(second.scope), second.on) == (["3"], date(2031, 7, 2))

    def test_effect_is_no_commencement(self) -> None:
        force, effect = read_commencement("Loven træder i kraft dagen efter bekendtgørelsen i Lovtidende og har virkning fra den 1. januar 2031.")
        assert (force.kind, force.days_after) == (RELATIVE, 1)
        assert (effect.kind, effect.on, effect.whole, effect.day(None)) == (EFFECT, date(2031, 1, 1), True, None)
        assert clause("§ 1, nr. 5, har virkning fra og med indkomståret 2031.").on is None

    def test_a_preambles_words_on_what_is_not_worked_in(self) -> None:
        found = clause(
            "Ændringen, der følger af § 1, nr. 2, i lov nr. 5 af 3. maj 2030, er ikke indarbejdet, da den træder i kraft den 1. juli 2032."
        )
        assert (found.kind, found.on, scopes(found.scope)) == (DATE, date(2032, 7, 1), ["1/2"])

    def test_an_order_that_sets_an_act_in_force(self) -> None:
        found = clause("§ 1, nr. 3 og 4, i lov nr. 22 af 5. maj 2030 om ændring af lov om bænke (Flere bænke) sættes i kraft den 1. juni 2031.")
        assert (found.on, scopes(found.scope)) == (date(2031, 6, 1), ["1/3", "1/4"])


class TestWhichHolds:
    CLAUSES = read_commencement(
        "Stk. 1. Loven træder i kraft den 1. juli 2031, jf. dog stk. 2 og 3.\n"
        "Stk. 2. § 1, nr. 3-5, træder i kraft den 1. januar 2032.\n"
        "Stk. 3. Parkministeren fastsætter tidspunktet for ikrafttræden af § 2.",
        section="4",
    )

    @pytest.mark.parametrize(
        ("at", "kind", "on"),
        [
            (Address("1", number="2"), DATE, date(2031, 7, 1)),
            (Address("1", number="4"), DATE, date(2032, 1, 1)),
            (Address("1", number="6"), DATE, date(2031, 7, 1)),
            (Address("2", number="1"), MINISTER, None),
            (Address("3"), DATE, date(2031, 7, 1)),
        ],
    )
    def test_the_narrowest(self, at: Address, kind: CommencementKind, on: date | None) -> None:
        found = commencement_of(self.CLAUSES, at)
        assert found is not None
        assert (found.kind, found.on) == (kind, on)

    def test_an_exception_that_cannot_be_read_leaves_no_date(self) -> None:
        clauses = read_commencement(
            "Loven træder i kraft den 1. juli 2031, jf. dog stk. 2.\nStk. 2. Øvrige dele træder i kraft, når parken åbner.", section="4"
        )
        found = commencement_of(clauses, Address("1", number="1"))
        assert found is not None
        assert (found.kind, found.day(date(2031, 1, 1))) == (UNKNOWN, None)

    def test_nothing_said(self) -> None:
        assert commencement_of([], Address("1")) is None
        assert commencement_of(read_commencement("§ 2 træder i kraft den 1. juli 2031."), Address("1")) is None


@given(
    st.text()
    | st.lists(
        st.sampled_from(["Loven", "træder", "i kraft", "den 1. juli 2031", "jf. dog", "stk. 2", "§ 1, nr. 3", "ministeren", "fastsætter", ".", "\n"])
    ).map(" ".join)
)
def test_never_fails_and_never_invents(text: str) -> None:
    for found in read_commencement(text):
        assert found.on is None or (found.on == date(2031, 7, 1) and "2031" in text)
        assert (found.kind is DATE) <= (found.on is not None)
