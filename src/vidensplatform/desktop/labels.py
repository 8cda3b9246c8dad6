"""Plain text where Qt would guess at markup or at shortcuts: labels, tool tips, buttons."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy


def wrapping_label(text: str = "", *, factor: float = 1.0, bold: bool = False, selectable: bool = False) -> QLabel:
    """A label that is as high as its width asks for and never keeps a window from getting narrower; ``factor`` scales the letters."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    if factor != 1.0 or bold:
        font = label.font()
        font.setPointSizeF(font.pointSizeF() * factor)
        font.setBold(bold)
        label.setFont(font)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
    return label


def plain_tip(text: str) -> str:
    """A tool tip of exactly that text. Qt takes a tip that looks like markup for markup, so it gets markup in which everything is escaped."""
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>" if text else ""


def plain_button(text: str) -> str:
    """A button's text in which ``&`` is a letter and no shortcut."""
    return text.replace("&", "&&")
