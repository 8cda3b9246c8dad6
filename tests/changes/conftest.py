"""Invented acts with a history, put into a real library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from changing import MOVED
from small import write_small_corpus

from vidensplatform.knowledge.loading import Corpus, load
from vidensplatform.settings import Home
from vidensplatform.store.library import Library


@pytest.fixture
def cards(tmp_path: Path) -> Corpus:
    """The small corpus, with a table of law that moved."""
    folder = write_small_corpus(tmp_path / "corpus")
    (folder / "forwarding.toml").write_text(MOVED, encoding="utf-8")
    return load(folder)


@pytest.fixture
def library(home: Home) -> Iterator[Library]:
    with Library.open(home.database) as opened:
        yield opened
