"""Starting the program: the window first, the library after it, bugs into the log, Ctrl+C as everywhere."""

from __future__ import annotations

import signal
import socket
import sys
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QSocketNotifier, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from vidensplatform import __version__
from vidensplatform.desktop import strings as s
from vidensplatform.desktop.main_window import MainWindow
from vidensplatform.settings import Home


def make_application() -> QApplication:
    """The application in Danish, in the platform's own style and colours."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("vidensplatform")
    application.setApplicationDisplayName(s.PROGRAM)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("vidensplatform")
    QLocale.setDefault(QLocale(QLocale.Language.Danish, QLocale.Country.Denmark))
    translator = QTranslator(application)
    if translator.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    return application


class _Interrupts:
    """Lets Ctrl+C end the program although Qt is waiting: the signal wakes a socket that Qt listens to. No polling."""

    def __init__(self, application: QApplication) -> None:
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, application)
        self._notifier.activated.connect(self._woken)
        self._before = signal.signal(signal.SIGINT, lambda *_: application.quit())
        signal.set_wakeup_fd(self._write.fileno())

    def _woken(self) -> None:
        try:
            self._read.recv(64)
        except BlockingIOError:
            return

    def close(self) -> None:
        """As it was before."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, self._before)
        self._notifier.setEnabled(False)
        self._read.close()
        self._write.close()


def run(home: Home) -> int:
    """Open the window and stay until it is closed; returns the exit status."""
    application = make_application()
    window = MainWindow(home)
    window.show()
    interrupts = _Interrupts(application)
    before = sys.excepthook

    def bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            window.tell(error)
        else:
            before(kind, error, trace)

    sys.excepthook = bug
    QTimer.singleShot(0, window.session.open)
    try:
        return application.exec()
    finally:
        sys.excepthook = before
        interrupts.close()
        window.close()
