"""What a client asks about time: ``workbench.changes``.

Any thread may call; calls wait for each other. Without a library every list is empty. Marks are written to the home's personal file, which is made
when something is marked for the first time.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime

from vidensplatform.changes.building import BuildReport, OnBuilt, bring_up_to_date, is_current
from vidensplatform.changes.following import FindProvisions, Places, area_places, followed_by, places_of, title_of
from vidensplatform.changes.history import Tracing, forwarding_notes, gap_sentences
from vidensplatform.changes.known import known_as_of, limits_of_answer
from vidensplatform.changes.pending import pending_of, touching
from vidensplatform.changes.practice import practice_changes
from vidensplatform.changes.queue import Queue
from vidensplatform.changes.records import (
    AsOf,
    ChangeCount,
    ChangeDetail,
    ChangeFilter,
    ChangePage,
    ChangeRow,
    Follow,
    FollowKind,
    History,
    Outcome,
    Pending,
    PracticeChange,
    QueueEntry,
    Review,
    Settlement,
)
from vidensplatform.changes.review import compose
from vidensplatform.changes.showing import detail_of, label_of, row_of
from vidensplatform.errors import QueryError
from vidensplatform.knowledge.anchoring import TextLookup
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.law.chain import chain
from vidensplatform.law.model import Address
from vidensplatform.settings import Home
from vidensplatform.store.changes import ChangeReading
from vidensplatform.store.feed import Feed, FeedQuery, FeedRow
from vidensplatform.store.library import Library
from vidensplatform.store.personal import Personal
from vidensplatform.store.texts import Texts

_PAGE = "ændringer"
_MOST = 1_000_000


class Changes:
    """Changes, history and what is on its way; what is followed and read; the consultants' queue."""

    def __init__(
        self, home: Home, corpus: Corpus, library: Library | None, lookup: TextLookup, find: FindProvisions, lock: AbstractContextManager[object]
    ) -> None:
        """``lookup`` gives the text shown for a provision, ``find`` the provisions that a saved search leads to.

        ``lock`` is the re-entrant one of whoever gives these two, so that no two threads wait for each other.
        """
        self._home = home
        self._corpus = corpus
        self._library = library if library is not None and library.has_changes else None
        self._lookup = lookup
        self._find = find
        self._lock = lock
        self._feed: Feed | None = None
        self._personal: Personal | None = None
        self._pending: dict[str, tuple[int, date, list[Pending]]] = {}
        self._gaps: dict[str, tuple[int, dict[tuple[str | None, str], str]]] = {}

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            for opened in (self._feed, self._personal):
                if opened is not None:
                    opened.close()
            self._feed = self._personal = None

    # -- building ------------------------------------------

    @property
    def is_current(self) -> bool:
        """Whether the tables of changes hold what the library holds."""
        return self._library is None or is_current(self._library, self._corpus)

    def bring_up_to_date(self, on_built: OnBuilt | None = None) -> BuildReport:
        """Build what is missing, on a connection of its own; lists can be asked for meanwhile. A library that is only read stays as it is."""
        if self._library is None or self._library.read_only or self.is_current:
            return BuildReport()
        with Library.open(self._library.path) as library:
            report = bring_up_to_date(library, self._corpus, on_built)
        with self._lock:
            self._pending.clear()
        return report

    # -- lists ---------------------------------------------

    def feed(self, filters: ChangeFilter | None = None, *, after: str | None = None, limit: int = 100) -> ChangePage:
        """A page of changes, ``after`` the ``next`` of the one before. Raises :class:`QueryError` for an ``after`` of no page."""
        with self._lock:
            if (feed := self._lists()) is None:
                return ChangePage((), None)
            followed = self._followed_places()
            try:
                rows, following = feed.page(self._query(filters or ChangeFilter(), followed), after, limit)
            except ValueError as error:
                raise QueryError("Listen kan ikke fortsættes derfra.", "Åbn den forfra.") from error
            return ChangePage(tuple(self._row(row, followed) for row in rows), following)

    def count(self, filters: ChangeFilter | None = None) -> ChangeCount:
        """How many changes there are, and how many of them are unread."""
        with self._lock:
            feed = self._lists()
            return ChangeCount(*feed.count(self._query(filters or ChangeFilter(), self._followed_places()))) if feed else ChangeCount(0, 0)

    def change(self, change_id: str) -> ChangeDetail | None:
        """One change with its words; None where the library has none of that id (any more)."""
        with self._lock:
            if self._library is None or (found := ChangeReading(self._library).by_key(change_id)) is None:
                return None
            stored, change = found
            feed = self._lists()
            read = feed is not None and feed.is_read(change_id)
            row = row_of(self._corpus, stored, read=read, followed=followed_by(self._followed_places(), stored.work, stored.section))
            detail = detail_of(self._corpus, row, change)
            gap = self._gaps_of(stored.work).get((stored.older, stored.newer))
            return replace(detail, notes=(*detail.notes, gap)) if gap else detail

    def _gaps_of(self, work: str) -> dict[tuple[str | None, str], str]:
        """Between which texts of a work one is missing, each with the sentence on it."""
        if self._library is None:
            return {}
        kept = self._gaps.get(work)
        if kept is None or kept[0] != self._library.revision:
            history = chain(t.version for t in Texts(self._library).of_work(work))
            sentences = gap_sentences(self._corpus, work, history)
            found = {(m.older, m.newer): sentence for m, sentence in zip(history.missing, sentences, strict=True)}
            kept = self._gaps[work] = (self._library.revision, found)
        return kept[1]

    def _row(self, row: FeedRow, followed: Places) -> ChangeRow:
        return row_of(self._corpus, row.change, read=row.read, followed=followed_by(followed, row.change.work, row.change.section))

    def _query(self, filters: ChangeFilter, followed: Places) -> FeedQuery:
        return FeedQuery(
            works=filters.laws,
            section=filters.section,
            places=area_places(self._corpus, filters.areas) if filters.areas else None,
            followed=followed if filters.followed_only else None,
            kinds=frozenset(kind.value for kind in filters.kinds),
            since=filters.since,
            until=filters.until,
            found_after=filters.found_after.astimezone(UTC).isoformat(timespec="microseconds") if filters.found_after else None,
            unread_only=filters.unread_only,
            substantive_only=filters.substantive_only,
            by_work=filters.by_act,
        )

    def _lists(self) -> Feed | None:
        if self._feed is None and self._library is not None:
            self._feed = Feed(self._library.path, self._home.personal)
        return self._feed

    # -- time ----------------------------------------------

    def pending(self, law: str | None = None, section: str | None = None, *, followed_only: bool = False) -> tuple[Pending, ...]:
        """What is enacted but not in the shown text, or on its way: of one act, one section, or all acts of the registry.

        Of a section: what is known to touch it, then what nobody can tell it does not.
        """
        with self._lock:
            if self._library is None:
                return ()
            followed = self._followed_places() if followed_only else None
            found: list[Pending] = []
            for slug in [law] if law is not None else self._corpus.registry.acts:
                if followed is not None and not any(place[0] == slug for place in followed):
                    continue
                own = self._pending_of(slug)
                if followed is not None and (slug, "") not in followed:
                    own = [p for p in own if not p.sections or any((slug, s) in followed for s in p.sections)]
                found += touching(own, section, date.today()) if section is not None else own
            return tuple(found)

    def _pending_of(self, law: str) -> list[Pending]:
        if self._library is None:
            return []
        key = (self._library.revision, date.today())
        kept = self._pending.get(law)
        if kept is None or kept[:2] != key:
            found = pending_of(self._library, self._corpus, law, self._library.current(law), key[1])
            kept = self._pending[law] = (*key, found)
        return kept[2]

    def pending_then(self, law: str, section: str, day: date) -> tuple[Pending, ...]:
        """What the text of an earlier day did not hold of what was enacted by then."""
        with self._lock:
            if self._library is None:
                return ()
            found = pending_of(self._library, self._corpus, law, self._library.current(law, day), day, enacted_by=day)
            return tuple(touching(found, section, day))

    def history(self, law: str, section: str) -> History:
        """One section through all texts, also where it was renumbered or came from another act."""
        with self._lock:
            label = label_of(self._corpus, law, section)
            if self._library is None:
                return History(law, section, label, (), notes=("Ingen lovtekst er indlæst.",))
            entries, notes = Tracing(self._library, self._corpus, self.change).trace(law, section)
            moves = forwarding_notes(self._corpus, law, section)
            return History(law, section, label, tuple(entries), self.pending(law, section), (*moves, *notes))

    def known_as_of(self, law: str, day: date) -> AsOf:
        """Which text is shown for a day, and what cannot be known of it."""
        with self._lock:
            if self._library is None:
                return AsOf(law, day, None, "", ("Ingen lovtekst er indlæst.",))
            return known_as_of(self._library, self._corpus, law, day)

    def limits_of_answer(self, day: date, places: Iterable[tuple[str, Address]]) -> tuple[str, ...]:
        """What to say over an answer that names these provisions, for an earlier day."""
        with self._lock:
            if self._library is None:
                return ("Ingen lovtekst er indlæst; kortene er skrevet til loven i dag.",)
            return tuple(limits_of_answer(self._library, self._corpus, self._lookup, day, places))

    def practice(self) -> tuple[PracticeChange, ...]:
        """Practice that was withdrawn or replaced, with the cards that cite it."""
        with self._lock:
            return tuple(practice_changes(self._library, self._corpus))

    # -- following -----------------------------------------

    def follow(self, kind: FollowKind, key: str, title: str = "") -> None:
        """Follow something. A search is stored with its words: only call this when the user asked for it. Raises QueryError for an unknown key."""
        name = title_of(self._corpus, kind, key)
        with self._lock:
            self._marks().follow(kind.value, key.strip(), title or name)

    def unfollow(self, kind: FollowKind, key: str) -> bool:
        """Follow it no longer; whether it was followed."""
        with self._lock:
            return self._home.personal.exists() and self._marks().unfollow(kind.value, key.strip())

    def followed(self) -> tuple[Follow, ...]:
        """What is followed, with the number of unread changes of each."""
        with self._lock:
            feed = self._lists()
            found = []
            for kind, key, title, since in self._follows():
                places = places_of(self._corpus, kind, key, self._find)
                unread = feed.count(FeedQuery(followed=places, substantive_only=True))[1] if feed is not None else 0
                found.append(Follow(kind, key, title, since, unread))
            return tuple(found)

    def is_followed(self, kind: FollowKind, key: str) -> bool:
        """Whether exactly this is followed."""
        with self._lock:
            return any((k, name) == (kind, key.strip()) for k, name, _, _ in self._follows())

    def _follows(self) -> list[tuple[FollowKind, str, str, datetime]]:
        if not self._home.personal.exists():
            return []
        return [(FollowKind(f.kind), f.key, f.title, f.since) for f in self._marks().follows()]

    def _followed_places(self) -> Places:
        places: set[tuple[str, str]] = set()
        for kind, key, _, _ in self._follows():
            with suppress(QueryError):  # a saved search that can no longer be read follows nothing
                places |= places_of(self._corpus, kind, key, self._find)
        return frozenset(places)

    def _marks(self) -> Personal:
        if self._personal is None:
            self._home.ensure()
            self._personal = Personal(self._home.personal)
        return self._personal

    # -- reading -------------------------------------------

    def mark_read(self, change_ids: Iterable[str], *, read: bool = True) -> None:
        """Mark changes as read, or unread again."""
        with self._lock:
            self._marks().mark_read(change_ids, read=read)

    def mark_all_read(self, filters: ChangeFilter | None = None) -> int:
        """Mark all that the filter lets through as read; how many were unread."""
        with self._lock:
            if (feed := self._lists()) is None:
                return 0
            keys = feed.unread_keys(self._query(filters or ChangeFilter(), self._followed_places()))
            self._marks().mark_read(keys, read=True)
            return len(keys)

    def unread_count(self) -> int:
        """Unread substantive changes of what is followed; of all acts where nothing is followed."""
        return self.count(ChangeFilter(followed_only=bool(self._follows()), substantive_only=True)).unread

    def last_looked(self) -> datetime | None:
        """When the page was last looked at; None: never."""
        with self._lock:
            return self._marks().looked(_PAGE) if self._home.personal.exists() else None

    def looked(self) -> None:
        """The page was looked at now."""
        with self._lock:
            self._marks().look(_PAGE)

    def since_last_look(self, *, limit: int = 100) -> ChangePage:
        """What came into the library after the page was last looked at; everything where it never was."""
        return self.feed(ChangeFilter(found_after=self.last_looked()), limit=limit)

    # -- the consultants' queue ----------------------------

    def queue(self, *, settled: bool = False) -> tuple[QueueEntry, ...]:
        """Cards to look at and why; ``settled``: also those that somebody has seen to."""
        with self._lock:
            if self._library is None:
                return ()
            queue = Queue(self._library, self._corpus, self._lookup, self._sure_pending)
            return tuple(e for e in queue.entries(self.settlements()) if settled or e.settled is None)

    def _sure_pending(self, law: str, section: str) -> list[Pending]:
        return [p for p in touching(self._pending_of(law), section, date.today()) if section in p.sections]

    def why_queued(self, card: str) -> tuple[QueueEntry, ...]:
        """Why a card is in the queue, settled or not."""
        return tuple(entry for entry in self.queue(settled=True) if entry.card == card)

    def mark_mended(self, entry: str, *, by: str, note: str = "", outcome: Outcome = Outcome.MENDED) -> Settlement:
        """Say that somebody saw to an entry of the queue. Raises QueryError for one that is not in the queue, or without a name."""
        if not by.strip():
            raise QueryError("Der mangler et navn.", "Skriv, hvem der har set på kortet.")
        with self._lock:
            found = next((e for e in self.queue(settled=True) if e.id == entry), None)
            if found is None:
                raise QueryError("Det står ikke i køen (længere).", "Åbn køen igen.")
            kept = self._marks().settle(entry, found.card, outcome.value, by.strip(), note.strip())
            return Settlement(kept.entry, kept.card, Outcome(kept.outcome), kept.by, kept.note, kept.at)

    def settlements(self, card: str | None = None) -> tuple[Settlement, ...]:
        """What was seen to, newest first: of a card, or all."""
        with self._lock:
            if not self._home.personal.exists():
                return ()
            return tuple(Settlement(s.entry, s.card, Outcome(s.outcome), s.by, s.note, s.at) for s in self._marks().settlements(card))

    # -- review --------------------------------------------

    def review(self, since: date, until: date, *, followed_only: bool = False) -> Review:
        """A period in review. Export it with :mod:`vidensplatform.changes.exporting`."""
        with self._lock:
            rows = self.feed(ChangeFilter(since=since, until=until, followed_only=followed_only, by_act=True), limit=_MOST).rows
            changes = [detail for row in rows if (detail := self.change(row.id)) is not None]
            return compose(
                self._corpus,
                since,
                until,
                followed_only=followed_only,
                changes=changes,
                pending=self.pending(followed_only=followed_only),
                practice=self.practice(),
                queue=self.queue(),
                title_of=self._law_title,
            )

    def _law_title(self, law: str) -> str:
        act = self._corpus.registry.act(law)
        if act is not None:
            return act.name[:1].upper() + act.name[1:]
        return (self._library.work_titles().get(law) if self._library is not None else None) or law
