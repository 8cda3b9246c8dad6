"""What makes a corpus wrong: one test a rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from vidensplatform.errors import CardError
from vidensplatform.knowledge.checking import CopyFinder, check, words_in
from vidensplatform.knowledge.loading import load
from vidensplatform.law.model import Address

OPTION, SITUATION, DUTY, TERMS = "options/parasol.toml", "situations/for-meget-sol.toml", "duties/klage-over-baenk.toml", "terms/baenke.toml"
PRACTICE = "practice/pm-9-31.toml"


class Law:
    """An act with two sections, and nothing else."""

    def holds(self, law: str) -> bool:
        return law == "baenkeloven"

    def has(self, law: str, address: Address) -> bool:
        return law == "baenkeloven" and address in (Address("1"), Address("2"))


def faults(folder: Path, *edits: tuple[str, str, str], law: Law | None = None) -> list[CardError]:
    for file, old, new in edits:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    corpus = load(folder)
    assert corpus.faults == ()
    return check(corpus, law)


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
    (fault,) = faults(cards_folder, (file, old, new))
    assert fault.file == file
    assert "»hatteloven« står ikke i laws.toml" in fault.reason


def test_law_moved_to_an_act_that_is_not_named_is_told(cards_folder: Path) -> None:
    (cards_folder / "forwarding.toml").write_text('[[moved]]\nold = "baenkeloven/7"\nnew = ["hatteloven/9"]\non = 2032-01-01\n', encoding="utf-8")
    (fault,) = faults(cards_folder)
    assert (fault.file, fault.place) == ("forwarding.toml", "baenkeloven/7 → hatteloven/9")


def test_a_section_that_the_text_does_not_have_is_told_where_the_text_is_there(cards_folder: Path) -> None:
    found = faults(cards_folder, law=Law())
    assert {(f.file, f.place) for f in found} == {(DUTY, "basis"), (DUTY, "deadlines")}
    assert all("baenkeloven har ingen bestemmelse 3" in f.reason for f in found)


def test_an_option_that_no_situation_leads_to_is_told(cards_folder: Path) -> None:
    (fault,) = faults(cards_folder, (SITUATION, 'options = ["parasol", "laanebaenk"]', 'options = ["laanebaenk"]'))
    assert (fault.file, fault.reason) == (OPTION, "ingen situation fører til muligheden")


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


@pytest.mark.parametrize(
    "promise",
    [
        "Borgeren har ret til en parasol.",
        "Borgeren HAR KRAV PÅ skygge",
        "er berettiget til sol",
        "vil få en parasol",
        "Det garanteres.",
        "har altid ret til skygge",
    ],
)
@pytest.mark.parametrize("file", [OPTION, SITUATION, DUTY])
def test_no_card_promises(cards_folder: Path, promise: str, file: str) -> None:
    (fault,) = faults(cards_folder, (file, "summary = ", f'summary = "{promise}"\n#'))
    assert fault.file == file
    assert "lover for meget" in fault.reason


@pytest.mark.parametrize("said", ["Det skal vurderes, om borgeren kan få en parasol.", "Retten til skygge vurderes konkret", "en garantibolig"])
def test_what_must_be_considered_is_no_promise(cards_folder: Path, said: str) -> None:
    assert faults(cards_folder, (OPTION, "summary = ", f'summary = "{said}"\n#')) == []


def test_a_sentence_copied_from_the_law_is_told(cards_folder: Path) -> None:
    law = "Byrådet kan i særlige tilfælde, når solen brænder, udlåne en parasol til borgere i kommunen."
    path = cards_folder / OPTION
    copied = "I DAG: byrådet kan, i særlige tilfælde når solen brænder udlåne en parasol"
    path.write_text(path.read_text(encoding="utf-8").replace("summary = ", f'summary = "{copied}"\n#', 1), encoding="utf-8")
    (fault,) = check(load(cards_folder), None, CopyFinder([law]))
    assert fault.file == OPTION
    assert "ordret" in fault.reason


def test_copying_begins_with_ten_words_in_a_row() -> None:
    finder = CopyFinder(["en to tre fire fem seks syv otte ni ti elleve"])
    assert finder("nul en to tre fire fem seks syv otte ni ti") == "en to tre fire fem seks syv otte ni ti"
    assert finder("en to tre fire fem seks syv otte ni") is None
    assert finder("en to tre fire fem og seks syv otte ni ti elleve") is None
    assert words_in("Æblet, § 5!") == ["æblet", "§", "5"]


def test_faults_of_reading_come_first(cards_folder: Path) -> None:
    (cards_folder / OPTION).write_text("title = \n", encoding="utf-8")
    found = check(load(cards_folder))
    assert "TOML" in found[0].reason
    assert any("»parasol«" in f.reason for f in found[1:])
