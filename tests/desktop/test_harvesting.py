"""Fetching from the sources in the window: it goes on meanwhile, can be stopped, keeps what was there, and says how fresh each source is."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QTableWidget
from pytestqt.qtbot import QtBot

from indexers.harvest import Report
from vidensplatform.desktop.harvesting import HarvestReportDialog, SourcesDialog, result_of, sentences_of, state_of
from vidensplatform.desktop.main_window import MainWindow
from vidensplatform.desktop.operations import Step
from vidensplatform.store.sources import SourceState
from vidensplatform.update import HarvestReport

if TYPE_CHECKING:
    from conftest import Desk

THEN = datetime(2031, 5, 1, 8, 0, tzinfo=UTC)
LATER = datetime(2031, 5, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def nobody() -> str:
    """An address on this machine where nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def texts(dialog: HarvestReportDialog | SourcesDialog) -> list[list[str]]:
    table = dialog.findChild(QTableWidget)
    return [[table.item(row, column).text() for column in range(table.columnCount())] for row in range(table.rowCount())] if table else []


def test_a_harvest_that_is_stopped_keeps_the_law_and_says_so(law_window: MainWindow, desk: Desk, qtbot: QtBot, nobody: str) -> None:
    asked: list[str] = []

    def second(step: Step) -> None:
        if step.name == "spørger":
            asked.append(step.at)
            assert law_window.status_line.texts()[-1] == f"Spørger {step.at} …"
            if len(asked) == 2:
                law_window.status_line._cancel.click()

    law_window.session.step.connect(second)
    with qtbot.waitSignal(law_window.session.harvested, timeout=60_000) as harvested:
        law_window.session.harvest(nobody)
        assert law_window.status_line._cancel.isVisible()
        assert not law_window._imports[0].isEnabled()
        desk.type(law_window, "prøveherberg")
    report = harvested.args[0]
    assert report.stopped
    assert asked[0] == "Retsinformation"
    dialog = law_window.findChild(HarvestReportDialog)
    assert dialog is not None
    assert "Hentningen er afbrudt" in sentences_of(report)[-1]
    assert texts(dialog)[0][0] == "Retsinformation"
    dialog.accept()
    desk.settle(law_window)
    assert law_window._imports[0].isEnabled()
    desk.type(law_window, "SEL § 110")
    assert "prøveherberg" in law_window.search.reader.page(1).toPlainText()
    law_window._show_sources()
    desk.settle(law_window)
    sources = law_window.findChild(SourcesDialog)
    assert sources is not None
    first = texts(sources)[0]
    assert first[:2] == ["Retsinformation", "aldrig"]
    assert first[2] == "1"
    assert "retsinformation.dk" in first[3], "what went wrong there stands beside the source"


def test_the_report_says_what_came_source_by_source(qtbot: QtBot) -> None:
    law = Report("retsinformation", new=("a", "b"), changed=("c",), unchanged=("d",) * 5, failed=(("e", "halvt"),), left=3)
    decisions = Report("ankestyrelsen", stopped_by="Kilden svarer ikke.", removed=("x",))
    states = (SourceState("retsinformation"), SourceState("ankestyrelsen"))
    report = HarvestReport((law, decisions), states, {}, (), 40, 1.0, None, stopped=False)
    dialog = HarvestReportDialog(report)
    qtbot.addWidget(dialog)
    assert sentences_of(report) == ["2 nye dokumenter, 1 ændrede, 1 trukket tilbage. 40 bestemmelser gemt."]
    assert [row[0] for row in texts(dialog)] == ["Retsinformation", "Ankestyrelsen"]
    assert result_of(law) == "2 nye, 1 ændrede, 5 uændrede. 1 kunne ikke læses. 3 venter til næste gang"
    assert result_of(decisions).endswith("Kilden svarer ikke.")
    assert "afbrudt" in sentences_of(None)[0]


def test_a_source_is_as_it_stands_after_its_last_run() -> None:
    assert state_of(SourceState("retsinformation")) == "ikke hentet endnu"
    assert state_of(SourceState("retsinformation", read_to=THEN, last_success=THEN)) == "i orden"
    failed = SourceState("retsinformation", last_success=THEN, last_failure="Kilden svarer ikke.", last_failure_at=LATER, left_over=2)
    assert state_of(failed) == "Kilden svarer ikke. 2 venter til næste gang"
    mended = SourceState("retsinformation", last_success=LATER, last_failure="Kilden svarer ikke.", last_failure_at=THEN)
    assert state_of(mended) == "i orden"


def test_progress_says_how_many_of_how_many(window: MainWindow) -> None:
    window.status_line.show_step(Step("henter", 12, 345, "Retsinformation"))
    assert window.status_line.texts()[-1] == "Henter fra Retsinformation … 12 af 345"
    assert (window.status_line._bar.value(), window.status_line._bar.maximum()) == (12, 345)
    window.status_line.show_step(Step("sammenligner", 7))
    assert window.status_line.texts()[-1] == "Lovenes udgaver sammenlignes … 7"
    assert window.status_line._bar.maximum() == 0
