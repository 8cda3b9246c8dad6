"""The button Følg: a menu of what can be followed from here, each with a tick where it is followed already."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMessageBox, QToolButton, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.changes.following import SEARCH, Choice, Following
from vidensplatform.desktop.labels import plain_button
from vidensplatform.desktop.strings import tr


class FollowMenu(QToolButton):
    """Takes no room where there is nothing to follow."""

    def __init__(self, following: Following, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._following = following
        self._choices: tuple[Choice, ...] = ()
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setAutoRaise(True)
        following.changed.connect(self._tell)
        self.hide()

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these."""
        self._choices = tuple(choices)
        self._menu.clear()
        for choice in self._choices:
            action = QAction(plain_button(choice.title), self._menu, checkable=True)
            action.triggered.connect(lambda checked, chosen=choice: self._chosen(chosen, follow=checked))
            self._menu.addAction(action)
        self._tell()
        self.setVisible(bool(self._choices))

    @property
    def choices(self) -> list[QAction]:
        """What the menu offers."""
        return self._menu.actions()

    def _tell(self) -> None:
        followed = [self._following.follows(choice) for choice in self._choices]
        for action, on in zip(self._menu.actions(), followed, strict=True):
            action.setChecked(on)
        self.setText(f"{tr(s.FOLLOWS if any(followed) else s.FOLLOW)}  ")  # room for the arrow
        names = ", ".join(choice.title for choice, on in zip(self._choices, followed, strict=True) if on)
        self.setAccessibleName(tr(s.FOLLOWS_NAME, names=names) if names else tr(s.FOLLOW_NAME))
        self.setToolTip(self.accessibleName())

    def _chosen(self, choice: Choice, *, follow: bool) -> None:
        if not follow:
            self._following.unfollow(choice)
        elif choice.kind == SEARCH:
            self._ask_first(choice)
        else:
            self._following.follow(choice)

    def _ask_first(self, choice: Choice) -> None:
        """A search is kept with its words, and what is typed about a citizen must never be kept unasked."""
        box = QMessageBox(QMessageBox.Icon.Question, tr(s.FOLLOW_SEARCH), tr(s.FOLLOW_SEARCH_ASK, text=choice.key), parent=self.window())
        box.setTextFormat(box.textFormat().PlainText)
        keep = box.addButton(tr(s.FOLLOW_SEARCH_KEEP), QMessageBox.ButtonRole.AcceptRole)
        leave = box.addButton(tr(s.CANCEL), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(leave)
        box.setEscapeButton(leave)
        box.finished.connect(lambda _: self._following.follow(choice) if box.clickedButton() is keep else self._tell())
        box.finished.connect(box.deleteLater)
        box.open()
