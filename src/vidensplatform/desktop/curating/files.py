"""The file a card is written in, and opening it in the system's own editor."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.strings import tr
from vidensplatform.errors import EnvironmentError_
from vidensplatform.settings import corpus_dir


def file_of(card: str, folder: Path) -> Path | None:
    """The card's file in a corpus; a card's id is the name of its file."""
    return next((path for kind in ("options", "duties", "situations", "practice") if (path := folder / kind / f"{card}.toml").is_file()), None)


def open_card_file(card: str, folder: Path | None = None) -> Path:
    """Open it; returns the file. Raises :class:`EnvironmentError_` where there is none, or nothing to open it with."""
    where = folder or corpus_dir()
    path = file_of(card, where)
    if path is None:
        raise EnvironmentError_(tr(s.CARD_FILE_GONE), tr(s.CARD_FILE_ACTION, folder=where))
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise EnvironmentError_(tr(s.CARD_FILE_CLOSED, file=path.name), tr(s.CARD_FILE_ACTION, folder=where))
    return path
