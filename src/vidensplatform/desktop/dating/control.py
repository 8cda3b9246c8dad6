"""The day the law is shown for: today unless somebody asks for another, and one button back to today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.announcing import announce
from vidensplatform.desktop.asking.keys import LeavesCtrlK
from vidensplatform.desktop.dating.reading import EARLIEST, read_day, write_day
from vidensplatform.desktop.strings import tr


class DayField(QLineEdit):
    """Takes a day in any usual writing. Up and Down go a day on or back."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up: the day after; Down: the day before."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)


class DateControl(QWidget):
    """``as_of`` is None for today: what is shown then follows the clock, also past midnight."""

    chosen = Signal(object)
    """Another day was asked for: a date, or None for today."""
    refused = Signal(str)
    """What was typed is no day: what to tell of it; an empty string where there is nothing to tell any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._as_of: date | None = None
        label = QLabel(tr(s.AS_OF))
        self._edit = DayField(write_day(date.today()))
        self._edit.setAccessibleName(tr(s.AS_OF_DATE))
        self._edit.setAccessibleDescription(tr(s.AS_OF_HELP))
        self._edit.setToolTip(tr(s.AS_OF_HELP))
        self._edit.setFixedWidth(self._edit.fontMetrics().horizontalAdvance("00-00-0000") + self._edit.fontMetrics().height() * 2)
        self._edit.installEventFilter(LeavesCtrlK(self))
        self._edit.editingFinished.connect(self._typed)
        self._edit.stepped.connect(self._step)
        label.setBuddy(self._edit)
        self._open = self._button("▾", s.AS_OF_CALENDAR, self._show_calendar)
        self._today = self._button(tr(s.AS_OF_TODAY), s.AS_OF_TODAY_NAME, self._back)
        self._today.setEnabled(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (label, self._edit, self._open, self._today):
            row.addWidget(widget)
        self.last: QWidget = self._today
        """The last control inside, for the order of Tab."""

    def _button(self, text: str, name: str, call: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(tr(name))
        button.setToolTip(tr(name))
        button.clicked.connect(lambda _checked=False: call())
        return button

    @property
    def as_of(self) -> date | None:
        """The day that is asked for, or None for today."""
        return self._as_of

    def put(self, as_of: date | None) -> None:
        """Ask for that day, as if the user had chosen it; None, or today's date, is today."""
        today = date.today()
        wanted = None if as_of == today else as_of
        self._edit.setText(write_day(wanted or today))
        self.refused.emit("")
        if wanted != self._as_of:
            self._as_of = wanted
            self._today.setEnabled(wanted is not None)
            self.chosen.emit(wanted)

    def take_keyboard(self) -> None:
        """Put the keyboard on the day."""
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._edit.selectAll()

    def _typed(self) -> None:
        if self._edit.text() == write_day(self._as_of or date.today()):
            self.refused.emit("")
            return
        day = read_day(self._edit.text())
        if day is not None:
            self.put(day)
        else:
            said = tr(s.AS_OF_REFUSED, text=self._edit.text().strip())
            announce(self._edit, said, urgent=True)
            self.refused.emit(said)

    def _step(self, days: int) -> None:
        self.put((read_day(self._edit.text()) or self._as_of or date.today()) + timedelta(days=days))

    def _back(self) -> None:
        self.put(None)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)  # the button that had the keyboard is disabled now

    def _show_calendar(self) -> None:
        popup = QWidget(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(popup)
        calendar.setAccessibleName(tr(s.AS_OF_CALENDAR))
        calendar.setMinimumDate(QDate(EARLIEST.year, EARLIEST.month, EARLIEST.day))
        shown = self._as_of or date.today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        layout = QVBoxLayout(popup)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.addWidget(calendar)

        def take(day: QDate) -> None:
            popup.close()
            self.put(date(day.year(), day.month(), day.day()))
            self._edit.setFocus()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        popup.adjustSize()
        corner = self._edit.mapToGlobal(QPoint(0, self._edit.height()))
        room = self.screen().availableGeometry()
        popup.move(max(room.left(), min(corner.x(), room.right() - popup.width())), corner.y())
        popup.show()
        calendar.setFocus()
