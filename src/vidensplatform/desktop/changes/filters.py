"""What narrows the list of changes: act, area, kind, period, and what is followed, unread or of substance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.asking.flow import FlowLayout
from vidensplatform.desktop.labels import plain_button
from vidensplatform.desktop.strings import tr

if TYPE_CHECKING:
    from datetime import datetime

    from vidensplatform.changes.records import ChangeFilter

_LETTER = 0.75
"""The width of an ordinary letter beside that of the X that Qt measures by."""
SINCE_LAST = "since last"
"""The period that begins when the page was last looked at."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is chosen. ``days`` is a number of days back, SINCE_LAST, or an empty string for all time."""

    law: str = ""
    section: str = ""
    area: str = ""
    kinds: tuple[str, ...] = ()
    days: str = ""
    by_act: bool = False
    followed_only: bool = False
    unread_only: bool = False
    substantive_only: bool = True

    def to_filter(self, today: date, last_looked: datetime | None) -> ChangeFilter:
        """As the workbench is asked."""
        from vidensplatform.changes.records import ChangeFilter
        from vidensplatform.law.diff import ChangeKind

        back = timedelta(days=int(self.days)) if self.days.isdigit() else None
        return ChangeFilter(
            laws=frozenset({self.law} if self.law else ()),
            section=self.section or None,
            areas=frozenset({self.area} if self.area else ()),
            kinds=frozenset(ChangeKind(kind) for kind in self.kinds),
            since=today - back if back else None,
            found_after=last_looked if self.days == SINCE_LAST else None,
            followed_only=self.followed_only,
            unread_only=self.unread_only,
            substantive_only=self.substantive_only and not self.kinds,
            by_act=self.by_act,
        )


class FilterBar(QWidget):
    """Lists and ticks in as many lines as the width asks for."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = FlowLayout(self, gap=8)
        self._law = self._list(s.FILTER_LAW, [(s.ALL_LAWS, "")])
        self._area = self._list(s.FILTER_AREA, [(s.ALL_AREAS, "")])
        self._kind = self._list(s.FILTER_KIND, [(s.ALL_CHANGES, ()), *((title, kinds) for title, kinds in s.CHANGE_KINDS.items())])
        self._days = self._list(s.FILTER_PERIOD, [*((title, days) for title, days in s.PERIODS.items()), (s.SINCE_LAST_LOOK, SINCE_LAST)])
        self._order = self._list(s.FILTER_GROUPS, [(s.GROUP_BY_MONTH, False), (s.GROUP_BY_ACT, True)])
        self._followed, self._unread, self._substance = (QCheckBox(tr(text)) for text in (s.ONLY_FOLLOWED, s.ONLY_UNREAD, s.ONLY_SUBSTANCE))
        self._substance.setChecked(True)
        self._substance.setToolTip(tr(s.ONLY_SUBSTANCE_HELP))
        self._section = ""
        self._only = QPushButton()
        self._only.clicked.connect(self._all_sections)
        self._only.setAccessibleName(tr(s.WHOLE_ACT))
        self._only.hide()
        self._law.currentIndexChanged.connect(lambda: self._narrow_to("", ""))
        flow.addWidget(self._only)
        for box in (self._law, self._area, self._kind, self._days, self._order):
            box.currentIndexChanged.connect(self.changed)
            flow.addWidget(box)
        for tick in (self._followed, self._unread, self._substance):
            tick.toggled.connect(self.changed)
            flow.addWidget(tick)

    @staticmethod
    def _list(name: str, items: Sequence[tuple[str, object]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(tr(name))
        box.setToolTip(tr(name))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(max(9, *(round(len(tr(title)) * _LETTER) for title, _ in items)))
        for title, value in items:
            box.addItem(tr(title), value)
        return box

    def offer(self, laws: Sequence[tuple[str, str]], areas: Sequence[tuple[str, str]]) -> None:
        """(id, title) of the acts and areas there are; what was chosen stays chosen where it still is there."""
        for box, found in ((self._law, laws), (self._area, areas)):
            chosen = box.currentData()
            box.blockSignals(True)
            while box.count() > 1:
                box.removeItem(1)
            for key, title in found:
                box.addItem(title, key)
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.blockSignals(False)

    @property
    def narrowing(self) -> Narrowing:
        """What is chosen now."""
        return Narrowing(
            self._law.currentData() or "",
            self._section,
            self._area.currentData() or "",
            tuple(self._kind.currentData() or ()),
            self._days.currentData() or "",
            bool(self._order.currentData()),
            self._followed.isChecked(),
            self._unread.isChecked(),
            self._substance.isChecked(),
        )

    def since_last_look(self) -> None:
        """Choose the period that begins when the page was last looked at."""
        self._days.setCurrentIndex(self._days.findData(SINCE_LAST))

    def only(self, *, law: str = "", section: str = "", title: str = "", area: str = "", followed: bool = False) -> None:
        """Choose this and nothing else."""
        for control in (self._law, self._area, self._kind, self._days, self._followed, self._unread):
            control.blockSignals(True)
        self._law.setCurrentIndex(max(0, self._law.findData(law)))
        self._area.setCurrentIndex(max(0, self._area.findData(area)))
        self._kind.setCurrentIndex(0)
        self._days.setCurrentIndex(0)
        self._followed.setChecked(followed)
        self._unread.setChecked(False)
        for control in (self._law, self._area, self._kind, self._days, self._followed, self._unread):
            control.blockSignals(False)
        self._narrow_to(section, title)
        self.changed.emit()

    def _narrow_to(self, section: str, title: str) -> None:
        self._section = section
        self._only.setText(plain_button(f"{tr(s.ONLY_SECTION, label=title)}  ✕"))
        self._only.setAccessibleName(tr(s.ONLY_SECTION_NAME, label=title))
        self._only.setVisible(bool(section))

    def _all_sections(self) -> None:
        self._narrow_to("", "")
        self.changed.emit()
