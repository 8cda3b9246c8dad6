"""What does not belong in an answer: cards that share only a word for anybody, cards for a person nobody named, practice without a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small import quick, write_small_corpus

from vidensplatform.knowledge.loading import load
from vidensplatform.search.analysis import Analyzer
from vidensplatform.search.answering import Question
from vidensplatform.search.answers import Answer
from vidensplatform.search.persons import Person, meant, persons_in, persons_of
from vidensplatform.settings import Home
from vidensplatform.workbench import Workbench

OPTION = """
title = "{title}"
summary = "{summary}"
obligation = "skal"
areas = ["{area}"]
words = [{words}]
authority = "Byrådet"
conditions = ["Om det er nødvendigt"]
no_complaint = "Loven er ikke læst"
urgent = {urgent}
[[basis]]
provision = "parasolloven/10"
"""
AREAS = """
[smaa]
title = "Sandkassen"
ages = [0, 17]

[gamle]
title = "Gyngestolen"
ages = [60, 110]
"""
PRACTICE = """
title = "{title}"
kind = "principmeddelelse"
label = "{label}"
holding = "{holding}"
status = "gældende"
read_in = "Opfundet til prøverne"
words = [{words}]
"""


def option(title: str, summary: str, area: str, *words: str, urgent: bool = False) -> str:
    return OPTION.format(title=title, summary=summary, area=area, words=", ".join(f'"{w}"' for w in words), urgent=str(urgent).lower())


def practice(label: str, title: str, holding: str, *words: str) -> str:
    return PRACTICE.format(label=label, title=title, holding=holding, words=", ".join(f'"{w}"' for w in words))


CARDS = {
    "options/spand.toml": option(
        "Spand og skovl til et barn", "En spand til den, der graver i sand med sin mor.", "smaa", "sandkasse", "grave tunnel"
    ),
    "options/gynge.toml": option("Gyngestol", "En stol, der vugger.", "gamle", "gyngestol", "vugge i søvn"),
    "options/drage.toml": option("En drage at sætte op", "Til den, som har mor med i blæst og ser en kite på himlen.", "bolig", "papirdrage"),
    "options/lygte.toml": option("Lygte til mørket", "Lyser, når natten er mørk.", "bolig", "lygte", "bange i mørke", urgent=True),
    "practice/pm-1-31.toml": practice("PM 1-31", "Papirdrage i et piletræ", "En drage i et træ hentes ned.", "piletræ"),
    "practice/pm-2-31.toml": practice("PM 2-31", "En mand og en bænk", "Manden sad ned, før dagen var omme.", "sidde ned"),
}


@pytest.fixture(scope="module")
def corpus_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_small_corpus(tmp_path_factory.mktemp("noise") / "corpus")
    (folder / "areas.toml").write_text((folder / "areas.toml").read_text(encoding="utf-8") + AREAS, encoding="utf-8")
    for name, text in CARDS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def bench(corpus_folder: Path) -> Iterator[Workbench]:
    with Workbench.open(quick(Home(corpus_folder.parent / "home")), corpus=corpus_folder) as bench:
        assert bench.corpus.faults == ()
        yield bench


def ask(bench: Workbench, text: str) -> Answer:
    return bench.search(Question(text))


def options(bench: Workbench, text: str) -> list[str]:
    return [hit.id for hit in ask(bench, text).options]


# -- words that tell nothing -------------------------------


def test_a_word_for_a_person_alone_brings_no_card(bench: Workbench) -> None:
    assert not {"drage", "spand"} & set(options(bench, "min mor"))
    assert "drage" in options(bench, "min mor så en kite")


def test_a_word_for_a_person_adds_no_reason_to_recognised_help(bench: Workbench) -> None:
    assert "drage" not in options(bench, "min mor har ingen bænk")
    assert "laanebaenk" in options(bench, "min mor har ingen bænk")


# -- persons nobody named ----------------------------------


@pytest.mark.parametrize("text", ["graver i sand", "mand graver i sand", "kvinde på 82 graver i sand"])
def test_a_card_for_children_needs_a_child_in_the_story(bench: Workbench, text: str) -> None:
    assert "spand" not in options(bench, text)


@pytest.mark.parametrize("text", ["dreng graver i sand", "på 9 år graver i sand", "elev i 2. klasse graver i sand"])
def test_with_a_child_in_the_story_it_is_found(bench: Workbench, text: str) -> None:
    assert "spand" in options(bench, text)


def test_a_card_called_by_its_own_phrase_is_shown_whoever_it_is_for(bench: Workbench) -> None:
    assert "spand" in options(bench, "sandkasse")


def test_an_age_rules_out_cards_for_other_ages_however_they_were_found(bench: Workbench) -> None:
    assert "spand" not in options(bench, "mand på 45 ved en sandkasse")
    assert "spand" in options(bench, "mand på 45 og et barn ved en sandkasse")
    assert "spand" in options(bench, "PARA § 10, mand på 45")


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("mand sover i en bil", [], set()),
        ("min mand sover i en bil", [], {Person.RELATIVE}),
        ("min søn sover", [], {Person.CHILD, Person.YOUNG, Person.OLD, Person.RELATIVE}),
        ("min mor falder", [82], {Person.OLD, Person.RELATIVE}),
        ("børnetøj", [], {Person.CHILD, Person.YOUNG, Person.RELATIVE}),
        ("en på gaden", [24], {Person.YOUNG}),
        ("en på gaden", [45], set()),
        ("pensionisten falder", [], {Person.OLD}),
    ],
)
def test_persons_are_heard_in_words_and_ages(words: Analyzer, text: str, told: list[int], expected: set[Person]) -> None:
    assert persons_in(words.tokens(text), told) == expected


def test_whom_a_card_is_for_stands_in_its_title_or_its_areas(corpus_folder: Path, words: Analyzer) -> None:
    cards = load(corpus_folder).cards
    assert persons_of(cards.options["spand"], cards.areas, words) == {Person.CHILD}
    assert persons_of(cards.options["gynge"], cards.areas, words) == {Person.OLD}
    assert persons_of(cards.options["drage"], cards.areas, words) == frozenset()


def test_a_card_for_everybody_is_always_meant() -> None:
    assert meant(None, frozenset())
    assert meant(frozenset(), frozenset({Person.CHILD}))
    assert meant(frozenset({Person.CHILD, Person.YOUNG}), frozenset({Person.YOUNG}))
    assert not meant(frozenset({Person.CHILD}), frozenset({Person.OLD}))


# -- urgent ------------------------------------------------


def test_urgent_is_said_of_a_story_not_of_a_card(bench: Workbench) -> None:
    marks = {text: {hit.id: hit.urgent for hit in ask(bench, text).options} for text in ("ingen bænk", "solskoldet", "lygte")}
    assert marks["ingen bænk"]["laanebaenk"]
    assert not marks["solskoldet"]["laanebaenk"]
    assert marks["lygte"]["lygte"]
    assert not ask(bench, "natten er mørk").options[0].urgent


# -- practice ----------------------------------------------


def test_practice_with_a_common_word_of_the_story_is_left_out(bench: Workbench) -> None:
    assert ask(bench, "en mand ser en dag sin mor").practice == ()


def test_practice_is_found_by_a_rare_word_and_by_its_number(bench: Workbench) -> None:
    assert [p.label for p in ask(bench, "noget sidder i et piletræ").practice] == ["PM 1-31"]
    assert ask(bench, "PM 2-31").practice[0].label == "PM 2-31"


def test_practice_follows_the_first_options(bench: Workbench) -> None:
    assert [p.label for p in ask(bench, "står op hele natten").practice] == ["PM 9-31"]
