"""The dialogs of the menu Hjælp."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from vidensplatform import __version__
from vidensplatform.desktop import strings as s
from vidensplatform.desktop.labels import wrapping_label
from vidensplatform.desktop.strings import tr


def _with_close(dialog: QDialog, layout: QVBoxLayout) -> None:
    buttons = QDialogButtonBox()
    buttons.addButton(tr(s.CLOSE), QDialogButtonBox.ButtonRole.AcceptRole).clicked.connect(dialog.accept)
    layout.addWidget(buttons)


class ShortcutsDialog(QDialog):
    """Every key the window knows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr(s.SHORTCUTS_TITLE))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        for row, (keys, what) in enumerate(s.SHORTCUT_LIST):
            key = QLabel(tr(keys))
            font = key.font()
            font.setBold(True)
            key.setFont(font)
            grid.addWidget(key, row, 0)
            grid.addWidget(QLabel(tr(what)), row, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(grid)
        _with_close(self, layout)


class AboutDialog(QDialog):
    """What this program is, and what it is not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr(s.ABOUT_TITLE))
        layout = QVBoxLayout(self)
        for place, text in enumerate((tr(s.ABOUT_TEXT, version=__version__), tr(s.ABOUT_MORE), tr(s.START_PRIVATE), tr(s.ABOUT_LICENCE))):
            layout.addWidget(wrapping_label(text, bold=place == 0))
        _with_close(self, layout)
        self.resize(self.fontMetrics().height() * 30, self.sizeHint().height())
