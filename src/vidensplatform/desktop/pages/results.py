"""The middle column: how much was found, and the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.changes.follow_menu import FollowMenu
from vidensplatform.desktop.changes.following import SEARCH, Choice, Following
from vidensplatform.desktop.labels import wrapping_label
from vidensplatform.desktop.results.rows import Grouping, Names, Row, RowKind, rows_of
from vidensplatform.desktop.results.view import AnswerView
from vidensplatform.desktop.strings import day, number, tr

if TYPE_CHECKING:
    from vidensplatform.search.answers import Answer


class ResultsColumn(QWidget):
    """Shows an answer as a list, with one line above it that says what it is."""

    opened = Signal(object)
    read = Signal(object)
    passed = Signal(object)
    left_upwards = Signal()
    needs_wanted = Signal(bool)

    def __init__(self, following: Following, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grouping = Grouping.NEED
        self._all_documents = False
        self._shown: tuple[Answer, Names, str, bool] | None = None
        self._summary = wrapping_label()
        self._needs = QPushButton(tr(s.NEEDS_COLUMN))
        self._needs.setCheckable(True)
        self._needs.hide()
        self._needs.toggled.connect(self.needs_wanted)
        self.follow = FollowMenu(following)
        self.view = AnswerView()
        self._summary.setBuddy(self.view)
        for name in ("passed", "left_upwards", "read"):
            getattr(self.view, name).connect(getattr(self, name))
        self.view.opened.connect(self._opened)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 6)
        bar.addWidget(self._summary, 1)
        bar.addWidget(self.follow, 0, Qt.AlignmentFlag.AlignTop)
        bar.addWidget(self._needs, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.view, 1)

    @property
    def summary(self) -> str:
        """The line above the list."""
        return self._summary.text()

    def show_answer(self, answer: Answer, names: Names, need: str, *, dated: bool, keep_place: bool) -> None:
        """Show an answer, or one need of it."""
        before = self._shown[0].query if self._shown else None
        self._all_documents = self._all_documents and before == answer.query
        self._shown = (answer, names, need, dated)
        self._summary.setText(self._sentence(answer, names, need, dated=dated))
        self.view.show_rows(rows_of(answer, names, self.grouping, need=need, all_documents=self._all_documents), keep_place=keep_place)

    def _sentence(self, answer: Answer, names: Names, need: str, *, dated: bool) -> str:
        n = sum(1 for hit in answer.options if not need or need in hit.areas)
        if answer.empty:
            first = tr(s.NOTHING_FOUND)
        elif not n:
            first = tr(s.SUMMARY_NO_OPTIONS)
        else:
            first = tr(s.SUMMARY_OPTIONS_ONE) if n == 1 else tr(s.SUMMARY_OPTIONS, n=number(n))
        parts = [first]
        if not n and answer.understood:
            parts.append(tr(s.UNDERSTOOD, words=", ".join(answer.understood)))
        if need:
            parts.append(tr(s.SUMMARY_FILTERED, need=names.needs.get(need, need)))
        if dated:
            parts.append(tr(s.SHOWN_FOR_DATE, day=day(answer.as_of)))
        return " ".join(parts)

    def offer_following(self, answer: Answer) -> None:
        """Offer to follow the search, and what was recognised in it."""
        forms = {"situation": ("situation", s.FOLLOW_SITUATION), "need": ("område", s.FOLLOW_AREA)}
        words = " ".join(answer.query.split())
        choices = [Choice(SEARCH, words, tr(s.FOLLOW_THIS_SEARCH, text=words))] if words else []
        choices += [Choice(forms[c.kind][0], c.id, tr(forms[c.kind][1], name=c.title)) for c in answer.recognised if c.kind in forms]
        self.follow.show_choices(choices)

    def _opened(self, row: Row) -> None:
        if row.kind is RowKind.MORE and self._shown is not None:
            self._all_documents = True
            answer, names, need, dated = self._shown
            self.show_answer(answer, names, need, dated=dated, keep_place=True)
        else:
            self.opened.emit(row)

    def take_keyboard(self) -> bool:
        """Put the keyboard on the list. False where it is empty."""
        return self.view.take_keyboard()

    def offer_needs(self, offered: bool, *, shown: bool) -> None:
        """The button that shows the needs, where they have no room of their own."""
        self._needs.setVisible(offered)
        self._needs.blockSignals(True)
        self._needs.setChecked(shown)
        self._needs.blockSignals(False)
