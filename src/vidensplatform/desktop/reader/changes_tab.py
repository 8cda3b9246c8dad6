"""The tab Ændringer: a provision through all texts the library holds, or why a card waits for the consultants. Made when it is turned to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.changes.reading import Names, change_body, names_of
from vidensplatform.desktop.changes.wording import legend
from vidensplatform.desktop.operations import Token
from vidensplatform.desktop.reader import targets
from vidensplatform.desktop.reader.amendments import pending_banners
from vidensplatform.desktop.reader.markup import Html, badge, banner, bullets, join, link, section, tag
from vidensplatform.desktop.reader.targets import Wanted
from vidensplatform.desktop.strings import day, tr
from vidensplatform.desktop.theme import Theme
from vidensplatform.knowledge.model import Duty, Option

if TYPE_CHECKING:
    from vidensplatform.changes.records import History, HistoryEntry, QueueEntry
    from vidensplatform.workbench import Workbench


def changes_tab(bench: Workbench, wanted: Wanted, theme: Theme, token: Token) -> tuple[str, str]:
    """The address, and the tab as HTML. In the background."""
    token.check()
    place = _provision_of(bench, wanted.target)
    if place is not None:
        history = bench.changes.history(*place)
        elis = [entry.version for entry in history.entries]
        return wanted.target, history_page(history, names_of(bench, elis), theme)
    card = bench.card(targets.card_of(wanted.target)) if targets.kind_of(wanted.target) == targets.CARD else None
    if isinstance(card, Option | Duty):
        return wanted.target, _card_page(bench, card, theme)
    return wanted.target, tag("p", tr(s.NO_HISTORY_HERE), css="muted")


def _provision_of(bench: Workbench, target: str) -> tuple[str, str] | None:
    """(act, section) of an address of a provision, or of a unit that is part of one."""
    match targets.kind_of(target):
        case targets.PROVISION:
            law, path = targets.provision_of(target)
            number = path.split("/")[0]
            return (law, number) if number else None
        case targets.UNIT:
            key = targets.unit_of(target)
            text = bench.library.unit(key) if bench.library is not None and key is not None else None
            return (text.version.work, text.node.address.section) if text and text.node.address.section else None
        case _:
            return None


def history_page(history: History, names: Names, theme: Theme) -> Html:
    """What is on its way, then every change, newest first, down to the oldest text that is known."""
    if not history.entries and not history.pending:
        return join([_notes(history, theme), tag("p", tr(s.NO_HISTORY), css="muted")])
    marks = legend(theme) if any(entry.change for entry in history.entries) else ""
    return join(
        [
            _notes(history, theme),
            pending_banners(history.pending, history.section, theme, told=False),
            marks,
            join(_entry(entry, names, theme) for entry in history.entries),
        ]
    )


def _notes(history: History, theme: Theme) -> Html:
    return join(banner(theme.neutral, tr(s.CANNOT_KNOW), " ", note) for note in history.notes)


def _entry(entry: HistoryEntry, names: Names, theme: Theme) -> Html:
    text = names.texts.get(entry.version, entry.version_title or entry.version)
    shown = link(targets.to_day(entry.signed), tr(s.SHOW_TEXT_OF_DAY, day=day(entry.signed))) if entry.signed else Html("")
    source = tag("p", text, " · " if shown else "", shown, css="small")
    if entry.change is None:
        return join([tag("h2", tr(s.OLDEST_KNOWN)), source])
    row = entry.change.row
    when = tr(s.APPLIES_FROM, day=day(row.effective)) if row.effective else tr(s.IN_TEXT_OF, day=day(entry.signed)) if entry.signed else text
    return join(
        [
            tag("h2", when),
            tag(
                "p",
                badge(row.kind_words, theme.badge_of_change(row.kind.value)),
                Html("&nbsp; "),
                " · ".join(part for part in (entry.label, row.heading) if part),
            ),
            source,
            "" if row.effective or not row.reason else tag("p", row.reason, css="small"),
            change_body(entry.change, names, theme),
        ]
    )


def _card_page(bench: Workbench, card: Option | Duty, theme: Theme) -> Html:
    waiting = bench.changes.why_queued(card.id)
    links = bench.links(card)
    places = [link(targets.to_provision(basis.law, basis.address.section or ""), place.label) for basis, place in zip(card.basis, links, strict=True)]
    return join(
        [
            section(tr(s.SEC_WHY_QUEUED), *(_queued(entry, theme) for entry in waiting)) if waiting else tag("p", tr(s.NOT_QUEUED), css="muted"),
            section(tr(s.SEC_HISTORY_OF_BASIS), bullets(list(dict.fromkeys(places)))),
        ]
    )


def _queued(entry: QueueEntry, theme: Theme) -> Html:
    why = f"{entry.label or entry.practice}: {entry.why.value}".lstrip(": ")
    if entry.settled is not None:
        done = entry.settled
        said = tr(s.SETTLED, outcome=done.outcome.value, name=done.by, day=day(done.at.date()))
        return tag("p", why, ". ", said, f" »{done.note}«" if done.note else "")
    return banner(theme.warning, why, ". ", link(targets.to_queue(entry.id), tr(s.OPEN_IN_QUEUE)), ".")
