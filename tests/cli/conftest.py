"""Running the program as a user does: in a process of its own, or (where speed counts) in this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from small import quick
from typer.testing import CliRunner

from vidensplatform.cli import app, exit_status
from vidensplatform.errors import VidensplatformError
from vidensplatform.settings import HOME_VARIABLE, Home

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@dataclass(frozen=True)
class Done:
    """What a run said, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def ready(home: Home) -> Home:
    """A home with the derived files there already."""
    return quick(home, cards=True)


@pytest.fixture
def program(ready: Home) -> Run:
    """The real program in a process of its own, without a screen."""

    def run(*arguments: str | Path | bytes, **environment: str) -> Done:
        kept = {name: value for name, value in os.environ.items() if name not in (*SCREENS, HOME_VARIABLE)}
        surroundings = {**kept, "COLUMNS": "1000", HOME_VARIABLE: str(ready.folder), **environment}
        command = [sys.executable, "-m", "vidensplatform", *arguments]
        done = subprocess.run(command, env=surroundings, capture_output=True, check=False, timeout=120)
        return Done(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))

    return run


@pytest.fixture
def cli(ready: Home, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same command line in this process. Errors become exit statuses as in ``main``."""
    monkeypatch.setenv(HOME_VARIABLE, str(ready.folder))
    monkeypatch.setenv("COLUMNS", "1000")
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str | Path) -> Done:
        result = CliRunner().invoke(app, [str(a) for a in arguments])
        if isinstance(result.exception, VidensplatformError):
            return Done(exit_status(result.exception), result.stdout, str(result.exception))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Done(result.exit_code, result.stdout, result.stderr)

    return run
