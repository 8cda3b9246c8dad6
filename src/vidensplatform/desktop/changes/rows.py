"""From changes and what is on its way to the rows of the list, with a header for each month or act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.results.rows import Row, RowKind
from vidensplatform.desktop.strings import day, month, number, tr

if TYPE_CHECKING:
    from vidensplatform.changes.records import ChangeRow, Pending

CHANGE, PENDING = "change:", "pending:"
"""What the target of a row begins with: then the id of a change, or a number in the list of what is on its way."""


@dataclass(frozen=True, slots=True)
class FeedRow(Row):
    """A row with a kind in words, and whether somebody has read it."""

    kind_key: str = ""
    kind_words: str = ""
    unread: bool = False
    followed: bool = False
    law: str = ""
    section: str = ""


def change_rows(changes: Iterable[ChangeRow], before: str, *, by_act: bool) -> list[Row]:
    """The rows of some changes that follow one another; ``before`` is the header that stands above the first of them already."""
    found: list[Row] = []
    for change in changes:
        title = _header(change, by_act=by_act)
        if title != before:
            found.append(Row(RowKind.HEADER, title, title))
            before = title
        found.append(change_row(change))
    return found


def _header(change: ChangeRow, *, by_act: bool) -> str:
    if by_act:
        return change.law_label
    return month(change.day) if change.day else tr(s.UNDATED)


def change_row(change: ChangeRow) -> FeedRow:
    """One change as it is painted and spoken."""
    acts = ", ".join(act.short for act in change.sure_acts)
    when = tr(s.APPLIES_FROM, day=day(change.effective)) if change.effective else tr(s.IN_TEXT_OF, day=day(change.day)) if change.day else ""
    places = tuple(p for p in (when, acts) if p)
    n = len(change.cards)
    cards = tr(s.TOUCHES_CARD) if n == 1 else tr(s.TOUCHES_CARDS, n=number(n)) if n else ""
    marks = [change.kind_words, *([tr(s.UNREAD)] if not change.read else []), *([tr(s.FOLLOWED)] if change.followed else [])]
    title = " · ".join(part for part in (change.label, change.heading) if part)
    said = [title, ", ".join(marks), *places, cards, change.excerpt]
    return FeedRow(
        RowKind.CHANGE,
        title,
        ". ".join(part for part in said if part),
        places,
        note="  ·  ".join(part for part in (cards, change.excerpt) if part),
        target=CHANGE + change.id,
        kind_key=change.kind.value,
        kind_words=change.kind_words,
        unread=not change.read,
        followed=change.followed,
        law=change.law,
        section=change.section,
    )


def pending_rows(pending: Sequence[Pending]) -> list[Row]:
    """What is on its way, in groups by how far it has come."""
    groups: dict[str, list[Row]] = {}
    for place, waiting in enumerate(pending):
        groups.setdefault(waiting.way_words, []).append(_pending_row(place, waiting))
    found: list[Row] = []
    for title, rows in groups.items():
        found += [Row(RowKind.HEADER, title, tr(s.SPOKEN_HEADER, title=title, n=number(len(rows))), count=len(rows)), *rows]
    return found


def _pending_row(place: int, waiting: Pending) -> FeedRow:
    when = tr(s.APPLIES_FROM, day=day(waiting.effective)) if waiting.effective else ""
    touched = sections_of(waiting)
    places = tuple(p for p in (waiting.law_label, touched) if p)
    title = waiting.short
    said = [title, waiting.way_words, *places, when, waiting.commencement]
    return FeedRow(
        RowKind.PENDING,
        title,
        ". ".join(part for part in said if part),
        places,
        note=when or waiting.commencement,
        target=f"{PENDING}{place}",
        law=waiting.law,
        section=waiting.sections[0] if waiting.sections else "",
    )


def sections_of(waiting: Pending) -> str:
    """Which sections are touched: "§§ 85, 109 og 110"; an empty string where that is not known."""
    names = [_spaced(section) for section in waiting.sections]
    if len(names) < 2:
        return f"§ {names[0]}" if names else ""
    return f"§§ {', '.join(names[:-1])} {tr(s.AND)} {names[-1]}"


def _spaced(section: str) -> str:
    return f"{section[:-1]} {section[-1]}" if section[-1:].isalpha() and section[:-1].isdigit() else section
