"""The reader: full cards, law text with all that belongs to it, practice, hostile text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from small import write_small_corpus

from vidensplatform.desktop.main_window import MainWindow
from vidensplatform.desktop.operations import Token
from vidensplatform.desktop.reader.history import History
from vidensplatform.desktop.reader.markup import bullets, esc, link, marked, tag
from vidensplatform.desktop.reader.page_view import PageView
from vidensplatform.desktop.reader.pages import make_pages
from vidensplatform.desktop.reader.targets import Wanted, card_of, kind_of, provision_of, to_card, to_provision, to_reference, unit_of
from vidensplatform.desktop.results.rows import RowKind
from vidensplatform.desktop.theme import Theme
from vidensplatform.settings import Home
from vidensplatform.workbench import Workbench

if TYPE_CHECKING:
    from conftest import Desk

SUMMARY, LAW, PRACTICE = range(3)


def read(window: MainWindow, qtbot: QtBot, target: str) -> list[str]:
    window.search.reader.open(target)
    qtbot.waitUntil(lambda: window.search.reader.target == target)
    return [window.search.reader.page(tab).toPlainText() for tab in range(3)]


def test_an_option_is_shown_fully(window: MainWindow, qtbot: QtBot) -> None:
    summary = read(window, qtbot, "card:forsorgshjem")[SUMMARY]
    for said in (
        "Kan være relevant",
        "skal vurderes konkret",
        "Hvem afgør",
        "Dokumentation",
        "Vær opmærksom på",
        "4 uger",
        "Klage til Ankestyrelsen",
    ):
        assert said in summary
    for said in ("overvej også", "Hænger ofte sammen med", "Hjemmel", "SEL § 110", "ikke kontrolleret", "AKUT"):
        assert said in summary


def test_contested_and_volatile_are_marked(window: MainWindow, qtbot: QtBot) -> None:
    assert "OMSTRIDT" in read(window, qtbot, "card:bostoette")[SUMMARY]
    assert "Under ændring" in read(window, qtbot, "card:mentor")[SUMMARY]


def test_a_duty_shows_steps_faults_and_deadlines(window: MainWindow, qtbot: QtBot) -> None:
    summary = read(window, qtbot, "card:partshoering")[SUMMARY]
    for said in ("Sådan", "Typiske fejl", "Frister", "Hjemmel"):
        assert said in summary


def test_a_situation_leads_to_its_options(window: MainWindow, qtbot: QtBot) -> None:
    summary = read(window, qtbot, "card:hjemloes")[SUMMARY]
    assert "Midlertidigt ophold på forsorgshjem" in summary


def test_practice_says_how_it_stands(window: MainWindow, qtbot: QtBot) -> None:
    practice = read(window, qtbot, "card:forsorgshjem")[PRACTICE]
    assert "PM 1-26" in practice
    assert "gældende" in practice
    assert "status ukendt" in practice


def test_historic_practice_points_to_what_replaced_it(window: MainWindow, qtbot: QtBot) -> None:
    bench = window.session.bench
    assert bench is not None
    old = next(p for p in bench.corpus.cards.practice.values() if p.replaced_by == "PM 1-26")
    practice = read(window, qtbot, to_card(old.id))[PRACTICE]
    assert "Historisk" in practice
    assert "Erstattet af PM 1-26" in practice
    assert "card:pm-1-26" in window.search.reader.page(PRACTICE).toHtml()


def test_law_text_with_headings_references_and_hits(law_window: MainWindow, qtbot: QtBot, desk: Desk) -> None:
    desk.type(law_window, "mand sover i bil")
    law = read(law_window, qtbot, "card:forsorgshjem")[LAW]
    assert "Kapitel 1 Bænke og husly" in law
    assert "Stk. 2. Ophold efter stk. 1" in law
    assert "Henviser til" in law
    assert "Henvises til fra" in law
    html = law_window.search.reader.page(LAW).toHtml()
    assert "prov:serviceloven/85" in html
    hit = Theme.now().hit.fill
    assert f"background-color:{hit}" in html, "the words of the question are marked"
    assert "SEL § 163, stk. 2 står ikke i den tekst af loven" in law


def test_without_text_there_is_a_message_and_a_button(window: MainWindow, qtbot: QtBot, desk: Desk) -> None:
    read(window, qtbot, "card:forsorgshjem")
    window.search.reader.show_tab(LAW)
    panel = window.search.reader._law.currentWidget()
    assert panel is not window.search.reader.page(LAW)
    window.search.reader.take_keyboard()
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.reject()


def test_a_provision_shows_the_cards_that_stand_on_it(law_window: MainWindow, qtbot: QtBot) -> None:
    pages = read(law_window, qtbot, "prov:serviceloven/110")
    assert "Midlertidigt ophold på forsorgshjem" in pages[SUMMARY]
    assert law_window.search.reader.tab == LAW
    assert "PM 1-26" in pages[PRACTICE]


def test_a_document_found_by_its_text_opens(law_window: MainWindow, qtbot: QtBot, desk: Desk) -> None:
    desk.type(law_window, "prøveherberg")
    row = next(row for row in law_window.search.results.view.rows.rows if row.kind is RowKind.DOCUMENT)
    assert row.title == "SEL § 110"
    assert "prøveherberg" in row.note
    assert "prøveherberg" in read(law_window, qtbot, row.target)[LAW]


def test_moved_law_leads_on(window: MainWindow, qtbot: QtBot) -> None:
    bench = window.session.bench
    assert bench is not None
    moved = bench.corpus.cards.moved[0]
    read(window, qtbot, to_reference(moved.old))
    html = window.search.reader.page(LAW).toHtml()
    assert "Flyttet den" in html
    assert to_reference(moved.new[0]) in html


def test_where_law_moved_to_stands_in_sight_without_the_text(window: MainWindow, qtbot: QtBot) -> None:
    bench = window.session.bench
    assert bench is not None
    read(window, qtbot, to_reference(bench.corpus.cards.moved[0].old))
    assert window.search.reader._law.currentWidget() is window.search.reader.page(LAW)


def test_a_section_that_the_act_lacks_is_no_reason_to_import_it(law_window: MainWindow, qtbot: QtBot) -> None:
    law = read(law_window, qtbot, "prov:serviceloven/163")[LAW]
    assert "SEL § 163 står ikke i den tekst af loven, der vises i dag" in law
    assert law_window.search.reader._law.currentWidget() is law_window.search.reader.page(LAW)


def test_what_does_not_exist_is_said(window: MainWindow, qtbot: QtBot) -> None:
    assert "findes ikke" in read(window, qtbot, "card:findes-ikke")[SUMMARY]


@pytest.mark.parametrize("width", [1280, 920, 700, 500])
def test_every_tab_of_the_reader_shows_at_any_width(law_window: MainWindow, desk: Desk, qtbot: QtBot, width: int) -> None:
    law_window.resize(width, 700)
    qtbot.waitUntil(lambda: law_window.width() == width)
    law_window.search.show_place("prov:serviceloven/110")
    desk.settle(law_window)
    reader = law_window.search.reader
    bar = reader._tabs.tabBar()
    assert bar.width() >= bar.sizeHint().width()
    assert bar.tabRect(bar.count() - 1).right() <= bar.width()
    assert reader.follow.isVisible()


# -- hostile text --------------------------------------------------------------------------------------------------------------------------

HOSTILE = "<script>ond()</script><img src='file:///etc/passwd'><a href=\"http://ond.example/\">klik</a> & <b>fed</b>"


def test_plain_text_never_becomes_markup() -> None:
    for made in (esc(HOSTILE), tag("p", HOSTILE), bullets([HOSTILE]), link("card:x", HOSTILE), marked(HOSTILE, [(1, 7)])):
        inner = made.replace("<p>", "").replace("</p>", "").replace('<span class="hit">', "").replace("</span>", "")
        for ours in ("<ul>", "</ul>", "<li>", "</li>", '<a href="card:x">', "</a>"):
            inner = inner.replace(ours, "")
        assert "<" not in inner
        assert ">" not in inner
    assert '"' not in tag("a", "x", href='card:"onmouseover="ond()').removeprefix('<a href="').split('">')[0]


def test_hostile_text_is_shown_as_it_stands(qtbot: QtBot) -> None:
    page = PageView("prøve")
    qtbot.addWidget(page)
    page.put(tag("p", HOSTILE))
    assert page.toPlainText() == HOSTILE
    assert "http://ond.example" not in "".join(_links(page))


def test_hostile_card_and_hostile_law(home_with_law: Home, tmp_path: Path, qtbot: QtBot) -> None:
    corpus = write_small_corpus(tmp_path / "corpus")
    card = corpus / "options" / "laanebaenk.toml"
    card.write_text(card.read_text(encoding="utf-8").replace("Byrådet kan låne en bænk ud.", HOSTILE.replace('"', '\\"')), encoding="utf-8")
    with Workbench.open(home_with_law, corpus=corpus) as bench:
        pages = make_pages(bench, Wanted("card:laanebaenk"), Theme.now(), Token(lambda step: None))
    with Workbench.open(home_with_law) as bench:
        law = make_pages(bench, Wanted("prov:serviceloven/86"), Theme.now(), Token(lambda step: None))
    for html in (pages.summary, law.law):
        page = PageView("prøve")
        qtbot.addWidget(page)
        page.put(html)
        assert "http://ond.example/" in page.toPlainText()
        assert all(kind_of(target) for target in _links(page))


def test_links_of_others_are_not_followed(qtbot: QtBot) -> None:
    page = PageView("prøve")
    qtbot.addWidget(page)
    heard: list[str] = []
    page.link_chosen.connect(heard.append)
    for url in ("http://ond.example/", "file:///etc/passwd", "javascript:ond()", "card:forsorgshjem"):
        page.anchorClicked.emit(QUrl(url))
    assert heard == ["card:forsorgshjem"]


def _links(page: PageView) -> list[str]:
    found, block = [], page.document().begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            if fragment.charFormat().isAnchor():
                found.append(fragment.charFormat().anchorHref())
            iterator += 1
        block = block.next()
    return found


# -- addresses and history -----------------------------------------------------------------------------------------------------------------


def test_addresses_come_back_as_they_went() -> None:
    assert card_of(to_card("pm-1-26")) == "pm-1-26"
    assert provision_of(to_provision("serviceloven", "110/2")) == ("serviceloven", "110/2")
    assert provision_of(to_provision("lta/2023/1480", "5")) == ("lta/2023/1480", "5"), "a work's id may hold slashes"
    assert to_reference("serviceloven/110") == "prov:serviceloven/110"
    assert unit_of("unit:12") == 12
    assert unit_of("unit:x") is None


@pytest.mark.parametrize("target", ["", "http://x", "card:", "file:///x", "javascript:x"])
def test_other_addresses_are_none_of_ours(target: str) -> None:
    assert kind_of(target) == ""


def test_history_forgets_what_was_only_passed() -> None:
    history = History()
    history.visit("a")
    for passed in ("b", "c", "d"):
        history.visit(passed, passing=True)
    history.visit("e")
    assert history.back() == "a"
    assert not history.can_go_back
    assert history.forward() == "e"
    history.back()
    history.visit("f")
    assert not history.can_go_forward
