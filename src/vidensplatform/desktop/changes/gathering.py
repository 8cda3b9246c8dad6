"""What the page Ændringer asks of the workbench, in the background: pages of the list, and single changes as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from vidensplatform.desktop.changes.filters import Narrowing
from vidensplatform.desktop.changes.rows import CHANGE
from vidensplatform.desktop.operations import Token
from vidensplatform.desktop.reader.targets import to_card, to_reference

if TYPE_CHECKING:
    from datetime import datetime

    from vidensplatform.changes.records import ChangeCount, ChangePage, Follow, Pending
    from vidensplatform.desktop.changes.reading import ChangePageHtml
    from vidensplatform.desktop.theme import Theme
    from vidensplatform.workbench import Workbench

FIRST, PAGE = 24, 60
"""Changes read at first and as the list is scrolled: enough for an ordinary window, since each of them is measured before any is shown."""


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The beginning of a list."""

    narrowing: Narrowing
    page: ChangePage


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the list: acts and areas to narrow by, what is on its way, what is followed, and the last look."""

    laws: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...]
    pending: tuple[Pending, ...]
    followed: tuple[Follow, ...]
    last_looked: datetime | None
    new_since: int


def first_page(bench: Workbench, narrowing: Narrowing, last_looked: datetime | None, token: Token) -> FirstPage:
    """The first page of what is chosen."""
    token.check()
    return FirstPage(narrowing, bench.changes.feed(narrowing.to_filter(date.today(), last_looked), limit=FIRST))


def count_of(bench: Workbench, narrowing: Narrowing, last_looked: datetime | None, token: Token) -> ChangeCount:
    """How much there is of what is chosen: asked when the first page is on the screen, for it has to look at all of it."""
    token.check()
    return bench.changes.count(narrowing.to_filter(date.today(), last_looked))


def next_page(bench: Workbench, narrowing: Narrowing, last_looked: datetime | None, after: str, token: Token) -> ChangePage:
    """The page after a cursor."""
    token.check()
    return bench.changes.feed(narrowing.to_filter(date.today(), last_looked), after=after, limit=PAGE)


def last_look(bench: Workbench) -> datetime | None:
    """When the page was looked at before now; from here on that is now."""
    before = bench.changes.last_looked()
    bench.changes.looked()
    return before


def around(bench: Workbench, last_looked: datetime | None) -> Around:
    """Everything around the list. ``last_looked`` is when the page was looked at before this time."""
    from vidensplatform.changes.records import ChangeFilter

    registry, changes = bench.corpus.registry, bench.changes
    held = bench.library.work_titles() if bench.library is not None else {}
    laws = sorted(((slug, act.name) for slug, act in registry.acts.items() if slug in held), key=lambda law: law[1])
    areas = sorted(((area, card.title) for area, card in bench.corpus.cards.areas.items()), key=lambda area: area[1])
    new = changes.count(ChangeFilter(found_after=last_looked, substantive_only=True)).total if last_looked else 0
    return Around(tuple(laws), tuple(areas), changes.pending(), changes.followed(), last_looked, new)


def change_html(bench: Workbench, target: str, theme: Theme, beside: bool, token: Token) -> ChangePageHtml | None:
    """One change as a page; None where the library has it no longer."""
    from vidensplatform.desktop.changes.reading import ChangePageHtml, change_page, names_of, place_of

    token.check()
    detail = bench.changes.change(target.removeprefix(CHANGE))
    if detail is None:
        return None
    row = detail.row
    names = names_of(bench, (row.from_version, row.to_version), row.cards)
    there = place_of(row.law, row.moved_to[0]) if row.moved_to else f"{row.law}/{row.section}"
    return ChangePageHtml(
        target,
        change_page(detail, names, theme, beside=beside),
        to_reference(there),
        tuple((to_card(i), names.cards.get(i, i)) for i in row.cards),
        row.law,
        row.section,
        row.label,
        bench.corpus.registry.name(row.law),
        row.read,
        is_change=True,
    )


def pending_html(bench: Workbench, target: str, waiting: Pending, theme: Theme) -> ChangePageHtml:
    """What is on its way as a page."""
    from vidensplatform.desktop.changes.reading import ChangePageHtml, names_of, pending_page

    names = names_of(bench)
    section = waiting.sections[0] if len(waiting.sections) == 1 else ""
    there = to_reference(f"{waiting.law}/{waiting.sections[0]}") if waiting.sections else ""
    label = f"{bench.corpus.registry.label(waiting.law)} § {section}" if section else ""
    title = bench.corpus.registry.name(waiting.law)
    return ChangePageHtml(target, pending_page(waiting, names, theme), there, (), waiting.law, section, label, title)
