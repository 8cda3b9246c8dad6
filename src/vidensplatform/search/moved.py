"""Law that moved and that people still ask for: by its old section ("SEL § 42"), or by the words they know it by ("merudgiftsydelse").

The answer says where it stands now and since when, and the cards on the new sections are found as if those had been named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from vidensplatform.knowledge.model import Moved
from vidensplatform.law.citations import Citation
from vidensplatform.law.model import Address
from vidensplatform.search.answers import MovedHit
from vidensplatform.search.situations import Revealed

Spot = tuple[str, str]
_CLEARLY_NAMED = 0.6


class MovedLaw:
    """The forwarding cards. ``label`` gives how a provision is cited."""

    def __init__(self, moved: Sequence[Moved], label: Callable[[str, Address], str]) -> None:
        self._moved = moved
        self._label = label
        self._by_spot: dict[Spot, list[Moved]] = {}
        for card in moved:
            self._by_spot.setdefault(_spot(card.old), []).append(card)

    def asked_for(self, cited: Iterable[Citation], named: Iterable[Revealed]) -> list[Moved]:
        """The cards for the sections cited and the words recognised, each once, the cited ones first."""
        found = [card for c in cited if c.law and c.address.section for card in self._by_spot.get((c.law, c.address.section), ())]
        found += [self._moved[int(r.id)] for r in named if r.strength >= _CLEARLY_NAMED]
        return list({card.old: card for card in found}.values())

    def hit(self, card: Moved) -> MovedHit:
        """A card as answers show it."""
        return MovedHit(card.old, self._cite(card.old), card.new, tuple(self._cite(new) for new in card.new), card.on, card.note)

    def _cite(self, provision: str) -> str:
        law, *rest = provision.split("/")
        return self._label(law, Address(*rest))


def new_spots(cards: Iterable[Moved]) -> list[Spot]:
    """(act, section) where these cards say that the law stands now."""
    return list(dict.fromkeys(_spot(new) for card in cards for new in card.new))


def _spot(provision: str) -> Spot:
    law, section, *_ = provision.split("/")
    return law, section
