"""Practice over time: principmeddelelser, statements and guidelines that were withdrawn or replaced, and the cards that cite them."""

from __future__ import annotations

from vidensplatform.changes.records import PracticeChange
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.knowledge.model import Duty, Option, PracticeStatus
from vidensplatform.law.model import DocumentKind, Status
from vidensplatform.store.library import Library

_KINDS = frozenset({DocumentKind.DECISION, DocumentKind.STATEMENT, DocumentKind.GUIDELINE, DocumentKind.CIRCULAR})


def practice_changes(library: Library | None, corpus: Corpus) -> list[PracticeChange]:
    """What no longer stands as it did, the cited ones first.

    By the practice cards' own status, and by that of the documents in the library: a card that says *gældende* where its source by now says
    *historisk* is told too. Guidelines are told where their source marks them as historic.
    """
    citing = _citing(corpus)
    gone = {v.eli: v for v in library.historic(_KINDS)} if library is not None else {}
    found: dict[str, PracticeChange] = {}
    for card in corpus.cards.practice.values():
        withdrawn = card.status is PracticeStatus.HISTORIC or card.id in gone
        if withdrawn or card.replaced_by:
            status = Status.HISTORIC.value if withdrawn else card.status.value
            found[card.id] = PracticeChange(card.id, card.label, card.title, status, card.replaced_by, citing.get(card.id, ()))
    for eli, version in gone.items():
        if eli not in found:
            label = version.short_name or version.popular_title or version.eli
            found[eli] = PracticeChange(eli, label, version.title, version.status.value, "", citing.get(eli, ()))
    return sorted(found.values(), key=lambda p: (not p.cards, p.id))


def _citing(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    cards: list[Option | Duty] = [*corpus.cards.options.values(), *corpus.cards.duties.values()]
    for card in cards:
        for link in card.practice:
            found[link.id] = (*found.get(link.id, ()), card.id)
    return found
