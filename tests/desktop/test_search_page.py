"""From a situation to options across acts; chips, needs, suggestions, citations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QListView, QPushButton
from pytestqt.qtbot import QtBot

from vidensplatform.desktop.asking.picker import SituationPicker
from vidensplatform.desktop.main_window import MainWindow
from vidensplatform.desktop.results.rows import Grouping, Row, RowKind
from vidensplatform.search.answers import Answer

if TYPE_CHECKING:
    from conftest import Desk

STORY = "mand sover i bil, lige løsladt, drikker, ingen penge"


def rows(window: MainWindow, kind: RowKind = RowKind.OPTION) -> list[Row]:
    return [row for row in window.search.results.view.rows.rows if row.kind is kind]


def test_typing_shows_options_under_several_acts(window: MainWindow, desk: Desk) -> None:
    desk.type(window, STORY)
    options = rows(window)
    assert "Midlertidigt ophold på forsorgshjem eller herberg" in [row.title for row in options]
    acts = {place.split(" §")[0] for row in options for place in row.places}
    assert {"SEL", "AKL", "SUL"} <= acts
    assert rows(window, RowKind.DUTY)
    assert rows(window, RowKind.QUESTION)
    assert "kan være relevante" in window.search.results.summary


def test_options_can_be_grouped_by_law_and_by_need(window: MainWindow, desk: Desk) -> None:
    desk.type(window, STORY)
    by_need = [row.title for row in rows(window, RowKind.HEADER)]
    assert by_need[0] == "Et sted at bo"
    window.search.set_grouping(Grouping.LAW)
    by_law = [row.title for row in rows(window, RowKind.HEADER)]
    assert {"Serviceloven", "Aktivloven", "Sundhedsloven"} <= set(by_law)
    assert by_need[-1] == by_law[-1] == "Har borgeren også …?"


def test_every_header_says_how_many_rows_follow(window: MainWindow, desk: Desk) -> None:
    desk.type(window, STORY)
    found = window.search.results.view.rows.rows
    headers = [n for n, row in enumerate(found) if row.kind is RowKind.HEADER]
    for here, following in zip(headers, [*headers[1:], len(found)], strict=True):
        assert found[here].count == following - here - 1


def test_headers_cannot_be_chosen_and_the_arrows_pass_them(window: MainWindow, desk: Desk) -> None:
    desk.type(window, STORY)
    view = window.search.results.view
    view.take_keyboard()
    seen = [view.currentIndex().row()]
    for _ in range(200):
        desk.key(view, Qt.Key.Key_Down)
        if view.currentIndex().row() == seen[-1]:
            break
        seen.append(view.currentIndex().row())
    kinds = {view.rows.rows[place].kind for place in seen}
    assert RowKind.HEADER not in kinds
    assert seen == [n for n, row in enumerate(view.rows.rows) if row.kind is not RowKind.HEADER]


def test_every_row_is_one_sentence_for_a_screen_reader(window: MainWindow, desk: Desk) -> None:
    desk.type(window, STORY)
    model = window.search.results.view.rows
    spoken = [model.index(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(model.rowCount())]
    assert all(spoken)
    first = next(text for text in spoken if text.startswith("Midlertidigt ophold på forsorgshjem"))
    assert "SEL § 110" in first
    assert "skal" in first
    assert "akut" in first
    assert "kontrol" in first


def test_removing_a_chip_changes_the_answer(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(window, STORY)
    chip = next(c for c in window.search.chips.chips() if c.chip.id == "loesladt")
    assert "løsladt" in chip.accessibleDescription()
    with qtbot.waitSignal(window.search.answered):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 10, chip.height() // 2))
    assert "loesladt" not in [c.chip.id for c in window.search.chips.chips()]
    assert not any("lige løsladt" in row.note for row in rows(window))


def test_delete_removes_a_chip_of_every_kind_and_the_keyboard_stays_among_them(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(window, STORY)
    qtbot.mouseClick(window.search.chips._more, Qt.MouseButton.LeftButton)
    for kind in ("situation", "need", "term"):
        chip = next(c for c in window.search.chips.chips() if c.chip.kind == kind)
        chip.setFocus()
        with qtbot.waitSignal(window.search.answered):
            desk.key(chip, Qt.Key.Key_Delete)
        assert chip.chip.id not in [c.chip.id for c in window.search.chips.chips()]
        assert QApplication.focusWidget() in window.search.chips.chips()


def test_a_removed_need_takes_the_options_along_that_serve_no_other(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(window, STORY)
    before = {row.target for row in rows(window)}
    with qtbot.waitSignal(window.search.answered):
        window.search.chips.chip_removed.emit("forsoergelse")
    after = {row.target for row in rows(window)}
    assert "card:kontanthjaelp" in before - after
    with qtbot.waitSignal(window.search.answered):
        window.search.chips.restore_wanted.emit()
    assert {row.target for row in rows(window)} == before


def test_a_question_adds_its_situation(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(window, STORY)
    view = window.search.results.view
    place = next(n for n, row in enumerate(view.rows.rows) if row.kind is RowKind.QUESTION)
    situation = view.rows.rows[place].situation
    view.scrollTo(view.rows.index(place))
    with qtbot.waitSignal(window.search.answered):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.rows.index(place)).center())
    assert situation in [c.chip.id for c in window.search.chips.chips()]


def test_a_situation_can_be_added_by_hand(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(window, "mand")
    qtbot.mouseClick(window.search.chips.add, Qt.MouseButton.LeftButton)
    picker = window.findChild(SituationPicker)
    assert picker is not None
    qtbot.keyClicks(picker._search, "mangler et sted")
    with qtbot.waitSignal(window.search.answered):
        desk.key(picker._search, Qt.Key.Key_Return)
    assert "hjemloes" in [c.chip.id for c in window.search.chips.chips()]
    assert any(row.target == "card:forsorgshjem" for row in rows(window))


def test_a_need_filters_the_options(window: MainWindow, desk: Desk) -> None:
    desk.type(window, STORY)
    everything = len(rows(window))
    window.search.needs.choose("bolig")
    narrowed = rows(window)
    assert 0 < len(narrowed) < everything
    assert "Et sted at bo" in window.search.results.summary
    window.search.needs.choose("bolig")
    assert len(rows(window)) == everything


def test_misspelling_is_mended_on_request(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(window, "hjæplemidler")
    assert window.search.notices.texts() == ["Mente du »hjælpemidler«?"]
    with qtbot.waitSignal(window.search.answered):
        window.search.notices.text_wanted.emit("hjælpemidler")
    assert window.search.box.toPlainText() == "hjælpemidler"


def test_law_that_moved_is_forwarded_from_the_top(law_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(law_window, "SEL § 52")
    model = law_window.search.results.view.rows
    assert model.rows[0].title.startswith("Reglen er flyttet")
    moved = rows(law_window, RowKind.MOVED)
    assert moved[0].title == "SEL § 52 → BL § 32"
    assert "1. januar 2024" in moved[0].spoken
    view = law_window.search.results.view
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(model.index(1)).center())
    qtbot.waitUntil(lambda: law_window.search.reader.target == "prov:barnets-lov/32")


def test_what_cannot_wait_is_said_in_words(window: MainWindow, desk: Desk) -> None:
    desk.type(window, "hendes mand slår hende")
    assert window.search.notices.texts()[0].startswith("AKUT, tag det først: Vold i en nær relation")
    desk.type(window, "boligstøtte")
    assert not any("AKUT" in text for text in window.search.notices.texts())


def test_where_nothing_was_found_words_nearby_can_be_tried(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    found = Answer("kvalp", date(2031, 5, 1), "whoosh", understood=("bolig",), nearby=("boligstøtte",))
    window.search._answered(found)
    assert window.search.notices.texts() == ["Prøv »boligstøtte«"]
    assert "Intet fundet" in window.search.results.summary
    assert "kender ordene: bolig" in window.search.results.summary
    button = window.search.notices.findChild(QPushButton)
    with qtbot.waitSignal(window.search.answered, check_params_cb=lambda answer: answer.query == "boligstøtte"):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_false_friend_is_pointed_out(window: MainWindow, desk: Desk) -> None:
    desk.type(window, "bostøtte")
    assert any("Boligstøtte er penge" in text for text in window.search.notices.texts())


def test_query_that_cannot_be_read_is_told_beside_the_box(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.search.box, '"bolig')
    desk.settle(window)
    qtbot.wait(300)
    desk.settle(window)
    assert not window.trouble.isVisible()


def test_emptied_box_shows_the_beginning_again_and_forgets_the_chips(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(window, STORY)
    with qtbot.waitSignal(window.search.answered):
        window.search.chips.chip_removed.emit("loesladt")
    window.search.box.put("")
    assert window.search.start.isVisible()
    desk.type(window, STORY)
    assert "loesladt" in [c.chip.id for c in window.search.chips.chips()]


def test_example_puts_itself_into_the_box(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    example = window.search.start.examples[0]
    with qtbot.waitSignal(window.search.answered):
        qtbot.mouseClick(example, Qt.MouseButton.LeftButton)
    assert window.search.box.toPlainText() == example.text()


def test_citation_jumps_into_the_reader(law_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(law_window, "SEL § 110")
    qtbot.waitUntil(lambda: law_window.search.reader.target == "prov:serviceloven/110")
    assert law_window.search.reader.tab == 1
    assert "prøveherberg" in law_window.search.reader.page(1).toPlainText()
    assert law_window.search.box.hasFocus(), "the keyboard stays where one types"


def test_citation_of_practice_jumps_to_its_card(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(window, "PM 1-26")
    qtbot.waitUntil(lambda: window.search.reader.target == "card:pm-1-26")
    assert "Egenbetaling" in window.search.reader.page(0).toPlainText()


def test_bare_section_offers_the_acts(law_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(law_window, "§ 85")
    candidates = rows(law_window, RowKind.CANDIDATE)
    assert {"SEL § 85", "AKL § 85", "BL § 85"} <= {row.title for row in candidates}
    assert law_window.search.reader.target == "", "no act is chosen in silence"
    view = law_window.search.results.view
    chosen = next(n for n, row in enumerate(view.rows.rows) if row.title == "SEL § 85")
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.rows.index(chosen)).center())
    qtbot.waitUntil(lambda: law_window.search.reader.target == "prov:serviceloven/85")
    assert "prøvehjælp" in law_window.search.reader.page(1).toPlainText()


@pytest.fixture
def suggestions(window: MainWindow, desk: Desk, qtbot: QtBot) -> QListView:
    """The list of suggestions for "bol"."""
    desk.type(window, "bol")
    completion = window.search.box._completion
    qtbot.waitUntil(completion.isVisible)
    assert "bolig" in completion.words()
    return completion._list


def test_suggestions_never_steal_enter(window: MainWindow, suggestions: QListView, desk: Desk) -> None:
    desk.key(window.search.box, Qt.Key.Key_Return)
    assert window.search.box.toPlainText() == "bol"
    assert not suggestions.isVisible()


def test_right_takes_the_first_suggestion(window: MainWindow, suggestions: QListView, desk: Desk) -> None:
    desk.key(window.search.box, Qt.Key.Key_Right)
    assert window.search.box.toPlainText() == "bolig"


def test_walking_the_suggestions_and_escaping_them(window: MainWindow, suggestions: QListView, desk: Desk) -> None:
    desk.key(window.search.box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    desk.key(window.search.box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert suggestions.currentIndex().row() == 1
    desk.key(window.search.box, Qt.Key.Key_Escape)
    assert not suggestions.isVisible()
    assert window.search.box.toPlainText() == "bol"


def test_box_grows_to_four_lines(window: MainWindow, qtbot: QtBot) -> None:
    box = window.search.box
    one = box.height()
    box.setPlainText("\n".join("abc"))
    three = box.height()
    box.setPlainText("\n".join("abcdefgh"))
    assert one < three < box.height() < 2 * three
