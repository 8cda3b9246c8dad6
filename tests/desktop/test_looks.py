"""Readable in light and dark, at any size, and with a name on every control."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QColor, QFont, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from vidensplatform.desktop.asking.picker import SituationPicker
from vidensplatform.desktop.changes.review import ReviewDialog
from vidensplatform.desktop.curating.settling import SettleDialog
from vidensplatform.desktop.harvesting import SourcesDialog
from vidensplatform.desktop.help import AboutDialog, ShortcutsDialog
from vidensplatform.desktop.importing import ImportReportDialog
from vidensplatform.desktop.main_window import MainWindow
from vidensplatform.desktop.theme import LEAST_CONTRAST, Badge, Theme, contrast, luminance, mix, readable
from vidensplatform.desktop.trouble import Trouble
from vidensplatform.store.sources import SourceState

if TYPE_CHECKING:
    from conftest import Desk

STORY = "mand sover i bil, lige løsladt, drikker, ingen penge"


def palette(base: str, text: str, accent: str, link: str) -> QPalette:
    made = QPalette()
    for role, value in (
        (QPalette.ColorRole.Base, base),
        (QPalette.ColorRole.Window, base),
        (QPalette.ColorRole.Text, text),
        (QPalette.ColorRole.WindowText, text),
        (QPalette.ColorRole.Highlight, accent),
        (QPalette.ColorRole.Link, link),
    ):
        made.setColor(role, QColor(value))
    return made


PALETTES = {
    "light": palette("#ffffff", "#000000", "#308cc6", "#0000ff"),
    "grey": palette("#eff0f1", "#232629", "#3daee9", "#2980b9"),
    "dark": palette("#1b1e20", "#eff0f1", "#3daee9", "#1d99f3"),
    "black": palette("#000000", "#ffffff", "#00ff00", "#ffff00"),
    "sepia": palette("#fdf6e3", "#586e75", "#b58900", "#268bd2"),
}


@pytest.mark.parametrize("high", [False, True])
@pytest.mark.parametrize("name", list(PALETTES))
def test_every_text_can_be_read_on_its_ground(name: str, high: bool) -> None:
    theme = Theme.of(PALETTES[name], high_contrast=high)
    for field in fields(theme):
        value = getattr(theme, field.name)
        if isinstance(value, Badge):
            assert contrast(value.ink, value.fill) >= LEAST_CONTRAST, field.name
            if field.name != "hit":
                assert contrast(readable(value.ink, theme.chosen), theme.chosen) >= LEAST_CONTRAST
    for ink in (theme.text, theme.muted, theme.link, theme.cite):
        assert contrast(ink, theme.chosen) >= LEAST_CONTRAST
        assert contrast(ink, theme.base) >= LEAST_CONTRAST


def test_dark_is_seen_from_the_palette() -> None:
    assert Theme.of(PALETTES["dark"]).dark
    assert not Theme.of(PALETTES["light"]).dark


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert luminance("#ff0000") == pytest.approx(0.2126)
    assert mix("#000000", "#ffffff", 0.5) == "#808080"


def test_the_window_follows_the_palette(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(window, STORY)
    window.search.reader.open("card:forsorgshjem")
    desk.settle(window)
    before = QApplication.palette()
    try:
        QApplication.setPalette(PALETTES["dark"])
        qtbot.waitUntil(lambda: window.search.results.view._delegate.theme.dark)
        desk.settle(window)
        assert Theme.of(PALETTES["dark"]).must.fill in window.search.reader.page(0).toHtml()
    finally:
        QApplication.setPalette(before)
        desk.settle(window)


@pytest.mark.parametrize("factor", [1.0, 1.25, 1.5, 2.0])
def test_no_row_is_painted_beyond_its_height_at_any_size(window: MainWindow, desk: Desk, factor: float) -> None:
    desk.type(window, STORY)
    view = window.search.results.view
    font = QFont(view.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    view.setFont(font)
    QApplication.processEvents()
    for n, row in enumerate(view.rows.rows):
        box = view.visualRect(view.rows.index(n))
        needed = view._delegate._work(None, QRectF(0, 0, view.viewport().width(), 0), row, view.font())
        assert box.height() >= needed - 1
        assert box.width() == view.viewport().width()


CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QAbstractItemView, QTabBar, QComboBox, QAbstractSpinBox, QProgressBar)
# Made by Qt itself inside its own controls, and named by them.
QTS_OWN = ("qt_", "ScrollLeftButton", "ScrollRightButton")


def nameless(root: QWidget) -> Iterator[str]:
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, CONTROLS) or widget.objectName().startswith(QTS_OWN):
            continue
        if type(widget).__name__ in ("QComboBoxListView", "QCalendarView", "QHeaderView", "QTableCornerButton"):
            continue
        if type(widget) is QAbstractButton and widget.metaObject().className() == "QTableCornerButton":
            continue
        if isinstance(widget, QAbstractItemView) and widget.metaObject().className() in ("QHeaderView", "QComboBoxListView"):
            continue
        if isinstance(widget, QTabBar):
            if not all(widget.tabText(n) for n in range(widget.count())):
                yield f"a tab of {widget.parent()}"
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface is not None else widget.accessibleName()
        if not name:
            yield f"{widget.metaObject().className()} in {type(widget.parent()).__name__}"


def test_every_control_has_a_name(law_window: MainWindow, desk: Desk) -> None:
    desk.type(law_window, STORY)
    law_window.search.reader.open("card:forsorgshjem")
    desk.settle(law_window)
    law_window.trouble.tell(Trouble("noget", "alt", "gør noget", ()))
    for page in (law_window.changes, law_window.curation):
        law_window._turn_to(page)
        desk.settle(law_window)
        page.take_keyboard()
        desk.settle(law_window)
    assert list(nameless(law_window)) == []


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_no_change_is_painted_beyond_its_height_at_any_size(versions_window: MainWindow, desk: Desk, factor: float) -> None:
    versions_window._turn_to(versions_window.changes)
    desk.settle(versions_window)
    view = versions_window.changes.list
    font = QFont(view.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    view.setFont(font)
    QApplication.processEvents()
    assert len(view.rows.rows) > 3
    for n, row in enumerate(view.rows.rows):
        box = view.visualRect(view.rows.index(n))
        assert box.height() >= view._delegate._work(None, QRectF(0, 0, view.viewport().width(), 0), row, view.font()) - 1


def test_the_pages_about_time_follow_the_palette(versions_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    window = versions_window
    window._turn_to(window.changes)
    desk.settle(window)
    window.changes.take_keyboard()
    desk.settle(window)
    window._turn_to(window.curation)
    desk.settle(window)
    window.curation.take_keyboard()
    desk.settle(window)
    before = QApplication.palette()
    try:
        QApplication.setPalette(PALETTES["dark"])
        dark = Theme.of(PALETTES["dark"])
        qtbot.waitUntil(lambda: window.changes.list._delegate.theme.dark)
        desk.settle(window)
        assert any(look.fill in window.changes.pane.view.toHtml() for look in (dark.urgent, dark.good))
        assert dark.warning.fill in window.curation.view.toHtml()
    finally:
        QApplication.setPalette(before)
        desk.settle(window)


def test_every_control_of_the_dialogs_has_a_name(window: MainWindow, qtbot: QtBot) -> None:
    dialogs: list[QDialog] = [
        AboutDialog(window),
        ShortcutsDialog(window),
        ImportReportDialog(None, window),
        SituationPicker({"a": ("A", "")}, window),
        ReviewDialog(date(2031, 5, 1), window),
        SettleDialog("Markér som læst", "Lån af en bænk", "", window),
        SourcesDialog([SourceState("retsinformation")], window),
    ]
    for dialog in dialogs:
        dialog.show()
        assert list(nameless(dialog)) == []
        dialog.close()


def test_chips_tell_what_revealed_them(window: MainWindow, desk: Desk) -> None:
    desk.type(window, STORY)
    for chip in window.search.chips.chips():
        interface = QAccessible.queryAccessibleInterface(chip)
        assert interface is not None
        assert chip.chip.title in interface.text(QAccessible.Text.Name)
        assert "Genkendt ud fra" in interface.text(QAccessible.Text.Description)
        assert "Delete fjerner" in interface.text(QAccessible.Text.Description)
