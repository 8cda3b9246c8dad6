"""The left column: the needs that were found, and what narrows the law text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QGroupBox, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.strings import number, tr


class NeedsColumn(QWidget):
    """Needs as a list (the first row is all of them), and filters for documents where there is law text."""

    need_chosen = Signal(str)
    """The id of a need, or an empty string for all of them."""
    filters_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(s.NEEDS_COLUMN))
        title = QLabel(tr(s.NEEDS))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        self._list = QListWidget()
        self._list.setAccessibleName(tr(s.NEEDS))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setWordWrap(True)
        self._list.setSpacing(1)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentItemChanged.connect(self._chosen)
        title.setBuddy(self._list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.addWidget(title)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._filters())
        self._need = ""

    def _filters(self) -> QGroupBox:
        self._law = QGroupBox(tr(s.LAW_TEXT))
        self._kind = QComboBox()
        self._kind.setAccessibleName(tr(s.KIND_OF_DOCUMENT))
        self._kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._kind.setMinimumContentsLength(8)
        self._kind.addItem(tr(s.ALL_KINDS), ())
        for name, kinds in s.KIND_GROUPS.items():
            self._kind.addItem(tr(name), kinds)
        self._historic = QCheckBox(tr(s.HISTORIC))
        self._kind.currentIndexChanged.connect(self.filters_changed)
        self._historic.toggled.connect(self.filters_changed)
        layout = QVBoxLayout(self._law)
        for widget in (self._kind, self._historic):
            layout.addWidget(widget)
        self._law.hide()
        return self._law

    # -- needs -----------------------------------------------------------------------------------------------------------------------------

    @property
    def need(self) -> str:
        """The chosen need, or an empty string."""
        return self._need

    def show_needs(self, needs: Sequence[tuple[str, str, int]], total: int) -> None:
        """(id, title, count) of the needs found. A chosen need that is gone is chosen no more."""
        known = {need for need, _, _ in needs}
        if self._need not in known:
            self._need = ""
        self._list.blockSignals(True)
        self._list.clear()
        for need, title, n in [("", tr(s.ALL_NEEDS), total), *needs]:
            item = QListWidgetItem(f"{title}  ({number(n)})")
            item.setData(Qt.ItemDataRole.UserRole, need)
            self._list.addItem(item)
            if need == self._need:
                self._list.setCurrentItem(item)
        self._list.blockSignals(False)

    def choose(self, need: str) -> None:
        """Choose a need, as a click on it does; the chosen one again chooses all."""
        wanted = "" if need == self._need else need
        for n in range(self._list.count()):
            if self._list.item(n).data(Qt.ItemDataRole.UserRole) == wanted:
                self._list.setCurrentRow(n)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._need = str(item.data(Qt.ItemDataRole.UserRole))
            self.need_chosen.emit(self._need)

    # -- filters ---------------------------------------------------------------------------------------------------------------------------

    def offer_law_filters(self, offered: bool) -> None:
        """Filters for law text, where there is any."""
        self._law.setVisible(offered)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of document that are wanted; empty for all."""
        return frozenset(self._kind.currentData() or ())

    @property
    def historic(self) -> bool:
        """Whether historic texts are wanted too."""
        return self._historic.isChecked()

    def take_keyboard(self) -> None:
        """Put the keyboard on the needs."""
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)
