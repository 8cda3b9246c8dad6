"""The menus: every command with its shortcut, in one table a menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.strings import tr

Keys = QKeySequence | QKeySequence.StandardKey | str


def add(menu: QMenu, text: str, call: Callable[[], object], keys: Keys | None = None) -> QAction:
    """Add a command to a menu."""
    action = QAction(tr(text), menu)
    if keys is not None:
        action.setShortcut(QKeySequence(keys))
    action.triggered.connect(lambda _checked=False: call())
    menu.addAction(action)
    return action


def add_choice(menu: QMenu, texts: list[str], chosen: int, call: Callable[[int], object]) -> list[QAction]:
    """Add commands of which one is always chosen."""
    group = QActionGroup(menu)
    actions = []
    for place, text in enumerate(texts):
        action = QAction(tr(text), menu, checkable=True, checked=place == chosen)
        group.addAction(action)
        menu.addAction(action)
        actions.append(action)
    group.triggered.connect(lambda action: call(actions.index(action)))
    return actions


def edit_menu(window: QMainWindow, clear: Callable[[], object]) -> QMenu:
    """The menu Rediger: its commands go to whatever has the keyboard."""
    menu = window.menuBar().addMenu(tr(s.MENU_EDIT))
    keys = QKeySequence.StandardKey
    for text, method, key in (
        (s.UNDO, "undo", keys.Undo),
        (s.CUT, "cut", keys.Cut),
        (s.COPY, "copy", keys.Copy),
        (s.PASTE, "paste", keys.Paste),
        (s.SELECT_ALL, "selectAll", keys.SelectAll),
    ):
        add(menu, text, partial(_to_focused, method), key)
    menu.addSeparator()
    add(menu, s.CLEAR_QUESTION, clear, "Ctrl+L")
    return menu


def _to_focused(method: str) -> None:
    """Call a text field's own command, where what has the keyboard is one."""
    call = getattr(QApplication.focusWidget(), method, None)
    if callable(call):
        call()
