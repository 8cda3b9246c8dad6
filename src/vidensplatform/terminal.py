"""How answers look on a terminal. Plain text with a little colour; no decisions are made here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from vidensplatform.knowledge.model import Duty, Option, Practice, Situation
from vidensplatform.search.answers import Answer, CardHit, DocumentHit
from vidensplatform.search.evaluation import Report
from vidensplatform.shown_document import ShownDocument
from vidensplatform.store.records import StoredReference
from vidensplatform.store.sources import Freshness
from vidensplatform.terminal_changes import pending_line
from vidensplatform.terminal_harvest import states, unresolved
from vidensplatform.workbench import LibraryStatus, Shown, ShownProvision

if TYPE_CHECKING:
    from vidensplatform.update import ImportReport  # the parsers take time to load, and most commands need none

MARKS = {"kontrolleret": "✓", "ændret siden kontrol": "!", "ikke kontrolleret": "?"}
_REFERENCES = 15


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


def shown(console: Console, found: Shown, titles: dict[str, str]) -> None:
    """A provision or card."""
    for note in found.as_of_notes:
        console.print(f"[yellow]Bemærk:[/] {escape(note)}")
    for moved in found.moved:
        console.print(f"[yellow]Flyttet[/] den {moved.on.isoformat()}: {moved.old} → {', '.join(moved.new)}. {escape(moved.note)}")
    if found.provision is not None:
        _provision(console, found.provision)
    if found.card is not None:
        _whole_card(console, found)
    if found.document is not None:
        _whole_document(console, found.document)
    if found.cards:
        console.print("\n[bold]Kort, der bygger på bestemmelsen[/]")
        for card in found.cards:
            console.print(f" •  {escape(titles.get(card, card))} [dim]({card})[/]")


def _provision(console: Console, p: ShownProvision) -> None:
    version = p.provision.version
    for heading in p.provision.headings:
        console.print(f"[dim]{escape(heading)}[/]")
    console.print(f"[bold]{escape(p.label)}[/]  [dim]{escape(version.popular_title or version.title)}, {version.eli}, {version.status.value}[/]")
    _freshness(console, p.freshness)
    for depth, line in p.provision.lines():
        console.print(Padding(Text(line), (0, 0, 0, 2 * depth)))
    if p.pending:
        console.print("\n[yellow]Loven er ændret uden for denne tekst:[/]")
        for waiting in p.pending:
            pending_line(console, waiting, of_section=True)
    _references(console, "Henviser til", ((r.words, r) for r in p.references_out))
    _references(console, "Henvises til fra", ((r.source_label, r) for r in p.references_in))


def _freshness(console: Console, freshness: Freshness | None) -> None:
    if freshness is not None:
        style = "red" if freshness.withdrawn else "dim" if freshness.read_to else "yellow"
        console.print(Text(f"Friskhed: {freshness.words}.", style=style))


def _whole_document(console: Console, d: ShownDocument) -> None:
    version = d.version
    if d.asked:
        console.print(f"[yellow]{escape(d.asked)} er offentliggjort igen som {escape(d.label)}[/] (den gamle tekst er ikke i biblioteket):")
    console.print(f"\n[bold]{escape(d.label)}[/]  [dim]{version.kind.value}, {version.status.value}, {version.eli}[/]")
    if d.replaced_by:
        later = escape(d.replaced_by)
        console.print(f'[yellow]Offentliggjort igen som {later}.[/] Se den med: vidensplatform show "{later}"')
    if d.formerly:
        console.print(f"Tidligere offentliggjort som {escape(', '.join(d.formerly))}")
    for name, value in d.said:
        console.print(f"[dim]{escape(name)}:[/] {escape(value)}")
    _freshness(console, d.freshness)
    if contents := d.contents:
        console.print("\n[bold]Indhold[/] (hele teksten: --json; en bestemmelse: fx »… § 1«)")
        for line in contents:
            console.print(f" •  {escape(line)}")
    else:
        for depth, line in d.text.lines():
            console.print(Padding(Text(line), (0, 0, 0, 2 * depth)))
    if d.belonging:
        console.print(f"\n[bold]Bekendtgørelser, vejledninger og cirkulærer, der hører til[/] ({len(d.belonging)})")
        for one in d.belonging[:_REFERENCES]:
            console.print(f" •  {escape(one.label)}: {escape(one.title)} [dim]{one.kind}[/]")
    if not contents:
        _references(console, "Henviser til", ((r.words, r) for r in d.references_out))
    _references(console, "Henvises til fra", ((r.source_label, r) for r in d.references_in))


def _references(console: Console, title: str, references: Iterable[tuple[str, StoredReference]]) -> None:
    lines: dict[str, int] = {}
    for text, reference in references:
        key = text if reference.target_work else f"{text} (ikke fundet)"
        lines[key] = lines.get(key, 0) + 1
    if lines:
        console.print(f"\n[bold]{title}[/]")
        for line in list(lines)[:_REFERENCES]:
            console.print(f" •  {escape(line)}")
        if len(lines) > _REFERENCES:
            console.print(f"    … og {len(lines) - _REFERENCES} flere (se --json)")


def _whole_card(console: Console, found: Shown) -> None:
    card = found.card
    if card is None:
        return
    console.print(f"[bold]{escape(card.title)}[/]  [dim]{found.kind} {found.status}[/]")
    sections: list[tuple[str, tuple[str, ...]]] = []
    match card:
        case Option():
            console.print(escape(card.summary))
            sections = [
                ("Hvem afgør", (card.authority,)),
                ("Skal vurderes", card.conditions),
                ("Dokumentation", card.documentation),
                ("Vær opmærksom på", card.drawbacks),
                ("Omstridt", (card.contested,) if card.contested else ()),
                ("Under ændring", (card.volatile,) if card.volatile else ()),
                ("Hjemmel", tuple(b.provision for b in card.basis)),
            ]
        case Duty():
            console.print(escape(card.summary))
            deadlines = tuple(f"{d.length} fra {d.start} ({d.kind}, {d.source})" for d in card.deadlines)
            sections = [
                ("Sådan", card.steps),
                ("Frister", deadlines),
                ("Typiske fejl", card.faults),
                ("Omstridt", (card.contested,) if card.contested else ()),
                ("Under ændring", (card.volatile,) if card.volatile else ()),
                ("Hjemmel", tuple(b.provision for b in card.basis)),
            ]
        case Practice():
            console.print(f"{escape(card.label)} ({card.status.value}). {escape(card.holding)}")
            sections = [("Læst i", (card.read_in,)), ("Bestemmelser", card.provisions)]
        case Situation():
            console.print(escape(card.summary))
            sections = [("Muligheder", card.options), ("Pligter", card.duties)]
    for title, lines in sections:
        if lines:
            console.print(f"\n[bold]{title}[/]")
            for line in lines:
                console.print(f" •  {escape(line)}")


def imported(console: Console, report: ImportReport) -> None:
    """What an import did."""
    console.print(f"Læst {report.read} dokumenter: {report.new} nye, {report.changed} ændrede, {report.unchanged} uændrede ({report.seconds:.1f} s).")
    console.print(f"{report.provisions} bestemmelser gemt. Søgeindekset: {report.index.documents} bestemmelser.")
    if report.skipped:
        console.print(f"{report.skipped} filer af andre slags er sprunget over.")
    if report.failed:
        console.print(f"\n[red]{len(report.failed)} kunne ikke læses[/] (alt andet er gemt):")
        for failure in report.failed:
            console.print(f" •  [bold]{escape(failure.file)}[/]: {escape(failure.reason)}")
    unresolved(console, report.unresolved)


def status(console: Console, found: LibraryStatus) -> None:
    """How much there is and how fresh."""
    console.print(f"[bold]Bibliotek[/] {escape(str(found.home))}")
    if found.counts is None:
        console.print("Ingen lovtekst er indlæst. Kortene svarer alene. Indlæs med: vidensplatform import MAPPE")
    else:
        c = found.counts
        console.print(f"{c.works} dokumenter, {c.versions} versioner, {c.provisions} bestemmelser, {c.references} henvisninger ({c.resolved} fundet)")
        table = Table("Slags", "Gældende tekster", "Nyeste dato")
        for kind, (number, newest) in sorted(found.kinds.items()):
            table.add_row(kind, str(number), newest)
        console.print(table)
        if c.failures:
            console.print(f"[red]{c.failures} dokumenter kunne ikke læses[/]: " + escape(", ".join(f.origin for f in found.failures[:5])))
        unresolved(console, found.unresolved)
    states(console, found.sources)
    console.print(f"Søgeindeks ({found.engine}): {found.index}")
    console.print("Kort: " + ", ".join(f"{n} {kind}" for kind, n in found.cards.items()))
    console.print("Forankring: " + ", ".join(f"{n} {kind}" for kind, n in sorted(found.anchors.items())))


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
