"""What a search answers with, and its JSON: a contract that scripts outside the project rely on (keys may be added, none removed)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vidensplatform.search.snippets import Snippet


@dataclass(frozen=True, slots=True)
class Chip:
    """Something recognised in the query: a situation, a need or a term, with the words that revealed it."""

    id: str
    title: str
    kind: str
    words: tuple[str, ...]
    strength: float
    urgent: bool = False

    def to_json(self) -> dict[str, Any]:
        """The chip as the contract has it."""
        return {"id": self.id, "title": self.title, "kind": self.kind, "words": list(self.words), "urgent": self.urgent}


@dataclass(frozen=True, slots=True)
class ProvisionLink:
    """A provision a card stands on."""

    law: str
    section: str
    subsection: str | None
    label: str
    eli: str | None
    status: str

    def to_json(self) -> dict[str, Any]:
        """The provision as the contract has it."""
        return {
            "law": self.law,
            "section": self.section,
            "subsection": self.subsection,
            "label": self.label,
            "eli": self.eli,
            "status": self.status,
        }


@dataclass(frozen=True, slots=True)
class CardHit:
    """An option or a duty found, and why."""

    id: str
    title: str
    obligation: str
    score: float
    why: tuple[str, ...]
    status: str
    provisions: tuple[ProvisionLink, ...]
    areas: tuple[str, ...] = ()
    urgent: bool = False
    contested: str = ""
    volatile: str = ""

    def to_json(self) -> dict[str, Any]:
        """The card as the contract has it."""
        return {
            "id": self.id,
            "title": self.title,
            "obligation": self.obligation,
            "score": self.score,
            "why": list(self.why),
            "status": self.status,
            "provisions": [p.to_json() for p in self.provisions],
            "areas": list(self.areas),
            "urgent": self.urgent,
            "contested": self.contested,
            "volatile": self.volatile,
        }


@dataclass(frozen=True, slots=True)
class PracticeHit:
    """A principmeddelelse, statement or judgment found."""

    id: str
    label: str
    status: str
    title: str
    replaced_by: str = ""

    def to_json(self) -> dict[str, Any]:
        """The practice as the contract has it."""
        return {"id": self.id, "label": self.label, "status": self.status, "title": self.title, "replaced_by": self.replaced_by}


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """A unit of a document found by its text. ``key`` is its row in the library."""

    key: int
    kind: str
    title: str
    law: str
    section: str | None
    label: str
    eli: str
    status: str
    snippet: Snippet
    score: float

    def to_json(self) -> dict[str, Any]:
        """The document as the contract has it."""
        return {
            "kind": self.kind,
            "title": self.title,
            "law": self.law,
            "section": self.section,
            "label": self.label,
            "eli": self.eli,
            "status": self.status,
            "snippet": self.snippet.text,
            "score": self.score,
        }


@dataclass(frozen=True, slots=True)
class Question:
    """A need nobody mentioned, asked about: "Har borgeren også …?"."""

    id: str
    question: str

    def to_json(self) -> dict[str, Any]:
        """The question as JSON."""
        return {"id": self.id, "question": self.question}


@dataclass(frozen=True, slots=True)
class MovedHit:
    """Law that stands somewhere else now: its old place and the new ones, as paths and as they are cited, since when, and a note."""

    old: str
    old_label: str
    new: tuple[str, ...]
    new_labels: tuple[str, ...]
    on: date
    note: str

    def to_json(self) -> dict[str, Any]:
        """The forwarding as JSON."""
        new = [{"provision": path, "label": label} for path, label in zip(self.new, self.new_labels, strict=True)]
        return {"old": self.old, "label": self.old_label, "new": new, "on": self.on.isoformat(), "note": self.note}


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer to a query.

    ``understood`` are the words of the query that the cards know; where no option was found, ``nearby`` are words they do know beside the others.
    """

    query: str
    as_of: date
    engine: str
    took_ms: float = 0.0
    recognised: tuple[Chip, ...] = ()
    options: tuple[CardHit, ...] = ()
    duties: tuple[CardHit, ...] = ()
    practice: tuple[PracticeHit, ...] = ()
    documents: tuple[DocumentHit, ...] = ()
    questions: tuple[Question, ...] = ()
    did_you_mean: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    jump: str | None = None
    candidates: tuple[str, ...] = field(default=())
    as_of_notes: tuple[str, ...] = ()
    moved: tuple[MovedHit, ...] = ()
    understood: tuple[str, ...] = ()
    nearby: tuple[str, ...] = ()

    @property
    def urgent(self) -> tuple[Chip, ...]:
        """What was recognised that cannot wait: a bed tonight, money today, violence, a child in danger."""
        return tuple(chip for chip in self.recognised if chip.urgent)

    @property
    def empty(self) -> bool:
        """Whether nothing was found; the standing duties do not count."""
        return not (self.options or self.practice or self.documents or self.jump or self.recognised or self.moved)

    def to_json(self) -> dict[str, Any]:
        """The answer as ``vidensplatform search --json`` prints it."""
        return {
            "query": self.query,
            "as_of": self.as_of.isoformat(),
            "engine": self.engine,
            "took_ms": round(self.took_ms, 2),
            "recognised": [c.to_json() for c in self.recognised],
            "options": [o.to_json() for o in self.options],
            "duties": [d.to_json() for d in self.duties],
            "practice": [p.to_json() for p in self.practice],
            "documents": [d.to_json() for d in self.documents],
            "questions": [q.to_json() for q in self.questions],
            "did_you_mean": list(self.did_you_mean),
            "notes": list(self.notes),
            "jump": self.jump,
            "candidates": list(self.candidates),
            "as_of_notes": list(self.as_of_notes),
            "urgent": [{"id": c.id, "title": c.title, "words": list(c.words)} for c in self.urgent],
            "moved": [m.to_json() for m in self.moved],
            "understood": list(self.understood),
            "nearby": list(self.nearby),
        }
