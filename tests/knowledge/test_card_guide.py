"""The guide for those who write cards names every key, every allowed value and every folder, and its examples are cards that can be read."""

from __future__ import annotations

import re
import tomllib

import pytest
from pydantic import BaseModel

from vidensplatform.knowledge.loading import FOLDERS
from vidensplatform.knowledge.model import (
    Area,
    Basis,
    Deadline,
    Duty,
    Moved,
    Obligation,
    Option,
    Practice,
    PracticeStatus,
    Situation,
    Term,
    TermKind,
)
from vidensplatform.settings import corpus_dir

GUIDE = (corpus_dir() / "README.md").read_text(encoding="utf-8")
MODELS: tuple[type[BaseModel], ...] = (Area, Situation, Option, Duty, Deadline, Basis, Practice, Term, Moved)
FROM_THE_FILE_NAME = "id"


def blocks() -> list[str]:
    return re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize(("model", "key"), [(m, k) for m in MODELS for k in m.model_fields if k != FROM_THE_FILE_NAME])
def test_every_key_is_explained(model: type[BaseModel], key: str) -> None:
    assert f"`{key}`" in GUIDE or f"`{key} = " in GUIDE, f"{model.__name__}.{key}"


@pytest.mark.parametrize("value", [value.value for values in (Obligation, PracticeStatus, TermKind) for value in values])
def test_every_allowed_value_is_named(value: str) -> None:
    assert f"`{value}`" in GUIDE


@pytest.mark.parametrize("folder", [*FOLDERS, "terms"])
def test_every_folder_is_named(folder: str) -> None:
    assert f"`{folder}/`" in GUIDE


def test_the_examples_are_cards() -> None:
    read: list[str] = []
    for block in blocks():
        row = tomllib.loads(block)
        for key, model in (("term", Term), ("moved", Moved)):
            for entry in row.get(key, []):
                model.model_validate(entry)
                read.append(key)
        kinds: dict[str, type[BaseModel]] = {"obligation": Option, "ask": Situation, "holding": Practice, "steps": Duty}
        for key, kind in kinds.items():
            if key in row:
                kind.model_validate({**row, "id": "eksempel"})
                read.append(kind.__name__)
    assert sorted(read) == ["Duty", "Option", "Practice", "Situation", "moved", "term"]
