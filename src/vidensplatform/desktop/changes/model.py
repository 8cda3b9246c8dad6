"""The list of changes as a Qt model that asks for the next page when the list is scrolled to its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, Signal

from vidensplatform.desktop.changes.rows import FeedRow
from vidensplatform.desktop.results.model import AnswerModel, Index
from vidensplatform.desktop.results.rows import Row, RowKind

_NO_PARENT = QModelIndex()


class FeedModel(AnswerModel):
    """Shows the pages that came so far. However many changes there are, only what was scrolled to is read and laid out."""

    more_wanted = Signal(str)
    """The page after this cursor is wanted; :meth:`append` takes it."""

    _next: str | None = None
    _waiting = False

    def begin(self, rows: Sequence[Row], following: str | None) -> None:
        """Show a first page instead of all that was there; ``following`` is the cursor of the next one."""
        self._next, self._waiting = following, False
        self.show(rows)

    def append(self, rows: Sequence[Row], following: str | None) -> None:
        """Put the next page below."""
        self._next, self._waiting = following, False
        if rows:
            first = self.rowCount()
            self.beginInsertRows(_NO_PARENT, first, first + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def canFetchMore(self, parent: Index = _NO_PARENT) -> bool:
        """Whether there is a page more, and nobody has asked for it."""
        return not parent.isValid() and self._next is not None and not self._waiting

    def fetchMore(self, parent: Index = _NO_PARENT) -> None:
        """Ask for the next page; it comes when it has been read."""
        if self.canFetchMore(parent) and self._next is not None:
            self._waiting = True
            self.more_wanted.emit(self._next)

    @property
    def last_header(self) -> str:
        """The title of the last group."""
        return next((row.title for row in reversed(self._rows) if row.kind is RowKind.HEADER), "")

    def mark(self, targets: set[str] | None, *, read: bool) -> None:
        """Show these rows (or all) as read or unread."""
        for place, row in enumerate(self._rows):
            if isinstance(row, FeedRow) and row.kind is RowKind.CHANGE and (targets is None or row.target in targets) and row.unread is read:
                self._rows[place] = replace(row, unread=not read)
                self.dataChanged.emit(self.index(place), self.index(place))
