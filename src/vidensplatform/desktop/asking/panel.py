"""The upper part of the page Søg: the box and the day beside it, then the chips, what is to be noticed, and the banner of another day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.asking.box import QuestionBox
from vidensplatform.desktop.asking.chips import ChipBar
from vidensplatform.desktop.asking.notices import Notices
from vidensplatform.desktop.dating.banner import DateBanner
from vidensplatform.desktop.dating.control import DateControl
from vidensplatform.desktop.dating.limits import limits_of
from vidensplatform.desktop.labels import wrapping_label
from vidensplatform.desktop.strings import tr

if TYPE_CHECKING:
    from vidensplatform.search.answers import Answer


class AskingPanel(QWidget):
    """Holds the parts together; what they mean is in their own modules."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box, self.day, self.chips, self.notices, self.banner = QuestionBox(), DateControl(), ChipBar(), Notices(), DateBanner()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(10)
        self._line.addWidget(self.box, 1)
        self._line.addWidget(self.day, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.day.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 8)
        layout.setSpacing(8)
        layout.addLayout(self._line)
        self._refusal = wrapping_label()
        self._refusal.hide()
        for widget in (self._refusal, self.chips, self.notices, self.banner):
            layout.addWidget(widget)
        self.chips.stands_after = self.day.last
        self.day.refused.connect(self._refused)
        self.day.chosen.connect(self._dated)
        self.banner.today_wanted.connect(self._back_to_today)

    def stack(self, stacked: bool) -> None:
        """Put the day below the box, where there is no room for it at the right."""
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)

    def tell_answer(self, found: Answer) -> None:
        """What is to be noticed about an answer: what cannot wait, other words to try, and what cannot be known of the day."""
        titles = ", ".join(chip.title for chip in found.urgent)
        self.notices.tell(
            urgent=tr(s.CANNOT_WAIT, titles=titles) if titles else "",
            did_you_mean=found.did_you_mean,
            nearby=found.nearby,
            notes=[tr(s.NOTE, text=note) for note in found.notes],
        )
        if self.day.as_of is not None:
            self.banner.show_day(self.day.as_of, limits_of(self.day.as_of, found.as_of_notes))

    def _refused(self, said: str) -> None:
        self._refusal.setText(said)
        self._refusal.setVisible(bool(said))

    def _dated(self, as_of: date | None) -> None:
        self.banner.show_day(as_of, limits_of(as_of))

    def _back_to_today(self) -> None:
        self.day.put(None)
        self.day.take_keyboard()
