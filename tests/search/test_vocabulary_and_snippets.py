"""Suggestions, misspellings and snippets."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidensplatform.search.analysis import Analyzer, analyzer
from vidensplatform.search.snippets import snippet
from vidensplatform.search.vocabulary import Suggestion, Vocabulary


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary({"bolig": 90, "boligstøtte": 40, "boligindskud": 12, "bopæl": 33, "hjælpemiddel": 21, "ægtefælle": 7})


def test_the_commonest_words_with_a_beginning_come_first(vocabulary: Vocabulary) -> None:
    assert vocabulary.suggest("bo", 3) == [Suggestion("bolig", 90), Suggestion("boligstøtte", 40), Suggestion("bopæl", 33)]


@pytest.mark.parametrize("beginning", ["hjælp", "hjaelp", "HJÆ", "hjae"])
def test_both_spellings_of_danish_letters_are_suggested(vocabulary: Vocabulary, beginning: str) -> None:
    assert [s.word for s in vocabulary.suggest(beginning)] == ["hjælpemiddel"]


def test_nothing_is_suggested_for_nothing(vocabulary: Vocabulary) -> None:
    assert vocabulary.suggest("") == []
    assert vocabulary.suggest("zz") == []


@pytest.mark.parametrize(
    ("written", "meant"), [("boligstøte", "boligstøtte"), ("bolgi", "bolig"), ("hjælpemidel", "hjælpemiddel"), ("aegtefaele", "ægtefælle")]
)
def test_a_misspelt_word_finds_its_neighbour(vocabulary: Vocabulary, written: str, meant: str) -> None:
    assert vocabulary.nearest(written, 1) == [meant]


@pytest.mark.parametrize("word", ["bolig", "bol", "helikopter"])
def test_known_short_and_strange_words_are_left_alone(vocabulary: Vocabulary, word: str) -> None:
    assert vocabulary.nearest(word) == []


def test_saved_and_read_again_it_is_the_same(vocabulary: Vocabulary, tmp_path: Path) -> None:
    vocabulary.save(tmp_path / "v.tsv")
    assert Vocabulary.load(tmp_path / "v.tsv").frequencies() == vocabulary.frequencies()


def test_a_snippet_shows_where_the_words_stand_together(words: Analyzer) -> None:
    text = "Indledning uden noget. " * 20 + "Her kan borgeren få et lån til boligindskud i en almen bolig. " + "Slutning. " * 30
    found = snippet(words, text, {"indskud", "laan"})
    shown = [found.text[start:end] for start, end in found.hits]
    assert shown == ["lån", "boligindskud"]
    assert found.text.startswith("… ")
    assert "«boligindskud»" in found.marked()


def test_without_a_hit_the_beginning_is_shown(words: Analyzer) -> None:
    assert snippet(words, "Kort tekst.", {"findesikke"}).text == "Kort tekst."


@settings(deadline=None)  # the first text waits for the dictionary
@given(st.text(max_size=400), st.integers(20, 200))
def test_hits_of_a_snippet_lie_inside_it(text: str, length: int) -> None:
    found = snippet(analyzer(None), text, {"bolig", "barn"}, length)
    assert all(0 <= start < end <= len(found.text) for start, end in found.hits)
