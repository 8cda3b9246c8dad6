"""The list in the middle: arrow keys walk and show, Enter opens, headers are passed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.results.delegate import RowDelegate
from vidensplatform.desktop.results.model import AnswerModel
from vidensplatform.desktop.results.rows import Row
from vidensplatform.desktop.strings import tr
from vidensplatform.desktop.theme import Theme


class AnswerView(QListView):
    """Shows the rows of an answer, or of another model with rows of that shape."""

    opened = Signal(object)
    """A :class:`Row` was clicked, or Enter was pressed on it."""
    read = Signal(object)
    """Enter was pressed on a :class:`Row`: the keyboard wants to go along."""
    passed = Signal(object)
    """The arrow keys came to a :class:`Row`."""
    left_upwards = Signal()
    """Up was pressed on the first row."""

    def __init__(
        self, parent: QWidget | None = None, *, rows: AnswerModel | None = None, delegate: RowDelegate | None = None, name: str = s.RESULTS
    ) -> None:
        super().__init__(parent)
        self.rows = rows if rows is not None else AnswerModel(self)
        self._delegate = delegate if delegate is not None else RowDelegate(self)
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(tr(name))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # rows are laid out for one width, whatever their number
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(self.fontMetrics().height() * 2)
        self.clicked.connect(self._clicked)

    def show_rows(self, rows: Sequence[Row], *, keep_place: bool) -> None:
        """Show these rows; where asked to, the one that was current stays so if it is still there."""
        before = self.rows.row(self.currentIndex())
        self.rows.show(rows)
        place = self.rows.place_of(before) if before is not None and keep_place else QModelIndex()
        if place.isValid():
            self.setCurrentIndex(place)
        else:
            self.scrollToTop()

    def take_keyboard(self) -> bool:
        """Put the keyboard on the current row, or on the first. False where there is none."""
        index = self.currentIndex() if self.currentIndex().isValid() else self.rows.first()
        if not index.isValid():
            return False
        already = index == self.currentIndex()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.setCurrentIndex(index)
        if already:
            self._pass(index)
        return True

    def currentChanged(self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex) -> None:
        """Tell which row the keyboard came to."""
        super().currentChanged(current, previous)
        if self.hasFocus():
            self._pass(current)

    def _pass(self, index: QModelIndex | QPersistentModelIndex) -> None:
        row = self.rows.row(index)
        if row is not None:
            self.passed.emit(row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Somebody who tabs in stands on the first row at once."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.setCurrentIndex(self.rows.first())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Up from the first row leaves upwards."""
        row = self.rows.row(self.currentIndex())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self.opened.emit(row)
            self.read.emit(row)
        elif event.key() == Qt.Key.Key_Up and self.currentIndex() == self.rows.first():
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        row = self.rows.row(index)
        if row is not None:
            self.opened.emit(row)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the platform from light to dark, and to another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_delegate"):
            self._delegate.theme = Theme.now(self.palette())
            self.scheduleDelayedItemsLayout()
