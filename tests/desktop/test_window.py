"""The window: quick, narrow, told about trouble, importing, and private."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot
from small import act, section

from vidensplatform.desktop import strings
from vidensplatform.desktop.bug_log import anonymous_trace
from vidensplatform.desktop.importing import ImportReportDialog
from vidensplatform.desktop.main_window import MainWindow
from vidensplatform.desktop.pages.columns import Width
from vidensplatform.settings import Home

if TYPE_CHECKING:
    from conftest import Desk, Opener

STORY = "mand sover i bil, lige løsladt, drikker, ingen penge"


def test_the_window_is_there_before_the_heavy_modules() -> None:
    """Search, store and cards are read in the background after the window is shown."""
    code = (
        "import sys, vidensplatform.desktop.application\n"
        "heavy = ['vidensplatform.workbench', 'vidensplatform.search', 'vidensplatform.store', 'pydantic', 'tantivy', 'simplemma', 'lark', 'lxml']\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**__import__("os").environ})
    assert done.stdout.strip() == "[]"


def test_what_is_typed_before_the_library_is_open_is_asked_afterwards(open_window: Opener, home: Home, qtbot: QtBot) -> None:
    window = open_window(home, wait=False)
    qtbot.keyClicks(window.search.box, "sover i bil")
    with qtbot.waitSignal(window.search.answered, timeout=20_000) as answered:
        pass
    assert answered.args[0].query == "sover i bil"


def test_only_pages_that_exist_are_on_the_rail(window: MainWindow) -> None:
    assert [button.text() for button in window._rail._group.buttons()] == ["Søg", "Ændringer", "Redaktion"]


def test_status_line_says_what_there_is(window: MainWindow, law_window: MainWindow, qtbot: QtBot) -> None:
    assert window.status_line.texts() == ["Kun kort, ingen lovtekst"]
    qtbot.waitUntil(lambda: "Søgeindeks klar" in law_window.status_line.texts())
    assert any("bestemmelser" in text for text in law_window.status_line.texts())
    assert "Nyeste lovtekst: 3. februar 2025" in law_window.status_line.texts()


# -- widths ----------------------------------------------------------------------------------------------------------------------------------


def test_below_900_the_needs_are_behind_a_button(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(window, STORY)
    assert window.search.needs.isVisible()
    window.resize(820, 700)
    qtbot.waitUntil(lambda: window.search.columns.width_class is Width.MEDIUM)
    assert not window.search.needs.isVisible()
    assert window.search.reader.isVisible()
    qtbot.mouseClick(window.search.results._needs, Qt.MouseButton.LeftButton)
    assert window.search.needs.isVisible()
    window.resize(1200, 700)
    qtbot.waitUntil(lambda: window.search.columns.width_class is Width.WIDE)
    assert window.search.needs.isVisible()
    assert not window.search.results._needs.isVisible()


def test_below_650_one_column_shows_at_a_time(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.type(window, STORY)
    window.resize(500, 700)
    qtbot.waitUntil(lambda: window.width() == 500)
    search = window.search
    assert (search.results.isVisible(), search.reader.isVisible(), search.needs.isVisible()) == (True, False, False)
    desk.key(search.box, Qt.Key.Key_Down)
    desk.key(search.results.view, Qt.Key.Key_Return)
    qtbot.waitUntil(search.reader.page(0).hasFocus)
    assert (search.results.isVisible(), search.reader.isVisible()) == (False, True)
    qtbot.mouseClick(search.reader.to_list, Qt.MouseButton.LeftButton)
    assert (search.results.isVisible(), search.reader.isVisible()) == (True, False)
    assert search.results.view.hasFocus()


# -- trouble -----------------------------------------------------------------------------------------------------------------------------------


def test_damaged_library_is_told_and_moved_aside_by_its_button(open_window: Opener, home: Home, qtbot: QtBot) -> None:
    home.database.write_bytes(b"ikke SQLite, men noget andet, som er langt nok til at se ud som en fil" * 40)
    window = open_window(home, wait=False)
    qtbot.waitUntil(window.trouble.isVisible, timeout=20_000)
    first = window.trouble.buttons()[0]
    assert "Flyt filen til side" in first.text()
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.bench is not None, timeout=20_000)
    assert not window.trouble.isVisible()
    assert [p.name.split("-")[1] for p in home.folder.glob("library-*.sqlite3")] == ["beskadiget"]


def test_home_that_cannot_be_made_is_told_and_tried_again(open_window: Opener, tmp_path: Path, qtbot: QtBot) -> None:
    blocked = tmp_path / "spærret"
    blocked.write_text("en fil, hvor mappen skulle være", encoding="utf-8")
    window = open_window(Home.of(blocked / "home"), wait=False)
    qtbot.waitUntil(window.trouble.isVisible, timeout=20_000)
    assert "kan ikke oprettes" in window.trouble._happened.text()
    again = next(b for b in window.trouble.buttons() if b.text() == "Prøv igen")
    blocked.unlink()
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.bench is not None, timeout=30_000)


def test_bug_goes_to_the_log_without_what_was_typed(window: MainWindow, qtbot: QtBot) -> None:
    window.session.ask(lambda bench, token: {}["borgeren Hemmeligsen"], lambda answer: None)
    qtbot.waitUntil(window.trouble.isVisible)
    assert "fejl i programmet" in window.trouble._happened.text()
    logged = window.session.home.log.read_text(encoding="utf-8")
    assert "KeyError" in logged
    assert "Traceback" in logged
    assert "test_window.py" in logged
    assert 'KeyError: "borgeren' not in logged


def test_trace_names_causes_and_no_messages() -> None:
    try:
        try:
            raise ValueError("hemmelig" + "hed")
        except ValueError as error:
            raise RuntimeError("også " + "hemmelig") from error
    except RuntimeError as error:
        trace = anonymous_trace(error)
    assert trace.index("ValueError") < trace.index("RuntimeError")
    assert "hemmelighed" not in trace
    assert "også hemmelig" not in trace


# -- import ------------------------------------------------------------------------------------------------------------------------------------


def _folder_of_acts(folder: Path, n: int) -> Path:
    folder.mkdir()
    for number in range(n):
        text = act(section("1", f"Prøvebestemmelse nummer {number} om bænke."), title=f"Lov om prøve {number}", popular="", number=100 + number)
        (folder / f"{number}.xml").write_bytes(text)
    (folder / "odelagt.xml").write_bytes(b"<Dokument><Meta>")
    (folder / "billede.png").write_bytes(b"png")
    return folder


def test_import_reports_every_file_that_could_not_be_read(window: MainWindow, tmp_path: Path, qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(window.session.imported, timeout=60_000):
        window.session.import_paths([_folder_of_acts(tmp_path / "lov", 5)])
    desk.settle(window)
    dialog = window.findChild(ImportReportDialog)
    assert dialog is not None
    assert [Path(file).name for file, reason in dialog._failures if reason] == ["odelagt.xml"]
    qtbot.waitUntil(lambda: " bestemmelser" in " ".join(window.status_line.texts()))
    desk.type(window, "prøvebestemmelse")
    assert any("Lov om prøve" in p for row in window.search.results.view.rows.rows for p in row.places)
    dialog.accept()


def test_import_can_be_cancelled_and_keeps_what_was_read(window: MainWindow, tmp_path: Path, qtbot: QtBot, desk: Desk) -> None:
    folder = _folder_of_acts(tmp_path / "lov", 400)
    window.session.step.connect(lambda step: window.session.cancel() if step.name == "læser" and step.done > 5 else None)
    with qtbot.waitSignal(window.session.imported, timeout=60_000) as imported:
        window.session.import_paths([folder])
    assert imported.args == [None]
    desk.settle(window)
    bench = window.session.bench
    assert bench is not None
    assert bench.library is not None
    held = bench.library.counts().versions
    assert 0 < held < 400
    qtbot.waitUntil(lambda: bench.index_is_current, timeout=20_000)


def test_the_window_answers_while_law_is_read_in(window: MainWindow, tmp_path: Path, qtbot: QtBot, desk: Desk) -> None:
    folder = _folder_of_acts(tmp_path / "lov", 150)
    beats: list[bool] = []
    heart = QTimer(interval=10)
    heart.timeout.connect(lambda: beats.append(window.session.working))
    heart.start()
    with qtbot.waitSignal(window.session.imported, timeout=60_000):
        window.session.import_paths([folder])
        window.search.box.put("sover i bil")
        qtbot.waitSignal(window.search.answered, timeout=10_000).wait()
        assert window.session.working, "the answer came while the import went on"
    heart.stop()
    assert beats.count(True) > 10, "the window went on turning while law was read in"
    desk.settle(window)


def test_stopped_indexing_can_be_taken_up_again(open_window: Opener, home_with_law: Home, qtbot: QtBot, desk: Desk) -> None:
    shutil.rmtree(home_with_law.index)
    window = open_window(home_with_law, wait=False)
    stopping = window.session.step.connect(window.session.cancel)
    qtbot.waitUntil(lambda: window.status_line._update.isVisible(), timeout=20_000)
    bench = window.session.bench
    assert bench is not None
    assert not bench.index_is_current
    assert "Søgeindekset mangler det nyeste" in window.status_line.texts()
    window.session.step.disconnect(stopping)
    qtbot.mouseClick(window.status_line._update, Qt.MouseButton.LeftButton)
    desk.settle(window)
    qtbot.waitUntil(lambda: bench.index_is_current, timeout=20_000)
    assert "Søgeindeks klar" in window.status_line.texts()


# -- privacy and words -------------------------------------------------------------------------------------------------------------------------


def test_nothing_typed_is_written_to_disk(open_window: Opener, home_with_law: Home, desk: Desk, qtbot: QtBot) -> None:
    window = open_window(home_with_law)
    desk.type(window, "Zykowskisen sover i bil med kvaksalverhund")
    window.search.reader.open("card:forsorgshjem")
    window.session.ask(lambda bench, token: bench.citations.nosuchthing("zykowskisen"), lambda answer: None)  # type: ignore[attr-defined]
    desk.settle(window)
    window.close()
    files = [path for path in home_with_law.folder.rglob("*") if path.is_file()]
    assert any(path.suffix == ".ini" for path in files)
    assert any(path.suffix == ".log" for path in files)
    for path in files:
        held = path.read_bytes().lower()
        for word in ("zykowskisen", "kvaksalverhund"):
            assert path.suffix == ".log" or word.encode() not in held, path
            assert word.encode("utf-16-le") not in held, path
    log = home_with_law.log.read_text(encoding="utf-8").lower()
    assert "kvaksalverhund" not in log


def test_geometry_and_grouping_are_remembered(open_window: Opener, home: Home, qtbot: QtBot) -> None:
    first = open_window(home)
    first.resize(700, 600)
    first._groupings[1].trigger()
    first.close()
    second = MainWindow(home)
    qtbot.addWidget(second)
    assert second.size().toTuple() == (700, 600)
    assert second._groupings[1].isChecked()
    second.close()


def test_nothing_says_that_anybody_is_entitled() -> None:
    said = [value for name, value in vars(strings).items() if name.isupper() and isinstance(value, str)]
    said += [
        text
        for name, value in vars(strings).items()
        if name.isupper() and isinstance(value, dict)
        for text in value.values()
        if isinstance(text, str)
    ]
    assert said
    for text in said:
        assert "har ret til" not in text.lower()
        assert "har krav på" not in text.lower()


@pytest.mark.parametrize("value", [0, 1, 57000])
def test_numbers_are_written_in_danish(value: int) -> None:
    assert strings.number(value) == {0: "0", 1: "1", 57000: "57.000"}[value]
