"""Everything without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from vidensplatform.desktop.main_window import MainWindow

if TYPE_CHECKING:
    from conftest import Desk

STORY = "mand sover i bil, lige løsladt, drikker, ingen penge"
Place = Callable[[MainWindow], QWidget]
CONTROL = Qt.KeyboardModifier.ControlModifier

PLACES: dict[str, Place] = {
    "box": lambda w: w.search.box,
    "chip": lambda w: w.search.chips.chips()[0],
    "needs": lambda w: w.search.needs._list,
    "kind": lambda w: w.search.needs._kind,
    "date": lambda w: w.search.day._edit,
    "list": lambda w: w.search.results.view,
    "reader": lambda w: w.search.reader.page(0),
}


def focused() -> QWidget | None:
    return QApplication.focusWidget()


@pytest.mark.parametrize("place", list(PLACES))
def test_ctrl_k_puts_the_cursor_in_the_box_from_everywhere(law_window: MainWindow, desk: Desk, qtbot: QtBot, place: str) -> None:
    desk.type(law_window, STORY)
    desk.settle(law_window)
    law_window.search.reader.open("card:forsorgshjem")
    desk.settle(law_window)
    widget = PLACES[place](law_window)
    widget.setFocus()
    assert focused() is not None
    desk.key(focused(), Qt.Key.Key_K, CONTROL)
    assert law_window.search.box.hasFocus()
    assert law_window.search.box.textCursor().selectedText() == STORY


def test_from_typing_to_reading_by_keyboard_only(law_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    window = law_window
    desk.type(window, STORY)
    desk.key(focused(), Qt.Key.Key_Down)
    view = window.search.results.view
    assert view.hasFocus()
    assert view.rows.row(view.currentIndex()) == next(row for row in view.rows.rows if row.target)
    desk.key(view, Qt.Key.Key_Return)
    qtbot.waitUntil(window.search.reader.page(0).hasFocus)
    assert "Midlertidigt ophold" in window.search.reader.page(0).toPlainText()
    desk.key(focused(), Qt.Key.Key_2, CONTROL)
    assert window.search.reader.page(1).hasFocus()
    assert "prøveherberg" in window.search.reader.page(1).toPlainText()
    desk.key(focused(), Qt.Key.Key_3, CONTROL)
    assert "PM 1-26" in window.search.reader.page(2).toPlainText()
    desk.key(focused(), Qt.Key.Key_Escape)
    assert window.search.box.hasFocus()


def test_links_are_followed_by_keyboard_and_the_way_back_is_remembered(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    reader = window.search.reader
    desk.type(window, STORY)
    reader.open("card:forsorgshjem", keyboard=True)
    qtbot.waitUntil(reader.page(0).hasFocus)
    desk.key(reader.page(0), Qt.Key.Key_Tab)
    desk.key(reader.page(0), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: reader.target not in ("", "card:forsorgshjem"))
    there = reader.target
    desk.key(focused(), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: reader.target == "card:forsorgshjem")
    desk.settle(window)
    desk.key(focused(), Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: reader.target == there)


def test_walking_the_list_shows_and_leaves_no_trail(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(window, STORY)
    view, reader = window.search.results.view, window.search.reader
    desk.key(window.search.box, Qt.Key.Key_Down)
    for _ in range(3):
        desk.key(view, Qt.Key.Key_Down)
    row = view.rows.row(view.currentIndex())
    assert row is not None
    qtbot.waitUntil(lambda: reader.target == row.target)
    assert view.hasFocus()
    assert not reader.can_go_back


def test_up_from_the_first_option_leads_back_to_the_box(window: MainWindow, desk: Desk) -> None:
    desk.type(window, STORY)
    desk.key(window.search.box, Qt.Key.Key_Down)
    desk.key(window.search.results.view, Qt.Key.Key_Up)
    assert window.search.box.hasFocus()


def test_f6_goes_round_the_columns(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(window, STORY)
    window.search.reader.open("card:forsorgshjem")
    desk.settle(window)
    seen = []
    for _ in range(5):
        seen.append(focused())
        desk.key(focused(), Qt.Key.Key_F6)
    search = window.search
    assert [type(w) for w in seen[1:2]] == [QListWidget]
    assert seen == [search.box, search.needs._list, search.results.view, search.reader.page(0), search.box]


def test_shift_enter_breaks_the_line_and_enter_asks_at_once(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    box = window.search.box
    qtbot.keyClicks(box, "sover i bil")
    desk.key(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(box, "ingen penge")
    asked: list[str] = []
    box.asked.connect(asked.append)
    desk.key(box, Qt.Key.Key_Return)
    assert asked == ["sover i bil\ningen penge"]


def test_down_inside_several_lines_moves_the_cursor_first(window: MainWindow, desk: Desk) -> None:
    desk.type(window, STORY)
    box = window.search.box
    box.setPlainText("sover i bil\ningen penge")
    desk.key(box, Qt.Key.Key_Down)
    assert box.hasFocus()
    desk.key(box, Qt.Key.Key_Down)
    assert window.search.results.view.hasFocus()


def test_tab_leads_from_box_over_chips_to_needs_and_list(window: MainWindow, desk: Desk) -> None:
    desk.type(window, STORY)
    order = []
    for _ in range(40):
        desk.key(focused(), Qt.Key.Key_Tab)
        order.append(focused())
    search = window.search
    visible = [chip for chip in search.chips.chips() if chip.isVisible()]
    assert order[: len(visible)] == visible
    places = [order.index(w) for w in (search.chips.add, search.needs._list, search.results.view)]
    assert places == sorted(places)
