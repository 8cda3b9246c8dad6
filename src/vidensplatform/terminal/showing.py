"""What ``show`` leads to, on a terminal: a provision, a whole document, or a card."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from vidensplatform.knowledge.model import Duty, Option, Practice, Situation
from vidensplatform.showing.documents import ShownDocument
from vidensplatform.showing.records import Shown, ShownProvision
from vidensplatform.store.records import StoredReference
from vidensplatform.store.sources import Freshness
from vidensplatform.terminal.changes import pending_line

_REFERENCES = 15


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
