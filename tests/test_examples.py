"""The page of worked situations: it holds what the program answers, and it is a page of these situations."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from vidensplatform.search.answering import Question
from vidensplatform.settings import Home
from vidensplatform.workbench import Workbench

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def examples() -> ModuleType:
    spec = importlib.util.spec_from_file_location("eksempler", ROOT / "packaging" / "eksempler.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_situation_is_answered_with_options_and_duties(examples: ModuleType, home: Home) -> None:
    with Workbench.open(home) as bench:
        introduction, *answers = examples.sections(bench)
    assert "kortene alene" in introduction
    assert len(answers) == len(examples.EXAMPLES) == 10
    for example, answer in zip(examples.EXAMPLES, answers, strict=True):
        assert f"> {example.text}" in answer
        assert "Situationer, der er forstået" in answer
        assert "### Muligheder, der kan være relevante\n\n- **" in answer
        assert "### Pligter, der følger med\n\n- **" in answer


def test_what_hastes_stands_first_and_only_there(examples: ModuleType, home: Home) -> None:
    text = examples.EXAMPLES[0].text
    with Workbench.open(home) as bench:
        urgent = [hit.title for hit in bench.search(Question(text, examples.OPTIONS)).options if hit.urgent]
        answer = list(examples.sections(bench))[1]
    before, after = answer.split("### Muligheder, der kan være relevante")
    assert urgent
    assert all(f"**{title}**" in before and f"**{title}**" not in after for title in urgent)


def test_the_page_shown_is_of_these_situations(examples: ModuleType) -> None:
    page = (ROOT / "docs" / "eksempler.md").read_text(encoding="utf-8")
    headings = [line for line in page.splitlines() if line.startswith("## ")]
    assert headings == [f"## {number}. {example.title}" for number, example in enumerate(examples.EXAMPLES, 1)]
    assert all(f"> {example.text}" in page for example in examples.EXAMPLES)
