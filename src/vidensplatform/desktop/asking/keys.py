"""Keys that belong to the window even where a text field would take them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence


class LeavesCtrlK(QObject):
    """An event filter for text fields: leaves the given standard key to the window's shortcuts.

    On X11 and macOS Ctrl+K means "delete to the end of the line" in a text field; here it goes to the box from anywhere.
    """

    def __init__(self, parent: QObject, key: QKeySequence.StandardKey = QKeySequence.StandardKey.DeleteEndOfLine) -> None:
        super().__init__(parent)
        self._key = key

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True, and not accepted: the field does not see that it could take the key."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.matches(self._key):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
