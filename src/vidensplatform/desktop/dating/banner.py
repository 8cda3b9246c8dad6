"""The banner over everything that is shown for another day than today. Told in words and with a frame, never by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.announcing import announce
from vidensplatform.desktop.labels import wrapping_label
from vidensplatform.desktop.strings import day, tr
from vidensplatform.desktop.theme import Theme, colour


class DateBanner(QFrame):
    """Takes no room while today's law is shown."""

    today_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._limits = wrapping_label(bold=True, selectable=True), wrapping_label(selectable=True)
        self._notes: tuple[str, ...] = ()
        self._more = QPushButton(tr(s.DATE_LIMITS_MORE))
        self._more.setCheckable(True)
        self._more.toggled.connect(self._unfold)
        self._back = QPushButton(tr(s.SHOW_TODAY))
        self._back.clicked.connect(self.today_wanted)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._limits)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.addLayout(words, 1)
        for button in (self._more, self._back):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._dress()
        self.hide()

    def show_day(self, as_of: date | None, limits: Sequence[str] = ()) -> None:
        """Say which day's law is shown, and what cannot be known of it; None hides the banner."""
        if as_of is None:
            self.hide()
            return
        before = self._title.text()
        future = as_of > date.today()
        self._title.setText(tr(s.SHOWS_LAW_TO_COME if future else s.SHOWS_LAW_OF, day=day(as_of)))
        self._notes = tuple(limits)
        self._more.setVisible(len(self._notes) > 1)
        self._unfold(self._more.isChecked())
        self.show()
        if self._title.text() != before:
            announce(self, self.text)

    @property
    def text(self) -> str:
        """All that the banner has to say; an empty string where it does not show."""
        return "" if self.isHidden() else " ".join((self._title.text(), *self._notes))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ground, an edge, and a broad stroke at the left."""
        look = Theme.now(self.palette()).warning
        painter = QPainter(self)
        box = self.rect().adjusted(0, 0, -1, -1)
        painter.setPen(colour(look.edge))
        painter.setBrush(colour(look.fill))
        painter.drawRect(box)
        painter.fillRect(box.x(), box.y(), 5, box.height() + 1, colour(look.ink))

    def _unfold(self, whole: bool) -> None:
        """The first sentence, or all of them, one a line."""
        self._limits.setText("\n".join(self._notes if whole else self._notes[:1]))
        self._limits.setVisible(bool(self._notes))

    def _dress(self) -> None:
        ink = colour(Theme.now(self.palette()).warning.ink)
        for label in (self._title, self._limits):
            look = label.palette()
            look.setColor(QPalette.ColorRole.WindowText, ink)
            label.setPalette(look)

    def changeEvent(self, event: QEvent) -> None:
        """Other colours of the platform, other colours here."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_back"):
            self._dress()
