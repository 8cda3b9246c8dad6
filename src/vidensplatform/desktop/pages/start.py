"""What the Søg page shows before anything was asked: what to write, and examples to try."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.labels import wrapping_label
from vidensplatform.desktop.strings import number, tr

_WIDEST_EM = 42


class StartPanel(QScrollArea):
    """An invitation. Its examples put themselves into the box."""

    example_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setMaximumWidth(self.fontMetrics().height() * _WIDEST_EM)
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(16, 24, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(wrapping_label(tr(s.START_TITLE), factor=1.7, bold=True))
        layout.addWidget(wrapping_label(tr(s.START_TEXT), factor=1.08))
        layout.addSpacing(14)
        layout.addWidget(wrapping_label(tr(s.START_EXAMPLES), bold=True))
        self.examples = [self._example(text) for text in s.EXAMPLES]
        for button in self.examples:
            layout.addWidget(button)
        layout.addSpacing(14)
        layout.addWidget(wrapping_label(tr(s.START_PRIVATE)))
        self._counts = wrapping_label()
        layout.addWidget(self._counts)
        layout.addStretch(1)
        self.setWidget(inner)

    def _example(self, text: str) -> QPushButton:
        shown = tr(text)
        button = QPushButton(shown)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.example_chosen.emit(shown))
        return button

    def show_counts(self, cards: dict[str, int]) -> None:
        """How many cards there are, by the names of :class:`LibraryStatus`."""
        self._counts.setText(
            tr(
                s.START_COUNTS,
                situations=number(cards.get("situationer", 0)),
                options=number(cards.get("muligheder", 0)),
                duties=number(cards.get("pligter", 0)),
                practice=number(cards.get("praksis", 0)),
            )
        )
