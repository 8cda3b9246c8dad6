"""The line at the bottom: what the library holds, how fresh it is, and long work with its progress and a button to stop it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from vidensplatform.desktop import session as steps
from vidensplatform.desktop import strings as s
from vidensplatform.desktop.labels import plain_tip
from vidensplatform.desktop.operations import Step
from vidensplatform.desktop.strings import day, number, tr

if TYPE_CHECKING:
    from vidensplatform.workbench import LibraryStatus


class StatusLine(QStatusBar):
    """Tells; asks for nothing but to stop or to update."""

    cancel_wanted = Signal()
    update_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library, self._index, self._fresh = QLabel(tr(s.OPENING)), QLabel(), QLabel()
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr(s.PROGRESS))
        self._bar.setFixedWidth(self.fontMetrics().height() * 7)
        self._cancel = QPushButton(tr(s.CANCEL))
        self._cancel.clicked.connect(self._stop)
        self._update = QPushButton(tr(s.INDEX_UPDATE_NOW))
        self._update.clicked.connect(self.update_wanted)
        for widget in (self._library, self._fresh):
            widget.setContentsMargins(8, 0, 8, 0)
            widget.setMinimumWidth(1)
            self.addWidget(widget)
        self._index.setContentsMargins(8, 0, 10, 0)
        for control in (self._index, self._bar, self._cancel, self._update):
            self.addPermanentWidget(control)
        for hidden in (self._cancel, self._update):
            hidden.hide()
        self._busy = False
        self.setSizeGripEnabled(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has no room for how fresh the texts are; the tool tip says it."""
        super().resizeEvent(event)
        self._fresh.setVisible(self.width() > self.fontMetrics().height() * 46)

    def show_status(self, status: LibraryStatus, *, index_waits: bool) -> None:
        """What the workbench says of its library."""
        counts = status.counts
        held = tr(s.LIBRARY_CARDS_ONLY) if counts is None or not counts.provisions else tr(s.LIBRARY_PROVISIONS, n=number(counts.provisions))
        self._library.setText(held)
        newest = max((signed for _, signed in status.kinds.values() if signed), default="")
        self._fresh.setText(tr(s.FRESHNESS, day=day(date.fromisoformat(newest))) if newest else "")
        self._library.setToolTip(plain_tip("\n".join(p for p in (tr(s.LIBRARY_TIP, folder=status.home), self._fresh.text()) if p)))
        if not self._busy:
            self._bar.hide()
            self._index.setText("" if counts is None else tr(s.INDEX_READY if status.index == "klar" else s.INDEX_BEHIND))
            self._update.setVisible(index_waits)

    def show_step(self, step: Step) -> None:
        """How far long work is."""
        self._update.hide()
        if not self._busy:
            self._cancel.setEnabled(True)
        self._busy = True
        self._bar.show()
        self._cancel.show()
        self._bar.setRange(0, step.total)
        self._bar.setValue(min(step.done, step.total))
        self._index.setText(_words(step))

    def show_idle(self) -> None:
        """Long work is over."""
        self._busy = False
        self._bar.hide()
        self._cancel.hide()
        self._index.setText("")

    def show_failed(self) -> None:
        """There is nothing to tell of a library that could not be opened."""
        self._bar.hide()
        self._library.setText("")
        self._fresh.setText("")

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self.cancel_wanted.emit()

    def texts(self) -> list[str]:
        """What stands in the line now."""
        return [label.text() for label in (self._library, self._fresh, self._index) if label.text()]


def _words(step: Step) -> str:
    n = number(step.done)
    match step.name:
        case steps.READING:
            return tr(s.IMPORTING_N, n=n)
        case steps.INDEXING:
            return tr(s.INDEX_UPDATING_N, n=n) if step.done else tr(s.INDEX_UPDATING)
        case steps.COMPARING:
            return tr(s.COMPARING_N, n=n) if step.done else tr(s.COMPARING)
        case steps.ASKING:
            return tr(s.ASKING, source=step.at)
        case steps.FETCHING:
            return tr(s.FETCHING, source=step.at, n=n, total=number(step.total))
        case _:
            return tr(s.OPENING)
