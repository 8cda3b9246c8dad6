"""HTML to PDF with Qt's own text and PDF writer: for the window and, without a screen, for the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFontDatabase, QGuiApplication, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from vidensplatform.errors import EnvironmentError_

_MARGIN_MM = 18.0


def html_to_pdf(html: str, path: Path, title: str = "") -> None:
    """Write ``html`` as A4 pages to ``path``; a file that is there is replaced when the new one is whole.

    Raises :class:`EnvironmentError_` where it cannot be written, or where the machine has no font to write with.
    """
    application = _application()
    if not QFontDatabase.families():
        raise EnvironmentError_("Der er ingen skrifttyper på maskinen, så der kan ikke laves PDF.", "Gem som Word eller Markdown i stedet.")
    part = path.with_name(f"{path.name}.part")
    try:
        part.touch()  # Qt only warns where it cannot write
        _write(html, part, title)
        if not part.stat().st_size:
            raise OSError("disken er måske fuld")
        part.replace(path)
    except OSError as error:
        reason = error.strerror or error
        raise EnvironmentError_(f"{path} kan ikke skrives ({reason}).", "Vælg en anden mappe, eller luk filen, hvis den er åben.") from error
    finally:
        part.unlink(missing_ok=True)
    del application


def _write(html: str, path: Path, title: str) -> None:
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setCreator("Vidensplatform")
    writer.setResolution(150)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setPageSize(writer.pageLayout().paintRectPixels(writer.resolution()).size().toSizeF())
    document.setHtml(html)
    document.print_(writer)


def _application() -> QGuiApplication:
    """The running application, or one without a window."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QGuiApplication([])
