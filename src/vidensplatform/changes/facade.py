"""What a client asks about time: ``workbench.changes``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from vidensplatform.changes.records import (
    AsOf,
    ChangeCount,
    ChangeDetail,
    ChangeFilter,
    ChangePage,
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


class Changes:
    """Changes, history and what is on its way; what is followed and read; the consultants' queue."""

    def feed(self, filters: ChangeFilter | None = None, *, after: str | None = None, limit: int = 100) -> ChangePage:
        """A page of changes. Raises nothing; without a library it is empty."""
        raise NotImplementedError

    def count(self, filters: ChangeFilter | None = None) -> ChangeCount:
        """How many changes there are, and how many of them are unread."""
        raise NotImplementedError

    def change(self, change_id: str) -> ChangeDetail | None:
        """One change with its words; None where the library has none of that id (any more)."""
        raise NotImplementedError

    def pending(self, law: str | None = None, section: str | None = None, *, followed_only: bool = False) -> tuple[Pending, ...]:
        """What is enacted but not in the shown text, or on its way: of one act, one section, or all."""
        raise NotImplementedError

    def history(self, law: str, section: str) -> History:
        """One section through all texts, also where it was renumbered or came from another act."""
        raise NotImplementedError

    def known_as_of(self, law: str, day: date) -> AsOf:
        """Which text is shown for a day, and what cannot be known of it."""
        raise NotImplementedError

    def follow(self, kind: FollowKind, key: str, title: str = "") -> None:
        """Follow something. A search is stored with its words: only call this when the user asked for it. Raises QueryError for an unknown key."""
        raise NotImplementedError

    def unfollow(self, kind: FollowKind, key: str) -> bool:
        """Follow it no longer; whether it was followed."""
        raise NotImplementedError

    def followed(self) -> tuple[Follow, ...]:
        """What is followed, with the number of unread changes of each."""
        raise NotImplementedError

    def is_followed(self, kind: FollowKind, key: str) -> bool:
        """Whether exactly this is followed."""
        raise NotImplementedError

    def mark_read(self, change_ids: Iterable[str], *, read: bool = True) -> None:
        """Mark changes as read, or unread again."""
        raise NotImplementedError

    def mark_all_read(self, filters: ChangeFilter | None = None) -> int:
        """Mark all that the filter lets through as read; how many were unread."""
        raise NotImplementedError

    def unread_count(self) -> int:
        """Unread changes of what is followed; of all acts where nothing is followed."""
        raise NotImplementedError

    def last_looked(self) -> datetime | None:
        """When the page was last looked at; None: never."""
        raise NotImplementedError

    def looked(self) -> None:
        """The page was looked at now."""
        raise NotImplementedError

    def since_last_look(self, *, limit: int = 100) -> ChangePage:
        """What came into the library after the page was last looked at; everything where it never was."""
        raise NotImplementedError

    def queue(self, *, settled: bool = False) -> tuple[QueueEntry, ...]:
        """Cards to look at and why; ``settled``: also those that somebody has seen to."""
        raise NotImplementedError

    def why_queued(self, card: str) -> tuple[QueueEntry, ...]:
        """Why a card is in the queue, settled or not."""
        raise NotImplementedError

    def mark_mended(self, entry: str, *, by: str, note: str = "", outcome: Outcome = Outcome.MENDED) -> Settlement:
        """Say that somebody saw to an entry of the queue. Raises QueryError for one that is not in the queue, or without a name."""
        raise NotImplementedError

    def settlements(self, card: str | None = None) -> tuple[Settlement, ...]:
        """What was seen to, newest first: of a card, or all."""
        raise NotImplementedError

    def practice(self) -> tuple[PracticeChange, ...]:
        """Practice that was withdrawn or replaced, with the cards that cite it."""
        raise NotImplementedError

    def review(self, since: date, until: date, *, followed_only: bool = False) -> Review:
        """A period in review. Export it with :mod:`vidensplatform.changes.exporting`."""
        raise NotImplementedError
