"""The right half of the page Ændringer: the change that is chosen, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.asking.flow import FlowLayout
from vidensplatform.desktop.changes.follow_menu import FollowMenu
from vidensplatform.desktop.changes.following import Choice, Following
from vidensplatform.desktop.changes.reading import ChangePageHtml
from vidensplatform.desktop.labels import plain_button, wrapping_label
from vidensplatform.desktop.reader.page_view import PageView
from vidensplatform.desktop.strings import tr


class ChangePane(QWidget):
    """Shows one page and tells what is wanted of it."""

    place_wanted = Signal(str)
    """The address of a provision or a card to be read on the page Søg."""
    read_marked = Signal(str, bool)
    """A change, by its row's target, was marked as read or unread."""
    beside_wanted = Signal(bool)
    """Old and new words beside each other, or in one text."""
    left = Signal()

    def __init__(self, following: Following, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: ChangePageHtml | None = None
        self.to_list = self._button(f"‹ {tr(s.BACK_TO_LIST)}", self.left.emit)
        self.to_text = self._button(tr(s.GO_TO_TEXT), self._go)
        self.cards = self._button(tr(s.SHOW_CARDS), self._show_card)
        self.read = self._button(tr(s.MARK_READ), self._mark)
        self.beside = QPushButton(tr(s.SIDE_BY_SIDE))
        self.beside.setCheckable(True)
        self.beside.toggled.connect(self.beside_wanted)
        self.follow = FollowMenu(following)
        self.view = PageView(tr(s.CHANGE_TEXT))
        self.view.link_chosen.connect(self.place_wanted)
        hint = wrapping_label(tr(s.CHANGE_EMPTY))
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setMargin(32)
        self._bar = QWidget()
        flow = FlowLayout(self._bar)
        for control in (self.to_list, self.to_text, self.cards, self.read, self.follow, self.beside):
            flow.addWidget(control)
        self._bar.setContentsMargins(8, 4, 8, 4)
        self._body = QStackedWidget()
        self._body.addWidget(hint)
        self._body.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._bar)
        layout.addWidget(self._body, 1)
        self.clear()

    def _button(self, text: str, call: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(lambda _checked=False: call())
        return button

    def clear(self) -> None:
        """Nothing is chosen."""
        self._shown = None
        self._body.setCurrentIndex(0)
        for control in (self.to_text, self.cards, self.read, self.beside):
            control.setEnabled(False)
        self.follow.show_choices(())

    @property
    def target(self) -> str:
        """What is shown."""
        return self._shown.target if self._shown else ""

    def show_page(self, page: ChangePageHtml) -> None:
        """Show a change, or what is on its way."""
        self.view.put(page.html)
        self._shown = page
        self._body.setCurrentIndex(1)
        self.to_text.setEnabled(bool(page.text_target))
        self.cards.setEnabled(bool(page.cards))
        self.read.setEnabled(page.is_change)
        self.beside.setEnabled(page.is_change)
        self.tell_read(page.read)
        choices = [Choice("paragraf", f"{page.law}/{page.section}", page.label)] if page.section else []
        self.follow.show_choices([*choices, Choice("lov", page.law, page.law_title)] if page.law else choices)

    def tell_read(self, read: bool) -> None:
        """Name the button for what it does next."""
        self._read = read
        self.read.setText(tr(s.MARK_UNREAD if read else s.MARK_READ))

    def take_keyboard(self) -> bool:
        """Put the keyboard on the text. False where there is none."""
        if self._shown is None:
            return False
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def _go(self) -> None:
        if self._shown is not None:
            self.place_wanted.emit(self._shown.text_target)

    def _mark(self) -> None:
        if self._shown is not None:
            read = not self._read
            self.tell_read(read)
            self.read_marked.emit(self._shown.target, read)

    def _show_card(self) -> None:
        cards = self._shown.cards if self._shown else ()
        if len(cards) == 1:
            self.place_wanted.emit(cards[0][0])
        elif cards:
            menu = QMenu(self)
            for target, title in cards:
                menu.addAction(plain_button(title)).triggered.connect(lambda _=False, to=target: self.place_wanted.emit(to))
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.cards.mapToGlobal(self.cards.rect().bottomLeft()))
