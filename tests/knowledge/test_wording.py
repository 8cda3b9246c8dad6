"""How cards may be worded: no promises, no undated amounts, no copied sentences, wherever a reader sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import DUTY, OPTION, PRACTICE, SITUATION, TERMS, faults

from vidensplatform.knowledge.checking import check
from vidensplatform.knowledge.loading import load
from vidensplatform.knowledge.wording import CopyFinder, words_in


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


PROMISE = "Borgeren har ret til skygge"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (OPTION, 'title = "Udlån af parasol"', f'title = "{PROMISE}"'),
        (SITUATION, 'title = "Borgeren får for meget sol"', f'title = "{PROMISE}"'),
        (DUTY, 'title = "Klage over en bænk"', f'title = "{PROMISE}"'),
        (PRACTICE, 'title = "Bænk i regnvejr"', f'title = "{PROMISE}"'),
        (PRACTICE, 'holding = "En våd bænk er stadig en bænk."', f'holding = "{PROMISE}"'),
        (OPTION, 'no_complaint = "Loven er ikke læst"', f'no_complaint = "{PROMISE}"'),
        (OPTION, 'provision = "parasolloven/9"', f'provision = "parasolloven/9"\nnote = "{PROMISE}"'),
        (OPTION, "authority =", f'volatile = "{PROMISE}"\nauthority ='),
        (DUTY, "words =", f'volatile = "{PROMISE}"\nwords ='),
        (DUTY, "words =", f'steps = ["{PROMISE}"]\nwords ='),
        (DUTY, 'start = "den dag', f'start = "{PROMISE}, den dag'),
        (SITUATION, 'question = "Generer solen borgeren?"', f'question = "{PROMISE}?"'),
        (TERMS, 'note = "En skammel', f'note = "{PROMISE}. En skammel'),
        ("areas.toml", 'title = "', f'title = "{PROMISE} '),
    ],
)
def test_nothing_a_reader_sees_promises(cards_folder: Path, file: str, old: str, new: str) -> None:
    assert ["lover for meget" in f.reason for f in faults(cards_folder, (file, old, new))] == [True]


def test_a_note_on_law_that_moved_promises_nothing(cards_folder: Path) -> None:
    moved = '[[moved]]\nold = "baenkeloven/7"\nnew = ["baenkeloven/1"]\non = 2032-01-01\nnote = "' + PROMISE + '"\n'
    (cards_folder / "forwarding.toml").write_text(moved, encoding="utf-8")
    (fault,) = faults(cards_folder)
    assert fault.reason == "lover for meget: »har ret til«"


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("Der ydes højst 1.250 kr. om måneden.", "1.250 kr."),
        ("Gebyret er 75 kroner.", "75 kroner"),
        ("Grænsen er 1.250 kr. i 2031.", "1.250 kr."),
        ("Grænsen er 1.250 kr. efter vejledning nr. 7.", "1.250 kr."),
        ("Grænsen er 1.250 kr. i 2031 efter vejledning nr. 7.", None),
        ("§ 12 kroner værket", None),
        ("Kroner og broer", None),
    ],
)
def test_an_amount_has_its_year_and_its_source(cards_folder: Path, said: str, amount: str | None) -> None:
    reasons = [f.reason for f in faults(cards_folder, (OPTION, "summary = ", f'summary = "{said}"\n#'))]
    assert reasons == ([f"nævner et beløb uden årstal og kilde: »{amount}«"] if amount else [])


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
