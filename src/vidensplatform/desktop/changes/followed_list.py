"""What is followed, as a list: Enter shows its changes, Delete follows it no longer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.changes.following import Choice, Following
from vidensplatform.desktop.labels import wrapping_label
from vidensplatform.desktop.strings import day, number, tr


class FollowedList(QWidget):
    """Removing is possible by button and by key."""

    opened = Signal(object)
    """A :class:`Choice` was opened."""

    def __init__(self, following: Following, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._following = following
        self.list = _Keys()
        self.list.setAccessibleName(tr(s.FOLLOWED_LIST))
        self.list.setWordWrap(True)
        self.list.setFrameShape(self.list.frameShape().NoFrame)
        self.list.deleted.connect(self._remove)
        self.list.itemActivated.connect(lambda item: self.opened.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.list.currentItemChanged.connect(lambda *_: self._allow())
        empty = wrapping_label(tr(s.FOLLOWED_NONE))
        empty.setMargin(24)
        empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._body = QStackedWidget()
        self._body.addWidget(empty)
        self._body.addWidget(self.list)
        self.open, self.remove = QPushButton(tr(s.FOLLOWED_OPEN)), QPushButton(tr(s.UNFOLLOW))
        self.open.clicked.connect(self._open)
        self.remove.clicked.connect(self._remove)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(12, 4, 12, 8)
        buttons.addWidget(self.open)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._body, 1)
        layout.addLayout(buttons)
        following.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is followed now; the keyboard stays where it was."""
        place = self.list.currentRow()
        self.list.clear()
        for follow in self._following.followed:
            unread = tr(s.FOLLOWED_UNREAD, n=number(follow.unread)) if follow.unread else tr(s.FOLLOWED_ALL_READ)
            about = tr(s.FOLLOWED_SINCE, kind=follow.kind.value, day=day(follow.since.date()))
            item = QListWidgetItem(f"{follow.title or follow.key}\n{about}  ·  {unread}")
            item.setData(Qt.ItemDataRole.UserRole, Choice(follow.kind.value, follow.key, follow.title))
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(place, 0), self.list.count() - 1))
        self._body.setCurrentIndex(1 if self.list.count() else 0)
        self._allow()

    def _allow(self) -> None:
        for button in (self.open, self.remove):
            button.setEnabled(self.list.currentItem() is not None)

    def _open(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.opened.emit(item.data(Qt.ItemDataRole.UserRole))

    def _remove(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._following.unfollow(item.data(Qt.ItemDataRole.UserRole))

    def take_keyboard(self) -> bool:
        """Put the keyboard on the list. False where nothing is followed."""
        if not self.list.count():
            return False
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True


class _Keys(QListWidget):
    deleted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes away."""
        if event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        else:
            super().keyPressEvent(event)
