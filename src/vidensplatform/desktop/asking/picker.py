"""A small searchable list to put a situation in by hand."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListView, QToolButton, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.strings import tr

_Index = QModelIndex | QPersistentModelIndex
_ID, _WORDS = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class _EveryWord(QSortFilterProxyModel):
    """Keeps the rows whose title or words hold every word that was typed, in any order; those whose title does come first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: list[str] = []

    def want(self, text: str) -> None:
        """Keep what holds these words."""
        self.beginResetModel()
        self._wanted = text.casefold().split()
        self.endResetModel()
        self.sort(0)

    def filterAcceptsRow(self, row: int, parent: _Index) -> bool:
        """Whether every word is in it."""
        held = str(self.sourceModel().index(row, 0, parent).data(_WORDS))
        return all(word in held for word in self._wanted)

    def lessThan(self, left: _Index, right: _Index) -> bool:
        """By whether the title holds the words, then by title."""
        return self._rank(left) < self._rank(right)

    def _rank(self, index: _Index) -> tuple[bool, str]:
        title = str(index.data()).casefold()
        return not all(word in title for word in self._wanted), title


class SituationPicker(QDialog):
    """Type a few letters, choose with the arrows or the mouse."""

    picked = Signal(str)

    def __init__(self, situations: Mapping[str, tuple[str, str]], parent: QWidget | None = None) -> None:
        """``situations`` is (title, words that are searched too) by id."""
        super().__init__(parent)
        self.setWindowTitle(tr(s.PICK_SITUATION))
        source = QStandardItemModel(self)
        for situation, (title, words) in situations.items():
            item = QStandardItem(title)
            item.setEditable(False)
            item.setData(situation, _ID)
            item.setData(f"{title} {words}".casefold(), _WORDS)
            source.appendRow(item)
        self._found = _EveryWord(self)
        self._found.setSourceModel(source)
        self._search = QLineEdit()
        self._search.setPlaceholderText(tr(s.PICK_SEARCH))
        self._search.setAccessibleName(tr(s.PICK_SEARCH))
        self._search.setClearButtonEnabled(True)
        for clear in self._search.findChildren(QToolButton):  # Qt gives its own button no name
            clear.setAccessibleName(tr(s.CLEAR))
        self._search.textChanged.connect(self._want)
        self._search.installEventFilter(self)
        self._list = QListView()
        self._list.setModel(self._found)
        self._list.setAccessibleName(tr(s.PICK_LIST))
        self._list.setUniformItemSizes(True)
        self._list.activated.connect(self._pick)
        self._list.clicked.connect(self._pick)
        self._none = QLabel(tr(s.PICK_NONE))
        layout = QVBoxLayout(self)
        for widget in (self._search, self._list, self._none):
            layout.addWidget(widget)
        em = self.fontMetrics().height()
        self.resize(em * 32, em * 24)
        self._want("")

    def _want(self, text: str) -> None:
        self._found.want(text)
        any_found = self._found.rowCount() > 0
        self._none.setVisible(not any_found)
        if any_found:
            self._list.setCurrentIndex(self._found.index(0, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows walk the list and Enter picks while the cursor stays in the line."""
        if watched is self._search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._pick(self._list.currentIndex())
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                place = min(max(self._list.currentIndex().row() + step, 0), self._found.rowCount() - 1)
                self._list.setCurrentIndex(self._found.index(place, 0))
                return True
        return super().eventFilter(watched, event)

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(str(index.data(_ID)))
            self.accept()
