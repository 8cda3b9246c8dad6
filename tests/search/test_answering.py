"""From a question to an answer, over the small corpus and two invented acts: with each engine, and without any law at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import BENCH_SECTIONS, act, parasol_act, quick, section, write_small_corpus, written

from vidensplatform.errors import QueryError
from vidensplatform.knowledge.loading import load
from vidensplatform.search.answering import Question
from vidensplatform.search.answers import Answer
from vidensplatform.search.engines import names
from vidensplatform.settings import Home
from vidensplatform.update import import_paths
from vidensplatform.workbench import Workbench

STORY = "mand står op hele natten, ingen bænk og solskoldet"


def opened(folder: Path, engine: str, *, with_law: bool = True) -> Workbench:
    corpus = write_small_corpus(folder / "corpus")
    home = quick(Home(folder / "home"))
    if with_law:
        law = written(
            folder / "love",
            nu=act(),
            foer=act(section("1", "Før stod der en skammel på torvet."), year=2029, number=5, status="Historic", historic="2031-02-03"),
            parasol=parasol_act(),
            bek=act(
                section("1", "Bænken males grøn af byrådet."),
                title="Bekendtgørelse om bænkes farve",
                popular="",
                number=40,
                kind="BEK H",
                suffix="05",
            ),
        )
        assert import_paths([law], home, corpus=load(corpus), engine=engine).new == 4
    return Workbench.open(home, engine=engine, corpus=corpus)


@pytest.fixture(scope="module", params=names())
def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with opened(tmp_path_factory.mktemp("answering"), request.param) as bench:
        assert bench.index_is_current
        yield bench


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with opened(tmp_path_factory.mktemp("bare"), "auto", with_law=False) as bench:
        yield bench


def ask(bench: Workbench, text: str, **more: object) -> Answer:
    return bench.search(Question(text, **more))  # type: ignore[arg-type]


def ids(cards: object) -> list[str]:
    return [card.id for card in cards]  # type: ignore[attr-defined]


# -- options and duties ------------------------------------


def test_a_situation_is_answered_across_acts_and_every_option_says_why(bench: Workbench) -> None:
    found = ask(bench, STORY)
    assert ids(found.options) == ["laanebaenk", "parasol"]
    assert {p.law for o in found.options for p in o.provisions} == {"baenkeloven", "parasolloven"}
    assert all(o.why for o in found.options)
    assert any("intet sted at sidde" in why and "bænk" in why for why in found.options[0].why)


def test_what_was_recognised_is_shown_with_the_words_that_revealed_it(bench: Workbench) -> None:
    chips = {c.id: c for c in ask(bench, STORY).recognised}
    assert chips["uden-husly"].kind == "situation"
    assert chips["uden-husly"].urgent
    assert {"ingen", "bænk"} <= set(chips["uden-husly"].words)
    assert chips["for-meget-sol"].words == ("solskoldet",)
    assert {chips["bolig"].kind, chips["skygge"].kind} == {"need"}


def test_what_is_urgent_stands_first(bench: Workbench) -> None:
    found = ask(bench, "parasol, solskoldet, ingen bænk")
    assert found.options[0].id == "laanebaenk"
    assert found.options[0].urgent
    assert found.recognised[0].id == "uden-husly"


def test_what_is_not_urgent_here_does_not_push_ahead(bench: Workbench) -> None:
    assert ids(ask(bench, "solskoldet, mangler skygge").options) == ["parasol", "laanebaenk"]


@pytest.mark.parametrize("text", [STORY, "parasol", "bænk", "BÆL § 1", "noget helt andet"])
def test_the_standing_duties_are_always_there(bench: Workbench, text: str) -> None:
    duties = ask(bench, text).duties
    assert duties[0].id == "altid-vejlede"
    assert duties[0].why
    assert len({d.id for d in duties}) == len(duties)


def test_a_duty_goes_with_its_situation_or_when_it_is_named(bench: Workbench) -> None:
    assert "baenkejournal" in ids(ask(bench, "ingen bænk").duties)
    assert "klage-over-baenk" in ids(ask(bench, "hvordan klager man over bænken").duties)
    assert "klage-over-baenk" not in ids(ask(bench, "solskoldet").duties)


def test_practice_goes_with_the_options(bench: Workbench) -> None:
    (practice,) = ask(bench, STORY).practice
    assert (practice.id, practice.label, practice.status) == ("pm-9-31", "PM 9-31", "gældende")


def test_a_need_that_nobody_mentioned_is_asked_about(bench: Workbench) -> None:
    assert [(q.id, q.question) for q in ask(bench, "ingen bænk").questions] == [("for-meget-sol", "Generer solen borgeren?")]
    assert ask(bench, STORY).questions == ()


def test_the_status_of_a_card_is_never_better_than_what_was_read(bench: Workbench) -> None:
    found = ask(bench, STORY)
    assert {o.status for o in found.options} == {"ikke kontrolleret"}
    links = {p.label: p.eli for o in found.options for p in o.provisions}
    assert links == {"BÆL § 1": "lta/2031/7", "PARA § 9": "lta/2031/8"}


def test_the_limit_holds_for_options_and_documents(bench: Workbench) -> None:
    found = ask(bench, STORY, limit=1)
    assert (len(found.options), len(found.documents)) == (1, 1)


def test_scores_fall_from_first_to_last_and_lie_between_0_and_1(bench: Workbench) -> None:
    found = ask(bench, STORY)
    for hits in (found.options, found.duties[1:], found.documents):
        scores = [hit.score for hit in hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)


# -- words -------------------------------------------------


def test_what_is_denied_reveals_nothing(bench: Workbench) -> None:
    assert "for-meget-sol" not in ids(ask(bench, "er ikke solskoldet").recognised)
    assert "for-meget-sol" in ids(ask(bench, "er solskoldet").recognised)


def test_an_everyday_word_brings_its_legal_word(bench: Workbench) -> None:
    found = ask(bench, "siddeplads")
    assert ids(found.options)[0] == "laanebaenk"
    assert any(c.kind == "term" and "bænk" in c.title for c in found.recognised)
    assert "BÆL § 1" in [d.label for d in found.documents]


def test_a_false_friend_is_explained(bench: Workbench) -> None:
    assert ask(bench, "skammel").notes == ("En skammel er en lille bænk, ikke en stol.",)
    assert ask(bench, "parasol").notes == ()


def test_a_misspelt_word_is_asked_about(bench: Workbench) -> None:
    assert ask(bench, "parrasol").did_you_mean == ("parasol",)
    assert ask(bench, "hængekøjje til låns").did_you_mean == ("hængekøje til låns",)
    assert ask(bench, "parasol").did_you_mean == ()


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_question_has_an_empty_answer(bench: Workbench, text: str) -> None:
    found = ask(bench, text)
    assert found.empty
    assert (found.options, found.duties, found.documents) == ((), (), ())


def test_nothing_found_is_said_and_the_duties_stay(bench: Workbench) -> None:
    found = ask(bench, "kvantefysik")
    assert found.empty
    assert ids(found.duties) == ["altid-vejlede"]


# -- chips -------------------------------------------------


def test_a_removed_situation_is_gone_with_what_it_led_to(bench: Workbench) -> None:
    found = ask(bench, "ingen bænk, solskoldet", without=frozenset({"for-meget-sol"}))
    assert "for-meget-sol" not in ids(found.recognised)
    assert "for-meget-sol" not in ids(found.questions)


@pytest.mark.parametrize("text", [STORY, "siddeplads", "skammel i skyggen", "husly"])
def test_every_chip_can_be_removed(bench: Workbench, text: str) -> None:
    chips = ids(ask(bench, text).recognised)
    assert chips
    for chip in chips:
        assert chip not in ids(ask(bench, text, without=frozenset({chip})).recognised), chip


def test_a_situation_put_in_by_hand_counts(bench: Workbench) -> None:
    found = ask(bench, "solskoldet", added=frozenset({"uden-husly", "findes-ikke"}))
    assert {"uden-husly", "for-meget-sol"} <= set(ids(found.recognised))
    assert "baenkejournal" in ids(found.duties)


# -- citations ---------------------------------------------


@pytest.mark.parametrize(
    ("text", "jump"),
    [
        ("BÆL § 1", "baenkeloven/1"),
        ("bænkelovens § 1, stk. 2", "baenkeloven/1/2"),
        ("bænkelovens paragraf 2 a", "baenkeloven/2a"),
        ("§ 9 i lov om parasoller", "parasolloven/9"),
        ("PM 9-31", "pm-9-31"),
    ],
)
def test_a_citation_leads_straight_to_its_target(bench: Workbench, text: str, jump: str) -> None:
    found = ask(bench, text)
    assert found.jump == jump
    assert not found.empty


def test_a_number_without_a_subsection_leads_to_the_number(bench: Workbench) -> None:
    """The only subsection of a section is its first: "§ 13 d, nr. 3" is not "§ 13 d, stk. 3"."""
    assert ask(bench, "BÆL § 2, nr. 1").jump == "baenkeloven/2/1/1"


def test_the_cards_of_a_cited_provision_are_shown(bench: Workbench) -> None:
    found = ask(bench, "BÆL § 1")
    assert found.options[0].id == "laanebaenk"
    assert "Kortet bygger på bestemmelsen" in found.options[0].why
    assert "baenkejournal" in ids(ask(bench, "BÆL § 2").duties)


def test_a_bare_section_is_never_given_an_act_but_offered_those_that_have_it(bench: Workbench) -> None:
    found = ask(bench, "§ 9")
    assert (found.jump, found.candidates) == (None, ("parasolloven/9",))
    assert ask(bench, "§ 1").candidates == ("baenkeloven/1",)
    assert ask(bench, "§ 10").candidates == ("parasolloven/10",)
    assert ask(bench, "§ 777").candidates == ()


def test_a_bare_section_in_a_story_is_no_jump(bench: Workbench) -> None:
    found = ask(bench, "har fået afslag efter § 9 på grund af blæst")
    assert (found.jump, found.candidates) == (None, ())


# -- documents ---------------------------------------------


def labels(answer: Answer) -> list[str]:
    return [d.label for d in answer.documents]


def test_the_text_of_the_law_is_found_with_the_words_that_hit(bench: Workbench) -> None:
    (found,) = ask(bench, "hængekøje").documents
    assert (found.kind, found.law, found.section, found.label, found.eli, found.status) == (
        "lov",
        "baenkeloven",
        "2a",
        "BÆL § 2 a",
        "lta/2031/7",
        "gældende",
    )
    assert [found.snippet.text[a:b] for a, b in found.snippet.hits] == ["hængekøje"]


def test_a_scope_before_the_words_holds_the_search_to_one_act(bench: Workbench) -> None:
    assert {d.law for d in ask(bench, "bæl: bænk").documents} == {"baenkeloven"}
    assert {d.law for d in ask(bench, "parasolloven: bænk").documents} == {"parasolloven"}
    assert ids(ask(bench, "para: solskoldet").options) == ["parasol"]
    assert {d.law for d in ask(bench, "Ukendt: bænk").documents} >= {"baenkeloven", "parasolloven"}


def test_the_law_chosen_by_hand_filters_documents_and_options(bench: Workbench) -> None:
    found = ask(bench, "bænk solskoldet", law="parasolloven")
    assert {d.law for d in found.documents} == {"parasolloven"}
    assert ids(found.options) == ["parasol"]


def test_acts_stand_before_orders(bench: Workbench) -> None:
    kinds = [d.kind for d in ask(bench, "byrådet bænken").documents]
    assert kinds[0] == "lov"
    assert "bekendtgørelse" in kinds


def test_the_kind_of_document_filters(bench: Workbench) -> None:
    assert {d.kind for d in ask(bench, "bænk", kinds=frozenset({"bekendtgørelse"})).documents} == {"bekendtgørelse"}
    assert {d.law for d in ask(bench, "bænk", kinds=frozenset({"lovbekendtgørelse"})).documents} == {"baenkeloven", "parasolloven"}


def test_the_kind_that_an_answer_shows_can_be_asked_for(bench: Workbench) -> None:
    for kind in {d.kind for d in ask(bench, "bænk").documents}:
        assert {d.kind for d in ask(bench, "bænk", kinds=frozenset({kind})).documents} == {kind}


def test_text_that_is_no_longer_shown_is_found_only_when_asked_for(bench: Workbench) -> None:
    assert "lta/2029/5" not in {d.eli for d in ask(bench, "skammel torvet").documents}
    old = next(d for d in ask(bench, "torvet", include_historic=True).documents if d.eli == "lta/2029/5")
    assert old.status == "historisk"


def test_a_question_as_of_a_day_finds_that_days_text(bench: Workbench) -> None:
    then = ask(bench, "torvet", as_of=date(2030, 1, 1))
    assert then.as_of == date(2030, 1, 1)
    assert [d.eli for d in then.documents] == ["lta/2029/5"]
    assert ask(bench, "hængekøje", as_of=date(2030, 1, 1)).documents == ()
    assert ask(bench, "torvet", as_of=date(1950, 1, 1)).documents == ()


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ('"for en nat"', {"1"}),
        ('"nat en for"', set()),
        ("boligindskud AND stykker", set()),
        ("boligindskud OR stykker", {"2a", "2"}),
        ("bæl: byrådet NOT hængekøje NOT stiller", {"3"}),
        ("hængek*", {"2a"}),
    ],
)
def test_the_query_language_asks_exactly(bench: Workbench, text: str, sections: set[str]) -> None:
    assert {d.section for d in ask(bench, text).documents if d.law == "baenkeloven"} == sections


@pytest.mark.parametrize("text", ['"for en nat', "(bænk OG husly"])
def test_a_query_that_cannot_be_read_is_told_in_plain_words(bench: Workbench, text: str) -> None:
    with pytest.raises(QueryError, match="mangler"):
        ask(bench, text)


@pytest.mark.parametrize("text", ["manden (52) har ingen bænk", "ingen bænk :-(", "ingen bænk 1) og 2)", "MANDEN ER TRÆT OG HAR INGEN BÆNK"])
def test_everyday_writing_is_no_query_language(bench: Workbench, text: str) -> None:
    assert {d.law for d in ask(bench, text).documents} >= {"baenkeloven"}


def test_a_provision_that_cards_stand_on_rises(bench: Workbench) -> None:
    assert labels(ask(bench, "bænk husly"))[0] == "BÆL § 1"


def test_the_law_behind_what_no_card_shows_yet_comes_along(bench: Workbench) -> None:
    found = ask(bench, "ingen bænk, solskoldet", limit=1)
    assert ids(found.options) == ["laanebaenk"]
    assert labels(found) == ["PARA § 9"]


def test_one_provision_is_shown_once(bench: Workbench) -> None:
    for text in (STORY, "bænk", "byrådet"):
        shown = labels(ask(bench, text, limit=50))
        assert len(set(shown)) == len(shown)


# -- without law -------------------------------------------


def test_the_cards_answer_alone(bare: Workbench) -> None:
    found = ask(bare, STORY)
    assert ids(found.options) == ["laanebaenk", "parasol"]
    assert found.documents == ()
    assert {p.eli for o in found.options for p in o.provisions} == {None}
    assert ids(found.duties)[0] == "altid-vejlede"


def test_words_of_the_cards_are_suggested_without_law(bare: Workbench) -> None:
    assert "parasol" in [s.word for s in bare.suggest("paras")]
    assert ask(bare, "parrasol").did_you_mean == ("parasol",)


# -- whatever is typed -------------------------------------

pieces = st.sampled_from(
    [
        "bænk",
        "§ 1",
        "§",
        "stk. 2",
        "BÆL",
        "bæl:",
        "parasollovens",
        "OG",
        "ELLER",
        "IKKE",
        "NOT",
        "AND",
        "OR",
        '"',
        '"en nat"',
        "(",
        ")",
        "*",
        "b*",
        "ikke",
        "uden",
        "010190-1234",
        "æ",
        "ß",
        "🪑",
        "…",
        "~2",
        "^3",
        "field:x",
        "lemma:bænk",
        "[a TO b]",
        "\\",
        "/",
        "PM 9-31",
        "\xa0",
        "́",
        "İ",
        "nr. 0",
        "§§ 1-3",
    ]
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.lists(pieces, max_size=8).map(" ".join), st.lists(pieces, max_size=6).map("".join), st.text(st.characters(codec="utf-8"), max_size=30)
    )
)
def test_whatever_is_typed_is_answered_or_told(bench: Workbench, text: str) -> None:
    with suppress(QueryError):
        found = ask(bench, text)
        assert found.to_json()["query"] == text
        assert all(o.why for o in found.options)


# -- the contract ------------------------------------------


def test_the_json_is_as_the_contract_has_it(bench: Workbench) -> None:
    found = ask(bench, STORY).to_json()
    assert {"query", "as_of", "engine", "took_ms", "recognised", "options", "duties", "practice", "documents"} <= found.keys()
    assert found["engine"] == bench.engine_name
    assert found["took_ms"] > 0
    date.fromisoformat(found["as_of"])
    for chip in found["recognised"]:
        assert {"id", "title", "kind", "words"} <= chip.keys()
        assert chip["kind"] in ("situation", "need", "term")
    for card in (*found["options"], *found["duties"]):
        assert {"id", "title", "obligation", "score", "why", "status", "provisions"} <= card.keys()
        assert card["obligation"] in ("skal", "kan", "frivillig")
        assert card["status"] in ("kontrolleret", "ændret siden kontrol", "ikke kontrolleret")
        for provision in card["provisions"]:
            assert {"law", "section", "subsection", "label", "eli"} <= provision.keys()
    assert found["practice"]
    assert all({"id", "label", "status", "title"} <= p.keys() for p in found["practice"])
    assert found["documents"]
    for document in found["documents"]:
        assert {"kind", "title", "law", "section", "label", "eli", "status", "snippet", "score"} <= document.keys()
    assert len(BENCH_SECTIONS) == 4


# -- first of all ------------------------------------------


def test_what_cannot_wait_is_told_apart(bench: Workbench) -> None:
    assert [c.id for c in ask(bench, STORY).urgent] == ["uden-husly"]
    assert ask(bench, "solskoldet, mangler skygge").urgent == ()
    told = ask(bench, STORY).to_json()["urgent"]
    assert [(row["id"], row["title"]) for row in told] == [("uden-husly", "Borgeren har intet sted at sidde")]


FORWARDING = """
[[moved]]
old = "baenkeloven/77"
new = ["parasolloven/9"]
on = 2031-01-01
note = "Skygge hører nu til parasollerne"
words = ["skyggebevis"]
"""


@pytest.fixture(scope="module")
def forwarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    folder = tmp_path_factory.mktemp("forwarded")
    corpus = write_small_corpus(folder / "corpus")
    (corpus / "forwarding.toml").write_text(FORWARDING, encoding="utf-8")
    with Workbench.open(quick(Home(folder / "home")), corpus=corpus) as bench:
        yield bench


@pytest.mark.parametrize("text", ["BÆL § 77", "hvad siger bænkelovens § 77 i dag", "må han få et skyggebevis"])
def test_law_that_moved_is_answered_with_where_it_stands_now(forwarded: Workbench, text: str) -> None:
    found = ask(forwarded, text)
    (moved,) = found.moved
    assert (moved.old_label, moved.new_labels, moved.on) == ("BÆL § 77", ("PARA § 9",), date(2031, 1, 1))
    assert found.options[0].id == "parasol"
    assert found.to_json()["moved"] == [
        {
            "old": "baenkeloven/77",
            "label": "BÆL § 77",
            "new": [{"provision": "parasolloven/9", "label": "PARA § 9"}],
            "on": "2031-01-01",
            "note": "Skygge hører nu til parasollerne",
        }
    ]


@pytest.mark.parametrize("text", ["BÆL § 1", "et bevis", STORY])
def test_nothing_else_has_moved(forwarded: Workbench, text: str) -> None:
    assert ask(forwarded, text).moved == ()


# -- nothing found -----------------------------------------


def test_what_was_understood_is_told_and_words_nearby_are_offered(bare: Workbench) -> None:
    found = ask(bare, "parasolerne i fjordby")
    assert found.understood == ("parasolerne",)
    found = ask(bare, "skyggelegning")
    assert (found.options, found.understood) == ((), ())
    assert found.nearby == ("skygge",)


def test_no_words_nearby_are_offered_beside_an_answer(bare: Workbench) -> None:
    assert ask(bare, "parasol til skyggelegning").nearby == ()


def test_a_word_that_only_the_law_has_brings_no_options(bench: Workbench) -> None:
    found = ask(bench, "hængekøje")
    assert found.options == ()
    assert [d.section for d in found.documents] == ["2a"]
