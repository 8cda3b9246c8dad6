"""Fetches what the reader asks for, in the background; a page that a newer one has overtaken is thrown away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from vidensplatform.desktop.operations import LatestOnly
from vidensplatform.desktop.reader.pages import Pages, make_changes_tab, make_pages
from vidensplatform.desktop.reader.targets import Wanted
from vidensplatform.desktop.reader.view import Reader
from vidensplatform.desktop.session import Session
from vidensplatform.desktop.theme import Theme

if TYPE_CHECKING:
    from vidensplatform.workbench import Workbench

T = TypeVar("T")


class Fetching(QObject):
    """Between one reader and the workbench. ``wanted`` adds the day and the words of the question to an address."""

    def __init__(self, session: Session, reader: Reader, wanted: Callable[[str], Wanted]) -> None:
        super().__init__(reader)
        self._session, self._reader, self._wanted = session, reader, wanted
        self._pages: LatestOnly[tuple[Workbench, Wanted, Theme], Pages] = LatestOnly(
            session.reading, lambda asked, token: make_pages(*asked, token), reader.show_pages
        )
        self._changes: LatestOnly[tuple[Workbench, Wanted, Theme], tuple[str, str]] = LatestOnly(
            session.reading, lambda asked, token: make_changes_tab(*asked, token), reader.show_changes
        )
        reader.wanted.connect(lambda target: self._ask(self._pages, target))
        reader.changes_wanted.connect(lambda target: self._ask(self._changes, target))

    def _ask(self, asking: LatestOnly[tuple[Workbench, Wanted, Theme], T], target: str) -> None:
        if self._session.bench is not None:
            asking.ask((self._session.bench, self._wanted(target), Theme.now(self._reader.palette())))
