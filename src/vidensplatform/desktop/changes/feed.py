"""Fills the list of changes: the first page at once, the following ones as it is scrolled; answers that came too late are thrown away."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from vidensplatform.desktop.changes.filters import Narrowing
from vidensplatform.desktop.changes.gathering import FirstPage, count_of, first_page, next_page
from vidensplatform.desktop.changes.model import FeedModel
from vidensplatform.desktop.changes.rows import change_rows
from vidensplatform.desktop.operations import LatestOnly
from vidensplatform.desktop.session import Session

if TYPE_CHECKING:
    from vidensplatform.changes.records import ChangeCount, ChangePage
    from vidensplatform.workbench import Workbench

First = tuple["Workbench", Narrowing, "datetime | None"]
Next = tuple["Workbench", Narrowing, "datetime | None", str]


class Feed(QObject):
    """Between the workbench and the model."""

    filled = Signal()
    """A first page is in the list."""
    counted = Signal(object)
    """How much there is of it: the :class:`~vidensplatform.changes.records.ChangeCount`."""

    def __init__(self, session: Session, model: FeedModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._model = session, model
        self.narrowing = Narrowing()
        self.last_looked: datetime | None = None
        self._first: LatestOnly[First, FirstPage] = LatestOnly(session.reading, lambda asked, token: first_page(*asked, token), self._begin)
        self._count: LatestOnly[First, ChangeCount] = LatestOnly(session.reading, lambda asked, token: count_of(*asked, token), self.counted.emit)
        self._next: LatestOnly[Next, ChangePage] = LatestOnly(session.reading, lambda asked, token: next_page(*asked, token), self._go_on)
        model.more_wanted.connect(self._more)

    def fill(self, narrowing: Narrowing) -> None:
        """Show what is chosen, from the beginning."""
        self.narrowing = narrowing
        self._next.forget()
        self._count.forget()
        if self._session.bench is not None:
            self._first.ask((self._session.bench, narrowing, self.last_looked))

    def _begin(self, first: FirstPage) -> None:
        self._model.begin(change_rows(first.page.rows, "", by_act=first.narrowing.by_act), first.page.next)
        self.filled.emit()
        if self._session.bench is not None:
            self._count.ask((self._session.bench, first.narrowing, self.last_looked))

    def _more(self, cursor: str) -> None:
        if self._session.bench is not None:
            self._next.ask((self._session.bench, self.narrowing, self.last_looked, cursor))

    def _go_on(self, page: ChangePage) -> None:
        self._model.append(change_rows(page.rows, self._model.last_header, by_act=self.narrowing.by_act), page.next)
