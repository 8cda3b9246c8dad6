"""Words broken into lines for painting, with hits marked and the last line shortened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

ELLIPSIS = "…"


@dataclass(slots=True)
class Paragraph:
    """Lines that were laid out, and how high they are together."""

    layout: QTextLayout
    height: float

    def paint(self, painter: QPainter, at: QPointF, colour: QColor) -> None:
        """Paint with the upper left corner there."""
        painter.setPen(colour)
        self.layout.draw(painter, at)


def paragraph(
    text: str, font: QFont, width: float, most_lines: int, hits: Sequence[tuple[int, int]] = (), hit_format: QTextCharFormat | None = None
) -> Paragraph:
    """The text in at most so many lines of that width."""
    laid, ends = _lay_out(text, font, width, hits, hit_format)
    if len(ends) > most_lines:
        start = ends[most_lines - 2] if most_lines > 1 else 0
        cut = QFontMetricsF(font).elidedText(text[start : start + 400], Qt.TextElideMode.ElideRight, width * 0.98)
        text = text[:start] + cut
        kept = [(a, min(b, len(text) - 1)) for a, b in hits if a < len(text) - 1]
        laid, ends = _lay_out(text, font, width, kept, hit_format)
    return Paragraph(laid, laid.boundingRect().height())


def _lay_out(
    text: str, font: QFont, width: float, hits: Sequence[tuple[int, int]], hit_format: QTextCharFormat | None
) -> tuple[QTextLayout, list[int]]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    if hit_format is not None and hits:
        ranges = []
        for start, end in hits:
            span = QTextLayout.FormatRange()
            span.start, span.length, span.format = start, end - start, hit_format
            ranges.append(span)
        layout.setFormats(ranges)
    ends: list[int] = []
    y = 0.0
    layout.beginLayout()
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, 1.0))
        line.setPosition(QPointF(0, y))
        y += line.height()
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    return layout, ends
