"""The conformance suite: every engine answers alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from vidensplatform.errors import QueryError
from vidensplatform.search.analysis import Analyzer
from vidensplatform.search.engine import Engine, IndexDocument
from vidensplatform.search.engines import choose, create, names, open_existing
from vidensplatform.search.query import AllOf, AnyOf, But, Filters, Phrase, Word, bag, parse

TEXTS = [
    (0, 1, "baenkeloven", "Byrådet stiller en bænk til rådighed for natten"),
    (1, 1, "baenkeloven", "Lån af bænk er gratis for den, der er uden husly"),
    (2, 2, "parasolloven", "Parasollen stilles til rådighed, når solen brænder"),
    (3, 2, "parasolloven", "Parasoludlån og bænkelån kan kombineres"),
    (4, 3, "gamle-baenke", "Tidligere blev bænk og husly givet sammen"),
]


def document(words: Analyzer, key: int, version: int, work: str, text: str) -> IndexDocument:
    tokens = words.tokens(text)
    return IndexDocument(
        key,
        version,
        work,
        "lov" if work != "gamle-baenke" else "cirkulære",
        work != "gamle-baenke",
        tuple(t.lemma for t in tokens if not t.stop),
        tuple(p for t in tokens for p in t.parts),
        (),
        tuple(t.exact for t in tokens),
    )


@pytest.fixture(params=names())
def engine(request: pytest.FixtureRequest, words: Analyzer) -> Engine:
    made = create(request.param, None)
    assert made.add(document(words, *row) for row in TEXTS) == len(TEXTS)
    return made


def keys(engine: Engine, node: object, filters: Filters | None = None, limit: int = 10) -> list[int]:
    return [hit.key for hit in engine.search(node, filters or Filters(), limit)]  # type: ignore[arg-type]


def test_both_engines_are_here_in_the_tests() -> None:
    assert names() == ["tantivy", "whoosh"]
    assert choose("auto") == "tantivy"


def test_an_unknown_engine_is_told_with_those_that_are_there() -> None:
    with pytest.raises(QueryError, match="tantivy"):
        choose("lucene")


def test_one_word_finds_what_holds_it(engine: Engine) -> None:
    assert set(keys(engine, Word("lemma", "baenk"))) == {0, 1, 4}


def test_part_of_a_compound_is_found_in_its_own_field(engine: Engine, words: Analyzer) -> None:
    assert 3 in keys(engine, AnyOf(bag(words, "lån")))


def test_all_of_demands_every_word(engine: Engine) -> None:
    assert keys(engine, AllOf((Word("lemma", "baenk"), Word("lemma", "husly"), Word("lemma", "gratis")))) == [1]


def test_any_of_puts_more_hits_first(engine: Engine) -> None:
    found = keys(engine, AnyOf((Word("lemma", "baenk"), Word("lemma", "husly"), Word("lemma", "gratis"))))
    assert found[0] == 1
    assert set(found) == {0, 1, 4}


def test_a_phrase_is_exact_words_side_by_side(engine: Engine) -> None:
    assert keys(engine, Phrase(("til", "raadighed", "for"))) == [0]
    assert keys(engine, Phrase(("raadighed", "til"))) == []


def test_but_leaves_out(engine: Engine) -> None:
    assert set(keys(engine, But(Word("lemma", "baenk"), AnyOf((Word("lemma", "husly"), Word("parts", "husly")))))) == {0}


def test_a_heavier_word_counts_more(engine: Engine) -> None:
    light = keys(engine, AnyOf((Word("lemma", "parasol", 0.01), Word("lemma", "gratis", 5.0))))
    assert light[0] == 1


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(works=frozenset({"baenkeloven"})), {0, 1}),
        (Filters(kinds=frozenset({"cirkulære"})), {4}),
        (Filters(current_only=True), {0, 1}),
        (Filters(versions=frozenset({1, 2})), {0, 1}),
        (Filters(versions=frozenset()), set()),
        (Filters(current_only=True, works=frozenset({"gamle-baenke"})), set()),
    ],
)
def test_filters_narrow(engine: Engine, filters: Filters, expected: set[int]) -> None:
    assert set(keys(engine, Word("lemma", "baenk"), filters)) == expected


def test_a_filter_does_not_change_the_score(engine: Engine) -> None:
    free = {h.key: h.score for h in engine.search(Word("lemma", "baenk"), Filters(), 10)}
    narrow = {h.key: h.score for h in engine.search(Word("lemma", "baenk"), Filters(works=frozenset({"baenkeloven"})), 10)}
    assert narrow == pytest.approx({key: free[key] for key in narrow})


def test_the_limit_is_kept_and_the_best_come_first(engine: Engine) -> None:
    assert len(keys(engine, Word("lemma", "baenk"), limit=2)) == 2
    scores = [h.score for h in engine.search(Word("lemma", "baenk"), Filters(), 10)]
    assert scores == sorted(scores, reverse=True)


def test_nothing_asked_finds_nothing(engine: Engine) -> None:
    assert keys(engine, AnyOf(())) == []
    assert keys(engine, Word("lemma", "findesikke")) == []


def test_a_version_is_replaced_whole(engine: Engine, words: Analyzer) -> None:
    engine.add([document(words, 9, 1, "baenkeloven", "Nu handler den om borde")], replacing=[1])
    assert engine.count() == len(TEXTS) - 1
    assert keys(engine, Word("lemma", "bord")) == [9]
    assert set(keys(engine, Word("lemma", "baenk"))) == {4}


def test_adding_is_all_or_nothing(engine: Engine, words: Analyzer) -> None:
    def broken() -> object:
        yield document(words, 20, 9, "x", "halvt")
        raise RuntimeError("killed half-way")

    with pytest.raises(RuntimeError):
        engine.add(broken(), replacing=[1])  # type: ignore[arg-type]
    assert engine.count() == len(TEXTS)
    assert set(keys(engine, Word("lemma", "baenk"))) == {0, 1, 4}


@pytest.mark.parametrize("name", names())
def test_an_index_on_disk_opens_again(tmp_path: Path, words: Analyzer, name: str) -> None:
    first = create(name, tmp_path / "index")
    first.add(document(words, *row) for row in TEXTS)
    first.close()
    again = open_existing(name, tmp_path / "index")
    assert again.count() == len(TEXTS)
    assert set(keys(again, Word("lemma", "baenk"))) == {0, 1, 4}
    again.close()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("bænk AND husly", {1, 4}),
        ("bænk OG husly", {1, 4}),
        ("gratis OR solen", {1, 2}),
        ("bænk NOT husly", {0, 3}),
        ("bænk IKKE husly", {0, 3}),
        ('"til rådighed"', {0, 2}),
        ('"til rådighed" NOT bænk', {2}),
        ("(gratis ELLER natten) AND bænk", {0, 1}),
        ("paras*", {2, 3}),
        ("bænke", {0, 1, 3, 4}),
    ],
)
def test_the_query_language_says_the_same_to_every_engine(engine: Engine, words: Analyzer, query: str, expected: set[int]) -> None:
    vocabulary = ["parasollen", "parasoludlaan"]
    assert set(keys(engine, parse(query, words, lambda beginning: [w for w in vocabulary if w.startswith(beginning)]))) == expected


@pytest.mark.parametrize("query", ['"uden ende', "(bænk"])
def test_a_query_that_cannot_be_read_is_told_in_plain_words(words: Analyzer, query: str) -> None:
    with pytest.raises(QueryError, match="mangler"):
        parse(query, words, lambda _: [])
