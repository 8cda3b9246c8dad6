"""The page Redaktion: the cards that a change touches, and what was done about each."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from small import write_small_corpus

from vidensplatform.changes.records import Outcome, QueueEntry, QueueWhy, Settlement
from vidensplatform.desktop.changes.reading import Names
from vidensplatform.desktop.curating.files import file_of, open_card_file
from vidensplatform.desktop.curating.reading import entry_page
from vidensplatform.desktop.curating.settling import SettleDialog
from vidensplatform.desktop.main_window import MainWindow
from vidensplatform.desktop.reader.page_view import PageView
from vidensplatform.desktop.results.rows import Row, RowKind
from vidensplatform.desktop.theme import Theme
from vidensplatform.errors import EnvironmentError_
from vidensplatform.law.worddiff import word_diff

if TYPE_CHECKING:
    from conftest import Desk

CARD = "forsorgshjem"


class Editor(QObject):
    """What the system opens files with."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url)


@pytest.fixture
def page(versions_window: MainWindow, desk: Desk) -> MainWindow:
    """The window over two invented texts, which no card was checked against: those that stand on them are in the queue."""
    versions_window._turn_to(versions_window.curation)
    desk.settle(versions_window)
    return versions_window


def cards(window: MainWindow) -> list[Row]:
    return [row for row in window.curation.model.rows if row.kind is RowKind.CARD]


def choose(window: MainWindow, desk: Desk, card: str) -> str:
    entry = next(e for e in window.curation._entries.values() if e.card == card and e.provision.startswith("serviceloven/110"))
    window.curation._choose(entry.id)
    desk.settle(window)
    return entry.id


def test_cards_whose_text_is_another_are_in_the_queue(page: MainWindow) -> None:
    titles = [row.title for row in cards(page)]
    assert "Midlertidigt ophold på forsorgshjem eller herberg" in titles
    assert f"{len(titles)} steder" in page.curation._summary.text()
    assert page._rail._group.buttons()[2].text() == f"Redaktion\n({len(titles)})"
    spoken = [row.spoken for row in cards(page) if row.title.startswith("Midlertidigt ophold på forsorgshjem")]
    assert any("SEL § 110" in sentence for sentence in spoken)


def test_an_entry_says_why(page: MainWindow, desk: Desk) -> None:
    entry = page.curation._entries[choose(page, desk, CARD)]
    text = page.curation.view.toPlainText()
    assert entry.card_title in text
    assert entry.why.value[1:] in text
    assert "SEL § 110" in text


def test_mark_as_mended_with_name_and_note(page: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    entry = choose(page, desk, CARD)
    before = len(cards(page))
    qtbot.mouseClick(page.curation.mended, Qt.MouseButton.LeftButton)
    dialog = page.findChild(SettleDialog)
    assert dialog is not None
    assert not dialog.save.isEnabled(), "nobody is nobody's name"
    qtbot.keyClicks(dialog.name, "Ane Prøve")
    qtbot.keyClicks(dialog.note, "Betingelserne er skrevet om.")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    desk.settle(page)
    assert len(cards(page)) == before - 1
    assert entry not in [row.target for row in cards(page)]
    page.curation.settled_too.setChecked(True)
    desk.settle(page)
    row = next(row for row in cards(page) if row.target == entry)
    assert "Markeret som rettet af Ane Prøve" in row.note
    assert "Betingelserne er skrevet om." in row.note
    choose(page, desk, CARD)
    assert "Betingelserne er skrevet om." in page.curation.view.toPlainText()


def test_the_name_is_there_for_the_next_one(page: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    choose(page, desk, CARD)
    page.curation._settled(page.curation._shown, "læst", "Ane Prøve", "")
    desk.settle(page)
    first = cards(page)[0]
    page.curation._choose(first.target)
    desk.settle(page)
    qtbot.mouseClick(page.curation.read, Qt.MouseButton.LeftButton)
    dialog = page.findChild(SettleDialog)
    assert dialog is not None
    assert dialog.name.text() == "Ane Prøve"
    dialog.reject()
    assert len(cards(page)) > 0


def test_from_the_card_to_why_it_is_in_the_queue_and_back(page: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page._turn_to(page.search)
    page.search.show_place(f"card:{CARD}")
    desk.settle(page)
    page.search.reader.show_tab(3)
    desk.settle(page)
    reader = page.search.reader.page(3)
    assert "Derfor er kortet i redaktionens kø" in reader.toPlainText()
    link = next(f"queue:{e}" for e in page.curation._entries if e.startswith(CARD))
    reader.link_chosen.emit(link.replace("|", "%7C"))
    desk.settle(page)
    assert page._pages.currentWidget() is page.curation
    assert page.curation._shown.startswith(CARD)
    qtbot.mouseClick(page.curation.open_card, Qt.MouseButton.LeftButton)
    desk.settle(page)
    assert page.search.reader.target == f"card:{CARD}"


def test_the_cards_file_is_opened_by_the_system(page: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    choose(page, desk, CARD)
    editor = Editor()
    QDesktopServices.setUrlHandler("file", editor, "take")
    try:
        qtbot.mouseClick(page.curation.open_file, Qt.MouseButton.LeftButton)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [Path(url.toLocalFile()).name for url in editor.opened] == [f"{CARD}.toml"]


def test_a_card_without_a_file_is_told_with_the_folder(tmp_path: Path) -> None:
    corpus = write_small_corpus(tmp_path / "corpus")
    assert file_of("laanebaenk", corpus) == corpus / "options" / "laanebaenk.toml"
    with pytest.raises(EnvironmentError_) as told:
        open_card_file("findes-ikke", corpus)
    assert str(corpus) in str(told.value.action)


def test_old_and_new_words_stand_side_by_side(qtbot: QtBot) -> None:
    diff = word_diff("En bænk til kvinder.", "En bænk til personer.")
    done = Settlement("e0", "k", Outcome.READ, "Ane", "Kun et ord.", datetime(2031, 5, 1, tzinfo=UTC))
    entry = QueueEntry("e", "k", "Lån af en bænk", QueueWhy.CHANGED, "baenkeloven/1", "BÆL § 1", date(2031, 2, 3), diff, moved_to=("2a",))
    view = PageView("prøve")
    qtbot.addWidget(view)
    view.put(entry_page(entry, [], [done], Names({"baenkeloven": "BÆL"}, {}, {}), Theme.now()))
    text = view.toPlainText()
    before, after = text.index("− kvinder"), text.index("+ personer")
    assert before < after
    assert "kvinder" not in text[after:].split("Set til")[0], "the new side holds only new words"
    for said in ("Da kortet blev læst", "Som det står nu", "BÆL § 2 a", "Markeret som læst af Ane den 1. maj 2031. »Kun et ord.«"):
        assert said in text


def test_an_empty_queue_is_said(window: MainWindow, desk: Desk) -> None:
    window._turn_to(window.curation)
    desk.settle(window)
    assert "Ingen kort venter" in window.curation._summary.text()
    assert not window.curation.mended.isEnabled()


def test_the_queue_by_keyboard_only(versions_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    window = versions_window
    desk.key(window.search.box, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    desk.settle(window)
    assert QApplication.focusWidget() is window.curation.list
    desk.key(window.curation.list, Qt.Key.Key_Down)
    desk.settle(window)
    assert window.curation.view.toPlainText()
    desk.key(window.curation.list, Qt.Key.Key_F6)
    assert window.curation.view.hasFocus()
    desk.key(window.curation.view, Qt.Key.Key_Escape)
    assert window.curation.list.hasFocus()
