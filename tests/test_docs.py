"""Every sub-command and option of the program is named in the README or the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from vidensplatform.cli import app
from vidensplatform.settings import HOME_VARIABLE

ROOT = Path(__file__).resolve().parent.parent


def told() -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))))


def code() -> list[str]:
    """What stands as code in the documentation: blocks and spans."""
    return re.findall(r"```.*?```|`[^`\n]+`|^ {4}.+$", told(), re.DOTALL | re.MULTILINE)


def tree(command: object, name: str = "") -> Iterator[tuple[str, str]]:
    """(sub-command, option) for everything the command line takes; "" for the command itself."""
    if name:
        yield name, ""
    for parameter in command.params:  # type: ignore[attr-defined]
        for option in parameter.opts if parameter.param_type_name == "option" else ():
            if option not in ("--help", "-h"):
                yield name, option
    for inner, sub in getattr(command, "commands", {}).items():
        yield from tree(sub, f"{name} {inner}".strip())


ALL = sorted(set(tree(typer.main.get_command(app))))


def test_the_command_line_is_read_whole() -> None:
    assert {"search", "show", "import", "index", "evaluate", "corpus", "corpus check", "corpus stamp", "status", "doctor"} <= {
        name for name, _ in ALL
    }
    assert {("search", "--as-of"), ("", "--home"), ("status", "--json")} <= set(ALL)


@pytest.mark.parametrize("name", sorted({name for name, _ in ALL if name}))
def test_every_sub_command_is_documented(name: str) -> None:
    assert any(re.search(rf"(?<![\w/-]){name}(?![\w/-])", piece) for piece in code())


@pytest.mark.parametrize("option", sorted({option for _, option in ALL if option}))
def test_every_option_is_documented(option: str) -> None:
    assert option in told()


def test_the_variable_of_the_home_folder_is_documented() -> None:
    assert HOME_VARIABLE in told()
