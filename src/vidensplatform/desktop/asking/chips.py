"""The chips below the box: what was recognised, what was taken away, and a situation put in by hand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.asking.chip import ChipButton
from vidensplatform.desktop.asking.flow import FlowLayout, lines_of
from vidensplatform.desktop.strings import number, tr

if TYPE_CHECKING:
    from vidensplatform.search.answers import Chip

_MOST_LINES = 2
_ORDER = {"situation": 0, "need": 1, "term": 2}


class ChipBar(QWidget):
    """Two lines of chips; the rest behind a button."""

    chip_opened = Signal(object)
    chip_removed = Signal(str)
    restore_wanted = Signal()
    add_wanted = Signal()
    emptied = Signal()
    """The last chip with the keyboard on it is gone: the keyboard needs a place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(s.RECOGNISED))
        self._flow = FlowLayout(self)
        self._chips: list[ChipButton] = []
        self._key: object = None
        self._unfolded = False
        self._folding = False
        self.stands_after: QWidget | None = None
        """What Tab leads here from: new chips are put behind it."""
        self._more = self._button(self._unfold)
        self._restore = self._button(self.restore_wanted.emit)
        self.add = self._button(self.add_wanted.emit)
        self.add.setText(tr(s.ADD_SITUATION))
        self._restore.hide()
        self._more.hide()
        self.hide()

    def _button(self, call: Callable[[], object]) -> QPushButton:
        button = QPushButton(self)
        button.setFlat(True)
        button.clicked.connect(lambda: call())
        self._flow.addWidget(button)
        return button

    def show_chips(self, chips: Sequence[Chip], added: Collection[str], removed: int) -> None:
        """Show what was recognised; the keyboard stays where it was among them."""
        ordered = sorted(chips, key=lambda chip: _ORDER.get(chip.kind, 9))
        self.show()
        self._restore.setVisible(removed > 0)
        self._restore.setText(tr(s.RESTORE_CHIPS, n=number(removed)))
        key = (tuple((c.id, c.title, c.words, c.urgent) for c in ordered), frozenset(added))
        if key != self._key:
            self._key = key
            place = next((n for n, button in enumerate(self._chips) if button.hasFocus()), -1)
            self._exchange(ordered, added)
            self._fold()
            if place >= 0:
                self._keyboard_to(place)
        else:
            self._fold()

    def _exchange(self, chips: Sequence[Chip], added: Collection[str]) -> None:
        for old in self._chips:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._chips = [ChipButton(chip, added=chip.id in added, parent=self) for chip in chips]
        buttons: tuple[QWidget, ...] = (self._more, self._restore, self.add)
        for control in buttons:
            self._flow.removeWidget(control)
        for chip_button in self._chips:
            self._flow.addWidget(chip_button)
            chip_button.clicked.connect(lambda _checked=False, chip=chip_button.chip: self.chip_opened.emit(chip))
            chip_button.removed.connect(self.chip_removed)
        for control in buttons:
            self._flow.addWidget(control)
        previous = self.stands_after
        for control in (*self._chips, *buttons):
            if previous is not None:
                QWidget.setTabOrder(previous, control)
            previous = control

    def _keyboard_to(self, place: int) -> None:
        shown = [chip for chip in self._chips if not chip.isHidden()]
        if shown:
            shown[min(place, len(shown) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.emptied.emit()

    def _unfold(self) -> None:
        self._unfolded = not self._unfolded
        self._fold()

    def _fold(self) -> None:
        """Hide the chips that do not fit into two lines, with the buttons behind them.

        Showing one lays the line out anew, which asks for this again: a widget that is hidden while it is being shown would be both.
        """
        if self._folding:
            return
        self._folding = True
        try:
            self._show_what_fits()
        finally:
            self._folding = False
        self._flow.invalidate()
        self._flow.activate()
        self.updateGeometry()

    def _show_what_fits(self) -> None:
        room, gap = self.width(), self._flow.gap
        tail = [b.sizeHint().width() for b in (self._restore, self.add) if not b.isHidden()]
        widths = [min(chip.sizeHint().width(), room) for chip in self._chips]

        def fits(n: int, extra: list[int]) -> bool:
            return lines_of([*widths[:n], *extra, *tail], room, gap)[-1] < _MOST_LINES

        everything = len(widths)
        shown = everything
        self._more.setText(tr(s.MORE_CHIPS, n=number(99)))
        if not fits(everything, []):
            more = self._more.sizeHint().width()
            shown = next((n for n in range(everything - 1, 0, -1) if fits(n, [more])), 1)
        hidden = everything - shown
        self._more.setVisible(hidden > 0)
        self._more.setText(tr(s.FEWER_CHIPS) if self._unfolded else tr(s.MORE_CHIPS, n=number(hidden)))
        for n, chip in enumerate(self._chips):
            chip.setVisible(self._unfolded or n < shown)

    def chips(self) -> list[ChipButton]:
        """The chips, in their order."""
        return list(self._chips)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width holds other chips."""
        super().resizeEvent(event)
        self._fold()
