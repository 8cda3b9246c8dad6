"""The button Overblik: a week or a month in review, saved for a team meeting or printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QFileDialog, QFormLayout, QPushButton, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.labels import wrapping_label
from vidensplatform.desktop.session import Session
from vidensplatform.desktop.strings import day, tr
from vidensplatform.errors import EnvironmentError_

if TYPE_CHECKING:
    from vidensplatform.workbench import Workbench

WORD, PDF, MARKDOWN, PRINT = "docx", "pdf", "md", "print"


@dataclass(frozen=True, slots=True)
class Period:
    """From which day to which, both included."""

    since: date
    until: date


def periods(today: date) -> list[tuple[str, Period]]:
    """The weeks (from Monday) and months one would look back on, with their names."""
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    before = first - timedelta(days=1)
    return [
        (s.THIS_WEEK, Period(monday, today)),
        (s.LAST_WEEK, Period(monday - timedelta(days=7), monday - timedelta(days=1))),
        (s.THIS_MONTH, Period(first, today)),
        (s.LAST_MONTH, Period(before.replace(day=1), before)),
        (s.LAST_YEAR, Period(today - timedelta(days=365), today)),
    ]


def written(bench: Workbench, period: Period, kind: str, *, followed_only: bool) -> bytes | str:
    """The review in that format; as HTML where it is to be set by Qt. In the background."""
    from vidensplatform.changes.exporting import to_html, to_markdown
    from vidensplatform.changes.word import to_docx

    review = bench.changes.review(period.since, period.until, followed_only=followed_only)
    match kind:
        case "docx":
            return to_docx(review)
        case "md":
            return to_markdown(review).encode()
        case _:
            return to_html(review)


def save(path: Path, data: bytes) -> None:
    """Write the file. Raises :class:`EnvironmentError_` with what to do where that cannot be done."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise EnvironmentError_(tr(s.SAVE_FAILED, file=path.name, reason=error.strerror or type(error).__name__), tr(s.SAVE_ACTION)) from error


class ReviewDialog(QDialog):
    """Asks for the period and the form."""

    chosen = Signal(object, str, bool)
    """The :class:`Period`, WORD, PDF, MARKDOWN or PRINT, and whether only what is followed."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr(s.REVIEW))
        self.period, self.followed = QComboBox(), QCheckBox(tr(s.ONLY_FOLLOWED))
        self.period.setAccessibleName(tr(s.FILTER_PERIOD))
        for name, period in periods(today):
            self.period.addItem(f"{tr(name)}: {day(period.since)} – {day(period.until)}", period)
        self.period.setCurrentIndex(1)
        form = QFormLayout()
        form.addRow(tr(s.FILTER_PERIOD), self.period)
        form.addRow("", self.followed)
        buttons = QDialogButtonBox()
        for text, kind in ((s.SAVE_WORD, WORD), (s.SAVE_PDF, PDF), (s.SAVE_MARKDOWN, MARKDOWN), (s.PRINT, PRINT)):
            button = buttons.addButton(tr(text), QDialogButtonBox.ButtonRole.ActionRole)
            button.clicked.connect(partial(self._choose, kind))
        buttons.addButton(tr(s.CANCEL), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(wrapping_label(tr(s.REVIEW_HELP)))
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.resize(self.fontMetrics().height() * 36, self.sizeHint().height())

    def _choose(self, kind: str, _checked: bool = False) -> None:
        self.chosen.emit(self.period.currentData(), kind, self.followed.isChecked())
        self.accept()


class ReviewButton(QPushButton):
    """Opens the dialog and carries out what was chosen there."""

    saved = Signal(object)
    """The file that was written."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(tr(s.REVIEW_BUTTON), parent)
        self._session = session
        self.clicked.connect(self._ask)

    def _ask(self) -> None:
        dialog = ReviewDialog(date.today(), self.window())
        dialog.chosen.connect(self.make)
        dialog.open()

    def make(self, period: Period, kind: str, followed_only: bool) -> None:
        """Make the review in that form: ask where to save it, or for a printer."""
        if kind == PRINT:
            self._work(period, kind, followed_only, lambda html: self._print(str(html)))
            return
        dialog = QFileDialog(self.window(), tr(s.REVIEW), str(Path.home() / tr(s.REVIEW_FILE, since=period.since, until=period.until, kind=kind)))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.setNameFilter(tr(s.REVIEW_KINDS[kind]))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name), period, kind, followed_only))
        dialog.open()

    def save_to(self, path: Path, period: Period, kind: str, followed_only: bool) -> None:
        """Write the review into that file."""
        if kind == PDF:
            self._work(period, kind, followed_only, lambda html: self._set_pdf(str(html), path))
            return

        def work(bench: Workbench) -> None:
            data = written(bench, period, kind, followed_only=followed_only)
            save(path, data if isinstance(data, bytes) else data.encode())

        self._session.ask(lambda bench, token: work(bench), lambda _: self.saved.emit(path))

    def _work(self, period: Period, kind: str, followed_only: bool, then: Callable[[bytes | str], None]) -> None:
        self._session.ask(lambda bench, token: written(bench, period, kind, followed_only=followed_only), then)

    def _set_pdf(self, html: str, path: Path) -> None:
        """Qt sets the pages in the UI thread, beside the file; what is written to its place is whole."""
        from vidensplatform.desktop.printing import html_to_pdf

        try:
            with TemporaryDirectory() as folder:
                made = Path(folder) / "overblik.pdf"
                html_to_pdf(html, made, tr(s.REVIEW))
                save(path, made.read_bytes())
        except EnvironmentError_ as error:
            self._session.failed.emit(error)
        else:
            self.saved.emit(path)

    def _print(self, html: str) -> None:
        from PySide6.QtGui import QTextDocument
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        dialog = QPrintDialog(printer, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def go(chosen: QPrinter) -> None:
            document = QTextDocument()
            document.setHtml(html)
            document.print_(chosen)

        dialog.accepted.connect(lambda: go(printer))
        dialog.setModal(True)
        dialog.show()
