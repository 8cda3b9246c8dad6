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
        self._labels: dict[tuple[str, Address], str] = {}

    def hit(self, card: Option | Duty, candidate: Candidate, score: float) -> CardHit:
        """A card with its score, the reasons it is there, and the status of its anchors."""
        option = card if isinstance(card, Option) else None
        return CardHit(
            card.id,
            card.title,
            option.obligation.value if option else "skal",
            score,
            tuple(candidate.why),
            card_status(card.basis, self._lookup).value,
            tuple(self.link(basis) for basis in card.basis),
            card.areas,
            option.urgent if option else False,
            card.contested,
            card.volatile,
        )

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
