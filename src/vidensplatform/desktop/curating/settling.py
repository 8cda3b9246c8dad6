"""Saying that somebody saw to a card: a name and a note, kept in the library for colleagues."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.labels import wrapping_label
from vidensplatform.desktop.strings import tr


class SettleDialog(QDialog):
    """Cannot be saved without a name."""

    settled = Signal(str, str)
    """(name, note)"""

    def __init__(self, title: str, card: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.name, self.note = QLineEdit(name), QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(self.note.fontMetrics().lineSpacing() * 5)
        form = QFormLayout()
        form.addRow(tr(s.SETTLE_NAME), self.name)
        form.addRow(tr(s.SETTLE_NOTE), self.note)
        buttons = QDialogButtonBox()
        self.save = buttons.addButton(tr(s.SETTLE_DO), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(tr(s.CANCEL), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(wrapping_label(card, bold=True))
        layout.addWidget(wrapping_label(tr(s.SETTLE_HELP)))
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.name.textChanged.connect(self._allow)
        self._allow()
        (self.note if name else self.name).setFocus()
        self.resize(self.fontMetrics().height() * 30, self.sizeHint().height())

    def _allow(self) -> None:
        self.save.setEnabled(bool(self.name.text().strip()))

    def _save(self) -> None:
        self.settled.emit(self.name.text().strip(), self.note.toPlainText().strip())
        self.accept()
