"""A library of its own for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small import write_small_corpus

from vidensplatform.knowledge.loading import load
from vidensplatform.law.registry import Registry
from vidensplatform.store.library import Library


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite3"


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    with Library.open(path) as opened:
        yield opened


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return load(write_small_corpus(tmp_path_factory.mktemp("corpus"))).registry
