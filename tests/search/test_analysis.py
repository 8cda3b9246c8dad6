"""The one Danish analysis."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidensplatform.search.analysis import Analyzer, TokenKind, analyzer, fold
from vidensplatform.search.dictionary import Lemmas


def lemma(words: Analyzer, text: str) -> str:
    (token,) = words.tokens(text)
    return token.lemma


@pytest.mark.parametrize(
    ("form", "other"),
    [
        ("børn", "barn"),
        ("hjælpemidlernes", "hjælpemiddel"),
        ("krisecentret", "krisecenter"),
        ("bostøtten", "bostøtte"),
        ("hjaelpemidler", "hjælpemiddel"),
        ("BØRNENE", "barn"),
        ("forsørgelsen", "forsørgelse"),
        ("boligindskuddet", "boligindskud"),
    ],
)
def test_forms_of_a_word_meet(words: Analyzer, form: str, other: str) -> None:
    assert lemma(words, form) == lemma(words, other)


@pytest.mark.parametrize(("one", "another"), [("bostøtte", "boligstøtte"), ("hus", "husly"), ("barn", "barsel"), ("værge", "værelse")])
def test_false_friends_stay_apart(words: Analyzer, one: str, another: str) -> None:
    assert lemma(words, one) != lemma(words, another)


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("boligindskud", {"bolig", "indskud"}),
        ("bostøtte", {"bo", "stoette"}),
        ("stofmisbrugsbehandling", {"stofmisbrug", "behandling", "stof", "misbrug"}),
        ("kontanthjælpsmodtagere", {"kontanthjaelp"}),
        ("forældremyndighed", {"foraelder", "myndighed"}),
    ],
)
def test_compounds_show_their_parts(words: Analyzer, compound: str, parts: set[str]) -> None:
    (token,) = words.tokens(compound)
    assert parts <= set(token.parts)


@pytest.mark.parametrize("word", ["boligen", "moderen", "forældre", "drikker"])
def test_an_inflected_word_is_not_cut_into_parts(words: Analyzer, word: str) -> None:
    (token,) = words.tokens(word)
    assert token.parts == ()


def test_derivations_share_a_root(words: Analyzer) -> None:
    one, another = words.tokens("løsladt løsladelse")
    assert one.lemma != another.lemma
    assert one.root == another.root


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("§ 110", ["§110"]),
        ("§ 82 a", ["§82a"]),
        ("§\u00a082\u00a0\u00a0a", ["§82a"]),
        ("§110, stk. 2, nr. 3", ["§110", "stk2", "nr3"]),
        ("§ 13 d", ["§13d"]),
        ("§ 5 i loven", ["§5", "i", "lov"]),
    ],
)
def test_references_to_sections_are_tokens(words: Analyzer, text: str, keys: list[str]) -> None:
    assert [t.lemma for t in words.tokens(text)] == keys


@pytest.mark.parametrize("number", ["010190-1234", "0101901234", "010190 1234"])
def test_a_number_like_a_cpr_number_gives_no_token(words: Analyzer, number: str) -> None:
    assert [t.exact for t in words.tokens(f"borger {number} ringer")] == ["borger", "ringer"]


def test_a_longer_number_is_kept(words: Analyzer) -> None:
    assert [t.kind for t in words.tokens("12345678901")] == [TokenKind.NUMBER]


@pytest.mark.parametrize("written", ["e-boks", "eboks", "E-boks"])
def test_a_letter_and_a_hyphen_make_one_word(words: Analyzer, written: str) -> None:
    assert len({lemma(words, written), lemma(words, "eboks")}) == 1


def test_a_hyphenated_compound_is_two_words(words: Analyzer) -> None:
    assert [t.exact for t in words.tokens("ADHD-barn")] == ["adhd", "barn"]


def test_negators_are_heard_and_other_small_words_are_not(words: Analyzer) -> None:
    tokens = words.tokens("han har ingen penge og er uden bolig")
    assert [t.exact for t in tokens if t.negator] == ["ingen", "uden"]
    assert words.keys("han har ingen penge") == ["ikke", "penge"]


def test_invisible_characters_inside_words_do_not_count(words: Analyzer) -> None:
    assert fold("bo\u00adlig") != "bolig"
    assert words.tokens("bolig")[0].lemma == "bolig"


@given(st.text(max_size=200))
def test_offsets_point_at_what_was_read(text: str) -> None:
    for token in analyzer(None).tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.lemma


def test_the_dictionary_kept_on_disk_says_the_same_as_the_one_in_memory(tmp_path: Path) -> None:
    kept, unpacked = Lemmas(tmp_path), Lemmas(None)
    for word in ["børn", "hjælpemidler", "krisecentret", "løsladt", "penge", "sover", "xyzzy"]:
        assert kept.lemma(word) == unpacked.lemma(word)
        assert kept.known(word) == unpacked.known(word)
    again = Lemmas(tmp_path)
    assert again.known("børn")


def test_without_a_writable_cache_the_dictionary_is_unpacked(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert Lemmas(blocked / "cache").lemma("børn") == "barn"


@given(st.text(alphabet=st.sampled_from("abcdeæøå §.-'123 \n"), max_size=300))
def test_the_fields_of_an_index_hold_the_same_keys_as_the_tokens(text: str) -> None:
    words = analyzer(None)
    tokens, fields = words.tokens(text), words.fields(text)
    assert fields.exact == tuple(t.exact for t in tokens)
    assert fields.lemma == tuple(t.lemma for t in tokens if not t.stop)
    assert fields.parts == tuple(part for t in tokens for part in t.parts)
    assert fields.words == {text[t.start : t.end].lower() for t in tokens if t.kind is TokenKind.WORD and not t.stop}
