"""JSON of time: changes, what is on its way, a section's history, the queue and what is followed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vidensplatform.changes.acts import by_json
from vidensplatform.changes.records import ChangeDetail, Follow, History, Pending, QueueEntry, Settlement, diff_json
from vidensplatform.store.records import iso


def changes_json(changes: Iterable[ChangeDetail], pending: Iterable[Pending]) -> dict[str, Any]:
    """``vidensplatform changes --json``: a contract that scripts outside the project rely on (keys may be added, none removed)."""
    return {"changes": [change_json(change) for change in changes], "pending": [pending_json(one) for one in pending]}


def change_json(change: ChangeDetail) -> dict[str, Any]:
    """One change. Places that it moved to or from are provisions: "barnets-lov/85"."""
    row = change.row
    return {
        "id": row.id,
        "law": row.law,
        "section": row.section,
        "label": row.label,
        "kind": row.kind.value,
        "from_version": row.from_version,
        "to_version": row.to_version,
        "effective": iso(row.effective),
        "effective_unknown_because": row.reason,
        "by": by_json(row.by),
        "moved_to": [_place(p, row.law) for p in row.moved_to],
        "moved_from": [_place(p, row.law) for p in row.moved_from],
        "heading": row.heading,
        "diff": diff_json(change.diff),
        "subsections": [{"label": p.label, "diff": diff_json(p.diff)} for p in change.parts],
        "notes": list(change.notes),
        "cards": list(row.cards),
        "read": row.read,
        "followed": row.followed,
    }


def pending_json(one: Pending) -> dict[str, Any]:
    """An amendment that the shown text does not hold."""
    return {
        "law": one.law,
        "sections": list(one.sections),
        "by": {"eli": one.eli, "title": one.title},
        "effective": iso(one.effective),
        "commencement": one.commencement,
        "way": one.way.value,
        "instructions": [
            {
                "place": i.place,
                "words": i.words,
                "new_text": i.new_text,
                "sections": list(i.sections),
                "effective": iso(i.effective),
                "commencement": i.commencement,
            }
            for i in one.instructions
        ],
    }


def history_json(history: History) -> dict[str, Any]:
    """A provision's history, newest first."""
    return {
        "law": history.law,
        "section": history.section,
        "label": history.label,
        "notes": list(history.notes),
        "pending": [pending_json(one) for one in history.pending],
        "history": [
            {
                "law": e.law,
                "section": e.section,
                "label": e.label,
                "version": e.version,
                "title": e.version_title,
                "signed": iso(e.signed),
                "text": e.text,
                "change": change_json(e.change) if e.change else None,
            }
            for e in history.entries
        ],
    }


def queue_json(entries: Iterable[QueueEntry]) -> list[dict[str, Any]]:
    """The consultants' queue."""
    return [
        {
            "id": e.id,
            "card": e.card,
            "title": e.card_title,
            "why": e.why.value,
            "provision": e.provision,
            "label": e.label,
            "since": iso(e.since),
            "diff": diff_json(e.diff),
            "changes": list(e.changes),
            "moved_to": list(e.moved_to),
            "pending": pending_json(e.pending) if e.pending else None,
            "practice": e.practice or None,
            "note": e.note,
            "settled": settlement_json(e.settled) if e.settled else None,
        }
        for e in entries
    ]


def settlement_json(settlement: Settlement) -> dict[str, Any]:
    """That somebody saw to an entry of the queue."""
    return {
        "entry": settlement.entry,
        "card": settlement.card,
        "outcome": settlement.outcome.value,
        "by": settlement.by,
        "note": settlement.note,
        "at": settlement.at.isoformat(timespec="seconds"),
    }


def follow_json(follow: Follow) -> dict[str, Any]:
    """Something followed."""
    return {
        "kind": follow.kind.value,
        "key": follow.key,
        "title": follow.title,
        "since": follow.since.isoformat(timespec="seconds"),
        "unread": follow.unread,
    }


def _place(place: str, law: str) -> str:
    return place if "/" in place else f"{law}/{place}"
