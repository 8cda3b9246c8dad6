"""JSON of what was found and what is shown: an answer, a provision with all that belongs to it, a document, a card."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vidensplatform.as_json.changes import pending_json
from vidensplatform.as_json.sources import iso
from vidensplatform.knowledge.model import Practice
from vidensplatform.law.model import Address, Amendment
from vidensplatform.search.answers import Answer
from vidensplatform.showing.documents import ShownDocument
from vidensplatform.showing.records import Shown, ShownProvision
from vidensplatform.store.records import StoredReference
from vidensplatform.store.sources import Freshness


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
