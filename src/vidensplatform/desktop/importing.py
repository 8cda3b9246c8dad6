"""Importing law text from the window: choosing files or a folder, and the report with every file that could not be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.labels import plain_tip, wrapping_label
from vidensplatform.desktop.strings import number, tr

if TYPE_CHECKING:
    from vidensplatform.update import ImportReport


Then = Callable[[list[Path]], object]


def choose_files(parent: QWidget, then: Then) -> None:
    """Let the user choose files; the window goes on meanwhile. ``then`` is not called where none was chosen."""
    dialog = QFileDialog(parent, tr(s.CHOOSE_FILES), str(Path.home()), tr(s.FILE_KINDS))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    _open(dialog, then)


def choose_folder(parent: QWidget, then: Then, title: str = s.CHOOSE_FOLDER, start: Path | None = None) -> None:
    """Let the user choose a folder."""
    dialog = QFileDialog(parent, tr(title), str(start or Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, then)


def _open(dialog: QFileDialog, then: Then) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.open()


def sentences_of(report: ImportReport | None) -> list[str]:
    """What an import did, in words; None is one that was stopped."""
    if report is None:
        return [tr(s.IMPORT_CANCELLED)]
    said = [
        tr(
            s.IMPORT_DONE,
            read=number(report.read),
            new=number(report.new),
            changed=number(report.changed),
            unchanged=number(report.unchanged),
            provisions=number(report.provisions),
        )
    ]
    if report.skipped:
        said.append(tr(s.IMPORT_SKIPPED, n=number(report.skipped)))
    failed = len(report.failed)
    said.append(tr(s.IMPORT_ALL_READ) if not failed else tr(s.IMPORT_FAILED_ONE) if failed == 1 else tr(s.IMPORT_FAILED, n=number(failed)))
    return said


class ImportReportDialog(QDialog):
    """What was read, and every file that was not, with the reason."""

    def __init__(self, report: ImportReport | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr(s.IMPORT_REPORT))
        self._failures = [(f.file, f.reason) for f in report.failed] if report is not None else []
        layout = QVBoxLayout(self)
        for sentence in sentences_of(report):
            layout.addWidget(wrapping_label(sentence))
        buttons = QDialogButtonBox()
        close = buttons.addButton(tr(s.CLOSE), QDialogButtonBox.ButtonRole.AcceptRole)
        close.clicked.connect(self.accept)
        if self._failures:
            layout.addWidget(self._table(), 1)
            copy = buttons.addButton(tr(s.COPY_LIST), QDialogButtonBox.ButtonRole.ActionRole)
            copy.clicked.connect(self._copy)
        layout.addWidget(buttons)
        em = self.fontMetrics().height()
        self.resize(em * 44, em * (26 if self._failures else 8))

    def _table(self) -> QTableWidget:
        table = QTableWidget(len(self._failures), 2)
        table.setAccessibleName(tr(s.IMPORT_FAILURES))
        table.setHorizontalHeaderLabels([tr(s.IMPORT_FILE), tr(s.IMPORT_REASON)])
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setWordWrap(True)
        table.setTextElideMode(Qt.TextElideMode.ElideLeft)
        table.verticalHeader().hide()
        for row, failure in enumerate(self._failures):
            for column, text in enumerate(failure):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                table.setItem(row, column, item)
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        return table

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(f"{file}\t{reason}" for file, reason in self._failures))
