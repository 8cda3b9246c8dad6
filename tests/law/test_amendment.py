"""What an amending act's instructions touch, and when."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidensplatform.law.amendingact import AmendedAct, amended_act, commencements, instructions
from vidensplatform.law.amendment import Action, Touch, touched
from vidensplatform.law.commencement import commencement_of
from vidensplatform.law.model import ActNumber, Address, DocumentKind, NodeKind, Part, Provision, Version
from vidensplatform.law.registry import Act, Registry

REGISTRY = Registry.of([Act("baenkeloven", "bænkeloven", "lov om offentlige bænke"), Act("parkloven", "parkloven", "lov om parker m.v.")])


def said(touch: Touch) -> str:
    through = f"-{touch.through}" if touch.through else ""
    becomes = f" -> {touch.becomes.path}" if touch.becomes else ""
    return " ".join(p for p in (touch.beside, touch.what, touch.address.path + through, touch.action.value + becomes) if p)


class TestInstructions:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("I § 109, stk. 2, indsættes efter »bænk«: »og bord efter § 5«.", ["109/2 indsættes"]),
            ("§§ 82 a og 82 b ophæves.", ["82a ophæves", "82b ophæves"]),
            ("§§ 16-21 ophæves.", ["16-21 ophæves"]),
            ("Efter § 99 indsættes:", ["efter 99 indsættes"]),
            ("Efter § 7 indsættes i kapitel 2:", ["efter 7 indsættes"]),
            ("I kapitel 2 indsættes efter § 18:", ["efter 18 indsættes"]),
            ("I § 8, stk. 1, udgår »75 pct.«, og stk. 2 ophæves.", ["8/1 udgår", "8/2 ophæves"]),
            ("I § 9, stk. 2, 2. pkt., og to steder i § 10, stk. 3, ændres »a« til: »b«.", ["9/2 ændres", "10/3 ændres"]),
            (
                "I § 10 indsættes efter stk. 1 som nyt stykke:\nStk. 2 og 3 bliver herefter stk. 3 og 4.",
                ["10/2 indsættes", "10/2 bliver -> 10/3", "10/3 bliver -> 10/4"],
            ),
            ("I § 12 indsættes efter nr. 3 som nyt nummer:", ["12/4 indsættes"]),
            ("I § 15, nr. 3, ændres »§ 20, stk. 4,« til: »§ 20, stk. 3,«, og »landet og« ændres til: »landet,«.", ["15/3 ændres"]),
            (
                "§ 20, stk. 2, ophæves, og i stedet indsættes:\nStk. 4-6 bliver herefter stk. 3-5.",
                ["20/2 ophæves", "20/2 indsættes", "20/4-6 bliver -> 20/3"],
            ),
            ("To steder i § 10, stk. 3, der bliver stk. 4, ændres »5« til: »2«.", ["10/3 ændres"]),
            ("I § 5 indsættes som stk. 3:", ["5/3 indsættes"]),
            ("I § 35, stk. 1, indsættes som nr. 26:", ["35/1/26 indsættes"]),
            ("I § 4, stk. 1, indsættes som 3. pkt.:", ["4/1 indsættes"]),
            ("§ 3, stk. 1, 2. pkt., stk. 3, nr. 2, og stk. 5, ophæves.", ["3/1 ophæves", "3/3/2 ophæves", "3/5 ophæves"]),
            ("I § 5 A, stk. 2, indsættes efter 1. pkt.:", ["5a/2 indsættes"]),
            ("I § 24, stk. 1, 1. pkt., ændres »x« til: »y«, og 2. pkt. ophæves.", ["24/1 ændres", "24/1 ophæves"]),
            ("I § 7, nr. 2, indsættes efter »x«: »y«, og »z« udgår, og i nr. 3 ændres »a« til: »b«.", ["7/2 indsættes", "7/2 udgår", "7/3 ændres"]),
            ("§ 11 affattes således:", ["11 affattes"]),
            ("I § 1, nr. 2, affattes § 5, stk. 3, således:", ["1/2 affattes"]),
            ("11 c, stk. 1, affattes således:", ["11c/1 affattes"]),
            ("Overalt i loven ændres »bænk« til: »sæde«.", ["hele loven ændres"]),
            ("Overskriften før § 2 ophæves.", ["overskrift 2 ophæves"]),
            ("§ 3, stk. 2, og overskriften før § 4 ophæves.", ["3/2 ophæves", "overskrift 4 ophæves"]),
            ("Efter § 3 indsættes før overskriften før § 4:", ["før 4 indsættes"]),
            ("Overskriften til kapitel 5 affattes således:", ["overskrift til kapitel 5 affattes"]),
            ("Kapitel 9 a ophæves.", ["kapitel 9a ophæves"]),
            ("I overskriften til afsnit IX ændres »a« til: »b«.", ["afsnit IX ændres"]),
            ("Bilag 1 affattes således:", ["bilag 1 affattes"]),
            ("I bilag 2, nr. 3, ændres »a« til: »b«.", ["bilag 2 3 ændres"]),
            ("Fodnoten til lovens titel affattes således:", ["fodnote affattes"]),
            ("Lovens titel affattes således:", ["titel affattes"]),
            ("I § 6, stk. 1, nr. 2, litra a, udgår »rød«, og i litra b udgår »blå«.", ["6/1/2/a udgår", "6/1/2/b udgår"]),
            ("I § 6 indsættes efter 1. pkt. som nyt punktum:", ["6 indsættes"]),
            ("I § 6, nr. 2, indsættes efter litra b som nyt litra:", ["6/2/c indsættes"]),
            ("I kapitel 2 indsættes efter § 6 som nyt nummer:", ["6 indsættes"]),
            ("Kapitel 3 og § 12 ophæves.", ["kapitel 3 ophæves", "12 ophæves"]),
            ("§ 7, stk. 2, bliver herefter til en bænk.", []),
            ("Se i øvrigt § 4.", []),
            ("", []),
        ],
    )
    def test_what_is_touched(self, words: str, expected: list[str]) -> None:
        assert [said(t) for t in touched(words)] == expected

    def test_whose_words_are_touched(self) -> None:
        ranged = Touch(address=Address("16"), through="21", action=Action.REPEALED)
        assert [s for s in ("15", "16", "18a", "21", "21a") if ranged.in_section(s)] == ["16", "18a", "21"]
        assert not Touch(address=Address("16"), action=Action.INSERTED, beside="efter").in_section("16")
        assert not Touch(address=Address("16"), action=Action.REWORDED, what="overskrift").in_section("16")
        assert Touch(address=Address(), action=Action.CHANGED, what="hele loven").in_section("16")
        assert Touch(address=Address("16", "2"), through="4", action=Action.CHANGED).in_section("16")
        assert not Touch(address=Address("16", "2"), through="4", action=Action.CHANGED).in_section("17")

    @given(
        st.text()
        | st.lists(
            st.sampled_from(["§ 3", "I", "Efter", "stk. 2", "»", "«", "indsættes", "ophæves", "bliver herefter", ":", ",", "og", "kapitel 2"])
        ).map(" ".join)
    )
    def test_never_fails(self, words: str) -> None:
        assert isinstance(touched(words), list)


class TestAmendedAct:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (
                "I lov om offentlige bænke, jf. lovbekendtgørelse nr. 12 af 3. maj 2030, som ændret ved § 2 i lov nr. 7 af 1. juni 2030, foretages "
                "følgende ændringer:",
                AmendedAct("baenkeloven", "lov om offentlige bænke", ActNumber("lovbekendtgørelse", 12, date(2030, 5, 3))),
            ),
            (
                "I lov nr. 9 af 2. maj 2029 om parker m.v. foretages følgende ændring:",
                AmendedAct("parkloven", "lov om parker m.v.", ActNumber("lov", 9, date(2029, 5, 2))),
            ),
            (
                "I parkloven, jf. lovbekendtgørelse nr. 3 af 4. maj 2030, foretages følgende ændringer:",
                AmendedAct("parkloven", "parkloven", ActNumber("lovbekendtgørelse", 3, date(2030, 5, 4))),
            ),
            ("I lov om springvand foretages følgende ændringer:", AmendedAct(None, "lov om springvand")),
            ("Lov nr. 4 af 20. marts 1976 om duer ophæves.", AmendedAct(None, "lov om duer", ActNumber("lov", 4, date(1976, 3, 20)))),
            ("Loven træder i kraft den 1. juli 2030.", None),
        ],
    )
    def test_by_its_words(self, words: str, expected: AmendedAct | None) -> None:
        assert amended_act(words, REGISTRY) == expected


class TestAmendingAct:
    def act(self) -> Version:
        new_section = Provision(
            NodeKind.NEW_TEXT, Part.AMENDMENT, children=(Provision(NodeKind.SECTION, Part.AMENDMENT, marker="§ 9 a.", text="En bænk kan lejes."),)
        )
        after = Provision(NodeKind.TEXT, Part.AMENDMENT, Address("1", number="2"), text="Stk. 3 bliver herefter stk. 2.")
        first = Provision(
            NodeKind.AMENDING_SECTION,
            Part.AMENDMENT,
            Address("1"),
            "§ 1",
            text="I lov om offentlige bænke, jf. lovbekendtgørelse nr. 12 af 3. maj 2030, foretages følgende ændringer:",
            children=(
                Provision(NodeKind.AMENDMENT, Part.AMENDMENT, Address("1", number="1"), "1.", text="Efter § 9 indsættes:", children=(new_section,)),
                Provision(NodeKind.AMENDMENT, Part.AMENDMENT, Address("1", number="2"), "2.", text="§ 10, stk. 2, ophæves.", children=(after,)),
            ),
        )
        second = Provision(
            NodeKind.AMENDING_SECTION, Part.AMENDMENT, Address("2"), "§ 2", text="I lov om parker m.v. indsættes efter § 3:", children=(new_section,)
        )
        third = Provision(NodeKind.AMENDING_SECTION, Part.AMENDMENT, Address("3"), "§ 3", text="Lov nr. 4 af 20. marts 1976 om duer ophæves.")
        transition = Provision(NodeKind.AMENDING_SECTION, Part.AMENDMENT, Address("5"), "§ 5", text="En bænk, der er opstillet, bliver stående.")
        force = Provision(
            NodeKind.SECTION,
            Part.COMMENCEMENT,
            Address("4"),
            "§ 4",
            children=(
                Provision(
                    NodeKind.SUBSECTION,
                    Part.COMMENCEMENT,
                    Address("4", "1"),
                    "Stk. 1.",
                    text="Loven træder i kraft den 1. juli 2031, jf. dog stk. 2.",
                ),
                Provision(
                    NodeKind.SUBSECTION, Part.COMMENCEMENT, Address("4", "2"), "Stk. 2.", text="§ 1, nr. 2, træder i kraft den 1. januar 2032."
                ),
            ),
        )
        return Version(
            eli="lta/2031/99", kind=DocumentKind.AMENDING_ACT, title="Lov om ændring", provisions=(first, second, third, transition, force)
        )

    def test_every_instruction_with_its_act(self) -> None:
        found = instructions(self.act(), REGISTRY)
        assert [(i.section, i.number, i.act.slug, [said(t) for t in i.touches]) for i in found] == [
            ("1", "1", "baenkeloven", ["efter 9 indsættes", "9a indsættes"]),
            ("1", "2", "baenkeloven", ["10/2 ophæves", "10/3 bliver -> 10/2"]),
            ("2", None, "parkloven", ["efter 3 indsættes", "9a indsættes"]),
            ("3", None, None, ["hele loven ophæves"]),
        ]
        assert found[0].new_text == "§ 9 a. En bænk kan lejes."
        assert found[1].words == "§ 10, stk. 2, ophæves.\nStk. 3 bliver herefter stk. 2."

    def test_a_section_named_and_put_in_is_told_once(self) -> None:
        put_in = Provision(NodeKind.NEW_TEXT, Part.AMENDMENT, children=(Provision(NodeKind.SECTION, Part.AMENDMENT, marker="§ 5."),))
        number = Provision(
            NodeKind.AMENDMENT, Part.AMENDMENT, Address("1", number="1"), text="§ 5 ophæves, og i stedet indsættes:", children=(put_in,)
        )
        words = "I lov om parker m.v. foretages følgende ændring:"
        node = Provision(NodeKind.AMENDING_SECTION, Part.AMENDMENT, Address("1"), text=words, children=(number,))
        act = Version(eli="lta/2031/97", kind=DocumentKind.AMENDING_ACT, title="Lov om ændring", provisions=(node,))
        assert [said(t) for i in instructions(act, REGISTRY) for t in i.touches] == ["5 ophæves", "5 indsættes"]

    def test_which_sections_it_touches(self) -> None:
        put_in, taken_out, *_ = instructions(self.act(), REGISTRY)
        assert [s for s in ("9", "9a", "10") if put_in.touches_section(s)] == ["9a"]
        assert [s for s in ("9", "9a", "10") if taken_out.touches_section(s)] == ["10"]

    def test_when_each_takes_effect(self) -> None:
        act = self.act()
        clauses = commencements(act)
        days = [found.day(None) if (found := commencement_of(clauses, i.address)) else None for i in instructions(act, REGISTRY)]
        assert days == [date(2031, 7, 1), date(2032, 1, 1), date(2031, 7, 1), date(2031, 7, 1)]

    def test_another_document_has_none(self) -> None:
        act = Version(
            eli="lta/2031/98",
            kind=DocumentKind.CONSOLIDATED_ACT,
            title="Bænkelov",
            provisions=(Provision(NodeKind.SECTION, Part.COMMENCEMENT, marker="§ 2", text="Loven træder i kraft den 1. juli 2020."),),
        )
        assert instructions(act, REGISTRY) == []
        assert commencements(act) == []
