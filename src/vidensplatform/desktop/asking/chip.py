"""One thing that was recognised, as a button: click or Enter opens it, Delete or the cross takes it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.labels import plain_tip
from vidensplatform.desktop.strings import tr
from vidensplatform.desktop.theme import Badge, Theme, colour, mix, readable

if TYPE_CHECKING:
    from vidensplatform.search.answers import Chip

_MOST_EM = 22
_FOCUS_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class ChipButton(QAbstractButton):
    """A rounded label: its kind in small, its title, a cross. What revealed it is its tool tip and its accessible description."""

    removed = Signal(str)

    def __init__(self, chip: Chip, *, added: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chip = chip
        self._kind = tr(s.KINDS[chip.kind])
        self._title = chip.title
        self._over_cross = False
        words = tr(s.CHIP_ADDED) if added or not chip.words else tr(s.CHIP_WORDS, words=", ".join(f"»{w}«" for w in chip.words))
        urgent = tr(s.CHIP_URGENT) if chip.urgent else ""
        keys = tr({"situation": s.CHIP_KEYS, "need": s.CHIP_NEED_KEYS}.get(chip.kind, s.CHIP_TERM_KEYS))
        self.setAccessibleName(f"{self._kind}: {chip.title}")
        self.setAccessibleDescription(" ".join(p for p in (words, urgent, keys) if p))
        self.setToolTip(plain_tip("\n".join(p for p in (f"{self._kind}: {chip.title}", words, urgent) if p)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    # -- measures --------------------------------------------------------------------------------------------------------------------------

    def _fonts(self) -> tuple[QFont, QFont]:
        kind = QFont(self.font())
        kind.setPointSizeF(kind.pointSizeF() * 0.84)
        title = QFont(self.font())
        title.setWeight(QFont.Weight.DemiBold if self.chip.kind == "situation" else QFont.Weight.Normal)
        return kind, title

    def sizeHint(self) -> QSize:
        """As wide as its words, but never very wide."""
        kind, title = self._fonts()
        em = QFontMetricsF(title).height()
        words = min(QFontMetricsF(title).horizontalAdvance(self._title), em * _MOST_EM)
        width = QFontMetricsF(kind).horizontalAdvance(self._kind) + words + em * 3.1
        return QSize(round(width) + 2, round(em * 1.7))

    def minimumSizeHint(self) -> QSize:
        """The same: it is shortened by the layout only."""
        return self.sizeHint()

    def _cross(self) -> QRectF:
        em = QFontMetricsF(self.font()).height()
        return QRectF(self.width() - em * 1.6, 0, em * 1.6, self.height())

    def _look(self, theme: Theme) -> Badge:
        if self.chip.kind == "situation":
            return theme.urgent if self.chip.urgent else theme.must
        return theme.may if self.chip.kind == "need" else theme.neutral

    # -- painting --------------------------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The label, its words, its cross, and an edge for the keyboard."""
        theme = Theme.now(self.palette())
        look = self._look(theme)
        kind_font, title_font = self._fonts()
        em = QFontMetricsF(title_font).height()
        fill = mix(look.fill, look.edge, 0.25) if self.underMouse() or self.isDown() else look.fill
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(colour(theme.accent if self.hasFocus() else look.edge), 2 if self.hasFocus() else 1))
        painter.setBrush(colour(fill))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(colour(readable(look.ink, fill)))
        painter.setFont(kind_font)
        kind_width = QFontMetricsF(kind_font).horizontalAdvance(self._kind)
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(em * 0.75, 0, kind_width + 2, self.height()), middle, self._kind)
        painter.setFont(title_font)
        painter.setPen(colour(readable(theme.text, fill)))
        left = em * 0.75 + kind_width + em * 0.45
        room = self._cross().left() - left
        shown = QFontMetricsF(title_font).elidedText(self._title, Qt.TextElideMode.ElideRight, room + 1)
        painter.drawText(QRectF(left, 0, room + 2, self.height()), middle, shown)
        self._paint_cross(painter, em, readable(look.ink, fill))
        painter.end()

    def _paint_cross(self, painter: QPainter, em: float, ink: str) -> None:
        centre, arm = self._cross().center() - QPointF(em * 0.12, 0), em * 0.2
        painter.setPen(QPen(colour(ink), max(1.2, em * (0.13 if self._over_cross else 0.09)), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(centre - QPointF(arm, arm), centre + QPointF(arm, arm))
        painter.drawLine(centre - QPointF(arm, -arm), centre + QPointF(arm, -arm))

    # -- mouse and keys --------------------------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The cross grows under the mouse."""
        over = self._cross().contains(event.position())
        if over != self._over_cross:
            self._over_cross = over
            self.update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The cross is small again."""
        self._over_cross = False
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """On the cross: take it away; elsewhere a click."""
        if event.button() == Qt.MouseButton.LeftButton and self.isDown() and self._cross().contains(event.position()):
            self.setDown(False)
            self.removed.emit(self.chip.id)
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes it away, Enter clicks, the arrows walk."""
        match event.key():
            case key if key in _FOCUS_KEYS:
                self.removed.emit(self.chip.id)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Right:
                self.focusNextChild()
            case Qt.Key.Key_Left:
                self.focusPreviousChild()
            case _:
                super().keyPressEvent(event)
