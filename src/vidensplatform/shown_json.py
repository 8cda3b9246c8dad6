"""JSON of what the commands show: a provision with all that belongs to it or a card, changes and history, the queue."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from vidensplatform.changes.acts import by_json
from vidensplatform.changes.records import ChangeDetail, Follow, History, Pending, QueueEntry, Settlement, diff_json
from vidensplatform.knowledge.model import Practice
from vidensplatform.law.model import Address, Amendment
from vidensplatform.search.answers import Answer
from vidensplatform.shown_document import ShownDocument
from vidensplatform.store.records import StoredReference
from vidensplatform.store.sources import Freshness
from vidensplatform.workbench import Shown, ShownProvision


def shown_json(shown: Shown) -> dict[str, Any]:
    """What was shown, as JSON. Keys may be added, none removed."""
    return {
        "provision": provision_json(shown.provision) if shown.provision else None,
        "card": card_json(shown) if shown.card else None,
        "cards": list(shown.cards),
        "moved": [m.model_dump(mode="json") for m in shown.moved],
        "as_of_notes": list(shown.as_of_notes),
        "document": document_json(shown.document) if shown.document else None,
    }


def card_json(shown: Shown) -> dict[str, Any]:
    """A card: its own keys, ``kind`` (situation, option, duty, practice) and ``status``, that of its anchors.

    Practice has a kind and a status of its own: they stand as ``practice_kind`` and, having no anchors, as ``status``.
    """
    own = shown.card.model_dump(mode="json") if shown.card else {}
    practice = {"practice_kind": own["kind"]} if isinstance(shown.card, Practice) else {}
    return {**own, **practice, "kind": shown.kind, "status": shown.status or own.get("status", "")}


def provision_json(p: ShownProvision) -> dict[str, Any]:
    """A provision: text, headings above it, references out and in, cards, amendments that the text does not hold."""
    version = p.provision.version
    return {
        "label": p.label,
        "law": p.law,
        **_address(p.address),
        "eli": version.eli,
        "title": version.title,
        "status": version.status.value,
        "headings": list(p.provision.headings),
        "text": p.provision.text,
        "lines": [{"depth": depth, "text": line} for depth, line in p.provision.lines()],
        "references_out": [_reference(r, outward=True) for r in p.references_out],
        "references_in": [_reference(r, outward=False) for r in p.references_in],
        "not_incorporated": [_amendment(a) for a in p.not_incorporated],
        "later_amendments": [_amendment(a) for a in p.later_amendments],
        "pending": [pending_json(one) for one in p.pending],
        "cards": list(p.cards),
        "freshness": freshness_json(p.freshness),
    }


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
        "effective": _iso(row.effective),
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
        "effective": _iso(one.effective),
        "commencement": one.commencement,
        "way": one.way.value,
        "instructions": [
            {
                "place": i.place,
                "words": i.words,
                "new_text": i.new_text,
                "sections": list(i.sections),
                "effective": _iso(i.effective),
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
                "signed": _iso(e.signed),
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
            "since": _iso(e.since),
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


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _place(place: str, law: str) -> str:
    return place if "/" in place else f"{law}/{place}"


def document_json(d: ShownDocument) -> dict[str, Any]:
    """A whole document: its text, what its source says of it, what replaced it, references out and in."""
    version = d.version
    return {
        "label": d.label,
        "asked": d.asked or d.label,
        "eli": version.eli,
        "kind": version.kind.value,
        "title": version.title,
        "status": version.status.value,
        "signed": version.signed.isoformat() if version.signed else None,
        "replaced_by": d.replaced_by or None,
        "formerly": list(d.formerly),
        "said": [{"name": name, "value": value} for name, value in d.said],
        "text": d.text.text,
        "lines": [{"depth": depth, "text": line} for depth, line in d.text.lines()],
        "references_out": [_reference(r, outward=True) for r in d.references_out],
        "references_in": [_reference(r, outward=False) for r in d.references_in],
        "issued_under": [{"eli": one.eli, "kind": one.kind, "label": one.label, "title": one.title} for one in d.belonging],
        "freshness": freshness_json(d.freshness),
    }


def freshness_json(f: Freshness | None) -> dict[str, Any] | None:
    """How fresh a text is: its source, read up to when, when these bytes were stored, and since when the source has withdrawn it."""
    if f is None:
        return None

    def iso(when: datetime | None) -> str | None:
        return when.isoformat(timespec="seconds") if when else None

    times = {"read_to": iso(f.read_to), "stored": iso(f.stored), "withdrawn": iso(f.withdrawn)}
    return {"source": f.source, "title": f.title, **times, "words": f.words}


def answer_json(answer: Answer, freshness: Callable[[str], Freshness | None]) -> dict[str, Any]:
    """``vidensplatform search --json``: the answer, and for each document how fresh its source is."""
    found = answer.to_json()
    known: dict[str, dict[str, Any] | None] = {}
    for document in found["documents"]:
        eli = document["eli"]
        if eli not in known:
            known[eli] = freshness_json(freshness(eli))
        document["freshness"] = known[eli]
    return found


def _address(address: Address) -> dict[str, str | None]:
    return {"section": address.section, "subsection": address.subsection, "number": address.number, "letter": address.letter}


def _reference(r: StoredReference, *, outward: bool) -> dict[str, Any]:
    if outward:
        where = {"law": r.target_work, **_address(r.target), "through": r.through, "resolved": r.target_work is not None, "exists": r.found}
        return {"words": r.words, "kind": r.kind, "from_subsection": r.source.subsection, "act": r.act_eli, "practice": r.practice, **where}
    return {"words": r.words, "law": r.source_work, "eli": r.source_eli, **_address(r.source), "label": r.source_label}


def _amendment(a: Amendment) -> dict[str, Any]:
    act = a.act
    return {
        "kind": act.kind,
        "number": act.number,
        "signed": act.signed.isoformat() if act.signed else None,
        "eli": act.eli,
        "title": a.title,
        "sections": list(a.sections),
        "words": a.words,
    }
