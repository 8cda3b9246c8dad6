"""What makes a corpus wrong: one test a rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import DUTY, OPTION, PRACTICE, SITUATION, TERMS, faults

from vidensplatform.knowledge.checking import check
from vidensplatform.knowledge.loading import load


def test_a_corpus_that_is_right_has_no_faults(cards_folder: Path) -> None:
    assert faults(cards_folder) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        (SITUATION, 'areas = ["skygge"]', 'areas = ["sol"]', "areas"),
        (SITUATION, '"laanebaenk"', '"laanestol", "laanebaenk"', "options"),
        (SITUATION, "question =", 'duties = ["stoleskat"]\nquestion =', "duties"),
        (SITUATION, "question =", 'ask = ["regnvejr"]\nquestion =', "ask"),
        (OPTION, 'areas = ["skygge"]', 'areas = ["sol"]', "areas"),
        (OPTION, "authority =", 'if_refused = ["solhat"]\nauthority =', "if_refused"),
        (OPTION, "authority =", 'adjacent = ["solhat"]\nauthority =', "adjacent"),
        (OPTION, 'no_complaint = "Loven er ikke læst"', 'complaint = "klag-bare"', "complaint"),
        (OPTION, "[[basis]]", '[[practice]]\nid = "pm-1-99"\n[[basis]]', "practice"),
        (DUTY, "words =", 'areas = ["sol"]\nwords =', "areas"),
        (DUTY, "words =", 'adjacent = ["solhat"]\nwords =', "adjacent"),
        (DUTY, "[[basis]]", '[[practice]]\nid = "pm-1-99"\n[[basis]]', "practice"),
        (TERMS, 'options = ["laanebaenk"]', 'options = ["solhat"]', "options"),
        (TERMS, 'options = ["laanebaenk"]', 'situations = ["regnvejr"]', "situations"),
        (TERMS, 'options = ["laanebaenk"]', 'duties = ["stoleskat"]', "duties"),
    ],
)
def test_an_id_that_no_card_has_is_told(cards_folder: Path, file: str, old: str, new: str, key: str) -> None:
    found = [f for f in faults(cards_folder, (file, old, new)) if "intet kort har id" in f.reason]
    assert [f.place for f in found] == [key]
    assert found[0].file == file or "siddeplads" in found[0].file


def test_an_id_stands_once_in_a_list(cards_folder: Path) -> None:
    (fault,) = faults(cards_folder, (SITUATION, '["parasol", "laanebaenk"]', '["parasol", "laanebaenk", "parasol"]'))
    assert (fault.file, fault.place, fault.reason) == (SITUATION, "options", "»parasol« står 2 gange")


@pytest.mark.parametrize(("file", "key"), [(OPTION, "if_refused"), (OPTION, "adjacent"), (DUTY, "adjacent"), (SITUATION, "ask")])
def test_a_card_does_not_lead_to_itself(cards_folder: Path, file: str, key: str) -> None:
    (fault,) = faults(cards_folder, (file, "summary =", f'{key} = ["{Path(file).stem}"]\nsummary ='))
    assert (fault.file, fault.place, fault.reason) == (file, key, "henviser til sig selv")


def test_a_situation_that_is_asked_about_has_a_question(cards_folder: Path) -> None:
    (fault,) = faults(cards_folder, (SITUATION, 'question = "Generer solen borgeren?"', ""))
    assert fault.place == "ask"
    assert "»for-meget-sol« har ingen question" in fault.reason


def test_an_option_says_how_to_complain_or_why_one_cannot(cards_folder: Path) -> None:
    (fault,) = faults(cards_folder, (OPTION, 'no_complaint = "Loven er ikke læst"', ""))
    assert fault.file == OPTION
    assert "klagevej" in fault.reason


def test_an_option_may_stand_beside_a_duty(cards_folder: Path) -> None:
    assert faults(cards_folder, (OPTION, "authority =", 'adjacent = ["baenkejournal"]\nauthority =')) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (OPTION, "parasolloven/9", "hatteloven/9"),
        (DUTY, 'provision = "baenkeloven/3"', 'provision = "hatteloven/3"'),
        (DUTY, 'source = "baenkeloven/3"', 'source = "hatteloven/3"'),
        (PRACTICE, "baenkeloven/1", "hatteloven/1"),
    ],
)
def test_an_act_that_the_registry_does_not_name_is_told(cards_folder: Path, file: str, old: str, new: str) -> None:
    (fault,) = [f for f in faults(cards_folder, (file, old, new)) if "hatteloven" in f.reason and "laws.toml" in f.reason]
    assert (fault.file, fault.reason) == (file, "loven »hatteloven« står ikke i laws.toml")


def test_law_moved_to_an_act_that_is_not_named_is_told(cards_folder: Path) -> None:
    (cards_folder / "forwarding.toml").write_text('[[moved]]\nold = "baenkeloven/7"\nnew = ["hatteloven/9"]\non = 2032-01-01\n', encoding="utf-8")
    (fault,) = faults(cards_folder)
    assert (fault.file, fault.place) == ("forwarding.toml", "baenkeloven/7 → hatteloven/9")


def test_an_option_that_no_situation_leads_to_is_told(cards_folder: Path) -> None:
    (fault,) = faults(cards_folder, (SITUATION, 'options = ["parasol", "laanebaenk"]', 'options = ["laanebaenk"]'))
    assert (fault.file, fault.reason) == (OPTION, "ingen situation fører til muligheden")


def test_a_situation_that_leads_to_no_option_is_told(cards_folder: Path) -> None:
    found = faults(cards_folder, (SITUATION, 'options = ["parasol", "laanebaenk"]', 'options = ["solhat"]'))
    assert (SITUATION, "situationen fører ikke til nogen mulighed") in [(f.file, f.reason) for f in found]


def test_practice_that_nobody_gets_to_see_is_told(cards_folder: Path) -> None:
    unlinked = ("options/laanebaenk.toml", '[[practice]]\nid = "pm-9-31"', "")
    (fault,) = faults(cards_folder, unlinked, (PRACTICE, 'provisions = ["baenkeloven/1"]', ""))
    assert (fault.file, fault.reason) == (PRACTICE, "ingen mulighed eller pligt nævner praksissen, og den nævner ingen bestemmelse")


def test_an_area_without_cards_is_told(cards_folder: Path) -> None:
    (fault,) = faults(cards_folder, ("areas.toml", "[skygge]", '[blaest]\ntitle = "Blæst"\n\n[skygge]'))
    assert (fault.place, fault.reason) == ("[blaest]", "intet kort hører til området")


@pytest.mark.parametrize("again", ["siddeplads", "Siddeplads", " siddeplads."])
def test_a_word_that_two_terms_explain_is_told(cards_folder: Path, again: str) -> None:
    (fault,) = faults(cards_folder, (TERMS, 'kind = "falsk ven"', f'kind = "falsk ven"\nalso = ["{again}"]'))
    assert "forklares 2 steder" in fault.reason


@pytest.mark.parametrize("gone", ['not_to_be_confused = ["stol"]', 'note = "En skammel er en lille bænk, ikke en stol."'])
def test_a_false_friend_says_what_it_is_not_and_why(cards_folder: Path, gone: str) -> None:
    (fault,) = faults(cards_folder, (TERMS, gone, ""))
    assert "falsk ven" in fault.reason


def test_a_word_cannot_both_be_and_not_be_the_same(cards_folder: Path) -> None:
    (fault,) = faults(cards_folder, (TERMS, '["stol"]', '["stol", "Bænk"]'))
    assert "er og ikke er »Bænk«" in fault.reason


@pytest.mark.parametrize("other", ["siddeplads", "Lån af en bænk for natten"])
def test_a_word_is_not_told_apart_from_itself_or_from_the_card_it_leads_to(cards_folder: Path, other: str) -> None:
    (fault,) = faults(cards_folder, (TERMS, 'options = ["laanebaenk"]', f'options = ["laanebaenk"]\nnot_to_be_confused = ["{other}"]'))
    assert f"er og ikke er »{other}«" in fault.reason


def test_a_word_that_leads_only_to_itself_is_told(cards_folder: Path) -> None:
    (fault,) = faults(cards_folder, (TERMS, 'legal = ["bænk"]\noptions = ["laanebaenk"]', 'legal = ["Siddeplads"]'))
    assert "fører kun til sig selv" in fault.reason


def test_words_in_which_the_search_hears_nothing_are_told(cards_folder: Path) -> None:
    corpus = load(cards_folder)
    found = check(corpus, findable=lambda word: word not in ("skammel", "parasol", "klage over bænken", "solskoldet"))
    assert {(f.file, f.place) for f in found} == {("terms: »skammel«", ""), (OPTION, "words"), (DUTY, "words"), (SITUATION, "words")}


@pytest.mark.parametrize(
    ("kind", "label", "right"),
    [
        ("principmeddelelse", "PM 9-31", True),
        ("principmeddelelse", "PM C-12-03", True),
        ("principmeddelelse", "Principmeddelelse 9-31", False),
        ("principmeddelelse", "PM 9/31", False),
        ("ombudsmandsudtalelse", "FOB 2018-31", True),
        ("ombudsmandsudtalelse", "FOB 2010 20-2", True),
        ("ombudsmandsudtalelse", "FOB 18-31", False),
        ("dom", "U 2023.2221 Ø", True),
        ("dom", "U2023.2221Ø", True),
        ("dom", "Østre Landsrets dom af 3. maj 2031", True),
        ("dom", "en dom jeg har hørt om", False),
    ],
)
def test_practice_is_numbered_as_its_kind_is(cards_folder: Path, kind: str, label: str, *, right: bool) -> None:
    found = faults(cards_folder, (PRACTICE, 'kind = "principmeddelelse"', f'kind = "{kind}"'), (PRACTICE, 'label = "PM 9-31"', f'label = "{label}"'))
    assert [f.place for f in found] == ([] if right else ["label"])


def test_practice_is_not_both_current_and_replaced(cards_folder: Path) -> None:
    (fault,) = faults(cards_folder, (PRACTICE, "read_in =", 'replaced_by = "PM 1-32"\nread_in ='))
    assert (fault.place, fault.reason) == ("status", "kan ikke både være gældende og afløst af PM 1-32")


def test_practice_that_another_card_replaces_is_not_current(cards_folder: Path) -> None:
    text = (cards_folder / PRACTICE).read_text(encoding="utf-8")
    newer = text.replace("PM 9-31", "PM 1-32").replace("read_in", 'replaces = ["PM 9-31"]\nread_in', 1)
    (cards_folder / "practice" / "pm-1-32.toml").write_text(newer, encoding="utf-8")
    (fault,) = faults(cards_folder)
    assert (fault.file, fault.place) == (PRACTICE, "status")
    assert faults(cards_folder, (PRACTICE, 'status = "gældende"', 'status = "historisk"')) == []


def test_a_number_has_one_card(cards_folder: Path) -> None:
    text = (cards_folder / PRACTICE).read_text(encoding="utf-8")
    (cards_folder / "practice" / "pm-9-31-igen.toml").write_text(text, encoding="utf-8")
    (fault,) = faults(cards_folder)
    assert "»PM 9-31« har også kortet" in fault.reason


def test_practice_does_not_replace_itself(cards_folder: Path) -> None:
    (fault,) = faults(cards_folder, (PRACTICE, "read_in =", 'replaces = ["PM 9-31"]\nread_in ='))
    assert (fault.place, fault.reason) == ("replaces", "afløser sig selv")


def test_faults_of_reading_come_first(cards_folder: Path) -> None:
    (cards_folder / OPTION).write_text("title = \n", encoding="utf-8")
    found = check(load(cards_folder))
    assert "TOML" in found[0].reason
    assert any("»parasol«" in f.reason for f in found[1:])
