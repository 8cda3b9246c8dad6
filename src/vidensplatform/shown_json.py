"""``vidensplatform show --json``: a provision with all that belongs to it, or a card."""

from __future__ import annotations

from typing import Any

from vidensplatform.knowledge.model import Practice
from vidensplatform.law.model import Address, Amendment
from vidensplatform.store.records import StoredReference
from vidensplatform.workbench import Shown, ShownProvision


def shown_json(shown: Shown) -> dict[str, Any]:
    """What was shown, as JSON. Keys may be added, none removed."""
    return {
        "provision": provision_json(shown.provision) if shown.provision else None,
        "card": card_json(shown) if shown.card else None,
        "cards": list(shown.cards),
        "moved": [m.model_dump(mode="json") for m in shown.moved],
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
        "cards": list(p.cards),
    }


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
