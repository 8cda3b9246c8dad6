"""Reading the cards: every fault has its file and place, and every other card is kept."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from small import CARDS, write_small_corpus

from vidensplatform.errors import EnvironmentError_
from vidensplatform.knowledge.checking import check
from vidensplatform.knowledge.loading import Corpus, digest_of, files_of, load


def changed(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def ids(corpus: Corpus) -> set[str]:
    cards = corpus.cards
    return {*cards.situations, *cards.options, *cards.duties, *cards.practice}


ALL = {Path(name).stem for name in CARDS if not name.startswith("terms/")}


def test_the_small_corpus_is_read_whole(cards_folder: Path) -> None:
    corpus = load(cards_folder)
    assert corpus.faults == ()
    assert ids(corpus) == ALL
    assert [t.word for t in corpus.cards.terms] == ["siddeplads", "skammel"]
    assert list(corpus.cards.areas) == ["bolig", "skygge"]
    assert corpus.registry.slug_for("BÆL") == "baenkeloven"
    assert corpus.registry.by_eli == {"lta/2031/7": "baenkeloven"}
    assert corpus.cards_by_section["baenkeloven", "1"] == ("laanebaenk", "altid-vejlede")


OPTION, SITUATION, DUTY, PRACTICE = "options/parasol.toml", "situations/for-meget-sol.toml", "duties/klage-over-baenk.toml", "practice/pm-9-31.toml"


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "reason"),
    [
        (OPTION, "authority =", "autority =", "autority", "ukendt nøgle"),
        (OPTION, "authority =", "autority =", "authority", "mangler"),
        (OPTION, 'obligation = "frivillig"', 'obligation = "måske"', "obligation", "»måske« er ikke en af de tilladte"),
        (OPTION, "title =", "# title =", "title", "mangler"),
        (OPTION, 'title = "Udlån af parasol"', "title = 7", "title", "skal være tekst"),
        (OPTION, 'areas = ["skygge"]', 'areas = "skygge"', "areas", "skal være en liste"),
        (OPTION, 'areas = ["skygge"]', "areas = []", "areas", "for kort"),
        (OPTION, 'areas = ["skygge"]', 'areas = ["Skygge og sol"]', "areas → 0", "forkert form"),
        (OPTION, 'conditions = ["Om solen generer"]', 'conditions = ["x"]', "conditions → 0", "for kort"),
        (OPTION, "parasolloven/9", "parasolloven § 9", "basis → 0 → provision", "»parasolloven § 9« har en forkert form"),
        (OPTION, "parasolloven/9", "parasolloven/9/1/2/bc", "provision", "forkert form"),
        (OPTION, "parasolloven/9", "parasolloven", "provision", "forkert form"),
        (OPTION, '[[basis]]\nprovision = "parasolloven/9"', "", "basis", "mangler"),
        (OPTION, "obligation =", 'urgent = "ja ja"\nobligation =', "urgent", "true eller false"),
        (
            OPTION,
            'provision = "parasolloven/9"',
            'provision = "parasolloven/9"\nchecked = { version = "1129", text_sha256 = "x", on = 2031-01-01 }',
            "checked → version",
            "form",
        ),
        (SITUATION, 'words = ["solskoldet", "brænder i solen", "mangler skygge"]', 'words = ["solskoldet"]', "words", "for kort"),
        (SITUATION, 'options = ["parasol", "laanebaenk"]', "", "options", "mangler"),
        (DUTY, 'kind = "lovbestemt"', 'kind = "vist nok"', "deadlines → 0 → kind", "tilladte"),
        (DUTY, 'length = "4 uger"', "", "deadlines → 0 → length", "mangler"),
        (PRACTICE, 'status = "gældende"', 'status = "vissen"', "status", "»vissen«"),
        (PRACTICE, 'kind = "principmeddelelse"', 'kind = "sladder"', "kind", "»sladder«"),
        (PRACTICE, 'read_in = "Opfundet til prøverne"', "", "read_in", "mangler"),
    ],
)
def test_a_wrong_card_is_told_with_file_and_place_and_the_rest_is_kept(
    cards_folder: Path, file: str, old: str, new: str, place: str, reason: str
) -> None:
    changed(cards_folder, file, old, new)
    corpus = load(cards_folder)
    told = [f for f in corpus.faults if f.file == file and place in f.place and reason in f.reason]
    assert told, [str(f) for f in corpus.faults]
    assert {f.file for f in corpus.faults} == {file}
    assert ids(corpus) == ALL - {Path(file).stem}
    assert len(corpus.cards.terms) == 2


def test_broken_toml_is_told_with_its_line(cards_folder: Path) -> None:
    (cards_folder / OPTION).write_text('title = "Parasol"\nsummary = "Ingen ende\nareas = []\n', encoding="utf-8")
    corpus = load(cards_folder)
    (fault,) = corpus.faults
    assert (fault.file, fault.place) == (OPTION, "linje 2")
    assert "TOML" in fault.reason
    assert ids(corpus) == ALL - {"parasol"}


def test_a_card_that_is_not_utf8_is_told(cards_folder: Path) -> None:
    (cards_folder / OPTION).write_bytes("title = 'Udlån'".encode("latin-1"))
    (fault,) = load(cards_folder).faults
    assert fault.file == OPTION
    assert "UTF-8" in fault.reason


def test_a_file_whose_name_can_be_no_id_is_told(cards_folder: Path) -> None:
    (cards_folder / OPTION).rename(cards_folder / "options/Parasol til låns.toml")
    (fault,) = load(cards_folder).faults
    assert (fault.file, fault.place) == ("options/Parasol til låns.toml", "id")


def test_a_card_cannot_give_itself_another_id_than_its_file(cards_folder: Path) -> None:
    changed(cards_folder, OPTION, "title =", 'id = "paraply"\ntitle =')
    corpus = load(cards_folder)
    assert [f.file for f in corpus.faults] == [OPTION]
    assert all(card.id == key for key, card in corpus.cards.options.items())


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ('word = "siddeplads"', "", "[[term]] nr. 1 word", "mangler"),
        ('kind = "falsk ven"', 'kind = "uven"', "[[term]] nr. 2 kind", "»uven«"),
        ('legal = ["bænk"]\noptions = ["laanebaenk"]', "", "[[term]] nr. 1", "fører ingen steder hen"),
        ("[[term]]", "[[ord]]", "ord", "ukendt nøgle"),
    ],
)
def test_a_wrong_term_is_told_and_the_others_are_kept(cards_folder: Path, old: str, new: str, place: str, reason: str) -> None:
    changed(cards_folder, "terms/baenke.toml", old, new)
    corpus = load(cards_folder)
    assert [f for f in corpus.faults if f.file == "terms/baenke.toml" and place in f.place and reason in f.reason], corpus.faults
    assert len(corpus.cards.terms) == 1


def test_terms_that_are_no_list_are_told(cards_folder: Path) -> None:
    (cards_folder / "terms/baenke.toml").write_text('term = "siddeplads"\n', encoding="utf-8")
    (fault,) = load(cards_folder).faults
    assert "liste af tabeller" in fault.reason


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ('name = "bænkeloven"', 'navn = "bænkeloven"', "[baenkeloven] navn", "ukendt nøgle"),
        ('name = "bænkeloven"', 'navn = "bænkeloven"', "[baenkeloven] name", "nøglen mangler"),
        ("[baenkeloven]", 'udgave = "2031"\n[baenkeloven]', "udgave", "tabel"),
        ('abbreviations = ["BÆL"]', 'abbreviations = "BÆL"', "[baenkeloven] abbreviations", "liste"),
        ('name = "bænkeloven"', "name = 7", "[baenkeloven] name", "tekst"),
    ],
)
def test_a_wrong_act_in_the_registry_is_told(cards_folder: Path, old: str, new: str, place: str, reason: str) -> None:
    changed(cards_folder, "laws.toml", old, new)
    corpus = load(cards_folder)
    assert [f for f in corpus.faults if f.file == "laws.toml" and f.place == place and reason in f.reason], corpus.faults
    assert corpus.registry.act("parasolloven") is not None
    assert ids(corpus) == ALL


def test_a_wrong_area_is_told_and_the_others_are_kept(cards_folder: Path) -> None:
    changed(cards_folder, "areas.toml", 'words = ["husly"]', 'wrods = ["husly"]')
    corpus = load(cards_folder)
    assert [(f.file, f.place) for f in corpus.faults] == [("areas.toml", "[bolig] wrods")]
    assert list(corpus.cards.areas) == ["skygge"]


def test_law_that_moved_is_read_and_wrong_rows_are_told(cards_folder: Path) -> None:
    good = '[[moved]]\nold = "baenkeloven/7"\nnew = ["parasolloven/9"]\non = 2032-01-01\n'
    (cards_folder / "forwarding.toml").write_text(good + '[[moved]]\nold = "baenkeloven"\nnew = []\non = 2032-01-01\n', encoding="utf-8")
    corpus = load(cards_folder)
    assert [m.old for m in corpus.cards.moved] == ["baenkeloven/7"]
    assert {f.place for f in corpus.faults} == {"[[moved]] nr. 2 old", "[[moved]] nr. 2 new"}


def test_what_an_editor_leaves_behind_does_not_stop_the_program(cards_folder: Path) -> None:
    (cards_folder / "options" / "parasol.toml~").write_text("gammel")
    (cards_folder / "options" / ".#parasol.toml").symlink_to("konsulent@maskine.1234")
    (cards_folder / "options" / "mappe.toml").mkdir()
    corpus = load(cards_folder)
    assert ids(corpus) == ALL


@pytest.mark.parametrize("there", [False, True])
def test_a_folder_without_a_registry_is_no_corpus(tmp_path: Path, *, there: bool) -> None:
    folder = tmp_path / "tom"
    if there:
        folder.mkdir()
    with pytest.raises(EnvironmentError_, match=r"laws\.toml") as told:
        load(folder)
    assert told.value.action


# -- the cache ---------------------------------------------


def same(one: Corpus, other: Corpus) -> bool:
    return (one.cards, one.registry.acts, one.faults, one.digest) == (other.cards, other.registry.acts, other.faults, other.digest)


def test_the_cache_gives_the_same_corpus(cards_folder: Path, tmp_path: Path) -> None:
    (cards_folder / "forwarding.toml").write_text('[[moved]]\nold = "baenkeloven/7"\nnew = ["parasolloven/9"]\non = 2032-01-01\n', encoding="utf-8")
    cache = tmp_path / "cache"
    fresh = load(cards_folder, cache)
    assert len(list(cache.iterdir())) == 1
    assert same(load(cards_folder, cache), fresh)
    assert same(load(cards_folder), fresh)


def test_the_cache_is_really_used(cards_folder: Path, tmp_path: Path) -> None:
    load(cards_folder, tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_text(kept.read_text(encoding="utf-8").replace("Udlån af parasol", "Udlån af paraply"), encoding="utf-8")
    assert load(cards_folder, tmp_path / "cache").cards.options["parasol"].title == "Udlån af paraply"


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b'{"cards": 7}', b"\xff\xfe", b'{"cards": {}, "acts": [{}]}', b'{"cards": {}, "acts": [{"abbreviations": 1}]}', b"null"],
)
def test_a_damaged_cache_is_ignored_and_made_anew(cards_folder: Path, tmp_path: Path, damage: bytes) -> None:
    fresh = load(cards_folder, tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(damage)
    assert same(load(cards_folder, tmp_path / "cache"), fresh)
    assert json.loads(kept.read_bytes()) == json.loads(whole)


def test_a_cache_that_cannot_be_written_only_costs_time(cards_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("en fil, ingen mappe")
    assert same(load(cards_folder, tmp_path / "cache"), load(cards_folder))


def test_faults_are_told_every_time_and_never_hidden_by_the_cache(cards_folder: Path, tmp_path: Path) -> None:
    changed(cards_folder, OPTION, "authority =", "autority =")
    assert load(cards_folder, tmp_path / "cache").faults
    assert load(cards_folder, tmp_path / "cache").faults


def appended(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def renamed(path: Path) -> None:
    path.rename(path.with_name("et-andet-navn.toml"))


@pytest.mark.parametrize("change", [appended, renamed, os.unlink])
@pytest.mark.parametrize("file", [*CARDS, "areas.toml"])
def test_the_digest_changes_with_any_file(cards_folder: Path, file: str, change: Callable[[Path], None]) -> None:
    before = digest_of(cards_folder, files_of(cards_folder))
    assert digest_of(cards_folder, files_of(cards_folder)) == before
    change(cards_folder / file)
    assert digest_of(cards_folder, files_of(cards_folder)) != before


def test_the_digest_does_not_depend_on_where_the_folder_lies(cards_folder: Path, tmp_path: Path) -> None:
    before = load(cards_folder).digest
    cards_folder.rename(tmp_path / "flyttet")
    assert load(tmp_path / "flyttet").digest == before


# -- the program's own -------------------------------------


def test_the_programs_own_cards_are_read_without_faults(corpus: Corpus) -> None:
    assert [str(fault) for fault in corpus.faults] == []


def test_there_is_enough_to_begin_with(corpus: Corpus) -> None:
    cards = corpus.cards
    assert len(cards.situations) >= 25
    assert len(cards.options) >= 70
    assert len(cards.duties) >= 20
    assert len(cards.terms) >= 150


def test_two_duties_always_stand_there(corpus: Corpus) -> None:
    standing = [d for d in corpus.cards.duties.values() if d.always]
    sections = {(b.law, b.address.section) for d in standing for b in d.basis}
    assert {("retssikkerhedsloven", "5"), ("forvaltningsloven", "7")} <= sections
    assert len(standing) <= 3


def test_every_situation_reaches_options_and_no_option_twice(corpus: Corpus) -> None:
    cards = corpus.cards
    for situation in cards.situations.values():
        reached = [i for i in situation.options if i in cards.options]
        assert len(reached) >= 2, situation.id
        assert len(set(situation.options)) == len(situation.options), situation.id
        assert situation.id not in situation.ask, situation.id


def test_most_situations_reach_across_acts(corpus: Corpus) -> None:
    cards = corpus.cards
    laws = [len({b.law for i in s.options if i in cards.options for b in cards.options[i].basis}) for s in cards.situations.values()]
    assert sum(n >= 2 for n in laws) >= 0.8 * len(laws)


def test_no_card_leads_to_itself_and_everything_asked_about_has_a_question(corpus: Corpus) -> None:
    cards = corpus.cards
    for option in cards.options.values():
        assert option.id not in (*option.adjacent, *option.if_refused), option.id
    asked = {other for s in cards.situations.values() for other in s.ask if other in cards.situations}
    assert [other for other in sorted(asked) if not cards.situations[other].question] == []


def test_no_two_cards_share_an_id(corpus: Corpus) -> None:
    cards = corpus.cards
    everything = [*cards.situations, *cards.options, *cards.duties, *cards.practice]
    assert sorted({i for i in everything if everything.count(i) > 1}) == []


def test_every_abbreviation_leads_to_one_act(corpus: Corpus) -> None:
    seen: dict[str, str] = {}
    for act in corpus.registry.acts.values():
        for abbreviation in act.abbreviations:
            assert seen.setdefault(abbreviation.lower(), act.slug) == act.slug, abbreviation
            assert corpus.registry.slug_for(abbreviation) == act.slug, abbreviation


def test_the_programs_own_cards_break_no_rule(corpus: Corpus) -> None:
    assert [str(fault) for fault in check(corpus)] == []


def test_synonyms_are_groups_of_at_least_two_words(tmp_path: Path) -> None:
    folder = write_small_corpus(tmp_path / "corpus")
    (folder / "synonyms.toml").write_text('groups = [["bænk", "skammel"]]', encoding="utf-8")
    assert load(folder).cards.synonyms == (("bænk", "skammel"),)
    (folder / "synonyms.toml").write_text('groups = [["bænk"]]', encoding="utf-8")
    (fault,) = load(folder).faults
    assert (fault.file, fault.place) == ("synonyms.toml", "groups → 0")
