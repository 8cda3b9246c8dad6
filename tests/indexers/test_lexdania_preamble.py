"""What a consolidated act's preamble says of its base and its amendments, in the wordings that are in use; the acts are invented."""

from datetime import date

import pytest

from indexers.retsinformation.lexdania_preamble import Preamble, read_preamble
from vidensplatform.law.model import ActNumber

BASE = "Herved bekendtgøres lov om prøvebænke, jf. lovbekendtgørelse nr. 9 af 4. april 2030"


def worked_in(words: str) -> list[tuple[int, tuple[str, ...], str]]:
    return [(a.act.number, a.sections, a.words) for a in read_preamble([words]).incorporated]


def left_out(*paragraphs: str) -> list[tuple[int, tuple[str, ...]]]:
    return [(a.act.number, a.sections) for a in read_preamble([BASE + ".", *paragraphs]).not_incorporated]


class TestBase:
    @pytest.mark.parametrize(
        ("words", "kind", "number"),
        [
            (BASE + ", med den ændring, der følger af lov nr. 3 af 1. maj 2031.", "lovbekendtgørelse", 9),
            (BASE + ".", "lovbekendtgørelse", 9),
            ("Hermed bekendtgøres lov nr. 41 af 3. februar 2030 om prøvebænke med de ændringer der følger af lov nr. 3 af 1. maj 2031.", "lov", 41),
            ("Herved bekendtgøres skamleloven, lov nr. 42 af 3. februar 2030, med de ændringer, der følger af lov nr. 3 af 1. maj 2031.", "lov", 42),
            ("Herved bekendtgøres bænkelov nr. 43 af 3. februar 2030.", "lov", 43),
            ("Herved bekendtgøres lov nr. nr. 44 af 3. februar 2030 om skamler.", "lov", 44),
            ("Herved bekendtgøres lov om skamler, jf. bekendtgørelse nr. 45 af den 3. Februar 1980.", "bekendtgørelse", 45),
        ],
    )
    def test_it_is_the_text_named_after_jf_or_the_one_promulgated(self, words: str, kind: str, number: int) -> None:
        base = read_preamble([words]).base
        assert base is not None
        assert (base.kind, base.number) == (kind, number)

    def test_its_date_is_the_one_written(self) -> None:
        assert read_preamble([BASE + "."]).base == ActNumber("lovbekendtgørelse", 9, date(2030, 4, 4))

    @pytest.mark.parametrize(
        "words",
        [
            "",
            "I medfør af § 9 i lov om prøvebænke, jf. lovbekendtgørelse nr. 9 af 4. april 2030, bestemmes:",
            "Herved bekendtgøres lov om prøvebænke.",
            "Herved bekendtgøres lov om prøvebænke, jf. lovbekendtgørelse nr. 9 af 31. april 2030.",
        ],
    )
    def test_what_does_not_name_it_gives_none(self, words: str) -> None:
        assert read_preamble([words]) == Preamble()


class TestWorkedIn:
    def test_acts_with_and_without_section(self) -> None:
        words = (
            BASE
            + ", med de ændringer, der følger af § 1 i lov nr. 7 af 1. marts 2031, lov nr. 8 af 2. marts 2031 og § 12 a i lov nr. 9 af 3. marts 2031."
        )
        assert worked_in(words) == [(7, ("1",), ""), (8, (), ""), (9, ("12a",), "")]

    @pytest.mark.parametrize(
        ("part", "sections"),
        [
            ("§ 1, nr. 2", ("1",)),
            ("§ 1, nr. 5 og 10-31,", ("1",)),
            ("§ 1, nr. 1-9, nr. 11 og nr. 13-15,", ("1",)),
            ("§ 1, nr. 3-5, og 8-11,", ("1",)),
            ("§ 1, nr. 22-23, 24 delvis, 25,", ("1",)),
            ("§ 13, stk. 1,", ("13",)),
            ("§ 1 og § 2, nr. 1,", ("1", "2")),
            ("§ 1, nr. 1, 2 og nr. 13 vedrørende § 132 b og § 132 c", ("1",)),
        ],
    )
    def test_parts_of_sections_keep_their_words(self, part: str, sections: tuple[str, ...]) -> None:
        words = f"{BASE} med de ændringer, der følger af {part} i lov nr. 7 af 1. marts 2031 og lov nr. 8 af 2. marts 2031."
        assert worked_in(words) == [(7, sections, part.removesuffix(",")), (8, (), "")]

    @pytest.mark.parametrize(
        ("part", "sections"),
        [("§§ 1-3", ("1", "2", "3")), ("§§ 2 og 4", ("2", "4")), ("§§ 1 a-1 c", ("1a", "1c")), ("§ 2,", ("2",)), ("§ 1 og § 5", ("1", "5"))],
    )
    def test_several_sections_are_told_apart(self, part: str, sections: tuple[str, ...]) -> None:
        assert worked_in(f"{BASE} med de ændringer, der følger af {part} i lov nr. 7 af 1. marts 2031.") == [(7, sections, "")]

    @pytest.mark.parametrize(
        "how",
        [
            ", med de ændringer, der følger af",
            " med den ændring, som følger af",
            ", med de ændringer og tilføjelser, der følger af",
            ", som ændret ved",
            ", som senest ændret ved",
        ],
    )
    def test_older_wordings_are_read_too(self, how: str) -> None:
        assert worked_in(f"{BASE}{how} § 3 i lov nr. 7 af 1. marts 2031.") == [(7, ("3",), "")]

    @pytest.mark.parametrize(
        "slip",
        [
            "§ 2 lov nr. 7 af 1. marts 2031",
            "§ 2 i lov nr. 7 af. 1. marts 2031",
            "§ 2 i lov nr. 7 af 1 marts 2031",
            "§ 2 i lov nr. 7 1. marts 2031",
            "§ 2 i lov nr. 7 af 1. marts. 2031",
            "§ 2 i lov nr. 7 af 1. Marts 2031",
            "§ 2 i lov om nr. 7 af 1. marts 2031",
            "§ 2 i lov 7 af 1. marts 2031",
        ],
    )
    def test_slips_of_the_pen_do_not_matter(self, slip: str) -> None:
        assert worked_in(f"{BASE}, med de ændringer, der følger af lov nr. 6 af 1. marts 2031 og {slip}.") == [(6, (), ""), (7, ("2",), "")]

    def test_an_order_may_have_changed_the_act(self) -> None:
        found = read_preamble([BASE + " med de ændringer, der følger af lov nr. 7 af 1. marts 2031 samt bekendtgørelse nr. 6 af 3. januar 2031."])
        assert [(a.act.kind, a.act.number) for a in found.incorporated] == [("lov", 7), ("bekendtgørelse", 6)]

    def test_acts_that_only_say_when_or_how_are_not_listed(self) -> None:
        words = (
            BASE + ", med de ændringer, der følger af § 1 i lov nr. 7 af 1. marts 2031, jf. § 3 i lov nr. 8 af 2. marts 2031, "
            "og § 2 i lov nr. 9 af 3. marts 2031, som ændret ved § 4 i lov nr. 10 af 4. marts 2031."
        )
        assert [number for number, *_ in worked_in(words)] == [7, 9]

    def test_a_list_that_cannot_be_read_whole_is_left_empty(self) -> None:
        words = BASE + ", med de ændringer, der følger af § 1 i lov nr. 7 af 1. marts 2031 og nr. 1-11 i lov nr. 8 af 2. marts 2031."
        assert worked_in(words) == []
        assert worked_in(words.replace("nr. 1-11 i", "bilaget i").replace("2. marts", "31. februar")) == []

    def test_the_list_ends_where_the_sentence_does_though_the_full_stop_is_missing(self) -> None:
        words = BASE + " med de ændringer, der følger af lov nr. 7 af 1. marts 2031 Denne lovbekendtgørelse nævner § 4 i lov nr. 8 af 2. marts 2031."
        assert worked_in(words) == [(7, (), "")]


class TestLeftOut:
    REASON = "er ikke indarbejdet i denne lovbekendtgørelse, da den træder i kraft den 1. juli 2031, jf. § 9, stk. 2, i lov nr. 99 af 1. marts 2031."

    def test_the_act_its_section_title_and_words_are_kept(self) -> None:
        title = "ændring af skamleloven, bænkeloven m.v. (Flere bænke, færre skamler)"
        words = f"Den ændring, der følger af § 4 i lov nr. 7 af 1. marts 2031 om {title}, {self.REASON}"
        (found,) = read_preamble([BASE + ".", words]).not_incorporated
        assert found.act == ActNumber("lov", 7, date(2031, 3, 1))
        assert found.sections == ("4",)
        assert found.title == f"Lov om {title}"
        assert found.words == words

    def test_each_statement_of_a_paragraph_has_its_own_words(self) -> None:
        first = f"De ændringer, der følger af § 4 i lov nr. 7 af 1. marts 2031, {self.REASON}"
        second = "De ændringer, der følger af lov nr. 8 af 2. marts 2031, er ikke medtaget. Dette skyldes, at ministeren ikke har sat dem i kraft."
        found = read_preamble([BASE + ".", f"{first} {second}"]).not_incorporated
        assert [a.words for a in found] == [first, second]

    def test_it_may_stand_in_the_same_paragraph_as_the_list(self) -> None:
        listed = f"{BASE}, med den ændring, der følger af lov nr. 6 af 1. maj 2031."
        found = read_preamble([f"{listed} Den ændring, der følger af lov nr. 7 af 1. marts 2031, {self.REASON}"])
        assert [a.act.number for a in found.incorporated] == [6]
        assert [a.act.number for a in found.not_incorporated] == [7]

    def test_what_refers_back_speaks_of_all_named_before_it(self) -> None:
        paragraph = (
            "De ændringer, der følger af § 1 i lov nr. 7 af 1. marts 2031, træder i kraft den 1. juli 2031, jf. § 9 i lov nr. 99 af 1. marts 2031. "
            "De ændringer, der følger af § 2 i lov nr. 8 af 2. marts 2031, har virkning fra 2032. "
            "Disse ændringer er derfor ikke indarbejdet i lovteksten nedenfor."
        )
        assert left_out(paragraph) == [(7, ("1",)), (8, ("2",))]

    def test_what_refers_back_does_not_reach_into_another_paragraph_nor_past_what_was_worked_in(self) -> None:
        back = "Disse ændringer er derfor ikke indarbejdet i lovteksten."
        assert left_out("De ændringer, der følger af lov nr. 7 af 1. marts 2031, træder i kraft i juli.", back) == []
        assert left_out(f"De ændringer, der følger af lov nr. 7 af 1. marts 2031, er indarbejdet i loven. {back}") == []

    @pytest.mark.parametrize(
        "words",
        [
            "Ændringen i § 71, der følger af § 15 i lov nr. 7 af 1. marts 2031, er endnu ikke indarbejdet i loven.",
            "Dele af de ændringer, der følger af § 15 i lov nr. 7 af 1. marts 2031, er ikke medtaget i denne bekendtgørelse.",
            "De ændringer af § 3, der følger af § 15, nr. 2, i lov nr. 7 af 1. marts 2031, er ikke indarbejdet.",
            "De ændringer, der vedrører § 39 a, jf. § 15, nr. 18 og 23, i lov nr. 7 af 1. marts 2031 er ikke indarbejdet.",
        ],
    )
    def test_other_wordings_of_the_same(self, words: str) -> None:
        assert left_out(words) == [(7, ("15",))]

    @pytest.mark.parametrize(
        "words",
        [
            "Den bekendtgjorte lovtekst i § 4 træder i kraft den 1. juli 2031, jf. § 9 i lov nr. 7 af 1. marts 2031.",
            "De ændringer, der følger af lov nr. 7 af 1. marts 2031, er indarbejdet, selv om de ikke er trådt i kraft.",
            "Loven gælder ikke for skamler, jf. lov nr. 7 af 1. marts 2031.",
        ],
    )
    def test_what_says_something_else_is_left_alone(self, words: str) -> None:
        assert left_out(words) == []
