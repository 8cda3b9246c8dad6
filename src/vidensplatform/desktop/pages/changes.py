"""The page Ændringer: what changed in the law, what is on its way, and what one follows; the change itself beside the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.changes.coming_list import ComingList
from vidensplatform.desktop.changes.delegate import FeedDelegate
from vidensplatform.desktop.changes.feed import Feed
from vidensplatform.desktop.changes.filters import FilterBar
from vidensplatform.desktop.changes.followed_list import FollowedList
from vidensplatform.desktop.changes.following import Choice, Following
from vidensplatform.desktop.changes.gathering import Around, around, change_html, last_look, pending_html
from vidensplatform.desktop.changes.model import FeedModel
from vidensplatform.desktop.changes.pane import ChangePane
from vidensplatform.desktop.changes.reading import ChangePageHtml
from vidensplatform.desktop.changes.review import ReviewButton
from vidensplatform.desktop.changes.rows import CHANGE
from vidensplatform.desktop.labels import wrapping_label
from vidensplatform.desktop.operations import LatestOnly, Token
from vidensplatform.desktop.pages.pair import Pair
from vidensplatform.desktop.pages.stops import Stop, next_stop
from vidensplatform.desktop.results.rows import Row
from vidensplatform.desktop.results.view import AnswerView
from vidensplatform.desktop.session import Session
from vidensplatform.desktop.strings import day, number, tr
from vidensplatform.desktop.theme import Theme

if TYPE_CHECKING:
    from vidensplatform.changes.records import ChangeCount, Pending
    from vidensplatform.workbench import Workbench

Asked = tuple["Workbench", str, Theme, bool, "Pending | None"]
ALL, COMING, FOLLOWED = range(3)


def _page(bench: Workbench, target: str, theme: Theme, beside: bool, waiting: Pending | None, token: Token) -> ChangePageHtml | None:
    return pending_html(bench, target, waiting, theme) if waiting is not None else change_html(bench, target, theme, beside, token)


class ChangesPage(QWidget):
    """Joins tabs, filters, lists and the pane; asks for nothing before it is shown."""

    place_wanted = Signal(str)
    """A provision or a card is to be read on the page Søg."""
    filled = Signal()
    """The list has its first page."""

    def __init__(self, session: Session, following: Following, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._following = session, following
        self._stale, self._looked = True, False
        self.filters, self.pane, self.followed = FilterBar(), ChangePane(following), FollowedList(following)
        self.model, self.coming = FeedModel(self), ComingList()
        self.list = AnswerView(rows=self.model, delegate=FeedDelegate(self), name=s.CHANGES_LIST)
        self.feed = Feed(session, self.model, self)
        self._reading: LatestOnly[Asked, ChangePageHtml | None] = LatestOnly(session.reading, lambda asked, token: _page(*asked, token), self._read)
        self._summary, self._said, self._since = wrapping_label(), "", ""
        self._show_since, self._all_read = QPushButton(tr(s.CHANGES_SHOW_SINCE)), QPushButton(tr(s.MARK_ALL_READ))
        self.review = ReviewButton(session)
        self.tabs, self._lists = QTabBar(), QStackedWidget()
        self.pair = Pair(self._left(), self.pane)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head())
        layout.addWidget(self.pair, 1)
        self.setFocusProxy(self.tabs)
        self._connect()

    def _head(self) -> QVBoxLayout:
        line = QHBoxLayout()
        line.addWidget(self._summary, 1)
        for button in (self._show_since, self._all_read, self.review):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(8)
        head.addLayout(line)
        head.addWidget(self.filters)
        self._show_since.hide()
        return head

    def _left(self) -> QWidget:
        self.tabs.setAccessibleName(tr(s.CHANGES_TABS))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for name, body in ((s.TAB_ALL, self.list), (s.TAB_COMING, self.coming), (s.TAB_FOLLOWED, self.followed)):
            self.tabs.addTab(tr(name))
            self._lists.addWidget(body)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._lists, 1)
        return left

    def _connect(self) -> None:
        self._session.opened.connect(self._opened)
        self.filters.changed.connect(lambda: self.feed.fill(self.filters.narrowing))
        self.feed.filled.connect(self.list.scrollToTop)
        self.feed.filled.connect(self.filled)
        self.feed.counted.connect(self._counted)
        self.tabs.currentChanged.connect(self._turned)
        for view in (self.list, self.coming.view):
            view.opened.connect(self._open)
            view.read.connect(lambda _row: self.pane.take_keyboard())
            view.passed.connect(self._pass_by)
        self._show_since.clicked.connect(self.filters.since_last_look)
        self._all_read.clicked.connect(self._mark_all)
        self.pane.place_wanted.connect(self.place_wanted)
        self.pane.read_marked.connect(self._mark)
        self.pane.beside_wanted.connect(lambda _: self._ask(self.pane.target))
        self.pane.left.connect(self._back_to_list)
        self.followed.opened.connect(self._show_followed)
        self._following.changed.connect(self._name_tabs)

    # -- filling ---------------------------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Fill the lists when somebody looks."""
        super().showEvent(event)
        if self._stale:
            self._fill()

    def _opened(self) -> None:
        self._stale = True
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        """Ask for the list first and for what stands around it afterwards; the last look is the one before this window was opened."""
        if self._session.bench is None:
            return
        self._stale = False
        self.feed.fill(self.filters.narrowing)
        if self._looked:
            self._ask_around()
        else:
            self._looked = True
            self._session.ask(lambda bench, token: last_look(bench), self._know_last_look)

    def _know_last_look(self, looked: datetime | None) -> None:
        self.feed.last_looked = looked
        self._ask_around()

    def _ask_around(self) -> None:
        looked = self.feed.last_looked
        self._session.ask(lambda bench, token: around(bench, looked), self._around)

    def _around(self, found: Around) -> None:
        self.filters.offer(found.laws, found.areas)
        self.coming.put(found.pending)
        looked = found.last_looked
        if looked is not None:
            self._since = tr(s.CHANGES_SINCE, day=day(looked.date()), n=number(found.new_since))
            self._tell()
        self._show_since.setVisible(found.new_since > 0)
        self._name_tabs()

    def _counted(self, count: ChangeCount) -> None:
        said = tr(s.CHANGES_SUMMARY_ONE if count.total == 1 else s.CHANGES_SUMMARY, n=number(count.total), unread=number(count.unread))
        self._said = said if count.total else tr(s.CHANGES_NONE)
        self._tell()
        self._all_read.setEnabled(count.unread > 0)

    def _tell(self) -> None:
        self._summary.setText(f"{self._said} {self._since}".strip())

    def _name_tabs(self) -> None:
        for tab, name, n in ((COMING, s.TAB_COMING, self.coming.number), (FOLLOWED, s.TAB_FOLLOWED, len(self._following.followed))):
            self.tabs.setTabText(tab, tr(s.TAB_COUNT, name=tr(name), n=number(n)) if n else tr(name))

    # -- reading ---------------------------------------------------------------------------------------------------------------------------

    def _turned(self, tab: int) -> None:
        self._lists.setCurrentIndex(tab)
        self._show_filters()
        view = {ALL: self.list, COMING: self.coming.view}.get(tab)
        row = view.rows.row(view.currentIndex()) if view is not None else None
        if row is not None:
            self._ask(row.target)
        else:
            self._reading.forget()
            self.pane.clear()

    def _show_filters(self) -> None:
        """They belong to the list; where only the change shows they would take its room."""
        self.filters.setVisible(self.tabs.currentIndex() == ALL and not (self.pair.narrow and self.pair.reading))

    def _open(self, row: Row) -> None:
        self.pair.read(True)
        self._show_filters()
        self._ask(row.target)

    def _pass_by(self, row: Row) -> None:
        if not self.pair.narrow:
            self._ask(row.target)

    def _ask(self, target: str) -> None:
        bench = self._session.bench
        waiting = self.coming.at(target)
        if bench is not None and (waiting is not None or target.startswith(CHANGE)):
            self._reading.ask((bench, target, Theme.now(self.palette()), self.pane.beside.isChecked(), waiting))

    def _read(self, page: ChangePageHtml | None) -> None:
        if page is None:
            self.pane.clear()
        else:
            self.pane.show_page(page)

    def _back_to_list(self) -> None:
        self.pair.read(False)
        self._show_filters()
        self.take_keyboard()

    def _show_followed(self, choice: Choice) -> None:
        self.tabs.setCurrentIndex(ALL)
        match choice.kind:
            case "lov":
                self.filters.only(law=choice.key)
            case "paragraf":
                law, _, section = choice.key.partition("/")
                self.filters.only(law=law, section=section, title=choice.title or choice.key)
            case "område":
                self.filters.only(area=choice.key)
            case _:
                self.filters.only(followed=True)

    # -- read and unread -------------------------------------------------------------------------------------------------------------------

    def _mark(self, target: str, read: bool) -> None:
        self.model.mark({target}, read=read)
        self._following.mark_read(target.removeprefix(CHANGE), read=read)

    def _mark_all(self) -> None:
        filters = self.filters.narrowing.to_filter(date.today(), self.feed.last_looked)
        self.model.mark(None, read=True)
        self._session.ask(lambda bench, token: bench.changes.mark_all_read(filters), self._marked)

    def _marked(self, _n: int) -> None:
        self._following.refresh()
        self.feed.fill(self.filters.narrowing)
        self.pane.tell_read(True)

    # -- keyboard and widths ---------------------------------------------------------------------------------------------------------------

    def take_keyboard(self) -> bool:
        """Put the keyboard on the list that shows."""
        shown: Sequence[AnswerView | FollowedList] = (self.list, self.coming.view, self.followed)
        return shown[self.tabs.currentIndex()].take_keyboard()

    def next_column(self) -> None:
        """Tabs, list, text, and round again."""
        stops: list[Stop] = [(self.tabs, self.tabs.setFocus), (self._lists, self.take_keyboard), (self.pane, self.pane.take_keyboard)]
        next_stop([stop for stop in stops if stop[0].isVisible()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self._back_to_list()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold to the window's width."""
        super().resizeEvent(event)
        self.pair.fit(self.window().width())
        self.pane.to_list.setVisible(self.pair.narrow)
        self._show_filters()

    def changeEvent(self, event: QEvent) -> None:
        """Other colours, another page."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "pair"):
            self._ask(self.pane.target)

    def keep(self, kept: QSettings) -> None:
        """Keep the widths."""
        kept.setValue("changes", self.pair.state())

    def recall(self, kept: QSettings) -> None:
        """Take up what was kept."""
        state = kept.value("changes")
        if isinstance(state, QByteArray):
            self.pair.restore(state)
