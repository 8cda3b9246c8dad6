"""How a harvest, and the state of the sources, look on a terminal. Plain text with a little colour; no decisions are made here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from vidensplatform.store.sources import SOURCES, SourceState

if TYPE_CHECKING:
    from vidensplatform.store.relating import Unresolved
    from vidensplatform.update import HarvestReport, Plan, Progress, Report

_NAMED = 30
"""How many documents of each sort are named; the others stand in --json."""


def line_of(step: Progress) -> str:
    """The line of progress: "Retsinformation: 12 af 158, ca. 3 min. tilbage, lta/2025/1129"."""
    if step.step == "spørger":
        return f"{step.source}: spørger, hvad der er nyt …"
    if step.step != "henter":
        return f"{step.step} {step.done} {step.at}".rstrip()
    left = f", ca. {_duration(step.seconds_left)} tilbage" if step.seconds_left is not None and step.done < step.total else ""
    return f"{step.source}: {step.done} af {step.total}{left}, {step.at}"


def harvested(console: Console, report: HarvestReport) -> None:
    """What a harvest did: per source, every document that is new, changed, removed or failed by name."""
    for source in report.sources:
        _source(console, source, report.titles)
    console.print(f"\nHentet {report.downloads} dokumenter, {report.provisions} bestemmelser gemt ({_duration(report.seconds)}).")
    if report.index is not None:
        console.print(f"Søgeindekset: {report.index.documents} bestemmelser.")
    if report.stopped:
        console.print("[yellow]Stoppet.[/] Det hentede er gemt; næste kørsel fortsætter, hvor denne slap.")
    if not report.sources and not report.stopped:
        console.print("Ingen kilder skulle læses nu.")


def _source(console: Console, r: Report, titles: Mapping[str, str]) -> None:
    console.print(f"\n[bold]{escape(SOURCES[r.source])}[/] [dim]({escape(r.how)})[/]" if r.how else f"\n[bold]{escape(SOURCES[r.source])}[/]")
    counts = f"{len(r.new)} nye, {len(r.changed)} ændrede, {len(r.unchanged)} uændrede, {len(r.removed)} fjernede, {len(r.failed)} fejlede"
    console.print(f"{counts}; {r.downloads} hentet helt.")
    _names(console, "Nye", r.new, titles)
    _names(console, "Ændrede", r.changed, titles)
    _names(console, "Trukket tilbage af kilden", r.removed, titles)
    if r.failed:
        console.print("[red]Fejlede[/] (det, der var, er beholdt; prøves igen næste gang):")
        for id_, reason in r.failed[:_NAMED]:
            console.print(f" •  [bold]{escape(id_)}[/]: {escape(reason)}")
        _more(console, len(r.failed))
    if r.vanished:
        console.print(f"Står ikke længere i kildens liste, men er beholdt: {escape(', '.join(r.vanished[:_NAMED]))}")
    for note in r.notes:
        console.print(f"[yellow]Bemærk:[/] {escape(note)}")
    if r.stopped_by:
        left = f" {r.left} dokumenter mangler." if r.left else ""
        console.print(f"[red]Ikke læst til ende:[/] {escape(r.stopped_by)}{left}")


def _names(console: Console, title: str, ids: Sequence[str], titles: Mapping[str, str]) -> None:
    if ids:
        console.print(f"{title}:")
        for id_ in ids[:_NAMED]:
            console.print(f" •  {escape(titles.get(id_, ''))} [dim]{escape(id_)}[/]")
        _more(console, len(ids))


def _more(console: Console, number: int) -> None:
    if number > _NAMED:
        console.print(f"    … og {number - _NAMED} flere (se --json)")


def planned(console: Console, plans: Mapping[str, Plan | str]) -> None:
    """What a harvest would fetch."""
    for name, plan in plans.items():
        if isinstance(plan, str):
            console.print(f"\n[bold]{escape(SOURCES[name])}[/]\n[red]Kan ikke læses:[/] {escape(plan)}")
            continue
        wanted = [item for item in plan.items if not item.removed]
        console.print(f"\n[bold]{escape(SOURCES[name])}[/] [dim]({escape(plan.how)})[/]: {len(wanted)} dokumenter ville blive hentet.")
        _names(console, "Hentes", [item.id for item in wanted], {item.id: item.title for item in wanted})
        _names(console, "Mærkes som trukket tilbage", [item.id for item in plan.items if item.removed], {})
        for note in plan.notes:
            console.print(f"[yellow]Bemærk:[/] {escape(note)}")
    console.print("\nIntet er hentet eller gemt.")


def states(console: Console, found: Iterable[SourceState]) -> None:
    """How far each source is read, and what is known to be missing."""
    table = Table("Kilde", "Læst til", "Dokumenter", "Mangler")
    gaps: list[str] = []
    for state in found:
        missing = [f"{len(state.failing)} fejlede"] if state.failing else []
        missing += [f"{state.left_over} ikke nået"] if state.left_over else []
        withdrawn = f" (+{state.withdrawn} trukket tilbage)" if state.withdrawn else ""
        never = "ikke læst til ende" if state.last_run else "aldrig hentet"
        table.add_row(state.title, day_of(state.read_to) or never, f"{state.documents}{withdrawn}", ", ".join(missing))
        gaps += [f"{state.title}: {note}" for note in state.notes]
        gaps += [f"{state.title}: {id_}: {reason}" for id_, reason in state.failing[:5]]
        if state.last_failure and (state.last_success is None or (state.last_failure_at or state.last_success) > state.last_success):
            gaps.append(f"{state.title}, seneste fejl {day_of(state.last_failure_at)}: {state.last_failure}")
    console.print(table)
    for gap in gaps:
        console.print(f"[yellow]•[/]  {escape(gap)}")


def unresolved(console: Console, found: Sequence[Unresolved]) -> None:
    """What the texts refer to most that is not in the library."""
    if found:
        words = ", ".join(f"{u.words} ({u.count})" for u in found[:8])
        console.print(f"Henvises til, men er ikke i biblioteket: {escape(words)}")


def day_of(when: datetime | None) -> str:
    """A day as Danes write it, in local time."""
    return f"{when.astimezone():%d-%m-%Y kl. %H:%M}" if when else ""


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min." if seconds < 5400 else f"{seconds / 3600:.1f} timer"
