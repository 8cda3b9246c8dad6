"""How a row looks: title and badges, where it stands in the law and how it was checked, and why it is there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.results.badges import badge_font, badge_size, paint_badge
from vidensplatform.desktop.results.model import ROW_ROLE
from vidensplatform.desktop.results.paragraphs import Paragraph, paragraph
from vidensplatform.desktop.results.rows import Row, RowKind
from vidensplatform.desktop.strings import number, tr
from vidensplatform.desktop.theme import Badge, Theme, colour, readable

_MOST_PLACES = 3
_BETWEEN = "  ·  "
_SNIPPET_LINES, _NOTE_LINES, _TITLE_LINES = 2, 1, 3
_LAW_ROWS = (RowKind.DOCUMENT, RowKind.CHANGE, RowKind.PENDING, RowKind.MOVED)
"""Rows whose note is text of the law, and gets a line more."""


class RowDelegate(QStyledItemDelegate):
    """Paints :class:`Row`. All measures follow the font, so that any scaling and font size works."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = Theme.now()

    # -- measures --------------------------------------------------------------------------------------------------------------------------

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As wide as the list, as high as its lines."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        row = index.data(ROW_ROLE)
        font = view.font() if view is not None else QFont()
        if not isinstance(row, Row):
            return QSize(width, 0)
        return QSize(width, round(self._work(None, QRectF(0, 0, width, 0), row, font)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Ground, then lines."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        view = option.widget
        box = QRectF(option.rect)
        painter.save()
        painter.setClipRect(box)
        if row.kind is not RowKind.HEADER:
            self._ground(painter, box, option.state)
        self._work(painter, box, row, view.font() if view is not None else painter.font())
        painter.restore()

    def _ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
        theme = self.theme
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, colour(theme.chosen))
            painter.fillRect(QRectF(box.left(), box.top(), 4, box.height()), colour(theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colour(theme.hover))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), colour(theme.line))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colour(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.5, 0.5, -1.5, -1.5))

    # -- lines -----------------------------------------------------------------------------------------------------------------------------

    def _work(self, painter: QPainter | None, box: QRectF, row: Row, font: QFont) -> float:
        """Lay the row out from ``box``'s top, painting where there is a painter; returns its height."""
        em = QFontMetricsF(font).height()
        inner = QRectF(box.left() + em * 0.8, box.top() + em * 0.5, box.width() - em * 1.6, box.height())
        match row.kind:
            case RowKind.HEADER:
                bottom = self._header(painter, QRectF(inner.left(), box.top() + em * 0.9, inner.width(), 0), row, font)
                return bottom + em * 0.35 - box.top()
            case RowKind.QUESTION | RowKind.MORE:
                sign = "+  " if row.kind is RowKind.QUESTION else ""
                bottom = self._text(painter, inner.topLeft(), paragraph(sign + row.title, font, inner.width(), 3), self.theme.cite)
            case _:
                bottom = self._card(painter, inner, row, font, em)
        return bottom + em * 0.5 - box.top()

    def _header(self, painter: QPainter | None, inner: QRectF, row: Row, font: QFont) -> float:
        strong = _scaled(font, 1.0, QFont.Weight.Bold)
        title = f"{row.title}  ·  {number(row.count)}" if row.count else row.title
        words = paragraph(title, strong, inner.width(), 2)
        return self._text(painter, inner.topLeft(), words, self.theme.muted)

    def _card(self, painter: QPainter | None, inner: QRectF, row: Row, font: QFont, em: float) -> float:
        badges = self._badges(row)
        small = badge_font(font)
        taken = sum(badge_size(text, small).width() + em * 0.35 for text, _ in badges)
        narrow = bool(badges) and inner.width() - taken < em * 11
        title_width = inner.width() if narrow else inner.width() - taken - (em * 0.4 if badges else 0)
        title = paragraph(self._title(row), _scaled(font, 1.04, QFont.Weight.DemiBold), title_width, _TITLE_LINES)
        bottom = self._text(painter, inner.topLeft(), title, self.theme.text)
        if badges and not narrow:
            self._paint_badges(painter, inner.right() - taken + em * 0.35, inner.top(), badges, small, em)
            bottom = max(bottom, inner.top() + badge_size("x", small).height())
        elif badges:
            self._paint_badges(painter, inner.left(), bottom + em * 0.2, badges, small, em)
            bottom += em * 0.2 + badge_size("x", small).height()
        bottom = self._places(painter, QRectF(inner.left(), bottom + em * 0.2, inner.width(), 0), row, font, em)
        if row.note:
            lines = _SNIPPET_LINES if row.kind in _LAW_ROWS else _NOTE_LINES
            words = paragraph(row.note, _scaled(font, 0.92), inner.width(), lines, row.hits, self._hit_format())
            bottom = self._text(painter, QPointF(inner.left(), bottom + em * 0.2), words, self.theme.muted)
        return bottom

    def _title(self, row: Row) -> str:
        return f"{row.places[0]}  ·  {row.title}" if row.kind is RowKind.PRACTICE else row.title

    def _badges(self, row: Row) -> list[tuple[str, Badge]]:
        found: list[tuple[str, Badge]] = []
        if row.urgent:
            found.append((tr(s.URGENT), self.theme.urgent))
        if row.obligation:
            found.append((tr(s.OBLIGATIONS[row.obligation]), self.theme.badge_of(row.obligation)))
        if row.kind is RowKind.PRACTICE or (row.kind is RowKind.DOCUMENT and row.status == "historisk"):
            found.append((tr(s.STATUS_IN_FORCE.get(row.status, row.status)), self.theme.badge_in_force(row.status)))
        return found

    def _paint_badges(self, painter: QPainter | None, x: float, y: float, badges: list[tuple[str, Badge]], font: QFont, em: float) -> None:
        if painter is None:
            return
        for text, look in badges:
            x = paint_badge(painter, QPointF(x, y), text, font, look).right() + em * 0.35

    def _places(self, painter: QPainter | None, inner: QRectF, row: Row, font: QFont, em: float) -> float:
        """Citations at the left, how the card was checked at the right."""
        if row.kind is RowKind.PRACTICE or not row.places:
            return inner.top() - em * 0.2
        mark = f"{tr(s.MARKS[row.status])} {row.status}" if row.status in s.MARKS else ""
        look = _scaled(font, 0.92)
        wide = QFontMetricsF(look).horizontalAdvance(mark) + em if mark else 0.0
        below = bool(mark) and inner.width() - wide < em * 9
        room = inner.width() - (0 if below else wide)
        left = paragraph(_fitting(row.places, QFontMetricsF(look), room), look, room, 1)
        ink = self.theme.muted if row.kind in (RowKind.CANDIDATE, *_LAW_ROWS) else self.theme.cite
        bottom = self._text(painter, inner.topLeft(), left, ink)
        if mark:
            words = paragraph(mark, look, wide, 1)
            status_ink = self.theme.badge_of_status(row.status).ink
            at = QPointF(inner.left(), bottom) if below else QPointF(inner.right() - wide + em, inner.top())
            bottom = max(bottom, self._text(painter, at, words, self._on_chosen(status_ink)))
        return bottom

    def _on_chosen(self, ink: str) -> str:
        """An ink that can be read on the plain and on the chosen ground."""
        return readable(ink, self.theme.chosen)

    def _hit_format(self) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setBackground(colour(self.theme.hit.fill))
        look.setForeground(colour(self.theme.hit.ink))
        return look

    @staticmethod
    def _text(painter: QPainter | None, at: QPointF, words: Paragraph, ink: str) -> float:
        if painter is not None:
            words.paint(painter, at, QColor(ink))
        return at.y() + words.height


def _fitting(places: Sequence[str], metrics: QFontMetricsF, room: float) -> str:
    """As many citations as there is room for, and how many more there are."""
    for n in range(min(len(places), _MOST_PLACES), 0, -1):
        hidden = len(places) - n
        shown = _BETWEEN.join([*places[:n], *([tr(s.MORE_PLACES, n=hidden)] if hidden else [])])
        if n == 1 or metrics.horizontalAdvance(shown) <= room:
            return shown
    return ""


def _scaled(font: QFont, factor: float, weight: QFont.Weight | None = None) -> QFont:
    made = QFont(font)
    if factor != 1.0:
        made.setPointSizeF(font.pointSizeF() * factor)
    if weight is not None:
        made.setWeight(weight)
    return made
