"""What the user follows, kept at hand so that a menu can say it at once; asked anew whenever it may have changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from vidensplatform.desktop.session import Session

if TYPE_CHECKING:
    from vidensplatform.changes.records import Follow
    from vidensplatform.workbench import Workbench

SEARCH = "søgning"
"""The kind of a followed search, as :class:`~vidensplatform.changes.records.FollowKind` has it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be followed from where the user is: its kind and key as the workbench has them, and what it is called."""

    kind: str
    key: str
    title: str


class Following(QObject):
    """One for the whole window."""

    changed = Signal()
    """Something is followed more or less, or the number of unread changes is another."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.followed: tuple[Follow, ...] = ()
        self.unread = 0
        session.opened.connect(self.refresh)

    def refresh(self) -> None:
        """Ask the workbench what is followed and how much of it is unread."""
        self._session.ask(lambda bench, token: (bench.changes.followed(), bench.changes.unread_count()), self._told)

    def _told(self, told: tuple[tuple[Follow, ...], int]) -> None:
        if told != (self.followed, self.unread):
            self.followed, self.unread = told
            self.changed.emit()

    def follows(self, choice: Choice) -> bool:
        """Whether exactly this is followed."""
        return any(f.kind.value == choice.kind and f.key == choice.key for f in self.followed)

    def follow(self, choice: Choice) -> None:
        """Follow it."""
        from vidensplatform.changes.records import FollowKind

        self._do(lambda bench: bench.changes.follow(FollowKind(choice.kind), choice.key, choice.title))

    def unfollow(self, choice: Choice) -> None:
        """Follow it no longer."""
        from vidensplatform.changes.records import FollowKind

        self._do(lambda bench: bench.changes.unfollow(FollowKind(choice.kind), choice.key))

    def mark_read(self, change_id: str, *, read: bool) -> None:
        """Mark a change as read, or as unread again."""
        self._do(lambda bench: bench.changes.mark_read([change_id], read=read))

    def _do(self, work: Callable[[Workbench], object]) -> None:
        self._session.ask(lambda bench, token: work(bench), lambda _: self.refresh())
