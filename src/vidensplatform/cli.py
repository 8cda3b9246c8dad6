"""The command line: a contract that scripts outside the project rely on.

Exit status: 0 done; 1 nothing found or a check failed; 2 wrong use; 3 damaged input, reported file by file.
"""

from __future__ import annotations

import json
import logging
import logging.handlers
import os
import sys
import traceback
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
from rich.text import Text

from vidensplatform import __version__
from vidensplatform.errors import CardError, InputError, QueryError, VidensplatformError
from vidensplatform.settings import HOME_VARIABLE, Home

if TYPE_CHECKING:
    from vidensplatform.workbench import Workbench

# Each command imports what it needs: the window and --help are to be there at once.

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

EXAMPLE = "mand sover i bil, lige løsladt, drikker, ingen penge"


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


def _console(*, error: bool = False) -> Console:
    return Console(stderr=error, highlight=False, emoji=False)


def _home(context: typer.Context, home: Path | None) -> Home:
    """``--home`` after the sub-command, before it, or from the environment."""
    root_context = context.find_root()
    chosen = Home.of(home or root_context.params.get("home"))
    _run.home = chosen
    return chosen


class _Run:
    """What the error handler must know of the command that is running: in whose home the log lies."""

    home: Home | None = None


_run = _Run()


def _text(value: str) -> str:
    """What was typed, where bytes that are no UTF-8 become the replacement character."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def _progress(*, shown: bool) -> Iterator[Bar | None]:
    """A line of progress on the error stream, where that is a terminal."""
    console = _console(error=True)
    if not shown or not console.is_terminal:
        yield None
        return
    with Bar(SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn(), console=console, transient=True) as bar:
        yield bar


def _ready(bench: Workbench, *, quiet: bool) -> Workbench:
    """The workbench with its index up to date."""
    if not bench.index_is_current:
        with _progress(shown=not quiet) as bar:
            task = bar.add_task("Søgeindekset opdateres …") if bar else None

            def tell(done: int, _step: str) -> None:
                if bar is not None and task is not None:
                    bar.update(task, description=f"Søgeindekset opdateres … {done} bestemmelser")

            bench.bring_index_up_to_date(tell)
    return bench


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
        raise typer.Exit(_open_window(place))
    from vidensplatform import terminal
    from vidensplatform.search.answering import Question
    from vidensplatform.workbench import Workbench

    console = _console()
    console.print("Der er ingen skærm her, så her er et eksempel på terminalen:\n")
    console.print(f"[bold]{EXAMPLE}[/]\n")
    with Workbench.open(place) as bench:
        terminal.answer(console, _ready(bench, quiet=False).search(Question(EXAMPLE)))
    console.print('\nSpørg selv:       vidensplatform search "beskriv borgerens situation"')
    console.print("Åbn vinduet:      vidensplatform   (på en maskine med skærm)")


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _open_window(home: Home) -> int:
    from vidensplatform.desktop.application import run

    return run(home)


@app.command()
def search(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="Borgerens situation, en søgning eller en henvisning.")],
    as_json: JsonOption = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=200, help="Højst så mange muligheder og dokumenter.")] = 10,
    as_of: AsOfOption = None,
    engine: EngineOption = "auto",
    law: Annotated[str | None, typer.Option("--law", help="Kun denne lov (fx serviceloven eller SEL).")] = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", help="Kun denne slags dokument (fx lov, bekendtgørelse).")] = None,
    historic: Annotated[bool, typer.Option("--historic", help="Også tekster, der er historiske.")] = False,
    home: HomeOption = None,
) -> None:
    """Find muligheder, pligter, praksis og lovtekst ud fra en situation."""
    from vidensplatform import terminal
    from vidensplatform.law.model import DocumentKind
    from vidensplatform.search.answering import Question
    from vidensplatform.workbench import Workbench

    with Workbench.open(_home(context, home), engine=engine) as bench:
        slug = bench.corpus.registry.slug_for(law) if law else None
        if law and slug is None:
            raise QueryError(f"Loven »{law}« kendes ikke.", "Skriv fx serviceloven eller SEL.")
        for name in kind or ():
            if not DocumentKind.of_family(name):
                raise QueryError(f"Dokumenttypen »{name}« kendes ikke.", f"Vælg mellem: {', '.join(sorted({k.family for k in DocumentKind}))}.")
        question = Question(_text(text), limit, _day(as_of), slug, frozenset(kind or ()), historic)
        found = _ready(bench, quiet=as_json).search(question)
        if as_json:
            _print_json(found.to_json())
        else:
            terminal.answer(_console(), found)
        if found.empty:
            raise typer.Exit(Exit.NOTHING)


@app.command()
def show(
    context: typer.Context,
    reference: Annotated[str, typer.Argument(help="Fx »SEL § 110«, »PM 1-26« eller et korts id.")],
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Vis en bestemmelse med overskrifter, henvisninger ud og ind og kort; eller et kort."""
    from vidensplatform import terminal
    from vidensplatform.workbench import Workbench

    with Workbench.open(_home(context, home)) as bench:
        found = bench.show(_text(reference), _day(as_of))
        if found is None:
            _console(error=True).print(Text(f"Intet fundet for »{_text(reference)}«."))
            raise typer.Exit(Exit.NOTHING)
        if as_json:
            from vidensplatform.shown_json import shown_json

            _print_json(shown_json(found))
        else:
            titles = {i: card.title for i in found.cards if (card := bench.card(i)) is not None}
            terminal.shown(_console(), found, titles)


@app.command("import")
def import_(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Filer, mapper, zip- og tar-arkiver.")],
    as_json: JsonOption = False,
    engine: EngineOption = "auto",
    home: HomeOption = None,
) -> None:
    """Indlæs lovtekst fra filer på disken. Det, der ikke kan læses, meldes; alt andet gemmes."""
    from vidensplatform import terminal
    from vidensplatform.update import Progress, import_paths

    with _progress(shown=not as_json) as bar:
        task = bar.add_task("Læser …") if bar else None

        def tell(progress: Progress) -> None:
            if bar is not None and task is not None:
                bar.update(task, description=f"{progress.step} {progress.done} {progress.at[-60:]}")

        report = import_paths(paths, _home(context, home), engine=engine, on_progress=tell)
    if as_json:
        _print_json(report.to_json())
    else:
        terminal.imported(_console(), report)
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

    with Workbench.open(_home(context, home), engine=engine) as bench:
        state = bench.bring_index_up_to_date(force=rebuild)
        if as_json:
            _print_json({"engine": bench.engine_name, "action": state.action, "documents": state.documents, "reason": state.reason})
        else:
            done = {"opened": "passer", "updated": "er opdateret", "built": "er bygget"}[state.action]
            _console().print(f"Søgeindekset ({bench.engine_name}) {done}: {state.documents} bestemmelser. {state.reason}")


@app.command()
def evaluate(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="JSON Lines med spørgsmål og de bestemmelser, der skal findes.")],
    text_only: Annotated[bool, typer.Option("--text-only", help="Kun lovtekstens egne ord (første ti), uden kortene: til sammenligning.")] = False,
    as_json: JsonOption = False,
    engine: EngineOption = "auto",
    home: HomeOption = None,
) -> None:
    """Mål søgningen på spørgsmål med kendte svar."""
    from vidensplatform import terminal
    from vidensplatform.search.answering import Question
    from vidensplatform.search.evaluation import evaluate as evaluate_cases
    from vidensplatform.search.evaluation import read_cases
    from vidensplatform.workbench import Workbench

    cases = read_cases(file)
    with Workbench.open(_home(context, home), engine=engine) as bench:
        _ready(bench, quiet=as_json)
        if text_only:
            report = evaluate_cases(cases, lambda text: bench.search_text_only(Question(text)), first_documents=10)
        else:
            report = evaluate_cases(cases, lambda text: bench.search(Question(text)))
    if as_json:
        _print_json(report.to_json())
    else:
        terminal.evaluated(_console(), report)


@corpus_app.command("check")
def corpus_check(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="Mappen med kortene (ellers programmets egen).")] = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Kontrollér alle kort: form, id'er, paragraffer, ordlyd, afskrift."""
    from vidensplatform.curation import check_corpus

    report = check_corpus(_home(context, home), folder)
    if as_json:
        _print_json(report.to_json())
    else:
        console = _console()
        for fault in report.faults:
            console.print(Text(fault.file, style="red") + Text(f"{f', {fault.place}' if fault.place else ''}: {fault.reason}"))
        against = "lovteksten i biblioteket" if report.with_law else "ingen lovtekst (indlæs den for at kontrollere paragraffer)"
        console.print(f"{report.cards} kort kontrolleret mod {against}: {len(report.faults)} fejl.")
    if report.faults:
        raise typer.Exit(Exit.NOTHING)


@corpus_app.command("stamp")
def corpus_stamp(
    context: typer.Context,
    cards: Annotated[list[str] | None, typer.Argument(help="Kortenes id (ellers alle, der ikke er stemplet).")] = None,
    folder: Annotated[Path | None, typer.Option("--corpus", help="Mappen med kortene (ellers programmets egen).")] = None,
    renew: Annotated[bool, typer.Option("--renew", help="Stempl også de bestemmelser, hvis tekst er en anden nu (du har læst dem igen).")] = False,
    home: HomeOption = None,
) -> None:
    """Skriv i kortene, at deres bestemmelser er læst i den tekst, biblioteket viser i dag."""
    from vidensplatform.curation import stamp_cards

    stamped = stamp_cards(_home(context, home), folder, cards or [], renew=renew)
    _console().print(f"{sum(len(p) for p in stamped.values())} bestemmelser stemplet i {len(stamped)} kort.")


@app.command()
def status(context: typer.Context, as_json: JsonOption = False, home: HomeOption = None) -> None:
    """Vis, hvad biblioteket rummer, og hvor friskt det er."""
    from vidensplatform import terminal
    from vidensplatform.workbench import Workbench

    with Workbench.open(_home(context, home)) as bench:
        found = bench.status()
    if as_json:
        _print_json(
            {
                "home": str(found.home),
                "engine": found.engine,
                "library": None
                if found.counts is None
                else {
                    "works": found.counts.works,
                    "versions": found.counts.versions,
                    "provisions": found.counts.provisions,
                    "references": found.counts.references,
                    "resolved_references": found.counts.resolved,
                },
                "kinds": {kind: {"texts": number, "newest": newest or None} for kind, (number, newest) in found.kinds.items()},
                "failures": [{"file": f.origin, "reason": f.reason, "seen": f.seen_at} for f in found.failures],
                "index": found.index,
                "cards": found.cards,
                "anchors": found.anchors,
            }
        )
    else:
        terminal.status(_console(), found)


@app.command()
def doctor(context: typer.Context, as_json: JsonOption = False, home: HomeOption = None) -> None:
    """Undersøg installationen og biblioteket, og sig, hvad der kan gøres."""
    from vidensplatform.health import examine

    findings = examine(_home(context, home))
    if as_json:
        _print_json([{"what": f.what, "ok": f.ok, "detail": f.detail, "action": f.action} for f in findings])
    else:
        console = _console()
        for f in findings:
            mark = Text("✓ ", style="green") if f.ok else Text("✗ ", style="red")
            console.print(mark + Text(f"{f.what}: {f.detail}{f' → {f.action}' if f.action else ''}"))
    if not all(f.ok for f in findings):
        raise typer.Exit(Exit.NOTHING)


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
        console = _console(error=True)
        console.print(Text("Fejl: ", style="red") + Text(error.message))
        if error.action:
            console.print(Text(error.action))
        sys.exit(exit_status(error))
    except Exception as error:
        _log_bug(_run.home or Home.of(), error)
        raise


def window() -> None:
    """Open the window; the entry point without a terminal."""
    sys.exit(_open_window(Home.of()))
