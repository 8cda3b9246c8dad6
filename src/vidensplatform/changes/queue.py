"""What a change does to us: the cards that somebody has to look at, each with its reason and the words beside each other.

A card is here because the text that it was checked against is no longer the one shown, because the provision is not there any more, because an
enacted amendment touches it, or because practice that it cites no longer stands. It leaves by itself when its cause is gone: a card that was mended
and stamped again fits its text. A settlement is tied to the very text, act or practice that it was made for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from vidensplatform.changes.practice import practice_changes
from vidensplatform.changes.records import Pending, QueueEntry, QueueWhy, Settlement
from vidensplatform.changes.showing import place_label
from vidensplatform.knowledge.anchoring import AnchorStatus, TextLookup, anchor_status
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.knowledge.model import Basis, Duty, Option
from vidensplatform.law.citation_format import format_address
from vidensplatform.law.diff import ChangeKind
from vidensplatform.law.worddiff import Diff, word_diff
from vidensplatform.store.changes import ChangeReading, StoredChange
from vidensplatform.store.library import Library

PendingOf = Callable[[str, str], Iterable[Pending]]
"""(act, section) -> amendments that are known to touch the section and are not in the shown text."""


class Queue:
    """Works the queue out from a library, the cards, and what is known to be on its way."""

    def __init__(self, library: Library, corpus: Corpus, lookup: TextLookup, pending: PendingOf) -> None:
        self.library = library
        self.corpus = corpus
        self.lookup = lookup
        self.pending = pending
        self.tables = ChangeReading(library)
        self._changes: dict[str, list[StoredChange]] = {}

    def entries(self, settled: Iterable[Settlement]) -> list[QueueEntry]:
        """Every entry, with its newest settlement where there is one; the newest cause first."""
        by_entry: dict[str, Settlement] = {}
        for settlement in settled:
            by_entry.setdefault(settlement.entry, settlement)
        found = [*self._of_law(), *self._of_practice()]
        known = {entry.id: entry for entry in found}
        entries = [_with(entry, by_entry.get(entry.id)) for entry in known.values()]
        return sorted(entries, key=lambda e: (e.since is None, -(e.since or date.min).toordinal(), e.card, e.id))

    def _of_law(self) -> Iterator[QueueEntry]:
        for card, basis in self.corpus.cards.bases():
            status = anchor_status(basis, self.lookup)
            if status is AnchorStatus.CHANGED:
                yield self._changed(card, basis)
            elif basis.checked is not None and self.lookup(basis.law, basis.address) is None and self.library.current(basis.law) is not None:
                yield self._gone(card, basis)
            for waiting in self.pending(basis.law, basis.address.section or ""):
                yield self._waiting(card, basis, waiting)

    def _changed(self, card: Option | Duty, basis: Basis) -> QueueEntry:
        shown = self.lookup(basis.law, basis.address)
        old = self._text(basis)
        new = self.library.provision(basis.law, basis.address)
        diff: Diff = word_diff(old, new.text) if old is not None and new is not None else ()
        note = (
            ""
            if old is not None
            else "Den tekst, kortet blev kontrolleret mod, er ikke i biblioteket, så ordene kan ikke sættes ved siden af hinanden."
        )
        changes = self._since(basis)
        return QueueEntry(
            f"{card.id}|{basis.provision}|{shown[1][:16] if shown else ''}",
            card.id,
            card.title,
            QueueWhy.CHANGED,
            basis.provision,
            self._label(basis),
            max((c.dated.day for c in changes if c.dated.day), default=None),
            diff,
            tuple(c.key for c in changes),
            note=note,
        )

    def _gone(self, card: Option | Duty, basis: Basis) -> QueueEntry:
        shown = self.library.current(basis.law)
        changes = self._since(basis)
        places = [p for c in changes for p in c.moved_to] or [
            new for m in self.corpus.cards.moved if m.old.split("/")[:2] == [basis.law, basis.address.section] for new in m.new
        ]
        to = tuple(dict.fromkeys(places))
        old = self._text(basis)
        return QueueEntry(
            f"{card.id}|{basis.provision}|{shown.eli if shown else ''}",
            card.id,
            card.title,
            QueueWhy.GONE,
            basis.provision,
            self._label(basis),
            max((c.dated.day for c in changes if c.dated.day), default=None),
            word_diff(old, "") if old is not None else (),
            tuple(c.key for c in changes),
            to,
            note=f"Reglen står nu i {', '.join(place_label(self.corpus, p, basis.law) for p in to)}." if to else "",
        )

    def _waiting(self, card: Option | Duty, basis: Basis, waiting: Pending) -> QueueEntry:
        return QueueEntry(
            f"{card.id}|{basis.provision}|{waiting.eli or waiting.title}",
            card.id,
            card.title,
            QueueWhy.PENDING,
            basis.provision,
            self._label(basis),
            waiting.effective,
            pending=waiting,
            note=waiting.commencement,
        )

    def _of_practice(self) -> Iterator[QueueEntry]:
        for change in practice_changes(self.library, self.corpus):
            for card_id in change.cards:
                card = self.corpus.cards.options.get(card_id) or self.corpus.cards.duties[card_id]
                replaced = f" Erstattet af {change.replaced_by}." if change.replaced_by else ""
                yield QueueEntry(
                    f"{card_id}|{change.id}|{change.status}|{change.replaced_by}",
                    card_id,
                    card.title,
                    QueueWhy.PRACTICE,
                    change.id,
                    change.label,
                    None,
                    practice=change.id,
                    note=f"{change.label} er {change.status}.{replaced}",
                )

    def _text(self, basis: Basis) -> str | None:
        """The very words that the card was checked against, where the library still has them."""
        if basis.checked is None or (version := self.library.version(basis.checked.version)) is None:
            return None
        found = self.library.provision_of(version, basis.address)
        return found.text if found is not None and found.node.sha256 == basis.checked.text_sha256 else None

    def _since(self, basis: Basis) -> list[StoredChange]:
        """The changes of the section in texts newer than the one it was checked against."""
        if basis.law not in self._changes:
            self._changes[basis.law] = self.tables.of_work(basis.law)
        checked = self.library.version(basis.checked.version) if basis.checked else None
        section = basis.address.section or ""
        return [
            c
            for c in self._changes[basis.law]
            if (c.section == section or section in c.moved_to)
            and c.kind is not ChangeKind.HEADING
            and self._newer(c.newer, checked.signed if checked else None)
        ]

    def _newer(self, eli: str, than: date | None) -> bool:
        version = self.library.version(eli)
        return than is None or version is None or version.signed is None or version.signed > than

    def _label(self, basis: Basis) -> str:
        return f"{self.corpus.registry.label(basis.law)} {format_address(basis.address)}"


def _with(entry: QueueEntry, settlement: Settlement | None) -> QueueEntry:
    if settlement is None:
        return entry
    return replace(entry, settled=settlement)
