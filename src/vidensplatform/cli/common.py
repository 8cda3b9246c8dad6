"""What all commands share: the application, its options, and how a command finds its home and its open workbench."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from vidensplatform.settings import HOME_VARIABLE, Home

if TYPE_CHECKING:
    from vidensplatform.workbench import Workbench

app = typer.Typer(
    name="vidensplatform",
    help="Muligheder på tværs af lovene, ud fra borgerens situation. Uden underkommando åbnes vinduet.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
corpus_app = typer.Typer(help="Kortene: kontrol og stempling.", no_args_is_help=True)
app.add_typer(corpus_app, name="corpus")


class Exit(IntEnum):
    """The exit status."""

    DONE = 0
    NOTHING = 1
    WRONG_USE = 2
    DAMAGED = 3


HomeOption = Annotated[Path | None, typer.Option("--home", help=f"Bibliotekets mappe (ellers {HOME_VARIABLE} eller brugerens datamappe).")]
JsonOption = Annotated[bool, typer.Option("--json", help="Svar som JSON.")]
EngineOption = Annotated[str, typer.Option("--engine", help="auto, tantivy eller whoosh.")]
AsOfOption = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Svar med lovteksten pr. denne dato.")]


def console_of(*, error: bool = False) -> Console:
    """A console on the output, or on the error stream."""
    return Console(stderr=error, highlight=False, emoji=False)


def home_of(context: typer.Context, home: Path | None) -> Home:
    """``--home`` after the sub-command, before it, or from the environment."""
    root_context = context.find_root()
    chosen = Home.of(home or root_context.params.get("home"))
    running.home = chosen
    return chosen


class Running:
    """What the error handler must know of the command that is running: in whose home the log lies."""

    home: Home | None = None


running = Running()


def as_text(value: str) -> str:
    """What was typed, where bytes that are no UTF-8 become the replacement character."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def day_of(value: datetime | None) -> date | None:
    """The day of a date option, None where it was not given."""
    return value.date() if value else None


def print_json(value: Any) -> None:
    """Print a value as indented JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def progress(*, shown: bool) -> Iterator[Bar | None]:
    """A line of progress on the error stream, where that is a terminal."""
    console = console_of(error=True)
    if not shown or not console.is_terminal:
        yield None
        return
    with Bar(SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn(), console=console, transient=True) as bar:
        yield bar


def ready(bench: Workbench, *, quiet: bool) -> Workbench:
    """The workbench with its index up to date."""
    if not bench.index_is_current:
        with progress(shown=not quiet) as bar:
            task = bar.add_task("Søgeindekset opdateres …") if bar else None

            def tell(done: int, _step: str) -> None:
                if bar is not None and task is not None:
                    bar.update(task, description=f"Søgeindekset opdateres … {done} bestemmelser")

            bench.bring_index_up_to_date(tell)
    return bench


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def open_window(home: Home) -> int:
    """Open the window on a home folder; returns the exit status when it is closed."""
    from vidensplatform.desktop.application import run

    return run(home)
