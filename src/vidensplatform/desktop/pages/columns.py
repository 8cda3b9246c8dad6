"""Three columns that fold as the window gets narrow: needs | answer | reader."""

from __future__ import annotations

import enum

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

NEEDS_FROM, SIDE_BY_SIDE_FROM = 900, 650
"""Window widths in device-independent pixels: below the first the needs are behind a button, below the second one column shows at a time."""


class Width(enum.Enum):
    """How much room there is."""

    WIDE = enum.auto()
    MEDIUM = enum.auto()
    NARROW = enum.auto()


def width_of(pixels: int) -> Width:
    """What a window of that width can show."""
    return Width.WIDE if pixels >= NEEDS_FROM else Width.MEDIUM if pixels >= SIDE_BY_SIDE_FROM else Width.NARROW


class Columns(QWidget):
    """Keeps the three columns and decides which of them show."""

    changed = Signal()

    def __init__(self, needs: QWidget, answer: QWidget, reader: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._needs, self._answer, self._reader = needs, answer, reader
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.setMinimumWidth(1)  # or the widest arrangement would keep the window from ever getting narrow
        for place, (column, stretch) in enumerate(((needs, 2), (answer, 5), (reader, 6))):
            self._splitter.addWidget(column)
            self._splitter.setStretchFactor(place, stretch)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        self.width_class = Width.WIDE
        self._needs_wanted = False
        self._reading = False
        self._sized = False

    def fit(self, pixels: int) -> None:
        """Fold for a window of that width."""
        wanted = width_of(pixels)
        if wanted is not self.width_class or not self._sized:
            self.width_class = wanted
            self._needs_wanted = False
            self._sized = True
            self._arrange()
            self._spread()

    def show_needs(self, wanted: bool) -> None:
        """Show or hide the needs where there is no room for them beside the rest."""
        self._needs_wanted = wanted
        self._arrange()

    def read(self, reading: bool) -> None:
        """Where only one column shows: the reader, or the list."""
        self._reading = reading
        self._needs_wanted = self._needs_wanted and not reading
        self._arrange()

    @property
    def needs_shown(self) -> bool:
        """Whether the needs are on the screen."""
        return not self._needs.isHidden()

    @property
    def reader_shown(self) -> bool:
        """Whether the reader is on the screen."""
        return not self._reader.isHidden()

    def _arrange(self) -> None:
        match self.width_class:
            case Width.WIDE:
                shown = (True, True, True)
            case Width.MEDIUM:
                shown = (self._needs_wanted, True, not self._needs_wanted or self._reading)
            case Width.NARROW:
                shown = (self._needs_wanted, not self._needs_wanted and not self._reading, self._reading and not self._needs_wanted)
        for column, visible in zip((self._needs, self._answer, self._reader), shown, strict=True):
            column.setVisible(visible)
        self.changed.emit()

    def _spread(self) -> None:
        room = max(self.width(), 300)
        self._splitter.setSizes([round(room * 0.19), round(room * 0.38), round(room * 0.43)])

    def state(self) -> QByteArray:
        """The widths the user gave the columns, to be kept."""
        return self._splitter.saveState()

    def restore(self, state: QByteArray) -> None:
        """Give the columns those widths again."""
        self._splitter.restoreState(state)
