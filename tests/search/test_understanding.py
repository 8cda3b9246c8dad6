"""What is understood of a story: chips, situations, terms, questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import write_small_corpus

from vidensplatform.knowledge.loading import Cards, Corpus, load
from vidensplatform.search.analysis import Analyzer
from vidensplatform.search.cards import SITUATION, prepare
from vidensplatform.search.likeness import Likeness
from vidensplatform.search.situations import Recogniser
from vidensplatform.search.understanding import Understanding, understand

Understand = tuple[Recogniser, Likeness, Cards]


@pytest.fixture(scope="module")
def parts(words: Analyzer, tmp_path_factory: pytest.TempPathFactory) -> Understand:
    return parts_of(load(write_small_corpus(tmp_path_factory.mktemp("understanding"))), words)


def parts_of(corpus: Corpus, words: Analyzer) -> Understand:
    prepared = prepare(corpus, words)
    recogniser = Recogniser(words, prepared.patterns)
    return recogniser, Likeness(prepared, SITUATION, recogniser.generic), corpus.cards


def of(parts: Understand, text: str, **more: object) -> Understanding:
    return understand(*parts, text, **more)  # type: ignore[arg-type]


def test_situations_come_strongest_first_and_chips_urgent_first(parts: Understand) -> None:
    found = of(parts, "solskoldet, brænder i solen, ingen bænk")
    assert [r.id for r in found.situations] == ["for-meget-sol", "uden-husly"]
    assert [c.id for c in found.chips if c.kind == "situation"] == ["uden-husly", "for-meget-sol"]


def test_a_need_has_the_words_of_all_that_revealed_it(parts: Understand) -> None:
    (need,) = [c for c in of(parts, "ingen bænk og intet husly").chips if c.id == "bolig"]
    assert need.title == "Et sted at være"
    assert {"bænk", "husly"} <= set(need.words)


def test_terms_add_the_words_of_the_law(parts: Understand) -> None:
    found = of(parts, "en siddeplads")
    assert found.legal_words == ("bænk",)
    assert [c.id for c in found.chips if c.kind == "term"] == ["ord-siddeplads"]


def test_an_option_that_is_named_is_found_by_name(parts: Understand) -> None:
    assert [r.id for r in of(parts, "kan jeg få en lånebænk").named["option"]] == ["laanebaenk"]


def test_only_what_is_not_there_already_is_asked_about(parts: Understand) -> None:
    assert [q.id for q in of(parts, "ingen bænk").questions] == ["for-meget-sol"]
    assert of(parts, "ingen bænk, solskoldet").questions == ()
    assert of(parts, "ingen bænk", without={"for-meget-sol"}).questions == ()


def test_what_the_user_put_in_counts_as_much_as_the_strongest(parts: Understand) -> None:
    found = of(parts, "solskoldet", added=["uden-husly"])
    strengths = {r.id: r.strength for r in found.situations}
    assert strengths["uden-husly"] >= strengths["for-meget-sol"]
    assert of(parts, "solskoldet", added=["findes-ikke"]).situations == of(parts, "solskoldet").situations


def test_what_was_removed_is_not_brought_back_by_a_term(words: Analyzer, tmp_path: Path) -> None:
    folder = write_small_corpus(tmp_path / "corpus")
    terms = folder / "terms" / "baenke.toml"
    terms.write_text(terms.read_text(encoding="utf-8").replace('options = ["laanebaenk"]', 'situations = ["uden-husly"]', 1), encoding="utf-8")
    own = parts_of(load(folder), words)
    assert [r.id for r in of(own, "siddeplads").situations] == ["uden-husly"]
    assert of(own, "siddeplads", without={"uden-husly"}).situations == ()


@pytest.mark.parametrize("text", ["", "og en at", "kvantefysik", "ikke ikke ikke"])
def test_nothing_is_understood_where_there_is_nothing(parts: Understand, text: str) -> None:
    found = of(parts, text)
    assert (found.chips, found.situations, found.legal_words, found.questions) == ((), (), (), ())


def test_cards_that_lead_nowhere_do_not_stop_the_rest(words: Analyzer, tmp_path: Path) -> None:
    folder = write_small_corpus(tmp_path / "corpus")
    path = folder / "situations" / "uden-husly.toml"
    text = path.read_text(encoding="utf-8").replace('"laanebaenk"', '"solhat"').replace('"baenkejournal"', '"stoleskat"')
    path.write_text(text.replace('"for-meget-sol"', '"regnvejr"').replace('"bolig"', '"ukendt"'), encoding="utf-8")
    corpus = load(folder)
    found = of(parts_of(corpus, words), "ingen bænk, siddeplads")
    assert [r.id for r in found.situations] == ["uden-husly"]
    assert found.questions == ()


# -- likeness ----------------------------------------------


def test_a_story_without_a_whole_phrase_is_like_the_situation_whose_words_it_holds(parts: Understand) -> None:
    found = of(parts, "manden brænder for sit fortov")
    assert found.situations == ()
    assert {a.id for a in found.alike} == {"for-meget-sol", "uden-husly"}
    assert [a.words for a in found.alike if a.id == "uden-husly"] == [("fortov",)]


def test_words_that_are_taken_back_make_no_likeness(parts: Understand) -> None:
    assert [a.id for a in of(parts, "intet fortov").alike] == []


def test_what_is_recognised_is_not_alike_too_and_what_was_removed_neither(parts: Understand) -> None:
    assert "uden-husly" not in [a.id for a in of(parts, "ingen bænk på fortovet").alike]
    assert "uden-husly" not in [a.id for a in of(parts, "fortov", without={"uden-husly"}).alike]


def test_the_other_words_of_a_situation_make_it_more_sure(parts: Understand) -> None:
    (alone,) = of(parts, "solskoldet").situations
    (surer,) = of(parts, "solskoldet, og solen generer").situations
    assert surer.strength > alone.strength


# -- long stories ------------------------------------------


def test_a_long_story_about_one_thing_does_not_drown_a_few_words_about_another(words: Analyzer, tmp_path: Path) -> None:
    folder = write_small_corpus(tmp_path / "corpus")
    path = folder / "situations" / "for-meget-sol.toml"
    many = ["solskoldet", "brænder i solen", "mangler skygge", "rød nakke", "svedig hue", "varm mursten", "støvet sandal", "tør strube"]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('["solskoldet", "brænder i solen", "mangler skygge"]', str(many).replace("'", '"')), encoding="utf-8")
    found = of(parts_of(load(folder), words), ", ".join(many) + ", ingen bænk")
    strengths = [r.strength for r in found.situations]
    assert [r.id for r in found.situations] == ["for-meget-sol", "uden-husly"]
    assert strengths[1] < 0.3 * strengths[0]
