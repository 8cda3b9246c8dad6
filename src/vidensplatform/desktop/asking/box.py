"""The box: one to four lines, asks after a pause or at once on Enter, and gives the arrow keys on to the list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.asking.completion import Completion
from vidensplatform.desktop.asking.keys import LeavesCtrlK
from vidensplatform.desktop.strings import tr

PAUSE_MS = 150
_MOST_LINES = 4
_LETTERS_BEFORE_SUGGESTING = 3


def _plain(event: QKeyEvent) -> bool:
    return event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class QuestionBox(QPlainTextEdit):
    """Where the situation is described. What is typed is kept nowhere but here."""

    asked = Signal(str)
    """The text, after a pause while typing or at once on Enter."""
    word_begun = Signal(str)
    """The last word so far, for suggestions; empty where there is nothing to suggest for."""
    left_downwards = Signal()
    """Down was pressed on the last line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(tr(s.ASK))
        self.setAccessibleName(tr(s.ASK_NAME))
        self.setAccessibleDescription(tr(s.ASK_HELP))
        self.setTabChangesFocus(True)
        self.installEventFilter(LeavesCtrlK(self))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self.setFont(font)
        self.document().setDocumentMargin(QFontMetricsF(font).height() * 0.35)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._completion = Completion(self)
        self._completion.taken.connect(self._complete)
        self.textChanged.connect(self._typed)
        self._fit()

    # -- text ------------------------------------------------------------------------------------------------------------------------------

    def put(self, text: str) -> None:
        """Put a text in and ask at once."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._ask_now()

    def take_keyboard(self) -> None:
        """Put the cursor in and select all, so that typing begins anew."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def suggest(self, beginning: str, words: list[str]) -> None:
        """Offer words for that beginning, if it still is the last word."""
        if beginning == self._last_word() and self.hasFocus():
            self._completion.offer(beginning, words)

    def _typed(self) -> None:
        self._fit()
        self._pause.start()
        self._completion.hide()

    def _ask(self) -> None:
        self._pause.stop()
        self.asked.emit(self.toPlainText())
        word = self._last_word()
        self.word_begun.emit(word if len(word) >= _LETTERS_BEFORE_SUGGESTING else "")

    def _ask_now(self) -> None:
        """Ask the text as it stands, and suggest nothing for its last word."""
        self._completion.hide()
        self._completion.mute(self._last_word())
        self._ask()

    def _last_word(self) -> str:
        """The word that ends where the cursor and the text end; empty elsewhere."""
        cursor = self.textCursor()
        if not cursor.atEnd() or cursor.hasSelection():
            return ""
        text = self.toPlainText()
        start = len(text)
        while start and (text[start - 1].isalpha() or text[start - 1] == "-"):
            start -= 1
        return text[start:]

    def _complete(self, word: str) -> None:
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(self._last_word()))
        cursor.insertText(word)
        self.setTextCursor(cursor)
        self._completion.hide()
        self._ask()

    # -- keys ------------------------------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks, Shift+Enter breaks the line, Down from the last line goes to the answer; suggestions never take Enter unasked."""
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._completion.isVisible() and self._completion.handles(event):
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift:
            self._ask_now()
        elif key == Qt.Key.Key_Down and _plain(event) and self._on_last_line():
            self._completion.hide()
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    def _on_last_line(self) -> bool:
        cursor = self.textCursor()
        return not cursor.movePosition(QTextCursor.MoveOperation.Down)

    def event(self, event: QEvent) -> bool:
        """The first Esc closes the suggestions; only the next one is the window's."""
        is_override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_override and event.key() == Qt.Key.Key_Escape and self._completion.isVisible():  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Suggestions belong to somebody who is typing."""
        super().focusOutEvent(event)
        self._completion.hide()

    # -- size ------------------------------------------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """As many lines as the text has, from one to four; beyond that it scrolls."""
        lines = min(max(int(self.document().size().height()), 1), _MOST_LINES)
        line = QFontMetricsF(self.font()).lineSpacing()
        around = 2 * self.document().documentMargin() + 2 * self.frameWidth() + 2
        self.setFixedHeight(round(lines * line + around))
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if self.document().size().height() > _MOST_LINES else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
