"""Lines between box and answer: "Mente du …", false friends, and what could not be read in the question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.labels import plain_button, wrapping_label
from vidensplatform.desktop.strings import tr


class Notices(QWidget):
    """Takes no room while there is nothing to say."""

    text_wanted = Signal(str)
    """The user takes the suggested text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._shown: tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]] = ("", (), (), ())
        self.hide()

    def tell(self, *, urgent: str = "", did_you_mean: Sequence[str] = (), nearby: Sequence[str] = (), notes: Sequence[str] = ()) -> None:
        """Show these, and nothing else: what cannot wait first, then texts that can be taken instead, then notes."""
        wanted = (urgent, tuple(did_you_mean), tuple(nearby), tuple(notes))
        if wanted == self._shown:
            return
        self._shown = wanted
        while self._layout.count():
            item = self._layout.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if urgent:
            self._layout.addWidget(wrapping_label(urgent, bold=True))
        for form, text in [*((s.DID_YOU_MEAN, text) for text in did_you_mean), *((s.TRY_WORD, text) for text in nearby)]:
            button = QPushButton(plain_button(tr(form, text=text)))
            button.setFlat(True)
            button.clicked.connect(lambda _checked=False, taken=text: self.text_wanted.emit(taken))
            self._layout.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        for text in notes:
            self._layout.addWidget(wrapping_label(text))
        self.setVisible(any(wanted))

    def texts(self) -> list[str]:
        """What is told now."""
        widgets = (item.widget() for n in range(self._layout.count()) if (item := self._layout.itemAt(n)) is not None)
        return [w.text() for w in widgets if isinstance(w, QLabel | QPushButton)]
