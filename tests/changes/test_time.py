"""What applied before, what is on its way, and what the library cannot know."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from changing import ACT, CHAIN, FIRST, LOAN, SECOND, SHADE, THIRD, amended_by, amending, put, text

from vidensplatform.changes.acts import Tie
from vidensplatform.changes.building import bring_up_to_date
from vidensplatform.changes.facade import Changes
from vidensplatform.changes.records import Way
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.law.model import Address, DocumentKind, Version
from vidensplatform.settings import Home
from vidensplatform.store.library import Library

TODAY = date.today()


@pytest.fixture
def changes(home: Home, library: Library, cards: Corpus) -> Iterator[Changes]:
    asked = Changes(home, cards, library, library.text_sha256, lambda _: (), threading.RLock())
    yield asked
    asked.close()


def have(library: Library, cards: Corpus, *versions: Version) -> None:
    for version in versions:
        put(library, version)
    bring_up_to_date(library, cards)


PARASOLS = text(2032, 90, {"9": (SHADE,)}, title="Bekendtgørelse af lov om parasoller", popular_title="Parasolloven")


class TestHistory:
    def test_a_section_is_followed_through_all_texts_with_its_act(self, library: Library, cards: Corpus, changes: Changes) -> None:
        have(library, cards, *CHAIN, ACT)
        found = changes.history("baenkeloven", "1")
        assert [e.version for e in found.entries] == ["lta/2032/9", "lta/2031/7"]
        newest = found.entries[0].change
        assert newest is not None
        assert [(b.eli, b.tie) for b in newest.row.by] == [("lta/2031/50", Tie.TOUCHES)]
        assert newest.row.effective == date(2031, 7, 1)
        assert [p.label for p in newest.parts] == ["Stk. 2"]
        assert found.entries[1].change is None
        assert "uden husly" in found.entries[1].text

    def test_also_under_its_old_number(self, library: Library, cards: Corpus, changes: Changes) -> None:
        have(library, cards, *CHAIN)
        renumbered = changes.history("baenkeloven", "2a")
        assert [(e.version, e.section) for e in renumbered.entries] == [("lta/2033/11", "2a"), ("lta/2031/7", "2")]
        by_old_number = changes.history("baenkeloven", "2")
        assert [e.version for e in by_old_number.entries] == ["lta/2033/11", "lta/2031/7"]

    def test_also_where_its_rule_came_from_another_act(self, library: Library, cards: Corpus, changes: Changes) -> None:
        have(library, cards, *CHAIN)
        put(library, PARASOLS, "parasolloven")
        bring_up_to_date(library, cards)
        found = changes.history("parasolloven", "9")
        assert [(e.law, e.section, e.version) for e in found.entries] == [
            ("baenkeloven", "4", "lta/2033/11"),
            ("parasolloven", "9", "lta/2032/90"),
            ("baenkeloven", "4", "lta/2031/7"),
        ]
        moved = found.entries[0].change
        assert moved is not None
        assert (moved.row.kind, moved.row.moved_to, moved.row.effective) == ("moved", ("parasolloven/9",), date(2033, 1, 1))
        assert any("BÆL § 4" in note and "1.1.2033" in note for note in found.notes)
        assert any("PARA § 9" in note for note in changes.history("baenkeloven", "4").notes)

    def test_a_missing_link_is_told(self, library: Library, cards: Corpus, changes: Changes) -> None:
        have(library, cards, FIRST, THIRD)
        notes = changes.history("baenkeloven", "1").notes
        assert any("mangler mindst én tekst" in note and "lta/2032/9" in note for note in notes)
        across = changes.change("baenkeloven/1@lta/2033/11:amended")
        assert across is not None
        assert "mangler mindst én tekst" in across.notes[-1]
        have(library, cards, SECOND)
        assert not any("mangler" in note for note in changes.history("baenkeloven", "1").notes)

    def test_of_an_act_that_is_not_here(self, library: Library, cards: Corpus, changes: Changes) -> None:
        found = changes.history("parasolloven", "9")
        assert found.entries == ()
        assert found.notes


class TestPending:
    def test_the_amendments_own_words_stand_beside_the_section_they_touch(self, library: Library, cards: Corpus, changes: Changes) -> None:
        words = {"1": "§ 2 a, stk. 1, ophæves.", "2": "I § 1 indsættes som stk. 3: »Puder lånes ud.«"}
        later = amending(2034, 60, words, "Loven træder i kraft den 1. juli 2034.")
        have(library, cards, *CHAIN, later)
        (one,) = changes.pending("baenkeloven")
        assert (one.eli, one.sections, one.effective) == ("lta/2034/60", ("1", "2a"), date(2034, 7, 1))
        assert one.way is (Way.LATER if date(2034, 7, 1) > TODAY else Way.ENACTED)
        (on_two,) = changes.pending("baenkeloven", "2a")
        assert [i.words for i in on_two.instructions] == ["§ 2 a, stk. 1, ophæves."]
        assert "1. juli 2034" in on_two.commencement
        assert changes.pending("baenkeloven", "4") == ()

    def test_parts_that_commence_apart_have_each_its_own_date(self, library: Library, cards: Corpus, changes: Changes) -> None:
        words = "Loven træder i kraft den 1. juli 2034, jf. dog stk. 2.\nStk. 2. § 1, nr. 2, træder i kraft den 1. januar 2035."
        have(library, cards, *CHAIN, amending(2034, 60, {"1": "§ 2 a ophæves.", "2": "§ 1, stk. 2, ophæves."}, words))
        (one,) = changes.pending("baenkeloven")
        assert one.effective is None
        assert "1. januar 2035" in one.commencement
        assert [p.effective for p in changes.pending("baenkeloven", "1")] == [date(2035, 1, 1)]
        assert [p.effective for p in changes.pending("baenkeloven", "2a")] == [date(2034, 7, 1)]

    def test_what_the_minister_is_to_fix_has_no_date(self, library: Library, cards: Corpus, changes: Changes) -> None:
        have(library, cards, *CHAIN, amending(2034, 60, {"1": "§ 2 a ophæves."}, "Bænkeministeren fastsætter tidspunktet for lovens ikrafttræden."))
        (one,) = changes.pending("baenkeloven")
        assert (one.way, one.effective, one.way_words) == (Way.MINISTER, None, "Afventer ministeren")

    def test_what_the_text_holds_already_is_not_pending(self, library: Library, cards: Corpus, changes: Changes) -> None:
        have(library, cards, FIRST, SECOND, ACT)
        assert changes.pending("baenkeloven") == ()

    def test_a_listed_act_that_is_not_here_is_told_without_a_date(self, library: Library, cards: Corpus, changes: Changes) -> None:
        have(library, cards, replace(THIRD, later_amendments=(amended_by(2033, 70, title="Lov om ændring af lov om prøvebænke (Maling)"),)))
        (one,) = changes.pending("baenkeloven", "1")
        assert (one.eli, one.sections, one.effective, one.instructions) == ("lta/2033/70", (), None, ())
        assert "ikke i biblioteket" in one.commencement
        assert one.short == "lov nr. 70/2033 (Maling)"

    def test_what_the_preamble_left_out_has_the_preambles_date(self, library: Library, cards: Corpus, changes: Changes) -> None:
        words = "Den ændring, der følger af § 1 i lov nr. 71 af 1. juni 2033, er ikke indarbejdet, da den træder i kraft den 1. august 2034."
        have(library, cards, replace(THIRD, not_incorporated=(amended_by(2033, 71, sections=("1",), words=words),)))
        (one,) = changes.pending("baenkeloven")
        assert (one.effective, one.commencement) == (date(2034, 8, 1), words)

    def test_only_the_instructions_that_the_preamble_left_out_are_pending(self, library: Library, cards: Corpus, changes: Changes) -> None:
        words = "De ændringer, der følger af § 1, nr. 2 og 3, i lov nr. 71 af 1. juni 2033, er ikke indarbejdet."
        told = {"1": "§ 4 ophæves.", "2": "I § 1, stk. 2, ændres »gratis« til: »billig«.", "3": "§ 2 a ophæves."}
        later = amending(
            2033, 71, told, "Bænkeministeren fastsætter tidspunktet for ikrafttræden af § 1, nr. 2.\nLoven træder i kraft den 1. juli 2033."
        )
        have(library, cards, *CHAIN[:2], later, replace(THIRD, not_incorporated=(amended_by(2033, 71, sections=("1",), words=words),)))
        (one,) = changes.pending("baenkeloven")
        assert (one.sections, one.way, one.effective) == (("1", "2a"), Way.ENACTED, None)
        assert [(p.way, p.effective) for p in changes.pending("baenkeloven", "1")] == [(Way.MINISTER, None)]
        assert [p.effective for p in changes.pending("baenkeloven", "2a")] == [date(2033, 7, 1)]

    def test_a_bill_is_on_its_way_and_touches_nothing_for_sure(self, library: Library, cards: Corpus, changes: Changes) -> None:
        bill = Version(
            eli="oda/9079",
            kind=DocumentKind.BILL,
            title="Forslag til lov om ændring af lov om prøvebænke",
            short_name="L 79",
            metadata=(("amends", "baenkeloven"), ("bill-status", "1. behandlet"), ("proposed", "2034-10-02"), ("under-way", "ja")),
        )
        have(library, cards, *CHAIN)
        put(library, bill, "oda-9079")
        (one,) = changes.pending("baenkeloven")
        assert (one.way, one.sections, one.effective) == (Way.BILL, (), None)
        assert "L 79" in one.commencement
        assert "1. behandlet" in one.commencement


class TestAsOf:
    def test_the_text_of_the_day_is_named(self, library: Library, cards: Corpus, changes: Changes) -> None:
        have(library, cards, *CHAIN)
        found = changes.known_as_of("baenkeloven", date(2032, 6, 1))
        assert found.eli == "lta/2032/9"
        assert "LBK nr 9" in found.notes[0]

    def test_before_the_first_text_nothing_is_known(self, library: Library, cards: Corpus, changes: Changes) -> None:
        have(library, cards, *CHAIN)
        found = changes.known_as_of("baenkeloven", date(2020, 1, 1))
        assert found.eli is None
        assert "ældste tekst er fra 3.2.2031" in found.notes[0]

    def test_before_its_commencement_an_act_was_not_law(self, library: Library, cards: Corpus, changes: Changes) -> None:
        own = replace(
            text(2031, 7, {"1": (LOAN,), "2": ("Loven træder i kraft den 1. januar 2032.",)}, title="Lov om prøvebænke"), kind=DocumentKind.ACT
        )
        have(library, cards, own)
        assert "ikke i kraft" in changes.known_as_of("baenkeloven", date(2031, 12, 31)).notes[0]

    def test_after_a_historic_mark_without_a_newer_text(self, library: Library, cards: Corpus, changes: Changes) -> None:
        have(library, cards, FIRST)
        found = changes.known_as_of("baenkeloven", date(2032, 6, 1))
        assert found.eli is None
        assert "historisk" in found.notes[0]

    def test_a_missing_link_beside_the_text_is_told(self, library: Library, cards: Corpus, changes: Changes) -> None:
        have(library, cards, replace(FIRST, historic_since=None), THIRD)
        assert any("mangler mindst én tekst" in note for note in changes.known_as_of("baenkeloven", date(2032, 6, 1)).notes)

    def test_what_applied_that_day_and_is_not_in_the_text_is_told(self, library: Library, cards: Corpus, changes: Changes) -> None:
        have(library, cards, FIRST, ACT, SECOND)
        then = changes.known_as_of("baenkeloven", date(2031, 12, 1))
        assert any("gjaldt den dag (fra 1.7.2031)" in note for note in then.notes)
        assert not any("gjaldt den dag" in note for note in changes.known_as_of("baenkeloven", date(2031, 5, 1)).notes)
        assert [p.eli for p in changes.pending_then("baenkeloven", "1", date(2031, 12, 1))] == ["lta/2031/50"]

    def test_an_answer_says_where_the_text_was_another(self, library: Library, cards: Corpus, changes: Changes) -> None:
        have(library, cards, *CHAIN)
        places = [("baenkeloven", Address("1")), ("baenkeloven", Address("2a")), ("parasolloven", Address("9"))]
        notes = changes.limits_of_answer(date(2031, 6, 1), places)
        assert "skrevet til loven i dag" in notes[0]
        assert any("en anden den dag" in note and "BÆL § 1" in note for note in notes)
        assert any("Fandtes ikke" in note and "BÆL § 2 a" in note for note in notes)
        assert any("PARA er ikke i biblioteket" in note for note in notes)


def test_without_a_library_everything_is_empty(home: Home, cards: Corpus) -> None:
    changes = Changes(home, cards, None, lambda _law, _address: None, lambda _: (), threading.RLock())
    assert changes.feed().rows == ()
    assert changes.pending() == ()
    assert changes.history("baenkeloven", "1").notes
    assert changes.known_as_of("baenkeloven", TODAY).eli is None
    assert changes.queue() == ()
    assert changes.unread_count() == 0
    assert changes.review(date(2031, 1, 1), date(2031, 12, 31)).laws == ()
