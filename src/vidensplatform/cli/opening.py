"""Without a sub-command: the window where there is a screen, else an example on the terminal."""

from __future__ import annotations

from typing import Annotated

import typer

from vidensplatform import __version__
from vidensplatform.cli.common import Exit, HomeOption, app, console_of, has_screen, open_window, ready
from vidensplatform.settings import Home

EXAMPLE = "mand sover i bil, lige løsladt, drikker, ingen penge"


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    home: HomeOption = None,
    version: Annotated[bool, typer.Option("--version", help="Vis programmets version.")] = False,
) -> None:
    """Open the window where there is a screen; otherwise answer an example on the terminal and say how to open the window."""
    if version:
        typer.echo(f"vidensplatform {__version__}")
        raise typer.Exit(Exit.DONE)
    if context.invoked_subcommand is not None:
        return
    place = Home.of(home)
    if has_screen():
        raise typer.Exit(open_window(place))
    from vidensplatform.search.answering import Question
    from vidensplatform.terminal import answers as terminal
    from vidensplatform.workbench import Workbench

    console = console_of()
    console.print("Der er ingen skærm her, så her er et eksempel på terminalen:\n")
    console.print(f"[bold]{EXAMPLE}[/]\n")
    with Workbench.open(place) as bench:
        terminal.answer(console, ready(bench, quiet=False).search(Question(EXAMPLE)))
    console.print('\nSpørg selv:       vidensplatform search "beskriv borgerens situation"')
    console.print("Åbn vinduet:      vidensplatform   (på en maskine med skærm)")
