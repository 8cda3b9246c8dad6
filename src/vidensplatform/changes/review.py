"""A week or a month in review, for a team meeting: what changed, what is on its way, which practice no longer stands, which cards wait."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from vidensplatform.changes.records import ChangeDetail, Pending, PracticeChange, QueueEntry, Review, ReviewLaw
from vidensplatform.errors import QueryError
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.law.diff import ChangeKind

_SOON = timedelta(days=92)
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-?[Ww](\d{1,2})")


def month(text: str) -> tuple[date, date]:
    """First and last day of "2026-02". Raises :class:`QueryError` for anything else."""
    match = _MONTH.fullmatch(text.strip())
    if match is None or not 1 <= int(match[2]) <= 12 or int(match[1]) < 1:
        raise QueryError(f"»{text}« er ikke en måned.", "Skriv fx 2026-02.")
    year, number = int(match[1]), int(match[2])
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def week(text: str) -> tuple[date, date]:
    """Monday and Sunday of the ISO week "2026-W07". Raises :class:`QueryError` for anything else."""
    match = _WEEK.fullmatch(text.strip())
    try:
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else None
    except ValueError:
        monday = None
    if monday is None:
        raise QueryError(f"»{text}« er ikke en uge.", "Skriv fx 2026-W07.")
    return monday, monday + timedelta(days=6)


def compose(
    corpus: Corpus,
    since: date,
    until: date,
    *,
    followed_only: bool,
    changes: Iterable[ChangeDetail],
    pending: Sequence[Pending],
    practice: Sequence[PracticeChange],
    queue: Sequence[QueueEntry],
    title_of: Callable[[str], str],
) -> Review:
    """Put a period together, act by act; changes that are the editor's only are counted and not shown.

    Of what is on its way: what takes effect in the period or the three months after it, and for acts that changed all that is to come or undated.
    """
    by_law: dict[str, list[ChangeDetail]] = {}
    editorial = undated = 0
    for change in changes:
        if change.row.kind is ChangeKind.EDITORIAL:
            editorial += 1
            continue
        undated += change.row.effective is None
        by_law.setdefault(change.row.law, []).append(change)
    waiting: dict[str, list[Pending]] = {}
    for one in pending:
        soon = one.effective is not None and since <= one.effective <= until + _SOON
        if soon or ((one.law in by_law or followed_only) and (one.effective is None or one.effective >= since)):
            waiting.setdefault(one.law, []).append(one)
    laws = sorted({*by_law, *waiting}, key=lambda law: title_of(law).casefold())
    notes = []
    if undated:
        notes.append(f"{undated} ændringer har ingen kendt ikrafttrædelsesdato; de står under den dag, hvor den nye tekst blev udstedt.")
    if editorial:
        notes.append(f"{editorial} rent redaktionelle forskelle er ikke vist.")
    cards = {card for changes_ in by_law.values() for c in changes_ for card in c.row.cards}
    titles = {i: found.title for i in cards if (found := corpus.cards.options.get(i) or corpus.cards.duties.get(i)) is not None}
    return Review(
        since,
        until,
        followed_only,
        tuple(ReviewLaw(law, title_of(law), tuple(by_law.get(law, ())), tuple(waiting.get(law, ()))) for law in laws),
        tuple(p for p in practice if p.cards),
        tuple(queue),
        titles,
        tuple(notes),
    )
