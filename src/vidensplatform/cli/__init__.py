"""The command line: a contract that scripts outside the project rely on. One module a kind of command; what they share is in ``common``.

Exit status: 0 done; 1 nothing found or a check failed; 2 wrong use; 3 damaged input, reported file by file.
"""

from __future__ import annotations

import logging
import logging.handlers
import sys
import traceback

from rich.text import Text

from vidensplatform.cli import changing, curating, finding, harvesting, material, opening, upkeep
from vidensplatform.cli.common import Exit, app, console_of, open_window, running
from vidensplatform.errors import CardError, InputError, QueryError, VidensplatformError
from vidensplatform.settings import Home

__all__ = ["Exit", "app", "changing", "curating", "exit_status", "finding", "harvesting", "main", "material", "opening", "upkeep", "window"]


def exit_status(error: VidensplatformError) -> Exit:
    """The exit status that tells a script what kind of error it was."""
    match error:
        case CardError():
            return Exit.NOTHING
        case InputError():
            return Exit.DAMAGED
        case QueryError():
            return Exit.WRONG_USE
        case _:
            return Exit.NOTHING


def _log_bug(home: Home, error: Exception) -> None:
    """Keep the place of a bug in the log: its kind and its lines of code, never its message, which may hold what was asked."""
    try:
        home.log.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(home.log, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    except OSError:
        return
    logger = logging.getLogger("vidensplatform.bug")
    logger.propagate = False
    logger.addHandler(handler)
    logger.error("%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
    logger.removeHandler(handler)
    handler.close()


def main() -> None:
    """Run the command line; the entry point of the installed program."""
    try:
        app()
    except VidensplatformError as error:
        console = console_of(error=True)
        console.print(Text("Fejl: ", style="red") + Text(error.message))
        if error.action:
            console.print(Text(error.action))
        sys.exit(exit_status(error))
    except Exception as error:
        _log_bug(running.home or Home.of(), error)
        raise


def window() -> None:
    """Open the window; the entry point without a terminal."""
    sys.exit(open_window(Home.of()))
