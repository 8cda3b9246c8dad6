"""Small filled marks with a word in them: skal, kan, frivillig, AKUT. Never colour alone: the word is always there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from vidensplatform.desktop.theme import Badge, colour


def badge_font(base: QFont, *, strong: bool = False) -> QFont:
    """The letters of a badge: a little smaller than the text beside it."""
    font = QFont(base)
    font.setPointSizeF(base.pointSizeF() * 0.86)
    font.setWeight(QFont.Weight.Bold if strong else QFont.Weight.DemiBold)
    return font


def badge_size(text: str, font: QFont) -> QSizeF:
    """How much room a badge takes."""
    metrics = QFontMetricsF(font)
    return QSizeF(metrics.horizontalAdvance(text) + metrics.height() * 0.9, metrics.height() * 1.2)


def paint_badge(painter: QPainter, at: QPointF, text: str, font: QFont, look: Badge) -> QRectF:
    """Paint a badge with its upper left corner there; returns the room it took."""
    box = QRectF(at, badge_size(text, font))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(look.edge), 1))
    painter.setBrush(colour(look.fill))
    radius = box.height() * 0.3
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setPen(colour(look.ink))
    painter.setFont(font)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()
    return box
