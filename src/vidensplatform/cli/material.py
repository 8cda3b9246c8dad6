"""Commands that bring material in and make it searchable: import and index."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vidensplatform.cli.common import EngineOption, Exit, HomeOption, JsonOption, app, console_of, home_of, print_json, progress


@app.command("import")
def import_(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Filer, mapper, zip- og tar-arkiver.")],
    as_json: JsonOption = False,
    engine: EngineOption = "auto",
    home: HomeOption = None,
) -> None:
    """Indlæs lovtekst fra filer på disken. Det, der ikke kan læses, meldes; alt andet gemmes."""
    from vidensplatform.terminal import library as terminal
    from vidensplatform.update import Progress, import_paths

    with progress(shown=not as_json) as bar:
        task = bar.add_task("Læser …") if bar else None

        def tell(progress: Progress) -> None:
            if bar is not None and task is not None:
                bar.update(task, description=f"{progress.step} {progress.done} {progress.at[-60:]}")

        report = import_paths(paths, home_of(context, home), engine=engine, on_progress=tell)
    if as_json:
        print_json(report.to_json())
    else:
        terminal.imported(console_of(), report)
    if report.failed:
        raise typer.Exit(Exit.DAMAGED)


@app.command()
def index(
    context: typer.Context,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Byg forfra, også når indekset passer.")] = False,
    as_json: JsonOption = False,
    engine: EngineOption = "auto",
    home: HomeOption = None,
) -> None:
    """Opdatér søgeindekset, eller byg det forfra."""
    from vidensplatform.workbench import Workbench

    with Workbench.open(home_of(context, home), engine=engine) as bench:
        state = bench.bring_index_up_to_date(force=rebuild)
        if as_json:
            print_json({"engine": bench.engine_name, "action": state.action, "documents": state.documents, "reason": state.reason})
        else:
            done = {"opened": "passer", "updated": "er opdateret", "built": "er bygget"}[state.action]
            console_of().print(f"Søgeindekset ({bench.engine_name}) {done}: {state.documents} bestemmelser. {state.reason}")
