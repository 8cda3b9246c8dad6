"""What is built from the texts in a library: once, in whatever order they came, and anew where something came between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from changing import ACT, CARE, CHAIN, FIRST, FREE, LOAN, SECOND, SHADE, THIRD, amended_by, amending, put, text

from vidensplatform.changes.acts import Tie
from vidensplatform.changes.building import bring_up_to_date, is_current
from vidensplatform.changes.dating import acts_from_json
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.law.model import DocumentKind, Status
from vidensplatform.store.changes import ChangeReading, StoredChange
from vidensplatform.store.library import Library


def built(library: Library, cards: Corpus, work: str = "baenkeloven") -> list[StoredChange]:
    bring_up_to_date(library, cards)
    return ChangeReading(library).of_work(work)


def said(changes: list[StoredChange]) -> list[tuple[object, ...]]:
    """All that changes say, without row ids and the time they were found."""
    return sorted((c.key, c.kind.value, c.older, c.newer, c.dated, c.heading, c.excerpt, c.moved_to, c.moved_from) for c in changes)


def kinds(changes: list[StoredChange]) -> dict[str, str]:
    return {f"{c.section}@{c.newer}": c.kind.value for c in changes}


def test_changes_lie_between_neighbouring_texts(library: Library, cards: Corpus) -> None:
    for version in CHAIN:
        put(library, version)
    found = built(library, cards)
    assert kinds(found) == {"1@lta/2032/9": "amended", "2@lta/2033/11": "moved", "4@lta/2033/11": "moved"}
    by_section = {c.section: c for c in found}
    assert by_section["2"].moved_to == ("2a",)
    assert by_section["4"].moved_to == ("parasolloven/9",)
    assert by_section["4"].dated.effective == date(2033, 1, 1)
    assert by_section["1"].excerpt == "»en nat« → »to nætter«"


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_of_imports_does_not_matter(library: Library, cards: Corpus, order: tuple[int, ...]) -> None:
    documents = (*CHAIN, ACT)
    for place in order:
        put(library, documents[place])
        bring_up_to_date(library, cards)
    stepwise = said(built(library, cards))
    with Library.open(library.path.with_name("other.sqlite3")) as other:
        for document in documents:
            put(other, document)
        assert said(built(other, cards)) == stepwise
    assert len(stepwise) == 3


def test_nothing_is_compared_twice(library: Library, cards: Corpus) -> None:
    for version in CHAIN:
        put(library, version)
    assert not is_current(library, cards)
    assert bring_up_to_date(library, cards).pairs == 2
    assert is_current(library, cards)
    assert bring_up_to_date(library, cards) == bring_up_to_date(library, cards)
    put(library, ACT)
    assert not is_current(library, cards)
    assert bring_up_to_date(library, cards).pairs == 0


def test_a_text_that_lands_in_between_has_its_own_pairs_compared_anew(library: Library, cards: Corpus) -> None:
    put(library, FIRST)
    put(library, THIRD)
    assert set(kinds(built(library, cards))) == {"1@lta/2033/11", "2@lta/2033/11", "4@lta/2033/11"}
    put(library, SECOND)
    assert bring_up_to_date(library, cards).pairs == 2
    assert set(kinds(ChangeReading(library).of_work("baenkeloven"))) == {"1@lta/2032/9", "2@lta/2033/11", "4@lta/2033/11"}


def test_another_rendering_of_a_text_is_no_change_and_keeps_the_names(library: Library, cards: Corpus) -> None:
    for version in CHAIN:
        put(library, version)
    before = built(library, cards)
    put(library, replace(SECOND, ministry="Bænkeministeriet"), rendering="poorer")
    assert bring_up_to_date(library, cards).pairs == 2
    after = ChangeReading(library).of_work("baenkeloven")
    assert said(after) == said(before)
    assert {c.key: c.found_at for c in after} == {c.key: c.found_at for c in before}


def test_an_editorial_republication_shows_nothing_substantive(library: Library, cards: Corpus) -> None:
    put(library, FIRST)
    put(library, text(2032, 9, {"1": (LOAN.replace(", der", ", der "), FREE), "2": (CARE.replace("passer godt", "passer  godt"),), "4": (SHADE,)}))
    assert [c for c in built(library, cards) if c.kind.substantive] == []


def test_an_amending_act_that_comes_later_dates_what_was_found_before(library: Library, cards: Corpus) -> None:
    put(library, FIRST)
    put(library, SECOND)
    (change,) = built(library, cards)
    (act,) = acts_from_json(change.dated.acts)
    assert (act.eli, act.tie, change.dated.effective) == ("lta/2031/50", Tie.ONLY, None)
    assert change.dated.reason
    assert change.dated.day == date(2032, 2, 3)
    put(library, ACT)
    (change,) = built(library, cards)
    (act,) = acts_from_json(change.dated.acts)
    assert (act.eli, act.section, act.tie, act.effective) == ("lta/2031/50", "1, nr. 1", Tie.TOUCHES, date(2031, 7, 1))
    assert (change.dated.effective, change.dated.day, change.dated.reason) == (date(2031, 7, 1), date(2031, 7, 1), "")


@pytest.mark.parametrize(
    ("commencement", "reason"),
    [
        ("Bænkeministeren fastsætter tidspunktet for lovens ikrafttræden.", "Bænkeministeren fastsætter tidspunktet"),
        ("Loven træder i kraft dagen efter bekendtgørelsen i Lovtidende.", "dagen efter bekendtgørelsen"),
        ("Loven er god.", "siger ikke, hvornår"),
    ],
)
def test_an_act_without_a_date_gives_its_own_words(library: Library, cards: Corpus, commencement: str, reason: str) -> None:
    put(library, FIRST)
    put(library, SECOND)
    put(library, amending(2031, 50, {"1": "I § 1, stk. 2, ændres »en nat« til: »to nætter«."}, commencement))
    (change,) = built(library, cards)
    assert (change.dated.effective, change.dated.day) == (None, date(2032, 2, 3))
    assert reason in change.dated.reason


def test_acts_that_commence_apart_give_no_single_date(library: Library, cards: Corpus) -> None:
    put(library, FIRST)
    put(library, replace(SECOND, incorporated=(amended_by(2031, 50), amended_by(2031, 51))))
    put(library, ACT)
    put(library, amending(2031, 51, {"1": "I § 1, stk. 2, ændres »gratis« til: »dyr«."}, "Loven træder i kraft den 1. august 2031."))
    (change,) = built(library, cards)
    assert [a.effective for a in acts_from_json(change.dated.acts)] == [date(2031, 7, 1), date(2031, 8, 1)]
    assert change.dated.effective is None
    assert "forskellige dage" in change.dated.reason


def test_an_act_that_touches_another_section_is_not_behind_a_change(library: Library, cards: Corpus) -> None:
    put(library, FIRST)
    put(library, SECOND)
    put(library, amending(2031, 50, {"1": "§ 2 ophæves."}, "Loven træder i kraft den 1. juli 2031."))
    (change,) = built(library, cards)
    assert acts_from_json(change.dated.acts) == ()
    assert change.dated.effective is None


def test_where_several_acts_are_possible_all_are_named_and_none_is_chosen(library: Library, cards: Corpus) -> None:
    put(library, replace(FIRST, later_amendments=(amended_by(2031, 50), amended_by(2031, 51, title="Lov om ændring af bænkeloven (Farver)"))))
    put(library, replace(SECOND, incorporated=(), base=None))
    (change,) = built(library, cards)
    acts = acts_from_json(change.dated.acts)
    assert {(a.eli, a.tie) for a in acts} == {("lta/2031/50", Tie.AMONG), ("lta/2031/51", Tie.AMONG)}
    assert change.dated.effective is None
    assert "2 ændringslove" in change.dated.reason


def test_a_work_whose_older_text_became_another_work_has_no_history(library: Library, cards: Corpus) -> None:
    put(library, FIRST)
    put(library, SECOND)
    assert built(library, cards)
    put(library, FIRST, "skamleloven", rendering="again")
    assert built(library, cards) == []


def test_a_new_table_of_moved_law_is_used_for_what_was_compared_before(library: Library, cards: Corpus) -> None:
    put(library, SECOND)
    put(library, THIRD)
    bare = replace(cards, cards=cards.cards.model_copy(update={"moved": ()}))
    assert kinds(built(library, bare))["4@lta/2033/11"] == "repealed"
    assert kinds(built(library, cards))["4@lta/2033/11"] == "moved"


def test_an_act_counts_from_its_own_commencement(library: Library, cards: Corpus) -> None:
    own = replace(text(2031, 7, {"1": (LOAN,), "2": ("Loven træder i kraft den 1. januar 2032.",)}, title="Lov om prøvebænke"), kind=DocumentKind.ACT)
    put(library, own)
    assert library.current("baenkeloven", date(2031, 6, 1)) is not None
    bring_up_to_date(library, cards)
    assert library.current("baenkeloven", date(2031, 12, 31)) is None
    assert library.current_versions(date(2031, 12, 31)) == {}
    shown = library.current("baenkeloven", date(2032, 1, 1))
    assert shown is not None
    assert shown.eli == own.eli


def test_a_consolidated_act_counts_from_its_signature_until_its_historic_mark(library: Library, cards: Corpus) -> None:
    put(library, replace(FIRST, status=Status.HISTORIC, historic_since=date(2031, 9, 1)))
    bring_up_to_date(library, cards)
    assert library.current("baenkeloven", date(2031, 2, 3)) is not None
    assert library.current("baenkeloven", date(2031, 9, 1)) is None


def test_progress_names_what_is_read_and_compared(library: Library, cards: Corpus) -> None:
    for version in CHAIN:
        put(library, version)
    told: list[tuple[int, str]] = []
    bring_up_to_date(library, cards, lambda done, at: told.append((done, at)))
    assert [done for done, _ in told] == [1, 2, 3, 4]
    assert told[-1][1] == "baenkeloven"
