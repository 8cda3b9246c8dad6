"""The guide names what the window has: its pages, commands, keys and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu, QToolButton
from pytestqt.qtbot import QtBot

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.main_window import MainWindow
from vidensplatform.desktop.rail import Rail
from vidensplatform.settings import Home

GUIDE = (Path(__file__).resolve().parent.parent.parent / "docs" / "brugervejledning.md").read_text(encoding="utf-8")
EVERYWHERE = {s.UNDO, s.CUT, s.COPY, s.PASTE, s.SELECT_ALL, s.ABOUT}
"""What every program's menus hold: nobody looks it up."""


def plain(command: str) -> str:
    return command.replace("&", "").removesuffix("…").strip()


def commands(menu: QMenu) -> Iterator[str]:
    for action in menu.actions():
        if action.menu() is None and not action.isSeparator():
            yield action.text()


@pytest.mark.parametrize(("keys", "what"), s.SHORTCUT_LIST)
def test_every_key_is_in_the_guide(keys: str, what: str) -> None:
    assert keys in GUIDE, f"»{keys}« ({what}) mangler i docs/brugervejledning.md"


@pytest.mark.parametrize("word", [*s.OBLIGATIONS.values(), *s.STATUS_IN_FORCE.values(), *s.DEADLINE_KIND, s.URGENT, s.CONTESTED, s.VOLATILE])
def test_every_mark_is_explained(word: str) -> None:
    assert word in GUIDE


@pytest.mark.parametrize(("status", "sign"), s.MARKS.items())
def test_every_sign_stands_beside_its_status(status: str, sign: str) -> None:
    assert f"{sign} {status}" in GUIDE


def test_every_command_and_page_of_the_window_is_in_the_guide(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(Home.of(tmp_path / "home"))
    qtbot.addWidget(window)
    usual = {plain(text) for text in EVERYWHERE}
    told = [plain(text) for action in window.menuBar().actions() if (menu := action.menu()) is not None for text in commands(menu)]
    pages = [button.text() for rail in window.findChildren(Rail) for button in rail.findChildren(QToolButton)]
    assert s.SEARCH_PAGE in pages
    assert plain(s.IMPORT_FOLDER) in told
    said = " ".join(re.sub(r"[*`|]", "", GUIDE).split())
    assert [text for text in [*told, *pages] if text not in usual and text not in said] == []
