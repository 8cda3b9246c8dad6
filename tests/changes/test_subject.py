"""Which of several possible acts is likely, by the subject in its title."""

from __future__ import annotations

import pytest

from vidensplatform.changes.acts import ByAct, subject_of
from vidensplatform.changes.subject import Subjects, words_of
from vidensplatform.law.diff import Change, ChangeKind
from vidensplatform.law.worddiff import word_diff

NAMES = ("lov om prøvebænke", "bænkeloven")
BENCHES = ByAct("lta/2031/50", "Lov om ændring af lov om prøvebænke (Bænkekrisecentre for alle m.v.)")
PAINT = ByAct("lta/2031/51", "Lov om ændring af lov om prøvebænke (Malerbehandling (udendørs) og regler m.v.)")
ELSEWHERE = ByAct("lta/2031/52", "Lov om ændring af lov om parasoller og forskellige andre love (Skamleordninger)")
PLAIN = ByAct("lta/2031/53", "Lov om ændring af lov om prøvebænke")


def change(old: str, new: str, heading: str = "") -> Change:
    return Change(kind=ChangeKind.AMENDED, section="1", diff=word_diff(old, new), new_heading=heading)


def named(one: Change, *acts: ByAct, cards: tuple[str, ...] = (), others: tuple[Change, ...] = ()) -> str | None:
    words = words_of(one, cards)
    return Subjects([words, *(words_of(other, ()) for other in others)]).likeliest(words, acts, NAMES)


def test_the_act_whose_subject_is_in_the_changed_words() -> None:
    assert named(change("Byen har en plads.", "Byen har et bænkekrisecenter."), BENCHES, PAINT, PLAIN) == BENCHES.eli


def test_or_in_the_heading_or_a_card() -> None:
    plain = change("for kvinder", "for personer")
    assert named(plain, BENCHES, PAINT) is None
    assert named(plain, BENCHES, PAINT, cards=("Ophold på bænkekrisecenter",)) == BENCHES.eli
    assert named(change("for kvinder", "for personer", "Bænkekrisecentre"), BENCHES, PAINT) == BENCHES.eli


def test_none_where_two_fit_or_only_words_that_stay() -> None:
    assert named(change("", "Et bænkekrisecenter giver malerbehandling."), BENCHES, PAINT) is None
    assert named(change("Et bænkekrisecenter er rødt.", "Et bænkekrisecenter er blåt."), BENCHES, PAINT) is None


def test_a_word_of_many_changes_tells_nothing() -> None:
    one = change("", "Et bænkekrisecenter.")
    others = tuple(change("", f"Bænkekrisecenter nummer {n}.") for n in range(9))
    assert named(one, BENCHES, PAINT, others=others) is None


def test_an_act_that_names_another_law_is_not_likely() -> None:
    assert named(change("", "En skamleordning."), BENCHES, ELSEWHERE) is None


def test_words_that_only_begin_alike_are_others() -> None:
    ours = ByAct("lta/2031/54", "Lov om ændring af bænkeloven (Forældelsesfrister)")
    assert named(change("moderen", "forældermyndighed"), ours, PAINT) is None


@pytest.mark.parametrize(
    ("title", "subject"),
    [(BENCHES.title, "Bænkekrisecentre for alle m.v."), (PAINT.title, "Malerbehandling (udendørs) og regler m.v."), (PLAIN.title, "")],
)
def test_the_subject_stands_in_brackets_at_the_end(title: str, subject: str) -> None:
    assert subject_of(title) == subject
