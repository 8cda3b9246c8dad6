"""Real windows, offscreen, over real homes. Two homes are made once and copied: one with cards only, one with a little law."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLocale, Qt
from pytestqt.qtbot import QtBot
from small import act, section

from vidensplatform.desktop.main_window import MainWindow
from vidensplatform.settings import Home
from vidensplatform.update import import_paths
from vidensplatform.workbench import Workbench

HERE = Path(__file__).resolve().parent
HOSTILE = "&lt;a href='http://ond.example/'&gt;klik&lt;/a&gt; &lt;img src='file:///etc/passwd'&gt;"
SECTIONS = (
    section("85", "Byrådet tilbyder prøvehjælp til den, der har brug for støtte, jf. § 110, stk. 1."),
    section("86", f"Ond tekst: {HOSTILE}."),
    section("110", "Byrådet tilbyder et prøveherberg til den, der sover i bil.", "Ophold efter stk. 1 begynder ved egen henvendelse, jf. § 85."),
)
SERVICELOVEN = act(*SECTIONS, title="Bekendtgørelse af lov om social service", popular="Serviceloven", year=2025, number=1129)
"""Invented words under real section numbers."""
OLDER = act(
    section("85", "Byrådet tilbyder prøvehjælp til den, der har brug for støtte, jf. § 110, stk. 1."),
    section("109", "Byrådet tilbyder et prøvekrisecenter til kvinder."),
    section("110", "Byrådet tilbyder et prøveherberg til den, der sover på en bænk."),
    title="Bekendtgørelse af lov om social service",
    popular="Serviceloven",
    year=2022,
    number=170,
    historic="2025-02-03",
)
"""The invented text before it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here opens windows. The offscreen plugin warns that it has no window manager to send size hints to; nothing else may warn."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.desktop)
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints"))


Opener = Callable[[Home], MainWindow]


@pytest.fixture(scope="session", autouse=True)
def _danish() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.Danish, QLocale.Country.Denmark))


@pytest.fixture(scope="session")
def cards_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home where the caches are warm and no law is loaded."""
    made = Home.of(tmp_path_factory.mktemp("cards") / "home").ensure()
    Workbench.open(made).close()
    return made


@pytest.fixture(scope="session")
def law_home(cards_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with a few sections of serviceloven and their index."""
    folder = tmp_path_factory.mktemp("law")
    made = Home.of(folder / "home")
    shutil.copytree(cards_home.folder, made.folder)
    (folder / "1129.xml").write_bytes(SERVICELOVEN)
    report = import_paths([folder / "1129.xml"], made)
    assert (report.read, report.failed) == (1, ())
    return compared(made)


@pytest.fixture
def home(cards_home: Home, tmp_path: Path) -> Home:
    """A home of this test's own, with cards only."""
    shutil.copytree(cards_home.folder, tmp_path / "home")
    return Home.of(tmp_path / "home")


@pytest.fixture
def home_with_law(law_home: Home, tmp_path: Path) -> Home:
    """A home of this test's own, with a little law."""
    shutil.copytree(law_home.folder, tmp_path / "lov" / "home")
    return Home.of(tmp_path / "lov" / "home")


@pytest.fixture(scope="session")
def two_versions_home(law_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with two texts of serviceloven, one after the other."""
    folder = tmp_path_factory.mktemp("versions")
    made = Home.of(folder / "home")
    shutil.copytree(law_home.folder, made.folder)
    (folder / "170.xml").write_bytes(OLDER)
    report = import_paths([folder / "170.xml"], made)
    assert (report.read, report.failed) == (1, ())
    return compared(made)


@pytest.fixture(scope="session")
def long_home(cards_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with two texts of an act in which 150 sections changed."""
    folder = tmp_path_factory.mktemp("long")
    made = Home.of(folder / "home")
    shutil.copytree(cards_home.folder, made.folder)
    for year, number, words in ((2022, 170, "en bænk"), (2025, 1129, "et herberg")):
        sections = [
            section(str(n), f"Byrådet stiller {words} nummer {n} til rådighed for den, der ikke har noget sted at sove.") for n in range(1, 151)
        ]
        text = act(*sections, title="Bekendtgørelse af lov om social service", popular="Serviceloven", year=year, number=number)
        (folder / f"{number}.xml").write_bytes(text)
    assert import_paths([folder / "170.xml", folder / "1129.xml"], made).failed == ()
    return compared(made)


def compared(home: Home) -> Home:
    """The home, with its texts compared."""
    with Workbench.open(home) as bench:
        bench.changes.bring_up_to_date()
    return home


@pytest.fixture
def long_window(open_window: Opener, long_home: Home, tmp_path: Path) -> MainWindow:
    """The window over the act in which 150 sections changed."""
    shutil.copytree(long_home.folder, tmp_path / "lang" / "home")
    return open_window(Home.of(tmp_path / "lang" / "home"))


@pytest.fixture
def home_with_versions(two_versions_home: Home, tmp_path: Path) -> Home:
    """A home of this test's own, with two texts of one act."""
    shutil.copytree(two_versions_home.folder, tmp_path / "versioner" / "home")
    return Home.of(tmp_path / "versioner" / "home")


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[Opener]:
    """Opens the real window over a home and waits until it answers."""
    windows: list[MainWindow] = []

    def opened(where: Home, *, wait: bool = True) -> MainWindow:
        window = MainWindow(where)
        windows.append(window)
        window.resize(1280, 800)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        window.session.open()
        if wait:
            qtbot.waitUntil(lambda: window.session.bench is not None, timeout=20_000)
            qtbot.waitUntil(lambda: not window.session.reading.busy, timeout=20_000)
        return window

    yield opened
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(open_window: Opener, home: Home) -> MainWindow:
    """The window over cards only."""
    return open_window(home)


@pytest.fixture
def law_window(open_window: Opener, home_with_law: Home) -> MainWindow:
    """The window over cards and a little law."""
    return open_window(home_with_law)


@pytest.fixture
def versions_window(open_window: Opener, home_with_versions: Home) -> MainWindow:
    """The window over cards and two texts of one act."""
    return open_window(home_with_versions)


class Desk:
    """What a user does at the window."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot

    def type(self, window: MainWindow, text: str) -> None:
        """Type into the box and wait for the answer to exactly that."""
        box = window.search.box
        box.setFocus()
        box.selectAll()
        with self.qtbot.waitSignal(window.search.answered, timeout=10_000, check_params_cb=lambda answer: answer.query == text):
            self.qtbot.keyClicks(box, text)
        self.settle(window)

    def settle(self, window: MainWindow) -> None:
        """Wait until nothing is asked any more."""
        self.qtbot.waitUntil(lambda: not window.session.reading.busy and not window.session.working, timeout=20_000)

    def key(self, widget: object, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key."""
        self.qtbot.keyClick(widget, key, modifier)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    """A user's hands."""
    return Desk(qtbot)
