"""One tab of the reader: our own HTML, our own links, no network and no files."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QAccessible, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from vidensplatform.desktop.reader.markup import style_sheet
from vidensplatform.desktop.reader.targets import kind_of
from vidensplatform.desktop.theme import Theme

_WIDEST_LINE_EM = 44
_MARGIN_EM = 1.1


class PageView(QTextBrowser):
    """Shows HTML that :mod:`markup` built. Links are told, not followed; nothing is ever loaded."""

    link_chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.anchorClicked.connect(self._chosen)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing: our pages hold no pictures, and others' must not be fetched."""
        return None

    def put(self, html: str) -> None:
        """Show a page from its top."""
        flags = Qt.TextInteractionFlag.TextBrowserInteraction
        if QAccessible.isActive():  # a screen reader walks the lines with a caret; for everybody else the arrows scroll
            flags |= Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(flags)
        document = self.document()
        document.setIndentWidth(QFontMetrics(self.font()).height() * 1.2)
        document.setDefaultStyleSheet(style_sheet(Theme.now(self.palette())))
        self.setHtml(f"<body>{html}</body>")
        self._look()

    def _chosen(self, url: QUrl) -> None:
        target = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        if kind_of(target):
            self.link_chosen.emit(target)

    def _look(self) -> None:
        """Lines no longer than can be read well, however wide the window is."""
        em = QFontMetrics(self.font()).height()
        least = em * _MARGIN_EM
        frame = self.document().rootFrame()
        room = frame.frameFormat()
        room.setLeftMargin(least)
        room.setTopMargin(em * 0.5)
        room.setBottomMargin(em * 2)
        room.setRightMargin(max(least, self.viewport().width() - em * _WIDEST_LINE_EM - least))
        frame.setFrameFormat(room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other margins."""
        super().resizeEvent(event)
        self._look()

    def changeEvent(self, event: QEvent) -> None:
        """Another font, other margins."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            self._look()
