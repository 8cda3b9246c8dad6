"""The rail at the left: one button a page. What is not there yet is not shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.strings import tr


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page as the rail lists it: its title, and what makes it."""

    title: str
    make: Callable[[], QWidget]


class Rail(QFrame):
    """Buttons that exclude each other."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(s.RAIL))
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(6, 14, 6, 8)
        self._layout.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def add(self, title: str) -> int:
        """Add a page; returns its place."""
        place = len(self._group.buttons())
        button = QToolButton()
        button.setText(tr(title))
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        em = button.fontMetrics().height()
        button.setMinimumSize(em * 4, em * 2)
        button.setChecked(place == 0)
        self._group.addButton(button, place)
        self._layout.insertWidget(place, button)
        return place
