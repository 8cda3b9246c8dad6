"""A layout that puts widgets one after the other and goes on to the next line where there is no more room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


def lines_of(widths: Sequence[int], room: int, gap: int) -> list[int]:
    """On which line, from 0, each of these widths comes to stand."""
    found: list[int] = []
    line, used = 0, 0
    for width in widths:
        if used and used + gap + width > room:
            line, used = line + 1, 0
        used += width + (gap if used else 0)
        found.append(line)
    return found


class FlowLayout(QLayout):
    """Lines of widgets; hidden ones take no room."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Add at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many widgets there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at that place, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take the item at that place out, or None."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is at that width."""
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def sizeHint(self) -> QSize:
        """The least it needs."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """One line."""
        return QSize(0, max((item.sizeHint().height() for item in self._items if not item.isEmpty()), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Put the widgets into that room."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        items = [item for item in self._items if not item.isEmpty()]
        if not items:
            return 0
        sizes = [item.sizeHint().boundedTo(QSize(max(rect.width(), 1), item.sizeHint().height())) for item in items]
        height = max(size.height() for size in sizes)
        x, before = rect.x(), 0
        lines = lines_of([size.width() for size in sizes], rect.width(), self.gap)
        for item, size, line in zip(items, sizes, lines, strict=True):
            if line != before:
                x, before = rect.x(), line
            if place:
                top = rect.y() + line * (height + self.gap) + (height - size.height()) // 2
                item.setGeometry(QRect(x, top, size.width(), size.height()))
            x += size.width() + self.gap
        return (lines[-1] + 1) * height + lines[-1] * self.gap
