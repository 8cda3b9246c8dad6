"""The page Søg: a situation in, possibilities across laws out, and a reader beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from vidensplatform.desktop.announcing import announce
from vidensplatform.desktop.asking.inquiry import Inquiry, answer, suggestions
from vidensplatform.desktop.asking.needs import NeedsColumn
from vidensplatform.desktop.asking.panel import AskingPanel
from vidensplatform.desktop.asking.picker import SituationPicker
from vidensplatform.desktop.changes.following import Following
from vidensplatform.desktop.operations import LatestOnly
from vidensplatform.desktop.pages.columns import Columns, Width
from vidensplatform.desktop.pages.results import ResultsColumn
from vidensplatform.desktop.pages.start import StartPanel
from vidensplatform.desktop.pages.stops import Stop, next_stop
from vidensplatform.desktop.reader.fetching import Fetching
from vidensplatform.desktop.reader.targets import Wanted, to_card, to_reference
from vidensplatform.desktop.reader.view import Reader
from vidensplatform.desktop.results.rows import Grouping, Names, Row, RowKind, needs_of
from vidensplatform.desktop.session import Session
from vidensplatform.errors import QueryError

if TYPE_CHECKING:
    from vidensplatform.search.answers import Answer, Chip
    from vidensplatform.workbench import LibraryStatus, Workbench


class SearchPage(QWidget):
    """Joins box, chips, columns and reader. What they mean is in their own modules; here is only what follows from what."""

    import_wanted = Signal()
    reader_moved = Signal()
    columns_changed = Signal()
    answered = Signal(object)
    """An answer is on the screen: the :class:`Answer`."""

    def __init__(self, session: Session, following: Following, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._inquiry = Inquiry()
        self._names: Names | None = None
        self._jumped = ""
        self._answer: Answer | None = None
        self._panel = AskingPanel()
        self.box, self.day, self.chips, self.notices = self._panel.box, self._panel.day, self._panel.chips, self._panel.notices
        self.banner = self._panel.banner
        self.needs, self.results, self.reader = NeedsColumn(), ResultsColumn(following), Reader(following)
        self.columns = Columns(self.needs, self.results, self.reader)
        self.start = StartPanel()
        self._body = QStackedWidget()
        self._body.addWidget(self.start)
        self._body.addWidget(self.columns)
        self._lay_out()
        self._searching: LatestOnly[tuple[Workbench, Inquiry], Answer] = LatestOnly(
            session.reading, lambda asked, token: answer(*asked, token), self._answered, self._not_understood
        )
        self._suggesting: LatestOnly[tuple[Workbench, str], tuple[str, list[str]]] = LatestOnly(
            session.reading, lambda asked, token: suggestions(*asked, token), lambda found: self.box.suggest(*found)
        )
        self._fetching = Fetching(session, self.reader, lambda target: Wanted(target, self._inquiry.as_of, self._inquiry.text))
        self._connect()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._panel)
        layout.addWidget(self._body, 1)
        self.setFocusProxy(self.box)

    def _connect(self) -> None:
        self._session.opened.connect(self._opened)
        self._session.status_changed.connect(self._status)
        self.box.asked.connect(lambda text: self._change(self._inquiry.with_text(text)))
        self.box.word_begun.connect(self._ask_suggestions)
        self.box.left_downwards.connect(self.results.take_keyboard)
        self.chips.chip_removed.connect(lambda chip: self._change(self._inquiry.without(chip)))
        self.chips.chip_opened.connect(self._open_chip)
        self.chips.restore_wanted.connect(lambda: self._change(self._inquiry.restored()))
        self.chips.add_wanted.connect(self.pick_situation)
        self.chips.emptied.connect(self.box.setFocus)
        self.notices.text_wanted.connect(self.box.put)
        self.start.example_chosen.connect(self._take_example)
        self.day.chosen.connect(self._dated)
        self.reader.day_wanted.connect(self.day.put)
        self.needs.need_chosen.connect(self._narrow)
        self.needs.filters_changed.connect(self._filter)
        self.results.needs_wanted.connect(self.columns.show_needs)
        self.results.opened.connect(self._open)
        self.results.read.connect(lambda row: self._open(row, keyboard=True))
        self.results.passed.connect(self._pass_by)
        self.results.left_upwards.connect(self.box.setFocus)
        self.reader.import_wanted.connect(self.import_wanted)
        self.reader.left.connect(self._back_to_list)
        self.reader.moved.connect(self.reader_moved)
        self.columns.changed.connect(self._columns_changed)

    # -- asking ----------------------------------------------------------------------------------------------------------------------------

    def _change(self, inquiry: Inquiry) -> None:
        if inquiry != self._inquiry or self._answer is None:
            self._inquiry = inquiry
            self._ask()

    def _ask(self) -> None:
        bench = self._session.bench
        if self._inquiry.empty:
            self._searching.forget()
            self._answer = None
            self._jumped = ""
            self.chips.hide()
            self.notices.tell()
            self._body.setCurrentWidget(self.start)
        elif bench is not None:
            self._searching.ask((bench, self._inquiry))

    def _opened(self) -> None:
        """There is a workbench, or another one: what stands in the box is asked of it, and the reader's page made anew."""
        bench = self._session.bench
        if bench is None:
            return
        registry, areas = bench.corpus.registry, bench.corpus.cards.areas
        self._names = Names(registry.label, registry.name, {area: card.title for area, card in areas.items()})
        self._ask()
        self.reader.again()

    def _status(self, status: LibraryStatus) -> None:
        self.start.show_counts(status.cards)
        holds_law = status.counts is not None and status.counts.provisions > 0
        self.needs.offer_law_filters(holds_law)
        self.day.setVisible(holds_law)

    def _answered(self, found: Answer) -> None:
        self._answer = found
        self._body.setCurrentWidget(self.columns)
        self.chips.show_chips(found.recognised, self._inquiry.added, len(self._inquiry.removed))
        self.results.offer_following(found)
        self._panel.tell_answer(found)
        self._show_rows(keep_place=True)
        if found.jump and found.jump != self._jumped:
            self.columns.read(True)
            self.reader.open(to_reference(found.jump), passing=True)
        self._jumped = found.jump or ""
        announce(self.results, self.results.summary)
        self.answered.emit(found)

    def _not_understood(self, error: BaseException) -> None:
        if isinstance(error, QueryError):
            self.notices.tell(notes=[str(error)])
        else:
            self._session.failed.emit(error)

    def _ask_suggestions(self, beginning: str) -> None:
        bench = self._session.bench
        if bench is not None and beginning:
            self._suggesting.ask((bench, beginning))
        else:
            self._suggesting.forget()

    def _take_example(self, text: str) -> None:
        self.box.put(text)
        self.box.setFocus()

    def pick_situation(self) -> None:
        """Let the user put in a situation by hand."""
        bench = self._session.bench
        if bench is None:
            return
        cards = bench.corpus.cards.situations
        picker = SituationPicker({i: (card.title, " ".join(card.words)) for i, card in cards.items()}, self)
        picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picker.picked.connect(lambda situation: self._change(self._inquiry.plus(situation)))
        picker.open()

    # -- narrowing -------------------------------------------------------------------------------------------------------------------------

    def set_grouping(self, grouping: Grouping) -> None:
        """Group the options by need or by law."""
        self.results.grouping = grouping
        self._show_rows(keep_place=True)

    def _narrow(self, need: str) -> None:
        self._show_rows(keep_place=False)
        if self.columns.width_class is Width.NARROW and need:
            self.columns.show_needs(False)

    def _filter(self) -> None:
        needs = self.needs
        self._change(replace(self._inquiry, kinds=needs.kinds, historic=needs.historic))
        self.reader.again()

    def _dated(self, as_of: date | None) -> None:
        """Another day: the same question, and the same place in the reader, as the law was then."""
        self._change(replace(self._inquiry, as_of=as_of))
        self.reader.again()

    def _show_rows(self, *, keep_place: bool) -> None:
        if self._answer is None or self._names is None:
            return
        self.needs.show_needs(needs_of(self._answer, self._names), len(self._answer.options))
        self.results.show_answer(self._answer, self._names, self.needs.need, dated=self._inquiry.as_of is not None, keep_place=keep_place)

    # -- opening ---------------------------------------------------------------------------------------------------------------------------

    def _open(self, row: Row, *, keyboard: bool = False) -> None:
        if row.kind is RowKind.QUESTION:
            self._change(self._inquiry.plus(row.situation))
        elif row.target:
            self.columns.read(True)
            self.reader.open(row.target, keyboard=keyboard)

    def _pass_by(self, row: Row) -> None:
        if row.target and self.columns.width_class is not Width.NARROW:
            self.reader.open(row.target, passing=True)

    def _open_chip(self, chip: Chip) -> None:
        if chip.kind == "situation":
            self.columns.read(True)
            self.reader.open(to_card(chip.id))
        elif chip.kind == "need":
            self.needs.choose(chip.id)

    def _back_to_list(self) -> None:
        self.columns.read(False)
        self.results.take_keyboard()

    def show_place(self, target: str) -> None:
        """Read a provision or a card, whatever is asked at the moment."""
        self._body.setCurrentWidget(self.columns)
        self.columns.read(True)
        self.reader.open(target, keyboard=True)

    # -- keyboard and widths ---------------------------------------------------------------------------------------------------------------

    def next_column(self) -> None:
        """Box, needs, answer, reader, and round again; what does not show is passed."""
        stops: list[Stop] = [(self.box, self.box.setFocus)]
        if self._body.currentWidget() is self.columns:
            if self.columns.needs_shown:
                stops.append((self.needs, self.needs.take_keyboard))
            if not self.results.isHidden():
                stops.append((self.results, self.results.take_keyboard))
            if self.columns.reader_shown:
                stops.append((self.reader, self.reader.take_keyboard))
        next_stop(stops)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back to the box, on a narrow window by way of the list."""
        if event.key() == Qt.Key.Key_Escape:
            if self.columns.width_class is Width.NARROW:
                self.columns.read(False)
                self.columns.show_needs(False)
            self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the columns to the window's width."""
        super().resizeEvent(event)
        self.columns.fit(self.window().width())

    def _columns_changed(self) -> None:
        self.results.offer_needs(self.columns.width_class is not Width.WIDE, shown=self.columns.needs_shown)
        narrow = self.columns.width_class is Width.NARROW
        self.reader.to_list.setVisible(narrow)
        self._panel.stack(narrow)
        self.columns_changed.emit()

    def keep(self, kept: QSettings) -> None:
        """Keep the columns' widths and the grouping: never what was asked."""
        kept.setValue("columns", self.columns.state())
        kept.setValue("grouping", self.results.grouping.value)

    def recall(self, kept: QSettings) -> None:
        """Take up what was kept."""
        state = kept.value("columns")
        if isinstance(state, QByteArray):
            self.columns.restore(state)
        if kept.value("grouping") in {g.value for g in Grouping}:
            self.set_grouping(Grouping(kept.value("grouping")))
