"""From a reference as it is typed to what it leads to, in one library and one corpus."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from vidensplatform.changes.facade import Changes
from vidensplatform.changes.records import Pending
from vidensplatform.errors import QueryError
from vidensplatform.knowledge.anchoring import TextLookup, card_status
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.knowledge.model import Duty, Moved, Option, Practice
from vidensplatform.law.citations import Citation, CitationKind, Citations, format_address
from vidensplatform.law.model import Address
from vidensplatform.law.references import resolve
from vidensplatform.showing.documents import document_of_eli, document_of_practice
from vidensplatform.showing.records import AnyCard, Shown, ShownProvision
from vidensplatform.store.library import Library
from vidensplatform.store.records import StoredReference


class Showing:
    """Finds what references lead to. Not safe for several threads at once: whoever holds it sees to that."""

    def __init__(self, corpus: Corpus, citations: Citations, library: Library | None, changes: Changes, text_of: TextLookup) -> None:
        """``text_of`` gives (ELI, hash) of the text that is shown for a provision."""
        self.corpus = corpus
        self.citations = citations
        self.library = library
        self.changes = changes
        self.text_of = text_of

    def card(self, card_id: str) -> AnyCard | None:
        """The card with that id, of whatever kind."""
        cards = self.corpus.cards
        found = (cards.options.get(card_id), cards.duties.get(card_id), cards.situations.get(card_id), cards.practice.get(card_id))
        return next((card for card in found if card is not None), None)

    def show(self, reference: str, as_of: date | None = None) -> Shown | None:
        """What a citation ("SEL § 110", "PM 1-26"), a path ("serviceloven/110/2") or a card's id leads to; None where there is nothing.

        Raises :class:`QueryError` for a bare section: it is never silently given an act.
        """
        card = self.card(reference.strip())
        if card is not None:
            return self._shown_card(card)
        if self.library is not None and (document := document_of_eli(self.library, reference.strip())) is not None:
            return Shown(document=document)
        if (act := self._shown_act(reference)) is not None:
            return act
        law, address = self._address_of(reference)
        if law is None:
            return None
        if law == "":
            return self._shown_practice(address.section or "")
        moved = tuple(m for m in self.corpus.cards.moved if m.old.split("/")[0] == law and m.old.split("/")[1] == address.section)
        provision = self._shown_provision(law, address, moved, as_of)
        cards = self.corpus.cards_by_section.get((law, address.section or ""), ())
        notes = self.changes.known_as_of(law, as_of).notes if as_of is not None else ()
        return Shown(provision, moved=moved, cards=cards, as_of_notes=notes) if provision or moved or cards else None

    def section_of(self, reference: str) -> tuple[str, str] | None:
        """(act, section) of a citation or path; None where it is none of a section. Raises :class:`QueryError` for a bare section."""
        law, address = self._address_of(reference)
        return (law, address.section) if law and address.section else None

    def _address_of(self, reference: str) -> tuple[str | None, Address]:
        """(act, address); ("", practice id as section) for practice; (None, …) where it is no reference."""
        parts = reference.strip().split("/")
        if len(parts) > 1 and self._is_work(parts[0]):
            return parts[0], Address(*parts[1:5])
        citation = self.citations.parse_one(reference)
        if citation is None:
            return None, Address()
        if citation.kind is CitationKind.PRACTICE:
            return "", Address(section=citation.practice)
        if citation.kind is not CitationKind.PROVISION:
            return None, Address()
        if citation.law is None:
            raise QueryError(f"»{reference}« siger ikke, hvilken lov der menes.", self._which_acts(citation))
        return citation.law, resolve(citation, {}, self.corpus.registry).target

    def _is_work(self, name: str) -> bool:
        return self.corpus.registry.act(name) is not None or (self.library is not None and self.library.current(name) is not None)

    def _which_acts(self, citation: Citation) -> str:
        acts = [law for law, section in self.corpus.cards_by_section if section == citation.address.section]
        labels = [f"{self.corpus.registry.label(law)} {format_address(citation.address)}" for law in dict.fromkeys(acts)]
        return f"Skriv fx {', '.join(labels[:6])}." if labels else "Skriv loven foran, fx SEL § 85."

    def _shown_card(self, card: AnyCard) -> Shown:
        kind = type(card).__name__.lower()
        status = card_status(card.basis, self.text_of).value if isinstance(card, Option | Duty) else ""
        document = document_of_practice(self.library, card.id) if isinstance(card, Practice) and self.library is not None else None
        return Shown(card=card, kind=kind, status=status, document=document)

    def _shown_act(self, name: str) -> Shown | None:
        """The shown text of an act by any of its names ("SEL", "serviceloven"), as a whole document."""
        slug = self.corpus.registry.slug_for(name)
        version = self.library.current(slug) if self.library is not None and slug else None
        document = document_of_eli(self.library, version.eli) if self.library is not None and version is not None else None
        return Shown(document=document) if document is not None else None

    def _shown_practice(self, practice: str) -> Shown | None:
        """A decision or statement: its card, its text, or both."""
        if (card := self.corpus.cards.practice.get(practice)) is not None:
            return self._shown_card(card)
        document = document_of_practice(self.library, practice) if self.library is not None else None
        return Shown(document=document) if document is not None else None

    def _shown_provision(self, law: str, address: Address, moved: tuple[Moved, ...], as_of: date | None) -> ShownProvision | None:
        if self.library is None:
            return None
        provision = self.library.provision(law, address, as_of)
        if provision is None:
            return None
        version, node = provision.version, provision.node
        waiting = self.library.amendments(version.eli, "not_incorporated")
        return ShownProvision(
            f"{self.corpus.registry.label(law)} {format_address(address)}",
            law,
            address,
            provision,
            tuple(self.library.references_from(version, node.ord, node.last)),
            tuple(
                replace(r, source_label=self._source_label(r))
                for r in self.library.references_to(law, address.section or "")
                if (r.source_work, r.source.section) != (law, address.section)
            ),
            self.corpus.cards_by_section.get((law, address.section or ""), ()),
            waiting,
            tuple(a for a in self.library.amendments(version.eli, "later_amendments") if a.act.eli not in {w.act.eli for w in waiting}),
            moved,
            self._pending(law, address.section or "", as_of),
            self.library.freshness(version.eli),
        )

    def _pending(self, law: str, section: str, as_of: date | None) -> tuple[Pending, ...]:
        return self.changes.pending(law, section) if as_of is None else self.changes.pending_then(law, section, as_of)

    def _source_label(self, reference: StoredReference) -> str:
        """How the place a reference stands in is cited: "ABL § 63", or the document's own short name."""
        act = self.corpus.registry.act(reference.source_work)
        if act is None or not reference.source.section:
            return " ".join(p for p in (act.label if act else "", reference.source_label, format_address(reference.source)) if p)
        return f"{act.label} {format_address(reference.source)}"
