"""Practice over time: principmeddelelser, statements and guidelines that were withdrawn or replaced, and the cards that cite them."""

from __future__ import annotations

from vidensplatform.changes.records import PracticeChange
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.knowledge.model import Duty, Option, PracticeStatus
from vidensplatform.law.model import DocumentKind, Status
from vidensplatform.store.library import Library
from vidensplatform.store.practice import practice_of_eli
from vidensplatform.store.records import StoredVersion

_KINDS = frozenset({DocumentKind.DECISION, DocumentKind.STATEMENT, DocumentKind.GUIDELINE, DocumentKind.CIRCULAR})


def practice_changes(library: Library | None, corpus: Corpus) -> list[PracticeChange]:
    """What no longer stands as it did, the cited ones first.

    By the practice cards' own status, and by that of the documents in the library: a card that says *gældende* where its source by now says
    *historisk*, withdrew it or published it again is told too. So are guidelines and circulars that their source marks so.
    """
    citing = _citing(corpus)
    documents = {practice_of_eli(v.eli) or v.eli: v for v in library.no_longer_standing(_KINDS)} if library is not None else {}
    found: dict[str, PracticeChange] = {}
    for card in corpus.cards.practice.values():
        replaced_by = card.replaced_by or _again(library, documents.get(card.id))
        gone = card.status is PracticeStatus.HISTORIC or card.id in documents
        if gone or replaced_by:
            status = Status.HISTORIC.value if gone else card.status.value
            found[card.id] = PracticeChange(card.id, card.label, card.title, status, replaced_by, citing.get(card.id, ()))
    for known, version in documents.items():
        if known not in found:
            label = version.short_name or version.popular_title or version.eli
            again = _again(library, version)
            found[known] = PracticeChange(known, label, version.title, Status.HISTORIC.value, again, citing.get(known, ()))
    return sorted(found.values(), key=lambda p: (not p.cards, p.id))


def _again(library: Library | None, version: StoredVersion | None) -> str:
    """The id of the decision that this one is published as today, "" where it was not published again."""
    if library is None or version is None or (eli := library.reissued_as(version.eli)) is None:
        return ""
    return practice_of_eli(eli) or eli


def _citing(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    cards: list[Option | Duty] = [*corpus.cards.options.values(), *corpus.cards.duties.values()]
    for card in cards:
        for link in card.practice:
            found[link.id] = (*found.get(link.id, ()), card.id)
    return found
