"""What is on its way, as a list; or the sentence that the library knows of nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.changes.delegate import FeedDelegate
from vidensplatform.desktop.changes.model import FeedModel
from vidensplatform.desktop.changes.rows import PENDING, pending_rows
from vidensplatform.desktop.labels import wrapping_label
from vidensplatform.desktop.results.view import AnswerView
from vidensplatform.desktop.strings import tr

if TYPE_CHECKING:
    from vidensplatform.changes.records import Pending


class ComingList(QStackedWidget):
    """Enacted but not in the text, with a later date, waiting for the minister, before Folketinget."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pending: tuple[Pending, ...] = ()
        self._model = FeedModel(self)
        self.view = AnswerView(rows=self._model, delegate=FeedDelegate(self), name=s.TAB_COMING)
        self.nothing = wrapping_label(tr(s.PENDING_NONE))
        self.nothing.setMargin(24)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.addWidget(self.nothing)
        self.addWidget(self.view)

    def put(self, pending: Sequence[Pending]) -> None:
        """Show these."""
        self._pending = tuple(pending)
        self._model.begin(pending_rows(self._pending), None)
        self.setCurrentIndex(1 if self._pending else 0)

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self._pending)

    def at(self, target: str) -> Pending | None:
        """The one that a row leads to, or None."""
        place = target.removeprefix(PENDING)
        return self._pending[int(place)] if place != target and int(place) < len(self._pending) else None
