"""A list and what is read beside it; on a narrow window one of them at a time."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from vidensplatform.desktop.pages.columns import SIDE_BY_SIDE_FROM


class Pair(QWidget):
    """Keeps the two and decides which of them show."""

    def __init__(self, chosen_from: QWidget, read: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list, self._read = chosen_from, read
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.setMinimumWidth(1)
        for place, (column, stretch) in enumerate(((chosen_from, 5), (read, 6))):
            self._splitter.addWidget(column)
            self._splitter.setStretchFactor(place, stretch)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        self.narrow = False
        self.reading = False

    def fit(self, pixels: int) -> None:
        """Fold for a window of that width."""
        self.narrow = pixels < SIDE_BY_SIDE_FROM
        self._arrange()

    def read(self, reading: bool) -> None:
        """Where only one shows: what is read, or the list."""
        self.reading = reading
        self._arrange()

    def _arrange(self) -> None:
        self._list.setVisible(not self.narrow or not self.reading)
        self._read.setVisible(not self.narrow or self.reading)

    def state(self) -> QByteArray:
        """The widths the user gave the two, to be kept."""
        return self._splitter.saveState()

    def restore(self, state: QByteArray) -> None:
        """Give them those widths again."""
        self._splitter.restoreState(state)
