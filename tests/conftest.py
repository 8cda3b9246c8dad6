"""What all tests share: the real documents beside the project (with ``--real-data``), a home folder of one's own, a small corpus of law."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from small import write_small_corpus

from vidensplatform.knowledge.loading import Corpus, load
from vidensplatform.search.analysis import Analyzer, analyzer
from vidensplatform.settings import HOME_VARIABLE, Home, corpus_dir

SHARED = Path(os.environ.get("VIDENSPLATFORM_SHARED", Path(__file__).resolve().parent.parent.parent / "shared"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--real-data", action="store_true", help="also run the tests that read the real documents beside the project")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--real-data") and (SHARED / "data").is_dir():
        return
    why = "needs --real-data" if (SHARED / "data").is_dir() else f"needs the real documents in {SHARED.name}/data"
    for item in items:
        if "real_data" in item.keywords:
            item.add_marker(pytest.mark.skip(reason=why))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real documents."""
    return SHARED / "data"


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's own library."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home folder."""
    return Home.of(tmp_path / "home").ensure()


@pytest.fixture(scope="session")
def words(tmp_path_factory: pytest.TempPathFactory) -> Analyzer:
    """The analyzer, with a dictionary unpacked in memory."""
    return analyzer(None)


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The program's own cards."""
    return load(corpus_dir())


@pytest.fixture
def cards_folder(tmp_path: Path) -> Path:
    """A small corpus of cards, all right, to be broken by tests."""
    return write_small_corpus(tmp_path / "corpus")
