"""What an import did and what the library holds, on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from vidensplatform.terminal.harvest import states, unresolved
from vidensplatform.workbench import LibraryStatus

if TYPE_CHECKING:
    from vidensplatform.update import ImportReport  # the parsers take time to load, and most commands need none


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
