"""Commands that answer: search and show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from vidensplatform.cli.common import (
    AsOfOption,
    EngineOption,
    Exit,
    HomeOption,
    JsonOption,
    app,
    as_text,
    console_of,
    day_of,
    home_of,
    print_json,
    ready,
)
from vidensplatform.errors import QueryError

if TYPE_CHECKING:
    from vidensplatform.workbench import Workbench


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
    from vidensplatform.law.model import DocumentKind
    from vidensplatform.search.answering import Question
    from vidensplatform.terminal import answers as terminal
    from vidensplatform.workbench import Workbench

    with Workbench.open(home_of(context, home), engine=engine) as bench:
        slug = bench.corpus.registry.slug_for(law) if law else None
        if law and slug is None:
            raise QueryError(f"Loven »{law}« kendes ikke.", "Skriv fx serviceloven eller SEL.")
        for name in kind or ():
            if not DocumentKind.of_family(name):
                raise QueryError(f"Dokumenttypen »{name}« kendes ikke.", f"Vælg mellem: {', '.join(sorted({k.family for k in DocumentKind}))}.")
        question = Question(as_text(text), limit, day_of(as_of), slug, frozenset(kind or ()), historic)
        found = ready(bench, quiet=as_json).search(question)
        if as_json:
            from vidensplatform.as_json.showing import answer_json

            print_json(answer_json(found, bench.freshness))
        else:
            terminal.answer(console_of(), found)
        if found.empty:
            raise typer.Exit(Exit.NOTHING)


@app.command()
def show(
    context: typer.Context,
    reference: Annotated[str, typer.Argument(help="Fx »SEL § 110«, »PM 1-26« eller et korts id.")],
    as_of: AsOfOption = None,
    history: Annotated[bool, typer.Option("--history", help="Bestemmelsens historie gennem alle versioner.")] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Vis en bestemmelse med overskrifter, henvisninger ud og ind og kort; eller et kort."""
    from vidensplatform.cli.changing import opened
    from vidensplatform.terminal import showing as terminal

    with opened(context, home, quiet=as_json) as bench:
        if history:
            _history(bench, as_text(reference), as_json=as_json)
            return
        found = bench.show(as_text(reference), day_of(as_of))
        if found is None:
            console_of(error=True).print(Text(f"Intet fundet for »{as_text(reference)}«."))
            raise typer.Exit(Exit.NOTHING)
        if as_json:
            from vidensplatform.as_json.showing import shown_json

            print_json(shown_json(found))
        else:
            titles = {i: card.title for i in found.cards if (card := bench.card(i)) is not None}
            terminal.shown(console_of(), found, titles)


def _history(bench: Workbench, reference: str, *, as_json: bool) -> None:
    from vidensplatform.as_json.changes import history_json
    from vidensplatform.terminal import changes as terminal_changes

    found = bench.history(reference)
    if found is None or not (found.entries or found.notes):
        console_of(error=True).print(Text(f"Ingen historie fundet for »{reference}«."))
        raise typer.Exit(Exit.NOTHING)
    if as_json:
        print_json(history_json(found))
    else:
        titles = {i: card.title for e in found.entries if e.change for i in e.change.row.cards if (card := bench.card(i)) is not None}
        terminal_changes.history(console_of(), found, titles)
