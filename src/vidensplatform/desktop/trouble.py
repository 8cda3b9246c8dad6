"""What is told when something went wrong: what happened, what was kept, and the button that mends it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.announcing import announce
from vidensplatform.desktop.bug_log import log_bug
from vidensplatform.desktop.labels import wrapping_label
from vidensplatform.desktop.strings import tr
from vidensplatform.errors import EnvironmentError_, IndexUnavailable, LibraryDamaged, LibraryTooNew, VidensplatformError
from vidensplatform.settings import Home


class Mending(enum.Enum):
    """What a button can do about it. The value is its text."""

    AGAIN = s.MEND_AGAIN
    MOVE_ASIDE = s.MEND_MOVE_ASIDE
    OTHER_FOLDER = s.MEND_OTHER_FOLDER
    SHOW_LOG = s.MEND_SHOW_LOG


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that went wrong, as it is told."""

    happened: str
    kept: str
    advice: str
    mendings: tuple[Mending, ...]
    is_bug: bool = False


def trouble_of(error: BaseException, home: Home) -> Trouble:
    """How an error is told. A bug is written to the log of the home, without its message."""
    match error:
        case LibraryDamaged():
            return Trouble(error.message, tr(s.KEPT_FILE), "", (Mending.MOVE_ASIDE, Mending.OTHER_FOLDER))
        case LibraryTooNew():
            return Trouble(error.message, tr(s.KEPT_LIBRARY), error.action, (Mending.OTHER_FOLDER,))
        case IndexUnavailable():
            return Trouble(error.message, tr(s.KEPT_INDEX), error.action, (Mending.AGAIN,))
        case EnvironmentError_():
            return Trouble(error.message, tr(s.KEPT_LIBRARY), error.action, (Mending.AGAIN, Mending.OTHER_FOLDER))
        case VidensplatformError():
            return Trouble(error.message, tr(s.KEPT_NOTHING_TOUCHED), error.action, (Mending.AGAIN,))
        case _:
            logged = log_bug(home, error)
            told = tr(s.BUG_LOGGED, log=home.log) if logged else tr(s.BUG_NOT_LOGGED)
            return Trouble(tr(s.BUG), told, "", (Mending.SHOW_LOG,) if logged else (), is_bug=True)


def move_aside(database: Path) -> Path:
    """Move a damaged library and what SQLite keeps beside it out of the way; returns its new place.

    Raises :class:`EnvironmentError_` where that cannot be done.
    """
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    moved = database.with_name(f"{database.stem}-beskadiget-{stamp}{database.suffix}")
    try:
        database.rename(moved)
        for tail in ("-wal", "-shm"):
            beside = database.with_name(database.name + tail)
            if beside.exists():
                beside.rename(moved.with_name(moved.name + tail))
    except OSError as error:
        raise EnvironmentError_(tr(s.ASIDE_FAILED, reason=error.strerror or type(error).__name__), tr(s.ASIDE_ACTION)) from error
    return moved


class TroublePanel(QFrame):
    """Shows one trouble at a time above the pages; everything else stays usable."""

    chosen = Signal(object)
    """The :class:`Mending` whose button was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setAccessibleName(tr(s.TROUBLE))
        self._happened, self._kept, self._advice = (wrapping_label(bold=n == 0, selectable=True) for n in range(3))
        self._buttons = QHBoxLayout()
        self._dismiss = QPushButton(tr(s.MEND_DISMISS))
        self._dismiss.clicked.connect(self.hide)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        for label in (self._happened, self._kept, self._advice):
            layout.addWidget(label)
        layout.addLayout(self._buttons)
        self.hide()

    def tell(self, trouble: Trouble) -> None:
        """Show it, with its buttons."""
        for label, text in ((self._happened, trouble.happened), (self._kept, trouble.kept), (self._advice, trouble.advice)):
            label.setText(text)
            label.setVisible(bool(text))
        while self._buttons.count():
            taken = self._buttons.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None and widget is not self._dismiss:
                widget.deleteLater()
        for mending in trouble.mendings:
            button = QPushButton(tr(mending.value))
            button.clicked.connect(lambda _checked=False, chosen=mending: self._choose(chosen))
            self._buttons.addWidget(button)
        self._buttons.addWidget(self._dismiss)
        self._buttons.addStretch(1)
        self.show()
        announce(self, f"{trouble.happened} {trouble.kept} {trouble.advice}", urgent=True)

    def _choose(self, mending: Mending) -> None:
        if mending is not Mending.SHOW_LOG:
            self.hide()
        self.chosen.emit(mending)

    def buttons(self) -> list[QPushButton]:
        """The buttons that are offered now, the dismissing one last."""
        widgets = (item.widget() for i in range(self._buttons.count()) if (item := self._buttons.itemAt(i)) is not None)
        return [w for w in widgets if isinstance(w, QPushButton)]
