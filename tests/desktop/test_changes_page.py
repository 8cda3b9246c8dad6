"""The page Ændringer: what changed, what is on its way, what one follows, and a review for the team."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from vidensplatform.desktop.changes.following import Choice
from vidensplatform.desktop.changes.review import MARKDOWN, PDF, PRINT, WORD, Period, ReviewDialog, periods
from vidensplatform.desktop.main_window import MainWindow
from vidensplatform.desktop.pages.changes import ALL, COMING, FOLLOWED
from vidensplatform.desktop.reader.titles import short_title
from vidensplatform.desktop.results.rows import Row, RowKind
from vidensplatform.settings import Home

if TYPE_CHECKING:
    from conftest import Desk, Opener

ALL_TIME = Period(date(2000, 1, 1), date(2100, 1, 1))


@pytest.fixture
def page(versions_window: MainWindow, desk: Desk) -> MainWindow:
    """The window over two texts of serviceloven, with the page Ændringer turned to."""
    return turned(versions_window, desk)


def turned(window: MainWindow, desk: Desk) -> MainWindow:
    window._turn_to(window.changes)
    desk.settle(window)
    return window


def rows(window: MainWindow) -> list[Row]:
    return [row for row in window.changes.model.rows if row.kind is RowKind.CHANGE]


def choose(window: MainWindow, desk: Desk, title: str) -> None:
    place = next(n for n, row in enumerate(window.changes.model.rows) if row.title.startswith(title))
    window.changes.list.setFocus()
    window.changes.list.setCurrentIndex(window.changes.model.index(place))
    desk.settle(window)


def pick(box: QComboBox, text: str) -> None:
    box.setCurrentIndex(box.findText(text))


def test_changes_are_listed_with_what_happened_and_when(page: MainWindow) -> None:
    found = {row.title.split(" ·")[0]: row for row in rows(page)}
    assert set(found) == {"SEL § 86", "SEL § 109", "SEL § 110"}
    assert [found[f"SEL § {n}"].kind_words for n in (86, 109, 110)] == ["ny", "ophævet", "ændret"]
    assert page.changes.model.rows[0].title == "Februar 2025"
    assert "3. februar 2025" in " ".join(found["SEL § 110"].places)
    assert page.changes._summary.text().startswith("3 ændringer, 3 ulæste.")


def test_every_change_is_one_sentence_for_a_screen_reader(page: MainWindow) -> None:
    spoken = next(row.spoken for row in rows(page) if row.title.startswith("SEL § 110"))
    for said in ("ændret", "ulæst", "kort", "2025"):
        assert said in spoken


def test_words_that_went_and_came_are_marked_without_colour_too(page: MainWindow, desk: Desk) -> None:
    choose(page, desk, "SEL § 110")
    text, html = page.changes.pane.view.toPlainText(), page.changes.pane.view.toHtml()
    assert "− " in text
    assert "+ " in text
    assert "line-through" in html
    assert "underline" in html
    page.changes.pane.beside.setChecked(True)
    desk.settle(page)
    assert "Før" in page.changes.pane.view.toPlainText()
    assert "Efter" in page.changes.pane.view.toPlainText()


def test_hostile_law_is_shown_as_it_stands(page: MainWindow, desk: Desk) -> None:
    choose(page, desk, "SEL § 86")
    assert "<a href='http://ond.example/'>" in page.changes.pane.view.toPlainText()


def test_go_to_the_text_and_to_the_cards(page: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    choose(page, desk, "SEL § 110")
    qtbot.mouseClick(page.changes.pane.to_text, Qt.MouseButton.LeftButton)
    desk.settle(page)
    assert page._pages.currentWidget() is page.search
    assert page.search.reader.target == "prov:serviceloven/110"
    assert page.search.reader.isVisible(), "also where nothing was asked yet"
    turned(page, desk)
    card = page.changes.pane._shown.cards[0][0]
    page.changes.pane.view.link_chosen.emit(card)
    desk.settle(page)
    assert page.search.reader.target == card


def test_read_marks_are_kept_and_counted_on_the_rail(page: MainWindow, desk: Desk, qtbot: QtBot, open_window: Opener) -> None:
    button = page._rail._group.buttons()[1]
    assert button.text() == "Ændringer\n(3)"
    assert button.accessibleName() == "Ændringer, 3 ulæste"
    choose(page, desk, "SEL § 110")
    qtbot.mouseClick(page.changes.pane.read, Qt.MouseButton.LeftButton)
    desk.settle(page)
    assert button.text() == "Ændringer\n(2)"
    assert not next(row for row in rows(page) if row.title.startswith("SEL § 110")).unread
    page.close()
    again = turned(open_window(page.session.home), desk)
    assert {row.title.split(" ·")[0] for row in rows(again) if row.unread} == {"SEL § 109", "SEL § 86"}


def test_all_can_be_marked_as_read(page: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.changes._all_read, Qt.MouseButton.LeftButton)
    desk.settle(page)
    assert not any(row.unread for row in rows(page))
    assert "0 ulæste" in page.changes._summary.text()
    assert page._rail._group.buttons()[1].text() == "Ændringer"
    assert not page.changes._all_read.isEnabled()


def test_filters_narrow_the_list(page: MainWindow, desk: Desk) -> None:
    filters = page.changes.filters
    pick(filters._kind, "Ophævede")
    desk.settle(page)
    assert [row.title.split(" ·")[0] for row in rows(page)] == ["SEL § 109"]
    pick(filters._kind, "Alle slags")
    pick(filters._days, "Seneste uge")
    desk.settle(page)
    assert rows(page) == []
    assert "Ingen ændringer passer" in page.changes._summary.text()
    pick(filters._days, "Hele tiden")
    pick(filters._order, "Efter lov")
    desk.settle(page)
    assert page.changes.model.rows[0].title == "SEL"
    filters._followed.setChecked(True)
    desk.settle(page)
    assert rows(page) == []


def test_only_the_pages_that_are_scrolled_to_are_read(long_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    turned(long_window, desk)
    model, view = long_window.changes.model, long_window.changes.list
    assert "150 ændringer" in long_window.changes._summary.text()
    first = len(rows(long_window))
    assert 0 < first < 150
    for _ in range(10):
        view.scrollToBottom()
        desk.settle(long_window)
    found = [row.title for row in rows(long_window)]
    assert len(found) == len(set(found)) == 150
    assert not model.canFetchMore()
    assert [row.title for row in model.rows].count("Februar 2025") == 1, "a header is not repeated where a page begins"


def test_a_page_of_another_list_is_not_put_below_this_one(long_window: MainWindow, desk: Desk) -> None:
    turned(long_window, desk)
    long_window.changes.model.fetchMore()
    pick(long_window.changes.filters._kind, "Ophævede")
    desk.settle(long_window)
    assert rows(long_window) == []


# -- following -------------------------------------------------------------------------------------------------------------------------------


def test_follow_a_section_and_no_longer(page: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    choose(page, desk, "SEL § 110")
    menu = page.changes.pane.follow
    assert [action.text() for action in menu.choices] == ["SEL § 110", "serviceloven"]
    menu.choices[0].trigger()
    desk.settle(page)
    assert "Følger" in menu.text()
    assert page.changes.tabs.tabText(FOLLOWED) == "Følger (1)"
    assert page._rail._group.buttons()[1].text() == "Ændringer\n(1)", "where something is followed, only that counts"
    page.changes.tabs.setCurrentIndex(FOLLOWED)
    assert page.changes.take_keyboard()
    assert "1 ulæste" in page.changes.followed.list.item(0).text()
    desk.key(page.changes.followed.list, Qt.Key.Key_Return)
    desk.settle(page)
    assert page.changes.tabs.currentIndex() == ALL
    assert [row.title.split(" ·")[0] for row in rows(page)] == ["SEL § 110"]
    assert page.changes.filters._only.isVisible()
    qtbot.mouseClick(page.changes.filters._only, Qt.MouseButton.LeftButton)
    desk.settle(page)
    assert len(rows(page)) == 3
    page.changes.tabs.setCurrentIndex(FOLLOWED)
    page.changes.take_keyboard()
    desk.key(page.changes.followed.list, Qt.Key.Key_Delete)
    desk.settle(page)
    assert page.changes.followed.list.count() == 0
    assert page.following.followed == ()


def test_follow_from_the_reader(law_window: MainWindow, desk: Desk) -> None:
    law_window.search.show_place("card:hjemloes")
    desk.settle(law_window)
    offered = [action.text() for action in law_window.search.reader.follow.choices]
    assert any(text.startswith("Situationen »") for text in offered)
    law_window.search.show_place("card:forsorgshjem")
    desk.settle(law_window)
    offered = {action.text(): action for action in law_window.search.reader.follow.choices}
    assert {"SEL § 110", "serviceloven"} <= set(offered)
    assert any(text.startswith("Området »") for text in offered)
    offered["serviceloven"].trigger()
    desk.settle(law_window)
    assert law_window.following.follows(Choice("lov", "serviceloven", ""))


@pytest.mark.parametrize("keep", [True, False])
def test_a_search_is_followed_only_after_it_was_said_that_its_words_are_kept(law_window: MainWindow, desk: Desk, qtbot: QtBot, keep: bool) -> None:
    desk.type(law_window, "sover i bil")
    action = next(a for a in law_window.search.results.follow.choices if a.text() == "Søgningen »sover i bil«")
    action.trigger()
    box = law_window.findChild(QMessageBox)
    assert box is not None
    assert "gemmes ordene »sover i bil« på denne maskine" in box.text()
    assert law_window.following.followed == ()
    button = next(b for b in box.buttons() if b.text() == ("Gem søgningen" if keep else "Annullér"))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle(law_window)
    assert [f.key for f in law_window.following.followed] == (["sover i bil"] if keep else [])
    assert action.isChecked() is keep


# -- on its way, since the last look, review -------------------------------------------------------------------------------------------------


def test_nothing_on_its_way_is_said(page: MainWindow) -> None:
    page.changes.tabs.setCurrentIndex(COMING)
    assert page.changes.coming.nothing.isVisible()
    assert not page.changes.filters.isVisible()


def test_since_the_last_look(page: MainWindow, desk: Desk, open_window: Opener) -> None:
    assert "Siden du sidst" not in page.changes._summary.text(), "nobody has looked before"
    page.close()
    again = turned(open_window(page.session.home), desk)
    assert "Siden du sidst så efter" in again.changes._summary.text()
    assert "0 nye" in again.changes._summary.text()
    again.changes.filters.since_last_look()
    desk.settle(again)
    assert rows(again) == []


def read_docx(path: Path) -> str:
    with zipfile.ZipFile(path) as packed:
        return packed.read("word/document.xml").decode()


Reader = Callable[[Path], str]


@pytest.mark.parametrize(
    ("kind", "read", "said"),
    [
        (MARKDOWN, lambda path: path.read_text(encoding="utf-8"), "§ 110"),
        (WORD, read_docx, "§ 110"),
        (PDF, lambda path: path.read_bytes()[:5].decode(), "%PDF-"),
    ],
)
def test_a_review_is_saved(page: MainWindow, qtbot: QtBot, tmp_path: Path, kind: str, read: Reader, said: str) -> None:
    path = tmp_path / f"overblik.{kind}"
    with qtbot.waitSignal(page.changes.review.saved, timeout=10_000):
        page.changes.review.save_to(path, ALL_TIME, kind, False)
    assert said in read(path)
    assert str(path) in page.status_line.currentMessage()


def test_a_review_that_cannot_be_saved_says_what_to_do(page: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    for kind in (MARKDOWN, PDF):
        page.trouble.hide()
        page.changes.review.save_to(tmp_path / "findes ikke" / f"overblik.{kind}", ALL_TIME, kind, False)
        qtbot.waitUntil(page.trouble.isVisible, timeout=10_000)
        assert "kunne ikke gemmes" in page.trouble._happened.text()


def test_the_review_asks_for_period_form_and_place(page: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.changes.review, Qt.MouseButton.LeftButton)
    dialog = page.findChild(ReviewDialog)
    assert dialog is not None
    word = next(b for b in dialog.findChildren(type(page.changes._all_read)) if "Word" in b.text())
    qtbot.mouseClick(word, Qt.MouseButton.LeftButton)
    chooser = page.findChild(QFileDialog)
    assert chooser is not None
    assert chooser.defaultSuffix() == "docx"
    chooser.reject()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_review_is_printed_where_the_user_says(page: MainWindow, desk: Desk) -> None:
    page.changes.review.make(ALL_TIME, PRINT, False)
    desk.settle(page)
    dialog = page.findChild(QPrintDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()
    assert not page.trouble.isVisible()


def test_weeks_begin_on_monday_and_months_on_the_first() -> None:
    found = dict(periods(date(2026, 11, 28)))
    assert found["Denne uge"] == Period(date(2026, 11, 23), date(2026, 11, 28))
    assert found["Sidste uge"] == Period(date(2026, 11, 16), date(2026, 11, 22))
    assert found["Sidste måned"] == Period(date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Lov om ændring af bænkeloven og parasolloven (Flere bænke m.v.)", "Flere bænke m.v."),
        ("lov nr. 7 af 3.2.2031 (Flere bænke (og borde))", "lov nr. 7 af 3.2.2031: Flere bænke (og borde)"),
        ("Bænkeloven", "Bænkeloven"),
        ("(Bænke)", "(Bænke)"),
    ],
)
def test_an_amending_act_is_called_by_what_it_is_about(title: str, short: str) -> None:
    assert short_title(title) == short


# -- keyboard and widths ---------------------------------------------------------------------------------------------------------------------


def test_from_rail_to_reading_by_keyboard_only(versions_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    window = versions_window
    desk.key(window.search.box, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    desk.settle(window)
    assert window._pages.currentWidget() is window.changes
    assert window._rail._group.checkedId() == 1
    assert QApplication.focusWidget() is window.changes.tabs
    desk.key(window.changes.tabs, Qt.Key.Key_F6)
    assert window.changes.list.hasFocus()
    desk.settle(window)
    desk.key(window.changes.list, Qt.Key.Key_Down)
    desk.settle(window)
    assert window.changes.pane.target == window.changes.model.row(window.changes.list.currentIndex()).target
    desk.key(window.changes.list, Qt.Key.Key_Return)
    assert window.changes.pane.view.hasFocus()
    desk.key(window.changes.pane.view, Qt.Key.Key_Escape)
    assert window.changes.list.hasFocus()
    desk.key(window.changes.list, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window._pages.currentWidget() is window.search
    assert window.search.box.hasFocus()


def test_one_at_a_time_on_a_narrow_window(page: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page.resize(560, 700)
    qtbot.waitUntil(lambda: page.width() == 560)
    assert page.changes.list.isVisible()
    assert not page.changes.pane.isVisible()
    choose(page, desk, "SEL § 110")
    desk.key(page.changes.list, Qt.Key.Key_Return)
    desk.settle(page)
    assert page.changes.pane.isVisible()
    assert not page.changes.list.isVisible()
    qtbot.mouseClick(page.changes.pane.to_list, Qt.MouseButton.LeftButton)
    assert page.changes.list.isVisible()


def test_without_law_the_page_says_so(window: MainWindow, desk: Desk) -> None:
    turned(window, desk)
    assert rows(window) == []
    assert "Ingen ændringer" in window.changes._summary.text()


def test_history_of_a_section_in_the_reader(versions_window: MainWindow, desk: Desk, home_with_versions: Home) -> None:
    reader = versions_window.search.reader
    versions_window.search.show_place("prov:serviceloven/110")
    desk.settle(versions_window)
    assert reader.page(3).toPlainText() == "", "the history is made when somebody turns to it"
    desk.key(QApplication.focusWidget(), Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    desk.settle(versions_window)
    text = reader.page(3).toPlainText()
    for said in ("ændret", "Den ældste tekst, der er indlæst", "vis teksten pr. 3. februar 2022"):
        assert said in text
    reader.page(3).link_chosen.emit("day:2022-02-03")
    desk.settle(versions_window)
    assert versions_window.search.day.as_of == date(2022, 2, 3)
    assert "sover på en bænk" in reader.page(1).toPlainText()
    assert reader.tab == 3, "the tab stays"
    versions_window.search.show_place("prov:serviceloven/85")
    desk.settle(versions_window)
    assert reader.tab == 1, "another provision opens at its text"
    reader.show_tab(3)
    desk.settle(versions_window)
    assert "Den ældste tekst" in reader.page(3).toPlainText(), "another place, another history"
