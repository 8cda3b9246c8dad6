"""An entry of the queue as a page: the old and the new words side by side, what changed them, and who has seen to the card before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.changes.reading import Names, names_of, pending_words, place_of
from vidensplatform.desktop.changes.wording import legend, side_by_side
from vidensplatform.desktop.curating.rows import settled_words
from vidensplatform.desktop.operations import Token
from vidensplatform.desktop.reader.markup import Html, banner, bullets, join, link, section, tag
from vidensplatform.desktop.reader.places import place_label
from vidensplatform.desktop.reader.targets import to_reference
from vidensplatform.desktop.strings import day, tr
from vidensplatform.desktop.theme import Theme

if TYPE_CHECKING:
    from vidensplatform.changes.records import ChangeDetail, QueueEntry, Settlement
    from vidensplatform.workbench import Workbench


def entry_html(bench: Workbench, entry: QueueEntry, theme: Theme, token: Token) -> tuple[str, str]:
    """The entry's id, and its page. In the background."""
    token.check()
    found = [detail for change in entry.changes if (detail := bench.changes.change(change)) is not None]
    return entry.id, entry_page(entry, found, bench.changes.settlements(entry.card), names_of(bench), theme)


def entry_page(entry: QueueEntry, changes: Iterable[ChangeDetail], settlements: Iterable[Settlement], names: Names, theme: Theme) -> Html:
    """Why the card is in the queue, the words, and what was done about it."""
    why = entry.why.value[:1].upper() + entry.why.value[1:]
    place = link(to_reference(entry.provision), entry.label) if entry.provision else join([entry.practice])
    since = tr(s.QUEUE_SINCE, day=day(entry.since)) if entry.since else ""
    law = entry.provision.split("/")[0]
    moved = join((link(to_reference(to), place_label(to, names.laws)) for to in (place_of(law, m) for m in entry.moved_to)), ", ")
    return join(
        [
            tag("h1", entry.card_title),
            banner(theme.warning, why, ": ", place, ". ", since),
            tag("p", settled_words(entry)) if entry.settled else "",
            tag("p", tr(s.MOVED_TO), " ", moved) if moved else "",
            tag("p", entry.note, css="muted") if entry.note else "",
            _words(entry, theme),
            _pending(entry, theme),
            section(tr(s.SEC_BY_ACT), bullets(_acts(changes))),
            section(tr(s.SEC_SETTLED), bullets([_settlement(done) for done in settlements])),
        ]
    )


def _words(entry: QueueEntry, theme: Theme) -> Html:
    if not entry.diff:
        return Html("")
    return join([legend(theme), side_by_side(entry.diff, theme, (tr(s.OLD_TEXT_READ), tr(s.NEW_TEXT_SHOWN)))])


def _pending(entry: QueueEntry, theme: Theme) -> Html:
    waiting = entry.pending
    if waiting is None:
        return Html("")
    when = tr(s.APPLIES_FROM, day=day(waiting.effective)) if waiting.effective else waiting.commencement
    sections = (entry.provision.split("/")[1],) if "/" in entry.provision else ()
    return join([tag("p", tag("b", waiting.short), f". {when}" if when else ""), pending_words(waiting, theme, sections)])


def _acts(changes: Iterable[ChangeDetail]) -> list[str]:
    lines: dict[str, None] = {}
    for change in changes:
        row = change.row
        when = f", {tr(s.APPLIES_FROM, day=day(row.effective)).lower()}" if row.effective else ""
        for act in row.by:
            lines.setdefault(f"{act.title} ({act.tie.value}){when}")
    return list(lines)


def _settlement(done: Settlement) -> str:
    said = tr(s.SETTLED, outcome=done.outcome.value, name=done.by, day=day(done.at.date()))
    return f"{said} »{done.note}«" if done.note else said
