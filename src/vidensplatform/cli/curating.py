"""Commands for the cards: corpus check, corpus stamp, and evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from vidensplatform.cli.common import EngineOption, Exit, HomeOption, JsonOption, app, console_of, corpus_app, home_of, print_json, ready


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
    from vidensplatform.search.answering import Question
    from vidensplatform.search.evaluation import evaluate as evaluate_cases
    from vidensplatform.search.evaluation import read_cases
    from vidensplatform.terminal import answers as terminal
    from vidensplatform.workbench import Workbench

    cases = read_cases(file)
    with Workbench.open(home_of(context, home), engine=engine) as bench:
        ready(bench, quiet=as_json)
        if text_only:
            report = evaluate_cases(cases, lambda text: bench.search_text_only(Question(text)), first_documents=10)
        else:
            report = evaluate_cases(cases, lambda text: bench.search(Question(text)))
    if as_json:
        print_json(report.to_json())
    else:
        terminal.evaluated(console_of(), report)


@corpus_app.command("check")
def corpus_check(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="Mappen med kortene (ellers programmets egen).")] = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Kontrollér alle kort: form, id'er, paragraffer, ordlyd, afskrift."""
    from vidensplatform.curation import check_corpus

    report = check_corpus(home_of(context, home), folder)
    if as_json:
        print_json(report.to_json())
    else:
        console = console_of()
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

    stamped = stamp_cards(home_of(context, home), folder, cards or [], renew=renew)
    console_of().print(f"{sum(len(p) for p in stamped.values())} bestemmelser stemplet i {len(stamped)} kort.")
