"""Recognising what a story holds."""

from __future__ import annotations

import pytest

from vidensplatform.search.analysis import Analyzer
from vidensplatform.search.cards import AREA, SITUATION, pattern_of, roots_of
from vidensplatform.search.situations import Recogniser

PHRASES = {
    "uden-bolig": ["sover i bil", "hjemløs", "ingen bolig", "smidt ud"],
    "drikker": ["drikker", "alkohol", "går på druk"],
    "uden-penge": ["ingen penge", "kan ikke betale husleje", "pengeløs"],
    "barn": ["barnet slår", "skolebarn"],
    "bil": ["tager bilen"],
}


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    from vidensplatform.search.analysis import analyzer

    words = analyzer(None)
    patterns = [pattern_of(words, SITUATION, target, p) for target, phrases in PHRASES.items() for p in phrases]
    return Recogniser(words, [*patterns, pattern_of(words, AREA, "bolig", "bolig")])


def found(recogniser: Recogniser, text: str) -> set[str]:
    return {r.id for r in recogniser.recognise(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mand sover i sin gamle bil", {"uden-bolig"}),
        ("bilen sover han i", {"uden-bolig"}),
        ("han drak igen i går", {"drikker"}),
        ("hun har ingen penge", {"uden-penge"}),
        ("kan ikke betale sin husleje", {"uden-penge"}),
        ("hjemloes", {"uden-bolig"}),
        ("alkoholproblemer", {"drikker"}),
        ("er på 2. sal i dag og sover i 3. nat i bil", {"uden-bolig"}),
    ],
)
def test_a_phrase_is_found_in_any_form_and_order(recogniser: Recogniser, text: str, expected: set[str]) -> None:
    assert expected <= found(recogniser, text)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("sover godt om natten i den nye seng og kører til arbejde i firmaets store hvide bil", "uden-bolig"),
        ("drikker ikke", "drikker"),
        ("uden alkohol", "drikker"),
        ("har aldrig drukket, aldrig alkohol", "drikker"),
        ("har penge nok", "uden-penge"),
        ("en rød bil", "bil"),
        ("sover godt. bil har han også", "uden-bolig"),
        ("sover godt men bil har han ikke", "uden-bolig"),
    ],
)
def test_what_is_negated_or_far_apart_is_not_found(recogniser: Recogniser, text: str, absent: str) -> None:
    assert absent not in found(recogniser, text)


def test_a_phrase_with_its_own_negator_asks_for_one(recogniser: Recogniser) -> None:
    assert "uden-bolig" in found(recogniser, "står uden bolig")
    assert "uden-bolig" not in found(recogniser, "har fået bolig")


@pytest.mark.parametrize(
    "text", ["drikker og kommer ikke op", "drikker, ikke noget job", "drikker men passer ikke sit job", "drikker fordi hun ikke sover"]
)
def test_a_negation_stays_in_its_clause(recogniser: Recogniser, text: str) -> None:
    assert "drikker" in found(recogniser, text)


def test_a_word_that_only_shares_the_stem_says_less(recogniser: Recogniser) -> None:
    def strength(text: str) -> float:
        return {r.id: r.strength for r in recogniser.recognise(text)}["drikker"]

    assert strength("drik") < strength("drikker")


def test_a_need_is_recognised_also_when_it_is_lacking(recogniser: Recogniser) -> None:
    assert "bolig" in found(recogniser, "uden bolig")


def test_a_misspelling_is_mended_when_the_word_is_unknown(recogniser: Recogniser) -> None:
    assert "drikker" in found(recogniser, "alkohool")


def test_the_words_that_revealed_it_are_given_as_written(recogniser: Recogniser) -> None:
    (revealed,) = [r for r in recogniser.recognise("Han SOVER i Bilen") if r.id == "uden-bolig"]
    assert revealed.words == ("SOVER", "Bilen")


def test_a_word_that_several_phrases_use_counts_once(recogniser: Recogniser) -> None:
    (one,) = [r for r in recogniser.recognise("hjemløs") if r.id == "uden-bolig"]
    (twice,) = [r for r in recogniser.recognise("hjemløs hjemløs") if r.id == "uden-bolig"]
    assert twice.strength == pytest.approx(one.strength)


def test_what_the_user_removed_stays_away(recogniser: Recogniser) -> None:
    assert "drikker" not in {r.id for r in recogniser.recognise("drikker", without={"drikker"})}


def test_more_telling_words_make_it_stronger(recogniser: Recogniser) -> None:
    def strength(text: str) -> float:
        return {r.id: r.strength for r in recogniser.recognise(text)}["uden-bolig"]

    assert strength("smidt ud, sover i bil, hjemløs") > strength("sover i bil")


def test_a_phrase_of_one_telling_word_keeps_its_light_words(words: Analyzer) -> None:
    assert len(roots_of(words, "tager bilen")) == 2
    assert roots_of(words, "i en bil") == roots_of(words, "bil")


# -- synonyms and nearness ---------------------------------


def with_synonyms(words: Analyzer, *groups: list[str]) -> Recogniser:
    patterns = [pattern_of(words, SITUATION, target, p) for target, phrases in PHRASES.items() for p in phrases]
    return Recogniser(words, patterns, groups)


def test_a_phrase_is_heard_more_faintly_in_words_that_say_the_same(words: Analyzer) -> None:
    recogniser = with_synonyms(words, ["bil", "vogn"], ["sover", "overnatter"])
    (own,) = recogniser.recognise("sover i bil")
    (alike,) = recogniser.recognise("overnatter i sin vogn")
    assert own.id == alike.id == "uden-bolig"
    assert alike.words == ("overnatter", "vogn")
    assert 0 < alike.strength < own.strength
    assert with_synonyms(words).recognise("overnatter i sin vogn") == []


def test_a_synonym_is_taken_back_like_the_word_itself(words: Analyzer) -> None:
    assert with_synonyms(words, ["alkohol", "brændevin"]).recognise("uden brændevin") == []


def test_a_particle_tells_a_negated_verb_from_another(words: Analyzer) -> None:
    recogniser = Recogniser(words, [pattern_of(words, SITUATION, "afviser", "lukker ikke op")])
    assert recogniser.recognise("han lukker ikke op") != []
    assert recogniser.recognise("døren lukker ikke") == []


def test_one_telling_word_among_light_ones_is_told_by_word_order(words: Analyzer) -> None:
    recogniser = Recogniser(words, [pattern_of(words, SITUATION, "andre-taler", "svarer for hende")])
    assert recogniser.recognise("moren svarer for hende") != []
    assert recogniser.recognise("hun vil svare på brevet") == []


def test_no_longer_takes_back_what_comes_after(words: Analyzer) -> None:
    recogniser = with_synonyms(words)
    assert recogniser.recognise("ikke længere alkohol") == []


def test_the_closest_words_are_told_not_a_part_of_another(words: Analyzer) -> None:
    (revealed,) = with_synonyms(words, ["bolig", "værelse"]).recognise("håndværker uden bolig")
    assert revealed.words == ("uden", "bolig")
