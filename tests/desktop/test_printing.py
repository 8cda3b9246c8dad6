"""HTML becomes a PDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase

from vidensplatform.desktop.printing import html_to_pdf
from vidensplatform.errors import EnvironmentError_

pytestmark = pytest.mark.desktop


@pytest.mark.usefixtures("qapp")
def test_a_long_page_becomes_several(tmp_path: Path) -> None:
    target = tmp_path / "review.pdf"
    html_to_pdf("<h1>Bænke</h1>" + "<p>En <del>−gul</del> <ins>+grøn</ins> bænk på torvet.</p>" * 300, target, "Bænke")
    data = target.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert data.count(b"/Type /Page\n") > 3
    assert [p.name for p in tmp_path.iterdir()] == ["review.pdf"]


@pytest.mark.usefixtures("qapp")
def test_a_folder_that_is_not_there_is_told_and_the_old_file_stays(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentError_) as told:
        html_to_pdf("<p>bænk</p>", tmp_path / "intet" / "a.pdf")
    assert told.value.action


@pytest.mark.usefixtures("qapp")
def test_without_a_font_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: [])
    with pytest.raises(EnvironmentError_):
        html_to_pdf("<p>bænk</p>", tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []
