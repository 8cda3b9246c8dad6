"""Suggestions for the last word, in a small list under the cursor that never has the keyboard and never steals Enter."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QListView, QPlainTextEdit, QVBoxLayout

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.strings import tr

_MOST = 8


class Completion(QFrame):
    """Floats over the page as a child of the window. ``→`` takes the first word, Alt+↓ walks; Enter is taken only by somebody who walked."""

    taken = Signal(str)

    def __init__(self, box: QPlainTextEdit) -> None:
        super().__init__(box)
        self._box = box
        self._muted = ""
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words = QStringListModel(self)
        self._list = QListView()
        self._list.setModel(self._words)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setAccessibleName(tr(s.SUGGESTIONS))
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setSpacing(1)
        self._list.clicked.connect(self._take)
        hint = QLabel(tr(s.SUGGESTIONS_HELP))
        hint.setEnabled(False)
        hint.setContentsMargins(6, 2, 6, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._list)
        layout.addWidget(hint)
        self.hide()

    def offer(self, beginning: str, words: list[str]) -> None:
        """Show the words, unless what is written is a whole word already."""
        whole = beginning.lower() in {word.lower() for word in words}
        fresh = words[:_MOST]
        if whole or not fresh or not beginning or beginning == self._muted:
            self.hide()
            return
        self._words.setStringList(fresh)
        self._list.clearSelection()
        self._list.setCurrentIndex(QModelIndex())
        window = self._box.window()
        if self.parent() is not window:
            self.setParent(window)
        metrics = QFontMetrics(self._list.font())
        rows = sum(max(self._list.sizeHintForRow(n), metrics.height()) + 2 for n in range(len(fresh)))
        self._list.setFixedHeight(rows + 4)
        width = max(metrics.horizontalAdvance(word) for word in (*fresh, tr(s.SUGGESTIONS_HELP))) + metrics.height() * 2
        self.setFixedWidth(width)
        self.adjustSize()
        corner = self._box.viewport().mapTo(window, self._box.cursorRect().bottomLeft()) + QPoint(0, 4)
        corner.setX(max(0, min(corner.x(), window.width() - self.width() - 4)))
        self.move(corner)
        self.show()
        self.raise_()

    def mute(self, word: str) -> None:
        """Offer nothing for this word: it was asked as it stands."""
        self._muted = word

    def handles(self, event: QKeyEvent) -> bool:
        """Whether a key of the box was meant for the suggestions."""
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        current = self._list.currentIndex()
        if alt and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            place = (current.row() + step) % self._words.rowCount() if current.isValid() else 0
            self._list.setCurrentIndex(self._words.index(place))
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        if key == Qt.Key.Key_Right and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            self._take(current if current.isValid() else self._words.index(0))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            self._take(current)
            return True
        return False

    def words(self) -> list[str]:
        """What is offered now."""
        return self._words.stringList() if self.isVisible() else []

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            self.taken.emit(str(index.data()))
