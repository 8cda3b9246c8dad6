"""The reader at the right: Resumé, Lovtekst, Praksis, Ændringer, with back and forward."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QTabWidget, QToolButton, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.changes.follow_menu import FollowMenu
from vidensplatform.desktop.changes.following import Following
from vidensplatform.desktop.labels import wrapping_label
from vidensplatform.desktop.reader.history import History
from vidensplatform.desktop.reader.page_view import PageView
from vidensplatform.desktop.reader.pages import Pages
from vidensplatform.desktop.reader.targets import DAY, QUEUE, day_of, entry_of, kind_of
from vidensplatform.desktop.strings import tr

SUMMARY, LAW, PRACTICE, CHANGES = range(4)


class Reader(QWidget):
    """Shows one place. It is told where to go; what is there is made in the background by the page it stands on."""

    wanted = Signal(str)
    """The pages of this address are wanted; :meth:`show_pages` takes them."""
    day_wanted = Signal(object)
    """The same place as the law was on this day."""
    import_wanted = Signal()
    left = Signal()
    """The button back to the list was pressed (on a narrow window)."""
    moved = Signal()
    """Back and forward may be possible or impossible now."""

    changes_wanted = Signal(str)
    """The tab Ændringer of this address is wanted; :meth:`show_changes` takes it."""
    queue_wanted = Signal(str)
    """An entry of the consultants' queue is to be seen: its id."""

    def __init__(self, following: Following, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(s.READER))
        self.follow = FollowMenu(following)
        self._changes_made = ""
        self._history = History()
        self._shown = ""
        self._tab_wanted: int | None = None
        self._take_keyboard = False
        self._tabs = QTabWidget()
        self._tabs.setAccessibleName(tr(s.TABS))
        self._tabs.setDocumentMode(True)
        self._corner = self._steps()
        self._tabs.setCornerWidget(self._corner)
        names = [tr(name) for name in (s.TAB_SUMMARY, s.TAB_LAW, s.TAB_PRACTICE, s.TAB_CHANGES)]
        self._pages = [PageView(name) for name in names]
        for page in self._pages:
            page.link_chosen.connect(self._follow)
        self._law = QStackedWidget()
        self._law.addWidget(self._pages[LAW])
        self._law.addWidget(self._no_text())
        for widget, name in zip((self._pages[SUMMARY], self._law, self._pages[PRACTICE], self._pages[CHANGES]), names, strict=True):
            self._tabs.addTab(widget, name)
        self._tabs.currentChanged.connect(self._turned)
        self._hint = wrapping_label(tr(s.READER_EMPTY))
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setMargin(32)
        self._body = QStackedWidget()
        self._body.addWidget(self._hint)
        self._body.addWidget(self._tabs)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._bar())
        layout.addWidget(self._body, 1)
        self._tell_moved()

    def _bar(self) -> QHBoxLayout:
        self.to_list = QPushButton(f"‹ {tr(s.BACK_TO_LIST)}")
        self.to_list.setFlat(True)
        self.to_list.clicked.connect(self.left)
        self.to_list.hide()
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 0, 8, 0)
        bar.addWidget(self.to_list)
        bar.addStretch(1)
        self._over_tabs = bar
        return bar

    def _steps(self) -> QWidget:
        """Following, back and forward, beside the tabs."""
        self._back, self._forward = self._step("‹", s.BACK, "Alt+←"), self._step("›", s.FORWARD, "Alt+→")
        self._back.clicked.connect(self.go_back)
        self._forward.clicked.connect(self.go_forward)
        corner = QWidget()
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 0, 8, 2)
        row.setSpacing(2)
        for button in (self.follow, self._back, self._forward):
            row.addWidget(button)
        return corner

    def _step(self, sign: str, name: str, keys: str) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setAutoRaise(True)
        font = button.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        button.setFont(font)
        button.setAccessibleName(tr(name))
        button.setToolTip(f"{tr(name)} ({keys})")
        return button

    def _no_text(self) -> QWidget:
        panel = QWidget()
        title, text, button = wrapping_label(tr(s.NO_TEXT), bold=True), wrapping_label(tr(s.NO_TEXT_HELP)), QPushButton(tr(s.IMPORT))
        button.clicked.connect(self.import_wanted)
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(10)
        layout.addWidget(title)
        layout.addWidget(text)
        layout.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        return panel

    # -- going somewhere -------------------------------------------------------------------------------------------------------------------

    def open(self, target: str, *, passing: bool = False, keyboard: bool = False, tab: int | None = None) -> None:
        """Go to a place. ``passing``: it is only looked at on the way; ``keyboard``: the keyboard goes along."""
        if target == self._shown and target == self._history.current:
            self._history.visit(target, passing=passing)
            if tab is not None:
                self._tabs.setCurrentIndex(tab)
            if keyboard:
                self.take_keyboard()
            return
        self._history.visit(target, passing=passing)
        self._go(tab=tab, keyboard=keyboard)

    def _follow(self, target: str) -> None:
        if kind_of(target) == DAY:
            self.day_wanted.emit(day_of(target))
        elif kind_of(target) == QUEUE:
            self.queue_wanted.emit(entry_of(target))
        else:
            self.open(target, keyboard=True)

    def go_back(self) -> None:
        """One place back."""
        if self._history.can_go_back:
            self._history.back()
            self._go(keyboard=True)

    def go_forward(self) -> None:
        """One place forward."""
        if self._history.can_go_forward:
            self._history.forward()
            self._go(keyboard=True)

    def again(self) -> None:
        """Make the present page anew: the library or the colours changed."""
        if self._history.current:
            self._go()

    def _go(self, *, tab: int | None = None, keyboard: bool = False) -> None:
        self._tab_wanted, self._take_keyboard = tab, keyboard
        self._tell_moved()
        self.wanted.emit(self._history.current)

    def show_pages(self, pages: Pages) -> None:
        """Put what was made on the screen."""
        same = pages.target == self._shown
        self._shown = pages.target
        for view, html in zip(self._pages, (pages.summary, pages.law, pages.practice), strict=False):
            view.put(html)
        self._changes_made = ""
        self._pages[CHANGES].put("")
        self.follow.show_choices(pages.follows)
        self._place_corner()
        self._law.setCurrentIndex(1 if pages.lacks_text else 0)
        wanted = self._tab_wanted
        if wanted is not None:
            self._tabs.setCurrentIndex(wanted)
        elif not same:
            self._tabs.setCurrentIndex(LAW if pages.opens_law and pages.found else SUMMARY)
        self._body.setCurrentIndex(1)
        self._turned(self._tabs.currentIndex())
        if self._take_keyboard:
            self.take_keyboard()
        self._take_keyboard = False

    def _turned(self, tab: int) -> None:
        if tab == CHANGES and self._shown and self._changes_made != self._shown:
            self.changes_wanted.emit(self._shown)

    def show_changes(self, made: tuple[str, str]) -> None:
        """Put the tab Ændringer on the screen, where its place still is."""
        target, html = made
        if target == self._shown:
            self._changes_made = target
            self._pages[CHANGES].put(html)

    def _tell_moved(self) -> None:
        self._back.setEnabled(self.can_go_back)
        self._forward.setEnabled(self.can_go_forward)
        self.moved.emit()

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place to go back to."""
        return self._history.can_go_back

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a place to go forward to."""
        return self._history.can_go_forward

    @property
    def target(self) -> str:
        """What is on the screen."""
        return self._shown

    # -- tabs and keyboard -----------------------------------------------------------------------------------------------------------------

    def show_tab(self, tab: int) -> None:
        """Turn to a tab, with the keyboard."""
        if self._body.currentIndex() == 1:
            self._tabs.setCurrentIndex(tab)
            self.take_keyboard()

    def page(self, tab: int) -> PageView:
        """The view of a tab."""
        return self._pages[tab]

    @property
    def tab(self) -> int:
        """Which tab is turned to."""
        return self._tabs.currentIndex()

    def take_keyboard(self) -> bool:
        """Put the keyboard on the text. False where there is none."""
        if self._body.currentIndex() != 1:
            return False
        tab = self._tabs.currentIndex()
        panel = self._law.currentWidget() if tab == LAW else None
        if panel is not None and panel is not self._pages[LAW]:
            button = panel.findChild(QPushButton)
            if button is not None:
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        self._pages[tab].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another place for what stands beside the tabs."""
        super().resizeEvent(event)
        self._place_corner()

    def _place_corner(self) -> None:
        """Where the tabs need the whole width, what stands beside them stands above them."""
        beside = self._tabs.cornerWidget() is self._corner
        room = self.width() >= self._tabs.tabBar().sizeHint().width() + self._corner.sizeHint().width()
        if beside and not room:
            self._tabs.setCornerWidget(None)  # type: ignore[arg-type]  # Qt's own way to take it out
            self._over_tabs.addWidget(self._corner)
            self._corner.show()
        elif room and not beside:
            self._over_tabs.removeWidget(self._corner)
            self._tabs.setCornerWidget(self._corner)
            self._corner.show()

    def changeEvent(self, event: QEvent) -> None:
        """Other colours, other pages."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_body"):
            self.again()
