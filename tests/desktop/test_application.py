"""Starting and ending: the window first, Ctrl+C as everywhere, and the program's own log."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from vidensplatform.desktop import strings
from vidensplatform.desktop.application import make_application
from vidensplatform.settings import Home

RUN = """
import os, signal, sys, threading, time
from pathlib import Path
from vidensplatform.desktop.application import run
from vidensplatform.settings import Home

def interrupt():
    time.sleep(1.5)
    os.kill(os.getpid(), signal.SIGINT)

threading.Thread(target=interrupt, daemon=True).start()
sys.exit(run(Home.of(Path(sys.argv[1]))))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot send itself Ctrl+C there")
def test_ctrl_c_ends_the_program_and_keeps_the_geometry(home: Home) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(home.folder)], capture_output=True, text=True, timeout=60, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert (home.folder / "vindue.ini").is_file()


def test_bug_in_a_slot_is_told_in_the_window_and_logged(home: Home) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtCore import QTimer\n"
        "from vidensplatform.desktop.main_window import MainWindow\n"
        "from vidensplatform.desktop import application\n"
        "from vidensplatform.settings import Home\n"
        "def bug():\n"
        "    raise RuntimeError('borgeren ' + 'Hemmeligsen')\n"
        "class Window(MainWindow):\n"
        "    def __init__(self, home):\n"
        "        super().__init__(home)\n"
        "        QTimer.singleShot(300, bug)\n"
        "        QTimer.singleShot(1200, self.finish)\n"
        "    def finish(self):\n"
        "        print(self.trouble.isVisible(), self.trouble._happened.text())\n"
        "        self.close()\n"
        "application.MainWindow = Window\n"
        "sys.exit(application.run(Home.of(Path(sys.argv[1]))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(home.folder)], capture_output=True, text=True, timeout=60, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("True Der er en fejl i programmet")
    logged = home.log.read_text(encoding="utf-8")
    assert "RuntimeError" in logged
    assert "Hemmeligsen" not in logged.replace("raise RuntimeError('borgeren ' + 'Hemmeligsen')", "")


def test_the_application_is_danish_and_in_the_platforms_own_style(qapp: QApplication) -> None:
    style = qapp.style().objectName()
    made = make_application()
    assert made is qapp
    assert made.style().objectName() == style
    assert made.styleSheet() == ""
    assert QLocale().language() == QLocale.Language.Danish
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Annuller"


def test_texts_can_be_translated_and_braces_in_values_stay(qapp: QApplication) -> None:
    assert strings.tr(strings.DID_YOU_MEAN, text="{x} & <b>") == "Mente du »{x} & <b>«?"


def test_no_module_is_long() -> None:
    """A room one would live in: some 50 to 300 lines with one subject."""
    folder = Path(strings.__file__).parent
    lengths = {str(path.relative_to(folder)): len(path.read_text(encoding="utf-8").splitlines()) for path in folder.rglob("*.py")}
    assert {name: n for name, n in lengths.items() if n > 300} == {}


def test_every_text_is_used() -> None:
    folder = Path(strings.__file__).parent
    used = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    texts = [name for name in vars(strings) if name.isupper() and name != "CONTEXT"]
    assert [name for name in texts if not re.search(rf"\bs\.{name}\b", used)] == []
