"""From the queue to the rows of its list: by reason, those that nobody has seen to first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.changes.rows import FeedRow
from vidensplatform.desktop.results.rows import Row, RowKind
from vidensplatform.desktop.strings import day, number, tr

if TYPE_CHECKING:
    from vidensplatform.changes.records import QueueEntry


def queue_rows(entries: Sequence[QueueEntry]) -> list[Row]:
    """A header for each reason, and below it the cards."""
    groups: dict[str, list[Row]] = {}
    for entry in sorted(entries, key=lambda e: e.settled is not None):
        title = tr(s.QUEUE_SETTLED) if entry.settled else entry.why.value
        groups.setdefault(title[:1].upper() + title[1:], []).append(_row(entry))
    found: list[Row] = []
    for title, rows in groups.items():
        found += [Row(RowKind.HEADER, title, tr(s.SPOKEN_HEADER, title=title, n=number(len(rows))), count=len(rows)), *rows]
    return found


def _row(entry: QueueEntry) -> Row:
    place = entry.label or entry.practice
    since = tr(s.QUEUE_SINCE, day=day(entry.since)) if entry.since else ""
    settled = settled_words(entry)
    said = [entry.card_title, place, entry.why.value, settled or since]
    return FeedRow(
        RowKind.CARD,
        entry.card_title,
        ". ".join(part for part in said if part),
        tuple(part for part in (place, since) if part),
        note=settled or entry.note,
        target=entry.id,
        kind_words=entry.settled.outcome.value if entry.settled else "",
    )


def settled_words(entry: QueueEntry) -> str:
    """Who saw to it and when; an empty string where nobody has."""
    done = entry.settled
    if done is None:
        return ""
    said = tr(s.SETTLED, outcome=done.outcome.value, name=done.by, day=day(done.at.date()))
    return f"{said} »{done.note}«" if done.note else said
