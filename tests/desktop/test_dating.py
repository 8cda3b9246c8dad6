"""The law of another day: chosen, marked, and left again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QCalendarWidget
from pytestqt.qtbot import QtBot

from vidensplatform.desktop.dating.control import DateControl
from vidensplatform.desktop.dating.reading import read_day
from vidensplatform.desktop.main_window import MainWindow

if TYPE_CHECKING:
    from conftest import Desk

LAW = 1
THEN = date(2023, 12, 31)
CONTROL = Qt.KeyboardModifier.ControlModifier


def read_on(window: MainWindow, desk: Desk, day: date | None) -> str:
    window.search.day.put(day)
    desk.settle(window)
    return window.search.reader.page(LAW).toPlainText()


def test_today_is_shown_until_another_day_is_asked_for(versions_window: MainWindow, desk: Desk) -> None:
    desk.type(versions_window, "SEL § 110")
    assert versions_window.search.day.as_of is None
    assert versions_window.search.banner.text == ""
    assert "sover i bil" in versions_window.search.reader.page(LAW).toPlainText()
    assert "Viser retten" not in versions_window.search.reader.page(LAW).toPlainText()


def test_reader_shows_the_text_of_that_day_and_says_so(versions_window: MainWindow, desk: Desk) -> None:
    desk.type(versions_window, "SEL § 110")
    text = read_on(versions_window, desk, THEN)
    assert "sover på en bænk" in text
    assert "Viser retten pr. 31. december 2023" in text
    assert "sover i bil" in read_on(versions_window, desk, None)


def test_banner_says_in_words_which_day_and_what_cannot_be_known(versions_window: MainWindow, desk: Desk) -> None:
    desk.type(versions_window, "sover på en bænk")
    read_on(versions_window, desk, THEN)
    banner = versions_window.search.banner
    assert banner.isVisible()
    assert "31. december 2023" in banner.text
    assert "Muligheder og pligter er skrevet til loven i dag" in banner.text
    assert "pr. 31. december 2023" in versions_window.search.results.summary
    read_on(versions_window, desk, date.today() + timedelta(days=90))
    assert "er ikke med" in banner.text, "a day to come lacks what is enacted and not yet in the text"


def test_search_finds_the_words_of_that_day(versions_window: MainWindow, desk: Desk) -> None:
    desk.type(versions_window, "prøvekrisecenter")
    model = versions_window.search.results.view.rows
    assert "SEL § 109" not in [row.title for row in model.rows]
    read_on(versions_window, desk, THEN)
    assert "SEL § 109" in [row.title for row in model.rows]


def test_there_and_back_by_keyboard(versions_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(versions_window, "SEL § 110")
    desk.key(versions_window.search.box, Qt.Key.Key_D, CONTROL)
    edit = versions_window.search.day._edit
    assert QApplication.focusWidget() is edit
    qtbot.keyClicks(edit, "31122023")
    assert versions_window.search.day.as_of is None, "a day that is still being typed is not asked for"
    desk.key(edit, Qt.Key.Key_Return)
    assert versions_window.search.day.as_of == THEN
    desk.settle(versions_window)
    for _ in range(2):
        desk.key(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is versions_window.search.day._today
    desk.key(versions_window.search.day._today, Qt.Key.Key_Space)
    assert versions_window.search.day.as_of is None
    assert QApplication.focusWidget() is edit
    assert versions_window.search.banner.text == ""


def test_an_act_without_a_text_that_day_is_no_reason_to_import_one(versions_window: MainWindow, desk: Desk) -> None:
    desk.type(versions_window, "SEL § 110")
    text = read_on(versions_window, desk, date(2019, 5, 1))
    assert "har ingen tekst" in text
    assert "1. maj 2019" in text
    assert versions_window.search.reader._law.currentWidget() is versions_window.search.reader.page(LAW)


def test_banner_leads_back_to_today(versions_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(versions_window, "SEL § 110")
    read_on(versions_window, desk, THEN)
    qtbot.mouseClick(versions_window.search.banner._back, Qt.MouseButton.LeftButton)
    desk.settle(versions_window)
    assert "sover i bil" in versions_window.search.reader.page(LAW).toPlainText()


def test_link_in_the_reader_leads_back_to_today(versions_window: MainWindow, desk: Desk) -> None:
    desk.type(versions_window, "SEL § 110")
    read_on(versions_window, desk, THEN)
    versions_window.search.reader.page(LAW).link_chosen.emit(f"day:{date.today().isoformat()}")
    assert versions_window.search.day.as_of is None


def test_without_law_there_is_no_day_to_choose(window: MainWindow, desk: Desk) -> None:
    desk.type(window, "sover i bil")
    assert not window.search.day.isVisible()


def test_another_day_tells_once_and_today_is_none(qtbot: QtBot) -> None:
    control = DateControl()
    qtbot.addWidget(control)
    told: list[date | None] = []
    control.chosen.connect(told.append)
    control.put(THEN)
    control.put(THEN)
    control.put(date.today())
    assert told == [THEN, None]


@pytest.mark.parametrize("written", ["31-12-2023", "31.12.2023", "31/12 2023", "31122023", "2023-12-31", "31. december 2023", " 31 dec 2023 "])
def test_a_day_is_read_as_people_write_it(written: str) -> None:
    assert read_day(written) == THEN


@pytest.mark.parametrize("written", ["", "31-02-2023", "31. marts", "2023", "i går", "1-1-23", "01-01-0023", "13. foo 2023"])
def test_what_is_no_day_is_none(written: str) -> None:
    assert read_day(written) is None


def test_what_is_no_day_is_told_and_changes_nothing(versions_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(versions_window, "SEL § 110")
    read_on(versions_window, desk, THEN)
    versions_window.search.day.take_keyboard()
    qtbot.keyClicks(versions_window.search.day._edit, "31-02-2023")
    desk.key(versions_window.search.day._edit, Qt.Key.Key_Return)
    refusal = versions_window.search._panel._refusal
    assert refusal.isVisible()
    assert "31-02-2023" in refusal.text()
    assert versions_window.search.day.as_of == THEN
    desk.key(versions_window.search.day._edit, Qt.Key.Key_Up)
    assert versions_window.search.day.as_of == date(2024, 1, 1)
    assert not refusal.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no pop-ups that take keyboard and mouse
def test_the_calendar_gives_a_day_and_the_keyboard_back(versions_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(versions_window, "SEL § 110")
    day = versions_window.search.day
    qtbot.mouseClick(day._open, Qt.MouseButton.LeftButton)
    calendar = day.findChild(QCalendarWidget)
    assert calendar is not None
    calendar.setSelectedDate(QDate(2023, 12, 31))
    calendar.activated.emit(calendar.selectedDate())
    assert day.as_of == THEN
    assert day._edit.hasFocus()
