"""How a card found is shown: its provisions as they are cited, the version each is read in, and what its anchors say."""

from __future__ import annotations

from vidensplatform.knowledge.anchoring import TextLookup, anchor_status, card_status
from vidensplatform.knowledge.model import Basis, Duty, Option
from vidensplatform.law.citations import format_address
from vidensplatform.law.model import Address
from vidensplatform.law.registry import Registry
from vidensplatform.search.answers import CardHit, ProvisionLink
from vidensplatform.search.ranking import Candidate


class CardFaces:
    """Shows cards over one library. ``lookup`` gives the text that is shown for a provision."""

    def __init__(self, registry: Registry, lookup: TextLookup) -> None:
        self._registry = registry
        self._lookup = lookup
        self._standing: dict[str, tuple[str, tuple[ProvisionLink, ...]]] = {}
        self._labels: dict[tuple[str, Address], str] = {}

    def hit(self, card: Option | Duty, candidate: Candidate, score: float, *, urgent: bool = False) -> CardHit:
        """A card with its score, the reasons it is there, and the status of its anchors. ``urgent``: it is, in this story."""
        option = card if isinstance(card, Option) else None
        return CardHit(
            card.id,
            card.title,
            option.obligation.value if option else "skal",
            score,
            tuple(candidate.why),
            *self._stands_on(card),
            card.areas,
            urgent,
            card.contested,
            card.volatile,
        )

    def _stands_on(self, card: Option | Duty) -> tuple[str, tuple[ProvisionLink, ...]]:
        """The status and the provisions of a card; the library does not change under one object of this class."""
        if card.id not in self._standing:
            self._standing[card.id] = (card_status(card.basis, self._lookup).value, tuple(self.link(basis) for basis in card.basis))
        return self._standing[card.id]

    def link(self, basis: Basis) -> ProvisionLink:
        """A basis as it is shown: its label, the version it is read in, and its anchor's status."""
        address = basis.address
        shown = self._lookup(basis.law, address)
        return ProvisionLink(
            basis.law,
            address.section or "",
            address.subsection,
            self.label(basis.law, address),
            shown[0] if shown else basis.checked.version if basis.checked else None,
            anchor_status(basis, self._lookup).value,
        )

    def label(self, law: str, address: Address) -> str:
        """How a provision is cited: "SEL § 110, stk. 2"."""
        key = (law, address)
        if key not in self._labels:
            self._labels[key] = f"{self._registry.label(law)} {format_address(address)}"
        return self._labels[key]
