"""The rail at the left: one button a page. What is not there yet is not shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.strings import number, tr


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page as the rail lists it: its title, and what makes it."""

    title: str
    make: Callable[[], QWidget]


_MANY = 1000


class Rail(QFrame):
    """Buttons that exclude each other."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(s.RAIL))
        self._titles: list[str] = []
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
        self._titles.append(tr(title))
        return place

    def turn_to(self, place: int) -> None:
        """Show that page as the chosen one."""
        self._group.button(place).setChecked(True)
        self.chosen.emit(place)

    def tell(self, place: int, n: int, spoken: str) -> None:
        """Put a number on a page's button; ``spoken`` names it for a screen reader. 0 takes it away."""
        button, title = self._group.button(place), self._titles[place]
        shown = number(n) if n < _MANY else tr(s.MANY)
        button.setText(f"{title}\n({shown})" if n else title)
        button.setAccessibleName(spoken if n else title)
        button.setToolTip(spoken if n else "")
