"""The answer to a question, and the figures of an evaluation, on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from vidensplatform.search.answers import Answer, CardHit, DocumentHit
from vidensplatform.search.evaluation import Report

MARKS = {"kontrolleret": "✓", "ændret siden kontrol": "!", "ikke kontrolleret": "?"}


def answer(console: Console, found: Answer) -> None:
    """A search's answer."""
    _first_of_all(console, found)
    if found.recognised:
        console.print(Text("Forstået: ", style="bold") + Text(" · ".join(dict.fromkeys(c.title for c in found.recognised if c.kind != "term"))))
    for suggestion in found.did_you_mean:
        console.print(f"Mente du: [italic]{escape(suggestion)}[/]")
    if found.candidates:
        console.print("Paragraffen findes i flere love. Mente du: " + ", ".join(found.candidates[:8]))
    for note in (*found.as_of_notes, *found.notes):
        console.print(f"[yellow]Bemærk:[/] {escape(note)}")
    if found.options:
        console.print("\n[bold]Muligheder, der kan være relevante[/] (skal vurderes konkret)")
        for number, option in enumerate(found.options, 1):
            _card(console, f"{number:>2}. ", option)
    if found.duties:
        console.print("\n[bold]Pligter, der følger med[/]")
        for duty in found.duties:
            _card(console, " •  ", duty)
    if found.practice:
        console.print("\n[bold]Praksis[/]")
        for p in found.practice:
            style = "dim" if p.status == "historisk" else ""
            replaced = f" → se {p.replaced_by}" if p.replaced_by else ""
            console.print(f" •  [{style or 'none'}]{escape(p.label)} ({p.status}): {escape(p.title)}{escape(replaced)}[/]")
    if found.documents:
        console.print("\n[bold]Lovtekst og dokumenter[/]")
        for document in found.documents[:5]:
            _document(console, document)
    if found.questions:
        console.print("\n[bold]Har borgeren også …?[/]")
        for question in found.questions:
            console.print(f" •  {escape(question.question)}")
    if found.empty:
        console.print("Intet fundet. Prøv andre ord, eller beskriv situationen med borgerens egne ord.")
    if found.nearby:
        heard = f"Forstået af det skrevne: {', '.join(found.understood)}. " if found.understood else ""
        console.print(f"{escape(heard)}Ord i nærheden: {escape(', '.join(found.nearby))}")
    console.print(f"\n[dim]{found.took_ms:.0f} ms · {found.engine} · pr. {found.as_of.isoformat()}[/]")


def _first_of_all(console: Console, found: Answer) -> None:
    """What must be seen before the rest: law that stands somewhere else now, and what cannot wait."""
    for moved in found.moved:
        where = f"{moved.old_label} → {', '.join(moved.new_labels)}" + (f". {moved.note}" if moved.note else "")
        console.print(f"[yellow]Flyttet[/] den {moved.on.isoformat()}: {escape(where)}")
    if found.urgent:
        told = (f"{chip.title} ({', '.join(chip.words)})" if chip.words else chip.title for chip in found.urgent)
        console.print(Text("AKUT: ", style="bold red") + Text(" · ".join(told)))


def _card(console: Console, lead: str, card: CardHit) -> None:
    labels = ", ".join(dict.fromkeys(p.label for p in card.provisions))
    urgent = " [red]AKUT[/]" if card.urgent else ""
    console.print(
        f"{lead}[bold]{escape(card.title)}[/]{urgent}  [cyan]{escape(labels)}[/]  [dim]{card.obligation} {MARKS[card.status]} {card.status}[/]"
    )
    if card.why:
        console.print(Padding(Text("; ".join(card.why[:2]), style="dim"), (0, 0, 0, len(lead))))


def _document(console: Console, document: DocumentHit) -> None:
    text = Text(document.snippet.text)
    for start, end in document.snippet.hits:
        text.stylize("bold yellow", start, end)
    console.print(f" •  [cyan]{escape(document.label)}[/] [dim]{escape(document.title)} ({document.status})[/]")
    console.print(Padding(text, (0, 0, 0, 4)))


def evaluated(console: Console, report: Report) -> None:
    """The figures of an evaluation."""
    console.print(f"{len(report.results)} spørgsmål, {report.groups} grupper")
    console.print(f"Grupper mødt:            {report.group_recall:.1%}")
    console.print(f"Spørgsmål helt besvaret: {report.all_met:.1%}")
    console.print(f"På tværs af love:        {report.across:.1%}")
    table = Table("Område", "Mødt", "Grupper")
    for domain, (met, total) in report.by_domain().items():
        table.add_row(domain, str(met), str(total))
    console.print(table)
    for result in report.results:
        if not all(result.met):
            missed = "; ".join(" eller ".join(group) for group in result.missed)
            console.print(f"[red]{result.case.id}[/] {escape(result.case.query)}\n    mangler: {escape(missed)}")
