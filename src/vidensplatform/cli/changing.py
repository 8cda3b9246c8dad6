"""Commands about time: changes and their review, what is followed, and the consultants' queue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from vidensplatform.cli.common import Exit, HomeOption, JsonOption, app, as_text, console_of, day_of, home_of, print_json, progress
from vidensplatform.errors import EnvironmentError_, QueryError

if TYPE_CHECKING:
    from vidensplatform.changes.records import ChangeFilter, FollowKind, Review
    from vidensplatform.workbench import Workbench

changes_app = typer.Typer(help="Hvad der er ændret i loven, og hvad der er på vej.", invoke_without_command=True)
follow_app = typer.Typer(help="Følg en lov, en paragraf, et område, en situation eller en søgning.", no_args_is_help=True)
queue_app = typer.Typer(help="Kort, som en ændring berører.", invoke_without_command=True)
app.add_typer(changes_app, name="changes")
app.add_typer(follow_app, name="follow")
app.add_typer(queue_app, name="queue")

_DAY = ["%Y-%m-%d"]
LawOption = Annotated[str | None, typer.Option("--law", help="Kun denne lov (fx serviceloven eller SEL).")]
FollowedOption = Annotated[bool, typer.Option("--followed", help="Kun det, der følges.")]


@contextmanager
def opened(context: typer.Context, home: Path | None, *, quiet: bool) -> Iterator[Workbench]:
    """The workbench with its tables of changes built; ``--home`` may stand before or after the sub-command."""
    from vidensplatform.workbench import Workbench

    above = context.parent.params.get("home") if context.parent else None
    with Workbench.open(home_of(context, home or above)) as bench:
        if not bench.changes.is_current:
            try:
                _build(bench, quiet=quiet)
            except EnvironmentError_ as error:  # another program writes, or the library can only be read: what is there is shown
                console_of(error=True).print(Text(f"Ændringerne er ikke helt opdaterede: {error}"))
        yield bench


def _build(bench: Workbench, *, quiet: bool) -> None:
    with progress(shown=not quiet) as bar:
        task = bar.add_task("Versionerne sammenlignes …") if bar else None

        def tell(done: int, at: str) -> None:
            if bar is not None and task is not None:
                bar.update(task, description=f"Versionerne sammenlignes … {done} {at}")

        bench.changes.bring_up_to_date(tell)


@changes_app.callback()
def changes(
    context: typer.Context,
    law: LawOption = None,
    section: Annotated[str | None, typer.Option("--section", help="Kun denne paragraf (fx 82a).")] = None,
    since: Annotated[datetime | None, typer.Option("--since", formats=_DAY, help="Fra og med denne dag.")] = None,
    until: Annotated[datetime | None, typer.Option("--until", formats=_DAY, help="Til og med denne dag.")] = None,
    followed: FollowedOption = False,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Højst så mange ændringer (ellers alle i JSON, 40 på skærmen).")] = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Vis ændringer i loven, og hvad der er vedtaget, men ikke i teksten."""
    if context.invoked_subcommand is not None:
        return
    from vidensplatform.as_json.changes import changes_json
    from vidensplatform.terminal import changes as terminal_changes

    with opened(context, home, quiet=as_json) as bench:
        slug, number = law_of(bench, law), section_of(section)
        filters = _filters(slug, number, day_of(since), day_of(until), followed)
        rows = bench.changes.feed(filters, limit=limit or (1_000_000 if as_json else 40)).rows
        found = [one for row in rows if (one := bench.changes.change(row.id)) is not None]
        waiting = [p for p in bench.changes.pending(slug, number, followed_only=followed) if _within(p.effective, day_of(since), day_of(until))]
        if as_json:
            print_json(changes_json(found, waiting))
        else:
            titles = {i: card.title for c in found for i in c.row.cards if (card := bench.card(i)) is not None}
            terminal_changes.changes(console_of(), found, bench.changes.count(filters).total, waiting, titles)
    if not found and not waiting:
        raise typer.Exit(Exit.NOTHING)


def _filters(law: str | None, section: str | None, since: date | None, until: date | None, followed: bool) -> ChangeFilter:
    from vidensplatform.changes.records import ChangeFilter

    return ChangeFilter(laws=frozenset({law} if law else ()), section=section, since=since, until=until, followed_only=followed)


def _within(day: date | None, since: date | None, until: date | None) -> bool:
    return day is None or ((since is None or day >= since) and (until is None or day <= until))


def law_of(bench: Workbench, name: str | None) -> str | None:
    """The slug of an act by any of its names. Raises QueryError for an unknown one."""
    if name is None:
        return None
    slug = bench.corpus.registry.slug_for(name) or (name if bench.version_of(name) else None)
    if slug is None:
        raise QueryError(f"Loven »{name}« kendes ikke.", "Skriv fx serviceloven eller SEL.")
    return slug


def section_of(text: str | None) -> str | None:
    """A section's number as the library has it: "§ 82 a" is "82a"."""
    return "".join(text.replace("§", "").split()).lower() if text is not None else None


@changes_app.command("review")
def review(
    context: typer.Context,
    month: Annotated[str | None, typer.Option("--month", help="En måned, fx 2026-02.")] = None,
    week: Annotated[str | None, typer.Option("--week", help="En uge, fx 2026-W07.")] = None,
    since: Annotated[datetime | None, typer.Option("--since", formats=_DAY, help="Fra og med denne dag (med --until).")] = None,
    until: Annotated[datetime | None, typer.Option("--until", formats=_DAY, help="Til og med denne dag.")] = None,
    followed: FollowedOption = False,
    to: Annotated[Path | None, typer.Option("--to", help="Gem som .md, .docx, .pdf eller .html (ellers Markdown på skærmen).")] = None,
    home: HomeOption = None,
) -> None:
    """En uge eller måned til et teammøde: ændringer, hvad der er på vej, praksis og kort, der venter."""
    from vidensplatform.changes import exporting
    from vidensplatform.changes import review as periods

    first, last = day_of(since), day_of(until)
    if month is not None:
        first, last = periods.month(month)
    elif week is not None:
        first, last = periods.week(week)
    if first is None or last is None or first > last:
        raise QueryError("Perioden mangler.", "Skriv --month 2026-02, --week 2026-W07 eller --since og --until.")
    if to is not None and to.suffix.lower() not in _WRITERS:
        raise QueryError(f"»{to.suffix}« kan ikke skrives.", f"Vælg {', '.join(_WRITERS)}.")
    with opened(context, home, quiet=to is None) as bench:
        found = bench.changes.review(first, last, followed_only=followed)
    if to is None:
        typer.echo(exporting.to_markdown(found))
    else:
        write_review(found, to)
        console_of().print(Text(f"Gemt i {to}"))


_WRITERS = (".md", ".docx", ".pdf", ".html")


def write_review(found: Review, to: Path) -> None:
    """Write a review as the file's ending says. Raises EnvironmentError_ where that cannot be done."""
    from vidensplatform.changes import exporting

    if to.suffix.lower() == ".pdf":
        from vidensplatform.desktop.printing import html_to_pdf

        html_to_pdf(exporting.to_html(found), to, exporting.title(found))
        return
    if to.suffix.lower() == ".docx":
        from vidensplatform.changes.word import to_docx

        content = to_docx(found)
    else:
        content = (exporting.to_html(found) if to.suffix.lower() == ".html" else exporting.to_markdown(found)).encode()
    try:
        to.write_bytes(content)
    except OSError as error:
        raise EnvironmentError_(f"{to} kan ikke skrives ({error.strerror}).", "Vælg en anden mappe, eller luk filen, hvis den er åben.") from error


@follow_app.command("add")
def follow_add(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="Fx SEL, »SEL § 110«, et område eller en situation fra vidensbasen.")],
    search: Annotated[bool, typer.Option("--search", help="Følg det som en søgning. Ordene gemmes på denne maskine.")] = False,
    home: HomeOption = None,
) -> None:
    """Følg noget."""
    with opened(context, home, quiet=False) as bench:
        kind, key = _followable(bench, as_text(what), search=search)
        bench.changes.follow(kind, key)
        console_of().print(Text(f"Følger nu {key} ({kind.value})."))


@follow_app.command("remove")
def follow_remove(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="Det, der ikke skal følges mere.")],
    search: Annotated[bool, typer.Option("--search", help="Det er en søgning.")] = False,
    home: HomeOption = None,
) -> None:
    """Følg noget ikke længere."""
    with opened(context, home, quiet=False) as bench:
        kind, key = _followable(bench, as_text(what), search=search)
        if not bench.changes.unfollow(kind, key):
            console_of(error=True).print(Text(f"{key} følges ikke."))
            raise typer.Exit(Exit.NOTHING)
        console_of().print(Text(f"{key} følges ikke længere."))


@follow_app.command("list")
def follow_list(context: typer.Context, as_json: JsonOption = False, home: HomeOption = None) -> None:
    """Vis, hvad der følges, og hvor meget der er ulæst."""
    from vidensplatform.as_json.changes import follow_json
    from vidensplatform.terminal import changes as terminal_changes

    with opened(context, home, quiet=as_json) as bench:
        found = bench.changes.followed()
    if as_json:
        print_json([follow_json(one) for one in found])
    else:
        terminal_changes.followed(console_of(), found)


def _followable(bench: Workbench, what: str, *, search: bool) -> tuple[FollowKind, str]:
    from vidensplatform.changes.records import FollowKind

    text = what.strip()
    if search:
        return FollowKind.SEARCH, text
    if slug := bench.corpus.registry.slug_for(text):
        return FollowKind.ACT, slug
    if text in bench.corpus.cards.areas:
        return FollowKind.AREA, text
    if text in bench.corpus.cards.situations:
        return FollowKind.SITUATION, text
    if place := bench.section_of(text):
        return FollowKind.SECTION, "/".join(place)
    raise QueryError(f"»{text}« kan ikke følges.", "Skriv en lov, en paragraf (SEL § 110), et område eller en situation; eller føj --search til.")


@queue_app.callback()
def queue(
    context: typer.Context,
    settled: Annotated[bool, typer.Option("--settled", help="Også det, nogen har set på.")] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Kort, som nogen skal se på, og hvorfor."""
    if context.invoked_subcommand is not None:
        return
    from vidensplatform.as_json.changes import queue_json
    from vidensplatform.terminal import changes as terminal_changes

    with opened(context, home, quiet=as_json) as bench:
        found = bench.changes.queue(settled=settled)
    if as_json:
        print_json(queue_json(found))
    else:
        terminal_changes.queue(console_of(), found)


@queue_app.command("done")
def queue_done(
    context: typer.Context,
    card: Annotated[str, typer.Argument(help="Kortets id, eller id på én årsag fra queue --json.")],
    by: Annotated[str, typer.Option("--by", help="Hvem der har set på det.")],
    note: Annotated[str, typer.Option("--note", help="Hvad der blev gjort.")] = "",
    only_read: Annotated[bool, typer.Option("--read", help="Kun læst; kortet skulle ikke rettes.")] = False,
    home: HomeOption = None,
) -> None:
    """Skriv, at nogen har set på et kort. Et kort, der rettes og stemples, går selv ud af køen."""
    from vidensplatform.changes.records import Outcome

    with opened(context, home, quiet=False) as bench:
        entries = [e for e in bench.changes.queue() if card in (e.card, e.id)]
        if not entries:
            console_of(error=True).print(Text(f"{card} er ikke i køen."))
            raise typer.Exit(Exit.NOTHING)
        for entry in entries:
            bench.changes.mark_mended(entry.id, by=as_text(by), note=as_text(note), outcome=Outcome.READ if only_read else Outcome.MENDED)
        console_of().print(Text(f"{entries[0].card_title}: {len(entries)} årsager er set af {by}."))
