"""The window: rail, pages, menus, status line, and trouble above everything."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.actions import add, add_choice, edit_menu
from vidensplatform.desktop.help import AboutDialog, ShortcutsDialog
from vidensplatform.desktop.importing import ImportReportDialog, Then, choose_files, choose_folder
from vidensplatform.desktop.pages.search import SearchPage
from vidensplatform.desktop.rail import PageEntry, Rail
from vidensplatform.desktop.results.rows import Grouping
from vidensplatform.desktop.session import Session
from vidensplatform.desktop.status_line import StatusLine
from vidensplatform.desktop.strings import tr
from vidensplatform.desktop.trouble import Mending, TroublePanel, move_aside, trouble_of
from vidensplatform.errors import EnvironmentError_
from vidensplatform.settings import Home

if TYPE_CHECKING:
    from vidensplatform.update import ImportReport
    from vidensplatform.workbench import LibraryStatus

_WIDTH, _HEIGHT = 1280, 820
_SETTINGS = "vindue.ini"


class MainWindow(QMainWindow):
    """One window over one session. It is usable before the library is open, and while it is updated."""

    def __init__(self, home: Home) -> None:
        super().__init__()
        self.setWindowTitle(tr(s.PROGRAM))
        self.session = Session(home, self)
        self.search = SearchPage(self.session)
        self.trouble = TroublePanel()
        self.status_line = StatusLine()
        self.setStatusBar(self.status_line)
        self._rail, self._pages = Rail(), QStackedWidget()
        for entry in self._entries():
            self._rail.add(entry.title)
            self._pages.addWidget(entry.make())
        self._rail.chosen.connect(self._pages.setCurrentIndex)
        self._lay_out()
        self._menus()
        self._connect()
        self._recall()
        self.search.box.setFocus()

    def _entries(self) -> list[PageEntry]:
        """The pages of the rail, from the top. A page more is a line more."""
        return [PageEntry(s.SEARCH_PAGE, lambda: self.search)]

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
        add(file, s.QUIT, self.close, "Ctrl+Q")
        edit_menu(self, lambda: search.box.put(""))
        view = self.menuBar().addMenu(tr(s.MENU_VIEW))
        self._groupings = add_choice(view, [s.GROUP_BY_NEED, s.GROUP_BY_LAW], 0, lambda n: search.set_grouping(list(Grouping)[n]))
        view.addSeparator()
        add(view, s.GO_TO_QUESTION, self._to_question, "Ctrl+K")
        self._to_date = add(view, s.GO_TO_DATE, self._to_day, "Ctrl+D")
        add(view, s.NEXT_COLUMN, search.next_column, "F6")
        for place, name in enumerate((s.TAB_SUMMARY, s.TAB_LAW, s.TAB_PRACTICE)):
            add(view, tr(s.TAB_SHORTCUT, name=tr(name)), partial(search.reader.show_tab, place), f"Ctrl+{place + 1}")
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
        session.imported.connect(self._imported)
        session.failed.connect(self.tell)
        line.cancel_wanted.connect(session.cancel)
        line.update_wanted.connect(session.update_index)
        self.trouble.chosen.connect(self._mend)
        self.search.import_wanted.connect(lambda: self._import(choose_folder))
        self.search.reader_moved.connect(self._reader_moved)
        self._reader_moved()

    def _reader_moved(self) -> None:
        self._back.setEnabled(self.search.reader.can_go_back)
        self._forward.setEnabled(self.search.reader.can_go_forward)

    def _to_question(self) -> None:
        self._pages.setCurrentWidget(self.search)
        self.search.box.take_keyboard()

    def _to_day(self) -> None:
        if not self.search.day.isHidden():
            self._pages.setCurrentWidget(self.search)
            self.search.day.take_keyboard()

    # -- library ---------------------------------------------------------------------------------------------------------------------------

    def _status(self, status: LibraryStatus) -> None:
        self.status_line.show_status(status, index_waits=self.session.index_waits)

    def _allow_import(self, allowed: bool) -> None:
        for action in self._imports:
            action.setEnabled(allowed)

    def _import(self, choose: Callable[[QWidget, Then], None]) -> None:
        choose(self, self.session.import_paths)

    def _imported(self, report: ImportReport | None) -> None:
        dialog = ImportReportDialog(report, self)
        dialog.open()

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
        self.search.recall(kept)
        self._groupings[list(Grouping).index(self.search.results.grouping)].setChecked(True)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep where the window was, never what was asked; then stop all work."""
        if self.session.home.folder.is_dir():
            kept = self._settings()
            kept.setValue("geometry", self.saveGeometry())
            self.search.keep(kept)
            kept.sync()
        self.hide()
        self.session.close()
        super().closeEvent(event)
