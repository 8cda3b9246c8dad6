"""The command that fetches from the sources: harvest."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from vidensplatform.cli.common import EngineOption, Exit, HomeOption, JsonOption, app, console_of, home_of, print_json, progress

if TYPE_CHECKING:
    from vidensplatform.update import HarvestReport, Progress


@app.command()
def harvest(
    context: typer.Context,
    sources: Annotated[list[str] | None, typer.Argument(help="Kilder, fx retsinformation (ellers alle, der er slået til).")] = None,
    base_url: Annotated[str | None, typer.Option("--base-url", help="Send alle kald til en server her i stedet (generalprøve).")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Sig, hvad der ville blive hentet, og hent det ikke.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Se alt igennem igen, ikke kun det, der er ændret siden sidst.")] = False,
    due: Annotated[bool, typer.Option("--due", help="Kun de kilder, hvis tid er inde (every_hours i sources.toml); til planlagte kørsler.")] = False,
    as_json: JsonOption = False,
    engine: EngineOption = "auto",
    home: HomeOption = None,
) -> None:
    """Hent nyt og ændret fra kilderne. Ctrl+C stopper pænt; næste kørsel fortsætter, hvor denne slap."""
    from vidensplatform.as_json import harvest as harvest_report
    from vidensplatform.terminal import harvest as terminal_harvest
    from vidensplatform.update import harvest as run_harvest
    from vidensplatform.update import plan_harvest

    place, console = home_of(context, home), console_of()
    with stopping(console_of(error=True).print) as stop:
        if dry_run:
            plans = plan_harvest(place, sources or (), base_url=base_url, full=full, stop=stop)
            if as_json:
                print_json(harvest_report.plans_json(plans))
            else:
                terminal_harvest.planned(console, plans)
            raise typer.Exit(Exit.NOTHING if any(isinstance(plan, str) for plan in plans.values()) else Exit.DONE)
        with progress(shown=not as_json) as bar:
            task = bar.add_task("Henter …") if bar else None

            def tell(step: Progress) -> None:
                if bar is not None and task is not None:
                    bar.update(task, description=terminal_harvest.line_of(step))

            report = run_harvest(place, sources or (), base_url=base_url, full=full, due_only=due, engine=engine, on_progress=tell, stop=stop)
    if as_json:
        print_json(harvest_report.report_json(report))
    else:
        terminal_harvest.harvested(console, report)
    if (status := exit_of(report)) is not Exit.DONE:
        raise typer.Exit(status)


def exit_of(report: HarvestReport) -> Exit:
    """3 where documents are damaged, 1 where a source was not read to the end (down, closed, stopped), else 0."""
    if report.damaged:
        return Exit.DAMAGED
    return Exit.NOTHING if report.unread or report.stopped else Exit.DONE


@contextmanager
def stopping(say: Callable[[str], object]) -> Iterator[Callable[[], bool]]:
    """A question that is answered yes from the first Ctrl+C (or a service's stop) on; the second one interrupts at once.

    Outside the main thread signals cannot be caught; then the answer is always no.
    """
    asked = False

    def ask(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        say("Stopper efter det dokument, der er i gang … (Ctrl+C igen afbryder med det samme)")

    try:
        before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    except ValueError:
        before = {}
    try:
        yield lambda: asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
