"""A layout that puts widgets one after the other and goes on to the next line where there is no more room, up to so many lines."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lines of widgets. With ``most_lines`` the widgets beyond it are hidden, except the last ``tail`` ones, which always show."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.most_lines = 0
        self.tail = 0
        self.hidden = 0
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Add at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many widgets there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # None beyond the end is what Qt asks for
        """The item at that place, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
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
        """The largest widget."""
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(QSize(0, item.sizeHint().height()))
        return size

    def setGeometry(self, rect: QRect) -> None:
        """Put the widgets into that room."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        body = self._items[: len(self._items) - self.tail]
        tail = self._items[len(self._items) - self.tail :]
        reserve = sum(min(item.sizeHint().width(), rect.width()) + self._gap for item in tail) if self.most_lines else 0
        at, line, height = QPoint(rect.x(), rect.y()), 1, 0
        self.hidden = 0
        shown: list[tuple[QLayoutItem, QRect]] = []
        for item in (*body, *tail):
            size = item.sizeHint().boundedTo(QSize(rect.width(), item.sizeHint().height()))
            is_tail = item in tail
            last = bool(self.most_lines) and line >= self.most_lines and not is_tail
            room = rect.right() + 1 - (reserve if last else 0)
            if self.hidden and not is_tail:
                self.hidden += 1
                continue
            if at.x() > rect.x() and at.x() + size.width() > room:
                if last:
                    self.hidden += 1
                    continue
                at, line, height = QPoint(rect.x(), at.y() + height + self._gap), line + 1, 0
            shown.append((item, QRect(at, size)))
            at.setX(at.x() + size.width() + self._gap)
            height = max(height, size.height())
        if place:
            visible = {id(item) for item, _ in shown}
            for item in self._items:
                if id(item) not in visible:
                    item.setGeometry(QRect(-10_000, -10_000, item.sizeHint().width(), item.sizeHint().height()))
            for item, box in shown:
                item.setGeometry(box)
        return at.y() + height - rect.y() if shown else 0
