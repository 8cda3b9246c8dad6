"""The window: rail, pages, menus, status line, and trouble above everything."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.actions import add, add_choice, edit_menu
from vidensplatform.desktop.changes.following import Following
from vidensplatform.desktop.harvesting import HarvestReportDialog, SourcesDialog
from vidensplatform.desktop.help import AboutDialog, ShortcutsDialog
from vidensplatform.desktop.importing import ImportReportDialog, Then, choose_files, choose_folder
from vidensplatform.desktop.pages.changes import ChangesPage
from vidensplatform.desktop.pages.curation import CurationPage
from vidensplatform.desktop.pages.search import SearchPage
from vidensplatform.desktop.rail import PageEntry, Rail
from vidensplatform.desktop.results.rows import Grouping
from vidensplatform.desktop.session import Session
from vidensplatform.desktop.status_line import StatusLine
from vidensplatform.desktop.strings import number, tr
from vidensplatform.desktop.trouble import Mending, TroublePanel, move_aside, trouble_of
from vidensplatform.errors import EnvironmentError_
from vidensplatform.settings import Home

if TYPE_CHECKING:
    from vidensplatform.workbench import LibraryStatus

_WIDTH, _HEIGHT = 1280, 820
_SETTINGS = "vindue.ini"
_MESSAGE_MS = 10_000


class MainWindow(QMainWindow):
    """One window over one session. It is usable before the library is open, and while it is updated."""

    def __init__(self, home: Home) -> None:
        super().__init__()
        self.setWindowTitle(tr(s.PROGRAM))
        self.session = Session(home, self)
        self.following = Following(self.session, self)
        self.search = SearchPage(self.session, self.following)
        self.changes = ChangesPage(self.session, self.following)
        self.curation = CurationPage(self.session)
        self.trouble = TroublePanel()
        self.status_line = StatusLine()
        self.setStatusBar(self.status_line)
        self._rail, self._pages = Rail(), QStackedWidget()
        for entry in self._entries():
            self._rail.add(entry.title)
            self._pages.addWidget(entry.make())
        self._rail.chosen.connect(self._turn)
        self._lay_out()
        self._menus()
        self._connect()
        self._recall()
        self.search.box.setFocus()

    def _entries(self) -> list[PageEntry]:
        """The pages of the rail, from the top. A page more is a line more."""
        return [
            PageEntry(s.SEARCH_PAGE, lambda: self.search),
            PageEntry(s.CHANGES_PAGE, lambda: self.changes),
            PageEntry(s.CURATION_PAGE, lambda: self.curation),
        ]

    def _lay_out(self) -> None:
        middle, around = QWidget(), QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.trouble)
        column.addWidget(self._pages, 1)
        row = QHBoxLayout(around)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(QFrame(frameShape=QFrame.Shape.VLine, frameShadow=QFrame.Shadow.Sunken))
        row.addWidget(middle, 1)
        self.setCentralWidget(around)

    def _menus(self) -> None:
        keys, search = QKeySequence.StandardKey, self.search
        file = self.menuBar().addMenu(tr(s.MENU_FILE))
        self._imports = [
            add(file, s.IMPORT_FILES, lambda: self._import(choose_files), "Ctrl+I"),
            add(file, s.IMPORT_FOLDER, lambda: self._import(choose_folder), "Ctrl+Shift+I"),
        ]
        file.addSeparator()
        self._imports.append(add(file, s.HARVEST, self.session.harvest, "Ctrl+H"))
        add(file, s.SOURCES, self._show_sources)
        file.addSeparator()
        add(file, s.QUIT, self.close, "Ctrl+Q")
        edit_menu(self, lambda: search.box.put(""))
        view = self.menuBar().addMenu(tr(s.MENU_VIEW))
        self._groupings = add_choice(view, [s.GROUP_BY_NEED, s.GROUP_BY_LAW], 0, lambda n: search.set_grouping(list(Grouping)[n]))
        view.addSeparator()
        add(view, s.GO_TO_QUESTION, self._to_question, "Ctrl+K")
        self._to_date = add(view, s.GO_TO_DATE, self._to_day, "Ctrl+D")
        add(view, s.NEXT_COLUMN, self._next_column, "F6")
        for place, name in enumerate((s.TAB_SUMMARY, s.TAB_LAW, s.TAB_PRACTICE, s.TAB_CHANGES)):
            add(view, tr(s.TAB_SHORTCUT, name=tr(name)), partial(search.reader.show_tab, place), f"Ctrl+{place + 1}")
        view.addSeparator()
        for place, entry in enumerate(self._entries()):
            add(view, tr(s.PAGE_SHORTCUT, name=tr(entry.title)), partial(self._rail.turn_to, place), f"Alt+{place + 1}")
        view.addSeparator()
        self._back = add(view, s.BACK, search.reader.go_back, keys.Back)
        self._forward = add(view, s.FORWARD, search.reader.go_forward, keys.Forward)
        helping = self.menuBar().addMenu(tr(s.MENU_HELP))
        add(helping, s.SHORTCUTS, lambda: ShortcutsDialog(self).open(), "F1")
        add(helping, s.ABOUT, lambda: AboutDialog(self).open())

    def _connect(self) -> None:
        session, line = self.session, self.status_line
        session.status_changed.connect(self._status)
        session.step.connect(line.show_step)
        session.step.connect(lambda *_: self._allow_import(False))
        session.idle.connect(line.show_idle)
        session.idle.connect(lambda: self._allow_import(True))
        session.imported.connect(lambda report: ImportReportDialog(report, self).open())
        session.harvested.connect(lambda report: HarvestReportDialog(report, self).open())
        session.failed.connect(self.tell)
        line.cancel_wanted.connect(session.cancel)
        line.update_wanted.connect(session.update_index)
        self.trouble.chosen.connect(self._mend)
        self.search.import_wanted.connect(lambda: self._import(choose_folder))
        self.search.reader_moved.connect(self._reader_moved)
        self.search.reader.queue_wanted.connect(self._to_queue)
        self.changes.place_wanted.connect(self._read)
        self.curation.place_wanted.connect(self._read)
        self.changes.review.saved.connect(lambda path: line.showMessage(tr(s.REVIEW_SAVED, file=path), _MESSAGE_MS))
        self.following.changed.connect(self._tell_unread)
        self.curation.waiting.connect(self._tell_waiting)
        self._reader_moved()

    def _reader_moved(self) -> None:
        self._back.setEnabled(self.search.reader.can_go_back)
        self._forward.setEnabled(self.search.reader.can_go_forward)

    # -- pages -----------------------------------------------------------------------------------------------------------------------------

    def _turn(self, place: int) -> None:
        self._pages.setCurrentIndex(place)
        page = self._pages.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _turn_to(self, page: QWidget) -> None:
        self._rail.turn_to(self._pages.indexOf(page))

    def _next_column(self) -> None:
        page = self._pages.currentWidget()
        if isinstance(page, SearchPage | ChangesPage | CurationPage):
            page.next_column()

    def _read(self, target: str) -> None:
        self._turn_to(self.search)
        self.search.show_place(target)

    def _to_queue(self, entry: str) -> None:
        self._turn_to(self.curation)
        self.curation.show_entry(entry)

    def _tell_unread(self) -> None:
        n = self.following.unread
        self._rail.tell(self._pages.indexOf(self.changes), n, tr(s.UNREAD_ON_PAGE, page=tr(s.CHANGES_PAGE), n=number(n)))

    def _tell_waiting(self, n: int) -> None:
        self._rail.tell(self._pages.indexOf(self.curation), n, tr(s.QUEUE_PAGE_NAME, page=tr(s.CURATION_PAGE), n=number(n)))

    def _to_question(self) -> None:
        self._turn_to(self.search)
        self.search.box.take_keyboard()

    def _to_day(self) -> None:
        if not self.search.day.isHidden():
            self._turn_to(self.search)
            self.search.day.take_keyboard()

    # -- library ---------------------------------------------------------------------------------------------------------------------------

    def _status(self, status: LibraryStatus) -> None:
        self.status_line.show_status(status, index_waits=self.session.index_waits)

    def _allow_import(self, allowed: bool) -> None:
        for action in self._imports:
            action.setEnabled(allowed)

    def _import(self, choose: Callable[[QWidget, Then], None]) -> None:
        choose(self, self.session.import_paths)

    def _show_sources(self) -> None:
        """How fresh each source is."""
        self.session.ask(
            lambda bench, token: bench.library.source_states() if bench.library is not None else [], lambda states: SourcesDialog(states, self).open()
        )

    # -- trouble ---------------------------------------------------------------------------------------------------------------------------

    def tell(self, error: BaseException) -> None:
        """Say what went wrong, with the button that mends it."""
        if self.session.bench is None:
            self.status_line.show_failed()
        self.trouble.tell(trouble_of(error, self.session.home))

    def _mend(self, mending: Mending) -> None:
        match mending:
            case Mending.AGAIN:
                self.session.again()
            case Mending.MOVE_ASIDE:
                try:
                    move_aside(self.session.home.database)
                except EnvironmentError_ as error:
                    self.tell(error)
                else:
                    self.session.open()
            case Mending.OTHER_FOLDER:
                choose_folder(self, self._open_other, s.CHOOSE_HOME, self.session.home.folder.parent)
            case Mending.SHOW_LOG:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.session.home.log.parent)))

    def _open_other(self, folders: list[Path]) -> None:
        self.session.open_other(Home.of(folders[0]))

    # -- the window itself -----------------------------------------------------------------------------------------------------------------

    def _settings(self) -> QSettings:
        return QSettings(str(self.session.home.folder / _SETTINGS), QSettings.Format.IniFormat)

    def _recall(self) -> None:
        """Where the window was last time; a fresh one fits the screen."""
        kept = self._settings()
        geometry = kept.value("geometry")
        screen = QApplication.primaryScreen().availableGeometry()
        self.resize(min(_WIDTH, screen.width()), min(_HEIGHT, screen.height()))
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        for page in (self.search, self.changes, self.curation):
            page.recall(kept)
        self._groupings[list(Grouping).index(self.search.results.grouping)].setChecked(True)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep where the window was, never what was asked; then stop all work."""
        if self.session.home.folder.is_dir():
            kept = self._settings()
            kept.setValue("geometry", self.saveGeometry())
            for page in (self.search, self.changes, self.curation):
                page.keep(kept)
            kept.sync()
        self.hide()
        self.session.close()
        super().closeEvent(event)
