"""Harvesting from the window: the report source by source, and how fresh each source is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.labels import plain_tip, wrapping_label
from vidensplatform.desktop.strings import day, number, tr

if TYPE_CHECKING:
    from vidensplatform.store.sources import SourceState
    from vidensplatform.update import HarvestReport, Report


def sentences_of(report: HarvestReport | None) -> list[str]:
    """What a harvest did, in words; None is one that was stopped before it began."""
    if report is None:
        return [tr(s.HARVEST_STOPPED)]
    if not report.sources and not report.stopped:
        return [tr(s.HARVEST_NOTHING)]
    new, changed, removed = (sum(len(getattr(source, what)) for source in report.sources) for what in ("new", "changed", "removed"))
    said = tr(s.HARVEST_DONE, new=number(new), changed=number(changed), removed=number(removed), provisions=number(report.provisions))
    return [said, tr(s.HARVEST_STOPPED)] if report.stopped else [said]


def result_of(source: Report) -> str:
    """What came of one source."""
    said = [tr(s.HARVEST_ONE, new=number(len(source.new)), changed=number(len(source.changed)), unchanged=number(len(source.unchanged)))]
    if source.failed:
        said.append(tr(s.HARVEST_FAILED, n=number(len(source.failed))))
    if source.left:
        said.append(tr(s.HARVEST_LEFT, n=number(source.left)))
    if source.stopped_by:
        said.append(source.stopped_by)
    return _sentences(said)


def state_of(source: SourceState) -> str:
    """How a source stands: what failed last, what is left, and its own doubts."""
    failed_since = source.last_failure_at is not None and (source.last_success is None or source.last_failure_at > source.last_success)
    said = [source.last_failure] if source.last_failure and failed_since else []
    if source.failing:
        said.append(tr(s.HARVEST_FAILED, n=number(len(source.failing))))
    if source.left_over:
        said.append(tr(s.HARVEST_LEFT, n=number(source.left_over)))
    said += source.notes
    return _sentences(said) or tr(s.SOURCE_FINE if source.last_success else s.SOURCE_NOT_YET)


def _sentences(said: Sequence[str]) -> str:
    """One after the other, with one full stop between two."""
    return ". ".join(sentence.removesuffix(".") if n + 1 < len(said) else sentence for n, sentence in enumerate(said))


class _TableDialog(QDialog):
    def __init__(self, title: str, sentences: Sequence[str], heads: Sequence[str], rows: Sequence[Sequence[str]], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        layout = QVBoxLayout(self)
        for sentence in sentences:
            layout.addWidget(wrapping_label(sentence))
        if rows:
            layout.addWidget(_table(heads, rows), 1)
        buttons = QDialogButtonBox()
        buttons.addButton(tr(s.CLOSE), QDialogButtonBox.ButtonRole.AcceptRole).clicked.connect(self.accept)
        layout.addWidget(buttons)
        em = self.fontMetrics().height()
        self.resize(em * 46, em * (22 if rows else 8))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> QTableWidget:
    table = QTableWidget(len(rows), len(heads))
    table.setAccessibleName(tr(s.SOURCES_TABLE))
    table.setHorizontalHeaderLabels(list(heads))
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tip(text))
            table.setItem(row, column, item)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(len(heads) - 1, QHeaderView.ResizeMode.Stretch)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return table


class HarvestReportDialog(_TableDialog):
    """What came, source by source."""

    def __init__(self, report: HarvestReport | None, parent: QWidget | None = None) -> None:
        titles = {state.name: state.title for state in report.states} if report else {}
        rows = [(titles.get(source.source, source.source), result_of(source)) for source in report.sources] if report else []
        super().__init__(tr(s.HARVEST_REPORT), sentences_of(report), (tr(s.HARVEST_SOURCE), tr(s.HARVEST_RESULT)), rows, parent)


class SourcesDialog(_TableDialog):
    """How fresh each source is."""

    def __init__(self, states: Sequence[SourceState], parent: QWidget | None = None) -> None:
        heads = [tr(head) for head in (s.HARVEST_SOURCE, s.SOURCE_READ_TO, s.SOURCE_DOCUMENTS, s.SOURCE_STATE)]
        rows = [
            (state.title, day(state.read_to.date()) if state.read_to else tr(s.SOURCE_NEVER), number(state.documents), state_of(state))
            for state in states
        ]
        super().__init__(tr(s.SOURCES_TITLE), [tr(s.SOURCES_HELP)], heads, rows, parent)
