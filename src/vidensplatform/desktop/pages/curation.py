"""The page Redaktion: the cards that a change in law or practice touches, and what was done about each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.asking.flow import FlowLayout
from vidensplatform.desktop.changes.delegate import FeedDelegate
from vidensplatform.desktop.changes.model import FeedModel
from vidensplatform.desktop.curating.files import open_card_file
from vidensplatform.desktop.curating.reading import entry_html
from vidensplatform.desktop.curating.rows import queue_rows
from vidensplatform.desktop.curating.settling import SettleDialog
from vidensplatform.desktop.labels import wrapping_label
from vidensplatform.desktop.operations import LatestOnly
from vidensplatform.desktop.pages.pair import Pair
from vidensplatform.desktop.pages.stops import Stop, next_stop
from vidensplatform.desktop.reader.page_view import PageView
from vidensplatform.desktop.reader.targets import to_card, to_reference
from vidensplatform.desktop.results.rows import Row
from vidensplatform.desktop.results.view import AnswerView
from vidensplatform.desktop.session import Session
from vidensplatform.desktop.strings import number, tr
from vidensplatform.desktop.theme import Theme
from vidensplatform.errors import EnvironmentError_

if TYPE_CHECKING:
    from vidensplatform.changes.records import QueueEntry
    from vidensplatform.workbench import Workbench

READ, MENDED = "læst", "rettet"


class CurationPage(QWidget):
    """The queue at the left, why and what at the right."""

    place_wanted = Signal(str)
    """A provision or a card is to be read on the page Søg."""
    waiting = Signal(int)
    """How many entries nobody has seen to."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entries: dict[str, QueueEntry] = {}
        self._wanted, self._shown, self._name = "", "", ""
        self._stale = True
        self.model = FeedModel(self)
        self.list = AnswerView(rows=self.model, delegate=FeedDelegate(self), name=s.QUEUE_LIST)
        self.view = PageView(tr(s.QUEUE_TEXT))
        self._summary, self.settled_too = wrapping_label(), QCheckBox(tr(s.QUEUE_SETTLED_TOO))
        self._reading: LatestOnly[tuple[Workbench, QueueEntry, Theme], tuple[str, str]] = LatestOnly(
            session.reading, lambda asked, token: entry_html(*asked, token), self._read
        )
        self.pair = Pair(self.list, self._right())
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.addWidget(self._summary, 1)
        head.addWidget(self.settled_too)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.pair, 1)
        self.setFocusProxy(self.list)
        self._connect()

    def _right(self) -> QWidget:
        self.to_list = self._button(f"‹ {tr(s.BACK_TO_LIST)}", self._back_to_list)
        self.read = self._button(tr(s.SETTLE_READ), partial(self._settle, READ))
        self.mended = self._button(tr(s.SETTLE_MENDED), partial(self._settle, MENDED))
        self.open_file = self._button(tr(s.OPEN_FILE), self._open_file)
        self.open_card = self._button(tr(s.OPEN_CARD), lambda: self._go(to_card(self._entries[self._shown].card)))
        self.to_text = self._button(tr(s.GO_TO_TEXT), lambda: self._go(to_reference(self._entries[self._shown].provision)))
        bar, right = QWidget(), QWidget()
        bar.setContentsMargins(8, 4, 8, 4)
        flow = FlowLayout(bar)
        for button in (self.to_list, self.read, self.mended, self.open_file, self.open_card, self.to_text):
            flow.addWidget(button)
        hint = wrapping_label(tr(s.QUEUE_HINT))
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setMargin(32)
        self._body = QStackedWidget()
        self._body.addWidget(hint)
        self._body.addWidget(self.view)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(bar)
        column.addWidget(self._body, 1)
        return right

    @staticmethod
    def _button(text: str, call: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(lambda _checked=False: call())
        return button

    def _connect(self) -> None:
        self._session.opened.connect(self._opened)
        self.settled_too.toggled.connect(lambda _: self.refresh())
        self.list.opened.connect(self._open)
        self.list.read.connect(lambda _row: self.take_text())
        self.list.passed.connect(self._pass_by)
        self.view.link_chosen.connect(self.place_wanted)
        self._allow()

    # -- the queue -------------------------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the queue when somebody looks."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _opened(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Ask for the queue anew."""
        settled = self.settled_too.isChecked()
        if self._session.bench is not None:
            self._stale = False
            self._session.ask(lambda bench, token: bench.changes.queue(settled=settled), self._show)

    def show_entry(self, entry: str) -> None:
        """Show that entry, also where somebody has seen to it already."""
        self._wanted = entry
        self.refresh()

    def _show(self, entries: tuple[QueueEntry, ...]) -> None:
        self._entries = {entry.id: entry for entry in entries}
        waiting = sum(1 for entry in entries if entry.settled is None)
        said = tr(s.QUEUE_SUMMARY_ONE) if waiting == 1 else tr(s.QUEUE_SUMMARY, n=number(waiting))
        self._summary.setText(said if waiting else tr(s.QUEUE_EMPTY))
        self.list.show_rows(queue_rows(entries), keep_place=True)
        if self._shown not in self._entries:
            self._shown = ""
            self._body.setCurrentIndex(0)
        self._allow()
        self.waiting.emit(waiting)
        if self._wanted:
            self._choose(self._wanted)
            self._wanted = ""

    def _choose(self, entry: str) -> None:
        for place, row in enumerate(self.model.rows):
            if row.target == entry:
                self.list.setCurrentIndex(self.model.index(place))
                self._open(row)

    # -- reading ---------------------------------------------------------------------------------------------------------------------------

    def _open(self, row: Row) -> None:
        self.pair.read(True)
        self._ask(row.target)

    def _pass_by(self, row: Row) -> None:
        if not self.pair.narrow:
            self._ask(row.target)

    def _ask(self, target: str) -> None:
        bench, entry = self._session.bench, self._entries.get(target)
        if bench is not None and entry is not None:
            self._reading.ask((bench, entry, Theme.now(self.palette())))

    def _read(self, made: tuple[str, str]) -> None:
        self._shown, html = made
        self.view.put(html)
        self._body.setCurrentIndex(1)
        self._allow()

    def _allow(self) -> None:
        entry = self._entries.get(self._shown)
        for button in (self.read, self.mended, self.open_file, self.open_card):
            button.setEnabled(entry is not None)
        self.to_text.setEnabled(entry is not None and bool(entry.provision))

    # -- doing -----------------------------------------------------------------------------------------------------------------------------

    def _go(self, target: str) -> None:
        self.place_wanted.emit(target)

    def _open_file(self) -> None:
        try:
            open_card_file(self._entries[self._shown].card)
        except EnvironmentError_ as error:
            self._session.failed.emit(error)

    def _settle(self, outcome: str) -> None:
        entry = self._entries[self._shown]
        title = tr(s.SETTLE_READ_TITLE if outcome == READ else s.SETTLE_MENDED_TITLE)
        dialog = SettleDialog(title, f"{entry.card_title} ({entry.label or entry.practice})", self._name, self.window())
        dialog.settled.connect(lambda name, note: self._settled(entry.id, outcome, name, note))
        dialog.open()

    def _settled(self, entry: str, outcome: str, name: str, note: str) -> None:
        from vidensplatform.changes.records import Outcome

        self._name = name
        self._session.ask(
            lambda bench, token: bench.changes.mark_mended(entry, by=name, note=note, outcome=Outcome(outcome)), lambda _: self.refresh()
        )

    # -- keyboard and widths ---------------------------------------------------------------------------------------------------------------

    def take_keyboard(self) -> bool:
        """Put the keyboard on the queue. False where it is empty."""
        return self.list.take_keyboard()

    def take_text(self) -> bool:
        """Put the keyboard on the text. False where none is shown."""
        if self._body.currentIndex() != 1:
            return False
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def next_column(self) -> None:
        """Queue, text, and round again."""
        stops: list[Stop] = [(self.list, self.take_keyboard), (self.view, self.take_text), (self.settled_too, self.settled_too.setFocus)]
        next_stop([stop for stop in stops if stop[0].isVisible()])

    def _back_to_list(self) -> None:
        self.pair.read(False)
        self.take_keyboard()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back to the queue."""
        if event.key() == Qt.Key.Key_Escape:
            self._back_to_list()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold to the window's width."""
        super().resizeEvent(event)
        self.pair.fit(self.window().width())
        self.to_list.setVisible(self.pair.narrow)

    def changeEvent(self, event: QEvent) -> None:
        """Other colours, another page."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "pair"):
            self._ask(self._shown)

    def keep(self, kept: QSettings) -> None:
        """Keep the widths, and the consultant's own name for the next note."""
        kept.setValue("curation", self.pair.state())
        kept.setValue("curator", self._name)

    def recall(self, kept: QSettings) -> None:
        """Take up what was kept."""
        state = kept.value("curation")
        if isinstance(state, QByteArray):
            self.pair.restore(state)
        self._name = str(kept.value("curator") or "")
